"""Weighs evidence: the weights of ``weights.toml``, the best of several candidates, and how sure the choice is.

A candidate's score is the sum of its evidence's weights; its probability is its share of the exponentials (a
conditional logit). Weights are fitted by ``make fit``; evidence without a weight counts nothing.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from extractor.context.evidence import Evidence

QUESTIONS = ("item", "reach", "action", "subject", "subject reach", "period", "certainty")
Table = Mapping[Evidence, float]


class Weights:
    """The weights of each question."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = {name: tables.get(name, {}) for name in QUESTIONS}
        self.item = self.tables["item"]
        self.reach = self.tables["reach"]
        self.action = self.tables["action"]
        self.subject = self.tables["subject"]
        self.subject_reach = self.tables["subject reach"]
        self.period = self.tables["period"]
        self.certainty = self.tables["certainty"]


def score(table: Table, evidence: Iterable[Evidence]) -> float:
    """The sum of the weights."""
    get = table.get
    return sum([get(piece, 0.0) for piece in evidence])


def probabilities(scores: Sequence[float]) -> list[float]:
    """The share of each candidate.

    >>> [round(share, 2) for share in probabilities([0.0, 0.0])]
    [0.5, 0.5]
    """
    highest = max(scores)
    powers = [math.exp(one - highest) for one in scores]
    total = sum(powers)
    return [power / total for power in powers]


def odds(sum_of_weights: float) -> float:
    """The probability of yes, where no weighs nothing."""
    return 1 / (1 + math.exp(-sum_of_weights))


def parse(data: Mapping[str, Any]) -> Weights:
    """The weights of the parsed file: a table for each question, whose keys are evidence joined by ``|``."""
    tables = {
        name: {tuple(key.split("|")): weight for key, weight in data.get(name.replace(" ", "_"), {}).items()}
        for name in QUESTIONS
    }
    return Weights(tables)


@functools.cache
def weights() -> Weights:
    """The weights of the package, read at the first call."""
    from extractor.lexicon import cache
    from extractor.lexicon.words import read_toml

    return parse(cache.load([resources.files("extractor.context") / "weights.toml"], read_toml))
