"""Which time expression governs each figure of an article: one of its sentence, one that still holds, or none."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from re import Pattern
from typing import NamedTuple

from extractor.context.situation import Situation
from extractor.lexicon.phrases import Span
from extractor.lexicon.words import lexicon

_OPENING = frozenset("，。；：,;:!?）) \u3000\n")
Find = Callable[[str, int, int, list[Span]], list[Span]]
_NEAR = 3  # time expressions of the same block that are asked


class Earlier(NamedTuple):
    """A time expression of an earlier sentence: its block and sentence (from 0), wording, and the block's role.

    ``opening`` says whether it opens a clause, ``figures`` whether its sentence holds any numeral.
    """

    block: int
    sentence: int
    wording: str
    role: str
    opening: bool
    figures: bool


class Period(NamedTuple):
    """The period of a figure: its span in the sentence (None if inherited or none), wording, where from, how sure."""

    span: Span | None
    wording: str
    source: str
    probability: float


class Candidate(NamedTuple):
    """A time expression that may govern: ``number`` among its sentence's, or the ``role`` of an earlier one."""

    span: Span | None
    earlier: Earlier | None
    number: int
    role: str


class Moment(NamedTuple):
    """What a sentence can inherit: earlier times, the last figure's period (None: none yet), and whether that stands in its block."""

    earlier: list[Candidate]
    last: str | None
    same_block: bool


@functools.cache
def sorts() -> tuple[tuple[str, Pattern[str]], ...]:
    """The sorts of time expressions with their patterns, from ``time_sorts.toml``."""
    return tuple((entry["name"], re.compile(entry["pattern"])) for entry in lexicon().data["time_sort"])


class _Read:
    """A sentence of the article: its times are sought when somebody asks."""

    __slots__ = ("begin", "block", "figures", "finish", "known", "number", "numerals", "role")

    def __init__(
        self, block: int, number: int, role: str, begin: int, finish: int, figures: list[Span], numerals: bool
    ) -> None:
        self.block, self.number, self.role, self.begin, self.finish = block, number, role, begin, finish
        self.figures, self.numerals = figures, numerals
        self.known: list[Span] | None = None


class History:
    """The sentences of an article up to the one that is read, with their time expressions, and the last figure's period.

    ``find`` gives the time expressions of a stretch of the folded text; ``written`` is the text as written.
    """

    def __init__(self, find: Find, text: str, written: str) -> None:
        self._find, self._text, self._written = find, text, written
        self._sentences: list[_Read] = []
        self._known: list[Earlier] = []
        self._searched = 0
        self._told = 0
        self.last: str | None = None
        self.last_block = -1

    def enter(
        self,
        block: int,
        number: int,
        role: str,
        begin: int,
        finish: int,
        figures: list[Span],
        numerals: bool = True,
    ) -> None:
        """Notes the sentence that is read next. Spans of ``figures`` are amounts and no times."""
        self._sentences.append(_Read(block, number, role, begin, finish, figures, numerals))

    def _times(self, sentence: _Read) -> list[Span]:
        if sentence.known is None:
            sentence.known = self._find(self._text, sentence.begin, sentence.finish, sentence.figures)
        return sentence.known

    def times(self) -> list[Span]:
        """The time expressions of the sentence that is read."""
        return self._times(self._sentences[-1])

    def _earlier(self) -> list[Earlier]:
        """The time expressions of the sentences before, in order."""
        for read in self._sentences[self._searched : -1]:
            for start, end in self._times(read):
                opening = start <= read.begin or self._text[start - 1] in _OPENING
                self._known.append(
                    Earlier(
                        read.block, read.number, self._written[start:end], read.role, opening, read.numerals
                    )
                )
        self._searched = max(self._searched, len(self._sentences) - 1)
        return self._known

    def told(self) -> Iterator[list[str]]:
        """The wordings of the times of each sentence up to the one that is read, as far as not told before."""
        for read in self._sentences[self._told :]:
            yield [self._written[start:end] for start, end in self._times(read)]
        self._told = len(self._sentences)

    def moment(self, block: int) -> Moment:
        """What the sentence that is read can inherit: the last times of its block, the article's first, the last before."""
        known = self._earlier()
        same = [time for time in known if time.block == block][-_NEAR:]
        found = [Candidate(None, time, 0, f"last {len(same) - number}") for number, time in enumerate(same)]
        before = [time for time in known if time.block != block]
        chosen: list[Earlier] = []
        if before:
            chosen = [before[0]]
            opening = [time for time in before if time.opening]
            for time in [*before[-2:], *opening[-1:]]:
                if time not in chosen:
                    chosen.append(time)
        found += [Candidate(None, time, 0, "first" if time is before[0] else "before") for time in chosen]
        return Moment(found, self.last, self.last_block == block)


def candidates(situation: Situation, moment: Moment) -> list[Candidate]:
    """The time expressions that may govern a figure, those of its own sentence first."""
    own = [Candidate(span, None, number, "") for number, span in enumerate(situation.sentence.times)]
    return own + moment.earlier
