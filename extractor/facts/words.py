"""The words of ``lexicon/facts.toml``, made into what the other modules ask."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from extractor.lexicon.words import lexicon
from extractor.matching import compiled


class Aspect(NamedTuple):
    """What sets a figure apart: its name, the pattern of its words, and whether they govern the whole sentence."""

    name: str
    pattern: re.Pattern[str]
    whole: bool


class Words(NamedTuple):
    """The words, ready to use."""

    synonyms: Mapping[str, str]
    synonym: re.Pattern[str]
    aspects: tuple[Aspect, ...]
    bases: Mapping[str, str]
    groups: tuple[str, ...]
    determiner: re.Pattern[str]
    adverb: re.Pattern[str]
    filling: re.Pattern[str]


def _either(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@functools.cache
def words() -> Words:
    """The words, made at the first call.

    >>> words().synonyms["GDP"], words().bases["比上年"]
    ('地区生产总值', '')
    """
    data = lexicon().data
    same = {entry["name"]: entry["name"] for entry in data["same_item"]}
    same.update((word, entry["name"]) for entry in data["same_item"] for word in entry["words"])
    return Words(
        same,
        compiled(_either(list(same))),
        tuple(
            Aspect(
                entry["name"],
                compiled(f"(?:{_either(entry['except'])})|({_either(entry['words'])})")
                if entry.get("except")
                else compiled(f"({_either(entry['words'])})"),
                entry["reach"] == "sentence",
            )
            for entry in data["fact_aspect"]
        ),
        {word: entry["name"] for entry in data["fact_basis"] for word in entry["words"]},
        tuple(data["facts"]["groups"]),
        compiled(f"^(?:{_either(data['facts']['determiners'])})(?=.{{2}})"),
        compiled(f"(?:{_either(data['facts']['adverbs'])})+$"),
        compiled(f"{_either([*data['facts']['adverbs'], *data['facts']['filling']])}|[0-9]+[年月日]"),
    )


def labels(table: str) -> Mapping[str, str]:
    """The Chinese words for ``columns`` or for the values of ``measure``.

    >>> labels("measure")["level"]
    '水平'
    """
    found: Mapping[str, Any] = lexicon().data["facts"][table]
    return found
