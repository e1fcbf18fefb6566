"""Noun phrases beside a number, bounded by the words of the lexicon.

A clause is cut into words from the number outwards by longest match: :func:`leftwards` from the number back to the
start of the clause, :func:`rightwards` from the unit to its end. A character that begins no known word is a word of
its own with no marks. Quoted text, book titles and brackets count as one word each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.words import NOUN, Lexicon

STOPS = frozenset("，。；：！？,;:!?…\n\r")
_OPENING = {")": "(", "）": "（", "”": "“", "’": "‘", "》": "《", "]": "[", "】": "【", '"': '"'}
_CLOSING = {opening: closing for closing, opening in _OPENING.items()}


class Word(NamedTuple):
    """A word of a clause: its span in the folded text and the marks that the lexicon gives it."""

    start: int
    end: int
    marks: int


def leftwards(text: str, begin: int, at: int, lexicon: Lexicon) -> Iterator[Word]:
    """The words before ``at``, nearest first, back to a stop or to ``begin``."""
    table = lexicon.words
    while at > begin:
        character = text[at - 1]
        if character in STOPS:
            return
        opening = _OPENING.get(character)
        if opening:
            start = text.rfind(opening, begin, at - 1)
            if start < 0:
                return
            yield Word(start, at, NOUN)
            at = start
            continue
        if character in _CLOSING:
            return
        found = table.ending(text, at, begin)
        if found:
            word, marks = found
            yield Word(at - len(word), at, marks)
            at -= len(word)
        else:
            yield Word(at - 1, at, 0)
            at -= 1


def rightwards(text: str, at: int, finish: int, lexicon: Lexicon) -> Iterator[Word]:
    """The words from ``at`` on, up to a stop or to ``finish``."""
    table = lexicon.words
    while at < finish:
        character = text[at]
        if character in STOPS:
            return
        closing = _CLOSING.get(character)
        if closing:
            end = text.find(closing, at + 1, finish)
            if end < 0:
                return
            yield Word(at, end + 1, NOUN)
            at = end + 1
            continue
        if character in _OPENING:
            return
        found = table.starting(text, at, finish)
        if found:
            word, marks = found
            yield Word(at, at + len(word), marks)
            at += len(word)
        else:
            yield Word(at, at + 1, 0)
            at += 1
