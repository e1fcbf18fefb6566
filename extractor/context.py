"""What a figure is about: item, action, change, basis, per and kind, read from the words around it.

The sides of the number are read by ``leftside`` and ``rightside``; this module chooses between them, hands on what
one figure of a sentence tells of the next, and notes the rest. Everything works on folded text and keeps spans, so
that the wording as written can be cut.
"""

from __future__ import annotations

import re

from extractor import kinds, qualifiers, rates, respective
from extractor.drafts import Draft
from extractor.leftside import Left, left
from extractor.phrases import STOP, STOPS, Span, rightwards
from extractor.rightside import ANY, BODIES, PERSONS, right
from extractor.words import (
    ADVERB,
    FOLLOWING,
    INDICATOR,
    ITEM,
    LEVEL,
    NOUN,
    PREPOSITION,
    TAGGED,
    VERB,
    Lexicon,
)

_AS_LEVEL = frozenset("到至为成")
_COMPARED = re.compile(
    "(?:(?<!不)(?:高于|低于|超过|超出)|快于|慢于|优于|好于|高出|领先(?:于)?)([^，。；：,;0-9]{1,14}?)(?:约|近|超)?$"
)
_NAMED_CHANGE = re.compile(
    "(?:左右|以上)?的[^，。；的]{0,6}?(?:(?P<up>增长|增速|增幅|涨幅|升幅|提升)|(?P<down>下降|降幅|跌幅|下滑))"
)
_VALUE = re.compile("(?:总)?(?:价值|货值)$")
_PREFER_RIGHT = frozenset(("classifier", "container", "noun", "event", ""))
_CASES = re.compile(
    "(?:左右|以上|的|强|大|特大|级){0,4}(余震|地震|强震|台风|大风|阵风|狂风|偏?[东南西北]{1,2}风|大浪|巨浪|烈度|热带风暴|强热带风暴|风|浪)"
)
_CLASSIFYING = frozenset("名位个家件项处座条所种支份")
_DIMENSION = re.compile("[、，；,](?:[长宽高深厚重]|直径|口径|净重|体长)(?:达|为)?$")
_SUPERLATIVE = re.compile("最[年大小高低长短多少快慢远近早晚贵重轻][长轻幼]?的$")
# Qualifiers that are verbs: 收入突破百万元.
_REACHED = re.compile("(?:突破|超过|超出|高于|低于|多于|少于|接近|达不到)了?")
_PERSONAL = frozenset(("人", "人次", "户"))
_PLACES = frozenset(("places",))
_LISTED = re.compile("(?:、|和|与|及|以及)(?:各类|各种|各|其他)?")
_BETWEEN = frozenset(("", "、", "，", ",", "和", "及", "(", "与"))
_SHARE = re.compile(
    "占(?!有率|比(?!重)|地(?!区)|用|线)(?:到|比|了)?([^，。；,;、]{0,20}?)(?:的)?(?:比重|比例|比)?(?:的|为|达|约|近|超过?|到)*$"
)


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
        side = left(text, low, compared.start() if compared else where, lexicon, draft.unit)
        draft.action = side.action
        draft.change = side.change
        if compared or (not side.rise and where > low and text[where - 1] in _AS_LEVEL):
            draft.change = ""
        if (
            draft.action is None
            and previous
            and previous.action
            and previous.action[0] < previous.start
            and text[max(previous.end, previous.taken) : draft.start] in _BETWEEN
        ):
            draft.action = previous.action
        if draft.action is None and side.item is not None and _verbal(text, side.item, lexicon):
            found = lexicon.words.ending(text, side.item[1], side.item[0])
            draft.action = (side.item[1] - len(found[0]), side.item[1]) if found else None
        if not draft.change and draft.unit.kind == "ratio":
            named = _NAMED_CHANGE.match(text, draft.end, finish)
            draft.change = str(named.lastgroup) if named else ""
        basis = side.basis or basis
        draft.basis = compared.span(1) if compared else side.basis or (basis if draft.change else None)
        _find_item(text, draft, side, low, limit, previous, subject, lexicon)
        if (
            previous
            and draft.item
            and _LISTED.fullmatch(text, max(previous.end, previous.taken), draft.item[0])
        ):
            # 居民楼67栋、住户3108户: the verb governs the whole list.
            draft.action = previous.action or draft.action
        if draft.action is None:
            draft.action = _verb_behind(text, max(draft.end, draft.taken), finish, lexicon)
        if draft.action is None and compared:
            draft.action = (compared.start(), compared.start(1))
        if draft.action is None and (reached := _REACHED.match(text, where, draft.start)):
            draft.action = reached.span()
        item = text[draft.item[0] : draft.item[1]] if draft.item else ""
        draft.kind, draft.unit_name = kinds.kind_of(draft.unit, draft.spelling, item.strip('“”‘’"'), lexicon)
        draft.per = draft.per or rates.find(
            text, begin, low, draft.start, lexicon, bool(draft.change) and draft.unit.kind == "ratio"
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


def _find_item(
    text: str,
    draft: Draft,
    side: Left,
    low: int,
    limit: int,
    previous: Draft | None,
    subject: Span | None,
    lexicon: Lexicon,
) -> None:
    """Chooses between the noun phrase on the left, the one on the right, and that of the figure before."""
    before = side.item
    needs_noun = draft.spelling in _CLASSIFYING
    after = (
        None
        if draft.shared
        else right(
            text,
            draft.end,
            limit,
            lexicon,
            needs_noun,
            PERSONS
            if draft.unit.name in ("人", "户", "人次")
            else BODIES
            if draft.unit.name == "家"
            else ANY,
            draft.unit.group == "event",
        )
    )
    if before and after and _VALUE.search(text[before[0] : before[1]]):
        before = None
    adjacent = (
        previous is not None
        and text[max(previous.end, previous.taken) : draft.start] in _BETWEEN
        and not (
            draft.unit.name in _PERSONAL and previous.item and _is_kind(text, previous.item, lexicon, _PLACES)
        )
    )
    same_clause = previous is not None and not STOP.search(text, previous.end, draft.start)
    behind = text[draft.end : draft.end + 1]
    if draft.unit.group in _PREFER_RIGHT or draft.unit.name == "级":
        chosen = after or before
        if after is None and side.verb and behind and behind not in STOPS and behind not in "、)":
            chosen = None
        elif (
            after is None
            and draft.unit.name == "人次"
            and side.verb
            and before
            and not _is_kind(text, before, lexicon, PERSONS - {"organisations"})
        ):
            # 工委开展调研72人次
            chosen = side.verb
        if draft.unit.name == "级":
            case = _CASES.match(text, draft.end)
            chosen = case.span(1) if case else before
            after = chosen if case else None
    elif (
        after
        and before
        and (text[draft.qualified - 1] == "的" or _is_kind(text, before, lexicon, PERSONS | {"places"}))
        and draft.unit.kind != "ratio"
    ):
        # 所需的880米围栏, 某村1730亩燕麦
        chosen = after
    elif (
        behind == "的"
        and after
        and (draft.unit.group == "date-like" or before is None or not _measured(text, before, lexicon))
    ):
        chosen = after
    elif before and after and not _measured(text, before, lexicon) and _verbal(text, before, lexicon):
        # 连片种植3万亩油茶
        chosen = after
    elif side.verb and after and not (behind == "的" and before and _measured(text, before, lexicon)):
        chosen = after
    else:
        chosen = before or after
    if draft.unit.kind == "ratio":
        share = _SHARE.search(text, low, draft.start)
        if share:
            part = left(text, low, share.start(), lexicon).item
            chosen = (
                part
                or (subject if low > 0 and previous else None)
                or ((share.start(1), share.end(1)) if share[1] else chosen)
            )
        elif not before and not (behind == "的" and after):
            chosen = subject or after
    if (
        chosen is None
        and previous is not None
        and (adjacent or (same_clause and side.linked and not side.verb))
    ):
        chosen = previous.item
    if (
        side.rise
        and text[side.rise[1] - 1] in lexicon.sets.gain_endings
        and not side.item
        and not (subject and _measured(text, subject, lexicon))
    ):
        chosen = (
            side.rise if text[side.rise[1] - 1] in lexicon.sets.gain_endings or subject is None else subject
        )
    if chosen is None and (
        side.change or (side.linked and not side.verb and draft.unit.group not in _PREFER_RIGHT)
    ):
        chosen = subject or side.rise
    if (
        chosen is None
        and subject is None
        and (side.change or side.linked)
        and draft.unit.group not in _PREFER_RIGHT
    ):
        chosen = _topic(text, low, draft.start, lexicon)
    if (
        chosen is None
        and side.verb
        and draft.unit.group in ("measure", "date-like")
        and draft.unit.kind != "ratio"
    ):
        # 累计爬升1450米: a verb without an object is what was measured.
        chosen = side.verb
    if (
        chosen is None
        and previous
        and side.bare
        and draft.unit.name == previous.unit.name
        and text[draft.qualified - 1] != "的"
    ):
        # 发送旅客1.2亿人次，日均1090万人次; not 剩余的14户
        chosen = previous.item
        draft.action = draft.action or previous.action
    if (
        chosen
        and draft.unit.name in ("人", "人次")
        and chosen == (previous.item if previous else None)
        and previous
        and previous.unit.group == "event"
    ):
        # 组织村干部开展培训7期、307人: the people are named by the verb that gathers them.
        chosen = _gathered(text, chosen, lexicon) or chosen
    if (
        chosen is None
        and previous
        and previous.item
        and _DIMENSION.search(text, max(low, draft.qualified - 4), draft.qualified)
    ):
        # 高41.5厘米、长63厘米，重8.6公斤
        chosen = previous.item
    superlative = _SUPERLATIVE.search(text, max(low, draft.qualified - 6), draft.qualified)
    if superlative:
        # 最小的19岁: a phrase without a head.
        chosen, after = superlative.span(), None
    draft.item = chosen
    draft.taken = after[1] if after and chosen == after else -1


def _topic(text: str, begin: int, at: int, lexicon: Lexicon) -> Span | None:
    """The noun phrase that opens the clause before that of the number: 民间投资止跌回升，…增长0.8%."""
    end = at
    while end > begin and text[end - 1] not in STOPS:
        end -= 1
    end -= 1
    start = end
    while start > begin and text[start - 1] not in STOPS:
        start -= 1
    if start >= end:
        return None
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
    return phrase if phrase and _measured(text, phrase, lexicon) else None


_GATHER = re.compile("组织([^，。；：,;]{2,24}?)(?:等)?(?:开展|参加|接受|进行|参与|赴)")


def _gathered(text: str, item: Span, lexicon: Lexicon) -> Span | None:
    """The people whom 组织 gathers in the clause of a session."""
    begin = item[0]
    while begin > 0 and text[begin - 1] not in STOPS:
        begin -= 1
    found = _GATHER.search(text, begin, item[1])
    return found.span(1) if found and _is_kind(text, found.span(1), lexicon, PERSONS) else None


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
    if not STOP.search(between):
        return True
    if (
        previous.per in ("年", "月", "日", "天")
        and between.count("，") + between.count(",") == 1
        and not _STRONG.search(between)
    ):
        return draft.action is not None
    return draft.item is not None and draft.item == previous.item and draft.change != ""


def _is_kind(text: str, phrase: Span, lexicon: Lexicon, kinds_wanted: frozenset[str]) -> bool:
    """Whether a phrase ends with a noun of one of the kinds."""
    found = lexicon.nouns.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] in kinds_wanted)


def _measured(text: str, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase ends with the name of an indicator: 总投资, 覆盖率, 面积."""
    found = lexicon.words.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] & INDICATOR) or text[phrase[1] - 1] in lexicon.sets.measured_endings


def _verbal(text: str, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase ends with a verbal noun: 连片种植."""
    found = lexicon.words.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] & ITEM)
