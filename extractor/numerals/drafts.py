"""A figure while it is being read: what the later steps fill in, in offsets of the clean text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from extractor.lexicon.words import Unit
from extractor.model import Number


@dataclass(slots=True)
class Draft:
    """A numeral with its unit, before and while its context is read.

    ``start`` and ``end`` span the figure in the clean text, ``spelling`` is the unit as written (folded), ``rule``
    the rule that found it. ``qualified`` is where the words of its qualifier begin, ``taken`` where its item on the
    right ends, so that the next figure does not claim it too. ``step`` is how many of the unit named last (``spelling``)
    make one ``unit``: 10 in 一块三毛; ``sum`` is the exact sum of amounts in descending units. ``undated`` says that the days
    of its period are not its own.
    """

    start: int
    end: int
    numeral: str
    number: Number
    unit: Unit
    spelling: str
    rule: str
    per: str = ""
    qualified: int = -1
    taken: int = -1
    item: tuple[int, int] | None = None
    action: tuple[int, int] | None = None
    change: str = ""
    basis: tuple[int, int] | None = None
    kind: str = ""
    unit_name: str = ""
    subject: tuple[int, int] | None = None
    head: tuple[int, int] | None = None
    period: str = ""
    period_from: str = ""
    undated: bool = False
    confidence: float = 1.0
    shared: bool = False
    step: float = 1
    sum: Fraction | None = None


@dataclass(slots=True)
class Refusal:
    """A numeral that is no figure."""

    start: int
    end: int
    reason: str
    rule: str
