"""The formats of the table: one module each, and the registry that knows them by name and by suffix.

A format is added by a module with a ``Writer`` class and one entry in ``FORMATS``. The module is imported
when the format is asked for, so a heavy library costs nothing before that.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module, util

from extractor.writers.base import Output, Writer

__all__ = ["FORMATS", "Format", "Output", "Writer", "by_name", "by_suffix"]


class MissingLibrary(Exception):
    """A library that a format needs is not installed; the message says how to install it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name (also the option), the suffixes that mean it, what it is, and what it needs.

    ``binary`` formats are refused on a terminal; ``file_only`` ones cannot go to standard output at all.
    The rows of ``rowwise`` ones are bytes that do not depend on the rows before, so that they can be made
    elsewhere. ``needs`` are modules that must be importable and ``extra`` the extra of this package that brings them.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    module: str
    binary: bool = False
    file_only: bool = False
    rowwise: bool = False
    needs: tuple[str, ...] = ()
    extra: str = ""

    def writer(self) -> type[Writer]:
        """The class that writes the format. Raises ``MissingLibrary`` if what it needs is not installed."""
        missing = [module for module in self.needs if util.find_spec(module) is None]
        if missing:
            raise MissingLibrary(
                f"{self.name} needs {' and '.join(missing)}; install with: "
                f"python -m pip install 'extract-figures[{self.extra}]'"
            )
        writer: type[Writer] = import_module(f"extractor.writers.{self.module}").Writer
        return writer


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("csv", (".csv",), "comma-separated values (RFC 4180, UTF-8)", "csv", rowwise=True),
        Format("tsv", (".tsv", ".tab"), "tab-separated values (never quoted)", "tsv", rowwise=True),
        Format("jsonl", (".jsonl", ".ndjson"), "JSON Lines (one object per row)", "jsonl", rowwise=True),
        Format("json", (".json",), "JSON (one array of objects)", "json"),
        Format("markdown", (".md", ".markdown"), "a table in Markdown", "markdown", rowwise=True),
        Format("table", (), "a table to read on the terminal", "terminal"),
        Format(
            "xlsx", (".xlsx",), "an Excel workbook", "xlsx", binary=True, needs=("xlsxwriter",), extra="xlsx"
        ),
        Format(
            "parquet",
            (".parquet",),
            "Apache Parquet",
            "parquet",
            binary=True,
            needs=("pyarrow",),
            extra="parquet",
        ),
        Format(
            "sqlite",
            (".sqlite", ".sqlite3", ".db"),
            "an SQLite database",
            "sqlite",
            binary=True,
            file_only=True,
        ),
        Format(
            "html",
            (".html", ".htm"),
            "a report to read and share (one page)",
            "html",
            file_only=True,
            needs=("jinja2",),
            extra="html",
        ),
    )
}


def by_name(name: str) -> Format:
    """The format of a name; ``KeyError`` if there is none."""
    return FORMATS[name]


def by_suffix(path: str) -> Format | None:
    """The format that a file name asks for.

    >>> by_suffix("out.CSV").name, by_suffix("table.db").name, by_suffix("notes")
    ('csv', 'sqlite', None)
    """
    suffix = os.path.splitext(path)[1].lower()
    return next((format for format in FORMATS.values() if suffix in format.suffixes), None)
