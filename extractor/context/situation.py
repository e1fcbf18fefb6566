"""What the evidence asks of a figure's place in its sentence, found once a figure.

The regions in which a candidate can stand: L before the number in its clause, M before an earlier figure of that
clause, P in an earlier clause, R behind the number, F in the clause behind.
"""

from __future__ import annotations

from extractor.context.sentence import Sentence
from extractor.context.tokens import LINK, QUALIFIER, QUOTED, Token
from extractor.lexicon.phrases import Span
from extractor.lexicon.words import DOWN, INDICATOR, TAGGED, UP, Lexicon

Item = tuple[int, int, str]
"""A chosen phrase: its first and last token and the region in which it stands."""

_LONGEST_HEAD = 8
_KEPT = 50_000  # words whose head is remembered


class Situation:
    """Where a figure stands: ``place`` is its token, ``low`` the first token behind the figure before in its clause.

    ``shape`` says in three digits whether a noun stands before it in its clause, whether one stands right behind it,
    and whether a verb stands before it; ``link`` is the word that links it, ``follows`` how it follows the figure
    before (first, list, comma, same, near, far), ``alike`` whether both have the same unit (u), sort of unit (g).
    ``tied`` is "linked" if a word links it, ``changed`` "change" if one of change stands right before it, else "".
    """

    __slots__ = (
        "alike", "changed", "clause", "follows", "group", "index", "kind", "link", "low", "place", "sentence",
        "shape", "tied", "unit",
    )  # fmt: skip

    def __init__(self, sentence: Sentence, index: int) -> None:
        tokens = sentence.tokens
        figure = sentence.figures[index]
        self.sentence, self.index = sentence, index
        self.group = figure.unit.group or "-"
        self.kind = figure.unit.kind or "-"
        self.unit = figure.unit.name or "-"
        place = self.place = sentence.at[index]
        clause = self.clause = tokens[place].clause
        low = self.low = sentence.totals.stretch[place]
        noun = verb = False
        link = ""
        self.changed = ""
        for position in range(low, place):
            token = tokens[position]
            if token.kind == LINK:
                link = token.word
            elif token.kind == QUALIFIER:
                link = link or "q"
            elif token.nominal and len(token.word) > 1 and not token.marks & TAGGED:
                noun = True
            if token.verbal:
                verb = True
            if token.marks & (UP | DOWN) and position >= place - 3:
                self.changed = "change"
        behind = sentence.token(place + 1)
        right = behind.clause == clause and (behind.nominal or behind.word == "的")
        self.shape = f"{noun:d}{right:d}{verb:d}"
        self.link, self.tied = link, "linked" if link else ""
        self.follows, self.alike = "first", "-"
        if index:
            before = sentence.figures[index - 1]
            last = tokens[sentence.at[index - 1]]
            gap = sentence.text[last.end : figure.start]
            listed = not gap or gap in sentence.lexicon.sets.list_marks
            self.follows = (
                "list" if listed else "comma" if gap in ("，", ",") else "same" if last.clause == clause
                else "near" if clause - last.clause == 1 else "far"
            )  # fmt: skip
            self.alike = (
                "u"
                if before.unit.name == figure.unit.name
                else "g"
                if before.unit.group == figure.unit.group
                else "-"
            )


def situations(sentence: Sentence) -> list[Situation]:
    """One for each figure of the sentence."""
    return [Situation(sentence, index) for index in range(len(sentence.figures))]


def head(sentence: Sentence, at: int) -> tuple[str, str]:
    """The kind of the noun that ends with token ``at`` ("-" if the lexicon has none), and "indicator" or "other"."""
    found = sentence.heads.get(at)
    if found is None:
        found = sentence.heads[at] = _head(sentence, sentence.tokens[at])
    return found


def _head(sentence: Sentence, token: Token) -> tuple[str, str]:
    words, word = sentence.lexicon, token.word
    if token.kind != QUOTED:
        known = words.heads
        if word not in known:
            if len(known) >= _KEPT:
                known.clear()
            longer = words.nouns.ends_longer(word) or words.words.ends_longer(word)
            known[word] = None if longer else _head_of(word[-_LONGEST_HEAD:], words)
        if (alone := known[word]) is not None:
            return alone
    end = token.end - (token.kind == QUOTED)
    return _head_of(sentence.text[max(sentence.begin, end - _LONGEST_HEAD) : end], words)


def _head_of(text: str, words: Lexicon) -> tuple[str, str]:
    noun, word = words.nouns.ending(text, len(text)), words.words.ending(text, len(text))
    measures = bool(word and word[1] & INDICATOR) or text[-1:] in words.sets.measured_endings
    return noun[1] if noun else "-", "indicator" if measures else "other"


def relation(span: Span, item: Span | None) -> str:
    """How a span lies to the item: no (there is none), b before, rb right before, a, ra, is, if (its beginning), il, in."""
    if item is None:
        return "no"
    if span[1] <= item[0]:
        return "rb" if span[1] == item[0] else "b"
    if span[0] >= item[1]:
        return "ra" if span[0] == item[1] else "a"
    if span == item:
        return "is"
    return "if" if span[0] == item[0] else "il" if span[1] == item[1] else "in"


def bucket(count: int) -> str:
    """A count as one of few values."""
    return str(count) if count < 4 else "4-5" if count < 6 else "6-8" if count < 9 else "9+"
