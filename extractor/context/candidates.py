"""Which words of a sentence can be the answer: where an item can end, what can be the verb, who can be the subject.

Each rule gives tokens with the region in which they stand (see ``situation``). They propose; the evidence decides.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from extractor.context.sentence import Sentence
from extractor.context.situation import Situation
from extractor.context.tokens import FIGURE, LINK, MARK, QUALIFIER, QUOTED, TIME, VERBAL, WORD, Token
from extractor.lexicon.words import (
    DOWN,
    FOLLOWING,
    INDICATOR,
    ITEM,
    LEVEL,
    NOUN,
    UP,
    VERB,
    lexicon,
)

Candidate = tuple[int, str]

_FARTHEST = 60  # tokens before a number in which its item is sought
_BEHIND = 14  # tokens behind it
_SUBJECT_FARTHEST = 90
_CLAUSES = 6
_LONGEST = 14  # tokens of a phrase
_CHARACTERS = 36
_INNER_MARKS = frozenset("、()/·-~—")
_COUNTED = frozenset(("-", "items", "scale"))  # kinds of units by which milestones are counted: 两个台阶
_MEASURES = frozenset(("currency", "measure", "date-like"))
_PHRASE = frozenset((WORD, LINK, QUOTED))


def item_ends(situation: Situation) -> list[Candidate]:
    """Where the phrase that a figure counts or measures can end.

    In its own clause any noun-like word, on both sides; in an earlier clause a word behind which no noun goes on.
    """
    sentence = situation.sentence
    tokens = sentence.tokens
    place, clause, low = situation.place, situation.clause, situation.low
    counted = situation.kind in _COUNTED
    no_ends = _no_items(counted)
    found: list[Candidate] = []
    for at in _before(_own_ends(sentence, counted), place, _FARTHEST):
        if tokens[at].clause != clause:
            break
        found.append((at, "L" if at >= low else "M"))
    for at in _before(_earlier_ends(sentence, counted), place, _FARTHEST):
        crossed = clause - tokens[at].clause
        if crossed and (crossed <= _CLAUSES or crossed == clause):
            found.append((at, "P"))
    counts = situation.group == "classifier"
    for at in range(place + 1, min(len(tokens), place + 1 + _BEHIND)):
        token = tokens[at]
        if token.kind == FIGURE and counts and _measures(situation.sentence, at):
            continue  # 4台单机容量35万千瓦的机组
        if (
            token.clause != clause
            or token.kind == FIGURE
            or (token.kind == MARK and token.word not in "、()")
        ):
            break
        if token.kind in _PHRASE and token.word not in no_ends:
            found.append((at, "R"))
    return found


def _before(places: list[int], place: int, farthest: int) -> list[int]:
    """Those of the places that stand before a token, nearest first, less than ``farthest`` tokens away."""
    return places[bisect_right(places, place - farthest) : bisect_left(places, place)][::-1]


def _once(sentence: Sentence, name: str, fits: Callable[[list[Token], int], bool]) -> list[int]:
    """The tokens of a sentence that fit, found once a sentence."""
    found = sentence.places.get(name)
    if found is None:
        tokens = sentence.tokens
        found = sentence.places[name] = [at for at in range(len(tokens)) if fits(tokens, at)]
    return found


def _own_ends(sentence: Sentence, counted: bool) -> list[int]:
    """The tokens with which an item can end in the figure's own clause."""
    no_ends = _no_items(counted)

    def fits(tokens: list[Token], at: int) -> bool:
        token = tokens[at]
        if token.kind not in _PHRASE or token.word in no_ends:
            return False
        return token.kind != LINK or bool(token.marks & (NOUN | UP | DOWN | ITEM))

    return _once(sentence, "own ends, counted" if counted else "own ends", fits)


def _earlier_ends(sentence: Sentence, counted: bool) -> list[int]:
    """The tokens with which an item can end in an earlier clause; the last one has nothing behind it and can't."""
    no_ends = _no_items(counted)

    def fits(tokens: list[Token], at: int) -> bool:
        token = tokens[at]
        return (
            token.nominal
            and token.word not in no_ends
            and at + 1 < len(tokens)
            and not _goes_on(token, tokens[at + 1])
        )

    return _once(sentence, "earlier ends, counted" if counted else "earlier ends", fits)


