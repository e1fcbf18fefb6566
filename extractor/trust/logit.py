"""A conditional logit whose weights are drawn to those that are there, for some hundreds of rows.

In: choices, each with its candidates, their scores by the weights that are there, and which of them are right. Out: what is
to be added to the weights. Few rows move only what they must, for every change costs its square. It is plain Python, so
that learning needs no library; ``fitting/logit.py`` fits the package's own weights.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from extractor.context.evidence import Evidence
from extractor.context.ranking import probabilities

PRIOR = 4.0
"""What a change of 1 costs, twice over."""
LEAST = 3
"""In so many choices evidence must be seen."""
ROUNDS = 30
_NEGLIGIBLE = 0.002


class Option(NamedTuple):
    """A candidate: its evidence, its score by the weights that are there, and whether it is right."""

    evidence: Sequence[Evidence]
    score: float
    right: bool


def narrowed(options: Sequence[Option]) -> list[Option]:
    """The candidates that are right or at all likely."""
    shares = probabilities([option.score for option in options])
    return [one for one, share in zip(options, shares, strict=True) if one.right or share >= _NEGLIGIBLE]


def changes(choices: Sequence[Sequence[Option]]) -> dict[Evidence, float]:
    """What is to be added to the weights.

    >>> choice = [Option([("old",)], 1.0, False), Option([("new",)], 0.0, True)]
    >>> {piece[0]: weight > 0 for piece, weight in changes([choice] * 9).items()}
    {'new': True, 'old': False}
    """
    seen = Counter(piece for choice in choices for piece in {p for option in choice for p in option.evidence})
    kept = {piece for piece, count in seen.items() if count >= LEAST}
    found: dict[Evidence, float] = {piece: 0.0 for piece in sorted(kept)}
    pieces = [
        [[piece for piece in option.evidence if piece in kept] for option in choice] for choice in choices
    ]
    for _ in range(ROUNDS):
        slope: dict[Evidence, float] = defaultdict(float)
        bend: dict[Evidence, float] = defaultdict(float)
        for choice, known in zip(choices, pieces, strict=True):
            scores = [o.score + math.fsum([found[p] for p in k]) for o, k in zip(choice, known, strict=True)]
            shares = probabilities(scores)
            good = math.fsum([share for share, option in zip(shares, choice, strict=True) if option.right])
            for share, option, known_here in zip(shares, choice, known, strict=True):
                too_much = share - (share / good if option.right and good else 0.0)
                # An upper bound of the curvature: what shares change, for every piece that changes with this one.
                curve = 2 * share * (1 - share) * len(known_here)
                for piece in known_here:
                    slope[piece] += too_much
                    bend[piece] += curve
        for piece, weight in found.items():
            found[piece] = weight - (slope[piece] + PRIOR * weight) / (PRIOR + bend[piece])
    return found
