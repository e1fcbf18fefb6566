"""difference: what is left of a whole, and by how much a level moved.

For example:

    常住户1098户已完成改造1084户，剩余的14户   1098 − 1084
    由8200人增加到8600人，增加400人           8600 − 8200
    由78%提高到91%，提高13个百分点            91 − 78
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.claims import Claim
from extractor.checks.common import alike, amount, lean_change, one_time, per_head
from extractor.checks.evidence import has, pattern
from extractor.checks.pairs import followers, pairs
from extractor.checks.passage import Mark, Passage
from extractor.checks.quantities import subtract


def find(passage: Passage) -> Iterator[Claim]:
    """The claims of this relation in a passage."""
    for mark in passage.marks:
        if word := _left(passage, mark):
            yield from _rest(passage, mark, word)
    for pair in pairs(passage):
        for mark in followers(passage, pair.new):
            if _moved_by(passage, mark, pair.new) and mark.figure.change in (pair.direction, ""):
                up = pair.direction == "up"
                parts = (pair.new, pair.old) if up else (pair.old, pair.new)
                word = lean_change(passage, mark)[0]
                yield Claim("difference", mark, parts, subtract, " − ", (*pair.words, word))
                break


def _moved_by(passage: Passage, mark: Mark, level: Mark) -> bool:
    same = alike(mark, level) and mark.figure.kind != "ratio"
    points = level.figure.unit == "%" and mark.figure.unit == "百分点"
    return (same or points) and bool(lean_change(passage, mark)[0]) and "年均" not in passage.lead(mark)


def _left(passage: Passage, mark: Mark) -> str:
    """The word that makes a figure the rest of something, "" if none does."""
    if not amount(mark):
        return ""
    lead = passage.lead(mark)
    found = pattern("({rest})(?!劳动|价值|资金|额度)(?:的|还有|尚有|有|约|近|仅|尚)*[^，。；]{0,6}$").search(
        lead
    )
    if found:
        return found[1]
    found = pattern("({still})[^，。；]{0,4}$").search(lead)
    later = pattern("^[^，。；0-9]{0,6}({not_yet})").search(passage.tail(mark))
    return f"{found[1]}…{later[1]}" if found and later else ""


def _rest(passage: Passage, mark: Mark, word: str) -> Iterator[Claim]:
    """The whole is the first amount of the unit in the sentence, the parts all others up to the rest."""
    earlier = [m for m in passage.mates(mark) if m.start < mark.start and alike(m, mark) and amount(m)]
    near = [m for m in earlier if not per_head(m, passage)]
    if len(near) < 2:
        before = [
            m
            for m in passage.earlier(mark)
            if m.sentence == mark.sentence - 1 and alike(m, mark) and amount(m)
        ]
        near = [*before[-1:], *near] if len(near) == 1 else before if len(before) == 2 else []
    if len(near) < 2:
        return
    whole, *parts = near
    gap = passage.text[whole.end : mark.start]
    evidence = has("done", gap)
    if (
        not evidence
        or not one_time(passage, [*near, mark])
        or passage.text.count("；", whole.end, mark.start) > 0
    ):
        return
    if passage.breaks(parts[-1], mark) > 2 or any(per_head(m, passage) for m in near):
        return
    strong = len(parts) == 1 or bool(has("within", passage.between(whole, parts[0])))
    yield Claim("difference", mark, (whole, *parts), subtract, " − ", (has("done", gap), word), strong=strong)
