"""No input makes a pattern slow: every compiled pattern of the package, on texts built to make it backtrack."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import random
import re
import time
import types
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import extractor
from extractor.pipeline import examine

SMALL, LARGE = 800, 6400
LIMIT = 3
"""Eight times the text may take three times eight times as long; the square would be eight times that."""
FLOOR = 0.004
"""Seconds below which a time says nothing."""


BOUNDED = {
    "extractor.numerals.numbers.": "sees numerals of at most MAX_LENGTH characters",
    "extractor.numerals.cardinals.": "sees numerals of at most MAX_LENGTH characters",
    "extractor.lexicon.safe_patterns.": "sees valid patterns of the user's own lexicon",
    "extractor.lexicon.user_file.": "matches at the start of a line of the user's own lexicon",
}
"""Modules whose patterns never see a long text, with the reason."""


@functools.cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that lives in a module, a container, an object or a cache, by its name."""
    pages = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    examine(pages[0].read_text(encoding="utf-8"))  # so that patterns are compiled that are made when needed
    texts: dict[str, tuple[str, re.Pattern[str]]] = {}
    seen: set[int] = set()

    def walk(name: str, thing: Any, depth: int) -> None:
        if isinstance(thing, re.Pattern):
            if isinstance(thing.pattern, str):
                texts.setdefault(thing.pattern, (name, thing))
            return
        if depth == 0 or id(thing) in seen or isinstance(thing, (str, int, float, bytes, type(None))):
            return
        seen.add(id(thing))
        if isinstance(thing, dict):
            children: Any = list(thing.items())[:5000]
        elif isinstance(thing, (list, tuple, set, frozenset)):
            children = list(enumerate(thing))[:5000]
        elif hasattr(thing, "cache_info") and not thing.__wrapped__.__code__.co_argcount:
            children = [("", thing())] if returns_patterns(thing) else []
        elif type(thing).__module__.startswith("extractor"):
            names = getattr(thing, "__slots__", None) or vars(thing)
            children = [(n, getattr(thing, n, None)) for n in names]
        else:
            return
        for key, child in children:
            walk(f"{name}.{key}", child, depth - 1)

    for module in modules():
        for name, thing in list(vars(module).items()):
            walk(f"{module.__name__}.{name}", thing, 6)
    return {name: thing for name, thing in texts.values() if not name.startswith(tuple(BOUNDED))}


def returns_patterns(function: Any) -> bool:
    """Whether a cached function without arguments gives patterns or the lexicon that holds some."""
    return any(word in str(function.__annotations__.get("return", "")) for word in ("Pattern", "Lexicon"))


def modules() -> Iterator[types.ModuleType]:
    for info in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if not info.name.endswith("__main__"):
            try:
                yield importlib.import_module(info.name)
            except ImportError:  # an optional library
                continue


def pieces(pattern: str) -> list[str]:
    """The texts that occur in a pattern: its literals, and one or two members of each class."""
    texts: list[str] = []
    run: list[str] = []

    def end() -> None:
        if run:
            texts.append("".join(run))
            run.clear()

    def walk(tree: Any) -> None:
        for code, value in tree:
            if code is codes.LITERAL:
                run.append(chr(value))
                continue
            end()
            if code is codes.IN:
                texts.extend(members(value))
            elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
                walk(value[2])
                end()
            elif code is codes.SUBPATTERN:
                walk(value[3])
            elif code is codes.BRANCH:
                for branch in value[1]:
                    walk(branch)
                    end()
            elif code in (codes.ASSERT, codes.ASSERT_NOT):
                walk(value[1])
                end()
            elif code is codes.ATOMIC_GROUP:
                walk(value)
                end()
            elif code is codes.GROUPREF_EXISTS:
                walk(value[1])
                walk(value[2] or ())
        end()

    walk(parser.parse(pattern))
    return list(dict.fromkeys(texts))


def members(value: Any) -> list[str]:
    """One or two characters of a class; of a negated one some that it is likely to take."""
    if value[0][0] is codes.NEGATE:
        return ["县", "a"]
    found = []
    for code, item in value[:2]:
        if code is codes.LITERAL:
            found.append(chr(item))
        elif code is codes.RANGE:
            found.append(chr(item[0]))
        elif code is codes.CATEGORY:
            found.append({codes.CATEGORY_SPACE: " ", codes.CATEGORY_DIGIT: "1"}.get(item, "县"))
    return found


def attacks(pattern: str) -> list[str]:
    """Units that are repeated: each piece, some pairs of pieces, some runs of pieces, spaces, digits."""
    parts = pieces(pattern)
    rng = random.Random(len(pattern))
    sample = parts if len(parts) <= 6 else rng.sample(parts, 6)
    units = [*sample, "1", " ", "县"]
    units += [rng.choice(parts) + rng.choice(parts) for _ in range(5) if parts]
    units += ["".join(rng.choices(parts, k=5)) for _ in range(3) if parts]
    return list(dict.fromkeys(units))


def seconds(pattern: re.Pattern[str], text: str) -> float:
    begin = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begin


def slow(pattern: re.Pattern[str]) -> str:
    """The unit that makes a pattern take more than its share of time, "" if none does."""
    for unit in attacks(pattern.pattern):
        small, large = unit * (SMALL // len(unit) + 1), unit * (LARGE // len(unit) + 1)
        if seconds(pattern, large) <= FLOOR:
            continue
        for _ in range(3):  # a busy machine is no slow pattern
            before, after = max(seconds(pattern, small), FLOOR / 8), seconds(pattern, large)
            if after < before * LARGE / SMALL * LIMIT:
                break
        else:
            return f"{unit!r}: {before:.4f} s for {SMALL}, {after:.4f} s for {LARGE} characters"
    return ""


def test_patterns_are_found() -> None:
    assert len(patterns()) > 100


def test_no_group_is_possessive() -> None:
    """Before Python 3.11.5 a possessive group matches wrongly; an atomic group does not."""
    wrong = [
        name
        for name, pattern in patterns().items()
        if re.search(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+", pattern.pattern)
    ]
    assert not wrong, "write (?>(?:…)*) for (?:…)*+"


@pytest.mark.parametrize("share", range(8))
def test_time_grows_with_the_text(share: int) -> None:
    """In shares, so that a failure does not hide the others for long."""
    wrong = {}
    for name in list(patterns())[share::8]:
        if reason := slow(patterns()[name]):
            wrong[name] = f"{patterns()[name].pattern[:80]} on {reason}"
    assert not wrong, "\n".join(f"{name}: {reason}" for name, reason in wrong.items())


def test_a_slow_pattern_is_caught() -> None:
    assert slow(re.compile("[0-9]+年"))
    assert slow(re.compile("县(?:[^，]*)村"))
    assert not slow(re.compile("[0-9]{1,4}年"))
