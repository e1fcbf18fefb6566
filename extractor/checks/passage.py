"""The figures of an article where they stand: sentences side by side, each figure at its place in the text.

In: the figures of one article, in order. Out: passages, runs of sentences that follow one another without a
gap. A sentence without a figure is not known here, so it ends a run: nothing is claimed across it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from extractor.lexicon.folding import fold
from extractor.matching import compiled
from extractor.model import Figure

_BREAK = compiled("[，。；：！？,;!?（）()]|(?<![0-9]):")
_CLAUSE = compiled("[，。；：！？,;!?]|(?<![0-9]):")
_NUMERAL = frozenset("0123456789.〇零一二三四五六七八九十百千万亿两")
_CLAUSE_LENGTH = 200
_NEAR = 16  # figures to each side that a relation may reach over, so that the cost stays in proportion
_LAYOUT = 6  # characters of layout (blanks, line breaks) that may part two sentences of one run


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A figure at its place: ``start`` and ``end`` in the text of its passage, the number of its sentence."""

    figure: Figure
    start: int
    end: int
    sentence: int


@dataclass(slots=True)
class Passage:
    """Sentences that follow one another, folded to simplified characters, and their figures in order."""

    text: str
    marks: list[Mark]
    sentences: list[tuple[int, int]]
    _index: dict[int, int] = field(default_factory=dict)
    _leads: dict[int, str] = field(default_factory=dict)
    _clauses: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = {mark.start: i for i, mark in enumerate(self.marks)}

    def before(self, mark: Mark, count: int = 1) -> Mark | None:
        """The figure that stands ``count`` places before another."""
        i = self._index[mark.start] - count
        return self.marks[i] if 0 <= i < len(self.marks) else None

    def after(self, mark: Mark, count: int = 1) -> Mark | None:
        """The figure that stands ``count`` places after another."""
        return self.before(mark, -count)

    def earlier(self, mark: Mark) -> list[Mark]:
        """The figures before another, as far as a relation may reach."""
        i = self._index[mark.start]
        return self.marks[max(0, i - _NEAR) : i]

    def later(self, mark: Mark) -> list[Mark]:
        """The figures after another, as far as a relation may reach."""
        i = self._index[mark.start]
        return self.marks[i + 1 : i + 1 + _NEAR]

    def mates(self, mark: Mark) -> list[Mark]:
        """The figures of the sentence of a figure, itself among them, as far as a relation may reach."""
        near = [*self.earlier(mark), mark, *self.later(mark)]
        return [other for other in near if other.sentence == mark.sentence]

    def between(self, first: Mark, last: Mark) -> str:
        """The text from the end of one figure to the start of another."""
        return self.text[first.end : last.start]

    def lead(self, mark: Mark) -> str:
        """What stands before a figure in its clause, back to the figure before it at most."""
        known = self._leads.get(mark.start)
        if known is None:
            known = self._leads[mark.start] = self._lead(mark)
        return known

    def _lead(self, mark: Mark) -> str:
        previous = self.before(mark)
        begin = max(previous.end if previous else 0, self.sentences[mark.sentence][0])
        cut = begin
        for found in _BREAK.finditer(self.text, begin, mark.start):
            cut = found.end()
        return self.text[cut : mark.start]

    def tail(self, mark: Mark) -> str:
        """What stands after a figure in its clause, up to the next figure at most."""
        following = self.after(mark)
        stop = following.start if following else len(self.text)
        found = _BREAK.search(self.text, mark.end, stop)
        return self.text[mark.end : found.start() if found else stop]

    def clause(self, mark: Mark) -> str:
        """The whole clause around a figure, other figures of it among it."""
        known = self._clauses.get(mark.start)
        if known is None:
            first, last = self.sentences[mark.sentence]
            first = max(first, mark.start - _CLAUSE_LENGTH)
            for found in _CLAUSE.finditer(self.text, first, mark.start):
                first = found.end()
            closing = _CLAUSE.search(self.text, mark.end, last)
            known = self._clauses[mark.start] = self.text[first : closing.start() if closing else last]
        return known

    def breaks(self, first: Mark, last: Mark) -> int:
        """How many clauses end between two figures."""
        return len(_CLAUSE.findall(self.text, first.end, last.start))


def passages(figures: Sequence[Figure]) -> Iterator[Passage]:
    """The passages of the figures of one article.

    >>> from extractor.pipeline import examine
    >>> found = list(passages(examine("全村共有60户。其中脱贫户12户。").figures))
    >>> [(passage.text, [mark.start for mark in passage.marks]) for passage in found]
    [('全村共有60户。其中脱贫户12户。', [4, 13])]
    """
    run: list[tuple[str, list[tuple[Figure, int, int]]]] = []
    end = -1
    for sentence, group in groupby(figures, key=lambda figure: figure.sentence):
        text = fold(sentence)
        placed = locate(sentence, list(group))
        if not placed:
            continue
        first, last = placed[0], placed[-1]
        if run and not -2 <= first[0].start - first[1] - end <= _LAYOUT:
            yield together(run)
            run = []
        run.append((text, placed))
        end = last[0].end + len(text) - last[2]
    if run:
        yield together(run)


def together(run: Sequence[tuple[str, list[tuple[Figure, int, int]]]]) -> Passage:
    """A passage of sentences that follow one another, each with the places of its figures."""
    marks, sentences, texts, offset = [], [], [], 0
    for number, (text, placed) in enumerate(run):
        marks += [Mark(figure, offset + start, offset + end, number) for figure, start, end in placed]
        sentences.append((offset, offset + len(text)))
        texts.append(text)
        offset += len(text)
    return Passage("".join(texts), marks, sentences)


def locate(text: str, figures: Sequence[Figure]) -> list[tuple[Figure, int, int]]:
    """The places of the figures of a sentence in it; one that cannot be placed is left out.

    The sentence has no offsets of its own, but the distances of the figures in the source tell which of
    several equal numerals each one is: those of the sentence differ from them by layout alone.
    """
    places = [_occurrences(text, figure.text) for figure in figures]
    if not places or not places[0]:
        return []

    def follow(first: tuple[int, int]) -> list[tuple[Figure, int, int]]:
        found = [(figures[0], *first)]
        for figure, options in zip(figures[1:], places[1:], strict=True):
            last, start, end = found[-1]
            expected = start + figure.start - last.start
            ahead = [option for option in options if option[0] >= end]
            if ahead:
                found.append((figure, *min(ahead, key=lambda option: abs(option[0] - expected))))
        return found

    def cost(found: list[tuple[Figure, int, int]]) -> tuple[int, int]:
        strays = sum(abs((b[0].start - a[0].start) - (b[1] - a[1])) for a, b in pairwise(found))
        return len(figures) - len(found), strays

    return min((follow(first) for first in places[0]), key=cost)


def _occurrences(text: str, written: str) -> list[tuple[int, int]]:
    pattern = re.compile(r"\s*".join(map(re.escape, written)))
    found = []
    for match in pattern.finditer(text):
        if written[0] in _NUMERAL and text[max(0, match.start() - 1) : match.start()] in _NUMERAL - {"."}:
            continue
        found.append(match.span())
    return found
