"""Evidence for the verb that a figure completes."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, bucket, relation
from extractor.context.tokens import VERBAL
from extractor.lexicon.phrases import Span


def word(sentence: Sentence, at: int, region: str) -> list[Evidence]:
    """What the word and its neighbours say, whatever figure asks."""
    token = sentence.tokens[at]
    text = token.word
    return [
        ("class", region, token.fine),
        ("any word", text),
        ("part of speech", region, token.tag),
        ("length", region, str(min(len(text), 4)), token.tag),
        ("last character", region, text[-1]),
        ("first character", region, text[0]),
        ("marks", region, str(token.marks & VERBAL)),
        ("next word", region, sentence.word(at + 1)),
        ("word before", region, sentence.word(at - 1)),
        ("word, next", text, sentence.fine(at + 1)),
    ]


def toward(
    sentence: Sentence, at: int, region: str, situation: Situation, item: Span | None
) -> list[Evidence]:
    """What stands between the word, the figure and its item."""
    token = sentence.tokens[at]
    place, group, kind = situation.place, situation.group, token.coarse
    low, high = (at + 1, place) if at < place else (place + 1, at)
    lies = relation((token.start, token.end), item)
    side = item_side(situation, item)
    totals = sentence.totals
    figures = str(min(totals.figures[high] - totals.figures[low], 3))
    links = str(min(totals.links[high] - totals.links[low], 2))
    distance = bucket(high - low)
    of = "的" if totals.of[high] > totals.of[low] else ""
    found: list[Evidence] = [
        ("to the item", region, lies),
        ("to the item, its side", region, lies, side),
        ("to the item, sort of unit", region, lies, side, group),
        ("to the item, distance", region, lies, distance),
        ("figures and links between", region, figures, links),
        ("的 between", region, of, kind),
        ("change", region, situation.changed, kind, links),
        ("word, sort of unit", region, token.word, group),
        ("class, link", region, situation.link, kind),
    ]
    if high - low <= 3:
        classes = "/".join([other.coarse for other in sentence.tokens[low:high]])
        found += [
            ("all between", region, classes, kind),
            ("all between, sort of unit", region, classes, group),
        ]
    return found


def against(at: int, situation: Situation, previous: int | None) -> list[Evidence]:
    """That the word is the verb of the figure before."""
    return [("as before, unit", situation.follows, situation.alike)] if previous == at else []


def none(situation: Situation, item: Span | None) -> list[Evidence]:
    """That the figure has no verb."""
    sentence, place = situation.sentence, situation.place
    side = item_side(situation, item)
    token = sentence.tokens[place]
    touching = (
        "-" if item is None else "touching" if item[1] == token.start or item[0] == token.end else "apart"
    )
    before = sentence.fine(place - 1)
    return [
        ("none",),
        ("none, kind", situation.kind),
        ("none, before", before, side),
        ("none, before, next", before, sentence.fine(place + 1)),
        ("none, follows", situation.follows, situation.alike),
        ("none, unit, side", situation.unit, side, touching),
        ("none, link", situation.link),
    ]


def item_side(situation: Situation, item: Span | None) -> str:
    """0 where there is no item, R where it stands behind the number, else L."""
    if item is None:
        return "0"
    return "R" if item[0] >= situation.sentence.tokens[situation.place].end else "L"
