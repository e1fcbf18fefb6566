"""One sheet of an Excel workbook: header, rows as they come, widths, and how it is printed.

A sheet that is full goes on in another one. Rows go to a temporary file, so memory does not grow with them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from extractor.table.columns import ColumnType, Layout, Row

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
NUMBERS: Mapping[ColumnType, tuple[str, str]] = {"number": ("whole", "fraction"), "share": ("share", "share")}
"""The formats of whole numbers and of fractions in a column."""
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
        self._numbers = [
            [formats[name + self._top] for name in NUMBERS.get(kind, ("plain", "plain"))]
            for kind in self._types
        ]
        self._rooms = [
            (number, self._widths[number] - 1) for number, wraps in enumerate(self._wrapped) if wraps
        ]
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
        linked = column if link is not None and self._links < MAX_LINKS else -1
        for number, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if not isinstance(cell, str):
                self._write_number(number, cell)
            elif number != linked or link is None:
                self._write_text(number, cell, self._texts[number])
            else:
                self._links += 1
                self._write_link(number, cell, f"internal:'{link[0]}'!A{link[1]}")
        self._row += 1

    def rich(self, cells: Row, column: int, pieces: Sequence[Any]) -> None:
        """Write a row in which the text of ``column`` is given in pieces with formats between them."""
        self._next(cells)
        for number, cell in enumerate(cells):
            if number == column and len(pieces) > 2:
                self._sheet.write_rich_string(self._row, number, *pieces, self._formats["folded"])
            elif isinstance(cell, str) and cell:
                self._write_text(
                    number, cell, self._formats["folded"] if number == column else self._texts[number]
                )
            elif cell is not None and cell != "":
                self._write_number(number, cell)
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
        lines = 1
        for number, room in self._rooms:
            text = str(cells[number])
            if 2 * len(text) > room:  # no character is wider than two digits
                lines = max(lines, -(-width_of(text) // room))
        if lines > 1:
            self._sheet.set_row(self._row, min(LINE * lines, HIGHEST))

    def _write_text(self, column: int, text: str, form: Any) -> None:
        if len(text) > MAX_TEXT:
            text = fitting(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for a rich one that is XML already.
            pieces = [text[0], self._formats["top"], text[1:], *([form] if form else [])]
            self._sheet.write_rich_string(self._row, column, *pieces)
        else:
            self._sheet.write_string(self._row, column, text, form)

    def _write_link(self, column: int, text: str, target: str) -> None:
        form = self._formats["link"]
        self._sheet.write_url(self._row, column, target, form, fitting(text))
        if text.startswith("<r>"):
            self._write_text(column, text, form)

    def _write_number(self, column: int, number: int | float) -> None:
        whole = isinstance(number, int)
        if whole and not fits(number):
            self._write_text(column, str(number), self._texts[column])
            return
        if self._types[column] == "number":
            shown = f"{number:,}" if whole else f"{number:,.10f}".rstrip("0")
            self._widths[column] = max(self._widths[column], len(shown) + 3)
        form = self._numbers[column][0 if whole else 1]
        self._sheet.write_number(self._row, column, number, form)


def fitting(text: str) -> str:
    """Text that a cell can hold.

    >>> len(fitting("长" * 40_000)), fitting("短")
    (32767, '短')
    """
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def fits(number: int | float) -> bool:
    """Whether a cell, a double of 16 digits, holds a whole number with all of its own.

    >>> fits(1850000000), fits(10**20), fits(2**53 + 1), fits(10**16 + 2), fits(10**400)
    (True, True, False, False, False)
    """
    return abs(number) <= 2**53 or (abs(number) < 10**300 and int(float(f"{number:.16G}")) == number)


def width_of(text: str) -> int:
    """How wide a text is, in digits: a Chinese character is as wide as two.

    >>> width_of("12户")
    4
    """
    return sum(map(_wide, text))


@cache
def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
