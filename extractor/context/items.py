"""Which noun phrase a figure counts or measures: the one on its left, the one on its right, or one named before.

Left and right are read by ``leftside`` and ``rightside``. A classifier counts what stands behind it, a measure
measures what stands before it; where a clause names nothing, the figure is about what the one before it was about.
"""

from __future__ import annotations

import re

from extractor.context.leftside import Left, left
from extractor.context.rightside import ANY, BODIES, PERSONS, right
from extractor.lexicon.phrases import STOP, STOPS, Span, clause_before, clause_start, rightwards
from extractor.lexicon.words import ADVERB, INDICATOR, ITEM, LEVEL, NOUN, PREPOSITION, TAGGED, VERB, Lexicon
from extractor.numerals.drafts import Draft

BETWEEN = frozenset(("", "、", "，", ",", "和", "及", "(", "与"))
"""What may stand between two figures of one list."""
_VALUE = re.compile("(?:总)?(?:价值|货值)$")
_PREFER_RIGHT = frozenset(("classifier", "container", "noun", "event", ""))
_CASES = re.compile(
    "(?:左右|以上|的|强|大|特大|级){0,4}(余震|地震|强震|台风|大风|阵风|狂风|偏?[东南西北]{1,2}风|大浪|巨浪|烈度|热带风暴|强热带风暴|风|浪)"
)
_CLASSIFYING = frozenset("名位个家件项处座条所种支份")
_DIMENSION = re.compile("[、，；,](?:[长宽高深厚重]|直径|口径|净重|体长)(?:达|为)?$")
_SUPERLATIVE = re.compile("最[年大小高低长短多少快慢远近早晚贵重轻][长轻幼]?的$")
_PERSONAL = frozenset(("人", "人次", "户"))
_PLACES = frozenset(("places",))
_PART_OF = re.compile("[，,](?:仅|约|已)?(?:为|是|相当于|完成|恢复到)[^，。；、,0-9]{1,14}的$")
_SHARE = re.compile(
    "占(?!有率|比(?!重)|地(?!区)|用|线)(?:到|比|了)?([^，。；,;、]{0,20}?)(?:的)?(?:比重|比例|比)?(?:的|为|达|约|近|超过?|到)*$"
)


def find(
    text: str,
    draft: Draft,
    side: Left,
    low: int,
    limit: int,
    previous: Draft | None,
    subject: Span | None,
    lexicon: Lexicon,
) -> None:
    """Sets the item of a figure, and where it ends if it stands on the right.

    ``side`` is the left side, read back to ``low``; the right side ends at ``limit``. ``previous`` is the figure
    before in the sentence, ``subject`` the item that later clauses may be about.
    """
    after = _on_the_right(text, draft, limit, lexicon)
    before = side.item
    if before and after and _VALUE.search(text[before[0] : before[1]]):
        before = None
    if draft.unit.name == "级":
        case = _CASES.match(text, draft.end)
        after = case.span(1) if case else None
        chosen = after or before
    else:
        chosen = _of_the_sides(text, draft, side, before, after, lexicon)
    if draft.unit.kind == "ratio":
        share = _SHARE.search(text, low, draft.start)
        behind_it = text.startswith("的", draft.end) and after
        if share:
            part = left(text, low, share.start(), lexicon).item
            chosen = (
                part
                or (subject if low > 0 and previous else None)
                or ((share.start(1), share.end(1)) if share[1] else chosen)
            )
        elif _PART_OF.search(text, max(low, draft.qualified - 20), draft.qualified) and subject:
            # 收入46亿元，为预算的89%
            chosen = subject
        elif not before and not behind_it:
            chosen = subject or after
    chosen = _named_before(text, draft, side, low, previous, subject, chosen, lexicon)
    at = draft.qualified
    superlative = (
        _SUPERLATIVE.search(text, max(low, at - 6), at) if at > low and text[at - 1] == "的" else None
    )
    if superlative:
        # 最小的19岁: a phrase without a head.
        chosen, after = superlative.span(), None
    draft.item = chosen
    draft.taken = after[1] if after and chosen == after else -1


def _on_the_right(text: str, draft: Draft, limit: int, lexicon: Lexicon) -> Span | None:
    """The noun phrase behind a figure; a number that shares the unit of the next has none."""
    if draft.shared:
        return None
    name = draft.unit.name
    counted = PERSONS if name in _PERSONAL else BODIES if name == "家" else ANY
    return right(
        text, draft.end, limit, lexicon, draft.spelling in _CLASSIFYING, counted, draft.unit.group == "event"
    )


