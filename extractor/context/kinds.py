"""What sort of figure it is: the kinds of section 6 of FIGURES.md, from the unit and the item.

The words are data (``lexicon/kinds.toml``); the order in which they decide is told at the top of that file.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from extractor.lexicon import patterns as data
from extractor.lexicon.words import Lexicon, Unit
from extractor.matching import compiled
from extractor.numerals.drafts import Draft

_NO_THINGS = frozenset(
    ("cadres", "party_members", "people", "projects", "organisations", "places", "households")
)
_PERSONS = frozenset(("cadres", "party_members", "people"))
_BRACKETED = compiled(r"\([^()]*\)?$")  # 县(市、区)
_EDGE = "()[]【】《》"


class _Known(NamedTuple):
    """The short lists of ``lists.toml``, by name."""

    herds: tuple[str, ...]
    houses: tuple[str, ...]


@functools.cache
def _known() -> _Known:
    return _Known(**data.word_lists("kinds"))


@functools.cache
def _among() -> re.Pattern[str]:
    return data.patterns("kinds")["among"]


@functools.cache
def _joint() -> re.Pattern[str]:
    return data.patterns("kinds")["joint"]


def kind_of(unit: Unit, spelling: str, item: str, lexicon: Lexicon) -> tuple[str, str]:
    """The kind of a figure and its unit's name. ``item`` is folded, without quotation marks; both may be "".

    >>> from extractor.lexicon.words import lexicon
    >>> words = lexicon()
    >>> kind_of(words.units.words["名"], "名", "驻村第一书记", words)
    ('cadres', '人')
    >>> kind_of(words.units.words["亩"], "亩", "草场", words)
    ('area', '亩')
    """
    kinds = lexicon.kinds
    parts = [part for part in _joint().split(item) if part]
    parts.reverse()
    for name in (spelling, unit.name):
        pair = kinds.pairs.get(name)
        if pair:
            for part in parts:
                found = pair.ending(part, len(part))
                if found:
                    kind, renamed = found[1]
                    return kind, renamed or unit.name
    if unit.kind == "ratio":
        return "ratio", unit.name
    for kind, pattern in kinds.anywhere.get(unit.name, ()):
        if any(found[1] for found in pattern.finditer(item)):
            return kind, unit.name
    if unit.name in _known().herds:
        return "livestock", unit.name
    if unit.kind:
        for other in unit.also:
            if any(noun in item for noun in other.get("nouns", ())):
                return other["kind"], other.get("name", unit.name)
        return unit.kind, unit.name
    if unit.group == "noun" and unit.name in kinds.units:
        return kinds.units[unit.name], unit.name  # 六村群众: the villages, whatever is told of them
    for part in [item, *parts] if len(parts) > 1 else parts:
        part = _BRACKETED.sub("", part).rstrip(_EDGE)
        end = kinds.ends.ending(part, len(part))
        while end and not (unit.name in end[1][1] or "*" in end[1][1]):
            end = kinds.ends.ending(part, len(part), len(part) - len(end[0]) + 1)
        if end:
            kind = end[1][0]
            if kind in _NO_THINGS and unit.name in lexicon.sets.thing_units:
                return "items", unit.name
            # 7家行业党委班子成员 counts the bodies.
            return "organisations" if unit.name in _known().houses and kind in _PERSONS else kind, unit.name
    if item and unit.name in kinds.with_item:
        return kinds.with_item[unit.name], unit.name
    return kinds.units.get(unit.name, "items"), unit.name


def of_the_same(text: str, earlier: Mapping[str, Draft], figure: Draft) -> str:
    """The kind of a count that names nothing, from the figure before it that counts in the same unit; "" if none does.

    ``earlier`` holds for each unit the last figure of the sentence that names what it counts. Persons can be counted
    on by 个: 276名村医里头走了的有11个.
    """
    if figure.unit_name in earlier:
        return earlier[figure.unit_name].kind
    persons = earlier.get("人") if figure.unit_name == "个" else None
    if persons and _among().match(
        text, max(persons.end, persons.item[1] if persons.item else 0), figure.start
    ):
        return persons.kind
    return ""
