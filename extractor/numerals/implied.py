"""The unit that a number leaves out because the words beside it say what is counted: 旅游收入超300亿, 花了八千.

The words are data (``lexicon/implied.toml``); one pattern for each side of the number is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import Pattern
from typing import Any, NamedTuple

from extractor.lexicon.patterns import patterns
from extractor.lexicon.words import Lexicon
from extractor.matching import compiled

_NOUN_REACH = 24
_VERB_REACH = 10


class _Patterns(NamedTuple):
    """The patterns made of a lexicon's ``data``; the group that matches is that of its unit in ``names``."""

    data: Mapping[str, Any]
    names: tuple[str, ...]
    nouns: Pattern[str]
    verbs: Pattern[str]
    behind: Pattern[str]


_latest: _Patterns | None = None


def _patterns(lexicon: Lexicon) -> _Patterns:
    """The patterns of a lexicon; those used last are kept."""
    global _latest
    data = lexicon.data
    latest = _latest
    if latest is None or latest.data is not data:
        entries = data.get("implied", ())
        links = _choice(word for entry in data.get("implied_link", ()) for word in entry["words"])
        sides = {
            side: "|".join(
                f"(?P<u{at}>{_choice(words)})" for at, e in enumerate(entries) if (words := e.get(side))
            )
            for side in ("nouns", "verbs", "behind")
        }
        latest = _latest = _Patterns(
            data,
            tuple(entry["unit"] for entry in entries),
            compiled(f"(?:{sides['nouns'] or '(?!)'})(?:{links}){{0,5}}$"),
            compiled(f"(?:{sides['verbs'] or '(?!)'}){patterns('implied')['verb_link'].pattern}$"),
            compiled(sides["behind"] or "(?!)"),
        )
    return latest


def _choice(words: Any) -> str:
    """Words as alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def by_noun(text: str, begin: int, start: int, lexicon: Lexicon) -> str:
    """The unit that an indicator before the number implies, "" if none does.

    >>> from extractor.lexicon.words import lexicon
    >>> by_noun("旅游收入已超过", 0, 7, lexicon())
    '元'
    """
    patterns = _patterns(lexicon)
    found = patterns.nouns.search(text[max(begin, start - _NOUN_REACH) : start])
    return patterns.names[int(str(found.lastgroup)[1:])] if found else ""


def by_verb(text: str, begin: int, start: int, lexicon: Lexicon) -> str:
    """The unit of the amounts that a verb right before the number has for its object, "" if there is none."""
    patterns = _patterns(lexicon)
    found = patterns.verbs.search(text[max(begin, start - _VERB_REACH) : start])
    return patterns.names[int(str(found.lastgroup)[1:])] if found else ""


def by_noun_behind(text: str, end: int, lexicon: Lexicon) -> str:
    """The unit that a noun right behind the number implies (三十万积蓄), "" if none does."""
    patterns = _patterns(lexicon)
    found = patterns.behind.match(text, end)
    return patterns.names[int(str(found.lastgroup)[1:])] if found else ""
