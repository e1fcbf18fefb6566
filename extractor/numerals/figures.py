"""Decides of every numeral of a sentence whether it is a figure, and joins the numerals that make one figure.

The forms that are joined: a range told with units on both sides (3万元至5万元), an amount in descending units
(5元6角, 2小时30分钟), a half behind the unit (三斤半), a unit that stands once for several numbers (0.9、5.9个百分点).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fractions import Fraction

from extractor.context.rightside import PERSONS, right
from extractor.lexicon.phrases import rightwards
from extractor.lexicon.words import DOWN, LEVEL, NOUN, UP, Lexicon, Unit
from extractor.model import Number, Value
from extractor.numerals import numbers, rejects, units
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.rejects import Look
from extractor.numerals.scan import Candidate

_SECONDS = re.compile("[0-9零一二三四五六七八九十两]{1,3}秒")
_INDEX = re.compile("(?:指数|系数|PMI|得分|评分|均分)(?:[^，。；,0-9]{0,6})$")
_PEOPLE = PERSONS - {"organisations"}
_PLAIN = Unit("", "", "", False)
_PERCENT = Unit("%", "ratio", "measure")
_PERMILLE = Unit("‰", "ratio", "measure")
_FRACTION = Unit("", "ratio", "measure")
_DOLLARS = {"$": "美元", "¥": "元", "￥": "元", "€": "欧元", "£": "英镑"}
_NEGATIVE = re.compile(r"(?:零下|(?<!正)负|(?<![0-9A-Za-z])[-−])$")
_RANGE_LINK = re.compile(r"^(?:至|到|[-~—－～]{1,2})$")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,16}$")
_SHARED_LINK = re.compile(r"^[、和与及]$")
_HALF_AFTER = frozenset("，。；、,;的 )！？以左上多")
_IMPLIED = re.compile(
    "(?:(?P<money>收入|支出|投资|投入|营收|利润|产值|市值|资产|票房|金额|总额|销售额|成交额|交易额|贷款|存款|余额|损失|折损|债务|负债|经费|资金|税收|财政|GDP|生产总值|增加值|成本|售价|单价|房价|价格|身价|年薪|月薪|工资|薪酬|奖金|罚款|捐款|善款|融资|募资|亏损|盈利|进账|花费|费用|创收|增收|分红|产业规模|补贴|补助|租金|学费|总价)"
    "|(?P<visits>人次|客流量?|游客量|客运量)|(?P<people>人数|人口|用户数?|会员数?|粉丝数?|观众)|(?P<times>播放量|阅读量|点击量|浏览量|访问量|转发量|下载量|观看量|点赞数?|次数)|(?P<households>户数))"
    "(?:总额|总量|规模)?(?:已|将|也|都|就|累计|共|更是)?(?:了|达到?|为|有|也|少说|约|近|超过?|突破|逾|高达|多达|不足|不到|至|增至|升至|接近|有望|将|累计|合计|共|是|约为|达到了|超过了|突破了)*$"
)
_MONEY_VERB = re.compile(
    "(?:赚|亏|挣|花|卖|欠|借|贷|存|凑|差|缺|攒|落|套现|投进去|搭进去|赔进去|收入|分红|积蓄|筹码|开销|少说|进账|赔|省|拿|领|掏|成本|利润|得)(?:了|到|过|掉|出|下|个|才|就|只|仅|也|都)?(?:约|近|超过?|逾|足足|足有|至少|将近|不到|不足|上|有)?$"
)
# Amounts as they are spoken, without 元: 八千, 三百多, 一万二, 八百五六.
_SPOKEN_AMOUNT = re.compile("[千百]多?$|[千百万][一二三四五六七八九]{1,2}$")
_MONEY_NOUN = re.compile("积蓄|存款|贷款|现金|欠款|外债|债务|彩礼|奖金|工资|资金|家产|善款|捐款|家当")
_IMPLIED_UNIT = {"money": "元", "visits": "人次", "people": "人", "times": "次", "households": "户"}


def read(
    text: str, begin: int, finish: int, candidates: Iterable[Candidate], lexicon: Lexicon
) -> list[Draft | Refusal]:
    """Every numeral of the sentence ``text[begin:finish]`` (folded) as a draft of a figure or a refusal, in order."""
    found: list[Draft | Refusal] = []
    known: set[str] = set()
    candidates = list(candidates)
    for index, candidate in enumerate(candidates):
        previous = found[-1] if found else None
        if isinstance(previous, Draft):
            known.add(previous.unit.name)
        if previous and candidate.start < previous.end:
            continue
        if isinstance(previous, Draft) and (
            _add_half(text, previous, candidate) or _goes_on(text, finish, previous, candidate, lexicon)
        ):
            earlier = found[-2] if len(found) > 1 else None
            if isinstance(earlier, Draft) and _join(text, begin, earlier, previous):
                # 一成至一成五: only now the second amount is whole.
                found.pop()
            continue
        result = decide(text, begin, finish, candidate, lexicon, known)
        cut = None
        if index + 1 < len(candidates) and candidates[index + 1].start < result.end:
            cut = next((c for c in candidates[index + 1 : index + 4] if c.start < result.end < c.end), None)
        if cut:
            # A unit takes the next numeral whole or not at all: 五千两三个.
            result = decide(text, begin, cut.start, candidate, lexicon, known)
        if isinstance(result, Refusal) and result.rule == "code.no_unit":
            result = _same_unit(text, begin, candidate, found, lexicon) or result
        if isinstance(result, Draft) and isinstance(previous, Draft) and _join(text, begin, previous, result):
            continue
        found.append(result)
    _share_units(text, found)
    return found


_MOVED = re.compile(
    "(?:增加|减少|增长|下降|上升|提高|降低|多|少|增|减|降|涨|跌|至|到|达|达到|为)(?:了)?(?:约|近|超过?|逾)?$"
)


def _same_unit(
    text: str, begin: int, candidate: Candidate, found: list[Draft | Refusal], lexicon: Lexicon
) -> Draft | None:
    """A large number that says by how much the figure before it moved has its unit: 4.27亿人次, 增加1.6亿."""
    drafts = [draft for draft in found if isinstance(draft, Draft)]
    if not drafts or candidate.text[-1] not in "万亿" or not _MOVED.search(text, begin, candidate.start):
        return None
    unit = drafts[-1].unit
    if not unit.name or unit.kind == "ratio":
        return None
    try:
        number = numbers.parse(candidate.text)
    except ValueError:
        return None
    return Draft(
        candidate.start, candidate.end, candidate.text, number, unit, drafts[-1].spelling, "implied_unit"
    )


def decide(
    text: str, begin: int, finish: int, candidate: Candidate, lexicon: Lexicon, known: Collection[str] = ()
) -> Draft | Refusal:
    """One numeral: a draft of a figure, or a refusal with its reason and rule.

    ``known`` are the units of the figures before it in the sentence.
    """
    look = Look(text, begin, finish, candidate.start, candidate.end, candidate.text, lexicon)
    refused = rejects.before_unit(look)
    if refused:
        return Refusal(candidate.start, candidate.end, *refused)
    share = candidate.text.find("分之")
    if share >= 0 and not candidate.text[0].isascii():
        return _share(look, share)
    if candidate.text in ("千", "百") and _begins_unit(text, candidate, finish, lexicon):
        return Refusal(candidate.start, candidate.end, "idiom", "idiom.unit_word")
    measure = units.read(text, candidate.end, finish, lexicon)
    look.measure = measure
    if measure is None:
        return _without_unit(look)
    if measure.unit.name == "分" and _SECONDS.match(text, measure.end, finish):
        # 9分12秒: minutes, and no marks.
        measure = look.measure = units.Measure(lexicon.units.words["分钟"], measure.end)
    refused = rejects.with_unit(look)
    if refused:
        return Refusal(candidate.start, candidate.end, *refused)
    refused = rejects.weak(look, known)
    if refused and text[candidate.end] == "个" and measure.end > candidate.end + 1:
        # 32个点: what begins like 个点 of an index is the classifier and its noun.
        measure = look.measure = units.Measure(lexicon.units.words["个"], candidate.end + 1)
    elif refused:
        return Refusal(candidate.start, candidate.end, *refused)
    try:
        number = numbers.parse(candidate.text)
    except ValueError:
        return Refusal(candidate.start, candidate.end, "code" if look.arabic else "idiom", "code.unreadable")
    unit = measure.unit
    start = candidate.start
    negative = (
        start > begin and text[start - 1] in "下负-−" and _NEGATIVE.search(text, max(begin, start - 2), start)
    )
    if negative and (unit.kind in ("temperature", "ratio", "money") or negative.group() == "负"):
        number = _negative(number)
    if unit.times != 1:
        number = _scale(number, unit.times)
    if unit.plus:
        number = _scale(number, 1, unit.plus)
    if unit.qualifier == "over" and number.value is not None:
        number = Number(number.value, number.value, number.value + 1, "over")
    spelling = text[candidate.end : measure.end].strip()
    return Draft(
        start,
        measure.end,
        candidate.text,
        number,
        unit,
        spelling,
        "unit." + (unit.group or "unit"),
        measure.per,
    )


def _begins_unit(text: str, candidate: Candidate, finish: int, lexicon: Lexicon) -> bool:
    """Whether 千 or 百 is the beginning of a unit: 每千瓦时, 每千克, 百分点."""
    found = lexicon.units.starting(text, candidate.start, finish)
    return found is not None and found[0][0] in "千百"


def _goes_on(text: str, finish: int, draft: Draft, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Takes a smaller amount into the figure before it: 5元6角, 2小时30分钟, 四斤二两, 两块五, 七成五, 1米78."""
    between = text[draft.end : candidate.start]
    if between not in ("", "零", "又") or draft.number.value is None or draft.number.qualifier != "exact":
        return False
    try:
        number = numbers.parse(candidate.text)
    except ValueError:
        return False
    if number.value is None:
        return False
    measure = units.read(text, candidate.end, finish, lexicon)
    if measure is not None:
        size = _series_size(draft.unit.series, measure.unit) if draft.unit.series else 0
        if not size or size >= draft.unit.size:
            return False
        draft.step = draft.unit.size / size
        _add(draft, number, draft.step)
        draft.spelling = text[candidate.end : measure.end]
        draft.end = measure.end
        draft.rule = "descending_units"
        return True
    if between or draft.spelling not in _TAIL_UNITS or "." in candidate.text or number.qualifier != "exact":
        return False
    after = text[candidate.end : candidate.end + 1]
    if len(candidate.text) > (2 if draft.spelling in "米秒" else 1) or (after.isascii() and after.isalnum()):
        return False
    tenths = 10 ** len(candidate.text) if candidate.text.isdecimal() else 10
    _add(draft, number, tenths * draft.step / draft.unit.times)
    draft.end = candidate.end
    draft.rule = "colloquial_tail"
    return True


