"""The head noun of an item, by which rows are grouped: 党组织 of 软弱涣散党组织."""

from __future__ import annotations

from extractor.lexicon.phrases import Span, segment
from extractor.lexicon.words import Lexicon

_QUOTES = "“”‘’\"'《》"
_LONGEST = 12


def head_of(text: str, item: Span | None, lexicon: Lexicon) -> Span | None:
    """The span of the head noun, None where there is no item.

    The last noun of the lexicon at the item's end if it has two characters or more, else the last word.
    """
    if item is None:
        return None
    start, end = item
    while end > start and text[end - 1] in _QUOTES:
        end -= 1
    if end == start:
        return item
    low = max(start, end - _LONGEST)
    noun = lexicon.nouns.ending(text, end, low)
    name = lexicon.words.ending(text, end, low)
    found = max((len(one[0]) for one in (noun, name) if one), default=0)
    if found > 1:
        return end - found, end
    words = segment(text, low, end, lexicon)
    return (words[-1].start, end) if words else item
