"""Joins the numerals that make one figure, and shares out what stands once for several.

The forms: a range told with units on both sides (3万元至5万元), an amount in descending units (5元6角, 2小时30分钟), a
half behind the unit (三斤半), a last digit without its unit (两块五, 47秒215), neighbouring digits with a comma between
(四、五里), a unit and a multiplier that stand once for several numbers (1.2、2.6万人).
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from extractor.lexicon.patterns import patterns, word_lists
from extractor.lexicon.words import Lexicon, Unit
from extractor.model import Number, Value
from extractor.numerals import numbers, units
from extractor.numerals.amounts import exact, plain, scale
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.scan import Candidate

_LONGEST_TAIL = {"米": 2, "秒": 3}  # digits of a tail: 1米78, 47秒215
_DIGIT = "一二三四五六七八九"
_NEIGHBOURS = frozenset((*pairwise(_DIGIT), ("三", "五"), ("两", "三")))
# A whole number so many times as large as the next one of its list has no share in that one's multiplier.
_OWN = 100


class Patterns(NamedTuple):
    """The patterns of ``numerals.toml`` for this step, by name."""

    range_link: re.Pattern[str]
    origin: re.Pattern[str]
    shared_link: re.Pattern[str]
    multiplier: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``numerals.toml`` for this step, by name."""

    range_words: tuple[str, ...]
    not_the_same: tuple[str, ...]
    half_of_others: tuple[str, ...]
    tail_units: tuple[str, ...]
    amount_links: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("joins"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("joins"))


def goes_on(text: str, finish: int, draft: Draft, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Takes a smaller amount into the figure before it: 5元6角, 2小时30分钟, 四斤二两, 两块五, 七成五, 1米78."""
    between = text[draft.end : candidate.start]
    if (
        (between and between not in _known().amount_links)
        or draft.number.value is None
        or draft.number.qualifier != "exact"
    ):
        return False
    try:
        number = numbers.parse(candidate.text)
    except ValueError:
        return False
    if number.value is None:
        return False
    measure = units.read(text, candidate.end, finish, lexicon)
    if measure is not None and (draft.unit.name, measure.unit.name) == ("天", "夜"):
        if number.value != draft.number.value or between:
            return False
        draft.end = measure.end  # 三天三夜
        return True
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
    if (
        between
        or draft.spelling not in _known().tail_units
        or "." in candidate.text
        or number.qualifier != "exact"
    ):
        return False
    after = text[candidate.end : candidate.end + 1]
    longest = _LONGEST_TAIL.get(draft.spelling, 1)
    if len(candidate.text) > longest or (after.isascii() and after.isalnum()):
        return False
    tenths = 10 ** len(candidate.text) if candidate.text.isdecimal() else 10
    _add(draft, number, tenths * draft.step / draft.unit.times)
    draft.end = candidate.end
    if draft.unit.group == "currency":
        draft.per = draft.per or units.each_behind(text, draft.end, finish)  # 三块二一斤
    if draft.spelling == "块":
        draft.spelling = "块钱"  # 两块八 is money, whatever stands beside it
    draft.rule = "colloquial_tail"
    return True


def add_half(text: str, draft: Draft, half: Candidate) -> bool:
    """三斤半, 两年半, 一倍半: adds half a unit to the figure before."""
    if half.text != "半" or half.start != draft.end:
        return False
    after = text[half.end : half.end + 1]
    if (
        draft.unit.group not in ("measure", "currency", "date-like", "classifier", "container", "event")
        or draft.number.value is None
    ):
        return False
    if after in _known().half_of_others:
        return False
    step = draft.unit.times
    draft.number = scale(draft.number, 1, exact(step) / 2)
    draft.end = half.end
    draft.rule = "half_unit"
    return True


def join(text: str, begin: int, first: Draft, second: Draft) -> bool:
    """Joins two figures that are one: a range, or an amount in descending units."""
    between = text[first.end : second.start]
    if (
        _told().range_link.match(between)
        and first.unit.name == second.unit.name
        and first.number.value is not None
        and second.number.value is not None
        and not (
            between in _known().range_words
            and _told().origin.search(text, begin, first.start)
            and not text.startswith(_known().not_the_same, second.end)
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
    draft.sum = (draft.sum or exact(draft.number.value)) + exact(number.value) / Fraction(str(step))
    whole: Value = plain(draft.sum)
    qualifier = number.qualifier if number.qualifier in ("over", "about") else "exact"
    draft.number = Number(whole, whole, whole, qualifier)


def pair(text: str, begin: int, one: Candidate, other: Candidate) -> Candidate | None:
    """Two neighbouring digits with 、 between them that may mean from the one to the other: 四、五里, 二、三十吨.

    A longer list (一、二、三组) and ordinals are none. Whether a unit of amounts follows is for the caller to see.
    """
    if (
        len(one.text) != 1
        or text[one.end : other.start] != "、"
        or (one.text, other.text[0]) not in _NEIGHBOURS
    ):
        return None
    before = text[one.start - 1 : one.start] if one.start > begin else ""
    if before in ("、", "第", "和") or before.isdecimal() or text[other.end : other.end + 1] == "、":
        return None
    return Candidate(one.start, other.end, one.text + other.text)


def share_units(text: str, found: list[Draft | Refusal]) -> None:
    """Gives a number without a unit the unit and the multiplier of the next in its list: 0.9、5.9个百分点, 1.2、2.6万人."""
    last: Draft | None = None  # the one that has the unit
    for index in range(len(found) - 2, -1, -1):
        one, other = found[index], found[index + 1]
        if not isinstance(other, Draft) or not _told().shared_link.match(text[one.end : other.start]):
            last = None
            continue
        last = last if other.shared and last else other
        if _lacks_unit(one, last) and (shared := _shared(text, one, last)):
            found[index] = shared


def _lacks_unit(one: Draft | Refusal, other: Draft) -> bool:
    """Whether a numeral was left without a unit, has one only because of the words before it, or has the beginning
    of the other's: 提高11.2个、2.6个百分点.
    """
    if isinstance(one, Refusal):
        return one.rule in ("code.no_unit", "idiom.no_unit")
    begun = one.spelling == "个" and other.spelling != "个" and other.spelling.startswith("个")
    return begun or one.rule == "implied_unit"


def _shared(text: str, one: Draft | Refusal, other: Draft) -> Draft | None:
    """The number ``one`` with the unit and the multiplier of ``other``, None where it can have none of it."""
    numeral = one.numeral if isinstance(one, Draft) else text[one.start : one.end]
    ending = _told().multiplier.search(other.numeral)
    multiplier = ending.group() if ending else ""
    if other.unit.group not in ("measure", "currency", "noun", "classifier", "event", "date-like"):
        return None
    decimal = "." in numeral or "点" in numeral
    if other.unit.group != "measure" and not decimal and not multiplier and len(numeral) < 2:
        return None
    try:
        number = numbers.parse(numeral)
        base = numbers.parse(other.numeral.removesuffix(multiplier) or "1")
        factor = numbers.parse(multiplier).value if multiplier else 1
    except ValueError:
        return None
    own = _told().multiplier.search(numeral) is not None
    size = number.value if number.value is not None else number.low
    against = base.value if base.value is not None else base.low
    alike = decimal or size is None or against is None or size < _OWN * against
    if multiplier and not own and alike and factor is not None:
        number = scale(number, factor)
    number = scale(number, other.unit.times) if other.unit.times != 1 else number
    return Draft(
        one.start, one.end, numeral, number, other.unit, other.spelling, "shared_unit", other.per, shared=True
    )
