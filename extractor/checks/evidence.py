"""The evidence words of ``extractor/lexicon/checks.toml``, read once, and what the rules ask of them."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from extractor.matching import compiled
from extractor.packaged import packaged


class Partition(NamedTuple):
    """Parts that make up a whole: the names of each part, and those of the whole (none: any whole)."""

    parts: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...]


@cache
def _data() -> dict[str, Any]:
    text = packaged("lexicon", "checks.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words(role: str) -> tuple[str, ...]:
    """The words of a role, longest first. ``KeyError`` if there is no such role.

    >>> words("within")
    ('其中',)
    """
    found = [word for group in _data()["evidence"] if group["role"] == role for word in group["words"]]
    if not found:
        raise KeyError(role)
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def any_of(role: str) -> str:
    """A regular expression, as text, that matches each word of a role."""
    return "(?:" + "|".join(map(re.escape, words(role))) + ")"


@cache
def pattern(template: str) -> re.Pattern[str]:
    """A compiled pattern; ``{role}`` in the template stands for any word of the role.

    >>> pattern("^{within}").match("其中女党员").group()
    '其中'
    """
    return compiled(re.sub(r"\{([a-z_]+)\}", lambda match: any_of(match[1]), template))


def has(role: str, text: str) -> str:
    """The first word of a role that a text holds, "" if none."""
    match = pattern("{" + role + "}").search(text)
    return match[0] if match else ""


def without(role: str, text: str) -> str:
    """A text with all words of a role taken out.

    >>> without("generic_total", "分红总金额达到了")
    '分红总'
    """
    return pattern("{" + role + "}").sub("", text)


@cache
def partitions() -> tuple[Partition, ...]:
    """The kinds of parts that make up a whole."""
    return tuple(
        Partition(tuple(tuple(names) for names in entry["parts"]), tuple(entry["whole"]))
        for entry in _data()["partition"]
    )


def labels() -> dict[str, dict[str, str]]:
    """Chinese words: ``columns``, and the values of ``relation`` and ``status``."""
    found: dict[str, dict[str, str]] = _data()["labels"]
    return found


def explained(language: str, relation: str, status: str, words: list[str], stated: str, computed: str) -> str:
    """Why a relation was seen, and what came of it, in a sentence.

    >>> explained("en", "sum", "disagrees", ["共", "其中"], "30", "31")
    'a sum, told by 共, 其中; the text states 30, its other numbers give 31'
    >>> explained("zh", "sum", "agrees", ["共", "其中"], "30", "30")
    '合计关系，依据“共”“其中”；数字相符'
    """
    texts: dict[str, Any] = _data()["explanation"][language]
    result: str = texts[status].format(stated=stated, computed=computed)
    if not words:
        return result
    named = str(texts["between"]).join(str(texts["word"]).format(word=word) for word in words)
    told: str = texts["told"].format(relation=texts["relation"][relation], words=named, result=result)
    return told


@cache
def dimensions() -> tuple[tuple[str, ...], ...]:
    """Attributes by which people are told apart, one tuple per sort."""
    return tuple(tuple(entry["words"]) for entry in _data()["dimension"])


@cache
def _scales() -> dict[str, tuple[str, Fraction]]:
    return {
        unit: (entry["base"], Fraction(str(factor)))
        for entry in _data()["scale"]
        for unit, factor in entry["units"].items()
    }


def factor(unit: str, to: str) -> Fraction | None:
    """How many of another unit one of a unit is, ``None`` where they measure different things.

    >>> factor("吨", "斤"), factor("元", "元"), factor("元", "亩") is None
    (Fraction(2000, 1), Fraction(1, 1), True)
    """
    if unit == to:
        return Fraction(1)
    first, second = _scales().get(unit), _scales().get(to)
    if first is None or second is None or first[0] != second[0]:
        return None
    return first[1] / second[1]
