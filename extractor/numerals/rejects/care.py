"""Units that count only where their neighbourhood speaks of such readings: 度, 分, 点, 级, 里."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import NamedTuple

from extractor.lexicon.patterns import patterns, word_lists
from extractor.lexicon.phrases import STOPS
from extractor.lexicon.words import VERB
from extractor.numerals.rejects.look import Look


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    measured: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``rejects.toml`` for this module, by name."""

    dimensions: tuple[str, ...]
    leaves: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("care"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("care"))


def _is_mark(numeral: str) -> bool:
    """Whether a number of 分 is too large to be minutes: 132分."""
    return numeral.replace(".", "", 1).isdecimal() and float(numeral) > 60


def _behind_verb(look: Look) -> bool:
    """Whether a small length ends its clause behind a verb: 间距留两尺."""
    assert look.measure
    behind = look.beyond(1)
    if look.measure.unit.kind != "length" or (behind and behind not in STOPS):
        return False
    last = look.lexicon.words.ending(look.text, look.start, look.begin)
    return bool(last and last[1] & VERB) or look.before(1) in _known().leaves


def weak(look: Look, known: Collection[str] = ()) -> tuple[str, str] | None:
    """A weak unit (度, 分, 点, 级 …) counts only where its neighbourhood speaks of such readings.

    ``known`` are the units of the figures before it in the sentence.
    """
    assert look.measure
    unit = look.measure.unit
    if not unit.weak or unit.name in known:
        return None
    if unit.needs:
        clause = look.before(26) + look.beyond(6)
        if unit.name == "分" and look.arabic and _is_mark(look.numeral):
            return None
        if not any(word in clause for word in unit.needs):
            return (
                "code" if look.arabic else "idiom"
            ), "code.weak_unit" if look.arabic else "idiom.weak_unit"
    elif (
        not look.arabic
        and len(look.numeral) == 1
        and unit.group == "measure"
        and unit.name not in ("%", "折", "番")
        and not _told().measured.search(look.before(2))
        and not _behind_verb(look)
        and look.beyond(1) not in _known().dimensions
    ):
        return "idiom", "idiom.weak_unit"
    return None
