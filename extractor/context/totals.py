"""Running totals over the tokens of a sentence, so that what stands between two of them is counted by subtraction."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from extractor.context.tokens import FIGURE, Token


class Totals:
    """For each sort of token how many stand before token 0, 1, 2 … and the end.

    ``of`` counts 的, ``strong`` the marks that part a sentence, ``names`` the words tagged as names. ``stretch`` gives
    for each token the first one of its stretch: its clause from the figure before on.
    """

    __slots__ = ("figures", "links", "names", "nouns", "of", "stretch", "strong", "verbs")

    def __init__(self, tokens: Sequence[Token]) -> None:
        counts = [token.lexeme.counts for token in tokens]
        self.verbs, self.nouns, self.links, self.figures, self.names, self.strong, self.of = (
            list(accumulate(column, initial=0)) for column in zip(*counts, strict=True)
        )
        self.stretch: list[int] = []
        begin, clause = 0, -1
        for at, token in enumerate(tokens):
            if token.clause != clause:
                clause, begin = token.clause, at
            self.stretch.append(begin)
            if token.kind == FIGURE:
                begin = at + 1
