"""The numbers of a table as figures: each with what its row, its column and the lines above the table say.

In goes a table of a document, out come a ``CellFigure`` or a ``CellRejection`` for every numeral in it, in offsets of the
document's text. Numbers in headers are never figures; words in cells are read as sentences by whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.cells import changes, headers, inherited, plain, qualified, sure, titles
from extractor.cells import grid as grids
from extractor.cells.grid import Grid, head_words, is_blank, is_number, is_time
from extractor.cells.headers import Header, Scaled
from extractor.cells.headings import Headings, Stub
from extractor.cells.stacked import Part
from extractor.lexicon.folding import fold
from extractor.lexicon.words import Unit, lexicon
from extractor.matching import compiled
from extractor.model import Number
from extractor.numerals.scan import scan
from extractor.sources.documents.extracted import Cell, Table

_CELL = compiled(
    r"(?P<open>\()?(?P<sign>[-+−－±▲△▼↑↓])?[¥$￥]?(?P<number>(?:[0-9]{1,3}(?>(?:[, ][0-9]{3})+)|[0-9]++)(?:\.[0-9]++)?)(?P<close>\))?"
    r"(?P<unit>%|‰|(?:个百分点)|[\u4e00-\u9fff/]{1,6})?(?P<note>[①-⑳\U000f0001-\U000f0fff*※#]|\([0-9]\)|\[[0-9]\])?"
)
_PHONE = compiled("1[3-9][0-9]{9}")
_NOTE = compiled(r"[(（]?(?:注|备注|说明|附注|资料来源|数据来源)[0-9一二三]?[)）]?[:：]")
_PLAIN = Unit("", "", "")
_SHORT = 20
"""Characters of a cell of words that can leave to its headers what it is about."""


class CellFigure(NamedTuple):
    """A number of a cell. ``start`` and ``end`` span it in the text; ``locator`` names its row and column.

    ``why`` tells of unit, item and period where they were read; ``confidence`` follows from it.
    """

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
    why: tuple[tuple[str, str], ...]
    confidence: float


class CellRejection(NamedTuple):
    """A numeral of a table that is no figure."""

    start: int
    end: int
    reason: str
    rule: str
    sentence: str


class CellText(NamedTuple):
    """A cell that holds words, to be read as a sentence. ``header``: its numerals are no figures.

    ``subject``, ``item`` and ``period`` are what the headers say where the words do not; ``locator`` is its place.
    """

    start: int
    end: int
    header: bool
    sentence: str
    subject: str = ""
    item: str = ""
    period: str = ""
    locator: str = ""


Found = CellFigure | CellRejection | CellText


def read(table: Table | Part, text: str, heading: str = "") -> Iterator[Found]:
    """Everything in the cells of a table that holds a numeral, in order.

    ``heading`` is the title of the article, which can tell the period where nothing nearer does.

    >>> from extractor.sources.documents.sheets import of_text
    >>> done = of_text("乡镇,粮食产量（万吨）,增长（%）\\n甲乡,1.2,-3.5\\n", "a.csv")
    >>> found = read(done.tables[0], done.text)
    >>> for one in (one for one in found if isinstance(one, CellFigure)):
    ...     print((one.subject, one.item, one.number.value, one.unit.name, one.change))
    ('甲乡', '粮食产量', 12000, '吨', '')
    ('甲乡', '粮食产量', -3.5, '%', 'down')
    """
    part = table if isinstance(table, Part) else Part(table)
    grid = grids.lay_out(part.table, text)
    if grid is None:
        for cell in part.table.cells:
            yield from _as_text(text, CellText(cell.start, cell.end, False, ""))
        return
    reader = _Reader(part.table, text, grid, titles.of(part, text, grid, heading))
    for index, cell in enumerate(part.table.cells):
        yield from reader.cell(index, cell)


def reasons(table: Table | Part, text: str, heading: str = "") -> Iterator[tuple[int, dict[str, str]]]:
    """For each figure of a table where it starts, and where its unit, its item and its period stand.

    >>> from extractor.sources.documents.sheets import of_text
    >>> done = of_text("乡镇,产值（万元）\\n甲乡,12\\n", "a.csv")
    >>> [(start, told["unit"]) for start, told in reasons(done.tables[0], done.text)]
    [(13, 'the header of the column, 产值(万元)')]
    """
    part = table if isinstance(table, Part) else Part(table)
    grid = grids.lay_out(part.table, text)
    if grid is None:
        return
    reader = _Reader(part.table, text, grid, titles.of(part, text, grid, heading))
    for index, cell in enumerate(part.table.cells):
        for found in reader.cell(index, cell):
            if isinstance(found, CellFigure):
                told = ((what, where, reader.heads.words(cell, where)) for what, where in found.why)
                yield (
                    found.start,
                    {what: ", ".join(filter(None, (where, words))) for what, where, words in told},
                )


class _Reader:
    """Reads the cells of one table."""

    def __init__(self, table: Table, text: str, grid: Grid, title: titles.Title) -> None:
        self.text, self.grid, self.title = text, grid, title
        self.heads = Headings(table, grid, title)
        self.amounts = changes.amounts(
            grid, self.heads.columns, bool(title.units) and title.unit not in ("%", "‰")
        )
        elsewhere = bool(title.units) or any(one.unit for one in self.heads.columns if not one.change)
        self.inherited = inherited.units(grid, list(range(grid.left)), self.heads.units, elsewhere)

    def cell(self, index: int, cell: Cell) -> Iterator[Found]:
        text = self.grid.texts[index]
        sentence = " ".join(self.text[self._row_start(cell) : self._row_end(cell)].split("\t")).strip()
        if cell.row < self.grid.top or is_blank(text):
            yield from _as_text(self.text, CellText(cell.start, cell.end, True, sentence))
            return
        sort = self.heads.sort[cell.column] or self.heads.row_sort(cell)
        numeric = is_number(text)
        stub = self.heads.is_stub(cell.column)
        if numeric and sort in ("ordinal", "code", "date"):
            yield from _refused(self.text, cell, sort, f"{sort}.table", sentence)
        elif stub and (numeric or is_time(text)):
            reason = "date" if is_time(text) else "ordinal"
            yield from _refused(self.text, cell, reason, f"{reason}.table", sentence)
        elif stub and _is_note(text) and _ends_alone(self.grid, cell):
            yield from _as_text(self.text, CellText(cell.start, cell.end, False, sentence))
        elif stub or sort == "unit":
            yield from _as_text(self.text, CellText(cell.start, cell.end, True, sentence))
        elif numeric and not (is_time(text) and not text.isdecimal()):
            yield from self._number(cell, text, sentence)
        elif not sort and (told := qualified.read(text)):
            yield from self._qualified(cell, told, sentence)
        else:
            yield from _as_text(self.text, self._words(cell, text, sort, sentence))

    def _words(self, cell: Cell, text: str, sort: str, sentence: str) -> CellText:
        """A cell of words: 减少4.0个百分点 is about what its headers say, a note is not."""
        words = CellText(cell.start, cell.end, False, sentence, locator=self.heads.locator(cell))
        if sort or len(text) > _SHORT:
            return words
        row = self.heads.row(cell)
        subject, item, _ = self._names(cell, self.heads.columns[cell.column], row)
        return words._replace(subject=subject, item=item, period=self.heads.period(cell, row.header)[0])

    def _number(self, cell: Cell, text: str, sentence: str) -> Iterator[Found]:
        match = _CELL.fullmatch(text)
        column = self.heads.columns[cell.column]
        row = self.heads.row(cell)
        if match is None:
            yield from _refused(self.text, cell, "code", "code.unreadable", sentence)
            return
        change = column.change or row.header.change
        unit, unit_from = self._unit(match["unit"] or "", column, row.header, cell)
        if unit_from == sure.UNSURE:
            yield from _refused(self.text, cell, "code", "code.unreadable", sentence)
            return
        sign, bracket = match["sign"] or "", bool(match["open"] or match["close"])
        if sign in ("▲", "△", "±") or (bracket and not (match["open"] and match["close"] and not sign)):
            yield from _refused(self.text, cell, "code", "code.unreadable", sentence)
            return
        if bracket and not (unit and unit.unit.group == "currency"):
            yield from _refused(self.text, cell, "code", "code.unreadable", sentence)
            return
        if unit is None and not match["unit"] and _PHONE.fullmatch(match["number"]):
            yield from _refused(self.text, cell, "code", "code.table", sentence)
            return
        value = plain.value(match["number"])
        if sign in ("-", "−", "－") or bracket:
            value = -value
        direction = ""
        if change:
            direction = "down" if value < 0 or sign in ("↓", "▼") else "up" if value > 0 else ""
        subject, item, item_from = self._names(cell, column, row)
        if unit is None and (unit := self._implied(item, cell, row.header)):
            unit_from = sure.IMPLIED
        if not item and not subject and unit is None:
            yield from _refused(self.text, cell, "code", "code.table", sentence)
            return
        scaled = unit or Scaled(1, _PLAIN, "")
        exact = plain.times(value, scaled.times, match["number"])
        start, end = plain.span(self.text, cell, match["note"] or "")
        period, period_from = self.heads.period(cell, row.header)
        yield CellFigure(
            start, end, Number(exact, exact, exact), scaled.unit, scaled.spelling, subject, item, direction,
            (column.basis or row.header.basis) if change else "", scaled.per,
            period, sentence, self.heads.locator(cell),
            (("unit", unit_from), ("item", item_from), ("period", period_from)),
            sure.confidence(unit_from, item_from),
        )  # fmt: skip
        yield from _beside(self.text, cell, start, end, sentence)

    def _qualified(self, cell: Cell, told: qualified.Qualified, sentence: str) -> Iterator[Found]:
        """A number with its qualifier, or a range: read as the plain number, then bounded."""
        for one in self._number(cell, told.low + told.unit, sentence):
            if isinstance(one, CellFigure) and one.number.value is not None:
                number = qualified.bounded(one.number.value, told)
                one = one._replace(start=cell.start, end=cell.end, number=number)
            yield one

    # ---- what the headers say

    def _names(self, cell: Cell, column: Header, row: Stub) -> tuple[str, str, str]:
        """Whose figure it is, what it measures, and where that stands."""
        name = "".join(row.words)
        section = self.heads.sections[cell.row]
        if row.subjects or (row.words and row.header.place and not column.place):
            subject, name = ("".join(row.subjects), name) if row.subjects else (name, "")
            item = name + (column.rest or self.heads.changed(cell.column))
            return subject, item or self.title.item, sure.COLUMN if item else self._from_title()
        parts = [name]
        if row.header.part and section:
            parts.insert(0, section)
        elif headers.is_group(name):
            parts.insert(0, self.heads.upper(cell))
        if column.place or column.rest in head_words("whole"):
            return column.rest, "".join(parts), sure.ROW if name else sure.NONE
        adds = not name if column.change else not plain.says(name, column.rest)
        if column.rest and adds:
            parts.append(
                plain.without(name, column.rest) if name or column.unit else self._of_title(column.rest)
            )
        item = "".join(dict.fromkeys(part for part in parts if part))
        if item:
            return "", item, sure.ROW if not adds else sure.BOTH if name else sure.COLUMN
        item = (section if row.header.total else "") or self.title.item
        return "", item, self._from_title() if item else sure.NONE

    def _from_title(self) -> str:
        return sure.ABOVE if self.title.item else sure.NONE

    def _of_title(self, group: str) -> str:
        """What the column of a group measures in a table of one indicator: 全体居民 of 居民人均收入."""
        whole = self.title.item
        if not whole.endswith(tuple(head_words("measure"))) or group.endswith(tuple(head_words("measured"))):
            return group
        shared = next((n for n in range(len(group), 0, -1) if whole.startswith(group[-n:])), 0)
        return group + whole[shared:]

    def _unit(self, written: str, column: Header, row: Header, cell: Cell) -> tuple[Scaled | None, str]:
        """The unit of a number: its own, that of its row or column, that of the table; and where it stands."""
        candidates = [(written, sure.CELL)]
        own = [self.grid.at(cell.row, at) for at in self.heads.units]
        percent, in_row, in_column = ("%", sure.ASSUMED), (row.unit, sure.ROW), (column.unit, sure.COLUMN)
        ratio = column.share and bool(column.unit or "率" in column.rest or "比" in column.rest)
        beside: list[tuple[str, str]] = []
        if column.change and not column.unit and (column.amount or cell.column in self.amounts):
            beside = [
                (self.heads.unit_beside(cell.column), sure.COLUMNS)
            ]  # 增减额 is in the unit of what changed
        elif column.change:
            candidates += [in_column, percent]
        elif row.change:
            candidates += [in_row, in_column, percent]
        elif ratio and not own:
            candidates += [in_column, percent]
        own = [one for one in own if not is_blank(one) and one not in inherited.DITTO]
        candidates += [
            *((one, sure.UNITS) for one in own),
            in_row,
            (self.inherited[cell.row], sure.INHERITED),
            in_column,
            *beside,
        ]
        if row.share and not (column.unit or row.unit) and row.rest.endswith(("率", "比重", "占比")):
            candidates.append(percent)
        larger = headers.multiplier(written)
        for one, where in candidates[1:] if larger else candidates:
            if one and (found := headers.scaled(one)):
                return (found if not larger else headers.of_size(found, larger)), where
            if one and len(several := headers.units_of(one)) > 1:
                return self._of_several(several, cell, row, where)
        if any(own):
            return Scaled(1, Unit(own[0], "", "measure"), own[0]), sure.UNITS
        if (
            (not self.title.units[1:] and self._implies_another(cell, row))
            or column.rest.endswith("比")
            or row.rest.endswith("比")
        ):
            return None, sure.NONE  # 城乡收入比 is in no unit of the table
        if len(self.title.units) > 1:
            return self._of_several(self.title.units, cell, row, sure.ABOVE)
        found = headers.scaled(self.title.unit)
        if larger:  # 3.2亿 in a column of 万元
            return headers.of_size(found or Scaled(1, _PLAIN, ""), larger), sure.ABOVE if found else sure.NONE
        return found, sure.ABOVE if found else sure.NONE

    def _of_several(
        self, units: tuple[str, ...], cell: Cell, row: Header, where: str
    ) -> tuple[Scaled | None, str]:
        """Of units of which each holds for some numbers (万头、万只) the one of this: by its name, or only how large it is."""
        found = [one for unit in units if (one := headers.scaled(unit))]
        implied = self._implied("", cell, row)
        fitting = [one for one in found if implied and one.unit.name == implied.unit.name]
        if not fitting and (row.rest or self.heads.columns[cell.column].rest).endswith(
            tuple(head_words("money"))
        ):
            fitting = [one for one in found if one.unit.group == "currency"]
        if not fitting and (self.heads.columns[cell.column].rest or row.rest).endswith("面积"):
            fitting = [one for one in found if one.unit.kind == "area"]
        if len(fitting) == 1:
            return fitting[0], where
        if len({one.times for one in found}) == 1:
            return Scaled(found[0].times, _PLAIN, ""), where
        return None, sure.UNSURE

    def _implies_another(self, cell: Cell, row: Header) -> bool:
        """Whether a header implies another unit than that of the table: 总人口 under 单位：万元, but not under 单位：万人."""
        implied, table = self._implied("", cell, row), headers.scaled(self.title.unit)
        return implied is not None and (table is None or table.unit.name != implied.unit.name)

    def _implied(self, item: str, cell: Cell, row: Header) -> Scaled | None:
        """The unit that a header tells without naming it: 在校生 → 人. A lower header comes before an upper one."""
        units = lexicon().data["table_unit"]
        column = [headers.read(title).rest for title in reversed(self.heads.titles(cell.column))]
        for text in filter(None, (self.heads.columns[cell.column].rest, *column, row.rest, item)):
            for ending, name in units.items():
                if text.endswith(ending):
                    return headers.scaled(name)
        return None

    def _row_start(self, cell: Cell) -> int:
        return self.text.rfind("\n", 0, cell.start) + 1

    def _row_end(self, cell: Cell) -> int:
        end = self.text.find("\n", cell.end)
        return end if end >= 0 else len(self.text)


def _is_note(text: str) -> bool:
    """Whether words at the head of a row are a note: they say so, or are a long sentence."""
    return _NOTE.match(text) is not None or (len(text) > _SHORT and text.endswith(("。", "；")))


def _ends_alone(grid: Grid, cell: Cell) -> bool:
    """Whether nothing else stands in the row of a cell."""
    return all(
        is_blank(grid.at(cell.row, at)) or grid.squares[cell.row][at] == grid.squares[cell.row][cell.column]
        for at in range(grid.width)
    )


def _beside(text: str, cell: Cell, start: int, end: int, sentence: str) -> Iterator[CellRejection]:
    """Numerals of a cell outside its figure: the mark of a note."""
    for one in scan(fold(text[end : cell.end])):
        yield CellRejection(end + one.start, end + one.end, "code", "code.table", sentence)


def _refused(text: str, cell: Cell, reason: str, rule: str, sentence: str) -> Iterator[CellRejection]:
    for one in scan(fold(text[cell.start : cell.end])):
        yield CellRejection(cell.start + one.start, cell.start + one.end, reason, rule, sentence)


def _as_text(text: str, words: CellText) -> Iterator[CellText]:
    if any(scan(fold(text[words.start : words.end]))):
        yield words
