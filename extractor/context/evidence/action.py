"""Evidence for the verb that a figure completes."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.sentence import FIGURE, LINK, WORD, Sentence
from extractor.context.situation import VERBAL, Situation, bucket, relation
from extractor.lexicon.phrases import Span
from extractor.lexicon.words import FOLLOWING, NOUN, VERB


def word(sentence: Sentence, at: int, region: str) -> list[Evidence]:
    """What the word and its neighbours say, whatever figure asks."""
    token = sentence.tokens[at]
    fine, coarse = sentence.fine, sentence.coarse
    here, after = token.fine, fine(at + 1)
    kind, behind = token.coarse, coarse(at + 1)
    found: list[Evidence] = [
        ("class", region, here),
        ("any word", token.word),
        ("next", region, here, after),
        ("coarse around", region, coarse(at - 1), kind, behind),
        ("next word", region, sentence.word(at + 1)),
        ("word before", region, sentence.word(at - 1)),
        ("part of speech", region, token.tag),
        ("length", region, str(min(len(token.word), 4)), token.tag),
        ("last character", region, token.word[-1]),
        ("first character", region, token.word[0]),
        ("coarse two before", region, coarse(at - 2), coarse(at - 1), kind),
        ("word, next", token.word, after),
        ("marks", region, str(token.marks & VERBAL)),
    ]
    found += [("word in", region, name) for name in sentence.lexicon.groups.get(token.word, ())]
    return found


def toward(
    sentence: Sentence, at: int, region: str, situation: Situation, item: Span | None
) -> list[Evidence]:
    """What stands between the word, the figure and its item."""
    tokens = sentence.tokens
    place, group, shape = situation.place, situation.group, situation.shape
    token = tokens[at]
    kind = token.coarse
    low, high = (at + 1, place) if at < place else (place + 1, at)
    lies = relation((token.start, token.end), item)
    side = item_side(situation, item)
    verbs = verbals = nouns = figures = links = 0
    of = ""
    for position in range(low, high):
        other = tokens[position]
        if other.kind == FIGURE:
            figures += 1
        elif other.kind == LINK:
            links += 1
        elif other.kind == WORD:
            marks = other.marks
            if other.word == "的":
                of = "的"
            if marks & NOUN:
                nouns += 1
            elif marks & (VERB | FOLLOWING):
                verbs += 1
            if marks & VERBAL:
                verbals += 1
    distance = bucket(high - low)
    verb, any_verb, noun, figure, link = (
        str(min(verbs, 3)),
        str(min(verbals, 3)),
        str(min(nouns, 3)),
        str(min(figures, 3)),
        str(min(links, 2)),
    )
    crossed = str(abs(token.clause - situation.clause))
    found: list[Evidence] = [
        ("to the item", region, lies),
        ("to the item, its side", region, lies, side),
        ("to the item, class", region, lies, kind),
        ("to the item, sort of unit", region, lies, side, group),
        ("to the item, distance", region, lies, distance),
        ("to the item, verbs between", region, lies, verb, side),
        ("to the item, word", region, lies, token.word),
        ("verbs between", region, verb, kind),
        ("verbals between", region, any_verb, kind),
        ("nouns between", region, noun, kind),
        ("figures and links between", region, figure, link),
        ("links between", region, link, kind),
        ("distance", region, distance, kind),
        ("的 between", region, of, kind),
        ("clauses", region, crossed, shape, "linked" if situation.linked else ""),
        ("clauses, figures", region, crossed, figure, situation.follows),
        ("shape, side", region, shape, side, kind),
        ("word, sort of unit", region, token.word, group),
        ("word, unit", region, token.word, situation.unit),
        ("class, sort of unit", region, kind, group),
        ("class, kind", region, kind, situation.kind),
        ("class, unit", region, kind, situation.unit),
        ("class, link", region, situation.link, kind),
        ("all between, counted", region, verb, any_verb, noun, group),
        ("change", region, "change" if situation.change else "", kind, link),
    ]
    if high - low <= 3:
        classes = "/".join([other.coarse for other in tokens[low:high]])
        found += [
            ("all between", region, classes, kind),
            ("all between, sort of unit", region, classes, group),
        ]
    return found


def against(
    sentence: Sentence, at: int, region: str, situation: Situation, previous: int | None
) -> list[Evidence]:
    """How the word lies to the verb of the figure before."""
    if not situation.index:
        return []
    follows = situation.follows
    if previous is None:
        return [("none before", follows, region)]
    if previous == at:
        return [
            ("as before", follows),
            ("as before, unit", follows, situation.alike),
            ("as before, sort of unit", follows, situation.group),
            ("as before, shape", follows, situation.shape, "linked" if situation.linked else ""),
            ("as before, region", region, follows, situation.shape),
        ]
    found: list[Evidence] = [("other than before", follows, region)]
    if sentence.tokens[at].word == sentence.tokens[previous].word:
        found.append(("same word as before",))
    if at < previous:
        found.append(("left of the one before", follows, region))
    return found


def none(situation: Situation, item: Span | None, previous: int | None) -> list[Evidence]:
    """That the figure has no verb."""
    sentence, place = situation.sentence, situation.place
    group, shape = situation.group, situation.shape
    side = item_side(situation, item)
    token = sentence.tokens[place]
    touching = (
        "-" if item is None else "touching" if item[1] == token.start or item[0] == token.end else "apart"
    )
    before, after = sentence.fine(place - 1), sentence.fine(place + 1)
    found: list[Evidence] = [
        ("none",),
        ("none, sort of unit", group),
        ("none, kind", situation.kind),
        ("none, unit", situation.unit),
        ("none, side", side, group),
        ("none, next", after, side),
        ("none, before", before, side),
        ("none, before, next", before, after),
        ("none, shape", shape, "linked" if situation.linked else "", side),
        ("none, follows", situation.follows, situation.alike),
        ("none, shape, follows", shape, situation.follows, touching),
        ("none, side, shape", side, touching, shape, group),
        ("none, stretch begins", sentence.fine(situation.low), side),
        ("none, next word", sentence.word(place + 1)),
        ("none, unit, side", situation.unit, side, touching),
        ("none, link", situation.link),
    ]
    if situation.index:
        known = "0" if previous is None else "1"
        found += [
            ("none, none before", situation.follows, known),
            ("none, none before, shape", situation.follows, known, shape, group),
        ]
    return found


def item_side(situation: Situation, item: Span | None) -> str:
    """0 where there is no item, R where it stands behind the number, else L."""
    if item is None:
        return "0"
    return "R" if item[0] >= situation.sentence.tokens[situation.place].end else "L"
