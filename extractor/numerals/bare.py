"""A numeral without a unit: an amount before its noun (106万村民), one whose unit is implied, a half; else no figure."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.folding import sign_value
from extractor.lexicon.patterns import patterns, word_lists
from extractor.lexicon.phrases import rightwards
from extractor.lexicon.words import DOWN, LEVEL, NOUN, UP, Unit
from extractor.model import Number
from extractor.numerals import implied, numbers, rejects, units
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.rejects import Look

_PEOPLE = frozenset(("people", "cadres", "party_members", "households"))
_COUNTED = _PEOPLE | {"organisations", "places", "projects", "livestock", "items"}
_PLAIN = Unit("", "", "", False)
_PERSONS = Unit("", "people", "", False)
FRACTION = Unit("", "ratio", "measure")
_COUNTED_IN_YEARS = frozenset(("people", "cadres", "party_members", "households", "livestock"))
_SPOKEN_HUNDRED_MILLIONS = (
    "个亿",
    "个多亿",
)  # 3个亿 is money, whatever stands beside it, unless its noun follows
_ROUND = 10_000  # a number in digits without a unit that counts from here on


class Patterns(NamedTuple):
    """The patterns of ``numerals.toml`` for this step, by name."""

    index_name: re.Pattern[str]
    spoken_amount: re.Pattern[str]
    spoken_hundreds: re.Pattern[str]
    for_one: re.Pattern[str]
    reached: re.Pattern[str]
    spoken_tail: re.Pattern[str]
    numbering: re.Pattern[str]
    tens: re.Pattern[str]
    year: re.Pattern[str]
    casualties: re.Pattern[str]
    won: re.Pattern[str]
    standing: re.Pattern[str]
    medals: re.Pattern[str]
    sexes: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``numerals.toml`` for this step, by name."""

    clause_ends: tuple[str, ...]
    bounds: tuple[str, ...]
    medal_metals: tuple[str, ...]
    sexes: tuple[str, ...]
    breaks: tuple[str, ...]
    not_modifier: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("bare"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("bare"))


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
        index = _told().index_name.search(look.before(12))
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
    if large and not noun and len(numeral) > 1 and _modifier_behind(look):
        return bare("")
    if noun and (
        large
        or (look.arabic and "." not in numeral and numeral[0] not in "0-")
        or (len(numeral) > 1 and numeral[-1] in "百千余多")
        or (
            noun in _PEOPLE
            and len(numeral) > 1
            and _told().tens.search(numeral)
            and number.qualifier == "exact"
        )
    ):
        return bare(_persons_behind(look) or noun)
    if large and (unit := implied.by_noun_behind(text, look.end, lexicon)):
        return draft(unit)
    if any(spoken in numeral for spoken in _SPOKEN_HUNDRED_MILLIONS):
        owned = lexicon.nouns.starting(text, look.end + 1, look.finish) if look.after(1) == "的" else None
        return bare(owned[1]) if owned and owned[1] in _PEOPLE else draft("元")
    ends = look.after(1) in _known().clause_ends or not look.after(1)
    spoken = _told().spoken_tail.search(numeral) is not None and ends
    told = large or spoken or _told().spoken_amount.search(numeral)
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
        and _told().spoken_hundreds.search(numeral)
        and implied.by_noun(text, look.begin, look.start, lexicon) == "元"
    ):
        return draft("元")  # 房租涨到三千六
    elif _told().spoken_hundreds.search(numeral) and _told().for_one.match(text, look.end, look.finish):
        return draft("元")  # 湿粮一千八百四一吨
    if spoken:
        return draft("元")
    if large and ends and _told().reached.search(look.before(4)):
        return Draft(look.start, look.end, numeral, number, _PLAIN, "", "implied_unit")
    return None


def _told_alone(look: Look) -> Draft | None:
    """People and medals that are counted without a classifier: 1死3伤, 14金11银9铜."""
    text, end = look.text, look.end
    name = ""
    if _told().casualties.match(text, end, look.finish):
        name = "人"
    elif text[end : end + 1] in _known().sexes and _within(_told().sexes, look):
        name = "男"
    elif text[end : end + 1] in _known().medal_metals and (
        _within(_told().medals, look)
        or (
            _told().won.search(look.before(4))
            and (_ends_clause(look) or _told().standing.match(look.after(4)[1:]))
        )
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


def _ends_clause(look: Look) -> bool:
    """Whether the clause ends behind the character after the number."""
    following = look.after(2)[1:]
    return not following or following in _known().clause_ends


def _within(row: re.Pattern[str], look: Look) -> bool:
    """Whether the numeral stands in a row that the pattern matches."""
    first = max(look.begin, look.start - 8)
    return any(m.start() <= look.start < m.end() for m in row.finditer(look.text, first, look.finish))


def _persons_before(look: Look) -> str:
    """The unit of persons or households that the sentence names right before 有 and the number: 老年人有1.5万."""
    link = _told().numbering.search(look.text, max(look.begin, look.start - 6), look.start)
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
        if look.text[word.start] in _known().breaks and word.start == at:
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
        and look.text[words[0].start] not in _known().not_modifier
    )


def _behind(look: Look) -> int:
    """Where a noun behind the number would begin: 20万以上老年人."""
    return look.end + 2 if look.text.startswith(_known().bounds, look.end) else look.end


def _noun_behind(look: Look) -> str:
    """The kind of the noun that can be counted and follows the numeral at once (106万村民), "" if none does."""
    found = look.lexicon.nouns.starting(look.text, _behind(look), look.finish)
    if found is None:
        return ""
    word, kind = found
    if look.arabic and _told().year.fullmatch(look.numeral) and kind not in _COUNTED_IN_YEARS:
        return ""  # 2035国家重大专项: a year without 年
    if look.numeral in ("百", "千", "万", "亿") or (len(word) == 1 and look.numeral[-1] not in "万亿"):
        return ""
    return kind if kind in _COUNTED else ""
