"""Evidence that a row is right as a whole: how clear the choice of its item was, and how hard its kind of figure is.

Most rows that are wrong are wrong in the item. How likely the runner-up was, and how sure it is where the phrase begins, tell
more of that than how the sentence is built: on articles not fitted on, these seven pieces put more of the wrong rows first
than ten about the place of the item did, and as many as forests of trees over all that is known of a row.
"""

from __future__ import annotations

from bisect import bisect
from typing import NamedTuple

from extractor.context.evidence import Evidence

_LIKELY = (0.12, 0.27, 0.5, 0.73, 0.88, 0.95, 0.98, 0.993)
_UNLIKELY = (0.003, 0.007, 0.02, 0.05, 0.12, 0.27, 0.4)


class Clear(NamedTuple):
    """How clear the choice of an item was: the share of the likeliest place for its end and of the next, that of no item,
    and how sure it is where the phrase begins.
    """

    first: float = 1.0
    second: float = 0.0
    none: float = 0.0
    begins: float = 1.0


def row(clear: Clear, kind: str, qualifier: str, unit: str) -> list[Evidence]:
    """``kind``, ``qualifier`` and ``unit`` are those of the row.

    >>> row(Clear(0.97, 0.02, 0.001, 1.0), "money", "over", "元")[:3]
    [('end', '6'), ('runner-up', '3'), ('no item', '0')]
    """
    return [
        ("end", str(bisect(_LIKELY, clear.first))),
        ("runner-up", str(bisect(_UNLIKELY, clear.second))),
        ("no item", str(bisect(_UNLIKELY, clear.none))),
        ("begins", str(bisect(_LIKELY, clear.begins))),
        ("kind", kind),
        ("kind, unit", kind, unit),
        ("qualifier", qualifier),
    ]
