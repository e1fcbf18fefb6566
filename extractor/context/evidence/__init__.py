"""Evidence: small functions that give the named features of a candidate. What they weigh stands in ``weights.toml``.

A piece of evidence is a tuple: its name and the values seen, all text, so that the weights can be read and every
choice explained. Each module serves one question: ``item`` (where the phrase ends), ``reach`` (how far it goes to the
left), ``action``, ``subject`` and ``period``.

Pieces that depend on the same few values are given together, as a clue: a function and the values it is asked with.
What a clue weighs is found once and remembered (``ranking.Table``), so that 的 before 人 is not weighed anew at each of
its thousand places; ``pieces`` gives what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Evidence = tuple[str, ...]
Clue = tuple[Any, ...]


def pieces(clues: Iterable[Clue]) -> list[Evidence]:
    """The pieces of evidence that clues consist of, in their order.

    >>> def length(word: str) -> list[Evidence]:
    ...     return [("length", str(len(word))), ("word", word)]
    >>> pieces([("last", "n"), (length, "农户")])
    [('last', 'n'), ('length', '2'), ('word', '农户')]
    """
    found: list[Evidence] = []
    for clue in clues:
        if callable(clue[0]):
            found += clue[0](*clue[1:])
        else:
            found.append(clue)
    return found
