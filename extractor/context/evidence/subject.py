"""Evidence for whose figure it is: the place, body, person or group that the sentence names."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.evidence.action import item_side
from extractor.context.sentence import Sentence
from extractor.context.situation import Item, Situation, head, relation
from extractor.context.tokens import QUOTED, TIME, WORD
from extractor.lexicon.phrases import Span

_NAME = (WORD, QUOTED)


def name(sentence: Sentence, at: int, region: str) -> list[Evidence]:
    """What the word at the end of a name and its neighbours say, whatever figure asks."""
    tokens = sentence.tokens
    token = tokens[at]
    kind, _ = head(sentence, at)
    text = token.word
    edge = sentence.totals.stretch[at]
    begin = at
    while begin > edge:
        before = tokens[begin - 1]
        if before.kind not in _NAME or not before.nominal or before.verbal:
            break
        begin -= 1
    leads = "leads" if begin == 0 or tokens[begin - 1].clause != token.clause else ""
    if begin and tokens[begin - 1].kind == TIME:
        leads = "leads"
    after = sentence.fine(at + 1)
    opens = "" if token.clause else "first clause"
    return [
        ("word", region, text),
        ("last character", region, text[-1]),
        ("first character", region, text[0], str(len(text))),
        ("last, next", region, token.fine, after),
        ("noun, leads", region, kind, leads),
        ("leads", region, leads, opens),
        ("noun, next", region, kind, after),
        ("class, leads", region, token.fine, leads, opens),
        ("next word, leads", region, sentence.word(at + 1), leads),
        ("edge", region, sentence.fine(begin - 1)),
    ]


def toward(
    sentence: Sentence, at: int, region: str, situation: Situation, item: Span | None
) -> list[Evidence]:
    """What stands between the name and the figure."""
    token, place, totals = sentence.tokens[at], situation.place, sentence.totals
    kind, indicator = head(sentence, at)
    lies = relation((token.start, token.end), item)
    low, high = (at + 1, place) if at < place else (place + 1, at)
    figures = str(min(totals.figures[high] - totals.figures[low], 3))
    names = str(min(totals.names[high] - totals.names[low], 3))
    strong = "strong" if totals.strong[high] > totals.strong[low] else ""
    crossed = str(min(situation.clause - token.clause, 5))
    return [
        ("clauses, strong", region, crossed, strong),
        ("names between", region, names, token.tag),
        ("clauses, noun", region, crossed, kind),
        ("figures between", region, figures, lies),
        ("indicator, to the item", region, indicator, lies),
        ("to the item, next", lies, sentence.fine(at + 1)),
    ]


def against(
    sentence: Sentence, at: int, region: str, situation: Situation, previous: Item | None
) -> list[Evidence]:
    """How the name lies to the subject of the figure before."""
    if previous is None:
        return []
    first, last, _ = previous
    if last == at:
        return [("as before", situation.follows)]
    if first <= at <= last:
        return []
    return [("other than before, noun", region, "left" if at < first else "right", head(sentence, at)[0])]


def none(situation: Situation, item: Span | None, previous: Item | None) -> list[Evidence]:
    """That the sentence names no subject."""
    sentence = situation.sentence
    coarse, side = sentence.coarse, item_side(situation, item)
    found: list[Evidence] = [
        ("none",),
        ("none, unit", situation.unit),
        ("none, side", side),
        ("none, names", "names" if sentence.totals.names[situation.place] else "", side),
        ("none, sentence begins, three", coarse(0), coarse(1), coarse(2)),
    ]
    if situation.index:
        found.append(("none, none before", situation.follows, "0" if previous is None else "1"))
    return found
