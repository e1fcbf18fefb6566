"""Evidence for the token with which the phrase ends that a figure counts or measures.

What is asked here was chosen by leaving out, one after the other, the pieces without which texts that the weights were
not fitted on were answered as well or better (``docs/reading.md``).
"""

from __future__ import annotations

from extractor.context.evidence import Asked, Evidence
from extractor.context.sentence import Sentence
from extractor.context.situation import Item, Situation, head
from extractor.context.tokens import QUOTED, WORD, Lexeme
from extractor.lexicon.words import FOLLOWING, ITEM, NOUN, TAGGED, VERB

_ACTING = VERB | FOLLOWING | ITEM | TAGGED


def border(sentence: Sentence, at: int, region: str) -> list[Asked]:
    """What the words on both sides of the border say, whatever figure asks."""
    token = sentence.tokens[at]
    word, fine, after = token.word, sentence.fine, sentence.fine[at + 1]
    found: list[Asked] = [
        (_last_word, region, token.lexeme),
        ("next class", region, after),
        ("last part of speech, next", region, token.tag, after),
        ("before, last", region, fine[at - 1], token.fine),
        ("coarse last, next two", region, token.coarse, sentence.coarse[at + 1], sentence.coarse[at + 2]),
        ("noun, indicator", region, *head(sentence, at)),
    ]
    if word in sentence.lexicon.groups:
        found += [("last word in", region, name) for name in sentence.lexicon.groups[word]]
    return found


def _last_word(region: str, last: Lexeme) -> list[Evidence]:
    """What the last word says by itself."""
    return [
        ("last word", last.word),
        ("last character", region, last.word[-1]),
        ("last class", region, last.fine),
        ("last part of speech", region, last.tag),
    ]


def counted(sentence: Sentence, at: int, region: str, situation: Situation) -> list[Asked]:
    """What the unit counts against what the phrase names."""
    token = sentence.tokens[at]
    noun, indicator = head(sentence, at)
    group, kind = situation.group, situation.kind
    character = token.word[-2:-1] if token.kind == QUOTED else token.word[-1]
    return [
        (_noun_and_unit, region, noun, indicator, situation.unit, group, kind),
        ("last character, kind", character, kind),
        ("last class, sort of unit", region, token.fine, group),
        ("region, change", region, situation.changed, group),
    ]


def _noun_and_unit(
    region: str, noun: str, indicator: str, unit: str, group: str, kind: str
) -> list[Evidence]:
    """The noun of the phrase against the unit, its sort (``group``) and its ``kind``."""
    return [
        ("noun, sort of unit", region, noun, group),
        ("noun, unit", noun, unit),
        ("indicator, sort of unit", region, indicator, kind, group),
    ]


def between(sentence: Sentence, at: int, region: str, situation: Situation) -> list[Asked]:
    """What stands between the end of the phrase and the number."""
    if region == "P":
        return _clauses_between(sentence, at, situation)
    tokens = sentence.tokens
    place = situation.place
    low, high = (at + 1, place) if at < place else (place + 1, at)
    found: list[Asked] = []
    verbs = nouns = 0
    seen = set()
    for token in tokens[low:high]:
        if token.fine not in seen:
            seen.add(token.fine)
            found.append(("between", region, token.fine))
        if token.kind == WORD:
            if token.marks & NOUN:
                nouns += 1
            elif token.marks & _ACTING:
                verbs += 1
    shape = situation.shape
    found.append(("verbs and nouns between, shape", region, str(min(verbs, 2)), str(min(nouns, 2)), shape))
    if high - low <= 3:
        classes = "/".join([token.coarse for token in tokens[low:high]])
        found.append(("all between, sort of unit", region, classes, situation.group))
    return found


def _clauses_between(sentence: Sentence, at: int, situation: Situation) -> list[Asked]:
    """The same for a phrase of an earlier clause."""
    crossed = str(min(situation.clause - sentence.tokens[at].clause, 5))
    totals = sentence.totals
    strong = "strong" if totals.strong[situation.place] > totals.strong[at] else ""
    return [
        ("clauses, strong", crossed, strong, situation.group),
        ("clause begins with", sentence.fine[situation.low], crossed),
    ]


def against(at: int, region: str, situation: Situation, previous: Item | None) -> list[Asked]:
    """How the candidate lies to the item of the figure before."""
    if previous is None:
        return []
    first, last, where = previous
    follows = situation.follows
    if last == at:
        return [
            ("as before", follows, situation.alike),
            ("as before, link", region, follows, situation.tied, situation.changed),
        ]
    if first <= at <= last:
        return []
    return [("other than before", where, region, follows)]


def none() -> list[Asked]:
    """That the text names nothing more than the unit."""
    return [("none",)]
