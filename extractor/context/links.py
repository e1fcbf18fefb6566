"""The words that link a number to its subject: 同比增长, 比上年下降, 达到, 增至; what changed, by how much, against what.

They are cut off before the dictionary sees the text, which gets them wrong (签约额达, 面积约为, 道指涨), and are read from
the number backwards. Which of them may stand there is told by the patterns below; the reading itself is a rule and
weighs nothing.
"""

from __future__ import annotations

import functools
from re import Pattern
from typing import NamedTuple

from extractor.context.sentence import Link, Sentence
from extractor.context.tokens import TIME, Token
from extractor.lexicon.phrases import STOP, Span
from extractor.lexicon.words import ADVERB, DOWN, ITEM, LEVEL, NOUN, UP, lexicon
from extractor.matching import compiled
from extractor.numerals.drafts import Draft

_LONGEST_VERB = 3


class Change(NamedTuple):
    """What the words before a number say of change: its direction ("up", "down" or ""), and what it is measured against."""

    direction: str = ""
    basis: Span | None = None
    compared: Span | None = None
    """What a level is compared with (高于全国): no change, but a basis."""


def read(sentence: Sentence, index: int, low: int) -> Change:
    """The change that the words between ``low`` and the figure state.

    ``index`` is the figure's number in the sentence; offsets are those of the sentence's text.
    """
    figure = sentence.figures[index]
    compared = _patterns().compared.search(sentence.text, max(low, figure.start - 20), figure.start)
    reader = _Reader(sentence, index, low)
    reader.read()
    direction = reader.direction
    before = sentence.text[figure.qualified - 1 : figure.qualified] if figure.qualified > low else ""
    if compared or (not reader.rise and before and before in _words().as_level):
        direction = ""
    if not direction and not compared and not reader.level:
        direction = _told(sentence.text, low, figure) or _beside(sentence, index)
    if not direction and figure.unit.kind == "ratio":
        named = _patterns().named.match(sentence.text, figure.end, sentence.finish)
        direction = str(named.lastgroup) if named else ""
    return Change(direction, reader.basis, compared.span(1) if compared else None)


def _beside(sentence: Sentence, index: int) -> str:
    """The direction against a level told right before the number: 比2008年的60人多9人."""
    if not index:
        return ""
    text, before, figure = sentence.text, sentence.figures[index - 1], sentence.figures[index]
    more = _patterns().beside.fullmatch(text, before.end, figure.qualified)
    if not more or before.unit.name != figure.unit.name:
        return ""
    against = _patterns().against.search(text, max(sentence.begin, before.start - 20), before.start)
    if not against or not _patterns().time.search(against.group()):
        return ""
    return "up" if more[1] in _words().rising else "down"


def _told(text: str, low: int, figure: Draft) -> str:
    """The direction that a verb tells right before the number or before the item that stands there: 增产皮棉6000吨."""
    patterns = _patterns()
    item = figure.item
    if item and (item[1] > figure.start or not patterns.told_link.fullmatch(text, item[1], figure.start)):
        item = None
    for verb in patterns.told.finditer(text, max(low, figure.start - 20), figure.start):
        near = item is not None and item[0] <= verb.end() <= item[1] and verb.end() - item[0] <= _LONGEST_VERB
        if near or patterns.told_link.fullmatch(text, verb.end(), figure.start):
            return "" if _of_no_time(text, low, verb.start()) else str(verb.lastgroup)
    return ""


def _of_no_time(text: str, low: int, at: int) -> bool:
    """Whether the words right before ``at`` compare with another thing and no other time: 比散卖|多卖63元."""
    against = _patterns().against.search(text, max(low, at - 20), at)
    return against is not None and not _patterns().time.search(against.group())


class Patterns(NamedTuple):
    """The patterns of ``[[change_pattern]]`` in ``links.toml``, by name."""

    compared: Pattern[str]
    named: Pattern[str]
    told: Pattern[str]
    told_link: Pattern[str]
    beside: Pattern[str]
    against: Pattern[str]
    single: Pattern[str]
    time: Pattern[str]
    basis: Pattern[str]


class _Words(NamedTuple):
    """Closed sets of ``[change]`` in ``links.toml``."""

    level_links: frozenset[str]
    as_level: frozenset[str]
    rising: frozenset[str]
    dimensions: frozenset[str]
    level_verbs: frozenset[str]
    level_words: frozenset[str]
    numerals: frozenset[str]
    year_on_year: tuple[str, ...]


