"""The headers of a table: what each column and each row says, and which columns name the rows.

In go the grid of a table and what stands above it, out come the ``Header`` of a column, the ``Stub`` of a row, and the
period and the place of a cell.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.cells import headers, sure
from extractor.cells.grid import Grid, head_words, is_blank, is_number, is_time, plain_time
from extractor.cells.headers import Header
from extractor.cells.titles import Title
from extractor.matching import compiled
from extractor.sources.documents.extracted import Cell, Table

_STUB = compiled("(?:名称|名)$")
_NAMES = ("项目", "科目", "指标", "名称")
"""How the header of a column ends that names rows, where a table stands beside another in one (收入 | 支出)."""
_YEARLESS = compiled(
    "(?:年|期)?(?:末|底|初)|[上下]半年|第?[一二三四1-4]季度|前[一二三]季度|[0-9]{1,2}(?:[-—~至][0-9]{1,2})?月份?"
)
_YEAR = compiled("(?:19|20)[0-9]{2}年?")
_NUMBERED = compiled(
    r"(?P<first>[一二三四五六七八九十]{1,3}[、.])|(?P<second>[(（][一二三四五六七八九十]{1,3}[)）])|(?P<third>[0-9]{1,2}[、.](?![0-9]))|(?P<fourth>[(（][0-9]{1,2}[)）])"
)


class Stub(NamedTuple):
    """What the headers of a row say together: those that are words, from the left, and those that name a subject."""

    header: Header
    words: list[str]
    subjects: list[str]


class Headings:
    """The headers of one table. ``mine`` tells which of the left columns say whose figures they are."""

    def __init__(self, table: Table, grid: Grid, title: Title) -> None:
        self.table, self.grid, self.title = table, grid, title
        self.columns = [self._column(column) for column in range(grid.width)]
        self.sort = [self._sort(column) for column in range(grid.width)]
        self.units = [at for at in range(grid.width) if self.sort[at] == "unit"]
        self.mine = [self._names_subjects(column) for column in range(grid.width)]
        self.sections = self._sections()
        self.inner = self._inner()

    def titles(self, column: int) -> list[str]:
        """The texts of the headers over a column, from above."""
        return [self.grid.at(row, column) for row in range(self.grid.over, self.grid.top)]

    def is_stub(self, column: int) -> bool:
        """Whether a column names rows: one on the left, or one inside that names those of a second half."""
        return column < self.grid.left or column in self.inner

    def stubs(self, column: int) -> range | list[int]:
        """The columns that name the rows of a column."""
        inner = [at for at in self.inner if at < column]
        return inner[-1:] if inner else range(self.grid.left)

    def row(self, cell: Cell) -> Stub:
        """What the headers of the row of a cell say."""
        found = Header()
        words: list[str] = []
        subjects: list[str] = []
        seen: set[int] = set()
        for column in self.stubs(cell.column):
            index = self.grid.squares[cell.row][column]
            text = self.grid.texts[index] if index >= 0 else ""
            if index in seen or is_blank(text):
                continue
            total = text in head_words("total")
            if self.sort[column] in ("code", "unit", "note") or (
                self.sort[column] == "ordinal" and not total
            ):
                continue
            seen.add(index)
            one = headers.read(text)
            if is_time(text) or (
                self.sort[column] == "date" and text and not (total or one.total or one.change or one.unit)
            ):
                one = Header(period=plain_time(text))
            found = joined(found, one)
            if one.rest or one.total:
                mine = self.mine[column] or (
                    self.sort[column] == "ordinal" and any(self.mine[: self.grid.left])
                )
                (subjects if mine else words).append(one.rest or text)
        return Stub(found, words, subjects)

    def row_sort(self, cell: Cell) -> str:
        """What sort of row it is by its own header: code, ordinal, or ""."""
        texts = [self.grid.at(cell.row, column) for column in self.stubs(cell.column)]
        return next((sort for sort in ("code", "ordinal") for text in texts if text in head_words(sort)), "")

    def upper(self, cell: Cell) -> str:
        """The header of the row of which the row of a cell is a part: the nearest above that is no part itself."""
        columns = self.stubs(cell.column)
        for row in range(cell.row - 1, self.grid.top - 1, -1):
            text = next((text for at in columns if not is_number(text := self.grid.at(row, at)) and text), "")
            one = headers.read(text)
            if one.rest and not one.part and not headers.is_group(one.rest):
                return one.rest
        return ""

    def changed(self, column: int) -> str:
        """What the nearest column on the left measures, whose change a column tells: 产量 | 增长(%)."""
        if not self.columns[column].change:
            return ""
        before = (self.columns[at] for at in range(column - 1, self.grid.left - 1, -1))
        return next((one.rest for one in before if not one.change), "")

    def unit_beside(self, column: int) -> str:
        """The unit of the nearest column on the left that tells no change, whose change a column tells: 产值(万元) | 增减额."""
        before = (self.columns[at] for at in range(column - 1, self.grid.left - 1, -1))
        return next((one.unit for one in before if not one.change), "")

    def period(self, cell: Cell, row: Header) -> tuple[str, str]:
        """The period of a cell, and where it stands."""
        column = self.columns[cell.column]
        if column.period and row.period and column.period != row.period:
            both = (row.period, column.period)
            first, last = both if row.period.endswith(("年", "年度")) else both[::-1]
            return first + last, sure.BOTH
        found, where = (column.period, sure.COLUMN) if column.period else (row.period, sure.ROW)
        if not found and column.change:  # a change stands behind the levels that it compares
            found, where = self._latest(cell.column), sure.COLUMNS
        if found in head_words("now") and self.title.period:
            return self.title.period, sure.ABOVE
        if found:
            year = _YEAR.match(self.title.period)
            if year and _YEARLESS.fullmatch(found):
                return year[0].removesuffix("年") + "年" + found.removeprefix(
                    "年"
                ), f"{where} and {sure.ABOVE}"
            return found, where
        return self.title.period, sure.ABOVE if self.title.period else sure.NONE

    def locator(self, cell: Cell) -> str:
        """Where a cell stands, as a person says it: its name, or its row and its column."""
        if cell.name:
            return cell.name
        lefts = [self.grid.at(cell.row, column) for column in self.stubs(cell.column)]
        tops = dict.fromkeys(filter(None, self.titles(cell.column)))
        place = f"{self.table.locator} {' '.join(dict.fromkeys(filter(None, lefts)))} / {' '.join(tops)}"
        return place.rstrip(" /")

    def words(self, cell: Cell, where: str) -> str:
        """The words that stand there for a cell, "" where no header says it."""
        row = " ".join(filter(None, (self.grid.at(cell.row, column) for column in self.stubs(cell.column))))
        column = " ".join(dict.fromkeys(filter(None, self.titles(cell.column))))
        units = " ".join(self.grid.at(cell.row, at) for at in self.units)
        both = f"{row} / {column}"
        return {sure.ROW: row, sure.COLUMN: column, sure.BOTH: both, sure.UNITS: units}.get(where, "")

    def _column(self, column: int) -> Header:
        """What all headers of a column say together, from above."""
        found = Header()
        seen: set[int] = set()
        for row in range(self.grid.over, self.grid.top):
            index = self.grid.squares[row][column]
            if index < 0 or index in seen:
                continue
            seen.add(index)
            found = joined(found, headers.read(self.grid.texts[index]))
        return found

    def _names_subjects(self, column: int) -> bool:
        """Whether a column of headers says whose figures they are, by its own header."""
        subjects = head_words("subject")
        return any(title in subjects or _STUB.sub("", title) in subjects for title in self.titles(column))

    def _sort(self, column: int) -> str:
        """What sort of column it is by its lowest header: ordinal, code, date, note, unit, or ""."""
        last = next((title for title in reversed(self.titles(column)) if title), "")
        found = next((sort for sort in ("ordinal", "code", "date", "note") if last in head_words(sort)), "")
        if found == "date" and self._holds_words(column):
            return ""  # 年份 in the corner is what the other columns are
        if not found and last in head_words("unit"):
            cells = [self.grid.at(row, column) for row in range(self.grid.top, len(self.grid.squares))]
            filled = [cell for cell in cells if not is_blank(cell)]
            units = [cell for cell in cells if cell and headers.scaled(cell)]
            return "unit" if cells and 2 * len(units) >= len(filled) else ""
        return found

    def _holds_words(self, column: int) -> bool:
        """Whether most cells of a column are words without a time."""
        cells = [self.grid.at(row, column) for row in range(self.grid.top, len(self.grid.squares))]
        filled = [cell for cell in cells if not is_blank(cell)]
        words = [
            cell
            for cell in filled
            if not is_number(cell) and not is_time(cell) and not headers.read(cell).period
        ]
        return 2 * len(words) > len(filled)

    def _inner(self) -> list[int]:
        """Columns inside the table that name the rows of those on their right: 收入项目 | 金额 | 支出项目 | 金额."""
        if self.grid.pairs:
            return list(range(2, self.grid.width, 2))
        lasts = [next((t for t in reversed(self.titles(at)) if t), "") for at in range(self.grid.width)]
        first = next(
            (
                last
                for last in lasts[: self.grid.left]
                if last and self.sort[lasts.index(last)] not in ("ordinal", "code")
            ),
            "",
        )
        found = []
        for column in range(self.grid.left + 1, self.grid.width - 1) if first else ():
            cells = [self.grid.at(row, column) for row in range(self.grid.top, len(self.grid.squares))]
            filled = [cell for cell in cells if not is_blank(cell)]
            same = lasts[column] == first or (
                lasts[column].endswith(_NAMES) and first.endswith(_NAMES) and lasts[column][-2:] == first[-2:]
            )
            if same and filled and not any(is_number(cell) and not is_time(cell) for cell in filled):
                found.append(column)
        return found

    def _sections(self) -> list[str]:
        """For each row the header of the section in which it stands."""
        found: list[str] = []
        section = mark = ""
        for row in range(len(self.grid.squares)):
            texts = [self.grid.at(row, column) for column in range(self.grid.width)]
            alone = texts and texts[0] and not any(t for t in texts[1:] if t != texts[0] and not is_blank(t))
            if row >= self.grid.top and alone:
                section, mark = headers.read(texts[0]).rest, _mark(texts[0])
            elif row >= self.grid.top and mark and _mark(texts[0]) == mark:
                section = mark = ""  # 三、 ends the section that 二、 began
            found.append(section)
        return found

    def _latest(self, column: int) -> str:
        """The period of the level whose change a column tells: of the columns before it the nearest that is not one of the past,
        or the latest of several years; of all columns where none stands before it."""
        levels = [at for at in range(self.grid.left, self.grid.width) if not self.columns[at].change]
        before = [at for at in reversed(levels) if at < column and self.sort[at] == ""]
        found: list[str] = []
        for at in before or levels:
            period = self.columns[at].period
            if period.startswith(("上", "去", "昨")) or (not period and self.columns[at].share):
                continue
            if not period or (before and found and not period[:4].isdecimal()):
                break
            found.append(period)
        return max(found, key=lambda one: one[:4] if one[:4].isdecimal() else "") if found else ""


def _mark(text: str) -> str:
    """How a header is numbered: 一、, （一）, 1."""
    found = _NUMBERED.match(text)
    return found.lastgroup or "" if found else ""


def joined(upper: Header, lower: Header) -> Header:
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
