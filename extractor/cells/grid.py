"""A table as a grid: which cell covers each square, which rows and columns are headers.

In goes a table of a document and its text, out comes a ``Grid``. It looks at the form of cells only: whether they hold a
number, a year, words; what headers say is told by ``headers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from extractor.cells import qualified
from extractor.lexicon.folding import fold
from extractor.lexicon.words import lexicon
from extractor.matching import compiled
from extractor.sources.documents.extracted import Cell, Table

WIDEST = 500
"""Columns beyond which a table is a data set whose cells are not laid out."""
_NUMBER = compiled(
    r"\(?[-+−－±▲△▼↑↓]?[¥$￥]?(?:[0-9]{1,3}(?>(?:[, ][0-9]{3})+)|[0-9]++)(?:\.[0-9]++)?\)?"
    r"(?P<unit>%|‰|[\u4e00-\u9fff/]{1,6})?(?:[①-⑳\U000f0001-\U000f0fff*※#]|\([0-9]\)|\[[0-9]\])?"
)
_LABEL = compiled(
    r"[(]?(?:(?:计量|金额|数量|货币|计价|编制|填报|填表|制表|主管|预算)?单位|填报人|制表人|负责人|编制(?:部门|机关)|填报(?:部门|机关)|部门|币种"
    r"|(?:编制|填报|填表|制表|统计)?(?:日期|时间)|报告期|报表期间|年度|所属(?:期|时期|年度))[:：]|[(]?单位[(]?[十百千万亿]{0,2}(?:元|人|吨|户|亩)[)]"
)
_DIGITS = compiled(r"[0-9.\-/]+")
_YEAR = compiled("(?:19|20)[0-9]{2}(?:年度?)?")
_MARKED = compiled(
    r"(?<=[0-9年月末度底])(?:[*※#①-⑳\U000f0001-\U000f0fff]|[(](?:预计|预测|快报数?|初步数?|初步核算|估计|计划)[)]|E)$"
)
_TIME = compiled(
    r"(?:(?:19|20)[0-9]{2}(?:年度?|[-/.](?=[0-9]))?)?(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[-—~至][0-9]{1,2})?月份?"
    r"(?:[0-9]{1,2}日)?|第?[一二三四1-4]季度|[上下]半年|[0-9]{1,2}(?:[-/.][0-9]{1,2})?)?(?:末|底|初)?"
)


@cache
def head_words(what: str) -> frozenset[str]:
    """A list of ``tables.toml``, without blanks.

    >>> "备注" in head_words("note")
    True
    """
    return frozenset(fold(word).replace(" ", "") for word in lexicon().data["table_head"][what])


@dataclass(slots=True)
class Grid:
    """A table laid out. ``squares[row][column]`` is the index of a cell, -1 for none. The first ``over`` rows hold its title
    and its unit, those from there to ``top`` and the first ``left`` columns are headers; ``texts`` are the folded texts
    of the cells without blanks. ``pairs``: it has no headers, a name stands left of each value (建筑面积 | 1200平方米 | 工期 | 180天).
    """

    cells: Sequence[Cell]
    texts: list[str]
    squares: list[list[int]] = field(default_factory=list)
    over: int = 0
    top: int = 0
    left: int = 0
    pairs: bool = False

    @property
    def width(self) -> int:
        return len(self.squares[0]) if self.squares else 0

    def at(self, row: int, column: int) -> str:
        """The text on a square, "" for none."""
        index = self.squares[row][column]
        return self.texts[index] if index >= 0 else ""


def lay_out(table: Table, text: str) -> Grid | None:
    """The grid of a table, None for one too wide to be a table of figures."""
    height = max((cell.row for cell in table.cells), default=-1) + 1
    width = max((cell.column + cell.columns for cell in table.cells), default=0)
    if not 0 < width <= WIDEST:
        return None
    grid = Grid(table.cells, ["".join(fold(text[cell.start : cell.end]).split()) for cell in table.cells])
    grid.squares = [[-1] * width for _ in range(height)]
    for index, cell in enumerate(table.cells):
        for row in range(cell.row, min(height, cell.row + cell.rows)):
            squares = grid.squares[row]
            for column in range(cell.column, min(width, cell.column + cell.columns)):
                if squares[column] < 0:
                    squares[column] = index
    grid.over = _over(grid)
    grid.pairs = _in_pairs(grid)
    grid.top = grid.over if grid.pairs else _top(grid)
    _spread(grid)
    grid.left = 1 if grid.pairs else _left(grid)
    return grid


def is_blank(text: str) -> bool:
    """Whether a cell is empty or marks that it is."""
    return not text or text in head_words("blank")


def is_number(text: str) -> bool:
    """Whether a cell is a number, perhaps with a unit or a mark of a note.

    >>> [is_number(text) for text in ("1,234.5", "-3.2%", "12万元", "2023年", "甲乡")]
    [True, True, True, False, False]
    """
    match = _NUMBER.fullmatch(text)
    return (
        match is not None
        and (not match["unit"] or _is_unit(match["unit"]))
        and not (match["unit"] and is_time(text))
    )


def _is_bounded(text: str) -> bool:
    """Whether a cell is a number that is only bounded (≥95, 8-10), and no class such as 60岁及以上."""
    told = qualified.read(text)
    return told is not None and told.unit in ("", "%", "‰") and not is_time(text)


@cache
def _is_unit(text: str) -> bool:
    units = lexicon().units.words
    for word in (text, text.lstrip("十百千万亿个"), text.partition("/")[0].lstrip("十百千万亿")):
        if word in units or word in ("%", "‰", ""):
            return word not in units or units[word].group != "time"
    return False


def is_time(text: str) -> bool:
    """Whether a cell is a year, a month, a quarter or a day and nothing else.

    >>> [is_time(text) for text in ("2023", "2023年", "1-6月", "一季度", "2023.05", "113", "")]
    [True, True, True, True, True, False, False]
    """
    text = plain_time(text)
    if text.isdecimal():
        return _YEAR.fullmatch(text) is not None
    return (
        len(text) > 1
        and _TIME.fullmatch(text) is not None
        and (not _DIGITS.fullmatch(text) or len(text) >= 6)
    )


def plain_time(text: str) -> str:
    """A time without the mark of a note or of a forecast: 2023*, 2023年(预计), 2023E.

    >>> plain_time("2023*"), plain_time("2023(预计)"), plain_time("2023年")
    ('2023', '2023', '2023年')
    """
    return _MARKED.sub("", text) if text[:2] in ("19", "20") else text


def is_label(text: str) -> bool:
    """Whether a cell tells something of the whole table: 单位:万元, 编制单位:县财政局.

    >>> is_label("单位:万元"), is_label("(单位:元)"), is_label("其中:第一产业"), is_label("项目")
    (True, True, False, False)
    """
    return _LABEL.match(text) is not None


def _over(grid: Grid) -> int:
    """How many rows on top hold one title over the whole table, or labels such as its unit, and no headers."""
    over = 0
    for row in range(len(grid.squares) - 2):
        inside = list(dict.fromkeys(grid.squares[row]))
        filled = [index for index in inside if index >= 0 and not is_blank(grid.texts[index])]
        texts = [grid.texts[index] for index in filled]
        if any(grid.cells[index].rows > 1 for index in filled) or any(is_number(text) for text in texts):
            break
        alone = len(filled) == 1 and grid.width > 1 and grid.cells[filled[0]].column == 0
        if alone and grid.cells[filled[0]].columns < grid.width:
            below = [grid.at(row + 1, column) for column in range(1, grid.width)]
            alone = not all(is_time(text) for text in below if not is_blank(text))
        labels = sum(map(is_label, texts))
        if texts and not ((alone and not is_time(texts[0])) or (labels and _labelled(texts))):
            break
        over = row + 1
    return over


def _in_pairs(grid: Grid) -> bool:
    """Whether names and values take turns in each row, from the first on."""
    if (
        grid.width < 4
        or grid.width % 2
        or any(cell.columns > 1 for cell in grid.cells if cell.row >= grid.over)
    ):
        return False
    rows = [[grid.at(row, at) for at in range(grid.width)] for row in range(grid.over, len(grid.squares))]
    names = [row[at] for row in rows for at in range(0, grid.width, 2) if row[at]]
    values = [row[at] for row in rows[:1] for at in range(1, grid.width, 2)]
    plain = all(
        not is_number(name) and not is_time(name) and not is_blank(name) and len(name) <= 16 for name in names
    )
    return (
        plain
        and len(set(names)) == len(names) > 1
        and any(is_number(one) and not is_time(one) for one in values)
    )


def _labelled(texts: list[str]) -> bool:
    """Whether all cells of a row are labels, or times and titles beside them."""
    others = [text for text in texts if not is_label(text)]
    return len(others) < 2 and not any(text in head_words("empty") | head_words("subject") for text in others)


def _top(grid: Grid) -> int:
    """How many rows are headers: those that the document marks, and those before the first with data."""
    marked = grid.over
    for row in range(grid.over, len(grid.squares)):
        cells = [grid.cells[index] for index in grid.squares[row] if index >= 0]
        if not cells or not all(cell.head for cell in cells):
            break
        marked = row + 1
    top = marked
    for row in range(marked, len(grid.squares)):
        texts = [grid.at(row, column) for column in range(grid.width)]
        if _data(texts) or (row > grid.over and _section(texts)):
            break
        words = (
            row > grid.over and row == marked and not any(is_time(text) for text in texts) and any(texts[1:])
        )
        if words and not any(text and is_blank(grid.at(row - 1, at)) for at, text in enumerate(texts)):
            break
        top = row + 1
    if top == len(grid.squares):  # no data at all
        top = min(max(marked, grid.over + 1), len(grid.squares))
    # A row that numbers the columns: 甲 1 2 3.
    while top < len(grid.squares) and _numbers_columns(
        [grid.at(top, column) for column in range(grid.width)]
    ):
        top += 1
    # A header that reaches down takes the rows below with it.
    for row in range(grid.over, top):
        for index in set(grid.squares[row]):
            if index >= 0 and grid.cells[index].column and row + grid.cells[index].rows > top:
                top = min(len(grid.squares), grid.cells[index].row + grid.cells[index].rows)
    return top


def _spread(grid: Grid) -> None:
    """A header of several columns that is written over the first of them covers the blank squares behind it."""
    for row in range(grid.over, grid.top - 1):
        upper, lower = grid.squares[row], grid.squares[row + 1]
        for column in range(1, grid.width):
            grouped = upper[column - 1] != lower[column - 1] and not is_blank(grid.at(row + 1, column - 1))
            under = upper[column] != lower[column] and not is_blank(grid.at(row + 1, column))
            if grouped and under and is_blank(grid.at(row, column)) and grid.at(row, column - 1):
                upper[column] = upper[column - 1]


def _data(texts: list[str]) -> bool:
    numbers = [text for text in texts if is_number(text)]
    if not numbers:
        return False
    years = sum(is_time(text) for text in numbers)
    if years == len(numbers) and (len(numbers) > 1 or not is_time(texts[0])):
        return False
    return bool([text for text in texts[1:] if is_number(text)]) or (is_number(texts[0]) and len(texts) == 1)


def _section(texts: list[str]) -> bool:
    """A row whose first cell is filled and nothing else."""
    return bool(texts[0]) and not any(text for text in texts[1:] if text != texts[0])


def _numbers_columns(texts: list[str]) -> bool:
    digits = [int(text) for text in texts if text.isdecimal() and len(text) < 3]
    return (
        len(digits) > 1
        and digits == list(range(digits[0], digits[0] + len(digits)))
        and digits[0] in (0, 1, 2)
        and (len(digits) + sum(text in ("甲", "乙", "丙", "栏次", "") for text in texts) == len(texts))
    )


def _left(grid: Grid) -> int:
    """How many columns are headers: those from the left on that hold words, times or numbers of rows."""
    rows = range(grid.top, len(grid.squares))
    left = 0
    for column in range(grid.width):
        texts = [text for row in rows if not is_blank(text := grid.at(row, column))]
        title = grid.at(grid.top - 1, column) if grid.top else ""
        names = title in head_words("ordinal") | head_words("code") | head_words("date") | head_words("unit")
        counts = (
            column == 0
            and len(texts) > 1
            and texts == [str(i + int(texts[0] or 0)) for i in range(len(texts))]
            if (texts and texts[0] in ("0", "1"))
            else False
        )
        if texts and not names and not counts:
            told = column > 0 and not title.endswith(tuple(head_words("classes")))
            numbers = sum(
                (is_number(text) and not is_time(text)) or (told and _is_bounded(text)) for text in texts
            )
            if numbers * 2 >= len(texts) and not (column == 0 and numbers < len(texts) and grid.width > 1):
                break
            if column and numbers:
                break
        left = column + 1
    return left if left < grid.width else min(1, grid.width - 1)
