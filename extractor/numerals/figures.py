"""The figures of a sentence: decides of every numeral whether it is one, and joins the numerals that make one figure.

``deciding`` looks at one numeral; ``joins`` puts together what is one figure.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor.lexicon.patterns import patterns, word_lists
from extractor.lexicon.words import INDICATOR, Lexicon
from extractor.numerals import joins, numbers
from extractor.numerals.deciding import decide
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.scan import Candidate


class Patterns(NamedTuple):
    """The patterns of ``numerals.toml`` for this step, by name."""

    moved: re.Pattern[str]


class Known(NamedTuple):
    """The short lists of ``numerals.toml`` for this step, by name."""

    listed: tuple[str, ...]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("figures"))


@functools.cache
def _known() -> Known:
    return Known(**word_lists("figures"))


def read(
    text: str, begin: int, finish: int, candidates: Iterable[Candidate], lexicon: Lexicon
) -> list[Draft | Refusal]:
    """Every numeral of the sentence ``text[begin:finish]`` (folded) as a draft of a figure or a refusal, in order."""
    found: list[Draft | Refusal] = []
    known: set[str] = set()
    candidates = list(candidates)
    for index, candidate in enumerate(candidates):
        previous = found[-1] if found else None
        if isinstance(previous, Draft):
            known.add(previous.unit.name)
        if previous and candidate.start < previous.end:
            continue
        other = candidates[index + 1] if index + 1 < len(candidates) else None
        # 5年零4个月: the 零 that links two parts is a numeral of its own before a digit
        part = other if other and candidate.text == "零" and other.start == candidate.end else candidate
        if isinstance(previous, Draft) and (
            joins.add_half(text, previous, candidate) or joins.goes_on(text, finish, previous, part, lexicon)
        ):
            earlier = found[-2] if len(found) > 1 else None
            if isinstance(earlier, Draft) and joins.join(text, begin, earlier, previous):
                # 一成至一成五: only now the second amount is whole.
                found.pop()
            continue
        if previous and candidate.start == previous.end and _goes_on_unread(previous, candidate):
            found.append(Refusal(candidate.start, candidate.end, "code", "code.unreadable"))
            continue
        if other and text[candidate.end] == "、" and (both := joins.pair(text, begin, candidate, other)):
            result = decide(text, begin, finish, both, lexicon, known)
            if isinstance(result, Draft) and result.unit.group in (
                "measure",
                "currency",
                "date-like",
                "noun",
            ):
                found.append(result)
                continue
        result = decide(text, begin, finish, candidate, lexicon, known)
        cut = None
        if index + 1 < len(candidates) and candidates[index + 1].start < result.end:
            cut = next((c for c in candidates[index + 1 : index + 4] if c.start < result.end < c.end), None)
        if cut:
            # A unit takes the next numeral whole or not at all: 五千两三个.
            result = decide(text, begin, cut.start, candidate, lexicon, known)
        listed = other is not None and text[result.end : other.start] in _known().listed
        if isinstance(result, Refusal) and result.rule == "code.no_unit" and isinstance(previous, Draft):
            result = _same_index(text, candidate, previous) or result
        if isinstance(result, Refusal) and result.rule == "code.no_unit" and not listed:
            result = _same_unit(text, begin, candidate, found, lexicon) or result
        if (
            isinstance(result, Draft)
            and isinstance(previous, Draft)
            and joins.join(text, begin, previous, result)
        ):
            continue
        found.append(result)
    joins.share_units(text, found)
    return found


def _same_unit(
    text: str, begin: int, candidate: Candidate, found: list[Draft | Refusal], lexicon: Lexicon
) -> Draft | None:
    """A large number that says by how much the figure before it moved has its unit: 4.27亿人次, 增加1.6亿."""
    drafts = [draft for draft in found if isinstance(draft, Draft)]
    if (
        not drafts
        or candidate.text[-1] not in "万亿"
        or not _told().moved.search(text, begin, candidate.start)
    ):
        return None
    unit = drafts[-1].unit
    if (
        not unit.name
        or unit.kind == "ratio"
        or _indicator_between(text, drafts[-1].end, candidate.start, lexicon)
    ):
        return None
    try:
        number = numbers.parse(candidate.text)
    except ValueError:
        return None
    return Draft(
        candidate.start, candidate.end, candidate.text, number, unit, drafts[-1].spelling, "implied_unit"
    )


def _indicator_between(text: str, begin: int, end: int, lexicon: Lexicon) -> bool:
    """Whether another indicator is named between two numbers, so that they measure different things: 5万吨，产值可达1.2亿."""
    words = lexicon.words
    return any(
        (found := words.starting(text, at, end)) and found[1] & INDICATOR and len(found[0]) > 1
        for at in range(begin, end)
    )


def _goes_on_unread(previous: Draft | Refusal, candidate: Candidate) -> bool:
    """Whether a multiplier stands right behind a numeral that was not read: it belongs to that one and is no amount."""
    unread = isinstance(previous, Refusal) and (previous.reason == "code" or previous.rule == "idiom.no_unit")
    return unread and not candidate.text.strip("百千万亿")


def _same_index(text: str, candidate: Candidate, previous: Draft) -> Draft | None:
    """A decimal behind the reading of an index is one too: 指数为-0.82，较上月回升0.02; -0.89、-0.88."""
    if previous.rule != "index" or "." not in candidate.text:
        return None
    between = text[previous.end : candidate.start]
    if between not in _known().listed and not (_told().moved.search(between) and between.count("，") < 2):
        return None
    try:
        number = numbers.parse(candidate.text)
    except ValueError:
        return None
    return Draft(candidate.start, candidate.end, candidate.text, number, previous.unit, "", "index")
