"""Evidence that a phrase goes on to the left by one more word."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, head


def further(sentence: Sentence, first: int, last: int, region: str, situation: Situation) -> list[Evidence]:
    """Whether the phrase from token ``first`` to ``last`` takes in the token before ``first``."""
    tokens, totals = sentence.tokens, sentence.totals
    fine, coarse = sentence.fine, sentence.coarse
    at = first - 1
    token, here, end = tokens[at], tokens[first], tokens[last]
    new, old = token.fine, here.fine
    kind, kind_old, kind_before = token.coarse, here.coarse, coarse(at - 1)
    word, group = token.word, situation.group
    length = last - first + 1
    noun, indicator = head(sentence, last)
    begin = totals.stretch[at]
    found: list[Evidence] = [
        ("new word", word),
        ("length", region, str(min(length, 6))),
        ("length, new", region, new, str(min(length, 3))),
        ("new, sort of unit", region, new, group),
        ("new, noun", new, noun),
        ("new, indicator", new, "indicator" if indicator else "other", group),
        ("new, last character of new", new, word[-1]),
        ("part of speech, noun", token.tag, noun),
        ("before, new, sort of unit", fine(at - 1), new, group),
        ("new word, noun", word, noun),
        ("new, first character", new, word[0], str(len(word))),
        ("characters, new", str(end.end - here.start) if length < 4 else "9", new),
        ("coarse new, old", region, kind, kind_old),
        ("coarse before, new, old", region, kind_before, kind, kind_old),
        ("coarse two before, new, old", coarse(at - 2), kind_before, kind, kind_old),
        ("coarse new, old, after", kind, kind_old, coarse(first + 1)),
        ("coarse new, old, edge", region, kind, kind_old, "edge" if begin == at else ""),
    ]
    for name in sentence.lexicon.groups.get(word, ()):
        found += [("new word in, old", name, old), ("new word in", name, region)]
    if region != "R":
        verb = totals.verbs[at] + totals.links[at] > totals.verbs[begin] + totals.links[begin]
        noun_before = totals.nouns[at] > totals.nouns[begin]
        found.append(("left of it, new", new, f"{verb:d}{noun_before:d}"))
    return found