_TAIL_UNITS = frozenset("成块毛角米秒尺丈斤两")


def _share(look: Look, at: int) -> Draft | Refusal:
    """百分之五, 千分之三, 三分之二."""
    if rejects.quoted(look):
        return Refusal(look.start, look.end, "name", "name.quoted")
    try:
        number = numbers.parse(look.numeral)
    except ValueError:
        return Refusal(look.start, look.end, "idiom", "idiom.share")
    head = look.numeral[:at]
    unit = _PERCENT if head == "百" else _PERMILLE if head == "千" else _FRACTION
    if _NEGATIVE.search(look.text, max(look.begin, look.start - 2), look.start):
        number = _negative(number)
    return Draft(look.start, look.end, look.numeral, number, unit, "", "share")


def _without_unit(look: Look) -> Draft | Refusal:
    """A numeral without a unit: an amount before its noun, one with an implied unit, a half; else no figure."""
    text, numeral = look.text, look.numeral
    for name, rule in (("quoted", rejects.quoted), ("idiom", rejects.idiom), ("form", rejects.form)):
        reason = rule(look)
        if reason:
            return Refusal(look.start, look.end, reason, f"{reason}.{name}")
    told = _told_alone(look)
    if told:
        return told
    currency = _DOLLARS.get(look.before(1))
    large = numeral[-1] in "万亿" or (numeral[-1] in "多余几" and ("万" in numeral or "亿" in numeral))
    if currency or large or numeral == "一半" or look.arabic or len(numeral) > 1:
        try:
            number = numbers.parse(numeral)
        except ValueError:
            return Refusal(look.start, look.end, "code" if look.arabic else "idiom", "code.unreadable")
        if currency:
            return Draft(
                look.start,
                look.end,
                numeral,
                number,
                Unit(currency, "money", "currency"),
                "",
                "currency_sign",
            )
        if numeral == "一半":
            return Draft(look.start, look.end, numeral, number, _FRACTION, "", "half")
        noun = _noun_behind(look)
        if large and not noun and _modifier_behind(look):
            return Draft(look.start, look.end, numeral, number, _PLAIN, "", "bare_noun")
        if noun and (
            large
            or (look.arabic and "." not in numeral and numeral[0] != "0")
            or (len(numeral) > 1 and numeral[-1] in "百千")
        ):
            return Draft(look.start, look.end, numeral, number, _PLAIN, "", "bare_noun")
        if large and _MONEY_NOUN.match(text, look.end):
            return Draft(
                look.start, look.end, numeral, number, look.lexicon.units.words["元"], "", "implied_unit"
            )
        if (large or _SPOKEN_AMOUNT.search(numeral)) and _MONEY_VERB.search(
            text, max(look.begin, look.start - 8), look.start
        ):
            return Draft(
                look.start, look.end, numeral, number, look.lexicon.units.words["元"], "", "implied_unit"
            )
        if large or (look.arabic and number.value is not None and (number.value >= 100 or "." in numeral)):
            implied = _IMPLIED.search(text, max(look.begin, look.start - 20), look.start)
            if implied and (large or implied.lastgroup != "money"):
                name = _IMPLIED_UNIT[str(implied.lastgroup)]
                return Draft(
                    look.start, look.end, numeral, number, look.lexicon.units.words[name], "", "implied_unit"
                )
        index = _INDEX.search(look.before(12))
        if index and look.arabic:
            return Draft(look.start, look.end, numeral, number, Unit("", "scale", "measure"), "", "index")
        if numeral.count("/") == 1 and look.arabic:
            return Draft(look.start, look.end, numeral, number, _FRACTION, "", "fraction")
    return Refusal(
        look.start,
        look.end,
        "code" if look.arabic else "idiom",
        "code.no_unit" if look.arabic else "idiom.no_unit",
    )


