"""Our writers against the bare library that writes the same cells: ``make bench BENCH=writers``.

Both are given the rows, and write them with the same types, formats, links and indexes; each writes the cells by
the quickest calls that the library offers to everybody. The workbook is compared with one of plain cells as well.
"""

from __future__ import annotations

import csv
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow
import pyarrow.parquet
import xlsxwriter

from extractor import writers
from extractor.engine.task import BATCH
from extractor.model import Document, Figure
from extractor.pipeline import examine
from extractor.sources.encodings import Decoded
from extractor.table.columns import FIGURES, REJECTIONS, Cell, Row
from extractor.writers.sqlite_schema import create
from extractor.writers.xlsx import marked

Write = Callable[[Path, Sequence[Document], Sequence[Sequence[Row]]], None]
ROWS = 20_000
_TRIES = 5
COLUMN = FIGURES.columns.index("text")


class _File:
    """Where a writer puts its bytes."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path, self.target = str(path), f"{path}.none"
        self._stream = stream

    def stream(self) -> BinaryIO:
        return self._stream


def compared(text: str, folder: Path, number: int = ROWS) -> Iterator[tuple[str, str, str]]:
    """The processor time of each writer for the rows of a text, repeated, beside that of the bare library."""
    document = examine(text)
    documents = [document] * -(-number // len(document.figures))
    rows = [FIGURES.rows(one.figures) for one in documents]
    total = sum(map(len, rows))
    for name, bare, target in BARE:
        ours, theirs = [], []
        for attempt in range(_TRIES):
            path = folder / f"{attempt}.{name}"
            ours.append(_seconds(partial(_ours, name), path, documents, rows))
            theirs.append(_seconds(bare, path, documents, rows))
        ratio = min(ours) / min(theirs)
        yield (
            f"{name}, {total:,} rows, beside {bare.__doc__}",
            f"{min(ours):.2f} s, {min(theirs):.2f} s",
            f"{ratio:.2f} times"
            + (f" (at most {target}, {'' if ratio <= target else 'not '}met)" if target else ""),
        )


def _seconds(write: Write, path: Path, documents: Sequence[Document], rows: Sequence[Sequence[Row]]) -> float:
    start = time.process_time()
    write(path, documents, rows)
    took = time.process_time() - start
    path.unlink()
    return took


def _ours(name: str, path: Path, documents: Sequence[Document], rows: Sequence[Sequence[Row]]) -> None:
    with path.open("wb") as stream:
        writer = writers.by_name(name).writer()(_File(path, stream), FIGURES)
        for document, found in zip(documents, rows, strict=True):
            if name == "sqlite":
                writer.note(document, Decoded("文", "utf-8"), document.figures)
            for start in range(0, len(found), BATCH):
                writer.announce(document.figures[start : start + BATCH])
                writer.write(found[start : start + BATCH])
        writer.finish()


def _csv(path: Path, documents: Sequence[Document], rows: Sequence[Sequence[Row]]) -> None:
    """the module csv"""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(FIGURES.headers)
        for found in rows:
            writer.writerows(found)


def _parquet(path: Path, documents: Sequence[Document], rows: Sequence[Sequence[Row]]) -> None:
    """pyarrow"""
    types = {"text": pyarrow.string(), "whole": pyarrow.int64()}
    schema = pyarrow.schema(
        [
            (name, types.get(kind, pyarrow.float64()))
            for name, kind in zip(FIGURES.headers, FIGURES.types, strict=True)
        ]
    )
    cells = zip(*[row for found in rows for row in found], strict=True)
    arrays = [
        pyarrow.array([cell if cell != "" else None for cell in column], type=kind)
        for column, kind in zip(cells, schema.types, strict=True)
    ]
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def _sqlite(path: Path, documents: Sequence[Document], rows: Sequence[Sequence[Row]]) -> None:
    """sqlite3, executemany into the same tables and indexes"""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN;")
    create(database)
    for number, (document, found) in enumerate(zip(documents, rows, strict=True), 1):
        database.execute("INSERT INTO sources VALUES (?, ?, 'utf-8', 1, '')", (number, document.source))
        articles = [(document.source, *article.to_dict().values()) for article in document.articles]
        for table, cells in (
            ("articles", articles), ("figures", found), ("rejections", REJECTIONS.rows(document.rejections)),
        ):  # fmt: skip
            marks = ", ".join("?" * (len(cells[0]) + 1))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", [(*row, number) for row in cells])
    database.execute("COMMIT")
    database.close()


def _xlsx(path: Path, documents: Sequence[Document], rows: Sequence[Sequence[Row]]) -> None:
    """XlsxWriter, constant_memory, with the same formats, links and sentences"""
    with _book(path) as book:
        number, link = (
            book.add_format({"num_format": "#,##0", "align": "right"}),
            book.add_format({"underline": 1}),
        )
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        table, sentences = book.add_worksheet("table"), book.add_worksheet("sentences")
        table.write_row(0, 0, FIGURES.headers)
        at = place = 0
        for document, found in zip(documents, rows, strict=True):
            for _, figures in groupby(zip(document.figures, found, strict=True), _sentence):
                pairs = list(figures)
                place += 1
                _write(sentences, place, pairs[0][1][:5], None, wrap)
                pieces = marked(pairs[0][0].sentence, [figure.text for figure, _ in pairs], bold)
                if len(pieces) > 2:
                    sentences.write_rich_string(place, 5, *pieces, wrap)
                for _, row in pairs:
                    at += 1
                    _write(table, at, row, number, None)
                    table.write_url(at, COLUMN, f"internal:'sentences'!A{place + 1}", link, row[COLUMN])


def _cells(path: Path, documents: Sequence[Document], rows: Sequence[Sequence[Row]]) -> None:
    """XlsxWriter, constant_memory, cells without formats and links"""
    with _book(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, FIGURES.headers)
        number = 0
        for found in rows:
            for row in found:
                number += 1
                sheet.write_row(number, 0, row)


def _book(path: Path) -> Any:
    return xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )


def _sentence(pair: tuple[Figure, Row]) -> tuple[int, str]:
    return pair[0].article, pair[0].sentence


def _write(sheet: Any, number: int, row: Sequence[Cell], form: Any, text: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            if cell and (form is None or column != COLUMN):
                sheet.write_string(number, column, cell, text)
        elif cell is not None:
            sheet.write_number(number, column, cell, form)


BARE: list[tuple[str, Write, float]] = [
    ("csv", _csv, 1.3), ("parquet", _parquet, 1.3), ("sqlite", _sqlite, 1.3), ("xlsx", _xlsx, 1.3), ("xlsx", _cells, 0),
]  # fmt: skip
