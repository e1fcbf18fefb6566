"""Weighs evidence: the weights of ``weights.toml``, the best of several candidates, and how sure the choice is.

A candidate's score is the sum of its evidence's weights; its probability is its share of the exponentials (a
conditional logit). Weights are fitted by ``make fit``; evidence without a weight counts nothing.
"""

from __future__ import annotations

import functools
import json
import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources

from extractor.context.evidence import Clue, Evidence, pieces

QUESTIONS = ("item", "reach", "action", "subject", "subject reach", "period", "certainty")
_ENTRY = re.compile(r'^"(.*)" = (.*)$', re.MULTILINE)
Fitted = Mapping[Evidence, float]
_REMEMBERED = 100_000  # clues of a question whose weight is kept, some 20 MB


class Table(dict[Clue, float]):
    """What each piece of evidence weighs, and each clue that was asked for."""

    def __init__(self, fitted: Fitted) -> None:
        super().__init__(fitted)
        self.fitted = fitted

    def __missing__(self, clue: Clue) -> float:
        if len(self) - len(self.fitted) > _REMEMBERED:
            self.clear()
            self.update(self.fitted)
        get = self.fitted.get
        weight = self[clue] = math.fsum([get(piece, 0.0) for piece in pieces((clue,))])
        return weight


class Weights:
    """The weights of each question."""

    def __init__(self, tables: Mapping[str, Fitted]) -> None:
        self.tables = {name: tables.get(name, {}) for name in QUESTIONS}
        self.item = Table(self.tables["item"])
        self.reach = Table(self.tables["reach"])
        self.action = Table(self.tables["action"])
        self.subject = Table(self.tables["subject"])
        self.subject_reach = Table(self.tables["subject reach"])
        self.period = Table(self.tables["period"])
        self.certainty = Table(self.tables["certainty"])


def score(table: Table, clues: Iterable[Clue]) -> float:
    """The sum of the weights. One after the other, not by ``sum``, which adds otherwise from Python 3.12 on."""
    total = 0.0
    for clue in clues:
        total += table[clue]
    return total


def probabilities(scores: Sequence[float]) -> list[float]:
    """The share of each candidate.

    >>> [round(share, 2) for share in probabilities([0.0, 0.0])]
    [0.5, 0.5]
    """
    highest = max(scores)
    powers = [math.exp(one - highest) for one in scores]
    total = math.fsum(powers)
    return [power / total for power in powers]


def odds(sum_of_weights: float) -> float:
    """The probability of yes, where no weighs nothing."""
    return 1 / (1 + math.exp(-sum_of_weights))


def parse(text: str) -> Weights:
    """The weights of the text of ``weights.toml``: a table for each question, whose keys are evidence joined by ``|``.

    The file is TOML as ``make fit`` writes it, one entry a line, and read by one pattern: a parser of all of TOML needs
    seconds for it.

    >>> parse('[item]\\n"none, unit|人" = 0.50\\n').item
    {('none, unit', '人'): 0.5}
    """
    tables: dict[str, dict[Evidence, float]] = {}
    intern = sys.intern  # the same words are the same objects, which makes comparing them cheap
    for part in f"\n{text}".split("\n[")[1:]:
        name, _, lines = part.partition("]\n")
        tables[name.replace("_", " ")] = {
            tuple(map(intern, (json.loads(f'"{key}"') if "\\" in key else key).split("|"))): float(weight)
            for key, weight in _ENTRY.findall(lines)
        }
    return Weights(tables)


@functools.cache
def weights() -> Weights:
    """The weights of the package, read at the first call."""
    return parse((resources.files("extractor.context") / "weights.toml").read_text(encoding="utf-8"))
