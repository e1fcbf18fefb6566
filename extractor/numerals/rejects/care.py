"""Units that count only where their neighbourhood speaks of such readings: 度, 分, 点, 级, 里."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import NamedTuple

from extractor.lexicon.patterns import patterns, word_lists
from extractor.numerals.rejects.look import Look


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    measured: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``rejects.toml`` for this module, by name."""

    dimensions: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("care"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("care"))


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
        and look.beyond(1) not in _known().dimensions
    ):
        return "idiom", "idiom.weak_unit"
    return None
