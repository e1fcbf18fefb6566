"""What stands above a table: its title, the unit of its numbers, the time that they are of."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.cells import headers
from extractor.lexicon.folding import fold
from extractor.sources.documents.extracted import Table

_NUMBERED = re.compile(
    r"^[#\s]*(?:附?表|表格|附件|图)\s*[0-9一二三四五六七八九十]{1,3}(?:[-—.][0-9]{1,3})?[:：、.\s]*"
)
_LABELLED = re.compile(
    r"\s{0,20}[(（]?[^:：，。]{0,3}(?:单位|部门|机构|编制|填报|填表|日期|时间|币种)[^:：，。]{0,4}[:：]"
)
_TABLE_OF = re.compile(
    r"(?:情况|统计|一览|汇总|完成|明细|预算|决算|基本|主要|数据|指标){0,6}(?:表|一览|情况|统计)$"
)
ABOVE = 300
"""Characters before a table in which its title and its unit stand."""


class Title(NamedTuple):
    """What stands above a table: its unit, its period, what it is about."""

    unit: str = ""
    period: str = ""
    item: str = ""


def of(table: Table, text: str, heading: str = "") -> Title:
    """The title and the unit that the lines above tell, the nearest first.

    ``heading`` is the title of the article: it tells the period where no line above does.
    """
    begin = max(0, table.start - ABOVE)
    lines = [line for line in fold(text[begin : table.start]).split("\n") if line.strip()][-3:]
    if table.caption:
        lines.append(fold(table.caption))
    unit = title = ""
    others: list[str] = []
    for line in reversed(lines):
        if "\t" in line or len(line) > 80 or line.rstrip()[-1:] in "。；;":
            break
        unit = unit or headers.unit_line(line)
        others.append(line)
        if not title and not _LABELLED.match(line):
            title = "".join(
                re.sub(r"[(（]?(?:计量|金额|数量|货币)?单位\s*[:：].*", "", _NUMBERED.sub("", line)).split()
            )
            if _NUMBERED.match(line):
                break
    told = headers.read(title)
    unit = unit or (told.unit if told.rest else "")
    period = told.period or next(filter(None, map(headers.period_of, [title, *others, fold(heading)])), "")
    item = title.replace(period, "", 1) if period else title
    item = _TABLE_OF.sub("", re.sub(r"[(（].*?[)）]", "", item))
    return Title(unit, period, item if len(item) <= 30 else "")
