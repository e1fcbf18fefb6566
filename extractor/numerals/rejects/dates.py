"""Calendar dates, times of day, periods counted off the calendar."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.patterns import patterns
from extractor.lexicon.phrases import STOPS
from extractor.lexicon.words import ADVERB, DOWN, ITEM, LEVEL, NOUN, UP, VERB
from extractor.matching import compiled
from extractor.numerals.rejects.look import Look

_DASH = compiled("[-~—至到]")
_MINUTES = compiled("(?<!小)[时点][0-9零〇一二三四五六七八九十]{1,3}分$")
# A clause that ends with two digits and 年 says how long (工作55年), unless a preposition makes it a year (生于55年).
_STOPPED = frozenset(("", *STOPS, "、", "）", ")", "”"))
_IN_YEAR = frozenset(("", "于", "在", "从", "自", "到", "至", "由", "和", "与", *STOPS))
_NUMBERED_YEAR = compiled(r"[0-9]{1,2}\.(?:19|20)[0-9]{2}")
_YEAR = compiled(r"(?:1[0-9]|20|21)[0-9]{2}|[一二][一二三四五六七八九零〇O]{3}")
# Years of the Republic, as Taiwan writes them without 民国 (112年度, 112年3月, 112学年).
_MINGUO = compiled("[6-9][0-9]|1[0-4][0-9]")
_MINGUO_AFTER = compiled("年(?:度|[0-9]{1,2}月|第?[一二三四1-4]季|[上下]半年|[底初])")
_YEAR_RANGE = compiled(r"(?:1[0-9]|20|21)[0-9]{2}(?:(?:——|[-~—至到])(?:(?:1[0-9]|20|21)?[0-9]{2}))?")
_CLOCK = compiled(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9])")
_DAY = compiled(
    r"(?<!每)月(?:份)?\(?$|月[初中底上下旬]*[零〇一二三四五六七八九十0-9]{1,3}日?[、和至到—~-]$|[周期拜]$"
)
_MORE = ("多", "余")
_LASTING = frozenset("了过满用花达足有住干守")
_COUNTING = frozenset("第每约共近超逾仅需要续、和与至到-~—")
_AND_HALF = compiled("半(?![年天日月])")
_LOOSE = compiled(r"(?:半|大半|小半|上半|下半|前半|后半)$")
_FIVE_YEAR = compiled(r"[一二三四五六七八九十]{1,2}五")
_FIVE_YEAR_AFTER = compiled(
    r"^[”’\"]?(?:规划|计划|时期|期间|以来|末|初|开局|收官|中期|建设|发展|及|和|、|”|\"|’|各项|节能|目标|国家|重点|重大)"
)
_HOUR_AFTER = compiled(
    r"^(?:整|许|半|左右|多钟|[0-5]?[0-9]分|[一二三四五]?十?[一二三四五六七八九]?分|[，,。、；\]\)-~至到—]|钟|的|起|前|后|以前|以后|开始|准时|在|时|多|$)"
)
_HOUR_DIGITS = frozenset("0123456789零一二三四五六七八九十两")


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    span_before: re.Pattern[str]
    span_after: re.Pattern[str]
    alone: re.Pattern[str]
    bound_after: re.Pattern[str]
    named_plan: re.Pattern[str]
    measured_in: re.Pattern[str]
    round_the_clock: re.Pattern[str]
    rate_named: re.Pattern[str]
    hour_before: re.Pattern[str]
    republic_before: re.Pattern[str]
    republic_after: re.Pattern[str]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("rejected_dates"))


def year(look: Look) -> str:
    """A calendar year: 2023年, 一九五五年, 2015-2020年, 民国一一二年, and a bare 2024 where a year stands (2024版)."""
    after = look.after(3)
    if after.startswith("年"):
        if look.arabic and _NUMBERED_YEAR.fullmatch(look.numeral):
            return "date"  # 1.1987年: the number of a point before the year
        if _YEAR.fullmatch(look.numeral[-4:]) and (
            len(look.numeral) == 4 or _YEAR_RANGE.fullmatch(look.numeral)
        ):
            return "date"
        if look.lexicon.eras.ending(look.text, look.start, look.begin):
            return "date"
        if look.arabic and _MINGUO.fullmatch(look.numeral) and _MINGUO_AFTER.match(look.after(6)):
            return "date"
        if look.arabic and _counted_from_1911(look):
            return "date"
        if (
            len(look.numeral) == 2
            and look.arabic
            and look.numeral > "49"
            and look.before(1) not in ("第", "近", "满", "达", "了")
            and (look.after(2)[1:] not in _STOPPED or look.before(1) in _IN_YEAR)
            and not look.lexicon.durations.ending(look.text, look.start, look.begin)
        ):
            return "date"
        if (
            len(look.numeral) == 3
            and look.numeral[0] in "一二"
            and look.numeral.isalpha()
            and "十" not in look.numeral
            and "百" not in look.numeral
            and look.before(1) not in ("一", "二")
        ):
            return "date"
        return ""
    if look.arabic and _MINGUO.fullmatch(look.numeral) and after[:2] == "学年":
        return "date"
    if look.arabic and _YEAR_RANGE.fullmatch(look.numeral) and after[:1] == "届":
        return "date"
    if (
        look.arabic
        and _YEAR_RANGE.fullmatch(look.numeral)
        and after[:2] in ("学年", "赛季", "财年", "年度", "级学")
    ):
        return "date"
    if look.arabic and _YEAR_RANGE.fullmatch(look.numeral) and not look.unit_ahead:
        return "date"
    return ""


def _counted_from_1911(look: Look) -> bool:
    """Whether three digits before 年 are a year of the Republic: 較111年增加, 自105年起; not 比110年前, 延长到120年."""
    return (
        len(look.numeral) == 3
        and _MINGUO.fullmatch(look.numeral) is not None
        and _told().republic_before.search(look.before(2)) is not None
        and _told().republic_after.match(look.after(3)) is not None
    )


def month_day(look: Look) -> str:
    """A month or a day of the month: 5月, 17日, 十二月, 5月至8月, 本月20日, 农历初八."""
    after = look.after(2)
    last = _DASH.split(look.numeral)[-1]
    if after[:1] == "月" and after != "月龄" and len(last) <= 3 and (not last.isdecimal() or int(last) <= 12):
        return "date"
    if after[:1] in ("日", "号") and len(last) <= 3 and (not last.isdecimal() or int(last) <= 31):
        if after[:1] == "号":
            return "date" if _DAY.search(look.before(8)) else "code" if look.arabic else "ordinal"
        if after not in ("日元", "日均", "日圆") and not look.lexicon.durations.ending(
            look.text, look.start, look.begin
        ):
            return "date"
    if look.before(1) in ("初", "廿") and after[:1] not in ("个", "名"):
        return "date" if look.before(1) == "初" else ""
    if (
        look.before(1) in ("周", "拜")
        and len(look.numeral) == 1
        and after[:1] != "年"
        and look.before(2)[:1] not in ("每", "数", "一", "四")
    ):
        return "date"
    if look.before(2) == "星期" and len(look.numeral) == 1:
        return "date"
    if look.unit_ahead:
        return ""
    return "date" if _DAY.search(look.before(8)) and look.before(1) not in "周期" and len(last) <= 3 else ""


def clock(look: Look) -> str:
    """A time of day: 8时30分, 凌晨3点, 14:30."""
    text, start = look.text, look.start
    if look.after(1) == ":" or look.before(1) == ":":
        begin = start
        while begin > look.begin and text[begin - 1] in "0123456789:":
            begin -= 1
        return "date" if _CLOCK.match(text, begin) and text[max(0, begin - 1)] != "比" else ""
    after = look.after(4)
    if after[:1] == "时" and after[:2] not in ("时速", "时代", "时间", "时期", "时候"):
        return "date"
    if after[:1] == "点" and (
        after[1:2] == "钟"
        or (_told().hour_before.search(look.before(3)) and _HOUR_AFTER.search(look.after(6)[1:]))
    ):
        if look.numeral.replace(".", "").isdecimal() and float(look.numeral.replace("-", "0")) > 24:
            return ""
        return "date"
    if after[:1] == "分" and look.before(1) in ("时", "点") and look.before(2)[:1] in _HOUR_DIGITS:
        return "date"  # 8时30分; not 耗时30分
    if after[:1] == "刻" and look.before(1) == "点":
        return "date"
    if after[:1] == "秒" and _MINUTES.search(look.before(7)):
        return "date"
    return ""


def plan_period(look: Look) -> str:
    """A five-year plan: 十四五 in quotation marks or before 规划, 时期, 期间."""
    if _FIVE_YEAR.fullmatch(look.numeral) and (
        look.before(1) in ("“", '"', "'", "‘") or _FIVE_YEAR_AFTER.search(look.after(4))
    ):
        return "date"
    return "date" if look.before(1) in ("十",) and look.numeral == "五" else ""


def _nearly(look: Look, name: str) -> bool:
    """Whether 近 before a span of time means nearly: 历时近两年, 缩短近3个小时; at the start of a clause it means the last."""
    near = look.start - 1
    if look.lexicon.durations.ending(look.text, near, look.begin):
        return True
    return name in ("小时", "夜", "昼夜") and near > look.begin and look.text[near - 1] not in STOPS


def _lasting(look: Look) -> bool:
    """Whether a word before a number of years says that they last: 历时三年, 坚持了八年."""
    return look.before(1) in _LASTING or bool(
        look.lexicon.durations.ending(look.text, look.start, look.begin)
    )


def _span_of_work(look: Look) -> bool:
    """Years that say how long an act took, without a word that makes them an amount: 大桥九年完工, 八年坚守."""
    if _lasting(look) or look.before(1) in _COUNTING or look.numeral in ("半", "一"):
        return False
    words = look.lexicon.words
    last = words.ending(look.text, look.start, look.begin)
    if last and last[1] & (VERB | LEVEL) and not last[1] & NOUN:
        return False
    assert look.measure
    if not look.arabic and look.start == look.begin and _told().alone.match(look.beyond(3)):
        noun = look.lexicon.nouns.starting(look.text, look.measure.end, look.finish)
        act = words.starting(look.text, look.measure.end, look.finish)
        return not noun and (act is None or bool(act[1] & VERB))
    at = look.measure.end
    if more := look.text.startswith(_MORE, at):
        at += 1
    act = words.starting(look.text, at, look.finish)
    if act and act[1] & ADVERB and not act[1] & (UP | DOWN):
        if act[1] & LEVEL:
            return True  # 三年累计减缓
        act = words.starting(look.text, at + len(act[0]), look.finish)
        return bool(act and act[1] & (VERB | ITEM))  # 三年只下过
    return bool(act and (more or len(act[0]) > 1) and act[1] & (VERB | ITEM) and not act[1] & (UP | DOWN))


def calendar_unit(look: Look) -> str:
    """Years, quarters, days counted off the calendar: 近两年, 三年来, 前三季度, 80年代, 21世纪, 半年, N周年."""
    assert look.measure
    name = look.measure.unit.name
    beyond = look.beyond(4)
    if "周年" in look.text[look.end : look.measure.end] or (name == "周" and beyond[:1] == "年"):
        return "date"
    if name in ("季度", "世纪", "年代", "旬"):
        return (
            ""
            if name == "季度"
            and look.text[look.end] == "个"
            and not _told().span_before.search(look.before(2))
            else "date"
        )
    if name in ("年", "月", "天") and _told().rate_named.match(look.beyond(10)) and not _lasting(look):
        return "name"
    if name == "年":
        if beyond[:1] in ("级", "代"):
            return "ordinal"
        if beyond.startswith("一遇"):
            return "idiom"  # 百年一遇
        if _span_of_work(look):
            return "date"
        if look.text[look.end : look.measure.end] == "载":
            return "date"
        if _told().named_plan.search(look.beyond(14)):
            return "name"
        if look.before(1) in ("“", '"', "‘"):
            return "name"
        if look.numeral in ("百", "千", "万") and not any(
            look.before(3).endswith(word) for word in look.lexicon.sets.reaching
        ):
            return "date"  # 新千年, 百年大计
        if look.numeral in ("半", "一") and (_told().bound_after.match(beyond) or _AND_HALF.match(beyond)):
            return ""
        if look.numeral == "半" or look.numeral == "一":
            return "" if look.lexicon.durations.ending(look.text, look.start, look.begin) else "date"
        if look.before(2) == "连续" or look.before(1) == "连":
            return "date"
    if name == "小时" and look.numeral == "24" and _told().round_the_clock.match(beyond):
        return "date"
    if name in ("小时", "分钟") and _told().measured_in.match(look.beyond(6)):
        return "name"
    if look.before(1) == "止" and name in ("月", "年"):
        return "date"
    if name in ("年", "季", "月", "天", "周", "星期", "日", "小时", "夜", "晚", "昼夜", "礼拜", "代", "年度"):
        if look.before(1) == "近" and not _told().span_after.search(beyond) and _nearly(look, name):
            return ""
        if _told().span_before.search(look.before(3)) or _told().span_after.search(beyond):
            return "date"
        if look.numeral in ("几", "数", "几十", "数十"):
            return "date"
        if look.lexicon.durations.ending(look.text, look.start, look.begin):
            return ""
        if beyond.startswith(look.numeral + "夜"):
            return ""
        if look.numeral == "一" and name in ("天", "月", "夜", "晚", "周", "日", "代"):
            return "" if look.measure.unit.plus or _AND_HALF.match(beyond) else "date"  # 一天半
        if (
            beyond[:1] in ("如", "后")
            or beyond[:2] in ("以后", "之后", "过去")
            or (name == "年" and beyond.removeprefix("多")[:2] == "时间")
        ):
            return "date"
    return ""
