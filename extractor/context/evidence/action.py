"""Evidence for the verb that a figure completes."""

from __future__ import annotations

from extractor.context.evidence import Asked, Evidence
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, bucket, relation
from extractor.context.tokens import VERBAL, Lexeme
from extractor.lexicon.phrases import Span


def word(sentence: Sentence, at: int, region: str) -> list[Asked]:
    """What the word and its neighbours say, whatever figure asks."""
    token = sentence.tokens[at]
    text = token.word
    return [
        (_word, region, token.lexeme),
        ("next word", region, sentence.word[at + 1]),
        ("word before", region, sentence.word[at - 1]),
        ("word, next", text, sentence.fine[at + 1]),
    ]


def _word(region: str, verb: Lexeme) -> list[Evidence]:
    """What the word says by itself."""
    text = verb.word
    return [
        ("class", region, verb.fine),
        ("any word", text),
        ("part of speech", region, verb.tag),
        ("length", region, str(min(len(text), 4)), verb.tag),
        ("last character", region, text[-1]),
        ("first character", region, text[0]),
        ("marks", region, str(verb.marks & VERBAL)),
    ]


def toward(sentence: Sentence, at: int, region: str, situation: Situation, item: Span | None) -> list[Asked]:
    """What stands between the word, the figure and its item."""
    token = sentence.tokens[at]
    place, group, kind = situation.place, situation.group, token.coarse
    low, high = (at + 1, place) if at < place else (place + 1, at)
    lies = relation((token.start, token.end), item)
    side = item_side(situation, item)
    totals = sentence.totals
    figures = min(totals.figures[high] - totals.figures[low], 3)
    links = min(totals.links[high] - totals.links[low], 2)
    of = "的" if totals.of[high] > totals.of[low] else ""
    found: list[Asked] = [
        (_to_the_item, region, lies, side, group, bucket(high - low)),
        (_passed, region, figures, links, of, situation.changed, kind),
        ("word, sort of unit", region, token.word, group),
        ("class, link", region, situation.link, kind),
    ]
    if high - low <= 3:
        classes = "/".join([other.coarse for other in sentence.tokens[low:high]])
        found.append((_all_between, region, classes, kind, group))
    return found


def _to_the_item(region: str, lies: str, side: str, group: str, distance: str) -> list[Evidence]:
    """How the word lies to the item, and the item to the figure."""
    return [
        ("to the item", region, lies),
        ("to the item, its side", region, lies, side),
        ("to the item, sort of unit", region, lies, side, group),
        ("to the item, distance", region, lies, distance),
    ]


def _passed(region: str, figures: int, links: int, of: str, changed: str, kind: str) -> list[Evidence]:
    """What is passed on the way to the figure. ``kind`` is the word's class."""
    return [
        ("figures and links between", region, str(figures), str(links)),
        ("的 between", region, of, kind),
        ("change", region, changed, kind, str(links)),
    ]


def _all_between(region: str, classes: str, kind: str, group: str) -> list[Evidence]:
    """The classes of all words between, where they are few."""
    return [
        ("all between", region, classes, kind),
        ("all between, sort of unit", region, classes, group),
    ]


def against(at: int, situation: Situation, previous: int | None) -> list[Asked]:
    """That the word is the verb of the figure before."""
    return [("as before, unit", situation.follows, situation.alike)] if previous == at else []


def none(situation: Situation, item: Span | None) -> list[Asked]:
    """That the figure has no verb."""
    sentence, place = situation.sentence, situation.place
    side = item_side(situation, item)
    token = sentence.tokens[place]
    touching = (
        "-" if item is None else "touching" if item[1] == token.start or item[0] == token.end else "apart"
    )
    before = sentence.fine[place - 1]
    return [
        ("none",),
        ("none, kind", situation.kind),
        ("none, before", before, side),
        ("none, before, next", before, sentence.fine[place + 1]),
        ("none, follows", situation.follows, situation.alike),
        ("none, unit, side", situation.unit, side, touching),
        ("none, link", situation.link),
    ]


def item_side(situation: Situation, item: Span | None) -> str:
    """0 where there is no item, R where it stands behind the number, else L."""
    if item is None:
        return "0"
    return "R" if item[0] >= situation.sentence.tokens[situation.place].end else "L"
