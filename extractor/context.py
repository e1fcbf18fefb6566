"""What a figure is about: item, action, change, basis, per and period, read from the words around it.

The left side of a number is read backwards: first the words that link it to its subject (达到, 同比增长了, 共),
then the noun phrase up to the verb that governs it. The right side is read forwards up to the next verb,
preposition or mark. Everything works on folded text and returns spans, so that the wording as written can be cut.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor import kinds, qualifiers
from extractor.drafts import Draft
from extractor.phrases import STOPS, Word, leftwards, rightwards
from extractor.words import (
    ADVERB,
    DOWN,
    FOLLOWING,
    INDICATOR,
    ITEM,
    LEVEL,
    NOUN,
    PREPOSITION,
    SINGLE,
    UP,
    VERB,
    Lexicon,
)

Span = tuple[int, int]

_LINKING = frozenset("了出到过约近超逾仅共已将还又也均为达是至只计合各并总约比的")
_JOINING = frozenset(("和", "与", "及", "以及", "或", "同", "、"))
_AS_LEVEL = re.compile("(?:到|至|为|成)$")
_RISE_NOUNS = frozenset(("增幅", "涨幅", "升幅", "增速", "降幅", "跌幅", "减幅", "跌速"))
_NO_BASIS = "重例赛较大多高好强快喻拼方价分如得少为起邻选照武作亚"
_BASIS = re.compile(f"(?:同比|环比|(?:(?<![占之对百可评无相攀好])比|(?<![比相计])较|(?<![不]|[相])(?:与|同))(?![{_NO_BASIS}])[^，。；：,;！？]{{1,18}}?(?:相比|比较|比)?)$")
_BASIS_AHEAD = re.compile(f"同比|环比|(?:(?<![占之对百可评无相攀好])比|(?<![比相计])较)(?![{_NO_BASIS}])[^，。；：,;！？]{{1,14}}")
_COMPARED = re.compile("(高于|低于|多于|少于|超过|快于|慢于|优于|好于|高出|领先)([^，。；：,;0-9]{1,14})$")


class Left(NamedTuple):
    """The left side of a number.

    ``item`` is the span of its noun phrase, ``subject`` whether a verb stands between it and the number,
    ``linked`` whether only a linking word does (达, 为, 增长).
    """

    item: Span | None
    action: str
    change: str
    basis: str
    subject: bool
    linked: bool
    rise: str
    compared: str


def _border(word: Word, previous: Word | None, text: str) -> bool:
    """Whether a word ends the noun phrase that stands to its right. ``previous`` is the word before it."""
    marks = word.marks
    if marks & NOUN:
        return False
    length = word.end - word.start
    if length == 1:
        if not marks & (VERB | PREPOSITION | LEVEL):
            return text[word.start] in "、了"
        character = text[word.start]
        if character in "和与及同":
            return False
        if marks & VERB and not marks & SINGLE or character in "在对向从把将被由于给为以用是让使为":
            return True
        return bool(marks & SINGLE) and (previous is None or bool(previous.marks & ADVERB) or text[previous.start] in "、的")
    return bool(marks & (VERB | LEVEL | PREPOSITION | ADVERB)) and text[word.start : word.end] not in _JOINING


def left(text: str, begin: int, at: int, lexicon: Lexicon) -> Left:
    """Reads the clause from ``at`` back to ``begin``."""
    change = action = rise = basis = compared = ""
    linked = False
    level = False
    words = list(leftwards(text, begin, at, lexicon))
    index = 0

    def links() -> None:
        """Passes over linking words and adverbs; notes the change that they state."""
        nonlocal index, change, action, rise, linked, level
        while index < len(words):
            word = words[index]
            wording = text[word.start : word.end]
            marks = word.marks
            if wording in _RISE_NOUNS:
                if not rise and not change:
                    rise = wording
                    change = "up" if marks & UP else "down"
                    linked = True
                    index += 1
                    continue
                return
            if marks & (UP | DOWN) and not marks & NOUN:
                if not change and not level:
                    change = "up" if marks & UP else "down"
                action = action or wording
            elif marks & LEVEL and not marks & NOUN:
                if wording not in ("约", "近", "超", "逾", "共", "计", "合", "累计", "总计", "共计"):
                    level = level or not change
                    action = action or wording
            elif marks & ADVERB and not marks & NOUN or wording in _LINKING and not marks & NOUN:
                if word.end - word.start == 1 and wording not in _LINKING and wording not in ("再", "曾", "就", "才", "都", "则", "即"):
                    return
                index += 1
                continue
            elif marks & NOUN and marks & (UP | DOWN) and not change and index == 0:
                # 新增, 创收 … which are nouns too: only a change where a basis stands before them.
                return
            else:
                return
            linked = True
            index += 1

    links()
    place = words[index].end if index < len(words) else begin
    if change or rise or level:
        found = _BASIS.search(text, begin, place)
        if found:
            basis = found.group()
            place = found.start()
        else:
            ahead = text[place:at]
            if ahead.startswith(("同比", "环比")) or "同比" in ahead or "环比" in ahead:
                basis = "同比" if "同比" in ahead else "环比"
        if basis:
            words = list(leftwards(text, begin, place, lexicon))
            index = 0
            saved = (change, action, rise, linked, level)
            links()
            if saved[0]:
                change = saved[0]
            action = saved[1] or action
            rise = saved[2] or rise
            linked = True
    if index < len(words) and not words[index].marks & NOUN and words[index].marks & VERB and words[index].end - words[index].start > 1:
        pass
    subject = False
    # A verb right before the number: its subject is what stands before it.
    while index < len(words):
        word = words[index]
        length = word.end - word.start
        if word.marks & (VERB | FOLLOWING) and not word.marks & NOUN and (length > 1 or not word.marks & SINGLE):
            action = action if linked and action and action not in ("有", "为", "是") else text[word.start : word.end]
            subject = True
            index += 1
            links()
        elif subject and length == 1 and text[word.start] in "了过着":
            index += 1
        else:
            break
    # The noun phrase itself.
    stop = index
    while stop < len(words):
        previous = words[stop + 1] if stop + 1 < len(words) else None
        if _border(words[stop], previous, text):
            break
        stop += 1
    item: Span | None = None
    if stop > index:
        item = _trim(text, words[stop - 1].start, words[index].end, lexicon)
    if stop < len(words) and not action and words[stop].marks & (VERB | LEVEL | FOLLOWING):
        action = text[words[stop].start : words[stop].end]
    return Left(item, action, change, basis, subject, linked, rise, compared)


_LEAD = re.compile(
    "(?:的|了|着|过|们|等|其中|其|该|各|每|本|这|那|全[省市县区乡镇村州国年市]|各[类级项种地市县]|相关|有关|一批|新|再|累计|总共|共|则|及|和|与|以及|、|\\s|中的|中|内|里|上|年)+"
)


def _trim(text: str, start: int, end: int, lexicon: Lexicon) -> Span | None:
    """The phrase without function words at its edges and without what stands before its last 的."""
    while end > start and text[end - 1] in "的了着、 等约共":
        end -= 1
    cut = text.rfind("的", start, end - 1)
    if cut >= start:
        start = cut + 1
    lead = _LEAD.match(text, start, end)
    if lead and lead.end() < end and not _protected(text, start, lead.end(), end, lexicon):
        start = lead.end()
    return (start, end) if end > start else None


def _protected(text: str, start: int, lead: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the leading function word is the beginning of a longer word: 新能源, 中小学, 上市公司, 年产值."""
    found = lexicon.words.starting(text, start, end)
    return bool(found and found[1] & NOUN and start + len(found[0]) > lead) or (
        text[start] in "新中内里上年本各该" and lead == start + 1
    )


