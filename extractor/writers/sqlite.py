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
from collections.abc import Sequence
from typing import Any

from extractor.model import Document, Figure
from extractor.sources.encodings import Decoded, text_digest
from extractor.table.columns import FIGURES, REJECTIONS, Row
from extractor.writers import base
from extractor.writers.sqlite_merge import check
from extractor.writers.sqlite_schema import TABLES, create

_NUMBERS = [(name, at) for at, (name, kind) in enumerate(TABLES["figures"].items()) if kind == "NUMERIC"]
_LEAST, _MOST = -(2**63), 2**63 - 1
"""The whole numbers that SQLite can hold."""


def _insert(table: str) -> str:
    """The statement that stores a row; empty text becomes NULL in it, quicker than before it."""
    cells = [
        f"CASE WHEN ?{at} = '' THEN NULL ELSE ?{at} END" if kind == "TEXT" else f"?{at}"
        for at, kind in enumerate(TABLES[table].values(), 1)
    ]
    return f"INSERT INTO {table} VALUES ({', '.join(cells)})"


_INSERT = {table: _insert(table) for table in TABLES}


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
        rows: list[Sequence[Any]] = [(*row, number) for row in FIGURES.rows(figures)]
        self._insert("exact", _make_storable(rows))
        self._insert("figures", rows)
        self._insert("rejections", [(*row, number) for row in REJECTIONS.rows(document.rejections)])

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            self._database.executemany(_INSERT[table], rows)


def _make_storable(rows: list[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Put the nearest REAL in place of the whole numbers of figures that SQLite cannot hold.

    What comes out are the rows of ``exact`` for those that a REAL changes.
    """
    start, end = list(TABLES["figures"]).index("start"), list(TABLES["figures"]).index("end")
    exact = []
    for name, at in _NUMBERS:
        for place, row in enumerate(rows):
            cell = row[at]
            if isinstance(cell, int) and not _LEAST <= cell <= _MOST:
                nearest = _real(cell)
                rows[place] = (*row[:at], nearest, *row[at + 1 :])
                if nearest != cell:
                    exact.append((row[-1], row[start], row[end], name, str(cell)))
    return exact


def _real(number: int) -> float:
    """The REAL nearest to a whole number.

    >>> _real(10**19), _real(-(10**400))
    (1e+19, -inf)
    """
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
