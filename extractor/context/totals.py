"""Running totals over the tokens of a sentence, so that what stands between two of them is counted by subtraction."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.context.tokens import FIGURE, LINK, WORD, Token

_STRONG = frozenset("；;。：")
_NAMES = ("ns", "nt", "nr")


class Totals:
    """For each sort of token how many stand before token 0, 1, 2 … and the end.

    ``of`` counts 的, ``strong`` the marks that part a sentence, ``names`` the words tagged as names. ``stretch`` gives
    for each token the first one of its stretch: its clause from the figure before on.
    """

    __slots__ = ("figures", "links", "names", "nouns", "of", "stretch", "strong", "verbs")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.verbs, self.nouns, self.links, self.figures = [0], [0], [0], [0]
        self.names, self.strong, self.of = [0], [0], [0]
        self.stretch: list[int] = []
        verbs = nouns = links = figures = names = strong = of = begin = 0
        clause = -1
        for at, token in enumerate(tokens):
            kind = token.kind
            if token.clause != clause:
                clause, begin = token.clause, at
            self.stretch.append(begin)
            if kind == FIGURE:
                figures += 1
                begin = at + 1
            elif kind == LINK:
                links += 1
            elif token.word == "的":
                of += 1
            elif token.word in _STRONG:
                strong += 1
            if token.verbal:
                verbs += kind != LINK
            elif token.nominal:
                nouns += 1
            if kind == WORD and token.tag[:2] in _NAMES:
                names += 1
            self.verbs.append(verbs)
            self.nouns.append(nouns)
            self.links.append(links)
            self.figures.append(figures)
            self.names.append(names)
            self.strong.append(strong)
            self.of.append(of)
