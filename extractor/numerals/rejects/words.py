"""Numerals inside words and phrases, 一 that only means "a", and units that need care."""

from __future__ import annotations

import re

from extractor.lexicon.words import LEVEL, VERB
from extractor.numerals.rejects.look import Look
from extractor.numerals.scan import NUMERAL_CHARS

_ROUNDED = re.compile(r"(?:约|近|超|达|共|仅|足|不到|超过|不足|每)$")


def idiom(look: Look) -> str:
    """A word or phrase of the lexicon that covers the numeral: 三位一体, 千家万户, 数据."""
    if look.arabic:
        return ""
    end = look.measure.end if look.measure else look.end
    if look.measure and look.measure.unit.name == "番" and "翻" in look.before(3):
        return ""
    if look.numeral == "零" and not (look.measure and look.measure.unit.kind in ("ratio", "temperature")):
        return "idiom"
    found = look.lexicon.idioms.covering(look.text, look.start, look.end)
    if found is None:
        return ""
    word, rule = found
    at = look.text.find(word, max(0, look.start - len(word) + 1))
    after = look.text[at + len(word) : at + len(word) + 1]
    before = look.text[max(0, at - 1) : at]
    if after in rule.not_before or before in rule.not_after:
        return ""
    if (word[0] in NUMERAL_CHARS and before and before in NUMERAL_CHARS) or (
        word[-1] in NUMERAL_CHARS and after and after in "十百千万亿"
    ):
        return ""
    # 一批 in 一批次, 一家 in 一家企业: a unit longer than the word wins.
    if look.measure and look.text.startswith(word, look.start) and end - look.start > len(word):
        return ""
    return rule.reason


_EACH = re.compile(
    r"(?:每|这|那|另|同|某|哪|任何|有|又|再|第|唯|上|下|前|后|头|其中|每一|整|是|成为|作为|成了|任|无)$"
)
_FREQUENCY = re.compile(
    r"(?:每|一)(?:隔)?(?:[一二三四五六七八九十两半0-9]+)?(?:个)?(?:年|月|周|天|日|星期|季度|季|旬|学期|届|次|户|人|村|家)[^，。；]{0,30}$"
)


_MEASURED_BEFORE = re.compile("[0-9一二三四五六七八九十百千万亿多余半][亩斤元块人户天年米里岁月]$")


_WITHIN = re.compile("内(?![部容地外])|之内|以[内上]|左右")
_SMALLER = re.compile("半(?![年天日月径])|[0-9零一二三四五六七八九十两]{1,3}(?:分钟?|秒|个月)(?![之的])")


def continued(look: Look) -> bool:
    """Whether a smaller amount goes on with the measure: 一年半, 一小时三十分."""
    assert look.measure
    if look.measure.unit.group == "date-like" and _WITHIN.match(look.beyond(2)):
        return True  # 一个小时内
    nights = look.measure.unit.name == "天" and look.beyond(2) == look.numeral + "夜"
    return nights or (bool(look.measure.unit.series) and _SMALLER.match(look.beyond(6)) is not None)


def article(look: Look) -> str:
    """一 that only means "a" or "each": 一个, 一种, 一批; not 每周一次, nor 小金库一个 at the end of a clause."""
    if look.numeral != "一" or look.measure is None:
        return ""
    unit = look.measure.unit
    if look.before(2) == "平均" and unit.group == "date-like":
        return "article"  # 平均一天: what the rate is per
    if unit.name in ("%", "倍", "番") or unit.plus or unit.qualifier or continued(look):
        return ""
    spelling = look.text[look.end : look.measure.end]
    if unit.group in ("classifier", "event") and _MEASURED_BEFORE.search(look.before(2)):
        return "article"  # 15亩一个, 3天一次
    if (
        unit.group == "measure"
        and unit.kind != "ratio"
        and len(spelling) > 1
        and not _EACH.search(look.before(4))
    ):
        return ""  # 一千瓦, 一公里: a measure of two characters is no word for "a"
    if look.before(1) == "的" and unit.group in ("classifier", "event", "container"):
        return "article"
    if unit.group == "date-like" and look.lexicon.durations.ending(look.text, look.start, look.begin):
        return ""
    if unit.group == "event" and _FREQUENCY.search(look.before(40)):
        return ""
    beyond = look.beyond(1)
    if unit.group == "currency" and beyond and (beyond == "钱" or beyond in NUMERAL_CHARS):
        # 少卖一毛钱, 一块三毛五
        return ""
    if unit.group in ("classifier", "noun", "event", "container") and (
        not beyond or beyond in "，。；、,;)！"
    ):
        before = look.before(4)
        last = look.lexicon.words.ending(look.text, look.start, look.begin)
        if (
            before
            and "\u4e00" <= before[-1] <= "\u9fff"
            and not _EACH.search(before)
            and not (last and last[1] & (VERB | LEVEL))
        ):
            return ""
    if unit.group in ("measure", "currency") and _ROUNDED.search(look.before(2)):
        return ""
    return "article"


