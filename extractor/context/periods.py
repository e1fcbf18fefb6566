"""Which time expression governs each figure of an article: one of its sentence, one that still holds, or none."""

from __future__ import annotations

import functools
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from re import Pattern
from types import MappingProxyType
from typing import NamedTuple

from extractor.context.situation import Situation
from extractor.lexicon.phrases import Span
from extractor.lexicon.words import lexicon
from extractor.matching import compiled

_OPENING = frozenset("，。；：,;:!?）) \u3000\n")
Find = Callable[[str, int, int, list[Span]], list[Span]]
_BLANK = " \u3000\n"
_WAITING = 200  # sentences without figures that wait to be searched
_ITEMS = 2000  # different items of an article that are remembered
_NEAR = 3  # time expressions of the same block that are asked


class Earlier(NamedTuple):
    """A time expression of an earlier sentence: its block and sentence (from 0), wording, and the block's role.

    ``opening`` says whether it opens a clause, ``figures`` whether its sentence holds any numeral, ``leads`` how it opens
    its sentence ("comma" if a comma follows, "open" if none does, "" if it does not).
    """

    block: int
    sentence: int
    wording: str
    role: str
    opening: bool
    figures: bool
    leads: str


class Period(NamedTuple):
    """The period of a figure: its span in the sentence (None if inherited or none), wording, where from, how sure."""

    span: Span | None
    wording: str
    source: str
    probability: float


class Candidate(NamedTuple):
    """A time expression that may govern: one of the figure's sentence, or an earlier one with its ``role``."""

    span: Span | None
    earlier: Earlier | None
    role: str


class Moment(NamedTuple):
    """What a sentence can inherit: earlier times, the last figure's period (None: none yet), and whether that stands in its block.

    ``held`` says how many figures of the article each wording governed so far ("": no time did).
    """

    earlier: list[Candidate]
    last: str | None
    same_block: bool
    held: Mapping[str, int] = MappingProxyType({})


@functools.cache
def sorts() -> tuple[tuple[str, Pattern[str]], ...]:
    """The sorts of time expressions with their patterns, from ``time_sorts.toml``."""
    return tuple((entry["name"], compiled(entry["pattern"])) for entry in lexicon().data["time_sort"])


@functools.lru_cache(20_000)
def sort_of(wording: str) -> str:
    """The sorts of a time expression, joined: since, until, now, year …"""
    return "+".join([name for name, pattern in sorts() if pattern.search(wording)]) or "other"


class _Read:
    """A sentence of the article: its times are sought when somebody asks."""

    __slots__ = ("begin", "block", "figures", "finish", "known", "number", "numerals", "role", "told")

    def __init__(
        self, block: int, number: int, role: str, begin: int, finish: int, figures: list[Span], numerals: bool
    ) -> None:
        self.block, self.number, self.role, self.begin, self.finish = block, number, role, begin, finish
        self.figures, self.numerals = figures, numerals
        self.known: list[Span] | None = None
        self.told = False


