"""The lexicon: every word that a rule needs, read from ``extractor/lexicon/*.toml`` once and kept.

Rules hold no word lists of their own. They ask :func:`lexicon`, which reads the TOML files at the first call, so
that importing the package costs nothing. A word is looked up by slicing the text and asking a dictionary; which
lengths are worth trying is known from the first (or last) character, so no pattern is ever compiled from the lists.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from re import Pattern
from typing import Any, Generic, NamedTuple, TypeVar

from extractor import cache
from extractor.matching import compiled
from extractor.packaged import packaged

V = TypeVar("V")


class Table(Generic[V]):
    """Words with a value each, found by longest match at a position of a text.

    >>> table = Table({"公里": 1, "公里/小时": 2})
    >>> table.starting("80公里/小时", 2)
    ('公里/小时', 2)
    >>> table.ending("长公里", 3)
    ('公里', 1)
    >>> table.starting("长公里", 0) is None
    True
    """

    __slots__ = ("_endings", "_last", "lengths", "words")

    def __init__(self, words: Mapping[str, V]) -> None:
        self.words = dict(words)
        self.lengths = _lengths({(word[0], len(word)) for word in self.words})
        """For each character the lengths of the words that start with it, longest first."""
        self._last = _lengths({(word[-1], len(word)) for word in self.words})
        self._endings: set[str] = set()

    def starting(self, text: str, at: int, end: int | None = None) -> tuple[str, V] | None:
        """The longest word that starts at ``at`` (and ends by ``end``), with its value."""
        limit = len(text) if end is None else end
        if at >= limit:
            return None
        words = self.words
        for length in self.lengths.get(text[at], ()):
            if at + length <= limit:
                word = text[at : at + length]
                if word in words:
                    return word, words[word]
        return None

    def ending(self, text: str, at: int, start: int = 0) -> tuple[str, V] | None:
        """The longest word that ends just before ``at`` (and starts at ``start`` or later), with its value."""
        if at <= start:
            return None
        words = self.words
        for length in self._last.get(text[at - 1], ()):
            if at - length >= start:
                word = text[at - length : at]
                if word in words:
                    return word, words[word]
        return None

    def ends_longer(self, ending: str) -> bool:
        """Whether a longer word of the table ends so.

        >>> Table({"公里": 1}).ends_longer("里"), Table({"公里": 1}).ends_longer("公里")
        (True, False)
        """
        if not self._endings:
            self._endings = {word[at:] for word in self.words for at in range(1, len(word))}
        return ending in self._endings

    def covering(self, text: str, start: int, end: int, longest: int = 8) -> tuple[str, V] | None:
        """A word of the table that covers the span ``start`` to ``end`` and is longer than it, leftmost first."""
        words = self.words
        for begin in range(max(0, start - longest + 1), start + 1):
            for length in self.lengths.get(text[begin], ()):
                stop = begin + length
                if stop >= end and length > end - start:
                    word = text[begin:stop]
                    if word in words:
                        return word, words[word]
        return None

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)


def _lengths(pairs: set[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """The lengths that go with each character, longest first."""
    found: dict[str, list[int]] = {}
    for character, length in sorted(pairs, key=itemgetter(1), reverse=True):
        found.setdefault(character, []).append(length)
    return {character: tuple(lengths) for character, lengths in found.items()}


class Unit(NamedTuple):
    """A unit or classifier, as ``units.toml`` describes it (the meaning of each key is told at the top of that file)."""

    name: str
    kind: str
    group: str
    weak: bool = False
    not_before: tuple[str, ...] = ()
    times: int = 1
    plus: float = 0
    qualifier: str = ""
    series: str = ""
    size: int = 0
    also: tuple[dict[str, Any], ...] = ()
    needs: tuple[str, ...] = ()


# What a word does at the border of a noun phrase. A word may have several of these bits.
VERB = 1  # cuts a noun phrase
NOUN = 2  # belongs to a noun phrase, also where it looks like a verb
LEVEL = 4  # links a figure to its subject
UP = 8
DOWN = 16
ADVERB = 32
PREPOSITION = 64
FOLLOWING = 128  # a verb that follows a counted noun on its right
ITEM = 256  # a verb that is itself the item where nothing else is: 投资, 创收
SINGLE = 512  # a one-character verb that is one only at a clean border
INDICATOR = 1024  # heads a measured indicator: 收入, 面积, 率
NAME = 4096  # a proper name by its part of speech: a place, a body, a person
PLACE = 8192  # the name of a place, by its part of speech
TAGGED = 2048  # a verb by its part of speech only, not by the lexicon


class Idiom(NamedTuple):
    """Why a numeral inside a word is no figure, and the neighbours with which the word does not match."""

    reason: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kinds:
    """The kinds in the order of the contract and the words that decide them, as ``kinds.toml`` describes them.

    ``anywhere`` holds, per unit, the kinds in order with the words that decide wherever they stand and the longer
    words that do not count; ``ends`` the words sought at the end of an item, with the units that they count with
    ("*" is any); ``units`` the kind that a unit decides alone; ``pairs`` what a unit and a noun decide together.
    """

    names: tuple[str, ...]
    labels: Mapping[str, str]
    examples: Mapping[str, str]
    anywhere: Mapping[str, tuple[tuple[str, Pattern[str]], ...]]
    ends: Table[tuple[str, frozenset[str]]]
    units: Mapping[str, str]
    with_item: Mapping[str, str]
    pairs: Mapping[str, Table[tuple[str, str]]]


class Sets(NamedTuple):
    """The closed sets of ``grammar.toml``, where each is explained."""

    particles: frozenset[str]
    linking: frozenset[str]
    quantity: frozenset[str]
    conjunctions: frozenset[str]
    locatives: frozenset[str]
    currencies: frozenset[str]
    rise_nouns: frozenset[str]
    compound: frozenset[str]
    organising: frozenset[str]
    measured_endings: frozenset[str]
    plain_verbs: frozenset[str]
    suffixes: frozenset[str]
    abstract_heads: frozenset[str]
    activities: frozenset[str]
    territory: frozenset[str]
    milestones: frozenset[str]
    gain_endings: frozenset[str]
    borders: frozenset[str]
    determiners: frozenset[str]
    place_endings: frozenset[str]
    wholes: frozenset[str]
    modals: frozenset[str]
    glued: frozenset[str]
    trailing: frozenset[str]
    comparing: frozenset[str]
    noun_heads: frozenset[str]
    enders: frozenset[str]
    closed: frozenset[str]
    burdens: frozenset[str]
    size_classes: frozenset[str]
    reaching: frozenset[str]
    assemblies: frozenset[str]
    held: frozenset[str]
    printed: frozenset[str]
    statutes: frozenset[str]
    before_minus: frozenset[str]
    landforms: frozenset[str]
    place_bodies: frozenset[str]
    rank_moves: frozenset[str]
    thing_units: frozenset[str]
    no_ends: frozenset[str]
    counters: frozenset[str]
    no_items: frozenset[str]
    no_beginnings: frozenset[str]
    list_marks: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """All words by their use, built by :func:`build` from the TOML data."""

    units: Table[Unit]
    words: Table[int]
    nouns: Table[str]
    kinds: Kinds
    idioms: Table[Idiom]
    abstract: Table[bool]
    sets: Sets
    durations: Table[bool]
    signs: Table[Unit]
    eras: Table[bool]
    data: Mapping[str, Any]
    groups: Mapping[str, tuple[str, ...]]
    """For each word the names of the sets of ``grammar.toml`` that hold it, of those that the evidence asks for."""
    heads: dict[str, tuple[str, str] | None] = field(default_factory=dict, compare=False, repr=False)
    """Words that were met, with the kind of their noun and whether they name an indicator; None: what stands before may tell."""
    analysed: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)
    """Words of the dictionary that were met, with the length and the marks of their parts."""


def read_toml(files: Iterable[Any]) -> dict[str, Any]:
    """The contents of several TOML files in one mapping; lists of the same name are joined.

    ``files`` are objects with ``read_text``, as paths have it.
    """
    import tomllib  # not needed where the parsed lists are kept

    merged: dict[str, Any] = {}
    for file in files:
        for key, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
            known = merged.get(key)
            if isinstance(value, list) and isinstance(known, list):
                merged[key] = known + value
            elif isinstance(value, dict) and isinstance(known, dict):
                merged[key] = {**known, **value}
            else:
                merged[key] = value
    return merged


def own_files() -> list[Any]:
    """The TOML files of the package, in the order of their names."""
    return sorted(
        (f for f in packaged("lexicon").iterdir() if f.name.endswith(".toml")), key=lambda f: f.name
    )


def build(data: Mapping[str, Any]) -> Lexicon:
    """The lexicon of merged TOML ``data``; see the head of each file in ``lexicon/`` for its keys."""
    units: dict[str, Unit] = {}
    signs: dict[str, Unit] = {}
    for entry in data.get("unit", ()):
        unit = Unit(
            entry["name"],
            entry["kind"],
            entry["class"],
            entry.get("weak", False),
            tuple(entry.get("not_before", ())),
            entry.get("times", 1),
            entry.get("plus", 0),
            entry.get("qualifier", ""),
            entry.get("series", ""),
            entry.get("size", 0),
            tuple(entry.get("also", ())),
            tuple(entry.get("needs", ())),
        )
        units.update((spelling, unit) for spelling in entry["spellings"])
        if unit.group == "currency":
            signs.update((sign, unit) for sign in entry.get("signs", ()))
            signs.update(
                (name, unit) for name in entry["spellings"] if len(name) > 1 and name[0] not in "元块圆"
            )

    words: dict[str, int] = {}

    def add(group: str, bits: int, wanted: Callable[[str], bool] = bool) -> None:
        for entry in data.get(group, ()):
            extra = {"up": UP, "down": DOWN}.get(entry.get("change", ""), 0)
            extra |= ITEM if entry.get("becomes_item") else 0
            single = SINGLE if entry.get("safe") is False else 0
            for word in filter(wanted, entry["words"]):
                words[word] = words.get(word, 0) | bits | extra | single

    # A verb that ends with a verbal noun is cut before it, so that the noun can be the item: 带动 + 就业.
    nominal = {word for entry in data.get("verb_nouns", ()) for word in entry["words"]}
    add("verbs", VERB, lambda word: len(word) < 4 or word[-2:] not in nominal)
    add("single", VERB)
    add("verb_nouns", NOUN)
    add("level", LEVEL)
    add("adverbs", ADVERB)
    add("prepositions", PREPOSITION)
    add("right_verbs", FOLLOWING)
    add("indicator", INDICATOR | NOUN, lambda word: not words.get(word[:2], 0) & VERB)

    nouns: dict[str, str] = {}
    for entry in data.get("kind", ()):
        for noun in entry.get("nouns", ()):
            nouns.setdefault(noun, entry["name"])
            if len(noun) > 1:
                words[noun] = words.get(noun, 0) | NOUN
    idioms = {
        word: Idiom(
            entry.get("reason", "name"), tuple(entry.get("not_before", ())), tuple(entry.get("not_after", ()))
        )
        for entry in (*data.get("idiom", ()), *data.get("fixed", ()))
        for word in entry["words"]
    }
    abstract = {
        word: True
        for entry in data.get("abstract", ())
        if entry["when"] == "always"
        for word in entry["words"]
    }
    named = {entry["name"]: frozenset(entry["words"]) for entry in data.get("set", ())}
    sets = Sets(*(named.get(field, frozenset()) for field in Sets._fields))
    durations = Table({word: True for entry in data.get("duration", ()) for word in entry["words"]})
    eras = Table({word: True for entry in data.get("era", ()) for word in entry["words"]})
    return Lexicon(
        Table(units),
        Table(words),
        Table(nouns),
        _kinds(data),
        Table(idioms),
        Table(abstract),
        sets,
        durations,
        Table(signs),
        eras,
        data,
        _groups(data.get("set", ())),
    )


def _groups(sets: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The names of the sets that are evidence, by word."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in sets:
        if entry.get("evidence"):
            for word in entry["words"]:
                found[word] = (*found.get(word, ()), entry["name"])
    return found


def _kinds(data: Mapping[str, Any]) -> Kinds:
    names, labels, examples = [], {}, {}
    anywhere: dict[str, list[tuple[str, Pattern[str]]]] = {}
    ends: dict[str, tuple[str, frozenset[str]]] = {}
    units = dict(data.get("unit_only", {}))
    for entry in data.get("kind", ()):
        name = entry["name"]
        names.append(name)
        labels[name] = entry["label"]
        examples[name] = entry["examples"][0]
        units.update((unit, name) for unit in entry.get("units", ()))
        if entry.get("anywhere") and entry["nouns"]:
            pattern = _any_of(entry["nouns"], entry.get("except", ()))
            for unit in entry["anywhere"]:
                anywhere.setdefault(unit, []).append((name, pattern))
        at_end = frozenset(entry.get("at_end", ()))
        if at_end:
            for noun in entry.get("nouns", ()):
                ends.setdefault(noun, (name, at_end))
    pairs: dict[str, dict[str, tuple[str, str]]] = {}
    for entry in data.get("pair", ()):
        for unit in entry["units"]:
            for noun in entry["nouns"]:
                pairs.setdefault(unit, {})[noun] = (entry["kind"], entry.get("name", ""))
    return Kinds(
        tuple(names),
        labels,
        examples,
        {u: tuple(p) for u, p in anywhere.items()},
        Table(ends),
        units,
        dict(data.get("unit_with_item", {})),
        {u: Table(w) for u, w in pairs.items()},
    )


def _any_of(words: Iterable[str], excepted: Iterable[str]) -> Pattern[str]:
    """A pattern that finds one of the words (group 1), not inside a longer word that is excepted."""
    longer = "|".join(map(re.escape, sorted(excepted, key=len, reverse=True)))
    choice = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return compiled(f"{longer}|({choice})" if longer else f"({choice})")


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon of the package, read at the first call."""
    return build(cache.load(own_files(), read_toml))
