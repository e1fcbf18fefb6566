"""The date of an article, as its own text tells it.

Looked at are the lines of the header and the foot (（2023年8月15日）, 2023-08-15 10:20 来源：…, 时间：2023年8月15日) and the
dateline (本报拉萨8月15日讯). A dateline tells no year; it counts where the text names the year of a month just before it, and
no year long before that one: then it tells history.
A year alone counts where the text calls the same time 2023年上半年 and 今年上半年. Whatever is less certain stays "".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extractor.lexicon.patterns import patterns
from extractor.matching import compiled
from extractor.model import Block
from extractor.numerals import numbers
from extractor.page.marks import either, words

_HEADER = frozenset({"byline", "kicker", "subheadline", "head"})
_LONGEST_LINE = 120
_LONGEST_TEXT = 20_000  # characters of an article that are searched for years
_MONTHS_BEFORE = 2
_HISTORY = 3


class Patterns(NamedTuple):
    """The patterns of ``published.toml``, by name."""

    full: re.Pattern[str]
    month_only: re.Pattern[str]
    month_of_year: re.Pattern[str]
    part_of_year: re.Pattern[str]
    any_year: re.Pattern[str]
    year_that_was: re.Pattern[str]
    part_of_this_year: re.Pattern[str]
    weekday: re.Pattern[str]
    day: re.Pattern[str]


@functools.cache
def _patterns() -> Patterns:
    return Patterns(**patterns("published"))


def published(text: str, blocks: Sequence[Block]) -> str:
    """The date of the article with these blocks of the folded ``text``: 2023-08-15, 2023-08, 2023, or "" if it does not tell.

    >>> from extractor.lexicon.folding import fold
    >>> from extractor.page import articles, layout
    >>> page = layout.clean("清河县选派干部驻村\\n2023-08-15 10:20 来源：清河日报\\n近日，清河县选派干部82名。\\n")
    >>> published(fold(page.text), articles.split(page)[0].blocks)
    '2023-08-15'
    """
    whole = text[blocks[0].start : min(blocks[-1].end, blocks[0].start + _LONGEST_TEXT)] if blocks else ""
    return _from_lines(text, blocks) or _from_dateline(text, blocks, whole) or _from_years(whole)


def _from_lines(text: str, blocks: Sequence[Block]) -> str:
    """A full date in a line that is no prose, the topmost; else a month in brackets at the end of one."""
    month = ""
    for line, role in _lines(text, blocks):
        for match in _patterns().full.finditer(line):
            day = _iso(*filter(None, match.groups()))
            if day and (role in _HEADER or _stands_apart(line, match)):
                return day
        only = _patterns().month_only.search(line)
        if only and not month:
            month = _iso_month(only[1], only[2])
    return month


def _lines(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """The lines of the header and the foot, each with its role."""
    for block in blocks:
        length = block.end - block.start
        if block.role != "caption" and length <= _LONGEST_LINE:
            line = text[block.start : block.end].strip()
            if block.role != "body" or "。" not in line:
                yield line, block.role


def _stands_apart(line: str, match: re.Match[str]) -> bool:
    """Whether a date in a headline or another line stands in brackets, ends the line, or is labelled."""
    before = line[: match.start()].rstrip(" ")
    closed = _patterns().weekday.match(line, match.end()) is not None
    labelled = before.endswith(words("marks", "date_labels")) or before.rstrip(":：").endswith(
        words("marks", "date_labels")
    )
    return (closed and (not before or before[-1] in "(—:： " or len(before) >= 4)) or labelled or not before


def _from_dateline(text: str, blocks: Sequence[Block], whole: str) -> str:
    """The day of a dateline with the year that the text gives to one of the months before it."""
    opening = next((block for block in blocks if block.role in ("byline", "body")), None)
    for block in blocks:
        if block.role != "byline" and block is not opening:
            continue
        match = _dateline().search(text[block.start : min(block.end, block.start + _LONGEST_LINE)])
        if match is None:
            continue
        month = _number(match[1])
        years = [(_number(m[1]), _number(m[2])) for m in _patterns().month_of_year.finditer(whole)]
        if years:
            year = max(year for year, _ in years)
            told = sorted({int(found[0]) for found in _patterns().year_that_was.finditer(whole)} - {year})
            if told and not 0 < year - told[-1] <= _HISTORY:
                return ""  # a text that tells of years far apart tells history, and a later year is no year of writing
            if any(of == year and 0 <= month - before <= _MONTHS_BEFORE for of, before in years):
                return _iso(str(year), match[1], match[2])
        return ""
    return ""


@functools.cache
def _dateline() -> re.Pattern[str]:
    return compiled(f"{_patterns().day.pattern}{either(words('marks', 'dateline_ends'))}")


def _from_years(whole: str) -> str:
    """The year in which a part of a year is called so and 今年's as well."""
    this = {match[1] for match in _patterns().part_of_this_year.finditer(whole)}
    if not this:
        return ""
    years = {match[1] for match in _patterns().part_of_year.finditer(whole) if match[2] in this}
    latest = max((match[0] for match in _patterns().any_year.finditer(whole)), default="")
    return latest if years == {latest} else ""


def _number(numeral: str) -> int:
    try:
        return int(numbers.parse(numeral).value or 0)
    except ValueError:
        return 0


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(_number(year), _number(month), _number(day)).isoformat()
    except ValueError:
        return ""


def _iso_month(year: str, month: str) -> str:
    return _iso(year, month, "1")[:7]
