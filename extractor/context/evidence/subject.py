"""Evidence for whose figure it is: the place, body, person or group that the sentence names."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.evidence.action import item_side
from extractor.context.sentence import FIGURE, LINK, QUOTED, TIME, WORD, Sentence
from extractor.context.situation import Item, Situation, head, nominal, relation, verbal
from extractor.lexicon.phrases import Span


def name(sentence: Sentence, at: int, region: str) -> list[Evidence]:
    """What the word at the end of a name and its neighbours say, whatever figure asks."""
    tokens = sentence.tokens
    fine, coarse = sentence.fine, sentence.coarse
    token = tokens[at]
    kind, indicator = head(sentence, at)
    text = token.word
    begin = at
    while (
        begin > 0
        and tokens[begin - 1].clause == token.clause
        and tokens[begin - 1].kind in (WORD, QUOTED)
        and nominal(tokens[begin - 1])
        and not verbal(tokens[begin - 1])
    ):
        begin -= 1
    edge = "T" if begin and tokens[begin - 1].kind == TIME else fine(begin - 1)
    leads = (
        "leads"
        if begin == 0 or tokens[begin - 1].clause != token.clause or tokens[begin - 1].kind == TIME
        else ""
    )
    opens = "first clause" if token.clause == 0 else ""
    after = fine(at + 1)
    found: list[Evidence] = [
        ("last, next", region, token.fine, after),
        ("coarse around", region, coarse(at - 1), token.coarse, coarse(at + 1)),
        ("word", region, text),
        ("last character", region, text[-1]),
        ("noun, leads", region, kind, leads),
        ("part of speech, leads", region, token.tag, leads),
        ("leads", region, leads, opens),
        ("next word, leads", region, sentence.word(at + 1), leads),
        ("edge", region, edge),
        ("noun, next", region, kind, after),
        ("part of speech, next two", token.tag, after, fine(at + 2)),
        ("noun, indicator", region, kind, "indicator" if indicator else "other"),
        ("class, leads", region, token.fine, leads, opens),
        ("first character", region, text[0], str(len(text))),
        ("noun, coarse next, leads", kind, coarse(at + 1), leads),
        ("part of speech, edge", token.tag, edge),
        ("noun, edge", region, kind, edge),
    ]
    found += [("word in", region, group, leads) for group in sentence.lexicon.groups.get(text, ())]
    return found


def toward(
    sentence: Sentence, at: int, region: str, situation: Situation, item: Span | None
) -> list[Evidence]:
    """What stands between the name and the figure."""
    tokens = sentence.tokens
    place, group = situation.place, situation.group
    token = tokens[at]
    kind, indicator = head(sentence, at)
    lies = relation((token.start, token.end), item)
    verbs = figures = names = 0
    of = strong = ""
    for position in range(at + 1, place):
        other = tokens[position]
        if other.kind == FIGURE:
            figures += 1
        elif other.word == "的":
            of = "的"
        elif other.word in ("；", ";", "。"):
            strong = "strong"
        elif other.kind == LINK or verbal(other):
            verbs += 1
        elif other.kind == WORD and other.tag[:2] in ("ns", "nt", "nr"):
            names += 1
    crossed = str(min(situation.clause - token.clause, 5))
    verb, figure, other_names = str(min(verbs, 3)), str(min(figures, 3)), str(min(names, 3))
    found: list[Evidence] = [
        ("to the item, part of speech", region, lies, token.tag),
        ("clauses, strong", region, crossed, strong),
        ("verbs between", region, verb, kind),
        ("names between", region, other_names, token.tag),
        ("clauses, noun", region, crossed, kind),
        ("figures between", region, figure, lies),
        ("noun, kind, to the item", region, situation.kind, kind, lies),
        ("noun, shape", region, situation.shape, kind),
        ("all between, counted", region, verb, other_names, of),
        ("to the item, next", lies, sentence.fine(at + 1)),
        ("noun, link", region, situation.link, kind),
        ("indicator, to the item", region, "indicator" if indicator else "other", lies),
        ("clauses, part of speech", region, crossed, token.tag, figure),
    ]
    if place - at <= 3:
        found.append(
            ("all between", "/".join([other.coarse for other in tokens[at + 1 : place]]), kind, group)
        )
    return found


def against(
    sentence: Sentence, at: int, region: str, situation: Situation, previous: Item | None
) -> list[Evidence]:
    """How the name lies to the subject of the figure before."""
    if not situation.index:
        return []
    follows = situation.follows
    if previous is None:
        return [("none before", follows, region), ("none before, noun", follows, head(sentence, at)[0])]
    first, last, _ = previous
    if last == at:
        clauses = str(min(situation.clause - sentence.tokens[at].clause, 4))
        return [
            ("as before", follows),
            ("as before, shape", follows, situation.shape),
            ("as before, region", region, follows, situation.group),
            ("as before, clauses", follows, clauses),
        ]
    if first <= at <= last:
        return [("inside the one before",)]
    where = "left" if at < first else "right"
    return [
        ("other than before", follows, region, where),
        ("other than before, noun", region, where, head(sentence, at)[0]),
    ]


def none(situation: Situation, item: Span | None, previous: Item | None) -> list[Evidence]:
    """That the sentence names no subject."""
    sentence = situation.sentence
    first, low = situation.first, situation.low
    fine, coarse, text = sentence.fine, sentence.coarse, sentence.word
    side = item_side(situation, item)
    names = (
        "names"
        if any(t.kind == WORD and t.tag[:2] in ("ns", "nt", "nr") for t in sentence.tokens[: situation.place])
        else ""
    )
    clause = str(min(situation.clause, 4))
    found: list[Evidence] = [
        ("none",),
        ("none, sort of unit", situation.group),
        ("none, unit", situation.unit),
        ("none, shape", situation.shape),
        ("none, side", side),
        ("none, names", names, side),
        ("none, clause begins", fine(first)),
        ("none, sentence begins", fine(0), fine(1)),
        ("none, clause begins with word", text(first)),
        ("none, stretch begins with word", text(low)),
        ("none, clauses", clause, names),
        ("none, clause begins, side", coarse(first), coarse(first + 1), side),
        ("none, kind", situation.kind, names),
        ("none, sentence begins with word", text(0)),
        ("none, sentence begins, three", coarse(0), coarse(1), coarse(2)),
        ("none, sentence begins, clauses", clause, coarse(0), coarse(1)),
    ]
    if situation.index:
        known = "0" if previous is None else "1"
        found += [
            ("none, none before", situation.follows, known),
            ("none, none before, shape", situation.follows, known, situation.shape),
        ]
    return found
