"""A place in the wording of a time expression, which moves on over patterns, words and times of day."""

from __future__ import annotations

import re
from typing import TypeVar

from extractor.context import date_words
from extractor.context.reference_time import ReferenceTimes
from extractor.lexicon.words import Table

V = TypeVar("V")


class Cursor:
    """One expression, how far it was read, and the times that were told before it."""

    def __init__(self, days: ReferenceTimes, text: str) -> None:
        self.days = days
        self.text = text
        self.at = 0
        self.clues = date_words.clues()
        self.patterns = date_words.patterns()
        self.known = date_words.known()
        self.year_told = self.in_figures = False

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def _word(self, words: Table[V]) -> V | None:
        """What the longest of the words means that stands here, None if none does."""
        found = words.starting(self.text, self.at)
        if found is None:
            return None
        self.at += len(found[0])
        return found[1]

    def _passes(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stood here; it is passed over. None of them begins with another."""
        word = next((word for word in words if self.text.startswith(word, self.at)), "")
        self.at += len(word)
        return word != ""

    def _hours(self) -> None:
        """Passes over times of day."""
        moved = True
        while moved and self.at < len(self.text):
            moved = self._match(self.patterns.hour) is not None
            found = self.clues.times.starting(self.text, self.at)
            if found is not None:
                self.at += len(found[0])
                moved = True
