"""Units that count only where their neighbourhood speaks of such readings: 度, 分, 点, 级, 里."""

from __future__ import annotations

import re
from collections.abc import Collection

from extractor.numerals.rejects.look import Look

_DIMENSIONS = frozenset("厚高长宽深粗重")
_MEASURED = re.compile("[长高宽深重厚有足约共仅卖买切称打剩还达]$")


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
        and not _MEASURED.search(look.before(2))
        and look.beyond(1) not in _DIMENSIONS
    ):
        return "idiom", "idiom.weak_unit"
    return None
