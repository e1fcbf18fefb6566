"""An Excel workbook: the table with a frozen, filterable header, and a second sheet with the summary.

Text is written as text, never as a formula, link or number. A whole number beyond 2**53 that a cell would
round is written as text with all its digits. Excel holds 32,767 characters of a text (longer text is cut and
ends in …) and 1,048,576 rows of a sheet (the table goes on in a further sheet). Rows go to temporary files as
they come, so memory does not grow with the table.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from extractor.model import Document, Figure
from extractor.sources.encodings import Decoded
from extractor.table.columns import Cell, ColumnType, Layout, Row
from extractor.table.headers import kinds
from extractor.table.summary import Summary
from extractor.writers import base

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
WIDTHS = {
    "source": 24, "title": 28, "published": 12, "place": 16, "subject": 18, "sentence": 60, "text": 14, "item": 22,
    "value": 16, "low": 14, "high": 14, "base_value": 16, "kind": 14, "basis": 14, "period": 14, "period_from": 12,
    "date_from": 12, "date_to": 12, "locator": 18, "rule": 18, "confidence": 12, "examples": 60,
}  # fmt: skip
CREATED = datetime(2000, 1, 1)
"""The date in the file's properties: always the same, so the same table gives the same bytes."""


class Writer(base.Writer):
    """Writes a workbook."""

    def begin(self) -> None:
        self._scratch = tempfile.TemporaryDirectory()
        self._book = xlsxwriter.Workbook(
            self.output.stream(),
            {
                "tmpdir": self._scratch.name,
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"created": CREATED})
        self._formats = {
            "head": self._book.add_format({"bold": True, "bottom": 1}),
            "whole": self._book.add_format({"num_format": "#,##0"}),
            "fraction": self._book.add_format({"num_format": "#,##0.0#########"}),
            "share": self._book.add_format({"num_format": "0.00"}),
        }
        self._summary = Summary(kinds())
        self._sheets = 0
        self._new_sheet()

    def note(self, document: Document, source: Decoded, figures: Sequence[Figure]) -> None:
        self._summary.add(figures)

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if self._row == MAX_ROWS:
                self._end_sheet()
                self._new_sheet()
            self._cells(self._sheet, self._row, row, self.layout.types)
            self._row += 1

    def finish(self) -> None:
        self._end_sheet()
        layout = self._summary.layout(self.layout)
        rows = self._summary.rows(layout)
        if rows:
            sheet = self._sheet_of("summary", layout)
            for number, row in enumerate(rows, start=1):
                self._cells(sheet, number, row, layout.types)
            sheet.autofilter(0, 0, len(rows), len(layout.headers) - 1)
        self._book.close()
        self._scratch.cleanup()

    def abort(self) -> None:
        # Closing would write the workbook.
        self._book.fileclosed = True
        self._scratch.cleanup()

    def _new_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._sheet_of("table" if self._sheets == 1 else f"table {self._sheets}", self.layout)
        self._row = 1

    def _end_sheet(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self.layout.headers) - 1)

    def _sheet_of(self, name: str, layout: Layout) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate((*layout.columns, *layout.kept)):
            sheet.set_column(number, number, WIDTHS.get(column, 10))
        for number, header in enumerate(layout.headers):
            sheet.write_string(0, number, header, self._formats["head"])
        return sheet

    def _cells(self, sheet: Any, row: int, cells: Row, types: Sequence[ColumnType]) -> None:
        for column, (cell, kind) in enumerate(zip(cells, types, strict=True)):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(row, column, fitting(cell))
            elif isinstance(cell, int) and int(float(cell)) != cell:
                sheet.write_string(row, column, str(cell))
            elif kind == "number":
                form = "whole" if isinstance(cell, int) else "fraction"
                sheet.write_number(row, column, cell, self._formats[form])
            elif kind == "share":
                sheet.write_number(row, column, cell, self._formats["share"])
            else:
                sheet.write_number(row, column, cell)


def fitting(text: str) -> Cell:
    """Text that a cell can hold.

    >>> len(fitting("长" * 40_000)), fitting("短")
    (32767, '短')
    """
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
