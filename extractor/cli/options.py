"""Types of the command line's options: what is written there, checked and turned into values.

A wrong value is told in one line, with what would be right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from extractor.matching import compiled
from extractor.model import Value
from extractor.table.choice import Bound
from extractor.table.vocabulary import nearest
from extractor.table.where import WhereError, compile_where

if TYPE_CHECKING:
    import regex
    from click.shell_completion import CompletionItem

    from extractor.lexicon.words import Lexicon

    ParamType = click.ParamType[Any]
else:
    ParamType = click.ParamType


_COMMAS = compiled("[,，、]")


class Words(ParamType):
    """Words from a fixed list, separated by commas; a wrong one is told with the nearest right one. Each may have
    several names, the Chinese one above all: ``words`` gives the word for every name.
    """

    name = "words"

    def __init__(
        self, words: Callable[[], Mapping[str, str]], *, signs: str = "", single: bool = False
    ) -> None:
        self._words = words
        self._signs = signs
        self._single = single

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> list[str]:
        if isinstance(value, list):
            return value
        written = [value] if self._single else _COMMAS.split(value)
        words, chosen = self._words(), []
        for word in (word.strip() for word in written if word.strip()):
            bare = word.lstrip(self._signs) if self._signs else word
            if bare not in words:
                near = nearest(bare, words)
                hint = (
                    f"did you mean {near!r}?" if near else f"use {', '.join(dict.fromkeys(words.values()))}"
                )
                self.fail(f"unknown: {bare!r}; {hint}", parameter, context)
            chosen.append(word[: len(word) - len(bare)] + words[bare])
        return chosen

    def shell_complete(
        self, context: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        head, comma, last = incomplete.rpartition(",")
        words = self._words()
        names = words if last and not last.isascii() else dict.fromkeys(words.values())
        return [CompletionItem(head + comma + word) for word in names if word.startswith(last)]


class Word(Words):
    """One word from a fixed list."""

    def __init__(self, words: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(words, single=True)

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        found = super().convert([value] if not isinstance(value, str) else value, parameter, context)
        return found[0] if isinstance(value, str) and found else value


class Quantity(ParamType):
    """A number as one writes it: 500, 1e8, 1,200 or 3.5亿; or one with a unit: 100公顷, 3.5亿元."""

    name = "number"

    def __init__(self, words: Callable[[], Lexicon]) -> None:
        self._words = words

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> Value | Bound:
        if isinstance(value, int | float | Bound):
            return value
        try:
            return int(value) if value.lstrip("+-").isdecimal() else _finite(float(value))
        except ValueError:
            pass
        from extractor import parse_number

        try:
            number = parse_number(value).value
        except ValueError:
            number = None
        if number is None:
            bound = _bound(value, self._words())
            if bound is None:
                self.fail(f"{value!r} is not a number; write 500, 1e8, 3.5亿 or 100公顷", parameter, context)
            return bound
        return number


class Regex(ParamType):
    """A regular expression, of the library ``regex``: it knows scripts (``\\p{Han}``), and its search has an end."""

    name = "regex"

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> regex.Pattern[str]:
        import regex

        try:
            return regex.compile(value)
        except regex.error as error:
            self.fail(f"{value!r} is not a regular expression: {error}", parameter, context)


class Expression(ParamType):
    """A condition on the columns; ``words`` gives the lexicon with the user's own kinds."""

    name = "expression"

    def __init__(self, words: Callable[[], Lexicon]) -> None:
        self._words = words

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        try:
            return value if callable(value) else compile_where(value, self._words())
        except WhereError as error:
            self.fail(str(error), parameter, context)


def _bound(text: str, words: Lexicon) -> Bound | None:
    """A number with a unit, which is the longest end of the text that is one: 100公顷, 3.5亿元."""
    from extractor import parse_number
    from extractor.numerals.base import size, sizes_of

    for at in range(1, len(text)):
        unit = words.units.words.get(text[at:].strip())
        found = size(unit.name) if unit else None
        if unit is None or found is None:
            continue
        try:
            value = parse_number(text[:at].strip()).value
        except ValueError:
            continue
        if value is not None:
            return Bound(Fraction(repr(value)) * unit.times * found[0], sizes_of(found[1]))
    return None


def _finite(number: float) -> float:
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError
    return number
