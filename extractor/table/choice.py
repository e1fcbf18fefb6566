"""Choosing figures: by kind, unit, qualifier, item, subject, size, confidence or an expression; and putting them in
order.

A figure is kept if it passes every test that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING

from extractor.model import Figure, Value

if TYPE_CHECKING:
    from regex import Pattern

PATIENCE = 1.0
"""Seconds that a pattern may take for one item or subject."""


class ChoiceError(ValueError):
    """It cannot be told whether a figure is to be kept; the message says why and what helps."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound with a unit, 100公顷: its value in the base unit, and how many of that the units of its dimension are."""

    value: Fraction
    sizes: Mapping[str, Fraction]

    def of(self, number: Value | None, unit: str) -> Fraction | None:
        """A figure's number in the base unit, None where it is in no unit of this dimension."""
        if number is None or unit not in self.sizes:
            return None
        return Fraction(repr(number)) * self.sizes[unit]


@dataclass(frozen=True, slots=True)
class Choice:
    """What to keep. An empty set or ``None`` asks for nothing.

    ``smallest`` and ``largest`` bound the value; of a range both ends must lie within. Figures of which
    that cannot be told (an open range) are left out; so are those of another dimension
    where the bound has a unit. ``item`` and ``subject`` are patterns of ``regex``, which can
    be given up on: a user's pattern may take for ever. They are searched for in the column of their name.
    ``confidence`` is the least that a figure must have.
    """

    kinds: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    qualifiers: frozenset[str] = frozenset()
    item: Pattern[str] | None = None
    subject: Pattern[str] | None = None
    smallest: Value | Bound | None = None
    largest: Value | Bound | None = None
    confidence: float | None = None
    where: Callable[[Figure], bool] | None = None

    @property
    def everything(self) -> bool:
        """Whether no figure is left out."""
        return all(not getattr(self, f.name) and getattr(self, f.name) != 0 for f in fields(self))

    def keeps(self, figure: Figure) -> bool:
        """Whether the figure is kept. Raises ``ChoiceError`` if a pattern takes too long."""
        low = figure.low if figure.value is None else figure.value
        high = figure.high if figure.value is None else figure.value
        return (
            (not self.kinds or figure.kind in self.kinds)
            and (not self.units or figure.unit in self.units)
            and (not self.qualifiers or figure.qualifier in self.qualifiers)
            and (self.confidence is None or figure.confidence >= self.confidence)
            and (self.item is None or fits(self.item, "item", figure.item))
            and (self.subject is None or fits(self.subject, "subject", figure.subject))
            and (self.smallest is None or _reaches(low, figure.unit, self.smallest))
            and (self.largest is None or _within(high, figure.unit, self.largest))
            and (self.where is None or self.where(figure))
        )

    def chosen(self, figures: Sequence[Figure]) -> Sequence[Figure]:
        """Those that are kept. Raises ``ChoiceError``."""
        return figures if self.everything else tuple(filter(self.keeps, figures))


def _reaches(low: Value | None, unit: str, bound: Value | Bound) -> bool:
    if isinstance(bound, Bound):
        number = bound.of(low, unit)
        return number is not None and number >= bound.value
    return low is not None and low >= bound


def _within(high: Value | None, unit: str, bound: Value | Bound) -> bool:
    if isinstance(bound, Bound):
        number = bound.of(high, unit)
        return number is not None and number <= bound.value
    return high is not None and high <= bound


def fits(pattern: Pattern[str], column: str, text: str) -> bool:
    """Whether the pattern is found in the text of a column."""
    try:
        return pattern.search(text, timeout=PATIENCE) is not None
    except TimeoutError:
        raise ChoiceError(
            f"{pattern.pattern!r} takes more than {PATIENCE:g} second for the {column} {text!r}; "
            "write it without a repetition inside a repetition"
        ) from None


def in_order(figures: Iterable[Figure], keys: Sequence[str]) -> list[Figure]:
    """The figures sorted by columns, the first key first; ``-value`` is downwards, absent numbers always
    come last.

    Text is sorted by code points, which is the same everywhere. Equals keep their order.
    """
    ordered = list(figures)
    for key in reversed(keys):
        name, down = key.removeprefix("-"), key.startswith("-")
        present = [figure for figure in ordered if getattr(figure, name) is not None]
        absent = [figure for figure in ordered if getattr(figure, name) is None]
        present.sort(key=lambda figure: getattr(figure, name), reverse=down)
        ordered = present + absent
    return ordered