_CASUALTIES = re.compile("[死伤](?=[0-9一二三四五六七八九十]{1,4}[死伤]|[，。；、,;]|$)")
_MEDALS = re.compile("(?:[0-9一二三四五六七八九十]{1,4}[金银铜]){2,3}")


def _told_alone(look: Look) -> Draft | None:
    """People and medals that are counted without a classifier: 1死3伤, 14金11银9铜."""
    text, end = look.text, look.end
    name = ""
    if _CASUALTIES.match(text, end, look.finish):
        name = "人"
    elif text[end : end + 1] in ("金", "银", "铜"):
        first = max(look.begin, look.start - 8)
        if any(m.start() <= look.start < m.end() for m in _MEDALS.finditer(text, first, look.finish)):
            name = "枚"
    if not name:
        return None
    try:
        number = numbers.parse(look.numeral)
    except ValueError:
        return None
    unit = look.lexicon.units.words[name]
    return Draft(look.start, end, look.numeral, number, unit, "", "implied_unit")


def _modifier_behind(look: Look) -> bool:
    """Whether a noun phrase follows at once: 3.7万建档立卡贫困人口."""
    counted = right(look.text, look.end, look.finish, look.lexicon, False, _PEOPLE, False)
    noun = counted and look.lexicon.nouns.ending(look.text, counted[1], counted[0])
    if noun and noun[1] in _PEOPLE:
        return look.numeral not in ("百", "千", "万", "亿")
    words = rightwards(look.text, look.end, min(look.finish, look.end + 12), look.lexicon)
    return (
        len(words) > 1
        and bool(words[0].marks & NOUN)
        and not words[0].marks & (UP | DOWN | LEVEL)
        and look.text[words[0].start] not in "的以左上"
    )