class History:
    """The sentences of an article up to the one that is read, with their time expressions, and the last figure's period.

    ``find`` gives the time expressions of a stretch of the folded text; ``written`` is the text as written. Each sentence is
    searched once, when a figure asks, and only what can still be inherited is kept.
    """

    def __init__(self, find: Find, text: str, written: str) -> None:
        self._find, self._text, self._written = find, text, written
        self._waiting: list[_Read] = []
        self._untold: list[list[str]] = []
        self._block = -1
        self._same: deque[Earlier] = deque(maxlen=_NEAR)
        self._first_of_block: Earlier | None = None
        self._first: Earlier | None = None
        self._before: deque[Earlier] = deque(maxlen=2)
        self._opening: Earlier | None = None
        self._last_opening: Earlier | None = None
        self.last: str | None = None
        self.last_block = -1
        self._held: Counter[str] = Counter()
        self._doubtful: set[str] = set()
        self._named: Counter[str] = Counter()

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
        if len(self._waiting) >= _WAITING:
            self._search(self._waiting)
            self._waiting.clear()
        self._waiting.append(_Read(block, number, role, begin, finish, figures, numerals))

    def doubted(self, period: Period, undated: bool) -> bool:
        """Whether the days of a figure's period are left open: they are ``undated`` here, or were where it was told."""
        if period.span is None:
            return period.wording in self._doubtful
        (self._doubtful.add if undated else self._doubtful.discard)(period.wording)
        return undated

    def _times(self, sentence: _Read) -> list[Span]:
        if sentence.known is None:
            sentence.known = self._find(self._text, sentence.begin, sentence.finish, sentence.figures)
        return sentence.known

    def times(self) -> list[Span]:
        """The time expressions of the sentence that is read."""
        return self._times(self._waiting[-1])

    def _search(self, sentences: list[_Read]) -> None:
        """Takes the times of sentences that were read into what can be inherited."""
        for read in sentences:
            if read.block != self._block:
                self._close(read.block)
            wordings = []
            for start, end in self._times(read):
                opening = start <= read.begin or self._text[start - 1] in _OPENING
                wording = self._written[start:end]
                leads = _leads(self._text, read.begin, start, end)
                time = Earlier(read.block, read.number, wording, read.role, opening, read.numerals, leads)
                self._same.append(time)
                self._first_of_block = self._first_of_block or time
                if opening:
                    self._opening = time
                wordings.append(wording)
            if not read.told:
                self._untold.append(wordings)

    def _close(self, block: int) -> None:
        """Ends a block: its times are those of a block before from now on."""
        self._first = self._first or self._first_of_block
        self._before.extend(self._same)
        self._last_opening = self._opening or self._last_opening
        self._same.clear()
        self._first_of_block = self._opening = None
        self._block = block

    def told(self) -> Iterator[list[str]]:
        """The wordings of the times of each sentence up to the one that is read, as far as not told before."""
        self._settle()
        yield from self._untold
        self._untold.clear()
        read = self._waiting[-1]
        if not read.told:
            read.told = True
            yield [self._written[start:end] for start, end in self._times(read)]

    def note(self, chosen: Sequence[Period], block: int) -> None:
        """Takes up the periods of the sentence that was read."""
        self.last, self.last_block = chosen[-1].wording, block
        self._held.update([period.wording for period in chosen])

    def named(self, item: str) -> int:
        """Takes up the item of a figure, and tells how many figures of the article were told with the same before."""
        if len(self._named) >= _ITEMS:
            self._named.clear()
        self._named[item] += 1
        return self._named[item] - 1

    def _settle(self) -> None:
        """Searches all sentences before the one that is read."""
        if len(self._waiting) > 1:
            self._search(self._waiting[:-1])
            del self._waiting[:-1]

    def moment(self, block: int) -> Moment:
        """What the sentence that is read can inherit: the last times of its block, the article's first, the last before."""
        self._settle()
        if block != self._block:
            self._close(block)
        same = list(self._same)
        found = [Candidate(None, time, f"last {len(same) - number}") for number, time in enumerate(same)]
        if self._first is not None:
            chosen = [self._first]
            for time in (*self._before, self._last_opening):
                if time is not None and time not in chosen:
                    chosen.append(time)
            found += [Candidate(None, time, "first" if time is self._first else "before") for time in chosen]
        return Moment(found, self.last, self.last_block == block, self._held)


def _leads(text: str, begin: int, start: int, end: int) -> str:
    """How a time expression opens its sentence: with a comma behind it, without, or not at all."""
    if text[begin:start].strip(_BLANK):
        return ""
    return "comma" if text[end : end + 1] in ("，", ",") else "open"


def candidates(situation: Situation, moment: Moment) -> list[Candidate]:
    """The time expressions that may govern a figure, those of its own sentence first."""
    own = [Candidate(span, None, "") for span in situation.sentence.times]
    return own + moment.earlier
