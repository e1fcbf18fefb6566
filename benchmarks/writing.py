"""Our writers against the bare library that writes the same cells.

A workbook of ours marks each figure in its sentence and links to it; the bare library writes plain cells.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow
import pyarrow.parquet
import xlsxwriter

from extractor import writers
from extractor.pipeline import examine
from extractor.table.columns import Cell, Layout

_ROWS = 20_000
_TRIES = 3


class _File:
    """Where a writer puts its bytes."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path = self.target = str(path)
        self._stream = stream

    def stream(self) -> BinaryIO:
        return self._stream


def compared(text: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """The time of each writer for the rows of a text, repeated, beside that of the bare library."""
    document = examine(text)
    figures = document.figures * (_ROWS // len(document.figures) + 1)
    layout = Layout()
    rows = layout.rows(figures)
    for name, bare in BARE.items():
        ours, theirs = [], []
        for attempt in range(_TRIES):
            path = folder / f"{attempt}.{name}"
            start = time.process_time()
            with path.open("wb") as stream:
                writer = writers.by_name(name).writer()(_File(path, stream), layout)
                writer.announce(figures)
                writer.write(rows)
                writer.finish()
            middle = time.process_time()
            bare(folder / f"{attempt}.bare", layout, rows)
            ours.append(middle - start)
            theirs.append(time.process_time() - middle)
        yield (
            f"{name}, {len(rows):,} rows, beside the bare library",
            f"{min(ours):.2f} s, {min(theirs):.2f} s",
            f"{min(ours) / min(theirs):.2f} times (at most 1.3)",
        )


def _csv(path: Path, layout: Layout, rows: Sequence[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(layout.headers)
        writer.writerows(rows)


def _parquet(path: Path, layout: Layout, rows: Sequence[Sequence[Cell]]) -> None:
    columns = [
        [str(cell) for cell in cells] if kind == "text" else list(cells)
        for cells, kind in zip(zip(*rows, strict=True), layout.types, strict=True)
    ]
    table = pyarrow.table(dict(zip(layout.headers, columns, strict=True)))
    pyarrow.parquet.write_table(table, path, compression="zstd")


def _xlsx(path: Path, layout: Layout, rows: Sequence[Sequence[Cell]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([layout.headers, *rows]):
            sheet.write_row(number, 0, row)


BARE: dict[str, Callable[[Path, Layout, Sequence[Sequence[Cell]]], None]] = {
    "csv": _csv, "parquet": _parquet, "xlsx": _xlsx,
}  # fmt: skip
