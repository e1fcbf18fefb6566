"""The grammar of time expressions, ready for use: what ``lexicon/times.toml`` holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.context.time_patterns import Known, beginning, closing, known, placeholders, tree_pattern
from extractor.lexicon import patterns as data_patterns
from extractor.lexicon.words import lexicon


class Form(NamedTuple):
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
    pieces: re.Pattern[str]
    forms: tuple[tuple[re.Pattern[str], Form], ...]
    openers: Mapping[str, Condition]
    closers: Mapping[str, tuple[tuple[re.Pattern[str], frozenset[str]], ...]]
    clause: re.Pattern[str]
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
    all_forms: dict[str, tuple[str, ...]] = {}
    kinds = []
    for entry in data["time"]:
        not_before = tuple(entry.get("not_before", ()))
        forms = {form: not_before for form in entry["forms"] if form not in all_forms}
        all_forms.update(forms)
        kinds.append(
            (re.compile(tree_pattern(forms)), Form(entry["class"], tuple(entry.get("not_after", ()))))
        )
    closers: dict[str, list[tuple[re.Pattern[str], frozenset[str]]]] = {}
    for entry in data["time_closer"]:
        pattern = re.compile(
            tree_pattern({word: tuple(entry.get("not_before", ())) for word in entry["words"]})
        )
        classes = frozenset(entry["classes"]) - {"*"}
        for first in {word[0] for word in entry["words"]}:
            closers.setdefault(first, []).append((pattern, classes))
    basis = {
        where: tuple(
            word for entry in data["time_basis"] if entry["where"] == where for word in entry["words"]
        )
        for where in ("before", "behind")
    }
    leads = sorted((word for entry in data["time_lead"] for word in entry["words"]), key=len, reverse=True)
    return Grammar(
        begins=beginning(all_forms),
        singles=frozenset(
            {form[0] for form in all_forms if len(form) == 1 or form[1] in placeholders()}.union(
                known().numerals
            )
        ),
        pairs=frozenset(form[:2] for form in all_forms),
        pieces=re.compile(tree_pattern(all_forms)),
        forms=tuple(kinds),
        openers={word: _words(entry) for entry in data["time_opener"] for word in entry["words"]},
        closers={first: tuple(found) for first, found in closers.items()},
        clause=closing(data["time_clause"]),
        clauses=tuple(_words(entry) for entry in data["time_clause"]),
        no_clause=tuple(
            tuple(word for entry in data["time_no_clause"] for word in entry["words"] if len(word) > length)
            for length in range(4)
        ),
        leads=re.compile("(?:" + "|".join(leads) + ")"),
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


@functools.lru_cache(4096)
def form_of(words: str) -> Form:
    """What a piece is that the pattern of all pieces has found."""
    grammar = grammar_of_times()
    return next((form for pattern, form in grammar.forms if pattern.fullmatch(words)), Form("now", ()))
