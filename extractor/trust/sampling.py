"""A sample of rows to check, from which the share of right rows of the whole table can be told.

Rows are put in order by kind and, within a kind, by confidence; the list is cut into as many stretches of about equal
length as rows are asked for, and one row is drawn from each. So every kind and every degree of confidence is there in
its proportion, and each row drawn stands for the rows of its stretch: its weight. The same table and the same seed give
the same rows, whatever the number of processes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from extractor.model import Figure


def draw(figures: Sequence[Figure], number: int, seed: int) -> list[tuple[int, int]]:
    """The places of the rows drawn, in the order of the table, each with the number of rows that it stands for.

    >>> from extractor import extract_text
    >>> figures = extract_text("培训7期、30人，惠及12户、60人，投资3万元。")
    >>> sum(weight for _, weight in draw(figures, 2, seed=1)) == len(figures)
    True
    """
    count = len(figures)
    number = min(number, count)
    order = sorted(range(count), key=lambda at: _stratum(figures[at]))
    chance = random.Random(seed)
    drawn = []
    for part in range(number):
        first, end = part * count // number, (part + 1) * count // number
        drawn.append((order[chance.randrange(first, end)], end - first))
    return sorted(drawn)


def _stratum(figure: Figure) -> tuple[str, float, str, int]:
    return figure.kind, figure.confidence, figure.source, figure.start
