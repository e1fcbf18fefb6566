"""Evidence: small functions that give the named features of a candidate. What they weigh stands in ``weights.toml``.

A piece of evidence is a tuple: its name and the values seen, all text, so that the weights can be read and every
choice explained. Each module serves one question: ``item`` (where the phrase ends), ``reach`` (how far it goes to the
left), ``action``, ``subject`` and ``period``.

What depends on few small values is asked as a group: a function and what it is asked, ``(of_word, "L", "农户")``, which gives
the pieces. The same words come again and again, so what a group weighs is remembered (``ranking``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Evidence = tuple[str, ...]
Asked = tuple[Any, ...]
"""A piece of evidence, or a group of pieces: a function and the values that it is asked."""


def pieces(evidence: Iterable[Asked]) -> list[Evidence]:
    """All pieces, those of the groups too.

    >>> def noun(region, kind):
    ...     return [("noun", region, kind)]
    >>> pieces([("none",), (noun, "L", "money")])
    [('none',), ('noun', 'L', 'money')]
    """
    found: list[Evidence] = []
    for one in evidence:
        if isinstance(one[0], str):
            found.append(one)
        else:
            found += one[0](*one[1:])
    return found
