"""product: a rate times a number is the total.

For example:

    764人每人分得1.5万元，总额1146万元       764 × 1.5万
    种植200亩，亩产600斤，总产量12万斤       200 × 600
    售出2000斤，每斤5元，总收入1万元         2000 × 5
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extractor.checks.claims import Claim
from extractor.checks.passage import Passage
from extractor.checks.quantities import multiply
from extractor.checks.rates import rates


def find(passage: Passage) -> Iterator[Claim]:
    """The claims of this relation in a passage."""
    for found in rates(passage):
        if not found.mean or found.words[0] == "亩产":
            yield Claim(
                "product", found.total, (found.number, found.rate), multiply, " × ", found.words,
                found.strong,
                factors=(Fraction(1), found.factor), unrounded=found.allotted,
            )  # fmt: skip