def _noun_behind(look: Look) -> bool:
    """Whether a noun that can be counted follows the numeral at once: 106万村民."""
    found = look.lexicon.nouns.starting(look.text, look.end, look.finish)
    if found is None:
        return False
    word, kind = found
    if look.numeral in ("百", "千", "万", "亿"):
        return False
    if len(word) == 1 and look.numeral[-1] not in "万亿":
        return False
    return kind in (
        "people",
        "cadres",
        "party_members",
        "organisations",
        "places",
        "households",
        "projects",
        "livestock",
        "items",
    )


def _negative(number: Number) -> Number:
    value, low, high, qualifier = number
    return Number(
        -value if value is not None else None,
        -high if high is not None else None,
        -low if low is not None else None,
        qualifier,
    )


def _scale(number: Number, times: Value, plus: Value = 0) -> Number:
    """The number times a factor plus a summand, whole where it is whole."""

    def change(value: Value | None) -> Value | None:
        if value is None:
            return None
        result = round(value * times + plus, 9)
        return int(result) if result == int(result) else result

    return Number(change(number.value), change(number.low), change(number.high), number.qualifier)


def _add_half(text: str, draft: Draft, half: Candidate) -> bool:
    """三斤半, 两年半, 一倍半: adds half a unit to the figure before."""
    if half.text != "半" or half.start != draft.end:
        return False
    after = text[half.end : half.end + 1]
    if (
        draft.unit.group not in ("measure", "currency", "date-like", "classifier", "event")
        or draft.number.value is None
    ):
        return False
    if after and after not in _HALF_AFTER and after in "年天月个小数导径":
        return False
    step = draft.unit.times
    draft.number = _scale(draft.number, 1, 0.5 * step)
    draft.end = half.end
    draft.rule = "half_unit"
    return True


