"""Evidence that a phrase goes on to the left by one more word."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.sentence import FIGURE, Sentence
from extractor.context.situation import Situation, head, nominal, verbal


def further(sentence: Sentence, first: int, last: int, region: str, situation: Situation) -> list[Evidence]:
    """Whether the phrase from token ``first`` to ``last`` takes in the token before ``first``."""
    tokens = sentence.tokens
    fine, coarse = sentence.fine, sentence.coarse
    at = first - 1
    token, here, end = tokens[at], tokens[first], tokens[last]
    new, old, before = token.fine, here.fine, fine(at - 1)
    kind, kind_old, kind_before, kind_after = token.coarse, here.coarse, coarse(at - 1), coarse(first + 1)
    word, group = token.word, situation.group
    length = last - first + 1
    noun, indicator = head(sentence, last)
    measures = "indicator" if indicator else "other"
    edge = at == 0 or tokens[at - 1].clause != token.clause or tokens[at - 1].kind == FIGURE
    verbs = sum([verbal(tokens[position]) for position in range(first, last + 1)])
    found: list[Evidence] = [
        ("new, old", new, old),
        ("region, new, old", region, new, old),
        ("new word", word),
        ("length", region, str(min(length, 6))),
        ("length, new", region, new, str(min(length, 3))),
        ("new, sort of unit", region, new, group),
        ("new, noun", new, noun),
        ("new, indicator", new, measures, group),
        ("new, last character of new", new, word[-1]),
        ("parts of speech", token.tag, here.tag),
        ("part of speech, noun", token.tag, noun),
        ("before, new, sort of unit", before, new, group),
        ("new word, noun", word, noun),
        ("new, first character", new, word[0], str(len(word))),
        ("characters, new", str(end.end - here.start) if length < 4 else "9", new),
        ("coarse new, old", region, kind, kind_old),
        ("coarse before, new, old", region, kind_before, kind, kind_old),
        ("coarse two before, new, old", coarse(at - 2), kind_before, kind, kind_old),
        ("coarse new, old, after", kind, kind_old, kind_after),
        ("coarse new, old, indicator", kind, kind_old, group, measures),
        ("coarse new, noun", region, kind, noun, group),
        ("coarse new, old, edge", region, kind, kind_old, "edge" if edge else ""),
        ("verbs within, new", region, new, str(min(verbs, 2))),
    ]
    for name in sentence.lexicon.groups.get(word, ()):
        found += [("new word in, old", name, old), ("new word in", name, region)]
    if region == "R":
        found.append(("new right behind the number", new, "" if at > situation.place + 1 else "first"))
    else:
        rest = _before(sentence, at - 1, end.clause)
        found += [("left of it, new", new, rest), ("left of it, new, old", new, old, rest)]
    if word == "的":
        found += [
            ("的", region, old, before),
            ("的, sort of unit", before, group),
            ("的, length", region, str(length), group),
            ("的, old word", here.word),
        ]
    return found


def _before(sentence: Sentence, at: int, clause: int) -> str:
    """Whether a verb and a noun stand further left in the clause."""
    verb = noun = False
    tokens = sentence.tokens
    while at >= 0 and tokens[at].clause == clause and tokens[at].kind != FIGURE:
        if verbal(tokens[at]):
            verb = True
        elif nominal(tokens[at]):
            noun = True
        at -= 1
    return f"{verb:d}{noun:d}"
