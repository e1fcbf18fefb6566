"""The right side of a number: the noun phrase that its classifier counts, up to the verb, preposition or mark behind it."""

from __future__ import annotations

import re

from extractor.lexicon.phrases import STOPS, Span, Word, rightwards
from extractor.lexicon.words import (
    ADVERB,
    DOWN,
    FOLLOWING,
    ITEM,
    LEVEL,
    NOUN,
    PREPOSITION,
    SINGLE,
    TAGGED,
    UP,
    VERB,
    Lexicon,
)

Kinds = frozenset[str]

PERSONS: Kinds = frozenset(("people", "cadres", "party_members", "households", "organisations"))
BODIES: Kinds = frozenset(("organisations", "households", "items"))
ANY: Kinds = frozenset()
_BODY_KINDS: Kinds = frozenset(("organisations", "places"))
_BEHIND = frozenset(("左右", "以上", "以下", "以内", "出头", "开外", "有余", "多", "余", "的", "、"))
_RECORD = re.compile("(?:再|续|屡|又)?(?:创|刷新|改写)")
# 遵纪守法、积极进取的“和谐家庭”: whatever stands between describes the quoted noun.
_DESCRIBED = re.compile('[^，。；：“”"0-9]{2,40}的(“[^“”]{2,14}”)')


def right(
    text: str, at: int, finish: int, lexicon: Lexicon, needs_noun: bool, person: Kinds, event: bool
) -> Span | None:
    """The noun phrase that starts at ``at``, or None.

    ``needs_noun`` says that the classifier must have a noun (名, 个), so that a verb here only describes it.
    """
    if at >= finish or text[at] in STOPS or text[at] in "、)/+-~—":
        return None
    if text[at] == "的":
        at += 1
        needs_noun = True
    words = rightwards(text, at, finish, lexicon)
    words = words[: _limit(text, words, lexicon, person)]
    if (words and text[words[0].start] in "([") or text.startswith(
        ("钱", "范围", *lexicon.sets.milestones), at
    ):
        return None
    if _RECORD.match(text, at, finish):
        return None
    quoted = _DESCRIBED.match(text, at, finish)
    if quoted:
        return quoted.span(1)
    for index in range(len(words) - 1, 0, -1):
        if text[words[index].start : words[index].end] != "的":
            continue
        # What stands before the last 的 describes the noun behind it, unless it begins with what the unit counts.
        head = _head(text, words[:index], lexicon, person, needs_noun and bool(person))
        if head and _counts(text, head, lexicon, person) and (person or head[1] == words[index - 1].end):
            return head
        rest = _head(text, words[index + 1 :], lexicon, person)
        if rest:
            return rest
    if (
        len(words) == 1
        and words[0].marks == TAGGED
        and text[words[0].start : words[0].end] not in _BEHIND
        and not person
        and text[words[0].end : words[0].end + 1] in STOPS | {""}
    ):
        # 880米围栏: the dictionary calls 围栏 a verb, but nothing follows it.
        return words[0].start, words[0].end
    if words and _predicate(words[0], text, lexicon) and not needs_noun:
        if event and len(words) == 1 and words[0].end - words[0].start > 1:
            return words[0].start, words[0].end
        return None
    return _head(text, words, lexicon, person, needs_noun)


def _counts(text: str, phrase: Span, lexicon: Lexicon, person: Kinds) -> bool:
    """Whether a phrase ends with a noun that the unit can count by itself."""
    found = lexicon.nouns.ending(text, phrase[1], phrase[0])
    if not found:
        return False
    return found[1] in (person or ("places", "organisations", "projects"))


def _limit(text: str, words: list[Word], lexicon: Lexicon, person: Kinds) -> int:
    """How many words belong to the clause: up to 、 or 等 or another number."""
    for index, word in enumerate(words):
        wording = text[word.start : word.end]
        if wording == "、" and index and not any(earlier.marks & NOUN for earlier in words[:index]):
            continue
        if wording == "、" and person and index == 1 and words[0].end - words[0].start == 1:
            # 镇、村党员干部
            continue
        if wording in ("、", "等", "之", "/", "(", ")") or wording[0].isdigit():
            return index
    return len(words)


def _predicate(word: Word, text: str, lexicon: Lexicon) -> bool:
    marks = word.marks
    length = word.end - word.start
    if marks & (UP | DOWN) and length > 1 and text[word.end - 1] not in lexicon.sets.gain_endings:
        return True
    if marks & NOUN and not marks & FOLLOWING:
        return False
    if length == 1:
        return (
            bool(marks & (VERB | PREPOSITION | LEVEL) and not marks & SINGLE)
            or text[word.start] in lexicon.sets.enders
        )
    return bool(marks & (VERB | FOLLOWING | PREPOSITION | LEVEL | ADVERB | TAGGED))