def _of_the_sides(
    text: str, draft: Draft, side: Left, before: Span | None, after: Span | None, lexicon: Lexicon
) -> Span | None:
    """Chooses between the noun phrase before the figure and the one behind it."""
    behind = text[draft.end : draft.end + 1]
    if draft.unit.group in _PREFER_RIGHT:
        if after is None and side.verb and behind and behind not in STOPS and behind not in "、)":
            return None
        if (
            after is None
            and draft.unit.name == "人次"
            and side.verb
            and before
            and not is_kind(text, before, lexicon, PERSONS - {"organisations"})
        ):
            # 工委开展调研72人次
            return side.verb
        return after or before
    if not after or not before:
        return after or before
    if text[before[1] - 1] in "上里内中":
        # 车上近20吨货物
        return after
    told = measured(text, before, lexicon)
    if draft.unit.kind != "ratio" and (
        text[draft.qualified - 1] == "的" or is_kind(text, before, lexicon, PERSONS | {"places"})
    ):
        # 所需的880米围栏, 某村1730亩燕麦
        return after
    if behind == "的" and (draft.unit.group == "date-like" or not told):
        return after
    if not told and verbal(text, before, lexicon):
        # 连片种植3万亩油茶
        return after
    if side.verb and not (behind == "的" and told):
        return after
    return before


def _named_before(
    text: str,
    draft: Draft,
    side: Left,
    low: int,
    previous: Draft | None,
    subject: Span | None,
    chosen: Span | None,
    lexicon: Lexicon,
) -> Span | None:
    """The item where its own clause names none: that of the figure before, the subject, the topic, a verb."""
    if chosen is None and previous is not None:
        same_clause = not STOP.search(text, previous.end, draft.start)
        if _adjacent(text, draft, previous, lexicon) or (same_clause and side.linked and not side.verb):
            chosen = previous.item
    if (
        side.rise
        and text[side.rise[1] - 1] in lexicon.sets.gain_endings
        and not side.item
        and not (subject and measured(text, subject, lexicon))
    ):
        chosen = side.rise
    counted = draft.unit.group in _PREFER_RIGHT
    if chosen is None and (side.change or (side.linked and not side.verb and not counted)):
        chosen = subject or side.rise
    if chosen is None and subject is None and (side.change or side.linked) and not counted:
        chosen = _topic(text, low, draft.start, lexicon)
    if (
        chosen is None
        and side.verb
        and draft.unit.group in ("measure", "date-like")
        and draft.unit.kind != "ratio"
    ):
        # 累计爬升1450米: a verb without an object is what was measured.
        chosen = side.verb
    if previous is None:
        return chosen
    at = draft.qualified
    if chosen is None and side.bare and draft.unit.name == previous.unit.name and text[at - 1] != "的":
        # 发送旅客1.2亿人次，日均1090万人次; not 剩余的14户
        chosen = previous.item
        draft.action = draft.action or previous.action
    if (
        chosen
        and draft.unit.name in ("人", "人次")
        and chosen == previous.item
        and previous.unit.group == "event"
    ):
        # 组织村干部开展培训7期、307人: the people are named by the verb that gathers them.
        chosen = _gathered(text, chosen, lexicon) or chosen
    if chosen is None and previous.item and _DIMENSION.search(text, max(low, at - 4), at):
        # 高41.5厘米、长63厘米，重8.6公斤
        chosen = previous.item
    return chosen


def _adjacent(text: str, draft: Draft, previous: Draft, lexicon: Lexicon) -> bool:
    """Whether a figure goes on with the list of the one before. People are not what places are: 73个县18万人."""
    if text[max(previous.end, previous.taken) : draft.start] not in BETWEEN:
        return False
    person = draft.unit.name in _PERSONAL
    return not (person and previous.item and is_kind(text, previous.item, lexicon, _PLACES))


def _topic(text: str, begin: int, at: int, lexicon: Lexicon) -> Span | None:
    """The noun phrase that opens the clause before that of the number: 民间投资止跌回升，…增长0.8%."""
    clause = clause_before(text, begin, at)
    if clause is None:
        return None
    start, end = clause
    named = 0
    for word in rightwards(text, start, end, lexicon):
        if (
            named
            and not word.marks & NOUN
            and (word.marks & (VERB | LEVEL | ADVERB | TAGGED | PREPOSITION))
            and text[word.start] not in "的和与及、"
        ):
            break
        named = word.end
    phrase = left(text, start, named, lexicon).item if named else None
    return phrase if phrase and measured(text, phrase, lexicon) else None


_GATHER = re.compile("组织([^，。；：,;]{2,24}?)(?:等)?(?:开展|参加|接受|进行|参与|赴)")


def _gathered(text: str, item: Span, lexicon: Lexicon) -> Span | None:
    """The people whom 组织 gathers in the clause of a session."""
    found = _GATHER.search(text, clause_start(text, 0, item[0]), item[1])
    return found.span(1) if found and is_kind(text, found.span(1), lexicon, PERSONS) else None


def is_kind(text: str, phrase: Span, lexicon: Lexicon, kinds_wanted: frozenset[str]) -> bool:
    """Whether a phrase ends with a noun of one of the kinds."""
    found = lexicon.nouns.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] in kinds_wanted)


def measured(text: str, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase ends with the name of an indicator: 总投资, 覆盖率, 面积."""
    found = lexicon.words.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] & INDICATOR) or text[phrase[1] - 1] in lexicon.sets.measured_endings


def verbal(text: str, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase ends with a verbal noun: 连片种植."""
    found = lexicon.words.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] & ITEM)
