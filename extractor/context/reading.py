"""What a figure is about: item, action, change, basis, per and kind, read from the words around it.

The left side of the number is read by ``leftside``; ``items`` chooses the noun phrase; this module hands on what one
figure of a sentence tells of the next, and notes the rest. Everything works on folded text and keeps spans, so
that the wording as written can be cut.
"""

from __future__ import annotations

import re

from extractor.context import items, kinds, rates, respective
from extractor.context.leftside import left
from extractor.lexicon.phrases import STOP, Span, rightwards
from extractor.lexicon.words import FOLLOWING, NOUN, TAGGED, VERB, Lexicon
from extractor.numerals import qualifiers
from extractor.numerals.drafts import Draft

_AS_LEVEL = frozenset("到至为成")
_COMPARED = re.compile(
    "(?:(?<!不)(?:高于|低于|超过|超出)|快于|慢于|优于|好于|高出|领先(?:于)?)([^，。；：,;0-9]{1,14}?)(?:约|近|超)?$"
)
_NAMED_CHANGE = re.compile(
    "(?:左右|以上)?的[^，。；的]{0,6}?(?:(?P<up>增长|增速|增幅|涨幅|升幅|提升)|(?P<down>下降|降幅|跌幅|下滑))"
)
# Qualifiers that are verbs: 收入突破百万元.
_REACHED = re.compile("(?:突破|超过|超出|高于|低于|多于|少于|接近|达不到)了?")
_LISTED = re.compile("(?:、|和|与|及|以及)(?:各类|各种|各|其他)?")


def read(text: str, begin: int, finish: int, drafts: list[Draft], lexicon: Lexicon) -> None:
    """Fills in what every figure of the sentence ``text[begin:finish]`` is about, from left to right."""
    basis: Span | None = None
    previous: Draft | None = None
    shared = ""
    subject: Span | None = None
    for index, draft in enumerate(drafts):
        limit = drafts[index + 1].start if index + 1 < len(drafts) else finish
        stated, draft.qualified = qualifiers.before(text, begin, draft.start, lexicon)
        where = draft.qualified
        if (
            not stated
            and shared
            and previous
            and text[previous.end : draft.start] in ("、", "和", "与", "及")
        ):
            # 分别突破400亿和500亿元: the qualifier holds for the list.
            stated = shared if previous.unit.kind == draft.unit.kind else ""
        shared = (
            stated
            if stated and (shared == stated or "分别" in text[max(begin, draft.start - 10) : draft.start])
            else ""
        )
        draft.number = qualifiers.apply(
            draft.number, stated, qualifiers.after(text, draft.end, finish, lexicon)
        )
        low = max(previous.end, previous.taken) if previous else begin
        compared = _COMPARED.search(text, max(low, draft.start - 20), draft.start)
        listed = where - 1 > low and text[where - 1] == "等"  # 退休教师、老党员等21人
        side = left(text, low, compared.start() if compared else where - listed, lexicon, draft.unit)
        draft.action = side.action
        draft.change = side.change
        if compared or (not side.rise and where > low and text[where - 1] in _AS_LEVEL):
            draft.change = ""
        if (
            draft.action is None
            and previous
            and previous.action
            and previous.action[0] < previous.start
            and text[max(previous.end, previous.taken) : draft.start] in items.BETWEEN
        ):
            draft.action = previous.action
        if draft.action is None and side.item is not None and items.verbal(text, side.item, lexicon):
            found = lexicon.words.ending(text, side.item[1], side.item[0])
            draft.action = (side.item[1] - len(found[0]), side.item[1]) if found else None
        if not draft.change and draft.unit.kind == "ratio":
            named = _NAMED_CHANGE.match(text, draft.end, finish)
            draft.change = str(named.lastgroup) if named else ""
        basis = side.basis or basis
        draft.basis = compared.span(1) if compared else side.basis or (basis if draft.change else None)
        items.find(text, draft, side, low, limit, previous, subject, lexicon)
        if (
            previous
            and draft.item
            and _LISTED.fullmatch(text, max(previous.end, previous.taken), draft.item[0])
        ):
            # 居民楼67栋、住户3108户: the verb governs the whole list.
            draft.action = previous.action or draft.action
        if draft.action is None and side.item and draft.item and draft.item[0] >= draft.end:
            # 组织238名干部: a body and a verb; with the noun behind the number it is the verb.
            found = lexicon.words.ending(text, side.item[1], side.item[0])
            if found and found[1] & VERB:
                draft.action = (side.item[1] - len(found[0]), side.item[1])
        if draft.action is None:
            draft.action = _verb_behind(text, max(draft.end, draft.taken), finish, lexicon)
        if draft.action is None and compared:
            draft.action = (compared.start(), compared.start(1))
        if draft.action is None and (reached := _REACHED.match(text, where, draft.start)):
            draft.action = reached.span()
        item = text[draft.item[0] : draft.item[1]] if draft.item else ""
        draft.kind, draft.unit_name = kinds.kind_of(draft.unit, draft.spelling, item.strip('“”‘’"'), lexicon)
        draft.per = draft.per or rates.find(
            text, begin, low, draft.start, lexicon, draft.unit.kind == "ratio"
        )
        if (
            not draft.per
            and previous
            and previous.per
            and previous.unit.name == draft.unit.name
            and _carries(text, previous, draft)
        ):
            draft.per = previous.per
        if draft.item and draft.item != side.rise and (side.item or draft.kind != "ratio"):
            subject = draft.item
        previous = draft
    respective.distribute(text, drafts, lexicon)


def _verb_behind(text: str, at: int, finish: int, lexicon: Lexicon) -> Span | None:
    """The first verb behind the counted noun, in the same clause: 40余名青年参与."""
    words = rightwards(text, at, min(finish, at + 12), lexicon)
    for word in words:
        if word.end - word.start > 1 and word.marks & (VERB | FOLLOWING) and not word.marks & NOUN:
            return word.start, word.end
    for word in words:
        if word.end - word.start > 1 and word.marks == TAGGED:
            return word.start, word.end
    if len(words) == 1 and words[0].marks & FOLLOWING:
        # 3人失踪: alone behind the number even a verbal noun is the verb.
        return words[0].start, words[0].end
    return None


_STRONG = re.compile("[。；;！？]")


def _carries(text: str, previous: Draft, draft: Draft) -> bool:
    """Whether a rate holds for the next figure too: 由860元提高到1120元, 小龙虾125公斤、优质稻500公斤."""
    between = text[previous.end : draft.start]
    if not STOP.search(between) or rates.leads_on(between):
        return True
    if (
        previous.per in ("年", "月", "日", "天")
        and between.count("，") + between.count(",") == 1
        and not _STRONG.search(between)
    ):
        return draft.action is not None
    return draft.item is not None and draft.item == previous.item and draft.change != ""
