"""Whether the days of the time that governs a figure are not those of the figure, so that they are better left empty.

A period is the nearest time that governs; its days mean nothing where so and so many years pass between it and the figure
(1985年开始种菜，七八年下来，挣了23万元), where it stands in a name, in an attribute or is the base of prices (《2023年度…办法》,
2008年参加工作的老张, 10月合约), and where another time opens a clause behind it.
"""

from __future__ import annotations

import functools
from re import Pattern
from typing import NamedTuple

from extractor.context.sentence import Sentence
from extractor.lexicon import patterns as data
from extractor.lexicon.phrases import Span
from extractor.numerals.drafts import Draft

_LONGEST_NAME = 40
_LONGEST_BORDER = 4


class _Patterns(NamedTuple):
    """The patterns of ``undated.toml``, by name."""

    passed: Pattern[str]
    grown: Pattern[str]
    named: Pattern[str]
    attribute: Pattern[str]
    quoted: Pattern[str]
    border: Pattern[str]
    calendar: Pattern[str]
    year_again: Pattern[str]
    one_year: Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    return _Patterns(**data.patterns("undated"))


def undated(sentence: Sentence, figure: Draft, period: Span | None) -> bool:
    """Whether the days of ``period``, which stands in the sentence of ``figure``, are not those of the figure."""
    if period is None:
        return False
    return (
        any(
            found.match(sentence.text, period[1], sentence.finish)
            for found in (_patterns().named, _patterns().attribute)
        )
        or _in_name(sentence, figure, period)
        or (period[1] < figure.start and _passes(sentence, figure, period))
    )


def _passes(sentence: Sentence, figure: Draft, period: Span) -> bool:
    """Whether an amount of time, or another time, opens a clause between the period and the figure."""
    text = sentence.text
    known = _patterns()
    if any(found.search(text, period[1], figure.start) for found in (known.passed, known.grown)):
        return True
    return any(
        period[1] < start
        and end <= figure.start
        and known.border.search(text, max(period[1], start - _LONGEST_BORDER), start)
        and _replaces(text[slice(*period)], text[start:end])
        for start, end in sentence.times
    )


def _replaces(period: str, later: str) -> bool:
    """Whether a time that opens a later clause takes the place of the period: 2018年 of 2017年, 当年 of 2016—2020年."""
    known = _patterns()
    if known.year_again.fullmatch(later):
        return known.one_year.fullmatch(period) is None
    return known.calendar.search(later) is not None


def _in_name(sentence: Sentence, figure: Draft, period: Span) -> bool:
    """Whether the period stands inside a title or a quoted name and the figure does not."""
    low = max(sentence.begin, period[0] - _LONGEST_NAME)
    high = min(sentence.finish, period[1] + _LONGEST_NAME)
    return any(
        match.start() < period[0]
        and period[1] < match.end()
        and not match.start() < figure.start < match.end()
        for match in _patterns().quoted.finditer(sentence.text, low, high)
    )
