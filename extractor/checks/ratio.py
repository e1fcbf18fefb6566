"""ratio: how many times one is the other, and parts told as fractions.

    收入50万元，是上年20万元的2.5倍          50 / 20
    由20万元增至50万元，是原来的2.5倍        50 / 20
    共有30户，其中脱贫户20户，占三分之二     20 / 30

增长1.5倍 is no claim: newspapers say it of both 1.5 and 2.5 times the old level.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.claims import Claim
from extractor.checks.common import alike, amount
from extractor.checks.evidence import has, pattern
from extractor.checks.pairs import followers, pairs
from extractor.checks.passage import Mark, Passage
from extractor.checks.quantities import divide
from extractor.checks.shares import shares


def find(passage: Passage) -> Iterator[Claim]:
    """The claims of this relation in a passage."""
    for found in shares(passage):
        if found.rate.figure.unit == "":
            yield Claim(
                "ratio", found.rate, (found.part, found.whole), divide, " / ", found.words, found.strong
            )
    for mark in passage.marks:
        if mark.figure.unit == "倍" and not mark.figure.change:
            yield from _times(passage, mark)


def _times(passage: Passage, times: Mark) -> Iterator[Claim]:
    base = passage.before(times)
    new = passage.before(base) if base else None
    if (
        base is not None
        and new is not None
        and passage.between(base, times).strip() in ("的", "的近", "的约")
    ):
        word = pattern("^({times})[^，。；]{0,14}$").search(passage.lead(base))
        if word and _levels(new, base, times) and passage.breaks(new, base) <= 1:
            yield Claim("ratio", times, (new, base), divide, " / ", (word[1], "的…倍"), cut=True)
        return
    found = pattern("^({times})[^，。；0-9]{0,6}?({earlier})[^，。；0-9]{0,4}的(?:约|近|超过|整整)?$").search(
        passage.lead(times)
    )
    if not found:
        return
    for pair in pairs(passage):
        if times in list(followers(passage, pair.new, 1)):
            yield Claim(
                "ratio", times, (pair.new, pair.old), divide, " / ", (*pair.words, found[2]), cut=True
            )
            return
    if base is None or new is None or passage.breaks(base, times) > 1 or not _levels(new, base, times):
        return
    if (
        found[2] in passage.lead(new)
        and not has("earlier", passage.lead(base))
        and passage.breaks(new, base) <= 1
    ):
        yield Claim("ratio", times, (base, new), divide, " / ", (found[1], found[2]), cut=True)


def _levels(first: Mark, second: Mark, times: Mark) -> bool:
    together = first.sentence == second.sentence == times.sentence
    return together and alike(first, second) and amount(first) and amount(second)
