"""From one year to another, told once for several indicators: 产值从2018年的82亿元增长到2023年的121亿元，收入从4亿元增长到6亿元."""

from __future__ import annotations

import functools
from re import Pattern
from typing import NamedTuple

from extractor.context.sentence import Sentence
from extractor.lexicon import patterns as data
from extractor.lexicon.phrases import Span
from extractor.numerals.drafts import Draft


class _Patterns(NamedTuple):
    """The patterns of ``parallels.toml``, by name."""

    origin: Pattern[str]
    opened: Pattern[str]
    reached: Pattern[str]
    spread: Pattern[str]
    ends: Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    return _Patterns(**data.patterns("parallels"))


def carry(sentence: Sentence, written: str) -> None:
    """Gives two figures behind 从…到… the times of the two before them, if they have none of their own.

    A figure that tells the change in between (年均增长9%) belongs to neither time. ``written`` is the text as written.
    """
    pair: tuple[Span, Span] | None = None
    index, figures = 0, sentence.figures
    while index < len(figures):
        figure = figures[index]
        second = figures[index + 1] if index + 1 < len(figures) else None
        told = _told(sentence, figure, second) if second else None
        if told is not None:
            pair = told
            index += 2
            continue
        if pair is not None and any(pair[1][1] < start < figure.start for start, _ in sentence.times):
            pair = None
        if pair is not None and _patterns().ends.search(sentence.text, pair[1][1], figure.start):
            pair = None
        if pair is not None and second is not None and _from_to(sentence, figure, second):
            for one, time in zip((figure, second), pair, strict=True):
                one.period, one.period_from, one.undated = written[slice(*time)], "sentence", False
            index += 2
            continue
        if pair is not None:
            _between(sentence, written, figure, pair)
        index += 1


def _told(sentence: Sentence, first: Draft, second: Draft) -> tuple[Span, Span] | None:
    """The two times of two figures: 从2018年的82亿元增长到2023年的121亿元."""
    before = [time for time in sentence.times if time[1] <= first.start]
    between = [time for time in sentence.times if first.end <= time[0] and time[1] <= second.start]
    if not before or len(between) != 1 or not _from_to(sentence, first, second):
        return None
    start, end = before[-1]
    opened = _patterns().origin.search(sentence.text, max(sentence.begin, start - 1), end)
    if opened is None or first.start - end > 20 or second.start - between[0][1] > 8:
        return None
    return before[-1], between[0]


def _from_to(sentence: Sentence, first: Draft, second: Draft) -> bool:
    """Whether one figure is where something starts and the next one is what it reaches."""
    text = sentence.text
    low = max(sentence.begin, first.start - 30)
    return (
        _patterns().opened.search(text, low, first.start) is not None
        and second.start - first.end <= 24
        and _patterns().reached.match(text, first.end, second.start) is not None
    )


def _between(sentence: Sentence, written: str, figure: Draft, pair: tuple[Span, Span]) -> None:
    """Takes from a figure the one of the two times that it was given and that is not its own."""
    first, second = (written[slice(*time)] for time in pair)
    if figure.period not in (first, second) or figure.period_from != "sentence":
        return
    if figure.change or _patterns().spread.search(sentence.text, pair[1][1], figure.start):
        figure.period, figure.period_from = "", ""
    elif figure.period == first:
        figure.period, figure.undated = second, False
