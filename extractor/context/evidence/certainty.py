"""Evidence that a row is right as a whole: how clear the choice of its item was, and how hard its place and kind are.

Most rows that are wrong are wrong in the item. What tells of it was chosen by the likelihood of articles that were not
fitted on: the spread over all candidates, together with how clear the best one is and how many figures the sentence has,
tells most, then with what the phrase begins, how the next figure follows, and whether the article told the item before.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import NamedTuple

from extractor.context.evidence import Evidence
from extractor.context.situation import Item, Situation, bucket

_LIKELY = (0.12, 0.27, 0.5, 0.73, 0.88, 0.95, 0.98, 0.993)
_UNLIKELY = (0.003, 0.007, 0.02, 0.05, 0.12, 0.27, 0.4)
_SPREAD = (0.01, 0.02, 0.045, 0.085, 0.16, 0.3, 0.5, 0.75, 1.05)
_WEIGHT = (2.0, 3.7, 5.0, 6.0, 6.8, 7.6, 8.3, 9.0, 10.0)
_OFTEN = 3


class Clear(NamedTuple):
    """How clear the choice of an item was: the share of the likeliest place for its end and of the next, that of no item,
    how sure it is where the phrase begins, the spread of the shares over all places (their entropy), and what the likeliest weighs.
    """

    first: float = 1.0
    second: float = 0.0
    none: float = 0.0
    begins: float = 1.0
    spread: float = 0.0
    weight: float = 0.0


def row(
    index: int,
    where: Sequence[Situation],
    items: Sequence[Item | None],
    clear: Sequence[Clear],
    kind: str,
    named: int,
) -> list[Evidence]:
    """What speaks for the row of one of a sentence's figures, of which all are given.

    ``kind`` is the row's, ``named`` says how often the article named the same item before.
    """
    situation, item, own = where[index], items[index], clear[index]
    sentence = situation.sentence
    figure = sentence.figures[index]
    end, spread = str(bisect(_LIKELY, own.first)), str(bisect(_SPREAD, own.spread))
    none, weight = str(bisect(_UNLIKELY, own.none)), str(bisect(_WEIGHT, own.weight))
    found: list[Evidence] = [
        ("end", end),
        ("runner-up", str(bisect(_UNLIKELY, own.second))),
        ("begins", str(bisect(_LIKELY, own.begins))),
        ("spread, end", spread, end),
        ("spread, figures", spread, bucket(len(where))),
        ("kind, unit", kind, figure.unit.name or "-"),
        ("qualifier", figure.number.qualifier),
        ("next follows", where[index + 1].follows if index + 1 < len(where) else "none"),
        ("named before", str(min(named, _OFTEN))),
    ]
    if item is None:
        found.append(("no item", none, weight))
        return found
    first, last, region = item
    opening, behind = sentence.tokens[first], sentence.fine[first - 1]
    before = str(bisect(_LIKELY, clear[index - 1].first)) if index else "none"
    found += [
        ("first character", opening.word[0]),
        ("first part of speech, weight", opening.tag, weight),
        ("first and last part of speech", opening.tag, sentence.tokens[last].tag),
        ("first part of speech, no item", opening.tag, none),
        ("distance, weight", bucket(abs(situation.place - last)), weight),
        ("region, word before", region, behind),
        ("figure before, word before", before, behind),
    ]
    return found
