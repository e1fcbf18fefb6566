"""A table that ``extract`` wrote as CSV, read back as figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from extractor.model import COLUMNS, Figure, Value
from extractor.table.columns import SHARES, WHOLE, column_type

NEEDED = frozenset({"source", "item", "value", "unit", "text"})
"""Without these columns a table is not one of ours."""


class TableError(ValueError):
    """The file is no table of ours, or a cell of it cannot be read; the message says which."""


def is_table(path: str) -> bool:
    """Whether a file is a table of figures: its header names our columns."""
    if not path.lower().endswith(".csv"):
        return False
    try:
        with open(path, encoding="utf-8-sig", newline="") as stream:
            header = next(csv.reader(stream), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    return set(header) >= NEEDED


def read_table(path: str) -> Iterator[Figure]:
    """The figures of a table; columns that it lacks are empty. Raises ``TableError``, ``OSError``."""
    csv.field_size_limit(2**31 - 1)
    with open(path, encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Figure(**{name: _cell(name, row.get(name) or "", path) for name in COLUMNS})


def _cell(name: str, text: str, path: str) -> Any:
    kind = column_type(name)
    if kind == "text":
        return text
    if not text:
        return 1.0 if name in SHARES else 0 if name in WHOLE else None
    try:
        return int(text) if kind == "whole" else float(text) if kind == "share" else _number(text)
    except ValueError:
        raise TableError(f"{path}: {name} is {text!r}, which is no number") from None


def _number(text: str) -> Value:
    """A value of a table.

    >>> _number("18.5"), _number("-3")
    (18.5, -3)
    """
    return int(text) if text.lstrip("-").isdecimal() else float(text)
