"""Reads the unit or classifier that follows a numeral.

The units are data (``lexicon/units.toml``). This module finds the longest one at a position, under the conditions
that the file states, and knows the few forms that are built and not listed: a bracket that belongs to the
classifier (人(次), 头(只)) and money per something (5元/斤).
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.patterns import patterns, word_lists
from extractor.lexicon.words import Lexicon, Unit
from extractor.matching import compiled
from extractor.numerals import numbers
from extractor.numerals.scan import NUMERAL_CHARS

_LATIN = compiled(r"[A-Za-z]")
_ROUND = 3  # digits of what a rate is per: 元/50公斤, 人/百亿元


class Measure(NamedTuple):
    """The unit behind a numeral, where it ends in the text, and what the amount is per (5元/斤 -> 斤)."""

    unit: Unit
    end: int
    per: str = ""


class Patterns(NamedTuple):
    """The patterns of ``numerals.toml`` for this step, by name."""

    bracket: re.Pattern[str]
    slash: re.Pattern[str]
    each_behind: re.Pattern[str]
    how_many: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``numerals.toml`` for this step, by name."""

    numbered: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("units"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("units"))


def currency_before(text: str, begin: int, start: int, lexicon: Lexicon) -> tuple[Unit, int] | None:
    """The currency whose sign or name stands right before ``start``, and where it begins: HK$300, 台币8000元.

    >>> from extractor.lexicon.words import lexicon
    >>> unit, at = currency_before("售价HK$300", 0, 5, lexicon())
    >>> unit.name, at
    ('港元', 2)
    """
    if start > begin and text[start - 1] == " ":
        start -= 1
    found = lexicon.signs.ending(text, start, begin)
    if found is None:
        return None
    at = start - len(found[0])
    # 3000美元500元: the name belongs to the number before it.
    return None if at > begin and text[at - 1] in _known().numbered else (found[1], at)


def read(text: str, at: int, limit: int, lexicon: Lexicon) -> Measure | None:
    """The unit that starts at ``at`` of the folded text and ends by ``limit``, or None.

    >>> from extractor.lexicon.words import lexicon
    >>> read("3头(只)羊", 1, 6, lexicon()).unit.name
    '头(只)'
    >>> read("人民", 0, 2, lexicon()) is None
    True
    """
    units = lexicon.units
    if at < limit and text[at] == " ":
        at += 1  # a blank is left only before Latin units: 5 km
        if at >= limit or not (text[at].isascii() or text[at] == "℃"):
            return None
    found = units.starting(text, at, limit)
    while found is not None:
        word, unit = found
        end = at + len(word)
        if unit.not_before and text.startswith(unit.not_before, end):
            found = units.starting(text, at, end - 1)
            continue
        if _LATIN.match(word[-1]) and end < len(text) and _LATIN.match(text[end]):
            found = units.starting(text, at, end - 1)
            continue
        break
    if found is None:
        return None
    if text.startswith("(", end):
        bracket = _told().bracket.match(text, end, limit)
        if bracket:
            joined = units.words.get(word + bracket[1])
            name = f"{unit.name}({bracket[1]})"
            return Measure(joined or unit._replace(name=name), bracket.end())
    elif unit.group == "currency" and (each := _told().each_behind.match(text, end, limit)):
        return Measure(unit, end, each[1])
    elif text.startswith("/", end) and (slash := _told().slash.match(text, end, limit)):
        return _per_unit(text, word, unit, slash.end(), limit, lexicon) or Measure(unit, end)
    return Measure(unit, end)


def meant(measure: Measure, clause: str, numeral: str) -> Measure:
    """The unit in the sense that its number and the words of the clause before it tell: 每股盈利18.2分 is money."""
    unit = measure.unit
    for other in unit.also:
        told = any(word in clause for word in other.get("needs", ())) and _below(
            numeral, other.get("below", 0)
        )
        if told or any(scale in numeral for scale in other.get("scales", ())):
            sense = unit._replace(
                name=other.get("name", unit.name),
                kind=other["kind"],
                group=other.get("class", unit.group),
                series=other.get("series", ""),
                size=other.get("size", 0),
                weak=False,
            )
            return measure._replace(unit=sense)
    return measure


def _below(numeral: str, bound: int) -> bool:
    """Whether a number lies below a bound, 0 for none: ten 分 of land are a 亩."""
    if not bound:
        return True
    try:
        value = numbers.parse(numeral).value
    except ValueError:
        return False
    return value is not None and value < bound


def each_behind(text: str, at: int, limit: int) -> str:
    """What a price is per that ends at ``at``: 斤 of 三块二一斤, "" if nothing tells it."""
    each = _told().each_behind.match(text, at, limit)
    return each[1] if each else ""


def _per_unit(text: str, word: str, unit: Unit, at: int, limit: int, lexicon: Lexicon) -> Measure | None:
    """A unit per another behind a slash: 5元/斤 (with what it is per), 8000辆/日, 0.5人/百亿元 (units of their own)."""
    many = _told().how_many.match(text, at, limit)
    number = many.group() if many else ""
    other = lexicon.units.starting(text, at, limit)
    if other:
        number = ""
    else:
        other = lexicon.units.starting(text, at + len(number), limit)
    noun = None if other else lexicon.nouns.starting(text, at + len(number), limit)
    if (not other and not noun) or len(number.strip("0十百千万亿")) > _ROUND:
        return None  # 608万千瓦/1265万千瓦时: two amounts
    written, name = (other[0], other[1].name) if other else (noun[0], noun[0]) if noun else ("", "")
    end = at + len(number) + len(written)
    if written in NUMERAL_CHARS and end < limit and text[end] in NUMERAL_CHARS:
        return None  # 5元/两万三: a number of its own, no unit 两
    small = next((a for a in unit.also if a["kind"] == "money"), None)
    if unit.group == "currency" or (small and other and other[1].kind != "duration"):
        money = (
            unit if unit.group == "currency" else unit._replace(kind="money", group="currency", weak=False)
        )
        return Measure(money, end, number + name)
    kind = unit.kind
    if other and kind in ("mass", "scale") and other[1].kind in ("volume", "mass"):
        kind = "scale"  # a concentration
    return Measure(Unit(f"{unit.name}/{number}{name}", kind, unit.group), end)