def _head(text: str, words: list[Word], lexicon: Lexicon, person: Kinds, skip: bool = False) -> Span | None:
    """The noun phrase at the start of ``words``, up to its predicate. ``skip``: verbs may stand before the noun."""
    start = end = 0
    begun = False
    for index, word in enumerate(words):
        wording = text[word.start : word.end]
        marks = word.marks
        if not begun:
            if wording in lexicon.sets.locatives:
                return None
            if wording in _BEHIND or wording in lexicon.sets.conjunctions:
                if wording in lexicon.sets.conjunctions:
                    return None
                continue
            if _predicate(word, text, lexicon) and not (skip and word.marks & NOUN):
                if not skip or (len(wording) == 1 and wording not in "新老小大"):
                    return None
                # A verb that describes the noun: 30名返乡创业青年.
                if index + 1 >= len(words):
                    return None
                continue
            begun = True
            start = start or word.start
            end = word.end
            continue
        following = text[word.end : word.end + 1]
        if following and following in "了着过" and wording not in ("的",):
            break
        if (wording in lexicon.sets.compound or wording[-1] in lexicon.sets.measured_endings) and _known(
            text, start, end, lexicon, person
        ):
            # 老兵平均年龄, 商铺营业时间: what is told of them is no part of what is counted.
            break
        if wording in lexicon.sets.activities:
            end = word.end
            continue
        if person and not marks and len(wording) > 1 and _known(text, start, end, lexicon, person):
            break
        if (
            marks & (VERB | FOLLOWING)
            and index + 1 < len(words)
            and text[words[index + 1].start : words[index + 1].end] in lexicon.sets.activities
        ):
            end = word.end
            continue
        if wording[0] == "不" or wording in ("受损", "竞相"):
            break
        if len(wording) == 1:
            if wording in "的了着过" or (wording in "中里内上" and index + 1 == len(words)):
                break
            if wording == "、" and end - start == 1 and person:
                end = word.end
                continue
            if wording in lexicon.sets.conjunctions or wording in lexicon.sets.enders:
                break
            if (
                marks & VERB
                and not marks & NOUN
                and (not marks & SINGLE or wording not in lexicon.sets.suffixes)
            ):
                break
        elif wording[0] in '“‘"' and _known(text, start, end, lexicon, person):
            break
        elif (
            marks & ITEM
            and index + 1 >= len(words)
            and _known(text, start, end, lexicon, person or _BODY_KINDS)
        ):
            # 商户合作: the verbal noun behind a person or a body is what they do.
            break
        elif marks & NOUN and not marks & FOLLOWING:
            pass
        elif marks & FOLLOWING and marks & NOUN:
            if _known(text, start, end, lexicon, person) and not (
                index + 1 < len(words) and words[index + 1].marks & NOUN
            ):
                break
        elif marks & (VERB | FOLLOWING) and not person and _names_thing(text, words, start, end, lexicon):
            # 党员联系群众责任牌: a person cannot be what 个 counts here, so the verb describes the noun behind it.
            end = word.end
            continue
        elif marks & (VERB | FOLLOWING | PREPOSITION | LEVEL | ADVERB):
            break
        elif marks & TAGGED and (
            _known(text, start, end, lexicon, person) or (not person and end - start > 1)
        ):
            further = words[index + 1] if index + 1 < len(words) else None
            if further is None or person or (further.marks and not further.marks & NOUN):
                break
        end = word.end
    if not begun:
        return None
    if person:
        for word in reversed(words):
            if start < word.end <= end and _known(text, start, word.end, lexicon, person):
                end = word.end
                break
    elif skip and end > start and text[start:end] not in lexicon.nouns.words:
        place = _leading_place(text, words, start, end, lexicon)
        end = place or end
    while end > start and text[end - 1] in "和与及的了":
        end -= 1
    return (start, end) if end > start else None


def _names_thing(text: str, words: list[Word], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a person opens a phrase that ends, with its clause, in a thing or body."""
    found = lexicon.nouns.ending(text, end, start)
    last = words[-1]
    if not found or found[1] not in ("people", "cadres", "party_members") or last.end <= end:
        return False
    head = lexicon.nouns.ending(text, last.end, end)
    return bool(head and head[1] in ("items", "organisations", "projects"))


def _leading_place(text: str, words: list[Word], start: int, end: int, lexicon: Lexicon) -> int:
    """Where the place ends that a phrase of no countable noun begins with: 行政村 in 行政村人畜分离."""
    for word in words:
        if word.start != start:
            continue
        if lexicon.nouns.words.get(text[word.start : word.end]) != "places":
            return 0
        head = lexicon.nouns.ending(text, end, word.end)
        if head is None and word.end - word.start == 1:
            return 0
        if (
            head is None
            or head[0] in lexicon.sets.activities
            or head[0] in lexicon.sets.compound
            or head[0] in lexicon.sets.abstract_heads
        ):
            return word.end
    return 0


def _known(text: str, start: int, end: int, lexicon: Lexicon, person: Kinds) -> bool:
    """Whether a phrase ends with a noun that the lexicon knows as countable (as one of some kinds, if so asked)."""
    found = lexicon.nouns.ending(text, end, start)
    return bool(found and (not person or found[1] in person))
