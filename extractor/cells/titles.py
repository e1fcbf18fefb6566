"""What stands above a table: its title, the unit of its numbers, the time that they are of."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.cells import headers
from extractor.cells.grid import Grid, lay_out
from extractor.cells.stacked import Part
from extractor.lexicon.folding import fold
from extractor.matching import compiled

_NUMBERED = compiled(
    r"^[#\s]*(?:附?表|表格|附件|图)\s*[0-9一二三四五六七八九十]{1,3}(?:[-—.][0-9]{1,3})?[:：、.\s]*"
)
_LABELLED = compiled(
    r"\s{0,20}[(（]?[^:：，。]{0,3}(?:单位|部门|机构|编制|填报|填表|日期|时间|币种)[^:：，。]{0,4}[:：]"
)
_NO_TITLE = compiled(r"[(（]?(?:续表?|接上表)\s*[0-9一二三四五六七八九十.\-—]{0,6}[)）]?")
_TABLE_OF = compiled(
    r"(?:情况|统计|一览|汇总|完成|明细|预算|决算|基本|主要|数据|指标){0,6}(?:表|一览|情况|统计)$"
)
ABOVE = 300
"""Characters before a table in which its title and its unit stand."""


class Title(NamedTuple):
    """What stands above a table: its units, its period, what it is about.

    ``unit`` is the one of all its numbers; ``units`` are those of which each holds for some, where several are told.
    """

    unit: str = ""
    period: str = ""
    item: str = ""
    units: tuple[str, ...] = ()


def of(part: Part, text: str, grid: Grid, heading: str = "") -> Title:
    """The title and the unit that the lines above tell, the nearest first, and those of the table that it goes on from.

    ``heading`` is the title of the article: it tells the period where no line above does.
    """
    table = part.table
    begin = max(0, table.start - ABOVE)
    lines = [line for line in fold(text[begin : table.start]).split("\n") if line.strip()][-3:]
    if table.caption:
        lines.append(fold(table.caption))
    inside = [cell for cell in table.cells if cell.row < grid.over and cell.end > cell.start]
    lines += [fold(text[cell.start : cell.end]) for cell in inside]
    units: tuple[str, ...] = ()
    title = ""
    others: list[str] = []
    for line in reversed(lines):
        if "\t" in line or len(line) > 80 or line.rstrip()[-1:] in "。；;":
            break
        units = units or headers.unit_line(line)
        others.append(line)
        if not title and not _LABELLED.match(line) and not _NO_TITLE.fullmatch(line.strip()):
            title = "".join(
                re.sub(r"[(（]?(?:计量|金额|数量|货币)?单位\s*[:：].*", "", _NUMBERED.sub("", line)).split()
            )
            if _NUMBERED.match(line):
                break
    told = headers.read(title)
    if not units and told.rest and told.unit:
        units = (told.unit,)
    period = told.period or next(filter(None, map(headers.period_of, [title, *others, fold(heading)])), "")
    item = title.replace(period, "", 1) if period else title
    item = _TABLE_OF.sub("", re.sub(r"[(（].*?[)）]", "", item))
    found = Title(units[0] if len(units) == 1 else "", period, item if len(item) <= 30 else "", units)
    return _after(found, part, text, heading) if part.before else found


def _after(found: Title, part: Part, text: str, heading: str) -> Title:
    """A title with what it does not say taken from that of the table before."""
    assert part.before is not None
    grid = lay_out(part.before.table, text)
    if grid is None:
        return found
    first = of(part.before, text, grid, heading)
    unit, units = (found.unit, found.units) if found.units else (first.unit, first.units)
    return Title(unit, found.period or first.period, found.item or first.item, units)
