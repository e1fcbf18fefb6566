"""Words and marks of a sentence with what they are: their sort, their classes, their part of speech.

What a word does comes from our own lexicon, and where that is silent from the part of speech in rjieba's dictionary.
"""

from __future__ import annotations

import functools

from extractor.lexicon.phrases import parts_of_speech
from extractor.lexicon.words import (
    ADVERB,
    DOWN,
    FOLLOWING,
    INDICATOR,
    ITEM,
    LEVEL,
    NAME,
    NOUN,
    PLACE,
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
VERBAL = VERB | ITEM | UP | DOWN | LEVEL | FOLLOWING | TAGGED
_UNNAMED = frozenset(("QUOTE", "BRACKET", "TITLE", "DIGITS", "LATIN"))
_NO_ACTS = frozenset("ntmqzlj")
_STRONG = frozenset("；;。：")
_NAMES = ("ns", "nt", "nr")


class Lexeme:
    """A word or mark wherever it stands: its sort, what the lexicon says of it (``marks``) and its part of speech.

    ``fine`` is its class among some hundred, ``coarse`` among some thirty; ``verbal`` says whether it is a verb and no
    verbal noun, ``nominal`` whether it can belong to a noun phrase, ``acts`` whether it can be the verb of a figure and
    ``names`` whether the name of whose figure it is can end with it. ``counts`` says as what it is counted (``totals``).
    """

    __slots__ = (
        "acts",
        "coarse",
        "counts",
        "fine",
        "kind",
        "marks",
        "names",
        "nominal",
        "tag",
        "verbal",
        "word",
    )

    def __init__(self, word: str, kind: str, marks: int, tag: str) -> None:
        self.word, self.kind, self.marks, self.tag = word, kind, marks, tag
        self.fine, self.coarse = _classes(word, kind, marks, tag)
        self.verbal = kind in (WORD, LINK) and bool(marks & (VERB | FOLLOWING | TAGGED)) and not marks & NOUN
        self.nominal = (
            kind in (WORD, LINK, QUOTED)
            and (marks == 0 or bool(marks & (NOUN | ITEM | INDICATOR | NAME)) or tag[:1] in "nv")
            and self.coarse not in lexicon().sets.no_ends
        )
        self.acts = _acts(word, kind, marks, tag, self.fine)
        self.names = _names(word, kind, marks, tag, self.fine)
        self.counts = self._counts()

    def _counts(self) -> tuple[int, ...]:
        """1 or 0: whether it is a verb, a noun, a link, a figure, a name, a mark that parts a sentence, 的."""
        kind, word = self.kind, self.word
        plain = kind not in (FIGURE, LINK)
        return (
            int(self.verbal and kind != LINK),
            int(self.nominal and not self.verbal),
            int(kind == LINK),
            int(kind == FIGURE),
            int(kind == WORD and self.tag[:2] in _NAMES),
            int(plain and word in _STRONG),
            int(plain and word == "的"),
        )


class Token:
    """A word or mark of a sentence: its ``lexeme``, with most that is told of that, and its span; ``clause`` counts from 0."""

    __slots__ = (
        "clause", "coarse", "end", "fine", "kind", "lexeme", "marks", "nominal", "start", "tag", "verbal", "word",
    )  # fmt: skip

    def __init__(self, start: int, end: int, lexeme: Lexeme, clause: int = 0) -> None:
        self.start, self.end, self.clause, self.lexeme = start, end, clause, lexeme
        self.word, self.kind, self.marks, self.tag = lexeme.word, lexeme.kind, lexeme.marks, lexeme.tag
        self.fine, self.coarse = lexeme.fine, lexeme.coarse
        self.verbal, self.nominal = lexeme.verbal, lexeme.nominal

    def __repr__(self) -> str:
        return f"{self.word}/{self.fine}"


@functools.lru_cache(100_000)
def tag_of(word: str) -> str:
    """The part of speech of a word in rjieba's dictionary, "?" before that of the last piece if it is no word there."""
    if not "\u3400" <= word[0] <= "\u9fff":
        return "x"
    tags = parts_of_speech(word)
    return tags[0] if len(tags) == 1 else "?" + tags[-1][:1]


@functools.lru_cache(100_000)
def lexeme(word: str, kind: str, marks: int = 0) -> Lexeme:
    """What is told of a word or mark: of words and links also the part of speech."""
    return Lexeme(word, kind, marks, tag_of(word) if kind in (WORD, LINK) else "")


def _acts(word: str, kind: str, marks: int, tag: str, fine: str) -> bool:
    """Whether a token can be the verb of a figure: verbs, verbal nouns, links."""
    if kind in (LINK, QUALIFIER):
        return True
    if kind != WORD or fine in _UNNAMED:
        return False
    if marks & VERBAL:
        return True
    if marks & (NAME | PLACE):
        return False
    part = tag[:1]
    if part == "?":
        return tag[1:] not in _NO_ACTS  # 海洋牧场 is no word of the dictionary, and no verb
    return (
        part in "vd"
        or (part == "p" and word not in lexicon().sets.no_ends)
        or tag[:2] in ("ad", "an")
        or (part in "nazm" if fine[:2] == "w1" else fine == "wa")  # 距, 省, 低, 垫, 多; 便宜
        or (fine in ("N", "ADV") and len(word) == 2 and _may_be_verb(word))
    )


def _may_be_verb(word: str) -> bool:
    """Whether a word that the dictionary has for a noun, or not at all, may be a verb: 购房, 计价, 命制, 喝上."""
    import rjieba

    first = word[0]
    return word not in lexicon().nouns and (
        bool(lexicon().words.words.get(first, 0) & VERB)
        or tag_of(first) == "v"
        or (not rjieba.has_word(word) and first not in lexicon().sets.determiners)
    )


def _names(word: str, kind: str, marks: int, tag: str, fine: str) -> bool:
    """Whether the name of whose figure it is can end with a token: nouns, names, pronouns."""
    if kind not in (WORD, QUOTED) or word in lexicon().sets.no_ends:
        return False
    sets = lexicon().sets
    part = tag[:1]
    if marks & (LEVEL | UP | DOWN) or (fine == "ADV" and part not in "rn"):
        return False  # 增长, 达到; 户均
    named = (
        kind == QUOTED
        or bool(marks & (NOUN | NAME))
        or part in "nrj?"
        or (marks == 0 and part not in "vdpcumqfty")
        or (part == "v" and len(word) > 2 and word[-1] in sets.place_endings)
    )
    return named and (len(word) > 1 or part in "nrj")


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


EDGE = Token(-1, -1, Lexeme("", MARK, 0, ""))
"""What stands beyond both ends of a sentence."""
