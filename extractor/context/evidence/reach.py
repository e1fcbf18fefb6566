"""Evidence that a phrase goes on to the left by one more word."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, head


def further(sentence: Sentence, first: int, last: int, region: str, situation: Situation) -> list[Evidence]:
    """Whether the phrase from token ``first`` to ``last`` takes in the token before ``first``."""
    tokens, totals, coarse = sentence.tokens, sentence.totals, sentence.coarse
    at = first - 1
    token, here = tokens[at], tokens[first]
    new, word, group = token.fine, token.word, situation.group
    length = min(last - first + 1, 6)
    characters = tokens[last].end - here.start if length < 4 else 9
    noun, indicator = head(sentence, last)
    begin = totals.stretch[at]
    before, old = coarse(at - 1), here.coarse
    found: list[Evidence] = [
        ("new word", word),
        ("new, noun", new, noun),
        ("new, last character of new", new, word[-1]),
        ("part of speech, noun", token.tag, noun),
        ("new word, noun", word, noun),
        ("new, first character", new, word[0], str(len(word))),
        ("length", region, str(length)),
        ("length, new", region, new, str(min(length, 3))),
        ("new, sort of unit", region, new, group),
        ("new, indicator", new, indicator, group),
        ("characters, new", str(characters), new),
        ("coarse new, old", region, token.coarse, old),
        ("coarse before, new, old", region, before, token.coarse, old),
        ("coarse two before, new, old", coarse(at - 2), before, token.coarse, old),
        ("coarse new, old, after", token.coarse, old, coarse(first + 1)),
        ("coarse new, old, edge", region, token.coarse, old, "edge" if begin == at else ""),
        ("before, new, sort of unit", sentence.fine(at - 1), new, group),
    ]
    for name in sentence.lexicon.groups.get(word, ()):
        found += [("new word in, old", name, here.fine), ("new word in", name, region)]
    if region != "R":
        verb = totals.verbs[at] + totals.links[at] > totals.verbs[begin] + totals.links[begin]
        noun_before = totals.nouns[at] > totals.nouns[begin]
        found.append(("left of it, new", new, f"{verb:d}{noun_before:d}"))
    return found
