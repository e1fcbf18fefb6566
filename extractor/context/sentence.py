"""A sentence, read once: its words with their classes, clauses, figures, time expressions and quoted names.

Every later step asks the :class:`Sentence`; none cuts the text again. Word borders come from rjieba's dictionary,
what a word does from our own lexicon, and where that is silent from the dictionary's part of speech.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from re import Pattern
from typing import NamedTuple

from extractor.context.tokens import (
    BRACKET,
    EDGE,
    FIGURE,
    LINK,
    MARK,
    QUALIFIER,
    QUOTED,
    TIME,
    WORD,
    Token,
    lexeme,
)
from extractor.context.totals import Totals
from extractor.lexicon.phrases import GROUP, Span, segment
from extractor.lexicon.words import INDICATOR, NOUN, Lexicon, lexicon
from extractor.matching import compiled
from extractor.numerals.drafts import Draft

_PUNCTUATION = frozenset("，。；：！？,;:!?…\n\r \u3000、()（）[]【】—-~/·%")
_CLAUSE_ENDS = frozenset("，。；：！？,;:!?…\n\r\u3000")
_OPENING = frozenset('“‘《"([【（')
_LONGEST_BRACKET = 24
_BORDERS = compiled('[，。；：！？,;:!?…\\n\\r \u3000、()（）[\\]【】—~/·%“‘《"-]')  # all of these
_NAMES = (("“", "”"), ("《", "》"))
_NAME_ENDS = compiled("[，。；：！？,;:!?“”《》]")
_LONGEST_NAME = 24


class Link(NamedTuple):
    """The words cut off right before a number: where they start, the last linking word, the word of change."""

    start: int
    linking: Span | None
    changing: Span | None
    direction: str


class LinkPatterns(NamedTuple):
    """The patterns of ``links.toml``; ``last`` holds the characters with which a link can end."""

    link: Pattern[str]
    adverb: Pattern[str]
    change: Pattern[str]
    last: frozenset[str]


@functools.cache
def link_patterns() -> LinkPatterns:
    """The patterns of the package's own ``links.toml``, made at the first call."""
    data = lexicon().data

    def either(name: str) -> str:
        return "|".join(entry["pattern"] for entry in data[name])

    adverbs = data["change"]["adverbs"]
    rise, fall = either("rise"), either("fall")
    return LinkPatterns(
        compiled(f"(?:{either('link')})+了?$"),
        compiled(f"(?:{either('linking_adverb')})+$"),
        compiled(f"(?:(?P<up>(?:{adverbs})?(?:{rise}))|(?P<down>(?:{adverbs})?(?:{fall})))了?$"),
        frozenset(data["change"]["last"]),
    )


