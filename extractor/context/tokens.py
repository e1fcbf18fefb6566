"""Words and marks of a sentence with what they are: their sort, their classes, their part of speech.

What a word does comes from our own lexicon, and where that is silent from the part of speech in rjieba's dictionary.
"""

from __future__ import annotations

import functools

from extractor.lexicon.words import (
    ADVERB,
    DOWN,
    FOLLOWING,
    INDICATOR,
    ITEM,
    LEVEL,
    NAME,
    NOUN,
    PREPOSITION,
    TAGGED,
    UP,
    VERB,
    lexicon,
)

_OWN_CLASS = frozenset("、，。；：,;:()")
_SHAPES = {
    "“": "QUOTE", "‘": "QUOTE", '"': "QUOTE", "(": "BRACKET", "[": "BRACKET", "【": "BRACKET", "《": "TITLE",
}  # fmt: skip

WORD, LINK, FIGURE, QUALIFIER, MARK, TIME, QUOTED, BRACKET = (
    "word",
    "link",
    "figure",
    "qualifier",
    "mark",
    "time",
    "quoted",
    "bracket",
)
"""The sorts of tokens. A link is a word right before a number that ties it to its subject: 达到, 同比增长."""


class Token:
    """A word or mark of a sentence: its span, its sort, what the lexicon says of it (``marks``) and its part of speech.

    ``fine`` is its class among some hundred, ``coarse`` among some thirty; ``verbal`` says whether it is a verb and no
    verbal noun, ``nominal`` whether it can belong to a noun phrase; ``clause`` counts from 0.
    """

    __slots__ = (
        "clause",
        "coarse",
        "end",
        "fine",
        "kind",
        "marks",
        "nominal",
        "start",
        "tag",
        "verbal",
        "word",
    )

    def __init__(self, start: int, end: int, word: str, kind: str, marks: int = 0, tag: str = "") -> None:
        self.start, self.end, self.word, self.kind, self.marks, self.tag = start, end, word, kind, marks, tag
        self.fine, self.coarse, self.verbal, self.nominal = _read(word, kind, marks, tag)
        self.clause = 0

    def __repr__(self) -> str:
        return f"{self.word}/{self.fine}"


@functools.lru_cache(100_000)
def tag_of(word: str) -> str:
    """The part of speech of a word in rjieba's dictionary, "?" before that of the last piece if it is no word there."""
    import rjieba

    if not "\u3400" <= word[0] <= "\u9fff":
        return "x"
    tags = rjieba.tag(word)
    return str(tags[0][1]) if len(tags) == 1 else "?" + str(tags[-1][1][:1])


@functools.lru_cache(100_000)
def _read(word: str, kind: str, marks: int, tag: str) -> tuple[str, str, bool, bool]:
    """The fine and the coarse class of a token, whether it is verbal, and whether it is nominal."""
    fine, coarse = _classes(word, kind, marks, tag)
    verbal = kind in (WORD, LINK) and bool(marks & (VERB | FOLLOWING | TAGGED)) and not marks & NOUN
    nominal = (
        kind in (WORD, LINK, QUOTED)
        and (marks == 0 or bool(marks & (NOUN | ITEM | INDICATOR | NAME)) or tag[:1] in "nv")
        and coarse not in lexicon().sets.no_ends
    )
    return fine, coarse, verbal, nominal


def _classes(word: str, kind: str, marks: int, tag: str) -> tuple[str, str]:
    """The fine and the coarse class of a token."""
    if kind in (FIGURE, QUALIFIER, TIME):
        name = {FIGURE: "NUM", QUALIFIER: "QUAL", TIME: "TIME"}[kind]
        return name, name
    if kind == MARK:
        mark = word if word in _OWN_CLASS else "STOP"
        return mark, mark
    fine = _fine(word, marks, tag)
    return ("L:" + fine if kind == LINK else fine), _coarse(fine)


def _fine(word: str, marks: int, tag: str) -> str:
    """The class of a word: itself if it is of a closed class, else by the lexicon, else by its part of speech."""
    shape = _SHAPES.get(word[0])
    if shape:
        return shape
    if word[0].isdigit():
        return "DIGITS"
    if word[0].isascii():
        return "LATIN"
    if word in lexicon().sets.closed:
        return word
    if marks & (UP | DOWN):
        return "CHANGE"
    one = "1" if len(word) == 1 else ""
    part = tag[:2] if tag[:2] in ("ns", "nr", "nt", "nz", "vn", "ad") else tag[:1]
    if marks & INDICATOR:
        return "IND"
    if marks & NAME:
        return "NAME" + part
    if marks & NOUN and marks & (VERB | ITEM | FOLLOWING):
        return "VN" + one
    if marks & NOUN:
        return "N" + one + ("v" if part in ("v", "vn") else "")
    if marks & ITEM:
        return "IT"
    if marks & (VERB | FOLLOWING):
        return "V" + one + ("n" if part[0] == "n" or part == "vn" else "")
    for bit, name in ((LEVEL, "LEVEL"), (ADVERB, "ADV"), (PREPOSITION, "PREP"), (TAGGED, "TV")):
        if marks & bit:
            return name
    return "w" + one + part


def _coarse(fine: str) -> str:
    """Few classes for many: n and n1 for nouns, v and v1, vn, a, and the rest as they are."""
    if (
        fine[0] == "N"
        or fine in ("IND", "QUOTE", "TITLE", "LATIN")
        or (fine[0] == "w" and fine.lstrip("w1")[:1] in "njs?")
    ):
        return "n1" if fine in ("N1", "w1n", "w1j") else "n"
    if fine[:2] in ("VN", "IT") or fine == "wvn":
        return "vn"
    if fine[0] == "V" or fine in ("TV", "wv", "w1v"):
        return "v1" if "1" in fine else "v"
    if fine[0] == "w":
        return "a" if fine.lstrip("w1")[:1] in "abz" else fine
    return fine


EDGE = Token(-1, -1, "", MARK)
"""What stands beyond both ends of a sentence."""