def _join(text: str, begin: int, first: Draft, second: Draft) -> bool:
    """Joins two figures that are one: a range, or an amount in descending units."""
    between = text[first.end : second.start]
    if (
        _RANGE_LINK.match(between)
        and first.unit.name == second.unit.name
        and first.number.value is not None
        and second.number.value is not None
        and not (
            between in "至到"
            and _FROM.search(text, begin, first.start)
            and not text.startswith("不等", second.end)
        )
        and first.number.value < second.number.value
    ):
        first.number = Number(None, first.number.value, second.number.value, "range")
        first.end = second.end
        first.numeral = text[first.start : second.end]
        first.per = first.per or second.per
        first.rule = "range"
        return True
    return False


def _series_size(series: str, unit: Unit) -> int:
    """The size of a unit in a series of units, 0 if it is not of that series."""
    if unit.series == series:
        return unit.size
    for other in unit.also:
        if other.get("series") == series:
            return int(other["size"])
    return 0


def _add(draft: Draft, number: Number, step: float) -> None:
    """Adds a smaller amount, of which ``step`` make one unit. The sum is kept exact and rounded once."""
    assert draft.number.value is not None and number.value is not None
    draft.sum = (draft.sum or Fraction(str(draft.number.value))) + Fraction(str(number.value)) / Fraction(
        str(step)
    )
    value = round(float(draft.sum), 9)
    whole: Value = int(value) if value == int(value) else value
    qualifier = number.qualifier if number.qualifier in ("over", "about") else "exact"
    draft.number = Number(whole, whole, whole, qualifier)


def _share_units(text: str, found: list[Draft | Refusal]) -> None:
    """Gives a number without a unit the unit of the next in its list: 提高0.9、5.9个百分点."""
    for index in range(len(found) - 2, -1, -1):
        one, other = found[index], found[index + 1]
        if not isinstance(one, Refusal) or not isinstance(other, Draft) or one.rule != "code.no_unit":
            continue
        if not _SHARED_LINK.match(text[one.end : other.start]) or other.unit.group not in (
            "measure",
            "currency",
            "noun",
            "classifier",
        ):
            continue
        if (
            other.unit.group != "measure"
            and "." not in text[one.start : one.end]
            and len(text[one.start : one.end]) < 2
        ):
            continue
        try:
            number = numbers.parse(text[one.start : one.end])
        except ValueError:
            continue
        found[index] = Draft(
            one.start,
            one.end,
            text[one.start : one.end],
            number,
            other.unit,
            other.spelling,
            "shared_unit",
            other.per,
            shared=True,
        )
