"""The words around a figure that say how exact it is: 约, 近, 超, 以上, 左右 (section 4 of FIGURES.md).

The words are data (``lexicon/qualifiers.toml``); one pattern for each side of the number is made of them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from re import Pattern
from typing import Any, NamedTuple

from extractor.lexicon.patterns import patterns
from extractor.lexicon.words import Lexicon, lexicon
from extractor.matching import compiled
from extractor.model import Number
from extractor.numerals import units

_OPEN = {
    "over": (True, False),
    "at_least": (True, False),
    "nearly": (False, True),
    "under": (False, True),
    "at_most": (False, True),
}


class Patterns(NamedTuple):
    """The patterns of ``numerals.toml`` for this step, by name."""

    rate: re.Pattern[str]
    distant: re.Pattern[str]
    distant_word: re.Pattern[str]
    within: re.Pattern[str]
    before_link: re.Pattern[str]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("qualifiers"))


class _Patterns(NamedTuple):
    """The patterns made of a lexicon's ``data``; the group that matches is named after its qualifier."""

    data: Mapping[str, Any]
    before: Pattern[str]
    after: Pattern[str]


_latest: _Patterns | None = None


def _patterns(words: Lexicon | None) -> _Patterns:
    """The patterns of a lexicon (the package's own if none is given); those used last are kept."""
    global _latest
    data = (words or lexicon()).data
    latest = _latest
    if latest is None or latest.data is not data:
        # The words end right before the numeral; the search finds the leftmost, which is the longest.
        before = compiled(f"(?:{_choice(data, 'before')}){_told().before_link.pattern}")
        latest = _latest = _Patterns(data, before, compiled(_choice(data, "after")))
    return latest


def _choice(data: Mapping[str, Any], side: str) -> str:
    """The words of one side as alternatives, one group for each qualifier; matches nothing if there is none."""
    words: dict[str, list[str]] = {}
    for entry in data.get("qualifier", ()):
        words.setdefault(entry["name"], []).extend(entry.get(side, ()))
    groups = (f"(?P<{name}>{'|'.join(alternatives)})" for name, alternatives in words.items() if alternatives)
    return "|".join(groups) or "(?!)"


def before(text: str, begin: int, start: int, words: Lexicon | None = None) -> tuple[str, int]:
    """The qualifier stated right before ``start`` and where its word begins; ``("", start)`` if there is none.

    >>> before("捐款近", 0, 3)
    ('nearly', 2)
    >>> before("附近", 0, 2)
    ('', 2)
    """
    words = words or lexicon()
    pattern = _patterns(words).before
    currency = units.currency_before(text, begin, start, words)
    if currency:
        # 约人民币260万元, 超HK$300: the currency stands between.
        stated, at = before(text, begin, currency[1], words)
        return (stated, at) if stated else ("", start)
    if text.startswith("零下", start - 2) and start - 2 >= begin:
        stated, at = before(text, begin, start - 2, words)  # 接近零下30℃
        return (stated, at) if stated else ("", start)
    low = max(begin, start - 6)
    found = pattern.search(text[low:start])
    if found:
        return str(found.lastgroup), low + found.start()
    near = max(begin, start - 10)
    rate = _told().rate.search(text, near, start) if text.find("每", near, start) >= 0 else None
    if rate and rate.start() > begin:
        # 约合每公里92万元, 不超过每股18元: the qualifier stands before the rate.
        found = pattern.search(text[max(begin, rate.start() - 6) : rate.start()])
        if found:
            return str(found.lastgroup), start
    far = max(begin, start - 40)
    distant = (
        _told().distant.search(text, far, start) if _told().distant_word.search(text, far, start) else None
    )
    if not distant:
        return "", start
    # 不低于当地标准的1.3倍: the noun phrase of the number stands before the comparison.
    return str(distant.lastgroup), distant.start() if distant.group().endswith("的") else start


def after(text: str, end: int, finish: int, words: Lexicon | None = None) -> str:
    """The qualifier stated right after ``end``, or "".

    >>> after("3天左右", 2, 4)
    'about'
    """
    return behind(text, end, finish, words)[0]


def behind(text: str, end: int, finish: int, words: Lexicon | None = None) -> tuple[str, int]:
    """The qualifier stated right after ``end`` and where its word ends; ``("", end)`` if there is none.

    >>> behind("3天左右", 2, 4)
    ('about', 4)
    """
    found = _patterns(words).after.match(text, end, min(finish, end + 3))
    if found:
        return str(found.lastgroup), found.end()
    return ("at_most", end + 1) if _told().within.match(text, end - 1, min(finish, end + 2)) else ("", end)


def apply(number: Number, words_before: str, words_after: str) -> Number:
    """The number with the bounds that the words imply. A range and the vague numerals (余, 几) keep their own.

    >>> apply(Number(50, 50, 50), "over", "")
    Number(value=50, low=50, high=None, qualifier='over')
    """
    stated = words_before or words_after
    if words_before in ("about", "") and words_after in ("at_least", "at_most", "over"):
        stated = words_after
    if not stated or number.qualifier == "range":
        return number
    if number.qualifier in ("over", "about"):
        # 超60余万 is over; 至少十几人 is at_least; 约60余万 stays over.
        if stated in ("at_least", "at_most", "nearly", "under"):
            low, high = _OPEN[stated]
            return Number(number.value, number.value if low else None, number.high if high else None, stated)
        return number
    value = number.value
    if stated == "about":
        return Number(value, None, None, "about")
    low, high = _OPEN[stated]
    return Number(value, value if low else None, value if high else None, stated)
