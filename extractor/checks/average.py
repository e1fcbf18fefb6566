"""average: a total divided by a number, told with 人均, 户均, 亩均, 平均每.

120户增收60万元，户均增收5000元          60万 / 120
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extractor.checks.claims import Claim
from extractor.checks.passage import Passage
from extractor.checks.quantities import divide
from extractor.checks.rates import rates


def find(passage: Passage) -> Iterator[Claim]:
    """The claims of this relation in a passage."""
    for found in rates(passage):
        if found.mean and found.words[0] != "亩产":
            yield Claim(
                "average", found.rate, (found.total, found.number), divide, " / ", found.words, found.strong,
                cut=True, factors=(1 / found.factor, Fraction(1)),
            )  # fmt: skip
