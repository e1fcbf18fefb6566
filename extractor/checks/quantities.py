"""Numbers with the precision to which they are written, and exact interval arithmetic on them.

A figure becomes two intervals. The near one holds what the wording says in good faith: the bounds of the
table, half a unit of the last written digit to each side, a twentieth for 约. The far one holds all that the
wording allows, with open sides where the table has them. What meets the near one agrees within the
precision, what misses the far one disagrees, and in between the wording leaves it open.

All arithmetic is on fractions, so no rounding of ours comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from extractor.matching import compiled
from extractor.model import Figure

MEASURED = frozenset({
    "money", "ratio", "area", "length", "mass", "volume", "energy", "power", "temperature", "speed", "data",
    "scale", "duration", "age",
})  # fmt: skip
"""Kinds that may be rounded to the unit; all others are counts, exact where every digit is written."""

_ARABIC = compiled(r"([0-9０-９][0-9０-９,，]*)(?:[.．]([0-9０-９]+))?([十百千万亿萬億]*)")
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ABOUT_NEAR = Fraction(1, 20)
_ABOUT_FAR = Fraction(3, 10)
_BOUND_NEAR = Fraction(1, 10)
_SMALL_FRACTIONS = 12  # 三分之二 is said of what is near it; 百分之 is not


class Interval(NamedTuple):
    """A closed interval; ``None`` where a side is open."""

    low: Fraction | None
    high: Fraction | None

    def meets(self, other: Interval) -> bool:
        """Whether the two have a point in common.

        >>> Interval(Fraction(1), Fraction(2)).meets(Interval(Fraction(2), None))
        True
        """
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated (``None`` for a range), what it may be, and the step of its last written digit.

    ``plain`` tells that it is stated without 余, 近, 约 and the like.
    """

    stated: Fraction | None
    near: Interval
    far: Interval
    step: Fraction
    plain: bool


def quantity(figure: Figure, factor: Fraction = Fraction(1)) -> Quantity:
    """The quantity of a figure, in a unit ``factor`` times as small.

    >>> from extractor import extract_text
    >>> def near(text):
    ...     return [str(bound) for bound in quantity(extract_text(text)[0]).near]
    >>> near("投资18.5亿元。"), near("选派82名干部。"), near("创收60余万元。")
    (['1845000000', '1855000000'], ['82', '82'], ['600000', '700000'])
    """
    step = written_step(figure)
    half = step / 2 if step > 1 or figure.kind in MEASURED else Fraction(0)
    value, low, high = (
        None if v is None else Fraction(str(v)) for v in (figure.value, figure.low, figure.high)
    )
    fraction = _as_fraction(figure)
    if fraction is not None:
        near = far = Interval(fraction * (1 - _ABOUT_NEAR), fraction * (1 + _ABOUT_NEAR))
        value = fraction
    elif figure.qualifier == "exact" and value is not None:
        near = far = Interval(value - half, value + half)
    elif figure.qualifier == "about" and value is not None and low is None:
        near = Interval(value * (1 - _ABOUT_NEAR) - half, value * (1 + _ABOUT_NEAR) + half)
        far = Interval(value * (1 - _ABOUT_FAR) - half, value * (1 + _ABOUT_FAR) + half)
    else:
        closed = low is not None and high is not None
        wide = Fraction(0) if closed else half
        far = Interval(None if low is None else low - wide, None if high is None else high + wide)
        near = Interval(
            far.low if far.low is not None else (high or Fraction(0)) * (1 - _BOUND_NEAR),
            far.high if far.high is not None else (low or Fraction(0)) * (1 + _BOUND_NEAR),
        )
    return Quantity(
        None if value is None else value * factor,
        _scaled(near, factor),
        _scaled(far, factor),
        step * factor,
        figure.qualifier == "exact" and fraction is None,
    )


