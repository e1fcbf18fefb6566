"""From one level to another (由2.3亿元增至3.1亿元): what change, difference and ratio start from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.checks.common import alike, amount
from extractor.checks.evidence import pattern
from extractor.checks.passage import Mark, Passage

_ARROWS = frozenset(("→", "->", "⟶", "➔", "➜"))


class Pair(NamedTuple):
    """Two levels of one thing, the direction between them (``up`` or ``down``) and the words that say so."""

    old: Mark
    new: Mark
    direction: str
    words: tuple[str, ...]


def pairs(passage: Passage) -> Iterator[Pair]:
    """All places where a text says that something went from one level to another.

    >>> from extractor.checks.passage import passages
    >>> from extractor.pipeline import examine
    >>> [passage] = passages(examine("产值由2.3亿元增至3.1亿元。").figures)
    >>> [(pair.direction, pair.words) for pair in pairs(passage)]
    [('up', ('由', '增至'))]
    """
    for old, new in zip(passage.marks, passage.marks[1:], strict=False):
        if old.sentence != new.sentence or not alike(old, new):
            continue
        if old.figure.kind != "ratio" and not (amount(old) and not new.figure.change):
            continue
        if passage.between(old, new).strip() in _ARROWS and old.figure.value != new.figure.value:
            up = (old.figure.value or 0) < (new.figure.value or 0)
            yield Pair(old, new, "up" if up else "down", (passage.between(old, new).strip(),))
            continue
        opened = pattern("({from})[^，。；由从]{0,20}$").search(passage.lead(old))
        gap = passage.between(old, new)
        moved = pattern(
            "^[^；。：]{0,16}?(?:({rise_to})|({fall_to}))(?:了)?(至|到|为|成)(?:了)?[^，；。]{0,10}$"
        ).search(gap)
        if opened and moved:
            rises = bool(moved[1])
            yield Pair(old, new, "up" if rises else "down", (opened[1], (moved[1] or moved[2]) + moved[3]))


def followers(passage: Passage, mark: Mark, count: int = 2) -> Iterator[Mark]:
    """The next figures of the sentence, one clause further each at most."""
    last = mark
    for ahead in range(1, count + 1):
        following = passage.after(mark, ahead)
        if following is None or following.sentence != mark.sentence or passage.breaks(last, following) > 1:
            return
        yield following
        last = following
