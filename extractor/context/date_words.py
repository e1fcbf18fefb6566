"""The words of ``lexicon/days.toml`` by their use."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

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
    times: Table[None]
    eras: tuple[tuple[str, int], ...]


@functools.cache
def clues() -> Clues:
    """The words of ``days.toml`` by their use."""
    data = lexicon().data

    def table(name: str, meaning: Callable[[Entry], V], wanted: Callable[[Entry], bool] = bool) -> Table[V]:
        return Table(
            {word: meaning(entry) for entry in filter(wanted, data[name]) for word in entry["words"]}
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
        edges=table("day_edge", lambda entry: None),
        times=table("day_time", lambda entry: None),
        eras=tuple((entry["name"], entry["zero"]) for entry in data["day_era"]),
    )
