"""Time expressions, and which of them a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

_N = "[0-9零〇一二三四五六七八九十百两几数]{1,4}"  # bounded, so that a long numeral is not read again from each digit
_WESTERN = "(?:[12][0-9]{3}|[一二][零〇一二三四五六七八九]{3})"
_SCHOOL_YEAR = f"(?:{_WESTERN}|1[0-4][0-9])(?:[-—~至]{_WESTERN})?学年"
_YEAR = f"(?:(?:{_WESTERN}|民国{_N})年|{_SCHOOL_YEAR}|1[0-4][0-9]年(?=度|[0-9])|[今去前明当本上同次]年)"
_PART = (
    "(?:同期|度|初|底|末|中(?![央国共心等小部学秋药医考外东欧西铁石科信])|内|[冬夏春秋]季?|[上下]半年|第[一二三四1-4]季度?|前?[一二三四1-4]个?季度"
    f"|[前首]{_N}个?[月季]度?|(?:{_N}[-—~至到])?{_N}月份?(?:初|底|末|中旬|上旬|下旬)?(?:(?:至|到|-|—|~){_N}月份?)?(?:{_N}日?号?)?(?:(?:至|到|-){_N}日)?|{_N}日)"
)
_HOUR = f"(?:上午|下午|中午|凌晨|晚上|晚)?(?:{_N}时(?:{_N}分)?许?)?"
_DAY = (
    "(?:[今昨前明]天|[今昨当次明]日|[今昨当]晚|今晨|前日)(?:上午|下午|中午|凌晨|晚上)?"
    f"(?:\\([0-9月日二三四五六七八九十一]{{2,8}}\\))?(?:{_N}时(?:{_N}分)?)?"
)
_TIME = re.compile(
    # The characters that a time expression can begin with; they keep the rest of the text cheap.
    "(?=[截未往头同自从到至在于0-9零〇一二三四五六七八九十两几数民凌清傍深晚中不以从早假今去前明当本上下同次昨首报近过连年全月末第期春夏秋冬最目现如眼日此那这“周])"
    "(?:截至|截止到?|自|从|到|至|在|于)?(?:"
    f"{_WESTERN}年?[-—~至到]{_WESTERN}年(?:间|期间)?"
    f"|{_YEAR}{_PART}{{0,4}}{_HOUR}"
    f"|(?:{_N}[-—~至到])?{_N}月份?(?:初|底|末|[上中下]旬|{_N}日)?{_HOUR}(?:[-—~至到]{_N}月?(?:{_N}日)?)?"
    f"|(?:[0-9]{{1,2}}|[二三]?十[一二三四五六七八九]?)日{_HOUR}"
    f"|{_DAY}(?:[-—~至到]{_DAY})?"
    f"|本[月周]|上[月周]|目前|当前|现在|如今|眼下|近年来|近日|日前|连日来|近期|最近|此前|当时|那时|同期|往年|过去|[上这下]个月|头一年|[去今]冬今?[春冬]?|未来{_N}年|周[一二三四五六日]|昨日?(?:清晨|凌晨|上午|下午|晚间)|截至(?:收盘|发稿)时?|那年|这些年|这段时间"
    f"|[上下]半年|报告期[内末]?|年[初底末内终]|全年|月末|月底|第[一二三四1-4]季度?|[一二三四]季度|[前首][一二三两]季度?|[前首]{_N}个?月|全[月季]|当[季周天晚]|[上本]季|[本当]期|今[春夏秋冬]|周末|常年|第[0-9一二三四五]{{1,3}}周|(?:上午|下午|中午|凌晨|清晨|傍晚|深夜|晚上?){_N}[时点](?:{_N}分)?许?|未来{_N}[天月周]|截至[一-龥]{{2,8}}日|假期[里内中]|不久前|以前|从前|早先|早年|{_N}年前|首[月季日]"
    f'|近{_N}(?:年|个?月|天|周)来?|过去{_N}年|连续{_N}[年月天]|{_N}多?余?[年月天]{{1,2}}[来间前后]|[“"]?十[一二三四五]五[”"]?(?:期间|时期|以来|末|初)'
    "|期间|最初"
    "|(?<=[，。；：])周(?=[涨跌])"
    ")(?:以来|为止|止|期间|前后|以后|之前)?"
)
_DURING = re.compile(
    "(?:[一-龥]{1,3}节|入[春夏秋冬])以来|[一-龥]{2}(?:[0-9一二三四五六七八]天)?(?:期间|假期)"
)
# A clause that says when: 自推行以来, 项目投产后, 合作社创建以来.
_CLAUSE = re.compile(
    "(?:^|(?<=[，。；：,;\n \u3000)）】]))(?:自)?[一-龥“”]{2,14}(?:以来|之后|以后|(?<![最然随此今之以前落])后)(?=[，,])"
)
_COMPARISON = re.compile("[比较与同继]$")
_REACHED = re.compile("[到至](?![目当现如])")  # 恢复到2019年同期的96.8%
_DIRECTLY = re.compile("的(?:约|近)?")
_BORDER = frozenset("，。；：、,;:！？(（“”\n")

Span = tuple[int, int]


def find(text: str, begin: int, finish: int, figures: Sequence[Span] = ()) -> list[Span]:
    """The spans of the time expressions between ``begin`` and ``finish`` of folded text, in order.

    A span that holds the end of one of ``figures`` is an amount of time and no period:

    >>> find("工期缩短近20天", 0, 8)
    [(4, 8)]
    >>> find("工期缩短近20天", 0, 8, figures=[(5, 8)])
    []

    >>> [ "截至2023年底,全县"[a:b] for a, b in find("截至2023年底,全县", 0, 11) ]
    ['截至2023年底']
    """
    found = []
    patterns = [_TIME]
    if text.find("期", begin, finish) >= 0 or text.find("以来", begin, finish) >= 0:
        patterns.append(_DURING)
    if text.find("后", begin, finish) >= 0 or text.find("以来", begin, finish) >= 0:
        patterns.append(_CLAUSE)
    for pattern in patterns:
        for match in pattern.finditer(text, begin, finish):
            start, end = match.span()
            if end > start and not _COMPARISON.search(text[max(begin, start - 1) : start]):
                found.append((start, end))
    found = [span for span in found if not any(span[0] < end <= span[1] for _, end in figures)]
    found.sort()
    return found


def governing(text: str, begin: int, spans: list[Span], start: int) -> Span | None:
    """The time expression that a figure at ``start`` belongs to.

    The last one before it that opens a clause, else the last one before it, else the first one behind it.
    """
    before = [span for span in spans if span[1] <= start]
    if before and _DIRECTLY.fullmatch(text, before[-1][1], start) and not _REACHED.match(text, before[-1][0]):
        # 由去年的76%升至93%
        return before[-1]
    opening = [span for span in before if span[0] == begin or text[span[0] - 1] in _BORDER]
    if opening:
        return opening[-1]
    if before:
        return before[-1]
    # What stands behind the number with 到 or 至 is what something is compared with or comes to, not its time.
    behind = [span for span in spans if text[span[0]] not in "到至由从"]
    return behind[0] if behind else None
