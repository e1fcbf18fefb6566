"""An SQLite database with the tables ``sources``, ``articles``, ``figures`` and ``rejections``.

Names and columns are always those of the contract, all of them, so that queries keep working; empty text is
``NULL``. A database that exists is carried on: the rows of the sources of this run are replaced, all others
stay. It is worked on in a copy that takes its place at the end.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.model import COLUMNS, REJECTION_COLUMNS, Document, Figure
from extractor.sources.encodings import Decoded
from extractor.table.columns import FIGURES, REJECTIONS, Row, column_type
from extractor.writers import base

_SQL_TYPES = {"text": "TEXT", "whole": "INTEGER NOT NULL", "number": "NUMERIC"}


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}" {_SQL_TYPES[column_type(name)]}' for name in names)


SCHEMA = f"""
CREATE TABLE IF NOT EXISTS sources (
    source TEXT PRIMARY KEY, encoding TEXT NOT NULL, characters INTEGER NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    source TEXT NOT NULL REFERENCES sources ON DELETE CASCADE, article INTEGER NOT NULL,
    title TEXT, place TEXT, byline TEXT, kind TEXT NOT NULL, first_line INTEGER, last_line INTEGER,
    PRIMARY KEY (source, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS figures (
    {_columns(COLUMNS)},
    PRIMARY KEY (source, start, "end"),
    FOREIGN KEY (source, article) REFERENCES articles ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS rejections (
    {_columns(REJECTION_COLUMNS)},
    PRIMARY KEY (source, start, "end"),
    FOREIGN KEY (source, article) REFERENCES articles ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS figures_by_kind ON figures (kind, unit, value);
CREATE INDEX IF NOT EXISTS figures_by_article ON figures (source, article);
CREATE INDEX IF NOT EXISTS figures_by_item ON figures (item);
CREATE INDEX IF NOT EXISTS rejections_by_reason ON rejections (reason, rule);
CREATE INDEX IF NOT EXISTS rejections_by_article ON rejections (source, article);
"""


class Writer(base.Writer):
    """Writes a database; it goes by documents, not by the chosen columns."""

    def begin(self) -> None:
        self._database = sqlite3.connect(self.output.path, isolation_level=None)
        try:
            self._carry_on()
            self._database.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
            self._database.executescript(SCHEMA)
            self._database.executescript("PRAGMA foreign_keys = ON; BEGIN;")
            if [row[1] for row in self._database.execute("PRAGMA table_info(figures)")] != list(COLUMNS):
                raise OSError(0, "its table figures has other columns, name another file")
        except sqlite3.Error as error:
            self.abort()
            raise OSError(0, f"{error}; name another file") from error
        except OSError:
            self.abort()
            raise

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

    def _carry_on(self) -> None:
        """Copy what is in the database of an earlier run."""
        if not os.path.exists(self.output.target) or os.path.getsize(self.output.target) == 0:
            return
        uri = f"file:{_quoted(self.output.target)}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as earlier:
            earlier.backup(self._database)

    def _store(self, document: Document, source: Decoded, figures: Sequence[Figure]) -> None:
        name = document.source
        database = self._database
        database.execute("DELETE FROM sources WHERE source = ?", (name,))
        digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
        self._insert("sources", [(name, source.encoding, len(source.text), digest)])
        articles = [(name, *article.to_dict().values()) for article in document.articles]
        # A numeral outside every article still has its number; the key needs the row.
        numbers = {figure.article for figure in figures} | {other.article for other in document.rejections}
        numbers.difference_update(article.number for article in document.articles)
        articles += [(name, number, "", "", "", "article", None, None) for number in sorted(numbers)]
        self._insert("articles", articles)
        self._insert("figures", FIGURES.rows(figures))
        self._insert("rejections", REJECTIONS.rows(document.rejections))

    def _insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        stored = [tuple(None if cell == "" else cell for cell in row) for row in rows]
        if stored:
            marks = ", ".join("?" * len(stored[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", stored)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(os.path.abspath(path))
