"""Evidence for the token with which the phrase ends that a figure counts or measures."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.sentence import FIGURE, MARK, QUOTED, WORD, Sentence
from extractor.context.situation import Item, Situation, bucket, head, nominal
from extractor.lexicon.words import FOLLOWING, ITEM, NOUN, TAGGED, VERB


def border(sentence: Sentence, at: int, region: str) -> list[Evidence]:
    """What the words on both sides of the border say, whatever figure asks."""
    token = sentence.tokens[at]
    fine, coarse = sentence.fine, sentence.coarse
    last, after, before = token.fine, fine(at + 1), fine(at - 1)
    kind, behind, further = token.coarse, coarse(at + 1), coarse(at + 2)
    word, following = token.word, sentence.word(at + 1)
    found: list[Evidence] = [
        ("last, next", region, last, after),
        ("last, next two", last, after, fine(at + 2)),
        ("before, last", region, before, last),
        ("next word", region, following),
        ("last character", region, word[-1]),
        ("last class", region, last),
        ("next class", region, after),
        ("last word", word),
        ("last part of speech", region, token.tag),
        ("last part of speech, next", region, token.tag, after),
        ("coarse last, next", region, kind, behind),
        ("coarse last, next two", region, kind, behind, further),
        ("coarse before, last, next", region, coarse(at - 1), kind, behind),
        ("coarse last, next three", kind, behind, further, coarse(at + 3)),
    ]
    found += [("last word in", region, name) for name in sentence.lexicon.groups.get(word, ())]
    return found


def counted(sentence: Sentence, at: int, region: str, situation: Situation) -> list[Evidence]:
    """What the unit counts against what the phrase names."""
    token = sentence.tokens[at]
    kind, indicator = head(sentence, at)
    measures = "indicator" if indicator else "other"
    group, unit = situation.group, situation.unit
    character = token.word[-2:-1] if token.kind == QUOTED else token.word[-1]
    return [
        ("noun, sort of unit", region, kind, group),
        ("noun, unit", kind, unit),
        ("indicator, sort of unit", region, measures, situation.kind, group),
        ("last character, kind", character, situation.kind),
        ("last class, sort of unit", region, token.fine, group),
        ("indicator, unit", measures, unit),
        ("noun, indicator", region, kind, measures),
        ("part of speech, sort of unit", region, token.tag, group),
    ]


def side(region: str, situation: Situation) -> list[Evidence]:
    """What the figure's place says of a region."""
    group, shape, link = situation.group, situation.shape, situation.link
    return [
        ("region", region, group),
        ("region, kind", region, situation.kind),
        ("region, unit", region, situation.unit),
        ("region, shape", region, shape, group),
        ("region, linked", region, "linked" if situation.linked else "", group),
        ("region, shape, linked", region, shape, "linked" if situation.linked else "", situation.kind),
        ("region, link", region, link, group),
        ("region, change", region, "change" if situation.change else "", group),
        ("region, follows", region, situation.follows, shape),
        ("region, link, shape", region, link, shape),
    ]


def between(sentence: Sentence, at: int, region: str, situation: Situation) -> list[Evidence]:
    """What stands between the end of the phrase and the number."""
    if region == "P":
        return _clauses_between(sentence, at, situation)
    tokens = sentence.tokens
    place, group = situation.place, situation.group
    low, high = (at + 1, place) if at < place else (place + 1, at)
    count = high - low
    found: list[Evidence] = [
        ("distance", region, bucket(count)),
        ("distance, sort of unit", region, bucket(count), group),
    ]
    verbs = nouns = figures = 0
    seen = set()
    for position in range(low, high):
        token = tokens[position]
        if token.fine not in seen:
            seen.add(token.fine)
            found.append(("between", region, token.fine))
            found.append(("between, sort of unit", region, token.fine, group))
        if token.kind == WORD:
            if token.marks & NOUN:
                nouns += 1
            elif token.marks & (VERB | FOLLOWING | ITEM | TAGGED):
                verbs += 1
        elif token.kind == FIGURE:
            figures += 1
    verb, noun = str(min(verbs, 2)), str(min(nouns, 2))
    found += [
        ("verbs and nouns between", region, verb, noun, group),
        ("verbs and nouns between, shape", region, verb, noun, situation.shape),
    ]
    if count <= 3:
        classes = "/".join([token.coarse for token in tokens[low:high]])
        found += [("all between", region, classes), ("all between, sort of unit", region, classes, group)]
        if count <= 2:
            found.append(("words between", region, "/".join([token.word for token in tokens[low:high]])))
    return found


