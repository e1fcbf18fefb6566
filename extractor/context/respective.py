"""分别: several figures told in one go, each with an item of its own."""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.context.leftside import left
from extractor.lexicon.phrases import Span, clause_before, clause_start, rightwards
from extractor.lexicon.words import Lexicon
from extractor.numerals.drafts import Draft

_LIST = re.compile("[、和与及]|以及")
_RESPECTIVELY = re.compile("分别(?:同比|环比|比[^，]{1,6}|较[^，]{1,6})?[^，。；、]{0,4}(?:约|达|为|近)?$")


def distribute(text: str, drafts: list[Draft], lexicon: Lexicon) -> None:
    """分别: gives each of several figures its own item, from a list before them or from as many figures before."""
    for index, draft in enumerate(drafts):
        if not _RESPECTIVELY.search(text, max(0, draft.start - 12), draft.start):
            continue
        group = [draft]
        for following in drafts[index + 1 :]:
            if (
                text[group[-1].end : following.start]
                not in ("、", "和", "，", "与", "及", "以及", ",", "，和")
                or following.unit.kind != draft.unit.kind
            ):
                break
            group.append(following)
        if len(group) < 2:
            continue
        items: list[Span] = []
        named = (
            draft.item and text[draft.item[1] : draft.start].find("，") < 0 and draft.item[1] <= draft.start
        )
        if named and draft.item:
            at = begin = clause_start(text, 0, draft.item[0])
            for match in _LIST.finditer(text, begin, draft.item[1]):
                items.append((at, match.start()))
                at = match.end()
            items.append((at, draft.item[1]))
            items = items[-len(group) :]
            if len(items) == len(group):
                first = left(text, begin, items[0][1], lexicon).item
                items[0] = first or items[0]
        if len(items) != len(group) and len(group) > 2:
            items = _listed(text, draft.start, len(group), lexicon)
        if len(items) != len(group):
            earlier = [d.item for d in drafts[:index] if d.item and not d.change]
            items = [item for item in earlier[-len(group) :] if item]
        if len(items) == len(group):
            for member, item in zip(group, items, strict=True):
                member.item = item
        for member in group[1:]:
            member.change = member.change or draft.change
            member.basis = member.basis or draft.basis


def _listed(text: str, at: int, count: int, lexicon: Lexicon) -> list[Span]:
    """The members of a list of ``count`` that opens the clause before that of ``at``, else nothing.

    黄瓜、菠菜、豆角跌幅居前，分别下降8.9%、7.1%和5.5%
    """
    clause = clause_before(text, 0, at)
    if clause is None or text[clause[1]] not in "，,":
        return []
    begin, end = clause
    marks = list(_LIST.finditer(text, begin, end))
    if len(marks) != count - 1:
        return []
    words = rightwards(text, marks[-1].end(), end, lexicon)
    if not words or words[0].end == end or text.find("的", words[0].end, end) >= 0:
        return []
    first = left(text, begin, marks[0].start(), lexicon).item
    borders = [(one.end(), other.start()) for one, other in pairwise(marks)]
    return [first or (begin, marks[0].start()), *borders, (words[0].start, words[0].end)]
