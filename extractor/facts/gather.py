"""Facts: tellings that agree in all, brought together; those that agree in all but the value stay side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from extractor.facts.items import name_of
from extractor.facts.owners import full_names
from extractor.facts.tellings import Telling, telling, vague
from extractor.model import Figure

_NEAR = Fraction(2, 100)  # how far from the exact value 约 may be


@dataclass(slots=True)
class Fact:
    """One value of one thing, with all who tell it, the most precise wording first."""

    tellings: list[Telling] = field(default_factory=list)

    @property
    def first(self) -> Telling:
        """The most precise wording."""
        return self.tellings[0]

    @property
    def articles(self) -> list[tuple[str, int]]:
        """The articles that tell it, in the order they were read."""
        return list(dict.fromkeys((one.source, one.article) for one in self.tellings))

    @property
    def where(self) -> str:
        """The articles with the line of the figure.

        An article that tells it twice is named once.
        """
        lines = {(one.source, one.article): one.line for one in reversed(self.tellings)}
        return "; ".join(f"{source}:{lines[source, article]}" for source, article in self.articles)


class Gatherer:
    """Takes in figures, those of one source after another, and brings the facts together at the end."""

    def __init__(self, *, exact: bool = False) -> None:
        self._exact = exact
        self._tellings: list[Telling] = []

    def add(self, figures: Iterable[Figure]) -> None:
        """Take in figures."""
        for figure in figures:
            told = telling(figure, exact=self._exact)
            if told is not None:
                self._tellings.append(told)

    def tellings(self) -> list[Telling]:
        """All tellings, with short names of places made full where the others leave no doubt."""
        names = full_names(one.owner for one in self._tellings)
        return [one._replace(owner=names[one.owner]) if one.owner in names else one for one in self._tellings]

    def groups(self) -> Iterator[list[Fact]]:
        """The facts, together those that agree in all but the value, in the order they were first told."""
        groups: defaultdict[Any, list[Telling]] = defaultdict(list)
        for one in self.tellings():
            groups[key_of(one, self._exact)].append(one)
        for tellings in groups.values():
            yield facts_of(tellings)


def key_of(one: Telling, exact: bool = False) -> tuple[Any, ...]:
    """What has to be the same for two tellings to be about the same thing.

    Without days, or without a place or body, nothing is joined across articles.
    """
    known = one.date_to and one.owner
    since = "" if one.date_from == one.date_to else one.date_from  # 截至2023年底 is 2023年末
    apart = () if known else (one.source, one.article, one.period)
    return (
        one.item if exact else name_of(one.item), one.owner, one.measure, one.aspects, one.basis, one.per,
        one.base_unit, since, one.date_to, apart,
    )  # fmt: skip


def facts_of(tellings: Iterable[Telling]) -> list[Fact]:
    """The tellings of one thing by value: each joins the first fact whose value it can be.

    Exact values come first, the more precise before the rounded; so 186.4亿 takes 约186亿 in.
    """
    facts: list[Fact] = []
    for one in sorted(tellings, key=lambda one: (vague(one), one.step)):
        home = next((fact for fact in facts if agree(fact.first, one)), None)
        if home is None:
            facts.append(home := Fact())
        home.tellings.append(one)
    return facts


def agree(precise: Telling, other: Telling) -> bool:
    """Whether the other wording can mean the precise one: the same value, rounded, cut off, or vague about it."""
    if precise.base is None or other.base is None:
        return (precise.low, precise.high) == (other.low, other.high) and precise.base is other.base
    apart = abs(precise.base - other.base)
    coarse = max(precise.step, other.step)
    if apart <= coarse / 2 or (precise.step != other.step and apart < coarse):
        return True
    if other.qualifier == "about":
        return apart <= abs(precise.base) * _NEAR
    if not vague(other):
        return False
    # 突破1.7万元 says the leading digits: 17526 is one of its values, 25000 would be told otherwise.
    near = apart <= max(coarse, abs(precise.base) / 10)
    low, high = other.low, other.high
    return near and (low is None or low <= precise.base) and (high is None or precise.base <= high)
