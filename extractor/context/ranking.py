"""Weighs evidence: the weights of ``weights.toml``, the best of several candidates, and how sure the choice is.

A candidate's score is the sum of its evidence's weights; its probability is its share of the exponentials (a
conditional logit). Weights are fitted by ``make fit``; evidence without a weight counts nothing.
"""

from __future__ import annotations

import functools
import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence

from extractor import cache
from extractor.context.evidence import Asked, Evidence
from extractor.matching import compiled
from extractor.packaged import packaged

QUESTIONS = ("item", "reach", "action", "subject", "subject reach", "period", "certainty")
_KEPT = 50_000  # groups of a question that are remembered
_PARTS = 2.0**56  # a weight of 0.1 or more is a whole number of such parts
_ENTRY = compiled(r'^"(.*)" = (.*)$', re.MULTILINE)
Fitted = Mapping[Evidence, float]
"""What each piece of evidence weighs."""


class Sums(dict[Asked, int]):
    """What evidence weighs by a question's weights: the groups that were asked for, and the pieces that weigh anything.

    It is told in whole parts of a weight, so that sums of sums are exact.
    """

    def __init__(self, fitted: Fitted) -> None:
        super().__init__()
        self.fitted = fitted
        self._most = len(fitted) + _KEPT

    def __missing__(self, asked: Asked) -> int:
        function, get = asked[0], self.fitted.get
        if isinstance(function, str):
            weight = get(asked)
            if weight is None:
                return 0  # not remembered: of what weighs nothing there is no end
            found = int(weight * _PARTS)
        else:
            found = sum([int(get(piece, 0.0) * _PARTS) for piece in function(*asked[1:])])
        if len(self) >= self._most:
            self.clear()
        self[asked] = found
        return found

    def of(self, evidence: Iterable[Asked]) -> float:
        """The same as ``score`` of all pieces.

        >>> sums = Sums({("none",): -0.5, ("noun", "L"): 0.75})
        >>> sums.of([("none",), ("noun", "R"), (lambda region: [("noun", region)], "L")])
        0.25
        """
        return sum(map(self.__getitem__, evidence)) / _PARTS


class Weights:
    """The weights of each question, and their sums."""

    def __init__(self, tables: Mapping[str, Fitted]) -> None:
        self.tables = {name: tables.get(name, {}) for name in QUESTIONS}
        self.item = self.tables["item"]
        self.reach = self.tables["reach"]
        self.action = self.tables["action"]
        self.subject = self.tables["subject"]
        self.subject_reach = self.tables["subject reach"]
        self.period = self.tables["period"]
        self.certainty = self.tables["certainty"]
        self.sums = {name: Sums(table) for name, table in self.tables.items()}


def score(fitted: Fitted, evidence: Iterable[Evidence]) -> float:
    """The sum of the weights, exact, so that their order and the version of Python change nothing."""
    get = fitted.get
    return math.fsum([get(piece, 0.0) for piece in evidence])


def probabilities(scores: Sequence[float]) -> list[float]:
    """The share of each candidate.

    >>> [round(share, 2) for share in probabilities([0.0, 0.0])]
    [0.5, 0.5]
    """
    highest = max(scores)
    powers = [math.exp(one - highest) for one in scores]
    total = math.fsum(powers)
    return [power / total for power in powers]


def entropy(shares: Sequence[float]) -> float:
    """How far shares are spread, in nats: nought where one has all.

    >>> entropy([1.0, 0.0]), round(entropy([0.5, 0.5]), 2)
    (0.0, 0.69)
    """
    return math.fsum([-share * math.log(share) for share in shares if share])


def certain(fitted: Fitted, evidence: Iterable[Evidence]) -> float:
    """How often rows with this evidence are right as a whole, in hundredths, from 0.01 to 0.99: nothing is certain."""
    return min(0.99, max(0.01, round(odds(score(fitted, evidence)), 2)))


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
    return Weights(_tables(text))


def _tables(text: str) -> dict[str, Fitted]:
    """``parse`` as plain data."""
    tables: dict[str, Fitted] = {}
    intern = sys.intern  # the same words are the same objects, which makes comparing them cheap
    for part in f"\n{text}".split("\n[")[1:]:
        name, _, lines = part.partition("]\n")
        tables[name.replace("_", " ")] = {
            tuple(map(intern, (_unescaped(key) if "\\" in key else key).split("|"))): float(weight)
            for key, weight in _ENTRY.findall(lines)
        }
    return tables


def _unescaped(key: str) -> str:
    import json  # few keys need it

    text: str = json.loads(f'"{key}"')
    return text


@functools.cache
def weights() -> Weights:
    """The weights of the package, read at the first call and kept; what was interned is so again."""
    file = packaged("context", "weights.toml")
    return Weights(cache.load([file], lambda files: _tables(files[0].read_text(encoding="utf-8")), "weights"))