def right(text: str, at: int, finish: int, lexicon: Lexicon, person: bool, verbs: bool) -> Span | None:
    """The noun phrase that starts at ``at``, or None.

    ``person`` says that a person must head it, ``verbs`` that a verb may begin it as a modifier (名, 个 need a noun).
    """
    if at >= finish or text[at] in STOPS or text[at] in "、)）/+-~—":
        return None
    start = at
    if text[at] == "的":
        start = at = at + 1
    end = at
    head = 0
    modified = False
    for word in rightwards(text, at, finish, lexicon):
        length = word.end - word.start
        character = text[word.start]
        marks = word.marks
        if length == 1 and character in "、等之":
            break
        if character.isdigit():
            break
        if length == 1 and character == "的":
            if head:
                break
            # What stood before 的 only describes the noun behind it.
            start = end = word.end
            modified = False
            continue
        if not marks & NOUN:
            if marks & (VERB | FOLLOWING) and (length > 1 or not marks & SINGLE):
                if head or end > start and not modified:
                    break
                if not verbs and not _relative(text, word.end, finish):
                    return None
                modified = True
                continue
            if marks & PREPOSITION and character not in "和与及同" and text[word.start : word.end] not in _JOINING:
                if end > start and not modified:
                    break
                if not _relative(text, word.end, finish):
                    return None
                modified = True
                continue
            if marks & (LEVEL | ADVERB) and length > 1 and (end > start and not modified):
                break
        elif marks & FOLLOWING and end == start and not verbs:
            if not _relative(text, word.end, finish):
                return None
        elif marks & FOLLOWING and head:
            # 青年参加: the verb after a head noun, unless a noun goes on.
            nearest = lexicon.words.starting(text, word.end, finish)
            if not (nearest and nearest[1] & NOUN and not nearest[1] & FOLLOWING):
                break
        if character in "和与及同" and length == 1 and head:
            break
        end = word.end
        if marks & NOUN and text[word.start : word.end] in lexicon.nouns.words or text[word.end - 1 : word.end] in _HEADS:
            head = end
    if end <= start:
        return None
    if person and head and _tail_unknown(text, head, end, lexicon):
        end = head
    if modified and not head:
        return None
    while end > start and text[end - 1] in "和与及的了":
        end -= 1
    lead = re.match("(?:左右|以上|以下|以内|多|余)的?", text[start:end])
    if lead:
        start += lead.end()
    return (start, end) if end > start else None


