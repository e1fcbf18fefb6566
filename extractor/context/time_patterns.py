"""Patterns for the words of ``lexicon/times.toml``: what its capitals stand for, and where an expression can begin."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor.lexicon import patterns as data
from extractor.lexicon.words import lexicon
from extractor.matching import compiled


class Known(NamedTuple):
    """The short lists of ``time_patterns.toml``, by name."""

    numerals: tuple[str, ...]
    more: tuple[str, ...]
    dashes: tuple[str, ...]
    week: tuple[str, ...]
    linking: tuple[str, ...]
    ends: tuple[str, ...]
    opens_long: tuple[str, ...]
    opens_clause: tuple[str, ...]
    origin: tuple[str, ...]


@functools.cache
def known() -> Known:
    """The short lists of words of times."""
    return Known(**data.word_lists("times"))


@functools.cache
def placeholders() -> dict[str, re.Pattern[str]]:
    """The patterns that signs in the forms of ``times.toml`` stand for."""
    return {entry["sign"]: compiled(entry["pattern"]) for entry in lexicon().data["time_placeholder"]}


def beginning(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the places where a piece can begin, which has to be quick before it is exact.

    A numeral counts where a word of time can follow it; a number of things is passed over.
    """
    plain: set[str] = set()
    second: set[str] = set()
    behind: set[str] = set()
    for form in forms:
        if form[0] not in placeholders():
            plain.add(form[0])
            second.update(known().numerals if form[1:2] in placeholders() else form[1:2])
        elif form[1:2] not in placeholders():
            behind.add(form[1:2])
    numerals = "".join(sorted(known().numerals))
    more, dashes, week = ("".join(signs) for signs in (known().more, known().dashes, known().week))
    numeral = (
        f"(?<=[{numerals}])(?<![{numerals}][{numerals}])"
        f"(?=[{numerals}]{{0,4}}+[{more}]? ?[{dashes}{re.escape(''.join(sorted(behind)))}])"
    )
    word = f"(?<=[{''.join(sorted(plain))}])(?=[{re.escape(''.join(sorted(second)))}])"
    return compiled(f"[{numerals}{''.join(sorted(plain))}](?:{word}|{numeral}|(?<=[{week}]))")


def closing_words(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the places where words that close a clause can begin: their first character, and what can follow it."""
    numerals = "".join(sorted(known().numerals))
    more, dashes = ("".join(signs) for signs in (known().more, known().dashes))
    alone: set[str] = set()
    firsts: set[str] = set()
    seconds: set[str] = set()
    behind: set[str] = set()
    for form in forms:
        follows = numerals + dashes if form[1:2] in placeholders() else form[1:2]
        if form[0] in placeholders():
            behind.update(follows)
        elif follows:
            firsts.add(form[0])
            seconds.update(follows)
        else:
            alone.add(form[0])
    numeral = f"(?<=[{numerals}])(?=[{numerals}]{{0,4}}[{more}]? ?[{re.escape(''.join(sorted(behind)))}])"
    word = f"(?<=[{''.join(sorted(firsts))}])(?=[{re.escape(''.join(sorted(seconds)))}])"
    single = f"(?<=[{''.join(sorted(alone))}])"
    every = "".join(sorted(alone | firsts | set(numerals)))
    return compiled(f"[{every}](?:{single}|{word}|{numeral})")
