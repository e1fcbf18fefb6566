"""分别: several figures told in one go, each with an item of its own."""

from __future__ import annotations

import re

from extractor.drafts import Draft
from extractor.leftside import left
from extractor.phrases import STOPS, Span
from extractor.words import Lexicon

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
            begin = draft.item[0]
            while begin > 0 and text[begin - 1] not in STOPS:
                begin -= 1
            at = begin
            for match in _LIST.finditer(text, begin, draft.item[1]):
                items.append((at, match.start()))
                at = match.end()
            items.append((at, draft.item[1]))
            items = items[-len(group) :]
            if len(items) == len(group):
                first = left(text, begin, items[0][1], lexicon).item
                items[0] = first or items[0]
        if len(items) != len(group):
            earlier = [d.item for d in drafts[:index] if d.item and not d.change]
            items = [item for item in earlier[-len(group) :] if item]
        if len(items) == len(group):
            for member, item in zip(group, items, strict=True):
                member.item = item
        for member in group[1:]:
            member.change = member.change or draft.change
            member.basis = member.basis or draft.basis
