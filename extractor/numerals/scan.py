"""Every numeral of a text, found in one scan.

``scan`` takes folded text (see ``folding``) and yields candidates in reading order. A candidate is a numeral
expression as long as it can be, without its unit: ``1,240``, ``18.5``, ``三千五百六十``,
``3亿2千万``, ``60余万``, ``十几``, ``两三百``, ``3至5万``, ``百分之九十``. No numeral character is skipped
and none is in two candidates, so what the later steps do not report they have to reject by name.

Where a unit begins with a numeral character (5.1千米, 300千瓦, 0.9个百分点, 三斤五两), that character is a
candidate of its own right behind the number; the step that reads units takes it in.

A candidate need not be a number: codes, dates and words (2023-05-17, 队伍, 亿万) are candidates too.
Every repetition in the patterns gives nothing back or has a small bound, so the scan takes linear time. One
character repeated is possessive (``[0-9]++``), a group stands in an atomic group (``(?>(?:…)*)``): the same, but
the possessive form of a group matches wrongly in Python before 3.11.5 (https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.lexicon.folding import SIGN_NUMERALS, SUPERSCRIPTS
from extractor.matching import compiled

NUMERAL_CHARS = "0123456789零〇一二三四五六七八九十百千万亿两几数半廿卅卌皕壹贰叁肆伍陆柒捌玖拾佰仟"
# Signs that are a numeral by themselves (⑫ ½ Ⅷ), as ``folding`` shows them, and small digits (m², H₂O).
SIGN_CHARS = f"{SIGN_NUMERALS}{SUPERSCRIPTS}₀-₉"


class Candidate(NamedTuple):
    """A numeral expression: ``text`` stands at ``start`` up to ``end`` (exclusive) of the scanned text."""

    start: int
    end: int
    text: str


_DIGIT = "零〇一二三四五六七八九"

# 百 and 千 that begin a unit or another numeral instead of multiplying: 百分之, 百分点, 千克, 千瓦, 千米.
# 三千米 can be 3000 米 or 3 千米, which is the same length; it is read as 三千 + 米 after a bare digit.
_BAI = "百(?!分之|分点)"
_QIAN = (
    "千(?!克(?!拉)|瓦(?!片)|卡(?!车|片|路)|伏|帕|赫|焦(?!急)|安时|字节|比特|分之)"
    "(?:(?<![0-9十百千万亿]千)|(?![米升]))"
)
# 两 inside a numeral: before a multiplier (三千两百), or in the pairs 一两个, 三两天. Else it is the weight.
_LIANG = (
    "两(?:(?=[百千万亿兆])|(?<=一两)(?<![十百千万亿零斤第]一两)"
    "|(?<=三两)(?<![十百千万亿零斤二第]三两)(?=[个天年户句步下只名位家人]))"
)
# 一 is no colloquial ending where it counts the unit of a rate: 三千一个月, 五万一年, 一千八百四一吨, 三块二一斤.
_YI = (
    "一(?!(?<=[块毛角][二三四五六七八九]一)[斤公个只张束把碗亩天件盒箱袋份担套台瓶本株棵尺米吨顿晚趟])"
    "(?:(?<![百千万亿]一)(?<![百千万亿][二三四五六七八九]一)|(?![个年月天亩斤次位名套台吨件只头]))"
)
# 兆 is a million millions in Taiwan, before an amount or its currency; else it begins a unit (兆瓦) or is one.
_ZHAO = f"兆(?=[余多]?(?:[元美日欧港韩]|新[台加]|人民币)|[0-9{_DIGIT}])"
# 佰 and 仟 multiply a plain digit too (三仟), 拾 where it begins no other word (收拾, 拾取).
_CAPITAL = "(?:(?<=[0-9一二三四五六七八九两几数])[佰仟]|(?<=[二三四五六七八九])拾(?![起取金荒掇得遗穗柴]))"
# 单 is the 零 of older prose between a multiplier and the last digit: 一百单八, 三千单五.
_DAN = "(?<=[一二三四五六七八九][百千])单(?=[一二三四五六七八九](?![十百千万亿]))"
_TOKEN = (
    f"(?:[零〇二三四五六七八九十万亿廿卅卌皕]|{_YI}|{_BAI}|{_QIAN}|{_LIANG}|几(?![乎何率])|{_CAPITAL}|{_DAN}"
    f"|(?<=[一二三四五六七八九十百千两]){_ZHAO})"
)
_TOKENS = f"(?>{_TOKEN}+)"
# Capital numerals, with plain ones behind their first multiplier (壹万二千三百).
_FORMAL = (
    f"(?:[壹贰叁肆伍陆柒捌玖][拾佰仟万亿](?>(?:[零壹贰叁肆伍陆柒捌玖拾佰仟]|{_TOKEN})*)"
    f"|[壹贰叁肆伍陆柒捌玖拾佰仟](?>(?:[零壹贰叁肆伍陆柒捌玖拾佰仟十万亿]|{_BAI}|{_QIAN})*))"
)

# 上 and 数 before a multiplier (上万, 数百) unless they end the word before: 以上百分, 网上百货, 总数十万.
_SHANG = (
    "(?<![岁元人年名个户亩%吨米斤级度成倍里分天月日只头万亿]以)"
    "(?<![之网线会山早晚马路身手船街岸海地墙面楼纸界迈登跃踏站送献加赶考攀冲爬])上(?=[十百千万亿])"
)
_SHU = "(?<![总指参多少无函系岁倍基奇偶])数(?=[十百千万亿])"

# Words that begin with 余, 多, 来 and so are no part of the number before them.
_YU = "余(?![额杭姚])"
_DUO = "多(?![彩云边媒半数少维功]|元[化文主投解融]|样[化性])"
# 来 takes a classifier or unit behind it: 二十来个, 10来万; not 来自, 来华, 来到.
_LAI = (
    "来(?=[个名位人户天岁里斤亩块元家次只头辆种项件条张米公分万亿千百座处部间台套颗株吨口匹篇把根片层页册批"
    "群对双支份句遍趟盏秒度尺丈棵桌盘碗瓶袋箱筐车船艘架栋幢场门首级步盆壶担捆串顿桶"
    "])"
)
_SCALE = "(?:万亿|亿亿|[万亿])?"

# A vague ending, and the multiplier that may follow it: 60余万, 两百多万, 十几亿.
_VAGUE = (
    f"(?>(?:(?:(?:(?<=[0-9]) )?(?:{_YU}|{_DUO}(?:(?<=[0十百千万亿拾佰仟廿卅]多)|(?<=0 多)|(?=[万亿])))"
    f"|(?<=[0十百千万亿]){_LAI}|(?<=0)几(?![乎何率]))"
    f"{_SCALE}(?:余|多(?=[元人个名户]))?)?)"
)

# Letters that multiply, before what is counted in prose only: 10W人, 30w元, 15k粉丝.
_LETTER = "[kKwW](?=[余多]?[人元块名户次位辆台件册亩家粉阅播点票单个])"
# Thousands of what statistics count in thousands, behind a number of any length: 118970千公顷, 2350.6千人; behind what
# may be a year only of what no plan is named by (2023千人计划).
_THOUSANDS = (
    "千(?=公顷|吨(?![位级])|立方米|平方米|美元|港元"
    "|(?<!(?<![0-9.])20[0-9]{2}千)(?<!(?<![0-9.])19[0-9]{2}千)(?:人(?![民大])|户|辆|台(?!阶)|只|箱|元))"
)
_MULTIPLIER = (
    f"(?:[百千]?(?:万亿|亿亿|万|亿)|{_ZHAO}|{_LETTER}|{_THOUSANDS}"
    f"|(?<![0-9]{{3}})(?:百(?![分强货姓花科度合叶])|{_QIAN}|[佰仟]))"
)
# Thousands in groups of three. At most ten groups: a long row of numbers is not read again from each of them.
_GROUPED = (
    "(?<![0-9][,，])[1-9][0-9]{0,2}"
    "(?:(?:,[0-9]{3}){1,9}(?![,，]?[0-9])|(?<![$¥￥€£][0-9])(?<![$¥￥€£][0-9]{2})(?:，[0-9]{3}){1,9}(?![,，]?[0-9])"
    "|(?:['’][0-9]{3}){1,9}(?!['’]?[0-9])"
    "|(?<![0-9][./:-][0-9])(?<![0-9][./:-][0-9]{2})(?:[ \u00a0\u2009\u202f][0-9]{3}){1,9}(?! ?[0-9]))"
)
_PLAIN = f"(?:{_GROUPED}|[0-9]++)(?>(?:\\.[0-9]++)*)"
# Powers: 10^8, 3×10⁸, 1.5e6; and a whole number with a fraction: 1 1/2, 1½.
_DECIMAL_NUMBER = "[0-9]++(?>(?:\\.[0-9]++)?)"
_POWER = (
    f"(?:{_DECIMAL_NUMBER} ?[×*] ?10(?=[\\^⁻{SUPERSCRIPTS}])|{_DECIMAL_NUMBER})"
    f"(?:\\^[+-]?[0-9]{{1,3}}|⁻?[{SUPERSCRIPTS}]++)"
    f"|{_DECIMAL_NUMBER}[eE][+-]?[0-9]{{1,2}}(?![0-9A-Za-z.])"
)
_MIXED = f"(?<![0-9.])[0-9]{{1,3}}[ 又][0-9]{{1,2}}/[0-9]{{1,3}}(?![0-9/])|[0-9]*+[{SIGN_NUMERALS}]++"
# What may follow 3亿 or 3万: 2千万, 五千, 零500, 4000, 4,000; not a year, a date or a share. 4万一 ends a clause.
_TAIL = (
    f"(?>(?:零?(?:[0-9][,，][0-9]{{3}}|[0-9]{{1,4}}+(?:\\.[0-9]++)?|[一二三四五六七八九两]){_MULTIPLIER})*)"
    "(?>(?:(?<=万)[一二三四五六七八九](?=[，。；、！？,;!?元块的多左上)]|\\s|\\Z))?)"
    "(?>(?:零?(?:[0-9][,，][0-9]{3}(?:\\.[0-9]++)?|[0-9]{1,4}+)(?![0-9年月日号时点%-]|[.,，:/][0-9]))?)"
)
# A blank may stand between digits and characters (18.5 亿, 60 余万).
_SLASHED = "(?>(?:/[0-9]++(?:\\.[0-9]++)?)+)"
_SPOKEN_POINT = "(?>(?:点[0-9](?=[百千]?[万亿倍]))?)"
_ARABIC = f"{_PLAIN}{_SPOKEN_POINT}(?>(?:{_SLASHED}|(?: (?=[百千]?[万亿]))?{_MULTIPLIER}{_TAIL})?){_VAGUE}"

# 三点五, but not 三点五十 (a time), 三点一刻, 一点一滴, 一点一定.
_DECIMAL = (
    f"(?>(?:点(?!一[滴线定些般起直样切个种位])[{_DIGIT}]++(?![十刻分])(?:[百千]?(?:万亿|亿亿|万|亿))?)?)"
)
_CHINESE = (
    f"(?:(?:{_SHANG}|{_SHU}){_TOKENS}"
    f"|成[十百千万亿]++[上成累][十百千万亿]++"
    f"|[百千万]把(?=[块元个人亩斤里年户名只头字])"
    f"|数以[十百千万亿]++计"
    f"|一半|半百?"
    f"|两(?=[三几百千万亿兆]){_TOKENS}"
    f"|{_TOKENS}|(?<![0-9{_DIGIT}十百千万亿])两|{_FORMAL})"
    f"(?>(?:(?<=[十百千万亿])上(?=[百千万亿]){_TOKENS})?)"
    f"{_DECIMAL}(?>(?:(?<=[万亿]){_TAIL})?)(?>(?:(?<=[十百千万亿拾佰仟廿卅]){_VAGUE})?)"
)
# 三分之二 is one number; where none follows 分之, the number ends before it.
# A whole number may stand before it with 又: 三又三分之一.
_WHOLE = f"(?:(?:[{_DIGIT}十百两]{{1,4}}+|[0-9]{{1,4}}+)又(?=[{_DIGIT}十百0-9]{{1,7}}+分之))?"
# 亿 with a classifier before it is spoken (两个亿); 亿元, 亿吨级 behind 个 begin the name of a class.
_YI_OF = "(?>(?:个多?亿(?![吨级斤千万美人民欧港]|元(?![，。；、！？,;\\s]|\\Z)))?)"
_USUAL = f"{_WHOLE}(?:(?:[{_DIGIT}十百千万两]{{1,7}}+|[0-9]{{1,9}}+)分之)?(?:{_ARABIC}|{_CHINESE}){_YI_OF}"
_RARE = (
    f"{_POWER}|{_MIXED}|百分百|{_USUAL}"
    f"|(?<![\u4e00-\u9fff0-9A-Za-z])点[{_DIGIT}]++(?=[亩倍成米斤元块吨克公%])"
)
# Between two numbers of a range; 9:30—11:30 is none of 30—11.
_TO = "(?>(?:\\(不?含\\))?)(?:(?:[~至]|(?<!—)——?(?!—)|到(?!一[线起个家名位边])| [~—] )-?|-(?!-)| - )(?![0-9]{1,2}:[0-9])"


# The first lookahead names what a candidate can begin with; it keeps the rest of the text cheap. A number is
# followed by others with a word of range between: group 1 is empty and set by the first, so the pattern of a
# number stands there once only. Written out twice it takes four times as long to compile, at every start.
@cache
def _pattern(rare: bool) -> re.Pattern[str]:
    """The pattern of a candidate; ``rare`` if the text may hold powers, signs and the like, which cost time."""
    begins = f"{NUMERAL_CHARS}{SIGN_CHARS}点" if rare else NUMERAL_CHARS
    alone = f"{NUMERAL_CHARS}{SIGN_CHARS}" if rare else NUMERAL_CHARS
    return compiled(
        f"(?=[{begins}上成-])"
        f"(?:(?:(?<![0-9A-Za-z%‰℃°)\\]_/.+-])-(?=[0-9]))?"
        f"(?>(?:(?(1){_TO}|())(?>{_RARE if rare else _USUAL}))+)|[{alone}])"
    )


_ODD_CHARS = compiled(f"[{SIGN_CHARS}⁻×^]")
# What else only the pattern of rare forms knows; each begins with a character that few texts have many of.
_ODD_FORMS = compiled(
    "[eE百 又*](?:(?<=[0-9][eE])(?=[0-9+-])|(?<=百)分百|(?<=[0-9][ 又])[0-9]{1,2}/|(?<=[*])(?= ?10))"
)
_SPOKEN_DECIMAL = compiled(f"点(?<![\u4e00-\u9fff0-9A-Za-z].)[{_DIGIT}]")


def _has_rare_forms(text: str) -> bool:
    """Whether a text may hold one of the forms that only the pattern of rare forms knows."""
    if _ODD_CHARS.search(text):
        return True
    return _ODD_FORMS.search(text) is not None or _SPOKEN_DECIMAL.search(text) is not None


# Before a minus: a number with its unit makes the sign a dash (3元-5元, 5月-6月).
_DASHED = compiled("[0-9零〇一二三四五六七八九十百千万亿][^，。、；：？！,;:?!\\s]{0,4}\\Z")


def scan(text: str) -> Iterator[Candidate]:
    """Every numeral of folded ``text``, in order, without overlap.

    >>> [c.text for c in scan("投资3亿2千万元,惠及60余万人,增长百分之九十一点五")]
    ['3亿2千万', '60余万', '百分之九十一点五']
    >>> [c.text for c in scan("有5，300人，2019，120户，28 000亩")]
    ['5，300', '2019', '120', '28 000']
    >>> list(scan("气温-3.5℃"))
    [Candidate(start=2, end=6, text='-3.5')]
    """
    for match in _pattern(_has_rare_forms(text)).finditer(text):
        start, end = match.span()
        found = match.group()
        if found[0] == "-" and _DASHED.search(text, max(0, start - 5), start):
            start, found = start + 1, found[1:]
        yield Candidate(start, end, found)
