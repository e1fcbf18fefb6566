"""A numeral in its surroundings, as the rules see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from extractor.lexicon.words import Lexicon, Unit
from extractor.numerals.units import Measure

_LEFT = 40
_RIGHT = 12


class Look:
    """A numeral with the folded text around it, the borders of its sentence and, once it was read, its unit."""

    __slots__ = (
        "_ahead",
        "arabic",
        "begin",
        "end",
        "finish",
        "left",
        "lexicon",
        "measure",
        "numeral",
        "right",
        "start",
        "text",
    )

    def __init__(
        self, text: str, begin: int, finish: int, start: int, end: int, numeral: str, lexicon: Lexicon
    ) -> None:
        self.text = text
        self.begin = begin
        self.finish = finish
        self.start = start
        self.end = end
        self.numeral = numeral
        self.lexicon = lexicon
        self.measure: Measure | None = None
        self._ahead: tuple[str, Unit] | Literal[False] | None = False
        self.arabic = numeral[0] <= "9"
        self.left = text[max(begin, start - _LEFT) : start]
        self.right = text[end : min(finish, end + _RIGHT)]

    @property
    def unit_ahead(self) -> tuple[str, Unit] | None:
        """The unit that follows the numeral at once, as the lexicon has it."""
        if self._ahead is False:
            self._ahead = self.lexicon.units.starting(self.text, self.end, self.finish)
        return self._ahead

    def before(self, length: int) -> str:
        """Up to 40 characters just before the numeral, inside the sentence."""
        return self.left[-length:]

    def after(self, length: int) -> str:
        """Up to 12 characters just behind the numeral, inside the sentence."""
        return self.right[:length]

    def beyond(self, length: int) -> str:
        """The text just behind the unit (behind the numeral, if there is none), inside the sentence."""
        at = self.measure.end if self.measure else self.end
        return self.text[at : min(self.finish, at + length)]


Rule = Callable[[Look], str]
"""A rule returns the reason of the contract, or ""."""
