"""What a rate is per: 每户, 人均, 亩产, 一年, 单台, from the clause before the number.

The words are data (``lexicon/rates.toml``); patterns are made of them when the first rate is asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from re import Pattern
from typing import Any, NamedTuple

from extractor.lexicon import patterns as data
from extractor.lexicon.phrases import clause_start
from extractor.lexicon.words import Lexicon
from extractor.matching import compiled


class Patterns(NamedTuple):
    """The patterns of ``rates.toml`` that no list of words enters, by name."""

    each: Pattern[str]
    closed: Pattern[str]
    two_of: Pattern[str]
    many: Pattern[str]
    leads_on: Pattern[str]
    over_time: Pattern[str]
    hint: Pattern[str]
    attribute: Pattern[str]
    one_holds: Pattern[str]
    one_thing: Pattern[str]


class Known(NamedTuple):
    """The short lists of ``rates.toml``, by name."""

    times: tuple[str, ...]
    carried: tuple[str, ...]
    multiples: tuple[str, ...]
    weights: tuple[str, ...]
    classifiers: tuple[str, ...]


class _PatternsOfWords(NamedTuple):
    """The patterns made of a lexicon's ``data``; the group that matches holds what the number is per."""

    data: Mapping[str, Any]
    one: Pattern[str]
    word: Pattern[str]
    units: Mapping[str, str]
    bases: tuple[tuple[str, str], ...]


_latest: _PatternsOfWords | None = None


@functools.cache
def patterns() -> Patterns:
    """The patterns of rates."""
    return Patterns(**data.patterns("rates"))


@functools.cache
def known() -> Known:
    """The short lists of words of rates."""
    return Known(**data.word_lists("rates"))


def _of_words(lexicon: Lexicon) -> _PatternsOfWords:
    """The patterns of a lexicon; those used last are kept."""
    global _latest
    latest = _latest
    if latest is None or latest.data is not lexicon.data:
        builds = {entry["name"]: entry["pattern"] for entry in lexicon.data["rate_form"]}
        forms: dict[str, list[str]] = {}
        for entry in lexicon.data.get("rate", ()):
            forms.setdefault(entry["form"], []).append(_pattern(entry, builds[entry["form"]]))
        words = [pattern for form, made in forms.items() if form != "one" for pattern in made]
        latest = _latest = _PatternsOfWords(
            lexicon.data,
            compiled("|".join(forms.get("one", ["(?!)"]))),
            compiled("|".join(words or ["(?!)"])),
            lexicon.data.get("rate_unit", {}),
            tuple((word, entry["base"]) for entry in lexicon.data["rate_base"] for word in entry["words"]),
        )
    return latest


def _pattern(entry: Mapping[str, Any], form: str) -> str:
    """The pattern of an entry of ``rates.toml``, whose head tells the conditions."""
    parts = {
        "{word}": f"({'|'.join(entry['words'])})",
        "{before}": f"(?<![{entry['not_after']}])" if "not_after" in entry else "",
        "{behind}": f"(?![{entry['not_before']}])" if "not_before" in entry else "",
        "{only}": f"(?=[{entry['only_before']}])" if "only_before" in entry else "",
    }
    for name, part in parts.items():
        form = form.replace(name, part)
    return form


def leads_on(between: str) -> bool:
    """Whether the words between two figures only lead on to what the rate reached: 突破2000美元，达到2150美元."""
    return patterns().leads_on.match(between) is not None


def closed(text: str, begin: int, start: int) -> bool:
    """Whether a rate with its number, told from ``begin`` on, is an attribute that ends before ``start``: 每亩85元的价格."""
    return patterns().closed.search(text, begin, start) is not None


def find(text: str, begin: int, low: int, start: int, lexicon: Lexicon, change: bool = False) -> str:
    """What a rate is per, from the clause before the number: 每户, 人均, 年产, 一年.

    A ratio that states a ``change`` is measured over a time and not per time: 一周上涨2.4%.
    """
    clause = clause_start(text, begin, start)
    each = list(patterns().each.finditer(text, clause, start))
    if each and not closed(text, each[-1].start(), start):
        if change and each[-1].start() < low:
            return ""  # 每周至少吃3次的占九成: a share is not told by the rate of another figure
        # Of several the nearest (每周5天、每天2小时); two that stand together (每户每年) match once.
        per = _each(each[-1]["per"], lexicon)
        return per if not change or per in known().times else ""
    if change:
        over_time = patterns().over_time.search(text, max(clause, low), start)  # 年均增长5%
        return over_time[1] if over_time else ""
    if not patterns().hint.search(text, max(clause, low), start):
        return ""
    made = _of_words(lexicon)
    told, times = patterns(), known().times
    one = made.one.search(text, max(clause, low), start)
    base = str(one[one.lastindex or 0]) if one else ""
    if one and not (base not in times and told.attribute.match(text, start)):
        # 一座灯塔一年要耗电: of two that stand together the first.
        thing = told.one_thing.search(text, max(clause, low), one.start()) if base in times else None
        return made.units.get(base, base) if thing is None else thing[1]
    holds = told.one_holds.search(text, max(clause, low), start)
    if holds and not told.attribute.match(text, start):
        return holds[1]
    word = made.word.search(text, max(clause, low), start)
    return str(word[word.lastindex or 0]) if word else ""


def _each(wording: str, lexicon: Lexicon) -> str:
    """The unit or noun behind 每, with its number where it has one: 户, 公斤, 书屋 (of 个书屋), 半年, 千人, 10万人."""
    measured = lexicon.units.starting(wording, 0)
    many = patterns().many.match(wording)
    weighed = measured and (
        measured[0][0] in known().multiples
        or (measured[0] in known().weights and not patterns().two_of.match(wording))
    )
    number = many.group() if many and not weighed else ""
    # 千瓦时, 两: units
    base = _base(wording[len(number) :], lexicon)
    return number + base if base else ""


def _base(wording: str, lexicon: Lexicon) -> str:
    """The unit or noun that a rate is per, without its number."""
    made = _of_words(lexicon)
    opening = next((base for word, base in made.bases if wording.startswith(word)), "")
    if opening:
        return opening
    found = lexicon.units.starting(wording, 0)
    if wording.startswith(known().classifiers):
        noun = lexicon.nouns.starting(wording, 1)
        if noun and noun[1] in ("people", "cadres", "party_members"):
            return "人"
        if noun and (len(noun[0]) > 1 or wording[0] == "个"):  # 每所县财政补助: per 所
            return noun[0]
    if found:
        word, unit = found
        return made.units.get(word, "人" if unit.name == "人" else word.removeprefix("个") or word)
    noun = lexicon.nouns.starting(wording, 0)
    if noun:
        return noun[0]
    # 每生每天: whom or what the first counts is one character.
    return wording[0] if wording[1:2] == "每" else ""
