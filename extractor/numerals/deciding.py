"""Decides of one numeral whether it is a figure, and of which unit.

``rejects`` tells what is no figure, ``units`` what unit stands behind the number, ``bare`` what one without a unit is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import NamedTuple

from extractor.lexicon.patterns import patterns, word_lists
from extractor.lexicon.phrases import rightwards
from extractor.lexicon.words import NOUN, VERB, Lexicon, Unit
from extractor.model import Number
from extractor.numerals import numbers, rejects, shares, units
from extractor.numerals.amounts import negative, scale
from extractor.numerals.bare import FRACTION, read_number, without_unit
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.rejects import Look
from extractor.numerals.scan import Candidate

_PERCENT = Unit("%", "ratio", "measure")
_PLACES = Unit("位", "scale", "measure")
_PERMILLE = Unit("‰", "ratio", "measure")


class Patterns(NamedTuple):
    """The patterns of ``numerals.toml`` for this step, by name."""

    mark: re.Pattern[str]
    seconds: re.Pattern[str]
    long: re.Pattern[str]
    old: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``numerals.toml`` for this step, by name."""

    sign_endings: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("deciding"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("deciding"))


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
    if measure is not None and measure.unit.also:
        measure = units.meant(measure, _clause(look), numeral)
    look.measure = measure
    if measure is None or (look.numeral == "一半" and measure.unit.group == "noun"):
        return without_unit(look)  # 一半人: the half of them
    if measure.unit.name == "人" and text[candidate.end : measure.end] == "位" and _moves_in_rank(look):
        measure = look.measure = units.Measure(_PLACES, measure.end)
    if measure.unit.name == "分" and measure.unit.kind == "scale" and _minutes(look, measure.end):
        # 9分12秒, 用时15分: minutes, and no marks.
        measure = look.measure = units.Measure(lexicon.units.words["分钟"], measure.end)
    if measure.unit.kind == "duration" and _told().old.match(text, measure.end, finish):
        measure = look.measure = measure._replace(unit=measure.unit._replace(kind="age"))
    if measure.unit.group == "currency" and _things(look, measure.end):
        spelled = text[candidate.end : measure.end]
        measure = look.measure = units.Measure(Unit(spelled, "items", "classifier"), measure.end)
    refused = rejects.with_unit(look)
    if refused:
        return Refusal(candidate.start, candidate.end, *refused)
    refused = rejects.weak(look, known)
    if refused and text[candidate.end] == "个" and measure.end > candidate.end + 1:
        # 32个点: what begins like 个点 of an index is the classifier and its noun.
        measure = look.measure = units.Measure(lexicon.units.words["个"], candidate.end + 1)
    elif refused:
        return Refusal(candidate.start, candidate.end, *refused)
    number = read_number(look)
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
    # 羊肉三十五块一斤: with what it is per it is money, whatever stands beside it
    spelling = unit.name if measure.per else text[candidate.end : measure.end].strip()
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


def _clause(look: Look) -> str:
    """The clause before the numeral, up to 26 characters of it."""
    return _told().mark.split(look.before(26))[-1]


def _things(look: Look, end: int) -> bool:
    """Whether a spoken word for 元 counts what the phrase behind it names: 42万块光伏板, 20块新展板; not 300块房租."""
    nouns = look.lexicon.kinds.pairs.get(look.text[look.end : end])
    if nouns is None:
        return False
    for word in rightwards(look.text, end, min(look.finish, end + 8), look.lexicon):
        if nouns.ending(look.text, word.end, end):
            return True
        if not word.marks & NOUN or word.marks & VERB:
            return False
    return False


def _minutes(look: Look, end: int) -> bool:
    """Whether 分 is short for minutes: before seconds, or behind a word that says how long."""
    if _told().seconds.match(look.text, end, look.finish):
        return True
    at = _told().long.search(look.text, max(look.begin, look.start - 4), look.start)
    where = at.start() if at else look.start
    return look.lexicon.durations.ending(look.text, where, look.begin) is not None


def _moves_in_rank(look: Look) -> bool:
    """Whether a 位 is a place of a ranking: 排名提升4位."""
    before = look.before(4).removesuffix("了")
    return any(before.endswith(word) for word in look.lexicon.sets.rank_moves)


def _below_zero(look: Look) -> bool:
    """Whether 零下 or 负 stands before the number; not 减负, 肩负 and other words that end with 负."""
    if look.left[-1:] not in _known().sign_endings:
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
    unit = _PERCENT if head == "百" else _PERMILLE if head == "千" else FRACTION
    if _below_zero(look):
        number = negative(number)
    return Draft(look.start, look.end, look.numeral, number, unit, "", "share")
