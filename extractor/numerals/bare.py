"""A numeral without a unit: an amount before its noun (106万村民), one whose unit is implied, a half; else no figure."""

from __future__ import annotations

import re

from extractor.lexicon.folding import sign_value
from extractor.lexicon.phrases import rightwards
from extractor.lexicon.words import DOWN, LEVEL, NOUN, UP, Unit
from extractor.model import Number
from extractor.numerals import implied, numbers, rejects, units
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.rejects import Look

_INDEX = re.compile("(?:指数|系数|PMI|得分|评分|均分)(?:[^，。；,0-9]{0,6})$")
_PEOPLE = frozenset(("people", "cadres", "party_members", "households"))
_COUNTED = _PEOPLE | {"organisations", "places", "projects", "livestock", "items"}
_PLAIN = Unit("", "", "", False)
FRACTION = Unit("", "ratio", "measure")
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


def without_unit(look: Look) -> Draft | Refusal:
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
        return Draft(look.start, look.end, numeral, numbers.parse(numeral), FRACTION, "", "half")
    if (
        currency
        or look.arabic
        or len(numeral) > 1
        or numeral in ("万", "亿")
        or sign_value(numeral) is not None
    ):
        number = read_number(look)
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
            return Draft(look.start, look.end, numeral, number, FRACTION, "", "fraction")
    return Refusal(
        look.start,
        look.end,
        "code" if look.arabic else "idiom",
        "code.no_unit" if look.arabic else "idiom.no_unit",
    )


def read_number(look: Look) -> Number | Refusal:
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
_MEDALS = re.compile("(?:[0-9一二三四五六七八九十]{1,4}[金银铜]){2,3}")


def _told_alone(look: Look) -> Draft | None:
    """People and medals that are counted without a classifier: 1死3伤, 14金11银9铜."""
    text, end = look.text, look.end
    name = ""
    if _CASUALTIES.match(text, end, look.finish):
        name = "人"
    elif text[end : end + 1] in ("金", "银", "铜"):
        first = max(look.begin, look.start - 8)
        row = any(m.start() <= look.start < m.end() for m in _MEDALS.finditer(text, first, look.finish))
        if row or (_WON.search(look.before(4)) and look.after(2)[1:] in _CLAUSE_ENDS):
            name = "枚"
    if not name:
        return None
    try:
        number = numbers.parse(look.numeral)
    except ValueError:
        return None
    unit = look.lexicon.units.words[name]
    return Draft(look.start, end, look.numeral, number, unit, "", "implied_unit")


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
