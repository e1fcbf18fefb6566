"""How wide the columns of a terminal table are, and how text is folded inside them. Widths are in cells of the
terminal: a Chinese character takes two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

GAP = 2
"""Cells between two columns."""
LEAST = 8
"""The narrowest that a column of text becomes, where the terminal is too narrow for all that must be shown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column would like: ``natural`` cells show all of it on one line, ``enough`` are comfortable."""

    natural: int
    enough: int


def chosen(wishes: Sequence[Wish], ranks: Sequence[int], must: int, room: int) -> list[int]:
    """Which columns there is room for, in their order. ``ranks`` names columns, the most wanted first; the first
    ``must`` of them are always shown.

    >>> chosen([Wish(4, 4), Wish(40, 20), Wish(10, 10)], ranks=[1, 0, 2], must=1, room=30)
    [0, 1]
    """
    taken: list[int] = []
    used = -GAP
    for place, number in enumerate(ranks):
        cost = GAP + wishes[number].enough
        if place < must or used + cost <= room:
            taken.append(number)
            used += cost
    return sorted(taken)


def shared(wishes: Sequence[Wish], room: int) -> list[int]:
    """The widths of columns side by side: what is over goes to those that want more, what lacks is taken from
    the widest. No column is made narrower than ``LEAST``, so the sum can be more than there is room for.

    >>> shared([Wish(4, 4), Wish(40, 20)], 60), shared([Wish(4, 4), Wish(40, 20)], 20)
    ([4, 40], [4, 14])
    """
    widths = [wish.enough for wish in wishes]
    over = room - sum(widths) - GAP * (len(widths) - 1)
    while over > 0:
        wanting = [i for i, wish in enumerate(wishes) if widths[i] < wish.natural]
        if not wanting:
            break
        # The column that lacks least is helped first: whole columns without a fold are the aim.
        first = min(wanting, key=lambda i: wishes[i].natural - widths[i])
        more = min(over, wishes[first].natural - widths[first])
        widths[first] += more
        over -= more
    while over < 0:
        widest = max(range(len(widths)), key=lambda i: widths[i])
        if widths[widest] <= LEAST:
            break
        widths[widest] -= 1
        over += 1
    return widths


def folded(text: str, width: int) -> str:
    """Text on as few lines as it needs, all about equally long: no line holds a single last character.

    >>> folded("2023年以来", 8).split("\\n"), folded("2023年以来", 10)
    (['2023年', '以来'], '2023年以来')
    """
    total = cell_len(text)
    if total <= width:
        return text
    widest = list(_pieces(text, width))
    for least in range(-(-total // len(widest)), width):
        pieces = list(_pieces(text, least))
        if len(pieces) <= len(widest):
            return "\n".join(pieces)
    return "\n".join(widest)


def _pieces(text: str, width: int) -> Iterator[str]:
    """Pieces of at most ``width`` cells; digits and Latin letters that belong together stay so where they can."""
    line, size = "", 0
    for word in _words(text):
        length = cell_len(word)
        if size + length <= width:
            line, size = line + word, size + length
            continue
        if line.strip():
            yield line.rstrip()
        line, size = "", 0
        for character in word if length > width else (word.lstrip(),):
            if size + cell_len(character) > width:
                yield line
                line, size = "", 0
            line, size = line + character, size + cell_len(character)
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        if character.isascii() and not character.isspace():
            word += character
            continue
        if word:
            yield word
        word = ""
        yield character
    if word:
        yield word


def pages(widths: Sequence[int], room: int, lead: int = 1) -> list[list[int]]:
    """The columns in pages that fit, each led by the first ``lead`` columns.

    >>> pages([10, 20, 20, 20], 60)
    [[0, 1, 2], [0, 3]]
    """
    first = list(range(min(lead, len(widths))))
    start = sum(widths[: len(first)]) + GAP * (len(first) - 1)
    found, page, used = [], list(first), start
    for number in range(len(first), len(widths)):
        if used + GAP + widths[number] > room and len(page) > len(first):
            found.append(page)
            page, used = list(first), start
        page.append(number)
        used += GAP + widths[number]
    return [*found, page]
