"""Units that a row takes from the row of which it is a part: 常住人口（万人）, below it 其中：城镇.

In go the headings of a table, out comes for each row the unit that it inherits, "" for none.
"""

from __future__ import annotations

from extractor.cells import headers
from extractor.cells.grid import Grid, head_words, is_blank, is_number
from extractor.lexicon.words import lexicon
from extractor.matching import compiled

_PART = compiled(r"^(?:其中|#|＃|[-—·•◆])")
_NUMBERED = compiled(r"^[(（]?[一二三四五六七八九十]{1,3}[)）、.]")
DITTO = frozenset(("〃", "″", '"', "''", "”", "“", "同上", "々", "//"))
"""How a cell says that it holds what the one above it does."""


def units(grid: Grid, columns: list[int], told: list[int], elsewhere: bool) -> list[str]:
    """The units that the rows inherit.

    ``columns`` name the rows, ``told`` are the columns of units; ``elsewhere`` says that a unit is told for the whole table, so that
    a row behind a part may well be no part itself.
    """
    found: list[str] = []
    above = ""
    inside = False
    for row in range(len(grid.squares)):
        name, unit, ditto = _row(grid, row, columns, told)
        if row < grid.top or not name:
            found.append("")
            continue
        one = headers.read(name)
        group = headers.is_group(one.rest) or one.total
        if ditto:
            found.append(above)
        elif unit:
            above, inside = unit, False
            found.append("")
        elif _NUMBERED.match(name) or _alone(one.rest):
            above, inside = "", False
            found.append("")
        elif _PART.match(name):
            inside = True
            found.append(above)
        else:
            above = above if group or (inside and not elsewhere) else ""
            found.append(above)
    return found


def _row(grid: Grid, row: int, columns: list[int], told: list[int]) -> tuple[str, str, bool]:
    """The name of a row, the unit that it tells, and whether it says that the unit is the one above."""
    names = [text for at in columns if at not in told and not is_number(text := grid.at(row, at)) and text]
    name = names[-1] if names else ""
    cells = [grid.at(row, at) for at in told]
    if any(cell in DITTO for cell in cells):
        return name, "", True
    unit = next((cell for cell in cells if not is_blank(cell)), "")
    return name, unit or next(filter(None, (headers.read(one).unit for one in reversed(names))), ""), False


def _alone(rest: str) -> bool:
    """Whether a header needs no unit of a table, or implies one."""
    implied = any(rest.endswith(ending) for ending in lexicon().data["table_unit"])
    return implied or rest.endswith((*head_words("share"), "比", "指数", "系数"))
