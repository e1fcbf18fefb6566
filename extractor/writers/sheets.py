"""One sheet of an Excel workbook: header, rows as they come, widths, and how it is printed.

A sheet that is full goes on in another one. Rows go to a temporary file, so memory does not grow with them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.table.columns import Cell, ColumnType, Layout, Row

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_LINKS = 65_530
"""What Excel allows on a sheet."""
A4 = 9
WIDTHS = {
    "source": 18, "article": 8, "title": 24, "published": 12, "place": 14, "subject": 14, "sentence": 36, "text": 13,
    "item": 20, "head": 12, "value": 10, "low": 8, "high": 8, "base_value": 10, "kind": 13, "basis": 12, "period": 14,
    "period_from": 12, "date_from": 12, "date_to": 12, "locator": 14, "rule": 16, "confidence": 11, "examples": 50,
    "relation": 11, "expression": 32, "explanation": 50, "explanation_zh": 50, "status": 14, "figures": 10, "reason": 10,
}  # fmt: skip
LINE, HIGHEST = 16, 400
"""Points of a line, and the most that Excel makes of a row."""
WRAPPED = frozenset({"sentence", "explanation", "explanation_zh", "expression", "examples"})
"""The columns of the smaller sheets whose text goes on below."""


class Sheet:
    """A table on a sheet, and on others behind it where it is too long."""

    def __init__(
        self, book: Any, formats: Mapping[str, Any], name: str, layout: Layout, *,
        folded: frozenset[str] = frozenset(), wide: Mapping[str, int] | None = None, wrapped: bool = True,
    ) -> None:  # fmt: skip
        """``folded`` columns are behind a plus sign; ``wide`` gives widths that differ from the usual ones;
        ``wrapped`` says that long text goes on below, which rows of a long table do not.
        """
        self.name, self.layout = name, layout
        self._book, self._formats, self._folded = book, formats, folded
        self._types = layout.types
        self._columns = (*layout.columns, *layout.kept)
        self._widths = [(wide or {}).get(column, WIDTHS.get(column, 9)) for column in self._columns]
        for number, header in enumerate(layout.headers):
            self._widths[number] = max(self._widths[number], width_of(header) + 3)  # the arrow of the filter
        self._wrapped = [wrapped and column in WRAPPED for column in self._columns]
        self._top = "top" if any(self._wrapped) else ""
        self._texts = [formats.get("folded" if wraps else self._top) for wraps in self._wrapped]
        self._number = 0
        self._begin()

    @property
    def place(self) -> tuple[str, int]:
        """The name of the sheet that the next row goes to, and the number of that row, from 1."""
        if self._row == MAX_ROWS:
            self._begin()
        return self._sheet.get_name(), self._row + 1

    def write(self, cells: Row, link: tuple[str, int] | None = None, column: int = 0) -> None:
        """Write a row; the cell of ``column`` leads to the place of ``link``."""
        self._next(cells)
        for number, (cell, kind) in enumerate(zip(cells, self._types, strict=True)):
            if cell is None or cell == "":
                continue
            if link is not None and number == column and isinstance(cell, str) and self._links < MAX_LINKS:
                self._links += 1
                target = f"internal:'{link[0]}'!A{link[1]}"
                self._sheet.write_url(self._row, number, target, self._formats["link"], str(fitting(cell)))
            else:
                self._cell(number, cell, kind)
        self._row += 1

    def rich(self, cells: Row, column: int, pieces: Sequence[Any]) -> None:
        """Write a row in which the text of ``column`` is given in pieces with formats between them."""
        self._next(cells)
        for number, (cell, kind) in enumerate(zip(cells, self._types, strict=True)):
            if number == column and len(pieces) > 2:
                self._sheet.write_rich_string(self._row, number, *pieces, self._formats["folded"])
            elif number == column and isinstance(cell, str):
                self._sheet.write_string(self._row, number, fitting(cell), self._formats["folded"])
            elif cell is not None and cell != "":
                self._cell(number, cell, kind)
        self._row += 1

    def fit(self, rows: Sequence[Row]) -> None:
        """Make the columns as wide as the rows of a small table need, short of what is wrapped."""
        for row in rows:
            for number, (cell, kind) in enumerate(zip(row, self._types, strict=True)):
                if kind == "text" and not self._wrapped[number]:
                    self._widths[number] = max(self._widths[number], min(60, width_of(str(cell)) + 1))

    def end(self) -> None:
        """Write what goes behind the last row."""
        last = len(self._columns) - 1
        folded = False
        for number, column in enumerate(self._columns):
            hidden = column in self._folded
            options = {"level": 1, "hidden": True} if hidden else {"collapsed": True} if folded else {}
            self._sheet.set_column(number, number, self._widths[number], None, options)
            folded = hidden
        if folded:
            self._sheet.set_column(last + 1, last + 1, None, None, {"collapsed": True})
        self._sheet.autofilter(0, 0, self._row - 1, last)
        self._sheet.print_area(0, 0, self._row - 1, last)

    def _begin(self) -> None:
        if self._number:
            self.end()
        self._number += 1
        name = self.name if self._number == 1 else f"{self.name} {self._number}"
        sheet = self._sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&F  &A&R&P / &N")
        for number, (header, kind) in enumerate(zip(self.layout.headers, self._types, strict=True)):
            sheet.write_string(0, number, header, self._formats["head" if kind == "text" else "headright"])
        self._row, self._links = 1, 0

    def _next(self, cells: Row) -> None:
        """Make room for a row. Its height is told, for not every program finds it out by itself."""
        if self._row == MAX_ROWS:
            self._begin()
        if not self._top:
            return
        lines = max(
            [
                -(-width_of(str(cell)) // (width - 1))
                for cell, width, wrapped in zip(cells, self._widths, self._wrapped, strict=True)
                if wrapped
            ]
        )
        if lines > 1:
            self._sheet.set_row(self._row, min(LINE * lines, HIGHEST))

    def _cell(self, column: int, cell: Cell, kind: ColumnType) -> None:
        if isinstance(cell, str) or (isinstance(cell, int) and int(float(cell)) != cell):
            self._sheet.write_string(self._row, column, fitting(str(cell)), self._texts[column])
        elif cell is not None:
            name = {"share": "share", "number": "whole" if isinstance(cell, int) else "fraction"}.get(
                kind, "plain"
            )
            if kind == "number":
                shown = f"{cell:,}" if isinstance(cell, int) else f"{cell:,.10f}".rstrip("0")
                self._widths[column] = max(self._widths[column], len(shown) + 3)
            self._sheet.write_number(self._row, column, cell, self._formats[name + self._top])


def fitting(text: str) -> str:
    """Text that a cell can hold.

    >>> len(fitting("长" * 40_000)), fitting("短")
    (32767, '短')
    """
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def width_of(text: str) -> int:
    """How wide a text is, in digits: a Chinese character is as wide as two.

    >>> width_of("12户")
    4
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
