"""Tables of a PDF that the end of a page or a column cuts in two are one.

In go the lines and tables of all pages in reading order, out they come with the rows of the second piece behind those of the first.
A piece goes on where nothing stands between the two but what says so (续表), and its columns have the same borders.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.matching import compiled
from extractor.sources.documents.columns import Line
from extractor.sources.documents.extracted import Given

_SAME = 3.0
"""Points by which the borders of one column may differ."""
_GOES_ON = compiled(
    r"[(（]?(?:续表?|接上表)[\s0-9一二三四五六七八九十.\-—]{0,8}[)）]?|.{0,30}[(（]续表?[)）]"
)


class Grid(NamedTuple):
    """A table of a page: its box, its rows, the left borders of its columns."""

    box: tuple[float, float, float, float]
    rows: list[list[Given]]
    lefts: tuple[float, ...] = ()


Written = tuple[Line, Grid | None]


def joined(pages: list[list[Written]]) -> list[list[Written]]:
    """The pages, without the pieces that went to the tables which they go on from."""
    found: list[list[Written]] = []
    last: tuple[int, int] | None = None
    between: list[tuple[int, int]] = []
    for number, page in enumerate(pages):
        found.append([])
        for line, grid in page:
            if grid is None:
                told = line.text.strip()
                if told and not _GOES_ON.fullmatch(told):
                    last = None
                elif told:
                    between.append((number, len(found[number])))
                found[number].append((line, None))
                continue
            first = found[last[0]][last[1]][1] if last else None
            if last and first is not None and _elsewhere(first, grid, last[0], number) and _same(first, grid):
                found[last[0]][last[1]] = (found[last[0]][last[1]][0], _together(first, grid))
                for page_at, at in between:
                    found[page_at][at] = (Line(""), None)
            else:
                last = number, len(found[number])
                found[number].append((line, grid))
            between = []
    return found


def _elsewhere(first: Grid, second: Grid, page: int, other: int) -> bool:
    """Whether a table stands on another page, or higher in another column."""
    return other > page or second.box[1] < first.box[1]


def _same(first: Grid, second: Grid) -> bool:
    """Whether the columns of two tables have the same borders, wherever the tables begin."""
    if len(first.lefts) != len(second.lefts) or len(first.lefts) < 2:
        return False
    shift = second.lefts[0] - first.lefts[0]
    return all(abs(two - one - shift) < _SAME for one, two in zip(first.lefts, second.lefts, strict=True))


def _together(first: Grid, second: Grid) -> Grid:
    """The rows of both, a repeated row of headers once. The box stays that of the second, where the table ends."""
    rows = list(second.rows)
    for head in first.rows[:3]:
        if rows and _texts(rows[0]) == _texts(head):
            del rows[0]
        else:
            break
    return Grid(second.box, [*first.rows, *rows], first.lefts)


def _texts(row: list[Given]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]
