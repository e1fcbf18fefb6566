"""Numerals inside words and phrases, 一 that only means "a", and units that need care."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.patterns import patterns, word_lists
from extractor.lexicon.phrases import leftwards
from extractor.lexicon.words import LEVEL, TAGGED, VERB
from extractor.numerals.rejects.look import Look
from extractor.numerals.scan import NUMERAL_CHARS


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    rounded: re.Pattern[str]
    price_behind: re.Pattern[str]
    exchanged: re.Pattern[str]
    each: re.Pattern[str]
    frequency: re.Pattern[str]
    measured_before: re.Pattern[str]
    priced: re.Pattern[str]
    within: re.Pattern[str]
    smaller: re.Pattern[str]
    output: re.Pattern[str]
    lone: re.Pattern[str]
    slogan_chain: re.Pattern[str]
    circle: re.Pattern[str]
    athletes: re.Pattern[str]
    event_name: re.Pattern[str]
    counted_place: re.Pattern[str]
    storeyed: re.Pattern[str]
    seated: re.Pattern[str]
    named_by_miles: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``rejects.toml`` for this module, by name."""

    every: tuple[str, ...]
    acts: tuple[str, ...]
    place_names: tuple[str, ...]
    apart: tuple[str, ...]
    territories: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("words"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("words"))


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


def continued(look: Look) -> bool:
    """Whether a smaller amount goes on with the measure: 一年半, 一小时三十分."""
    assert look.measure
    if look.measure.unit.group == "date-like" and _told().within.match(look.beyond(2)):
        return True  # 一个小时内
    nights = look.measure.unit.name == "天" and look.beyond(2) == look.numeral + "夜"
    return nights or (bool(look.measure.unit.series) and _told().smaller.match(look.beyond(6)) is not None)


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
    if unit.group != "currency" and _told().priced.search(look.before(2)):
        return "article"  # 三块二一份, 10元一公斤: what the price is per
    if unit.group in ("classifier", "event") and _told().measured_before.search(look.before(2)):
        return "article"  # 15亩一个, 3天一次
    if (
        unit.group == "measure"
        and unit.kind != "ratio"
        and len(spelling) > 1
        and not _told().price_behind.match(look.beyond(12))
        and not _told().each.search(look.before(4))
    ):
        return ""  # 一千瓦, 一公里: a measure of two characters is no word for "a"
    if look.before(1) == "的" and unit.group in ("classifier", "event", "container"):
        return "article"
    if unit.group == "date-like" and look.lexicon.durations.ending(look.text, look.start, look.begin):
        return ""
    if unit.group == "event" and _told().frequency.search(look.before(40)):
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
            and not _told().each.search(before)
            and not (last and last[1] & (VERB | LEVEL))
        ):
            return ""
    if unit.group in ("measure", "currency") and _told().rounded.search(look.before(2)):
        return ""
    return "article"


def exchanged(look: Look) -> str:
    """The currency that another is told for: 1美元兑7.2元人民币."""
    assert look.measure
    rate = look.measure.unit.group == "currency" and look.numeral in ("1", "一", "100", "百", "一百")
    return "article" if rate and _told().exchanged.match(look.beyond(16)) else ""


def every(look: Look) -> str:
    """The number of what a rate is per: 每千人口, 每10万人, 每百户; it is told in the column per."""
    if look.left[-1:] not in _known().every or look.numeral in ("半", "一"):
        return ""
    return "" if look.before(2) in _known().apart and look.before(3)[:1] != "每" else "article"


def multiplier(look: Look) -> str:
    """A multiplier alone before a noun that is counted: 千村示范, 万户, 百企. 万元 and 近万人 are amounts.

    Behind 每 and before the name of an output it is what a rate is per: 每千人口, 万元GDP能耗.
    """
    assert look.measure
    if look.numeral not in ("百", "千", "万", "亿"):
        return ""
    if _told().output.match(look.beyond(6)):
        return "article"
    if look.measure.unit.group not in ("noun", "classifier", "event", "container"):
        return ""
    if _told().lone.search(look.before(2)):
        return ""
    # 派出千辆卡车: behind a verb a classifier makes an amount of it; 百名专家进千村 is a slogan.
    last = look.lexicon.words.ending(look.text, look.start, look.begin)
    stated = (
        last is not None
        and last[1] & VERB
        and (len(last[0]) > 1 or last[0] in _known().acts)
        and look.measure.unit.group in ("classifier", "container", "event")
        and not _told().slogan_chain.match(look.beyond(12))
    )
    return "" if stated else "name"


def discipline(look: Look) -> str:
    """A measure that names a class, a discipline or an area: 59公斤级, 200米蝶泳, 15分钟生活圈, 7座商务车."""
    assert look.measure
    if look.measure.unit.name == "座" and _told().seated.match(look.beyond(6)):
        return "name"
    if look.measure.unit.kind == "duration" and _told().circle.match(look.beyond(6)):
        return "name"
    if look.measure.unit.kind == "length" and _told().athletes.search(look.before(8)):
        return "name"  # 男子自由30公里
    return (
        "name"
        if look.measure.unit.kind in ("length", "mass") and _told().event_name.match(look.beyond(3))
        else ""
    )


def turn(look: Look) -> str:
    """番 counts only behind 翻: 翻一番, 翻了两番."""
    assert look.measure
    return "idiom" if look.measure.unit.name == "番" and "翻" not in look.before(3) else ""


def vague(look: Look) -> str:
    """几 or 数 alone before a classifier (几个, 数名) says only "some"."""
    return "idiom" if look.numeral in ("几", "数") else ""


def tier(look: Look) -> str:
    """Tiers of government and the like (县、乡两级, 两地), and places with a numeral in their name (五通镇)."""
    assert look.measure
    spelling = look.text[look.end : look.measure.end]
    if spelling == "里" and not _told().named_by_miles.match(look.beyond(2)):
        return ""  # 村道长三里，挖渠六里半; 三里屯 is a place
    if not look.arabic and len(look.numeral) == 1 and look.beyond(1) in ("乡", "镇", "县", "街", "路", "村"):
        return "name" if spelling in _known().place_names or spelling == "湖" else ""
    if (
        not look.arabic
        and len(look.numeral) == 1
        and spelling in _known().place_names
        and not _told().counted_place.search(look.before(2))
        and not (spelling in _known().territories and _acted_on(look))
    ):
        return "name"
    if look.measure.unit.name in ("级", "地", "层") and not look.arabic and len(look.numeral) == 1:
        return "" if spelling == "层" and _told().storeyed.match(look.beyond(4)) else "ordinal"
    return ""


def _acted_on(look: Look) -> bool:
    """Whether the places that are counted are the object of a verb: 走访五村, 横跨三县; not 张三村."""
    words = leftwards(look.text, max(look.begin, look.start - 6), look.start, look.lexicon)
    beyond = look.beyond(1)
    named = (
        "\u4e00" <= beyond <= "\u9fff"
        and beyond not in NUMERAL_CHARS
        and look.lexicon.nouns.starting(look.text, look.end, look.finish) is None
    )
    return (
        bool(words)
        and not named
        and words[0].end - words[0].start > 1
        and bool(words[0].marks & (VERB | TAGGED))
    )
