"""Reads the unit or classifier that follows a numeral.

The units are data (``lexicon/units.toml``). This module finds the longest one at a position, under the conditions
that the file states, and knows the few forms that are built and not listed: a bracket that belongs to the
classifier (人(次), 头(只)) and money per something (5元/斤).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.lexicon.words import Lexicon, Unit

_BRACKET = re.compile(r"\(([次只口户人套个份期场头件处张台批家册本株棵])\)")
_SLASH = re.compile(r"/(?:每)?([\u4e00-\u9fff]{1,3}|kg|km|m)")
_LATIN = re.compile(r"[A-Za-z]")


class Measure(NamedTuple):
    """The unit behind a numeral, where it ends in the text, and what the amount is per (5元/斤 -> 斤)."""

    unit: Unit
    end: int
    per: str = ""


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
        bracket = _BRACKET.match(text, end, limit)
        if bracket:
            joined = units.words.get(word + bracket[1])
            name = f"{unit.name}({bracket[1]})"
            return Measure(joined or unit._replace(name=name), bracket.end())
    elif unit.group == "currency" and text.startswith("/", end):
        slash = _SLASH.match(text, end, limit)
        if slash:
            other = units.starting(slash[1], 0)
            per, length = (other[1].name, len(other[0])) if other else (slash[1][:1], 1)
            return Measure(unit, slash.start(1) + length, per)
    return Measure(unit, end)
