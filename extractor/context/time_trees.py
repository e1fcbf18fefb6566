"""Trees of the forms of ``lexicon/times.toml``, in which a capital stands for a numeral.

One tree takes the place of a pattern of thirty thousand characters, which took half a second to compile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.context.time_patterns import placeholders

_ORDER = "YZRMNHDP"  # the more special first


class Form(NamedTuple):
    """A form as ``times.toml`` writes it, what may not follow it, and the number of its entry."""

    text: str
    not_before: tuple[str, ...]
    entry: int


class Tree:
    """The forms that begin alike, parted by their next character."""

    __slots__ = ("form", "numerals", "plain")

    def __init__(self, forms: Iterable[Form], depth: int = 0) -> None:
        """``depth`` characters of all forms are the same. Of equal forms the first counts."""
        self.form: Form | None = None
        branches: dict[str, list[Form]] = {}
        for form in forms:
            if len(form.text) > depth:
                branches.setdefault(form.text[depth], []).append(form)
            else:
                self.form = self.form or form
        signs = placeholders()
        self.plain = {sign: Tree(branch, depth + 1) for sign, branch in branches.items() if sign not in signs}
        self.numerals = [
            (signs[sign], Tree(branches[sign], depth + 1))
            for sign in sorted(branches.keys() & signs.keys(), key=_ORDER.find)
        ]

    def ends(self, text: str, at: int, finish: int) -> Iterator[tuple[int, Form]]:
        """Where forms end that stand at ``at``, the preferred one first: the longest of its characters.

        >>> tree = Tree([Form("今年", (), 0), Form("今年底", ("部",), 0), Form("M月", (), 1)])
        >>> [end for end, _ in tree.ends("今年底前", 0, 4)], [end for end, _ in tree.ends("今年底部", 0, 4)]
        ([3, 2], [2])
        >>> [(end, form.entry) for end, form in tree.ends("12月", 0, 3)]
        [(3, 1)]
        """
        if at < finish and (branch := self.plain.get(text[at])):
            yield from branch.ends(text, at + 1, finish)
        for pattern, branch in self.numerals:
            numeral = pattern.match(text, at, finish)
            if numeral is not None:
                end = numeral.end()
                if end < finish and text[end] == " ":
                    yield from branch.ends(text, end + 1, finish)
                yield from branch.ends(text, end, finish)
        if self.form is not None and not text.startswith(self.form.not_before, at, finish):
            yield at, self.form

    def end(self, text: str, at: int, finish: int) -> int:
        """Where the preferred form at ``at`` ends, the first one of ``ends``; -1 if none stands there."""
        if at < finish:
            branch = self.plain.get(text[at])
            if branch is not None and (found := branch.end(text, at + 1, finish)) >= 0:
                return found
            for pattern, branch in self.numerals:
                numeral = pattern.match(text, at, finish)
                if numeral is not None:
                    behind = numeral.end()
                    if behind < finish and text[behind] == " ":
                        found = branch.end(text, behind + 1, finish)
                        if found >= 0:
                            return found
                    found = branch.end(text, behind, finish)
                    if found >= 0:
                        return found
        form = self.form
        if form is None or (form.not_before and text.startswith(form.not_before, at, finish)):
            return -1
        return at


class Closing(NamedTuple):
    """Words that close a clause, the number of their entry, and whether the clause must end with them."""

    words: Tree
    entry: int
    last: bool


class Closings(NamedTuple):
    """All of them, by the characters with which they can begin, and the characters that end a clause."""

    first: re.Pattern[str]
    beginning: Mapping[str, Sequence[Closing]]
    ends: frozenset[str]

    def find(self, text: str, begin: int, finish: int) -> Iterator[tuple[int, int, int]]:
        """Where such words stand, and the number of their entry."""
        at = begin
        for match in self.first.finditer(text, begin, finish):
            start = match.start()
            if start < at:
                continue
            for words, entry, last in self.beginning[text[start]]:
                end = words.end(text, start, finish)
                if end >= 0 and not (last and end < finish and text[end] not in self.ends):
                    yield start, end, entry
                    at = end
                    break