def _clauses_between(sentence: Sentence, at: int, situation: Situation) -> list[Evidence]:
    """The same for a phrase of an earlier clause."""
    tokens = sentence.tokens
    place, group, shape = situation.place, situation.group, situation.shape
    token = tokens[at]
    crossed = str(min(situation.clause - token.clause, 5))
    strong = opening = ""
    figures = later = next_figure = 0
    for position in range(at + 1, place):
        other = tokens[position]
        if other.kind == FIGURE:
            figures += 1
            next_figure = next_figure or position - at
        elif other.kind == MARK:
            if other.word in "；;。：":
                strong = "strong"
        elif other.clause == token.clause and nominal(other):
            later += 1
    if next_figure > 4:
        next_figure = 0
    before = tokens[max(0, at - 4) : at]
    if not token.clause or all(other.clause != token.clause or other.tag[:1] in "nr" for other in before):
        opening = "opening"
    behind_figure = (
        "figure" if any(o.kind == FIGURE and o.clause == token.clause for o in before[-3:]) else ""
    )
    near = str(next_figure)
    return [
        ("clauses", crossed, group),
        ("clauses, strong", crossed, strong, group),
        ("clauses, figures", str(min(figures, 3)), crossed),
        ("next figure, follows", near, situation.follows, situation.alike),
        ("behind a figure", behind_figure, situation.follows, shape),
        ("nouns behind, opening", str(min(later, 3)), opening),
        ("clause begins with", sentence.fine(situation.low), crossed),
    ]


def against(at: int, region: str, situation: Situation, previous: Item | None) -> list[Evidence]:
    """How the candidate lies to the item of the figure before."""
    if not situation.index:
        return []
    follows, alike, group, shape = situation.follows, situation.alike, situation.group, situation.shape
    if previous is None:
        return [("none before", region, follows)]
    first, last, where = previous
    if last == at:
        return [
            ("as before", follows, alike),
            ("as before, sort of unit", follows, alike, group, where),
            ("as before, shape", follows, shape, region),
            (
                "as before, link",
                region,
                follows,
                "linked" if situation.linked else "",
                "change" if situation.change else "",
            ),
            ("as before, link word", where, region, situation.link),
            ("as before, all", where, region, follows, group, shape),
            ("as before, unit", situation.unit, follows, alike),
        ]
    if first <= at <= last:
        return [("inside the one before", ""), ("inside the one before", follows)]
    found: list[Evidence] = [("other than before", where, region, follows)]
    if at > last and region in "PM":
        found.append(("behind the one before", region, follows, where, shape))
    return found


def none(situation: Situation, previous: Item | None) -> list[Evidence]:
    """That the text names nothing more than the unit."""
    sentence, place = situation.sentence, situation.place
    group, unit, shape = situation.group, situation.unit, situation.shape
    before, after = sentence.fine(place - 1), sentence.fine(place + 1)
    found: list[Evidence] = [
        ("none",),
        ("none, sort of unit", group),
        ("none, kind", situation.kind),
        ("none, unit", unit),
        ("none, shape", shape, group),
        ("none, next", after, group),
        ("none, before", before, group),
        ("none, before, next", before, after),
        ("none, follows", shape, situation.follows, situation.alike),
        ("none, link", situation.link, group),
        ("none, word before", sentence.word(place - 1)),
        ("none, next word", sentence.word(place + 1)),
        ("none, shape, unit", shape, unit),
        ("none, follows, unit", situation.follows, unit),
        ("none, next two", after, sentence.fine(place + 2)),
        ("none, unit, before", unit, before),
    ]
    if situation.index:
        where = previous[2] if previous else "0"
        found += [
            ("none, none before", situation.follows, "0" if previous is None else "1"),
            ("none, none before, unit", situation.follows, "0" if previous is None else "1", unit),
            ("none, region before", situation.follows, where, situation.alike),
        ]
    return found
