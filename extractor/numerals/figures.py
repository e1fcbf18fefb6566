"""Decides of every numeral of a sentence whether it is a figure, and joins the numerals that make one figure.

``rejects`` tells what is no figure, ``units`` what unit stands behind the number, ``implied`` which one it leaves
out; ``joins`` puts together what is one figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from extractor.lexicon.folding import sign_value
from extractor.lexicon.phrases import rightwards
from extractor.lexicon.words import DOWN, LEVEL, NOUN, UP, Lexicon, Unit
from extractor.model import Number
from extractor.numerals import implied, joins, numbers, rejects, shares, units
from extractor.numerals.amounts import negative, scale
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.rejects import Look
from extractor.numerals.scan import Candidate

_SECONDS = re.compile("[0-9零一二三四五六七八九十两]{1,3}秒")
_OLD = re.compile("大(?=[的，。、；就时了]|$)")  # 8个月大的幼狮
_SIGNS = frozenset("负下")
_LONG = re.compile("(?:了|达|约|近|为|长|超过?|共|仅|只|不到|不足){1,3}$")
_INDEX = re.compile("(?:指数|系数|PMI|得分|评分|均分)(?:[^，。；,0-9]{0,6})$")
_PEOPLE = frozenset(("people", "cadres", "party_members", "households"))
_COUNTED = _PEOPLE | {"organisations", "places", "projects", "livestock", "items"}
_PLAIN = Unit("", "", "", False)
_PERSONS = Unit("", "people", "", False)
_PERCENT = Unit("%", "ratio", "measure")
_PLACES = Unit("位", "scale", "measure")
_PERMILLE = Unit("‰", "ratio", "measure")
_FRACTION = Unit("", "ratio", "measure")
_RANGE_LINK = re.compile(r"^(?:至|到|[-~—－～]{1,2})$")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,16}$")
_SHARED_LINK = re.compile(r"^[、和与及]$")
_HALF_AFTER = frozenset("，。；、,;的 )！？以左上多")
# Amounts as they are spoken, without 元: 八千, 三百多, 一万二, 八百五六.
_SPOKEN_AMOUNT = re.compile("[千百]多?$|[千百万][一二三四五六七八九]{1,2}$")
_SPOKEN_HUNDREDS = re.compile("[一二两三四五六七八九][百千][一二三四五六七八九]$")
# With a last digit whose unit is left out they are money at the end of a clause: 4万一, 68万5.
_SPOKEN_TAIL = re.compile("[0-9一二三四五六七八九十]万(?:[1-9]|[一二三四五六七八九]{1,2})$")
_CLAUSE_ENDS = frozenset("，。；、！？,;!?）)”\n 的了")
_BOUNDS = ("以上", "以下", "左右", "上下")
_NUMBERING = re.compile(
    "(?:已|共|总数|约|近|现)?(?:有|达到?|为|超过?|突破|增至|增加到|减少到|降到|降至)(?:了)?(?:约|近|逾|超过?)?$"
)
_TENS = re.compile("[一二三四五六七八九]?[十百千]")  # 三十三考生
_YEAR = re.compile("(?:19[0-9]|20[0-4])[0-9]")
_COUNTED_IN_YEARS = frozenset(("people", "cadres", "party_members", "households", "livestock"))
_ROUND = 10_000  # a number in digits without a unit that counts from here on


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
            joins.add_half(text, previous, candidate)
            or joins.goes_on(text, finish, previous, candidate, lexicon)
        ):
            earlier = found[-2] if len(found) > 1 else None
            if isinstance(earlier, Draft) and joins.join(text, begin, earlier, previous):
                # 一成至一成五: only now the second amount is whole.
                found.pop()
            continue
        if previous and candidate.start == previous.end and _goes_on_unread(previous, candidate):
            found.append(Refusal(candidate.start, candidate.end, "code", "code.unreadable"))
            continue
        other = candidates[index + 1] if index + 1 < len(candidates) else None
        if other and text[candidate.end] == "、" and (both := joins.pair(text, begin, candidate, other)):
            result = decide(text, begin, finish, both, lexicon, known)
            if isinstance(result, Draft) and result.unit.group in (
                "measure",
                "currency",
                "date-like",
                "noun",
            ):
                found.append(result)
                continue
        result = decide(text, begin, finish, candidate, lexicon, known)
        cut = None
        if index + 1 < len(candidates) and candidates[index + 1].start < result.end:
            cut = next((c for c in candidates[index + 1 : index + 4] if c.start < result.end < c.end), None)
        if cut:
            # A unit takes the next numeral whole or not at all: 五千两三个.
            result = decide(text, begin, cut.start, candidate, lexicon, known)
        listed = other is not None and text[result.end : other.start] in ("、", "和", "与", "及")
        if isinstance(result, Refusal) and result.rule == "code.no_unit" and isinstance(previous, Draft):
            result = _same_index(text, candidate, previous) or result
        if isinstance(result, Refusal) and result.rule == "code.no_unit" and not listed:
            result = _same_unit(text, begin, candidate, found, lexicon) or result
        if (
            isinstance(result, Draft)
            and isinstance(previous, Draft)
            and joins.join(text, begin, previous, result)
        ):
            continue
        found.append(result)
    joins.share_units(text, found)
    return found


_MOVED = re.compile(
    "(?:增加|减少|增长|下降|上升|提高|降低|回升|回落|多|少|增|减|降|涨|跌|至|到|达|达到|为)(?:了)?(?:约|近|超过?|逾)?$"
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


def _goes_on_unread(previous: Draft | Refusal, candidate: Candidate) -> bool:
    """Whether a multiplier stands right behind a numeral that was not read: it belongs to that one and is no amount."""
    unread = isinstance(previous, Refusal) and (previous.reason == "code" or previous.rule == "idiom.no_unit")
    return unread and not candidate.text.strip("百千万亿")


def _same_index(text: str, candidate: Candidate, previous: Draft) -> Draft | None:
    """A decimal behind the reading of an index is one too: 指数为-0.82，较上月回升0.02; -0.89、-0.88."""
    if previous.rule != "index" or "." not in candidate.text:
        return None
    between = text[previous.end : candidate.start]
    if between not in ("、", "和", "与", "及") and not (_MOVED.search(between) and between.count("，") < 2):
        return None
    try:
        number = numbers.parse(candidate.text)
    except ValueError:
        return None
    return Draft(candidate.start, candidate.end, candidate.text, number, previous.unit, "", "index")


def decide(
    text: str, begin: int, finish: int, candidate: Candidate, lexicon: Lexicon, known: Collection[str] = ()
) -> Draft | Refusal:
    """One numeral: a draft of a figure, or a refusal with its reason and rule.

    ``known`` are the units of the figures before it in the sentence.
    """
    numeral = numbers.in_words(candidate.text) if candidate.text >= "\U000f0000" else candidate.text
    look = Look(text, begin, finish, candidate.start, candidate.end, numeral, lexicon)
    refused = rejects.before_unit(look)
    if refused:
        return Refusal(candidate.start, candidate.end, *refused)
    at = candidate.text.find("分之")
    if candidate.text == "百分百":
        at = 1
    if at >= 0 and not candidate.text[0].isascii():
        return _share(look, at)
    if candidate.text in ("千", "百") and _begins_unit(text, candidate, finish, lexicon):
        return Refusal(candidate.start, candidate.end, "idiom", "idiom.unit_word")
    if share := shares.without_of(look):
        return share
    measure = units.read(text, candidate.end, finish, lexicon)
    look.measure = measure
    if measure is None or (look.numeral == "一半" and measure.unit.group == "noun"):
        return _without_unit(look)  # 一半人: the half of them
    if measure.unit.name == "人" and text[candidate.end : measure.end] == "位" and _moves_in_rank(look):
        measure = look.measure = units.Measure(_PLACES, measure.end)
    if measure.unit.name == "分" and measure.unit.kind == "scale" and _minutes(look, measure.end):
        # 9分12秒, 用时15分: minutes, and no marks.
        measure = look.measure = units.Measure(lexicon.units.words["分钟"], measure.end)
    if measure.unit.kind == "duration" and _OLD.match(text, measure.end, finish):
        measure = look.measure = measure._replace(unit=measure.unit._replace(kind="age"))
    refused = rejects.with_unit(look)
    if refused:
        return Refusal(candidate.start, candidate.end, *refused)
    refused = rejects.weak(look, known)
    if refused and text[candidate.end] == "个" and measure.end > candidate.end + 1:
        # 32个点: what begins like 个点 of an index is the classifier and its noun.
        measure = look.measure = units.Measure(lexicon.units.words["个"], candidate.end + 1)
    elif refused:
        return Refusal(candidate.start, candidate.end, *refused)
    number = _number(look)
    if isinstance(number, Refusal):
        return number
    unit = measure.unit
    start = candidate.start
    if _below_zero(look):
        number = negative(number)
    if unit.group == "currency" and unit.name == "元":
        named = units.currency_before(text, begin, start, lexicon)
        unit = named[0] if named else unit
    if unit.times != 1:
        number = scale(number, unit.times)
    if unit.plus:
        number = scale(number, 1, unit.plus)
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


def _minutes(look: Look, end: int) -> bool:
    """Whether 分 is short for minutes: before seconds, or behind a word that says how long."""
    if _SECONDS.match(look.text, end, look.finish):
        return True
    at = _LONG.search(look.text, max(look.begin, look.start - 4), look.start)
    where = at.start() if at else look.start
    return look.lexicon.durations.ending(look.text, where, look.begin) is not None


def _moves_in_rank(look: Look) -> bool:
    """Whether a 位 is a place of a ranking: 排名提升4位."""
    before = look.before(4).removesuffix("了")
    return any(before.endswith(word) for word in look.lexicon.sets.rank_moves)


def _below_zero(look: Look) -> bool:
    """Whether 零下 or 负 stands before the number; not 减负, 肩负 and other words that end with 负."""
    if look.left[-1:] not in _SIGNS:
        return False
    if look.before(1) == "负":
        return look.before(2)[:1] not in look.lexicon.sets.burdens or look.start - 1 == look.begin
    return look.before(2) == "零下"


def _begins_unit(text: str, candidate: Candidate, finish: int, lexicon: Lexicon) -> bool:
    """Whether 千 or 百 is the beginning of a unit: 每千瓦时, 每千克, 百分点."""
    found = lexicon.units.starting(text, candidate.start, finish)
    return found is not None and found[0][0] in "千百"


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
    if _below_zero(look):
        number = negative(number)
    return Draft(look.start, look.end, look.numeral, number, unit, "", "share")


def _without_unit(look: Look) -> Draft | Refusal:
    """A numeral without a unit: an amount before its noun, one with an implied unit, a half; else no figure."""
    numeral = look.numeral
    for name, rule in (("quoted", rejects.quoted), ("idiom", rejects.idiom), ("form", rejects.form)):
        reason = rule(look)
        if reason:
            return Refusal(look.start, look.end, reason, f"{reason}.{name}")
    told = _told_alone(look)
    if told:
        return told
    currency = units.currency_before(look.text, look.begin, look.start, look.lexicon)
    if numeral == "一半":
        return Draft(look.start, look.end, numeral, numbers.parse(numeral), _FRACTION, "", "half")
    if (
        currency
        or look.arabic
        or len(numeral) > 1
        or numeral in ("万", "亿")
        or sign_value(numeral) is not None
    ):
        number = _number(look)
        if isinstance(number, Refusal):
            return number
        if currency:
            return Draft(look.start, look.end, numeral, number, currency[0], "", "currency_sign")
        found = _with_implied(look, number)
        if found:
            return found
        index = _INDEX.search(look.before(12))
        if index and look.arabic:
            return Draft(look.start, look.end, numeral, number, Unit("", "scale", "measure"), "", "index")
        if (numeral.count("/") == 1 and look.arabic) or (
            number.value is not None and 0 < number.value < 1 and sign_value(numeral)
        ):
            return Draft(look.start, look.end, numeral, number, _FRACTION, "", "fraction")
    return Refusal(
        look.start,
        look.end,
        "code" if look.arabic else "idiom",
        "code.no_unit" if look.arabic else "idiom.no_unit",
    )


def _number(look: Look) -> Number | Refusal:
    """What the numeral says, or why it says nothing for certain."""
    try:
        return numbers.parse(look.numeral)
    except numbers.PrecisionError:
        return Refusal(look.start, look.end, "code", "code.precision")
    except ValueError:
        return Refusal(look.start, look.end, "code" if look.arabic else "idiom", "code.unreadable")


def _is_large(look: Look, number: Number) -> bool:
    """Whether a number is so large that it needs no unit to be an amount: 20万, 60余万, 20000, no telephone number."""
    numeral = look.numeral
    if numeral[-1] in "万亿" or (numeral[-1] in "多余几来" and ("万" in numeral or "亿" in numeral)):
        return True
    value = number.value if number.value is not None else number.low
    if value is None or value < _ROUND or value != int(value):
        return False
    return not look.arabic or not numeral.isdecimal() or (value % 100 == 0 and numeral[0] != "0")


def _with_implied(look: Look, number: Number) -> Draft | None:
    """A number whose unit the words around it say, or a number straight before its noun."""
    text, numeral, lexicon = look.text, look.numeral, look.lexicon

    def draft(unit: str) -> Draft:
        return Draft(look.start, look.end, numeral, number, lexicon.units.words[unit], "", "implied_unit")

    def bare(kind: str) -> Draft:
        unit = _PLAIN._replace(kind=kind) if kind in _PEOPLE else _PLAIN
        return Draft(look.start, look.end, numeral, number, unit, "", "bare_noun")

    large = _is_large(look, number)
    vague = numeral[-1] in "余多几"
    noun = _noun_behind(look)
    if (large or vague) and not noun and (persons := _persons_behind(look)):
        return bare(persons)
    if large and not noun and _modifier_behind(look):
        return bare("")
    if noun and (
        large
        or (look.arabic and "." not in numeral and numeral[0] not in "0-")
        or (len(numeral) > 1 and numeral[-1] in "百千余多")
        or (noun in _PEOPLE and len(numeral) > 1 and _TENS.search(numeral) and number.qualifier == "exact")
    ):
        return bare(_persons_behind(look) or noun)
    if large and (unit := implied.by_noun_behind(text, look.end, lexicon)):
        return draft(unit)
    ends = look.after(1) in _CLAUSE_ENDS or not look.after(1)
    spoken = _SPOKEN_TAIL.search(numeral) is not None and ends
    told = large or spoken or _SPOKEN_AMOUNT.search(numeral)
    if told and (unit := implied.by_verb(text, look.begin, look.start, lexicon)):
        return draft(unit)
    digits = look.arabic and number.value is not None and (number.value >= 100 or "." in numeral)
    if large or digits or spoken:
        unit = implied.by_noun(text, look.begin, look.start, lexicon)
        if not unit and large:
            unit = _persons_before(look)
        if unit and (large or spoken or unit != "元"):
            return draft(unit)
    elif (
        ends
        and _SPOKEN_HUNDREDS.search(numeral)
        and implied.by_noun(text, look.begin, look.start, lexicon) == "元"
    ):
        return draft("元")  # 房租涨到三千六
    return draft("元") if spoken else None


_CASUALTIES = re.compile(
    "[死伤](?=[0-9一二三四五六七八九十]{1,4}[死伤]|[、，][0-9]{1,4}[死伤]|伤?(?:[，。；、,;的]|$))"
)
_WON = re.compile("(?:夺|得|获|揽|摘|收|斩|添|共)[得获下了]?$")  # 夺得14金
_SEXES = re.compile("(?:[0-9一二三四五六七八九十两]{1,3}[男女]){2}")  # 12男3女
_MEDALS = re.compile("(?:[0-9一二三四五六七八九十]{1,4}[金银铜]){2,3}")


def _told_alone(look: Look) -> Draft | None:
    """People and medals that are counted without a classifier: 1死3伤, 14金11银9铜."""
    text, end = look.text, look.end
    name = ""
    if _CASUALTIES.match(text, end, look.finish):
        name = "人"
    elif text[end : end + 1] in ("男", "女") and _within(_SEXES, look):
        name = "男"
    elif text[end : end + 1] in ("金", "银", "铜") and (
        _within(_MEDALS, look) or (_WON.search(look.before(4)) and look.after(2)[1:] in _CLAUSE_ENDS)
    ):
        name = "枚"
    if not name:
        return None
    try:
        number = numbers.parse(look.numeral)
    except ValueError:
        return None
    unit = _PERSONS if name == "男" else look.lexicon.units.words[name]
    return Draft(look.start, end, look.numeral, number, unit, "", "implied_unit")


def _within(row: re.Pattern[str], look: Look) -> bool:
    """Whether the numeral stands in a row that the pattern matches."""
    first = max(look.begin, look.start - 8)
    return any(m.start() <= look.start < m.end() for m in row.finditer(look.text, first, look.finish))


def _persons_before(look: Look) -> str:
    """The unit of persons or households that the sentence names right before 有 and the number: 老年人有1.5万."""
    link = _NUMBERING.search(look.text, max(look.begin, look.start - 6), look.start)
    if not link:
        return ""
    found = look.lexicon.nouns.ending(look.text, link.start(), look.begin)
    if not found or found[1] not in _PEOPLE:
        return ""
    return "户" if found[1] == "households" else "人"


def _persons_behind(look: Look) -> str:
    """The kind of the first noun of persons or households in the phrase that follows at once: 3.7万建档立卡贫困人口."""
    if look.numeral in ("百", "千", "万", "亿"):
        return ""
    at = _behind(look)
    for word in rightwards(look.text, at, min(look.finish, at + 14), look.lexicon):
        if look.text[word.start] in "的，。；、" and word.start == at:
            return ""
        found = look.lexicon.nouns.ending(look.text, word.end, word.start)
        if found and found[1] in _PEOPLE:
            return found[1]
        if word.end - word.start > 1 and look.text[word.end - 1] == "者":
            return "people"
    return ""


def _modifier_behind(look: Look) -> bool:
    """Whether a noun phrase follows at once: 8万签名支持."""
    at = _behind(look)
    words = rightwards(look.text, at, min(look.finish, at + 12), look.lexicon)
    return (
        len(words) > 1
        and bool(words[0].marks & NOUN)
        and not words[0].marks & (UP | DOWN | LEVEL)
        and look.text[words[0].start] not in "的以左上"
    )


def _behind(look: Look) -> int:
    """Where a noun behind the number would begin: 20万以上老年人."""
    return look.end + 2 if look.text.startswith(_BOUNDS, look.end) else look.end


def _noun_behind(look: Look) -> str:
    """The kind of the noun that can be counted and follows the numeral at once (106万村民), "" if none does."""
    found = look.lexicon.nouns.starting(look.text, _behind(look), look.finish)
    if found is None:
        return ""
    word, kind = found
    if look.arabic and _YEAR.fullmatch(look.numeral) and kind not in _COUNTED_IN_YEARS:
        return ""  # 2035国家重大专项: a year without 年
    if look.numeral in ("百", "千", "万", "亿") or (len(word) == 1 and look.numeral[-1] not in "万亿"):
        return ""
    return kind if kind in _COUNTED else ""
