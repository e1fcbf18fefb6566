"""A value in the one unit of its dimension: 3公顷 and 45亩 become 30000 平方米.

The sizes are data (``lexicon/dimensions.toml``). The arithmetic is exact, with fractions; only the result is turned
into the nearest number, whole where it is whole. So 45亩 are 30000 平方米, and 10小时, which no decimal holds, come out as
the nearest one to 5/12 天. A unit without a dimension is its own: money stays in its currency, things in their
classifier. A unit of no certain size (月, 年, 加仑) has no base.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from fractions import Fraction

from extractor.lexicon.words import lexicon
from extractor.model import Value

_NONE: tuple[None, str] = (None, "")


def base(value: Value | None, unit: str) -> tuple[Value | None, str]:
    """The value in the base unit of the dimension of ``unit``, and that unit; (None, "") where there is no certain one.

    >>> base(3, "公顷"), base(45, "亩"), base(18, "小时")
    ((30000, '平方米'), (30000, '平方米'), (0.75, '天'))
    >>> base(82, "人"), base(18.5, "美元"), base(6, "月"), base(None, "亩")
    ((82, '人'), (18.5, '美元'), (None, ''), (None, ''))
    """
    if value is None:
        return _NONE
    found = size(unit)
    if found is None:
        return _NONE
    factor, name = found
    if factor == 1:
        return value, name
    return nearest(Fraction(repr(value)) * factor), name


def size(unit: str) -> tuple[Fraction, str] | None:
    """How many of which base unit a unit is; None where that is not certain. Bounds and filters use it as well.

    >>> size("亩")
    (Fraction(2000, 3), '平方米')
    >>> size("头"), size("年")
    ((Fraction(1, 1), '头'), None)
    """
    known = _sizes()
    return known[unit] if unit in known else (Fraction(1), unit)


def sizes_of(base_unit: str) -> Mapping[str, Fraction]:
    """The units of the dimension of a base unit, with their sizes in it.

    >>> sizes_of("平方米")["公顷"], sizes_of("头")
    (Fraction(10000, 1), {'头': Fraction(1, 1)})
    """
    found = {unit: known[0] for unit, known in _sizes().items() if known and known[1] == base_unit}
    return found or {base_unit: Fraction(1)}


def nearest(fraction: Fraction) -> Value | None:
    """The nearest number of 15 digits, which every format keeps (a spreadsheet has no more); None beyond a float.

    >>> nearest(Fraction(1730 * 2000, 3))
    1153333.33333333
    """
    if fraction.denominator == 1:
        return fraction.numerator
    try:
        return float(f"{float(fraction):.15g}")
    except OverflowError:
        return None


@functools.cache
def _sizes() -> Mapping[str, tuple[Fraction, str] | None]:
    sizes: dict[str, tuple[Fraction, str] | None] = {}
    for dimension in lexicon().data["base_unit"]:
        sizes.update({unit: None for unit in dimension.get("inexact", ())})
        sizes.update({unit: (Fraction(of), dimension["base"]) for unit, of in dimension["sizes"].items()})
    return sizes