def written_step(figure: Figure) -> Fraction:
    """One unit of the last written digit, in the unit of the figure.

    >>> from extractor import extract_text
    >>> [str(written_step(extract_text(text)[0])) for text in ("投资18.5亿元。", "选派82名干部。")]
    ['10000000', '1']
    """
    match = _ARABIC.match(figure.text)
    if match:
        step = Fraction(1, 10 ** len(match[2] or ""))
        for sign in match[3] or "":
            step *= _MULTIPLIERS[sign]
        tail = figure.text[match.end() :]
        if tail[:1] == "成":
            step *= 10
        return step
    value = figure.value if figure.value is not None else figure.low
    if figure.unit == "%":
        return Fraction(10) if "成" in figure.text else Fraction(1)
    if value is None or value == 0:
        return Fraction(1)
    exact = Fraction(str(value))
    step = Fraction(1)
    while exact % step:
        step /= 10
    while not exact % (step * 10):
        step *= 10
    return step


def is_fraction(figure: Figure) -> bool:
    """Whether a figure is a part of one: 一半, 三分之二. They have no unit, and 百分之 has one."""
    return figure.unit == "" and ("分之" in figure.text or figure.text.endswith("半"))


def _as_fraction(figure: Figure) -> Fraction | None:
    """一半 and 三分之二 as what they are; they are said of what is near them, too."""
    if not is_fraction(figure) or figure.value is None or figure.qualifier != "exact":
        return None
    return Fraction(str(figure.value)).limit_denominator(_SMALL_FRACTIONS)


def _scaled(interval: Interval, factor: Fraction) -> Interval:
    low, high = interval
    return Interval(None if low is None else low * factor, None if high is None else high * factor)


# --- formulas: each takes intervals and gives one; a point is an interval whose sides are equal ---

Formula = Callable[[Sequence[Interval]], Interval]
_ONE = Interval(Fraction(1), Fraction(1))


def add(parts: Sequence[Interval]) -> Interval:
    """The sum of all."""
    lows = [part.low for part in parts]
    highs = [part.high for part in parts]
    return Interval(
        None if None in lows else sum((low for low in lows if low is not None), Fraction(0)),
        None if None in highs else sum((high for high in highs if high is not None), Fraction(0)),
    )


def subtract(parts: Sequence[Interval]) -> Interval:
    """The first less all others."""
    return add([parts[0], *(Interval(_minus(part.high), _minus(part.low)) for part in parts[1:])])


def multiply(parts: Sequence[Interval]) -> Interval:
    """The product of two that are not negative."""
    first, second = map(_positive, parts)
    high = None if first.high is None or second.high is None else first.high * second.high
    return Interval((first.low or Fraction(0)) * (second.low or Fraction(0)), high)


def divide(parts: Sequence[Interval]) -> Interval:
    """The quotient of two that are not negative."""
    first, second = map(_positive, parts)
    low = Fraction(0) if second.high is None or not second.high else (first.low or Fraction(0)) / second.high
    high = None if first.high is None or not second.low else first.high / second.low
    return Interval(low, high)


def percent(parts: Sequence[Interval]) -> Interval:
    """The first as a percentage of the second."""
    return _scaled(divide(parts), Fraction(100))


def growth(parts: Sequence[Interval]) -> Interval:
    """The rise from the first to the second, as a percentage of the first."""
    quotient = divide([parts[1], parts[0]])
    return _scaled(subtract([quotient, _ONE]), Fraction(100))


def growth_times(parts: Sequence[Interval]) -> Interval:
    """The rise from the first to the second, as so many times the first: 1.2倍."""
    return subtract([divide([parts[1], parts[0]]), _ONE])


def shrinkage(parts: Sequence[Interval]) -> Interval:
    """The fall from the first to the second, as a percentage of the first."""
    quotient = divide([parts[1], parts[0]])
    return _scaled(subtract([_ONE, quotient]), Fraction(100))


def growth_by_rise(parts: Sequence[Interval]) -> Interval:
    """A rise and the level reached by it: the rise as a percentage of the level before."""
    return percent([parts[0], subtract([parts[1], parts[0]])])


def growth_by_fall(parts: Sequence[Interval]) -> Interval:
    """A fall and the level reached by it: the fall as a percentage of the level before."""
    return percent([parts[0], add([parts[1], parts[0]])])


def _positive(interval: Interval) -> Interval:
    return Interval(max(Fraction(0), interval.low or Fraction(0)), interval.high)


def _minus(bound: Fraction | None) -> Fraction | None:
    return None if bound is None else -bound
