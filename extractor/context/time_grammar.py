"""The grammar of time expressions, ready for use: what ``lexicon/times.toml`` holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.context.time_patterns import Known, beginning, closing_words, known, placeholders
from extractor.context.time_trees import Closing, Closings, Form, Tree
from extractor.lexicon import patterns as data_patterns
from extractor.lexicon.words import lexicon
from extractor.matching import compiled


class Sort(NamedTuple):
    """What the forms of one entry are, and after what they are none."""

    kind: str
    not_after: tuple[str, ...]


class Condition(NamedTuple):
    """The conditions under which a word beside an expression counts, as ``times.toml`` tells them."""

    not_after: tuple[str, ...]
    border: bool
    after: tuple[str, ...]
    longest: int
    shortest: int
    comma: bool
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The data of ``times.toml``, ready for use."""

    begins: re.Pattern[str]
    singles: frozenset[str]
    pairs: frozenset[str]
    pieces: Tree
    sorts: tuple[Sort, ...]
    openers: Mapping[str, Condition]
    closers: Mapping[str, tuple[tuple[Tree, frozenset[str]], ...]]
    closings: Closings
    clauses: tuple[Condition, ...]
    no_clause: tuple[tuple[str, ...], ...]
    leads: re.Pattern[str]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    numerals: frozenset[str]
    dash: re.Pattern[str]
    calendar: re.Pattern[str]
    joins: re.Pattern[str]
    member: re.Pattern[str]
    members: re.Pattern[str]
    shares: re.Pattern[str]
    listed: re.Pattern[str]
    month: re.Pattern[str]
    known: Known


@functools.cache
def grammar_of_times() -> Grammar:
    """The grammar of the package's own lexicon, built at the first call."""
    data = lexicon().data
    pieces = [
        form for number, entry in enumerate(data["time"]) for form in _forms(entry["forms"], entry, number)
    ]
    begins = [form.text for form in pieces]
    closers: dict[str, list[tuple[Tree, frozenset[str]]]] = {}
    for entry in data["time_closer"]:
        tree = Tree(_forms(entry["words"], entry, 0))
        classes = frozenset(entry["classes"]) - {"*"}
        for first in {word[0] for word in entry["words"]}:
            closers.setdefault(first, []).append((tree, classes))
    basis = {
        where: tuple(
            word for entry in data["time_basis"] if entry["where"] == where for word in entry["words"]
        )
        for where in ("before", "behind")
    }
    leads = sorted((word for entry in data["time_lead"] for word in entry["words"]), key=len, reverse=True)
    return Grammar(
        begins=beginning(begins),
        singles=frozenset(
            {form[0] for form in begins if len(form) == 1 or form[1] in placeholders()}.union(
                known().numerals
            )
        ),
        pairs=frozenset(form[:2] for form in begins),
        pieces=Tree(pieces),
        sorts=tuple(Sort(entry["class"], tuple(entry.get("not_after", ()))) for entry in data["time"]),
        openers={word: _words(entry) for entry in data["time_opener"] for word in entry["words"]},
        closers={first: tuple(found) for first, found in closers.items()},
        closings=_closings(data["time_clause"]),
        clauses=tuple(_words(entry) for entry in data["time_clause"]),
        no_clause=tuple(
            tuple(word for entry in data["time_no_clause"] for word in entry["words"] if len(word) > length)
            for length in range(4)
        ),
        leads=compiled("(?:" + "|".join(leads) + ")"),
        before=basis["before"],
        behind=basis["behind"],
        numerals=frozenset(known().numerals),
        known=known(),
        **data_patterns.patterns("times"),
    )


def _words(entry: Mapping[str, Any]) -> Condition:
    return Condition(
        tuple(entry.get("not_after", ())),
        entry.get("border", False),
        tuple(entry.get("after", ())),
        entry.get("longest", 0),
        entry.get("shortest", 1),
        entry.get("comma", False),
        tuple(entry.get("opened", ())),
    )


def _forms(words: Iterable[str], entry: Mapping[str, Any], number: int) -> list[Form]:
    not_before = tuple(entry.get("not_before", ()))
    return [Form(word, not_before, number) for word in words]


def _closings(entries: Sequence[Mapping[str, Any]]) -> Closings:
    beginning: dict[str, list[Closing]] = {}
    for number, entry in enumerate(entries):
        closing = Closing(Tree(_forms(entry["words"], {}, number)), number, bool(entry.get("comma")))
        firsts = {word[0] for word in entry["words"]}
        if firsts & placeholders().keys():
            firsts = firsts.difference(placeholders()).union(known().numerals)
        for first in firsts:
            beginning.setdefault(first, []).append(closing)
    first = closing_words([word for entry in entries for word in entry["words"]])
    return Closings(first, beginning, frozenset("".join(known().ends)))


@functools.lru_cache(4096)
def sort_of(words: str) -> Sort:
    """What a piece is that the tree of all pieces has found: of the entries that have it the first one counts."""
    grammar = grammar_of_times()
    length = len(words)
    entries = [form.entry for end, form in grammar.pieces.ends(words, 0, length) if end == length]
    return grammar.sorts[min(entries)]
