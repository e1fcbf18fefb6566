"""Evidence that a phrase goes on to the left by one more word."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.context.evidence import Clue, Evidence
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, head


def further(sentence: Sentence, first: int, last: int, region: str, situation: Situation) -> list[Clue]:
    """Whether the phrase from token ``first`` to ``last`` takes in the token before ``first``."""
    tokens, totals, coarse = sentence.tokens, sentence.totals, sentence.coarse
    at = first - 1
    token, here = tokens[at], tokens[first]
    new, word, group = token.fine, token.word, situation.group
    length = min(last - first + 1, 6)
    characters = tokens[last].end - here.start if length < 4 else 9
    noun, indicator = head(sentence, last)
    begin = totals.stretch[at]
    groups = sentence.lexicon.groups.get(word, ())
    found: list[Clue] = [
        (_itself, region, word, new, token.tag, noun, groups, here.fine),
        (_grown, region, new, group, indicator, length, characters),
        (
            _classes,
            region,
            coarse(at - 2),
            coarse(at - 1),
            token.coarse,
            here.coarse,
            coarse(first + 1),
            begin == at,
        ),
        ("before, new, sort of unit", sentence.fine(at - 1), new, group),
    ]
    if region != "R":
        verb = totals.verbs[at] + totals.links[at] > totals.verbs[begin] + totals.links[begin]
        noun_before = totals.nouns[at] > totals.nouns[begin]
        found.append(("left of it, new", new, f"{verb:d}{noun_before:d}"))
    return found


def _itself(
    region: str, word: str, new: str, tag: str, noun: str, groups: Sequence[str], old: str
) -> list[Evidence]:
    found: list[Evidence] = [
        ("new word", word),
        ("new, noun", new, noun),
        ("new, last character of new", new, word[-1]),
        ("part of speech, noun", tag, noun),
        ("new word, noun", word, noun),
        ("new, first character", new, word[0], str(len(word))),
    ]
    for name in groups:
        found += [("new word in, old", name, old), ("new word in", name, region)]
    return found


def _grown(region: str, new: str, group: str, indicator: str, length: int, characters: int) -> list[Evidence]:
    return [
        ("length", region, str(length)),
        ("length, new", region, new, str(min(length, 3))),
        ("new, sort of unit", region, new, group),
        ("new, indicator", new, indicator, group),
        ("characters, new", str(characters), new),
    ]


def _classes(
    region: str, two_before: str, before: str, new: str, old: str, after: str, edge: bool
) -> list[Evidence]:
    return [
        ("coarse new, old", region, new, old),
        ("coarse before, new, old", region, before, new, old),
        ("coarse two before, new, old", two_before, before, new, old),
        ("coarse new, old, after", new, old, after),
        ("coarse new, old, edge", region, new, old, "edge" if edge else ""),
    ]
