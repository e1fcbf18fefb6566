"""The tables of the SQLite database: ``sources``, ``articles``, ``figures``, ``rejections``, ``kept`` and ``exact``.

The columns of ``figures`` and ``rejections`` are those of the contract, in their order, and behind them
``source_id``, which tells sources of the same name apart. A database of an edition of the contract that had
fewer columns gets the missing ones (``fit``); one with columns that we do not know is refused, since rows
that are replaced would lose what somebody keeps there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import fields

from extractor.model import COLUMNS, REJECTION_COLUMNS, Article
from extractor.table.columns import column_type

_SQL_TYPES = {"text": "TEXT", "whole": "INTEGER", "number": "NUMERIC", "share": "REAL"}
_ARTICLE = {
    ("article" if one.name == "number" else one.name): "INTEGER" if one.type == "int" else "TEXT"
    for one in fields(Article)
    if one.name != "blocks"
}


def _typed(names: Iterable[str]) -> dict[str, str]:
    return {name: _SQL_TYPES[column_type(name)] for name in names}


TABLES: Mapping[str, Mapping[str, str]] = {
    "sources": {
        "id": "INTEGER", "source": "TEXT", "encoding": "TEXT", "characters": "INTEGER", "sha256": "TEXT",
    },
    "articles": {"source": "TEXT", **_ARTICLE, "source_id": "INTEGER"},
    "figures": {**_typed(COLUMNS), "source_id": "INTEGER"},
    "rejections": {**_typed(REJECTION_COLUMNS), "source_id": "INTEGER"},
    "kept": {"source_id": "INTEGER", "field": "TEXT", "value": "TEXT"},
    "exact": {"source_id": "INTEGER", "start": "INTEGER", "end": "INTEGER", "column": "TEXT", "digits": "TEXT"},
}  # fmt: skip
"""The columns of every table with their types. ``kept`` holds the fields of ``--keep``, a row per record and field;
``exact`` holds the digits of whole numbers that neither an INTEGER nor a REAL of SQLite can hold; the figure itself has
the nearest REAL."""

_RULES = {
    "sources": ("PRIMARY KEY (id)",),
    "articles": (
        "PRIMARY KEY (source_id, article)",
        "FOREIGN KEY (source_id) REFERENCES sources (id) ON DELETE CASCADE",
    ),
    **dict.fromkeys(
        ("figures", "rejections"),
        (
            'PRIMARY KEY (source_id, start, "end")',
            "FOREIGN KEY (source_id, article) REFERENCES articles (source_id, article) ON DELETE CASCADE",
        ),
    ),
    "kept": (
        "PRIMARY KEY (source_id, field)",
        "FOREIGN KEY (source_id) REFERENCES sources (id) ON DELETE CASCADE",
    ),
    "exact": (
        'PRIMARY KEY (source_id, start, "end", "column")',
        "FOREIGN KEY (source_id) REFERENCES sources (id) ON DELETE CASCADE",
    ),
}
_INDEXES = (
    "sources_by_name ON sources (source)",
    "figures_by_kind ON figures (kind, unit, value)",
    "figures_by_article ON figures (source_id, article)",
    "figures_by_item ON figures (item)",
    "figures_by_subject ON figures (subject)",
    "rejections_by_reason ON rejections (reason, rule)",
    "rejections_by_article ON rejections (source_id, article)",
)


class OtherTables(Exception):
    """A database whose tables are not ours; one clause that says why, with the remedy."""


def create(database: sqlite3.Connection) -> None:
    """Make the tables that are missing. Works inside a transaction."""
    for table, columns in TABLES.items():
        inside = [f'"{name}" {kind}' for name, kind in columns.items()]
        database.execute(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join((*inside, *_RULES[table]))})")
    for index in _INDEXES:
        database.execute(f"CREATE INDEX IF NOT EXISTS {index}")


def fit(database: sqlite3.Connection, *, change: bool) -> None:
    """Check that the tables that are there are ours, and with ``change`` add the columns that they lack.

    Raises ``OtherTables`` where one has columns that we do not know, or is of the time before ``source_id``.
    """
    for table, columns in TABLES.items():
        there = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        if not there:
            continue
        foreign = [name for name in there if name not in columns]
        if foreign:
            raise OtherTables(
                f"its table {table} has other columns ({', '.join(foreign[:5])}), name another file"
            )
        if ("source_id" in columns and "source_id" not in there) or (
            table == "sources" and "id" not in there
        ):
            raise OtherTables(f"its table {table} was written by an earlier edition, name another file")
        for name in (name for name in columns if change and name not in there):
            database.execute(f'ALTER TABLE {table} ADD COLUMN "{name}" {columns[name]}')
