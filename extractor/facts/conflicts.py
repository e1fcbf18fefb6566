"""Facts that agree in all but the value. A false conflict is worse than a missed one.

Told are only pairs of exact values of an indicator (of which a place and a period have one), from different articles, with
known days and a known place or body, that lie near each other; 其中 and plans are left out. Where one article gives several values
for what looks like one thing, or more than two values go round, our idea of the thing is too coarse, and nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from extractor.facts.gather import Fact
from extractor.facts.items import measures
from extractor.facts.tellings import vague

SURE = 0.5
"""The least confidence of a row that may be part of a conflict."""
FARTHEST = Fraction(1, 2)
"""How far the smaller value may lie below the larger one, as a share of it; beyond that two things are told."""
FARTHEST_POINTS = 5
"""The same for a change in %, in points."""
MOST_VALUES = 2


class Conflict(NamedTuple):
    """Two facts, the one that more articles tell (or the earlier) first, and how far apart they are, in % of the larger."""

    fact: Fact
    other: Fact
    difference: float


def conflicts(groups: Sequence[Sequence[Fact]]) -> list[Conflict]:
    """The conflicts among facts grouped by all but the value, the widest first."""
    found = [conflict for group in groups for conflict in _of(group)]
    return sorted(found, key=lambda one: (-one.difference, one.fact.first.item, one.fact.first.owner))


def _of(group: Sequence[Fact]) -> list[Conflict]:
    facts = [fact for fact in group if not vague(fact.first)]
    if not 1 < len(facts) <= MOST_VALUES or not _comparable(facts):
        return []
    facts.sort(key=lambda fact: (-len(fact.articles), _told(fact)))
    found = []
    for fact, other in combinations(facts, 2):
        values = [abs(one.first.base or Fraction(0)) for one in (fact, other)]
        largest = max(values)
        apart = (largest - min(values)) / largest if largest else Fraction(0)
        points = fact.first.measure == "change" and fact.first.unit == "%"
        if 0 < apart <= FARTHEST or (points and largest - min(values) <= FARTHEST_POINTS):
            found.append(Conflict(fact, other, round(float(apart) * 100, 2)))
    return found


def _comparable(facts: Sequence[Fact]) -> bool:
    first = facts[0].first
    if not (first.owner and first.date_to and measures(first.item)):
        return False
    if first.measure.startswith("plan") or first.aspects - {"total"}:
        return False
    if any(not one.sure or one.confidence < SURE for fact in facts for one in fact.tellings):
        return False
    articles = [article for fact in facts for article in fact.articles]
    return len(set(articles)) == len(articles)


def _told(fact: Fact) -> tuple[str, str, int]:
    return min((one.published or "9", one.source, one.line) for one in fact.tellings)