_HEADS = frozenset("者员民生师工户村县镇乡市省队站点所厂店校院馆室社局委部组册本书机车船楼房")


def _tail_unknown(text: str, at: int, end: int, lexicon: Lexicon) -> bool:
    """Whether no known noun stands between ``at`` and ``end``."""
    return at < end and not any(word.marks & NOUN for word in rightwards(text, at, end, lexicon))


def _relative(text: str, at: int, finish: int) -> bool:
    """Whether 的 follows in the same clause, so that the words before it describe a noun."""
    for place in range(at, min(finish, at + 30)):
        character = text[place]
        if character in STOPS:
            return False
        if character == "的":
            return place + 1 < finish and text[place + 1] not in STOPS
    return False


# ---- all figures of a sentence ---------------------------------------------------------------------------------

_PER_EACH = re.compile("(?:每|平均每|每个)(?:隔)?(一)?(个)?(?P<per>[^，。；、,;0-9一二三四五六七八九十]{1,4})")
_PER_WORD = re.compile("(人|户|亩|日|年|月|村|校|县|乡|镇|社|班|次|单位面积)均|(亩|公顷)产|(年|日|月)(?=[^，。；、,;]{0,2}(?:产|增|收入|发电|处理|接待|销售|总收入|产值|加工|均|吞吐|出栏|节约|减排|租|薪|利润|营业|客流|输送|供))")
_PER_UNITS = {"公斤": "千克", "公里": "千米", "名": "人", "位": "人", "口": "人", "个人": "人", "平米": "平方米", "家庭": "户", "日": "日", "天": "天", "人家": "户", "村民": "人"}
_VALUE = re.compile("(?:总)?(?:价值|价格|货值|市值)$")
_PREFER_RIGHT = frozenset(("classifier", "container", "noun", "event", ""))