_EVERY = frozenset("每隔")
_OUTPUT = re.compile("GDP|国内生产总值|地区生产总值|工业增加值|增加值|产值")
_LONE = re.compile("(?:近|超过?|逾|约|上|数|达|共|过|满|足|不足|不到|几|好几|成|以|增|减|至|到)$")


def every(look: Look) -> str:
    """The number of what a rate is per: 每千人口, 每10万人, 每百户; it is told in the column per."""
    return "article" if look.left[-1:] in _EVERY and look.numeral not in ("半", "一") else ""


def multiplier(look: Look) -> str:
    """A multiplier alone before a noun that is counted: 千村示范, 万户, 百企. 万元 and 近万人 are amounts.

    Behind 每 and before the name of an output it is what a rate is per: 每千人口, 万元GDP能耗.
    """
    assert look.measure
    if look.numeral not in ("百", "千", "万", "亿"):
        return ""
    if _OUTPUT.match(look.beyond(6)):
        return "article"
    if look.measure.unit.group not in ("noun", "classifier", "event", "container"):
        return ""
    if _LONE.search(look.before(2)):
        return ""
    # 派出千辆卡车: behind a verb a classifier makes an amount of it; 百名专家进千村 is a slogan.
    last = look.lexicon.words.ending(look.text, look.start, look.begin)
    stated = (
        last is not None
        and last[1] & VERB
        and (len(last[0]) > 1 or last[0] in _ACTS)
        and look.measure.unit.group in ("classifier", "container", "event")
        and not _SLOGAN_CHAIN.match(look.beyond(12))
    )
    return "" if stated else "name"


_ACTS = frozenset("购买运送派造栽建修印卖产装")
_SLOGAN_CHAIN = re.compile("[^，。；]{0,10}(?:[百千万](?![元余多])|[”》]|行动|工程|计划|活动|竞赛|比武)")
_CIRCLE = re.compile(
    "(?:便民|社区|优质)?(?:生活|服务|经济|交通|都市|通勤|医疗|健身|文化|养老|阅读|救援|急救|办事|就业|党建)[服务]{0,2}圈"
)
_ATHLETES = re.compile("[男女]子(?:传统|自由|个人|集体|短距离|越野|公路|场地)?$")
_EVENT_NAME = re.compile(
    "(?:级|以[上下]级|短道|速度滑冰|接力|蝶泳|仰泳|蛙泳|自由泳|混合泳|短跑|长跑|赛跑|跨栏|栏|障碍|决赛|半决赛|预赛|冠军|亚军|季军|金牌|银牌|铜牌|项目|比赛|速滑|短池)"
)


def discipline(look: Look) -> str:
    """A measure that names a class, a discipline or an area: 59公斤级, 200米蝶泳, 15分钟生活圈."""
    assert look.measure
    if look.measure.unit.kind == "duration" and _CIRCLE.match(look.beyond(6)):
        return "name"
    if look.measure.unit.kind == "length" and _ATHLETES.search(look.before(8)):
        return "name"  # 男子自由30公里
    return (
        "name" if look.measure.unit.kind in ("length", "mass") and _EVENT_NAME.match(look.beyond(3)) else ""
    )


def turn(look: Look) -> str:
    """番 counts only behind 翻: 翻一番, 翻了两番."""
    assert look.measure
    return "idiom" if look.measure.unit.name == "番" and "翻" not in look.before(3) else ""


def vague(look: Look) -> str:
    """几 or 数 alone before a classifier (几个, 数名) says only "some"."""
    return "idiom" if look.numeral in ("几", "数") else ""


_COUNTED_PLACE = re.compile("(?:^|[，。；：、,;(“全辖等及和有了对在为向到近约共涉各达至])$")


def tier(look: Look) -> str:
    """Tiers of government and the like (县、乡两级, 两地), and places with a numeral in their name (五通镇)."""
    assert look.measure
    spelling = look.text[look.end : look.measure.end]
    if not look.arabic and len(look.numeral) == 1 and look.beyond(1) in ("乡", "镇", "县", "街", "路", "村"):
        return "name" if spelling in _PLACE_NAMES or spelling == "湖" else ""
    if (
        not look.arabic
        and len(look.numeral) == 1
        and spelling in _PLACE_NAMES
        and not _COUNTED_PLACE.search(look.before(1))
    ):
        return "name"
    if look.measure.unit.name in ("级", "地", "层") and not look.arabic and len(look.numeral) == 1:
        return "ordinal"
    return ""


_PLACE_NAMES = frozenset("镇乡村县州市区岛国省路街里河江山桥门")
