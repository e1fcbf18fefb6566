"""Evidence that a phrase goes on to the left by one more word."""

from __future__ import annotations

from extractor.context.evidence import Asked, Evidence
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, head
from extractor.context.tokens import Lexeme


def further(sentence: Sentence, first: int, last: int, region: str, situation: Situation) -> list[Asked]:
    """Whether the phrase from token ``first`` to ``last`` takes in the token before ``first``."""
    tokens, totals, coarse = sentence.tokens, sentence.totals, sentence.coarse
    at = first - 1
    token, here = tokens[at], tokens[first]
    new, word, group = token.fine, token.word, situation.group
    length = min(last - first + 1, 6)
    characters = tokens[last].end - here.start if length < 4 else 9
    noun, indicator = head(sentence, last)
    begin = totals.stretch[at]
    before, old = coarse[at - 1], here.coarse
    found: list[Asked] = [
        (_word, token.lexeme, noun),
        (_counted, region, new, group, indicator),
        (_length, region, new, length),
        ("characters, new", str(characters), new),
        (_joined, region, token.coarse, old, begin == at),
        ("coarse before, new, old", region, before, token.coarse, old),
        ("coarse two before, new, old", coarse[at - 2], before, token.coarse, old),
        ("coarse new, old, after", token.coarse, old, coarse[first + 1]),
        ("before, new, sort of unit", sentence.fine[at - 1], new, group),
    ]
    for name in sentence.lexicon.groups.get(word, ()):
        found += [("new word in, old", name, here.fine), ("new word in", name, region)]
    if region != "R":
        verb = totals.verbs[at] + totals.links[at] > totals.verbs[begin] + totals.links[begin]
        noun_before = totals.nouns[at] > totals.nouns[begin]
        found.append(("left of it, new", new, f"{verb:d}{noun_before:d}"))
    return found


def _word(word: Lexeme, noun: str) -> list[Evidence]:
    """What the new word says, also beside the noun of the phrase."""
    new, text = word.fine, word.word
    return [
        ("new word", text),
        ("new word, noun", text, noun),
        ("new, noun", new, noun),
        ("part of speech, noun", word.tag, noun),
        ("new, last character of new", new, text[-1]),
        ("new, first character", new, text[0], str(len(text))),
    ]


def _counted(region: str, new: str, group: str, indicator: str) -> list[Evidence]:
    """What its class says beside what is counted."""
    return [("new, sort of unit", region, new, group), ("new, indicator", new, indicator, group)]


def _length(region: str, new: str, length: int) -> list[Evidence]:
    """How many words the phrase has already."""
    return [("length", region, str(length)), ("length, new", region, new, str(min(length, 3)))]


def _joined(region: str, new: str, old: str, edge: bool) -> list[Evidence]:
    """The new word against the first one of the phrase, and whether it stands at the edge of its stretch."""
    return [
        ("coarse new, old", region, new, old),
        ("coarse new, old, edge", region, new, old, "edge" if edge else ""),
    ]