class Sentence:
    """The tokens of ``text[begin:finish]`` (folded) with the figures among them.

    ``at[k]`` is the token of figure k. The figures' ``qualified`` must be set: what stands between it and the
    number is one token. ``fine``, ``coarse`` and ``word`` tell the classes and the wording of each token, and of two
    places beyond both ends (at -1 and -2, and behind the last token), where nothing stands. ``heads`` and ``places`` are
    what was asked of its tokens already.
    """

    def __init__(
        self,
        text: str,
        begin: int,
        finish: int,
        figures: Sequence[Draft],
        times: Sequence[Span],
        words: Lexicon,
    ) -> None:
        self.text, self.begin, self.finish = text, begin, finish
        self.figures, self.times, self.lexicon = figures, times, words
        self.tokens: list[Token] = []
        patterns = link_patterns()
        self._clause = 0
        self.at: list[int] = []
        self.links: list[Link] = []
        done = begin
        for figure in figures:
            edge = max(done, min(figure.qualified, figure.start))
            link, cuts = _link(patterns, text, done, edge, words)
            self.links.append(link)
            kind = WORD
            for cut in [*cuts, edge]:
                if cut > done:
                    self._pieces(done, cut, kind)
                    done = cut
                kind = LINK
            if figure.start > edge:
                self._add(edge, figure.start, QUALIFIER)
            self.at.append(len(self.tokens))
            self._add(figure.start, figure.end, FIGURE)
            done = figure.end
        self._pieces(done, finish, WORD)
        self.fine = [token.fine for token in self.tokens] + ["EDGE", "EDGE"]
        self.coarse = [token.coarse for token in self.tokens] + ["EDGE", "EDGE"]
        self.word = [token.word for token in self.tokens] + ["", ""]
        self.totals = Totals(self.tokens)
        self.heads: dict[int, tuple[str, str]] = {}
        self.places: dict[str, list[int]] = {}

    def token(self, index: int) -> Token:
        """The token at an index, or an empty mark beyond the edges."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else EDGE

    def clause_words(self, index: int, at: int) -> list[Token]:
        """The tokens of figure ``index``'s clause that end by ``at``, nearest first, back to the figure before."""
        place = self.at[index]
        clause = self.tokens[place].clause
        words = []
        for position in range(place - 1, -1, -1):
            token = self.tokens[position]
            if token.clause != clause or token.kind == FIGURE:
                break
            if token.end <= at and token.word != " ":
                words.append(token)
        return words

    def _pieces(self, begin: int, end: int, kind: str) -> None:
        """Adds the tokens of a stretch without figures: time expressions are one token each."""
        for start, stop in self.times:
            if start >= begin and stop <= end and not _in_a_name(self.text, begin, end, start, stop):
                self._groups(begin, start, kind)
                self._add(start, stop, TIME)
                begin = stop
        self._groups(begin, end, kind)

    def _groups(self, begin: int, end: int, kind: str) -> None:
        """Adds the tokens of a stretch without times: marks and quoted names are one token each."""
        text = self.text
        for border in _BORDERS.finditer(text, begin, end):
            at = border.start()
            if at < begin:
                continue  # in the name before
            character = text[at]
            group = GROUP.match(text, at, end) if character in _OPENING else None
            if group and character in "([【（" and group.end() - at > _LONGEST_BRACKET:
                group = None
            if group:
                self._cut(begin, at, kind)
                self._add(at, group.end(), BRACKET if character in "([【（" else QUOTED, NOUN)
                begin = group.end()
            elif character in _PUNCTUATION:
                self._cut(begin, at, kind)
                self._add(at, at + 1, MARK)
                begin = at + 1
                if character in _CLAUSE_ENDS:
                    self._clause += 1
        self._cut(begin, end, kind)

    def _cut(self, begin: int, end: int, kind: str) -> None:
        if end <= begin:
            return
        for start, stop, marks in segment(self.text, begin, end, self.lexicon):
            self._add(start, stop, kind, marks)

    def _add(self, start: int, stop: int, kind: str, marks: int = 0) -> None:
        self.tokens.append(Token(start, stop, lexeme(self.text[start:stop], kind, marks), self._clause))


def _in_a_name(text: str, begin: int, end: int, start: int, stop: int) -> bool:
    """Whether a time expression is a part of a quoted name or a title: “夜间义诊角”, 《2023年预算报告》."""
    for opening, closing in _NAMES:
        first = text.rfind(opening, begin, start)
        last = text.find(closing, stop, end) if first >= 0 else -1
        if last < 0 or last - first > _LONGEST_NAME or last - first == stop - start + 1:
            continue
        if not _NAME_ENDS.search(text, first + 1, last):
            return True
    return False


def _outside(text: str, low: int, span: Span, words: Lexicon) -> Span:
    """A link without its first character where that ends the name of an indicator: 比重|达, 税收|增长, 水深|达."""
    start, end = span
    inside = low < start < end - 1 and words.words.words.get(text[start - 1 : start + 1], 0) & INDICATOR
    return (start + 1, end) if inside else span


def _link(patterns: LinkPatterns, text: str, low: int, at: int, words: Lexicon) -> tuple[Link, list[int]]:
    """The link before ``at`` and where it is cut, left to right."""
    linking: Span | None = None
    changing: Span | None = None
    direction = ""
    cuts: list[int] = []
    for _ in range(3):
        if at <= low or text[at - 1] not in patterns.last:
            break
        found = (patterns.adverb if changing else patterns.link).search(text, max(low, at - 8), at)
        if found:
            span = _outside(text, low, found.span(), words)
            linking = linking or span
            at = span[0]
            cuts.append(at)
        change = None if changing else patterns.change.search(text, max(low, at - 5), at)
        if change:
            changing = _outside(text, low, change.span(), words)
            direction = str(change.lastgroup)
            at = changing[0]
            cuts.append(at)
        if not found and not change:
            break
    cuts.reverse()
    return Link(at, linking, changing, direction), [cut for cut in cuts if cut > low]
