"""Tables as they are meant: one that was written as several goes on, several that were written as one are parted.

In go the tables of a document, out come ``Part``s: a table with one set of headers, and the part that it goes on from, whose
unit and title hold for it too (续表, or a table right behind another with headers of the same kind).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.cells import grid as grids
from extractor.cells.grid import Grid, is_blank, is_label, is_number, is_time
from extractor.lexicon.folding import fold
from extractor.matching import compiled
from extractor.sources.documents.extracted import Cell, Table

_GOES_ON = compiled(
    r"[(（]?(?:续表?|接上表)\s*[0-9一二三四五六七八九十.\-—]{0,6}[)）]?$|^续\s*表|[(（]续[表完0-9一二三四]?[)）]|^续$"
)
_BETWEEN = 120
"""Characters between two tables of which the second can go on from the first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table with one set of headers, and what it goes on from."""

    table: Table
    before: Part | None = None


def parts(tables: Sequence[Table], text: str) -> Iterator[Part]:
    """The parts of all tables, in order.

    >>> from extractor.sources.documents.sheets import of_text
    >>> done = of_text("乡镇,2021年,2022年\\n甲乡,1,2\\n乡镇,2023年,2024年\\n甲乡,3,4\\n", "a.csv")
    >>> [(len(one.table.cells), one.before is None) for one in parts(done.tables, done.text)]
    [(6, True), (6, False)]
    """
    last: Part | None = None
    for table in tables:
        goes_on = last is not None and _goes_on(last.table, table, text)
        for piece, same in _pieces(table, text):
            last = Part(piece, (last.before or last) if last is not None and (goes_on or same) else None)
            yield last
            goes_on = False


def is_continuation(line: str) -> bool:
    """Whether a line says that a table goes on: 续表, 表2 收入(续).

    >>> is_continuation("续表2"), is_continuation("表2 收入（续）"), is_continuation("继续教育情况")
    (True, True, False)
    """
    return _GOES_ON.search(fold(line).strip()) is not None


def _goes_on(first: Table, second: Table, text: str) -> bool:
    """Whether a table goes on from the one before it."""
    between = text[first.end : second.start]
    lines = [line for line in between.split("\n") if line.strip()]
    if len(between) > _BETWEEN or len(lines) > 2:
        return False
    if lines or second.caption:
        return any(map(is_continuation, [*lines, second.caption]))
    upper, lower = grids.lay_out(first, text), grids.lay_out(second, text)
    return (
        upper is not None and lower is not None and not lower.over and _same_kind(_last(upper), _last(lower))
    )


def _last(grid: Grid) -> list[str]:
    """The lowest row of headers."""
    return [grid.at(grid.top - 1, column) for column in range(grid.width)] if grid.top else []


def _same_kind(first: list[str], second: list[str]) -> bool:
    """Whether two rows of headers are of one table: they name the rows alike, and the rest is times or the same words."""
    if not first or not second or first[0] != second[0]:
        return False
    return all(is_blank(one) or is_time(one) or one in first for one in second[1:])


def _pieces(table: Table, text: str) -> list[tuple[Table, bool]]:
    """The tables that stand in one below another, each with headers of its own, and whether it goes on from the one above."""
    grid = grids.lay_out(table, text)
    if grid is None or not grid.top:
        return [(table, False)]
    heads = _last(grid)
    cuts: list[int] = [0]
    same: list[bool] = [False]
    row = grid.top + 1
    while row < len(grid.squares) - 1:
        if _is_head(grid, row, heads):
            begin = row
            while begin - 1 > grid.top and _is_title(grid, begin - 1):
                begin -= 1
            cuts.append(begin)
            new = [grid.at(row, column) for column in range(grid.width)]
            same.append(_same_kind(heads, new))
            heads = new
        row += 1
    if len(cuts) == 1:
        return [(table, False)]
    bounds = [*cuts, len(grid.squares)]
    pieces = (_cut(table, low, high) for low, high in itertools.pairwise(bounds))
    return list(zip(pieces, same, strict=True))


def _is_head(grid: Grid, row: int, heads: list[str]) -> bool:
    """Whether a row in the body is one of headers: its first cell is that of the headers above, and no other holds a number."""
    texts = [grid.at(row, column) for column in range(grid.width)]
    cells = {index for index in grid.squares[row] if index >= 0}
    if any(grid.cells[index].row != row for index in cells) or not texts[0] or texts[0] != heads[0]:
        return False
    rest = [text for text in texts[1:] if not is_blank(text)]
    return bool(rest) and not any(is_number(text) and not is_time(text) for text in rest)


def _is_title(grid: Grid, row: int) -> bool:
    """Whether a row above headers holds their title or their unit."""
    texts = [
        text
        for text in dict.fromkeys(grid.at(row, column) for column in range(grid.width))
        if not is_blank(text)
    ]
    return not texts or (len(texts) == 1 and not is_number(texts[0])) or all(map(is_label, texts))


def _cut(table: Table, low: int, high: int) -> Table:
    """Some rows of a table as a table."""
    cells = tuple(
        cell._replace(row=cell.row - low, rows=min(cell.rows, high - cell.row))
        for cell in table.cells
        if low <= cell.row < high
    )
    start = _start(cells, table, low)
    end = max((cell.end for cell in cells), default=table.end)
    return table._replace(start=start, end=end + 1, cells=cells, caption=table.caption if not low else "")


def _start(cells: tuple[Cell, ...], table: Table, low: int) -> int:
    return min((cell.start for cell in cells), default=table.start) if low else table.start