@functools.cache
def _patterns() -> Patterns:
    found = {entry["name"]: compiled(entry["pattern"]) for entry in lexicon().data["change_pattern"]}
    return Patterns(**found)


@functools.cache
def _words() -> _Words:
    data = lexicon().data["change"]
    sets = {name: frozenset(data[name]) for name in _Words._fields[:-1]}
    return _Words(year_on_year=tuple(data["year_on_year"]), **sets)


class _Reader:
    """Passes from the number backwards over the words that link it to its subject."""

    def __init__(self, sentence: Sentence, index: int, low: int) -> None:
        link: Link = sentence.links[index]
        words = _words()
        self.known = words
        self.sentence = sentence
        self.text = sentence.text
        self.sets = sentence.lexicon.sets
        self.low = low
        self.words = sentence.clause_words(index, link.start)
        self.at = link.start
        self.direction = ""
        self.basis: Span | None = None
        self.rise = False
        self.level = link.linking is not None and self.text[link.linking[1] - 1] in words.level_links
        self.first: int | None = link.changing[0] if link.changing else None
        if link.changing and (
            link.linking is None
            or link.linking[0] < link.changing[0]
            or self.text[link.linking[1] - 1] not in words.as_level
        ):
            self.direction = link.direction
            self.level = False
        single = _patterns().single.search(self.text, max(low, link.start - 16), link.start)
        if single:
            if not self.direction and _patterns().time.search(single.group()):
                self.direction = "up" if single[1] in words.rising else "down"
            self._drop(single.start(1))
        self.rate = _rate(self.text, low, link.start, sentence)

    def _drop(self, at: int) -> None:
        """Takes off the words that end behind ``at``."""
        while self.words and self.words[0].end > at:
            self.words.pop(0)
        self.at = at

    def read(self) -> None:
        """Notes the direction of a change and its basis."""
        while self.words:
            if self.direction and not self.basis and self._basis():
                continue
            token = self.words[0]
            if not self._passes(token):
                break
            self._drop(token.start)
        if self.direction and not self.basis:
            self._basis()

    def _passes(self, token: Token) -> bool:
        """Whether a word is one that links; notes what it says."""
        word, marks = token.word, token.marks
        if token.kind == TIME or (self.rate and self.rate[0] <= token.start < self.rate[1]):
            # 由2019年的9412元增至…: the year belongs to the link.
            return True
        if token.end == self.at and (
            word in self.sets.currencies or (word in self.known.dimensions and len(self.words) > 1)
        ):
            return True
        if word in self.sets.rise_nouns:
            if self.rise or self.direction:
                return False
            self.rise = True
            self.direction = "up" if marks & UP else "down"
            return True
        if marks & (UP | DOWN) and (not marks & ITEM or token.end == self.at):
            if not self.direction and not self.level:
                self.direction = "up" if marks & UP else "down"
                self.rise = bool(marks & ITEM)
            if self.first is None:
                self.first = token.start
            return True
        if marks & LEVEL and not marks & NOUN:
            if word not in self.sets.quantity:
                self.level = self.level or not self.direction
            return True
        if len(word) == 1:
            if word not in self.sets.linking and not (marks & LEVEL and word in self.known.level_verbs):
                return False
            if word in self.known.level_words and not self.direction:
                self.level = True
            return True
        return bool(marks & ADVERB and not marks & NOUN)

    def _basis(self) -> bool:
        """Notes what the change is measured against if it stands right before what was read, and passes over it."""
        place = self.words[0].end if self.words else self.at
        found = _patterns().basis.search(self.text, max(self.low, place - 32), place)
        if found:
            self._drop(found.start())
            self.basis = found.span("basis")
            return True
        if self.first is not None and self.text.startswith(self.known.year_on_year, self.first):
            self.basis = (self.first, self.first + 2)
        return False


def _rate(text: str, low: int, at: int, sentence: Sentence) -> Span | None:
    """The span of 每 and what it counts before a number: 每公里, 每千名老人."""
    each = text.rfind("每", low, at)
    if each < 0 or STOP.search(text, each, at):
        return None
    end = each + 1
    while end < at and text[end] in _words().numerals:
        end += 1
    words = sentence.lexicon
    unit = words.units.starting(text, end, at)
    end += len(unit[0]) if unit else 0
    if not unit or unit[1].group == "classifier":
        noun = words.nouns.starting(text, end, at)
        end += len(noun[0]) if noun else 0
    return each, end
