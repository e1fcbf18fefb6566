"""The numbers of a table as figures: each with what its row, its column and the lines above the table say.

In goes a table of a document, out come a ``CellFigure`` or a ``CellRejection`` for every numeral in it, in offsets of the
document's text. Numbers in headers are never figures; words in cells are read as sentences by whoever calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.cells import grid as grids
from extractor.cells import headers, titles
from extractor.cells.grid import Grid, head_words, is_blank, is_number, is_time
from extractor.cells.headers import Header, Scaled
from extractor.lexicon.folding import fold
from extractor.lexicon.words import Unit, lexicon
from extractor.model import Number, Value
from extractor.numerals.scan import scan
from extractor.sources.documents.extracted import Cell, Table

_CELL = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−－±▲△▼↑↓])?[¥$￥]?(?P<number>(?:[0-9]{1,3}(?:[, ][0-9]{3})++|[0-9]++)(?:\.[0-9]++)?)(?P<close>\))?"
    r"(?P<unit>%|‰|(?:个百分点)|[\u4e00-\u9fff/]{1,6})?(?P<note>[①-⑳\U000f0001-\U000f0fff*※#]|\([0-9]\)|\[[0-9]\])?"
)
_STUB = re.compile("(?:名称|名)$")
_PLAIN = Unit("", "", "")


class CellFigure(NamedTuple):
    """A number of a cell. ``start`` and ``end`` span it in the text; ``locator`` names its row and column."""

    start: int
    end: int
    number: Number
    unit: Unit
    spelling: str
    subject: str
    item: str
    change: str
    basis: str
    per: str
    period: str
    sentence: str
    locator: str


class CellRejection(NamedTuple):
    """A numeral of a table that is no figure."""

    start: int
    end: int
    reason: str
    rule: str
    sentence: str


class CellText(NamedTuple):
    """A cell that holds words, to be read as a sentence. ``header``: its numerals are no figures."""

    start: int
    end: int
    header: bool
    sentence: str


Found = CellFigure | CellRejection | CellText


def read(table: Table, text: str) -> Iterator[Found]:
    """Everything in the cells of a table that holds a numeral, in order.

    >>> from extractor.sources.documents.sheets import of_text
    >>> done = of_text("乡镇,粮食产量（万吨）,增长（%）\\n甲乡,1.2,-3.5\\n", "a.csv")
    >>> found = read(done.tables[0], done.text)
    >>> for one in (one for one in found if isinstance(one, CellFigure)):
    ...     print((one.subject, one.item, one.number.value, one.unit.name, one.change))
    ('甲乡', '粮食产量', 12000, '吨', '')
    ('甲乡', '粮食产量', -3.5, '%', 'down')
    """
    grid = grids.lay_out(table, text)
    if grid is None:
        for cell in table.cells:
            yield from _as_text(text, cell, False, "")
        return
    reader = _Reader(table, text, grid, titles.of(table, text))
    for index, cell in enumerate(table.cells):
        yield from reader.cell(index, cell)


class _Reader:
    """Reads the cells of one table."""

    def __init__(self, table: Table, text: str, grid: Grid, title: titles.Title) -> None:
        self.table, self.text, self.grid, self.title = table, text, grid, title
        self.columns = [self._column(column) for column in range(grid.width)]
        self.sort = [self._sort(column) for column in range(grid.width)]
        self.units = [at for at in range(grid.width) if self.sort[at] == "unit"]
        self.mine = [self._names_subjects(column) for column in range(grid.left)]
        self.sections = self._sections()

    def cell(self, index: int, cell: Cell) -> Iterator[Found]:
        text = self.grid.texts[index]
        sentence = " ".join(self.text[self._row_start(cell) : self._row_end(cell)].split("\t")).strip()
        if cell.row < self.grid.top or is_blank(text):
            yield from _as_text(self.text, cell, True, sentence)
            return
        sort = self.sort[cell.column]
        numeric = is_number(text)
        if numeric and sort in ("ordinal", "code", "date"):
            yield from _refused(self.text, cell, sort, f"{sort}.table", sentence)
        elif cell.column < self.grid.left and (numeric or is_time(text)):
            yield from _refused(
                self.text,
                cell,
                "date" if is_time(text) else "ordinal",
                "ordinal.table" if not is_time(text) else "date.table",
                sentence,
            )
        elif cell.column < self.grid.left or sort == "unit":
            yield from _as_text(self.text, cell, True, sentence)
        elif numeric and not (is_time(text) and not text.isdecimal()):
            yield from self._number(cell, text, sentence)
        else:
            yield from _as_text(self.text, cell, False, sentence)

    def _number(self, cell: Cell, text: str, sentence: str) -> Iterator[Found]:
        match = _CELL.fullmatch(text)
        column = self.columns[cell.column]
        row, stubs, subjects = self._row(cell)
        if match is None:
            yield from _refused(self.text, cell, "code", "code.unreadable", sentence)
            return
        change = column.change or row.change
        unit = self._unit(match["unit"] or "", column, row, cell)
        sign, bracket = match["sign"] or "", bool(match["open"] or match["close"])
        if sign in ("▲", "△", "±") or (bracket and not (match["open"] and match["close"] and not sign)):
            yield from _refused(self.text, cell, "code", "code.unreadable", sentence)
            return
        if bracket and not (unit and unit.unit.group == "currency"):
            yield from _refused(self.text, cell, "code", "code.unreadable", sentence)
            return
        value = _value(match["number"])
        if sign in ("-", "−", "－") or bracket:
            value = -value
        direction = ""
        if change:
            direction = "down" if value < 0 or sign in ("↓", "▼") else "up" if value > 0 else ""
        subject, item = self._names(cell, column, row, stubs, subjects)
        if unit is None:
            unit = self._implied(item, column, row)
        if not item and not subject and unit is None:
            yield from _refused(self.text, cell, "code", "code.table", sentence)
            return
        scaled = unit or Scaled(1, _PLAIN, "")
        exact = _times(value, scaled.times, match["number"])
        start, end = _span(self.text, cell, match["note"] or "")
        yield CellFigure(
            start, end, Number(exact, exact, exact), scaled.unit, scaled.spelling, subject, item, direction,
            (column.basis or row.basis) if change else "", scaled.per,
            self._period(cell, column, row), sentence, self._locator(cell),
        )  # fmt: skip
        yield from _beside(self.text, cell, start, end, sentence)

    # ---- what the headers say

    def _column(self, column: int) -> Header:
        """What all headers of a column say together, from above."""
        found = Header()
        seen: set[int] = set()
        for row in range(self.grid.top):
            index = self.grid.squares[row][column]
            if index < 0 or index in seen:
                continue
            seen.add(index)
            found = _joined(found, headers.read(self.grid.texts[index]))
        return found

    def _names_subjects(self, column: int) -> bool:
        """Whether a column of headers says whose figures they are, by its own header."""
        titles = [self.grid.at(row, column) for row in range(self.grid.top)]
        return any(
            title in head_words("subject") or _STUB.sub("", title) in head_words("subject")
            for title in titles
        )

    def _sort(self, column: int) -> str:
        """What sort of column it is by its lowest header: ordinal, code, date, note, unit, or ""."""
        titles = [self.grid.at(row, column) for row in range(self.grid.top)]
        last = next((title for title in reversed(titles) if title), "")
        sorts = ("ordinal", "code", "date", "note")
        found = next((sort for sort in sorts if last in head_words(sort)), "")
        if not found and last in head_words("unit"):
            cells = [self.grid.at(row, column) for row in range(self.grid.top, len(self.grid.squares))]
            units = [cell for cell in cells if cell and headers.scaled(cell)]
            return (
                "unit"
                if cells and 2 * len(units) >= len([cell for cell in cells if not is_blank(cell)])
                else ""
            )
        return found

    def _sections(self) -> list[str]:
        """For each row the header of the section in which it stands."""
        found: list[str] = []
        section = ""
        for row in range(len(self.grid.squares)):
            texts = [self.grid.at(row, column) for column in range(self.grid.width)]
            if (
                row >= self.grid.top
                and texts
                and texts[0]
                and not any(t for t in texts[1:] if t != texts[0] and not is_blank(t))
            ):
                section = headers.read(texts[0]).rest
            found.append(section)
        return found

    def _row(self, cell: Cell) -> tuple[Header, list[str], list[str]]:
        """What the headers of a row say together; those that are words, from the left, and those that name a subject."""
        found = Header()
        stubs: list[str] = []
        subjects: list[str] = []
        seen: set[int] = set()
        for column in range(self.grid.left):
            index = self.grid.squares[cell.row][column]
            if index < 0 or index in seen or self.sort[column] in ("ordinal", "code", "unit", "note"):
                continue
            seen.add(index)
            text = self.grid.texts[index]
            if is_blank(text):
                continue
            one = headers.read(text)
            if is_time(text) or (self.sort[column] == "date" and text):
                one = Header(period=text)
            found = _joined(found, one)
            if one.rest or one.total:
                (subjects if self.mine[column] else stubs).append(one.rest or text)
        return found, stubs, subjects

    def _names(
        self, cell: Cell, column: Header, row: Header, stubs: list[str], subjects: list[str]
    ) -> tuple[str, str]:
        """Whose figure it is, and what it measures."""
        name = "".join(stubs)
        section = self.sections[cell.row]
        if subjects:
            return "".join(subjects), (name + column.rest) or self.title.item
        if stubs and row.place and not column.place:
            return name, column.rest or self.title.item
        if row.total and not name:
            name = ""
        parts = [name]
        if row.part and section:
            parts.insert(0, section)
        if column.place or (column.rest in ("全县", "全市", "全区", "全省", "全国", "全镇", "全乡", "全村")):
            return column.rest, "".join(parts)
        if (column.rest and column.rest not in name and not column.change) or (
            column.change and column.rest and not name
        ):
            parts.append(column.rest)
        item = "".join(dict.fromkeys(part for part in parts if part))
        return "", item or (section if row.total else "") or self.title.item

    def _unit(self, written: str, column: Header, row: Header, cell: Cell) -> Scaled | None:
        """The unit of a number: its own, that of its row or column, that of the table."""
        candidates = [written]
        own = [self.grid.at(cell.row, at) for at in self.units]
        if column.change and column.amount and not column.unit:
            pass  # 增减额 is in the unit of what changed
        elif column.change or row.change:
            candidates += [column.unit, "%"] if column.change else [row.unit, column.unit, "%"]
        elif column.share and not own:
            candidates += (
                [column.unit, "%"] if column.unit or "率" in column.rest or "比" in column.rest else []
            )
        candidates += [*own, row.unit, column.unit]
        if row.share and not (column.unit or row.unit):
            candidates.append("%" if row.rest.endswith(("率", "比重", "占比")) else "")
        for one in candidates:
            if one and (found := headers.scaled(one)):
                return found
        if any(own):
            return Scaled(1, Unit(own[0], "", "measure"), own[0])
        if self._implied("", column, row):
            return None
        return headers.scaled(self.title.unit)

    def _implied(self, item: str, column: Header, row: Header) -> Scaled | None:
        """The unit that a header tells without naming it: 在校生 → 人."""
        units = lexicon().data["table_unit"]
        for text in filter(None, (column.rest, row.rest, item)):
            for ending, name in units.items():
                if text.endswith(ending):
                    return headers.scaled(name)
        return None

    def _period(self, cell: Cell, column: Header, row: Header) -> str:
        if column.period and row.period and column.period != row.period:
            return (
                f"{row.period}{column.period}"
                if row.period.endswith(("年", "年度"))
                else f"{column.period}{row.period}"
            )
        found = column.period or row.period
        if not found and column.change:  # a change stands behind the levels that it compares
            found = self._latest()
        return found or self.title.period

    def _latest(self) -> str:
        """Of the periods of the columns the latest, which a change leads up to."""
        periods = [one.period for one in self.columns if one.period and not one.change]
        now = [one for one in periods if not one.startswith(("上", "去"))]
        return max(now, key=lambda one: one[:4] if one[:4].isdecimal() else "") if now else ""

    def _locator(self, cell: Cell) -> str:
        if cell.name:
            return cell.name
        tops = []
        for row in range(self.grid.top):
            index = self.grid.squares[row][cell.column]
            if index >= 0 and (text := self.grid.texts[index]) and text not in tops:
                tops.append(text)
        lefts = [self.grid.at(cell.row, column) for column in range(self.grid.left)]
        return (
            f"{self.table.locator} {' '.join(dict.fromkeys(filter(None, lefts)))} / {' '.join(tops)}".rstrip(
                " /"
            )
        )

    def _row_start(self, cell: Cell) -> int:
        return self.text.rfind("\n", 0, cell.start) + 1

    def _row_end(self, cell: Cell) -> int:
        end = self.text.find("\n", cell.end)
        return end if end >= 0 else len(self.text)


def _joined(upper: Header, lower: Header) -> Header:
    """Two headers of which one stands over the other."""
    period = upper.period if not lower.period else lower.period
    if upper.period and lower.period and upper.period != lower.period:
        period = upper.period + lower.period if upper.period.endswith(("年", "年度")) else lower.period
    rest = upper.rest + lower.rest if lower.rest not in upper.rest else upper.rest
    return Header(
        lower.unit or upper.unit, period, upper.change or lower.change, upper.share or lower.share,
        lower.basis or upper.basis, lower.place if lower.rest else upper.place, upper.total or lower.total,
        upper.part or lower.part, rest, lower.amount,
    )  # fmt: skip


def _value(digits: str) -> Value:
    digits = digits.replace(",", "").replace(" ", "")
    return float(digits) if "." in digits else int(digits)


def _times(value: Value, times: int, digits: str) -> Value:
    """A decimal times a whole number without the noise of binary fractions."""
    if isinstance(value, int):
        return value * times
    one = int(10 ** len(digits.rpartition(".")[2]))
    scaled = round(value * one) * times
    return scaled // one if scaled % one == 0 else scaled / one


def _span(text: str, cell: Cell, note: str) -> tuple[int, int]:
    """The number in a cell, without the mark of a note."""
    end = cell.end - len(note)
    return cell.start, max(cell.start + 1, len(text[:end].rstrip()) if note else end)


def _beside(text: str, cell: Cell, start: int, end: int, sentence: str) -> Iterator[CellRejection]:
    """Numerals of a cell outside its figure: the mark of a note."""
    for one in scan(fold(text[end : cell.end])):
        yield CellRejection(end + one.start, end + one.end, "code", "code.table", sentence)


def _refused(text: str, cell: Cell, reason: str, rule: str, sentence: str) -> Iterator[CellRejection]:
    for one in scan(fold(text[cell.start : cell.end])):
        yield CellRejection(cell.start + one.start, cell.start + one.end, reason, rule, sentence)


def _as_text(text: str, cell: Cell, header: bool, sentence: str) -> Iterator[CellText]:
    if any(scan(fold(text[cell.start : cell.end]))):
        yield CellText(cell.start, cell.end, header, sentence)
