"""The words of ``lexicon/days.toml`` by their use, and the patterns of ``lexicon/date_patterns.toml``."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from re import Pattern
from typing import Any, NamedTuple, TypeVar

from extractor.lexicon import patterns as data
from extractor.lexicon.words import Table, lexicon

V = TypeVar("V")
Entry = Mapping[str, Any]

_OF_YEARS = ("year", "whole", "closed")


class Clues(NamedTuple):
    """The words of ``days.toml`` by their use."""

    openers: Table[str]
    closers: Table[str]
    years: Table[int]
    others: Table[tuple[str, int]]
    again_years: Table[tuple[str, int]]
    again: Table[tuple[str, int]]
    months: Table[tuple[int, int]]
    halves: Table[tuple[int, int]]
    edges: Table[None]
    thirds: Table[int]
    weekdays: Table[int]
    times: Table[None]
    eras: tuple[tuple[str, int], ...]


class Patterns(NamedTuple):
    """How the pieces of a date are written; what each finds is told beside it in ``date_patterns.toml``."""

    years: Pattern[str]
    years_listed: Pattern[str]
    year: Pattern[str]
    year_of_era: Pattern[str]
    republic: Pattern[str]
    short_year: Pattern[str]
    decade: Pattern[str]
    plan: Pattern[str]
    first_months: Pattern[str]
    first_months_alone: Pattern[str]
    months: Pattern[str]
    month: Pattern[str]
    quarters: Pattern[str]
    quarter: Pattern[str]
    quarters_range: Pattern[str]
    day: Pattern[str]
    bare_day: Pattern[str]
    range: Pattern[str]
    ended: Pattern[str]
    joins: Pattern[str]
    hour: Pattern[str]
    opened: Pattern[str]
    bracket: Pattern[str]


class Known(NamedTuple):
    """The short lists of ``date_patterns.toml``."""

    linking: tuple[str, ...]
    no_opener: tuple[str, ...]
    since: tuple[str, ...]
    clocks: tuple[str, ...]
    year_ends: tuple[str, ...]
    other_years: tuple[str, ...]


@functools.cache
def patterns() -> Patterns:
    """The patterns of dates."""
    return Patterns(**data.patterns("dates"))


@functools.cache
def known() -> Known:
    """The short lists of words of dates."""
    return Known(**data.word_lists("dates"))


@functools.cache
def clues() -> Clues:
    """The words of ``days.toml`` by their use."""
    entries = lexicon().data

    def table(name: str, meaning: Callable[[Entry], V], wanted: Callable[[Entry], bool] = bool) -> Table[V]:
        return Table(
            {word: meaning(entry) for entry in filter(wanted, entries[name]) for word in entry["words"]}
        )

    def side(entry: Entry) -> str:
        return str(entry["side"])

    def again(entry: Entry) -> tuple[str, int]:
        return entry["unit"], entry["shift"]

    def months(entry: Entry) -> tuple[int, int]:
        return entry["first"], entry["last"]

    return Clues(
        openers=table("day_opener", side),
        closers=table("day_closer", side),
        years=table("day_word", lambda entry: int(entry["ago"]), lambda entry: entry["unit"] == "year"),
        others=table(
            "day_word", lambda entry: (entry["unit"], entry["ago"]), lambda entry: entry["unit"] != "year"
        ),
        again_years=table("day_again", again, lambda entry: entry["unit"] in _OF_YEARS),
        again=table("day_again", again, lambda entry: entry["unit"] not in _OF_YEARS),
        months=table("day_months", months),
        halves=table("day_months", months, lambda entry: entry.get("alone", True)),
        thirds=table("day_third", lambda entry: int(entry["first"])),
        weekdays=table("day_weekday", lambda entry: int(entry["after"])),
        edges=table("day_edge", lambda entry: None),
        times=table("day_time", lambda entry: None),
        eras=tuple((entry["name"], entry["zero"]) for entry in entries["day_era"]),
    )
