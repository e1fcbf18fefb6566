"""Patterns made of the forms of ``lexicon/times.toml``: trees of characters, in which a capital stands for numerals."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.lexicon import patterns as data
from extractor.lexicon.words import lexicon

_ORDER = "PDHNMRZY"[::-1]  # the more special first; after them the plain characters


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
def placeholders() -> dict[str, str]:
    """The patterns that signs in the forms of ``times.toml`` stand for."""
    return {entry["sign"]: entry["pattern"] for entry in lexicon().data["time_placeholder"]}


def closing(entries: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    """A pattern with a group for each entry, for the words that close a clause."""
    parts = []
    ends = "".join(known().ends)
    for entry in entries:
        words = tree_pattern(dict.fromkeys(entry["words"], ()))
        parts.append(f"({words}(?=[{ends}]|$))" if entry.get("comma") else f"({words})")
    firsts = {word[0] for entry in entries for word in entry["words"]} - placeholders().keys()
    return re.compile(f"(?=[{''.join(sorted(firsts.union(known().numerals)))}])(?:{'|'.join(parts)})")


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
        f"(?=[{numerals}]{{0,4}}+[{more}]? ?[{dashes}{re.escape(''.join(behind))}])"
    )
    word = f"(?<=[{''.join(sorted(plain))}])(?=[{re.escape(''.join(sorted(second)))}])"
    return re.compile(f"[{numerals}{''.join(sorted(plain))}](?:{word}|{numeral}|(?<=[{week}]))")


def tree_pattern(forms: Mapping[str, tuple[str, ...]]) -> str:
    """A pattern for the longest of the forms, as a tree of their characters, so that none is tried in vain.

    >>> tree_pattern({"今年": (), "今天": (), "今年底": ("部",)})
    '今(?:天|年(?:底(?!部)|))'
    """
    branches: dict[str, dict[str, tuple[str, ...]]] = {}
    for form, not_before in forms.items():
        if form:
            branches.setdefault(form[0], {})[form[1:]] = not_before
    parts = []
    for sign in sorted(branches, key=lambda sign: (_ORDER.find(sign), sign)):
        own = placeholders()[sign] if sign in placeholders() else re.escape(sign)
        blank = " ?" if sign in placeholders() else ""
        parts.append(f"{own}{blank}{tree_pattern(branches[sign])}")
    if "" in forms:
        longer = "|".join(map(re.escape, forms[""]))
        parts.append(f"(?!{longer})" if longer else "")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
