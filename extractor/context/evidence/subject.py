"""Evidence for whose figure it is: the place, body, person or group that the sentence names."""

from __future__ import annotations

from extractor.context.evidence import Asked, Evidence
from extractor.context.evidence.action import item_side
from extractor.context.sentence import Sentence
from extractor.context.situation import Item, Situation, head, relation
from extractor.context.tokens import QUOTED, TIME, WORD, Lexeme
from extractor.lexicon.phrases import Span

_PARTS_OF_A_NAME = (WORD, QUOTED)


def name(sentence: Sentence, at: int, region: str) -> list[Asked]:
    """What the word at the end of a name and its neighbours say, whatever figure asks."""
    token = sentence.tokens[at]
    kind, _ = head(sentence, at)
    begin = _begin(sentence, at)
    before = sentence.tokens[begin - 1]
    leads = "leads" if not begin or before.kind == TIME or before.clause != token.clause else ""
    after = sentence.fine[at + 1]
    opens = "" if token.clause else "first clause"
    return [
        (_word, region, token.lexeme),
        (_around, region, token.fine, after, kind, leads, opens),
        ("next word, leads", region, sentence.word[at + 1], leads),
        ("edge", region, sentence.fine[begin - 1]),
    ]


def _begin(sentence: Sentence, at: int) -> int:
    """The first token of the row of nouns that ends with a token."""
    edge, tokens = sentence.totals.stretch[at], sentence.tokens
    while at > edge:
        before = tokens[at - 1]
        if before.kind not in _PARTS_OF_A_NAME or not before.nominal or before.verbal:
            break
        at -= 1
    return at


def _word(region: str, last: Lexeme) -> list[Evidence]:
    """What the word says by itself."""
    text = last.word
    return [
        ("word", region, text),
        ("last character", region, text[-1]),
        ("first character", region, text[0], str(len(text))),
    ]


def _around(region: str, fine: str, after: str, kind: str, leads: str, opens: str) -> list[Evidence]:
    """What its class and ``kind`` of noun say with where it stands and what follows."""
    return [
        ("last, next", region, fine, after),
        ("noun, leads", region, kind, leads),
        ("leads", region, leads, opens),
        ("noun, next", region, kind, after),
        ("class, leads", region, fine, leads, opens),
    ]


def toward(sentence: Sentence, at: int, region: str, situation: Situation, item: Span | None) -> list[Asked]:
    """What stands between the name and the figure."""
    token, place, totals = sentence.tokens[at], situation.place, sentence.totals
    kind, indicator = head(sentence, at)
    lies = relation((token.start, token.end), item)
    low, high = (at + 1, place) if at < place else (place + 1, at)
    figures = min(totals.figures[high] - totals.figures[low], 3)
    names = min(totals.names[high] - totals.names[low], 3)
    strong = "strong" if totals.strong[high] > totals.strong[low] else ""
    crossed = min(situation.clause - token.clause, 5)
    return [
        (_between, region, crossed, strong, names, kind, token.tag),
        (_to_the_item, region, lies, figures, indicator, sentence.fine[at + 1]),
    ]


def _between(region: str, crossed: int, strong: str, names: int, kind: str, tag: str) -> list[Evidence]:
    """The clauses and names between; ``kind`` is that of the noun."""
    return [
        ("clauses, strong", region, str(crossed), strong),
        ("names between", region, str(names), tag),
        ("clauses, noun", region, str(crossed), kind),
    ]


def _to_the_item(region: str, lies: str, figures: int, indicator: str, after: str) -> list[Evidence]:
    """How the name lies to the item."""
    return [
        ("figures between", region, str(figures), lies),
        ("indicator, to the item", region, indicator, lies),
        ("to the item, next", lies, after),
    ]


def against(
    sentence: Sentence, at: int, region: str, situation: Situation, previous: Item | None
) -> list[Asked]:
    """How the name lies to the subject of the figure before."""
    if previous is None:
        return []
    first, last, _ = previous
    if last == at:
        return [("as before", situation.follows)]
    if first <= at <= last:
        return []
    return [("other than before, noun", region, "left" if at < first else "right", head(sentence, at)[0])]


def none(situation: Situation, item: Span | None, previous: Item | None) -> list[Asked]:
    """That the sentence names no subject."""
    sentence = situation.sentence
    coarse, side = sentence.coarse, item_side(situation, item)
    found: list[Asked] = [
        ("none",),
        ("none, unit", situation.unit),
        ("none, side", side),
        ("none, names", "names" if sentence.totals.names[situation.place] else "", side),
        ("none, sentence begins, three", coarse[0], coarse[1], coarse[2]),
    ]
    if situation.index:
        found.append(("none, none before", situation.follows, "0" if previous is None else "1"))
    return found
