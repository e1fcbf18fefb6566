"""An SQLite database with the tables ``sources``, ``articles``, ``figures`` and ``rejections``.

Names and columns are always those of the contract, all of them, so that queries keep working; empty text is
``NULL``. The rows of a run are gathered in a database of their own and get into their place at the end, see
``sqlite_merge``: a database that exists is carried on, the rows of the sources of this run are replaced and
all others stay. Sources of the same name in one run are all kept, under numbers of their own (``source_id``).

A whole number beyond 64 bits is the nearest REAL in ``figures``; where that is not equal to it, its digits stand in
the table ``exact``.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.model import Document, Figure
from extractor.sources.encodings import Decoded, text_digest
from extractor.table.columns import FIGURES, REJECTIONS, Row
from extractor.writers import base
from extractor.writers.sqlite_merge import check
from extractor.writers.sqlite_schema import TABLES, create

_NUMBERS = [(name, at) for at, (name, kind) in enumerate(TABLES["figures"].items()) if kind == "NUMERIC"]


class Writer(base.Writer):
    """Writes a database; it goes by documents, not by the chosen columns."""

    merges = True

    def begin(self) -> None:
        check(self.output.target)
        self._sources = 0
        self._database = sqlite3.connect(self.output.path, isolation_level=None)
        try:
            # Nobody sees this database before it is whole.
            self._database.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN;")
            create(self._database)
        except sqlite3.Error as error:
            self.abort()
            raise OSError(0, f"{error}; name another file") from error

    def write(self, rows: Sequence[Row]) -> None:
        """Nothing: ``note`` has stored the figures."""

    def note(self, document: Document, source: Decoded, figures: Sequence[Figure]) -> None:
        try:
            self._store(document, source, figures)
        except sqlite3.Error as error:
            raise OSError(0, str(error)) from error

    def finish(self) -> None:
        try:
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise OSError(0, str(error)) from error
        finally:
            self._database.close()

    def abort(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

    def _store(self, document: Document, source: Decoded, figures: Sequence[Figure]) -> None:
        self._sources += 1
        number, name = self._sources, document.source
        digest = text_digest(source.text)
        self._insert("sources", [(number, name, source.encoding, len(source.text), digest)])
        self._insert("kept", [(number, *one) for one in zip(self.layout.kept, source.kept, strict=False)])
        articles = [(name, *article.to_dict().values(), number) for article in document.articles]
        # A numeral outside every article still has its number; the key needs the row.
        numbers = {figure.article for figure in figures} | {other.article for other in document.rejections}
        numbers.difference_update(article.number for article in document.articles)
        empty = dict.fromkeys(TABLES["articles"]) | {"source": name, "kind": "article", "source_id": number}
        articles += [tuple((empty | {"article": other}).values()) for other in sorted(numbers)]
        self._insert("articles", articles)
        rows = [(*row, number) for row in FIGURES.rows(figures)]
        self._insert("exact", list(_exact(rows)))
        self._insert("figures", rows)
        self._insert("rejections", [(*row, number) for row in REJECTIONS.rows(document.rejections)])

    def _insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        stored = [tuple(map(_cell, row)) for row in rows]
        if stored:
            marks = ", ".join("?" * len(stored[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", stored)


def _cell(cell: Any) -> Any:
    """A cell as SQLite can hold it.

    >>> _cell(""), _cell(7), _cell(10**19)
    (None, 7, 1e+19)
    """
    if cell == "":
        return None
    if not isinstance(cell, int) or -(2**63) <= cell < 2**63:
        return cell
    try:
        return float(cell)
    except OverflowError:
        return math.inf if cell > 0 else -math.inf


def _exact(rows: Iterable[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
    """The rows of ``exact``: whole numbers of figures that ``_cell`` would change."""
    start, end = list(TABLES["figures"]).index("start"), list(TABLES["figures"]).index("end")
    for row in rows:
        for name, at in _NUMBERS:
            if isinstance(row[at], int) and _cell(row[at]) != row[at]:
                yield row[-1], row[start], row[end], name, str(row[at])