def read(text: str, begin: int, finish: int, drafts: list[Draft], lexicon: Lexicon) -> None:
    """Fills in what every figure of the sentence ``text[begin:finish]`` is about, from left to right."""
    basis = ""
    subject: Span | None = None
    previous: Draft | None = None
    for index, draft in enumerate(drafts):
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        limit = following.start if following else finish
        start = draft.start
        stated, where = qualifiers.before(text, begin, start)
        draft.qualified = where
        behind = qualifiers.after(text, draft.end, finish)
        draft.number = qualifiers.apply(draft.number, stated, behind)
        low = begin
        if previous is not None:
            low = max(previous.end, previous.taken)
        side = left(text, low, where, lexicon)
        draft.change, draft.action = side.change, side.action
        if draft.change and _AS_LEVEL.search(text[max(low, where - 2) : where]):
            draft.change = ""
        if side.compared:
            draft.change = ""
        if side.basis:
            basis = side.basis
        draft.basis = side.basis or (basis if draft.change else "")
        _find_item(text, draft, side, low, limit, finish, previous, subject, lexicon)
        if draft.change and draft.item is None:
            draft.item = subject
        if draft.item and not draft.change and draft.kind != "ratio" or side.item:
            subject = draft.item or subject
        _find_kind(text, draft, lexicon)
        draft.per = draft.per or _find_per(text, low if previous is None or not _same_clause(text, previous.end, start) else begin, start, lexicon)
        previous = draft


def _same_clause(text: str, start: int, end: int) -> bool:
    return not any(character in STOPS for character in text[start:end])


def _find_item(
    text: str,
    draft: Draft,
    side: Left,
    low: int,
    limit: int,
    finish: int,
    previous: Draft | None,
    subject: Span | None,
    lexicon: Lexicon,
) -> None:
    """Chooses between the noun phrase on the left and the one on the right."""
    group = draft.unit.group
    person = draft.unit.name == "人" and draft.spelling in ("名", "位")
    after = None
    if not draft.shared:
        after = right(text, draft.end, limit, lexicon, person, draft.spelling in ("名", "位", "个", "家", "件", "项", "处", "座", "条"))
    before = side.item
    if before and _VALUE.search(text[before[0] : before[1]]) and after:
        before = None
    nothing = text[draft.start - 1 : draft.start] in "、" or draft.start == low
    if group in _PREFER_RIGHT:
        chosen = after or (before if not (side.subject and before is None) else None)
        if chosen is None and previous is not None and (draft.start == previous.end or text[previous.end : draft.start] in ("、", "，", ",", "和")):
            chosen = previous.item
    else:
        chosen = before if before and not (side.subject and after) else after or before
        if chosen is None and previous is not None and (draft.start == previous.end or text[previous.end : draft.start] in ("、", "，", ",", "和", "(")):
            chosen = previous.item
        if chosen is None and side.change:
            chosen = subject
    draft.item = chosen
    draft.taken = after[1] if after and chosen == after else -1
    del nothing


def _find_kind(text: str, draft: Draft, lexicon: Lexicon) -> None:
    item = text[draft.item[0] : draft.item[1]] if draft.item else ""
    for mark in "“”‘’\"":
        item = item.replace(mark, "")
    draft.kind, draft.unit_name = kinds.kind_of(draft.unit, draft.spelling, item, lexicon)


def _find_per(text: str, low: int, start: int, lexicon: Lexicon) -> str:
    """What a rate is per, from the clause before the number: 每户, 人均, 年产."""
    clause_start = start
    while clause_start > low and text[clause_start - 1] not in STOPS:
        clause_start -= 1
    clause = text[clause_start:start]
    each = _PER_EACH.search(clause)
    if each:
        found = lexicon.units.starting(each["per"], 0)
        if each["per"].startswith("人"):
            return "人"
        if found:
            word = found[0]
            return _PER_UNITS.get(word, found[1].name if found[1].kind != "duration" else word.removeprefix("个"))
        word = each["per"][:2]
        if word in ("年度", "半年"):
            return word
        return each["per"][:1] if each["per"][:1] in "年月周日天季" else ""
    word = _PER_WORD.search(clause)
    if word:
        return word[1] or word[2] or word[3]
    return ""
