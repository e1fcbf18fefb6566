"""Time expressions, and which of them a figure belongs to."""

from __future__ import annotations

import re

_NUMBER = "[0-9零〇一二三四五六七八九十两几]"
_NUMBERS = f"{_NUMBER}{{1,4}}"  # bounded, so that a long numeral is not read again from each of its digits
_YEAR = f"(?:(?:[12][0-9]{{3}}|[一二][零〇一二三四五六七八九]{{3}}|民国{_NUMBERS})年|[今去前明当本上同]年|年)"
_PART = (
    "(?:度|初|底|末|中|内|冬季?|夏季?|春季?|秋季?|[上下]半年|前?第?[一二三四1-4]个?季度|"
    f"前{_NUMBERS}个?[月季]度?|{_NUMBERS}月份?(?:初|底|末|中旬|上旬|下旬)?(?:至|到|-|—|~)?(?:{_NUMBERS}月份?)?(?:{_NUMBERS}日?号?)?(?:至|到|-)?(?:{_NUMBERS}日)?|{_NUMBERS}日)*"
)
_HOUR = f"(?:上午|下午|中午|凌晨|晚上|晚)?(?:{_NUMBERS}时(?:{_NUMBERS}分)?许?)?"
_TIME = re.compile(
    "(?:(?:截至|截止|截止到|自|从|到|至|在)?(?:"
    f"(?:[12][0-9]{{3}}|[一二][零〇一二三四五六七八九]{{3}})(?:年)?[-—~至到](?:[12][0-9]{{3}}|[一二][零〇一二三四五六七八九]{{3}})年(?:间|期间)?"
    f"|(?:{_YEAR[:-len('|年)')]})){_PART}{_HOUR}"
    f"|[0-9一二三四五六七八九十]{{1,3}}月份?(?:{_NUMBERS}日)?{_HOUR}(?:[-—~至到]{_NUMBERS}月?(?:(?:{_NUMBERS})?日)?)?"
    f"|[0-9]{{1,2}}日{_HOUR}"
    "|今[天日晨晚]|昨[天日晚]|前[天日]|明[天日]|当[天日月晚]|本[月周]|上[月周]|次[日年]|目前|当前|现在|如今|眼下|近年来|近日|日前|连日来|近期"
    "|[上下]半年|年[初底末内终]|全年|月末|月底|第?[一二三四]季度|前[一二三两]季度|全[月季]|当季"
    f"|近{_NUMBERS}[年月天个]+来?|过去{_NUMBERS}年|{_NUMBERS}[年月天]来|“?十[一二三四五]五”?(?:期间|时期|以来|末)?"
    "|[春暑]运期间|活动期间|期间|[一-龥]{2}期间"
    ")(?:以来|为止|期间|前后|以后|之前)?)"
)
_COMPARISON = re.compile("[比较与同]$")


def find(text: str, begin: int, finish: int) -> list[tuple[int, int]]:
    """The spans of the time expressions between ``begin`` and ``finish`` of folded text, in order.

    >>> [ "截至2023年底,全县"[a:b] for a, b in find("截至2023年底,全县", 0, 11) ]
    ['截至2023年底']
    """
    found = []
    for match in _TIME.finditer(text, begin, finish):
        start, end = match.span()
        if not _COMPARISON.search(text[max(begin, start - 1) : start]):
            found.append((start, end))
    return found


def governing(spans: list[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """The time expression that a figure at ``start`` belongs to: the last before it, else the first behind it."""
    before = [span for span in spans if span[1] <= start]
    if before:
        return before[-1]
    return spans[0] if spans else None
