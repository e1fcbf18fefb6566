"""The rows that a person should look at first.

First come figures that a relation of their article contradicts, then the rows of least confidence. On the annotated
articles of the project the first fifth of this order holds about half of the rows that are wrong in value, qualifier, unit, kind or item
(``tests/trust/test_sampling.py`` measures it, ``docs/trust.md`` tells more).
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model import Figure

SHARE = 5
"""One row in so many is shown."""


def doubtful(figures: Sequence[Figure], disagreeing: Sequence[bool]) -> list[int]:
    """The places of the most doubtful fifth of the rows, the most doubtful first. ``disagreeing`` tells of every row
    whether a relation contradicts it.

    >>> from dataclasses import replace
    >>> from extractor import extract_text
    >>> figure = extract_text("培训7期。")[0]
    >>> rows = [replace(figure, confidence=share) for share in (0.9, 0.2, 0.8, 0.7, 0.3, 0.6)]
    >>> doubtful(rows, [False] * 6), doubtful(rows, [True] + [False] * 5)
    ([1, 4], [0, 1])
    """
    order = sorted(range(len(figures)), key=lambda at: (not disagreeing[at], figures[at].confidence))
    return order[: -(-len(figures) // SHARE)]
