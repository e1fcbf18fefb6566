"""The share of right rows, from rows that were checked: Wilson's interval, weighted where rows stand for several.

The interval is that of E. B. Wilson (1927), which keeps its promise near 0 and 1, where the error rates of a table
are. Where rows have different weights, the number of rows is the effective one of Kish, (Σw)² / Σw².
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

Z = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""


class Estimate(NamedTuple):
    """How many of the checked rows are right, the share of the whole that follows, and its bounds at 95 %."""

    right: int
    checked: int
    share: float
    low: float
    high: float

    def __str__(self) -> str:
        counts = f"{self.right:,} of {self.checked:,}"
        if not self.checked:
            return counts
        if self.right == self.checked:
            return f"{counts} (≥ {self.low:.0%})"
        if not self.right:
            return f"{counts} (≤ {self.high:.0%})"
        return f"{counts} ({self.share:.0%}, between {self.low:.0%} and {self.high:.0%})"


def estimate(marks: Iterable[tuple[bool, float]]) -> Estimate:
    """The estimate from checked rows: whether each is right, and how many rows it stands for.

    >>> str(estimate([(True, 1)] * 60)), str(estimate([(True, 4)] * 54 + [(False, 4)] * 6))
    ('60 of 60 (≥ 94%)', '54 of 60 (90%, between 80% and 95%)')
    """
    right = checked = 0
    total = square = hits = 0.0
    for is_right, weight in marks:
        checked += 1
        right += is_right
        hits += weight * is_right
        total += weight
        square += weight * weight
    if not checked:
        return Estimate(0, 0, 0.0, 0.0, 1.0)
    share = hits / total
    return Estimate(right, checked, share, *wilson(share, total * total / square))


def wilson(share: float, number: float) -> tuple[float, float]:
    """Wilson's bounds of a share that was found among ``number``.

    >>> [round(bound, 3) for bound in wilson(0.9, 60)]
    [0.799, 0.953]
    """
    around = Z * Z / number
    centre = (share + around / 2) / (1 + around)
    reach = Z * math.sqrt(share * (1 - share) / number + around / number / 4) / (1 + around)
    return max(0.0, centre - reach), min(1.0, centre + reach)