def _acting(sentence: Sentence) -> list[int]:
    """The tokens that can be the verb of a figure."""
    return _once(
        sentence,
        "acting",
        lambda tokens, at: bool(tokens[at].lexeme.acts) and not _counts_points(tokens, at),
    )


def _naming(sentence: Sentence) -> list[int]:
    """The tokens with which a name can end."""
    return _once(sentence, "naming", lambda tokens, at: bool(tokens[at].lexeme.names))


def _measures(sentence: Sentence, at: int) -> bool:
    """Whether a token is a figure in a unit of measure, which can be an attribute of what another figure counts."""
    return sentence.figures[sentence.at.index(at)].unit.group in _MEASURES


@functools.cache
def _no_items(counted: bool) -> frozenset[str]:
    """The words that no item ends with; ``counted``: of a figure that can count milestones, which others pass."""
    sets = lexicon().sets
    return sets.no_ends | sets.no_items | (frozenset() if counted else sets.milestones)


def _goes_on(token: Token, behind: Token) -> bool:
    """Whether the noun phrase of a word goes on behind it."""
    return (
        behind.kind == WORD
        and bool(behind.marks & NOUN)
        and not behind.marks & (VERB | ITEM | LEVEL | FOLLOWING)
        and not token.marks & INDICATOR
    )


def can_reach(sentence: Sentence, first: int, last: int, floor: int = -1) -> bool:
    """Whether a phrase that ends with token ``last`` can begin with token ``first``, which must stand behind ``floor``."""
    if first <= floor or last - first >= _LONGEST:
        return False
    tokens = sentence.tokens
    token, end = tokens[first], tokens[last]
    if token.clause != end.clause or end.end - token.start > _CHARACTERS:
        return False
    return token.kind not in (FIGURE, QUALIFIER, TIME) and (token.kind != MARK or token.word in _INNER_MARKS)


def can_begin(token: Token) -> bool:
    """Whether a phrase can begin with a token."""
    return (
        token.kind in _PHRASE
        and token.word not in lexicon().sets.no_ends
        and token.word not in lexicon().sets.no_beginnings
        and (token.kind != LINK or bool(token.marks & (NOUN | UP | DOWN | ITEM)))
    )


def action_words(situation: Situation) -> list[Candidate]:
    """The words that can be the verb of a figure: verbs, verbal nouns and links, back over four clauses, and behind it."""
    tokens = situation.sentence.tokens
    place, clause, low = situation.place, situation.clause, situation.low
    found: list[Candidate] = []
    acting = _acting(situation.sentence)
    for at in _before(acting, place, _FARTHEST):
        token = tokens[at]
        if token.clause < clause - 4:
            break
        if token.clause == clause:
            found.append((at, "L" if at >= low else "M"))
        elif token.marks & VERBAL or token.kind == LINK or token.tag[:1] == "v":
            found.append((at, "P"))
    for at in acting[bisect_right(acting, place) : bisect_left(acting, place + 24)]:
        crossed = tokens[at].clause - clause
        if crossed > 1:
            break
        found.append((at, "F" if crossed else "R"))
    return found


def _counts_points(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word only counts the points of an enumeration: 一是, 十三|是."""
    word = tokens[at].word
    if word[-1] != "是" or len(word) > 2:
        return False
    number = word[:-1] or (tokens[at - 1].word if at else "")
    return bool(number) and lexicon().sets.counters.issuperset(number)


def subject_ends(situation: Situation) -> list[Candidate]:
    """Where the name of whose figure it is can end: nouns, names and pronouns before the number in its sentence.

    Behind the number they are asked for where the figure is told of them: 44岁的村民, 海拔2380米的水库.
    """
    tokens = situation.sentence.tokens
    place, clause, low = situation.place, situation.clause, situation.low
    found: list[Candidate] = []
    for at in _before(_naming(situation.sentence), place, _SUBJECT_FARTHEST):
        found.append((at, "L" if at >= low else "M" if tokens[at].clause == clause else "P"))
    told = situation.kind == "age"
    for at in range(place + 1, min(len(tokens), place + 1 + _BEHIND)):
        token = tokens[at]
        if token.clause != clause or token.kind == FIGURE:
            break
        if token.word == "的":
            told = True
        elif told and token.lexeme.names:
            found.append((at, "R"))
    return found
