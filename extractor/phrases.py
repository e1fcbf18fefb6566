"""Cuts the text beside a number into words and gives each the marks of the lexicon.

The borders of words come from rjieba (its dictionary only, no part of speech); what a word does is told by our own
lexicon. Neighbouring words that are one word of the lexicon are joined. Quoted text, book titles and brackets count
as one word each.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

from extractor.words import ADVERB, DOWN, ITEM, NAME, NOUN, PLACE, PREPOSITION, TAGGED, UP, VERB, Lexicon

Span = tuple[int, int]
STOPS = frozenset("，。；：！？,;:!?…\n\r \u3000")
STOP = re.compile("[，。；：！？,;:!?…\n\r \u3000]")
_GROUP = re.compile(
    '(?P<date>[0-9]{2,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?[初底末]?|第?[一二三四]季度|[上下]半年|[0-9]{1,2}月份?(?:[0-9]{1,2}日)?(?!合约|期货|交货))|(?P<verb>派发(?=现金))|“[^“”]*”|‘[^‘’]*’|《[^《》]*》|\\([^()]*\\)|\\[[^][]*\\]|【[^【】]*】|"[^"]*"'
)
# What a group does. The dictionary cuts 派发现金 in the middle: 派, 发现, 金.
_GROUPED = {"date": ADVERB, "verb": VERB}
_LONGEST = 3


class Word(NamedTuple):
    """A word of a clause: its span in the folded text and the marks that the lexicon gives it."""

    start: int
    end: int
    marks: int


# What a word without an entry in the lexicon does, by its part of speech in rjieba's dictionary. Only words of two
# and more characters: the tags of single characters are too uncertain.
_TAGS = {
    "ns": NOUN | NAME | PLACE,
    "nt": NOUN | NAME,
    "nr": NOUN | NAME,
    "i": TAGGED,
    "l": TAGGED,
    "a": 0,
    "ad": 0,
    "z": 0,
    "v": TAGGED,
    "d": ADVERB,
    "p": PREPOSITION,
    "t": ADVERB,
    "r": ADVERB,
    "f": ADVERB,
    "c": PREPOSITION,
    "m": ADVERB,
}


_DAYS = frozenset(
    ("今日", "昨日", "近日", "当日", "次日", "明日", "前日", "每日", "连日", "即日", "翌日", "同日")
)


@functools.lru_cache(maxsize=50_000)
def _tagged(word: str) -> int:
    """The marks of a word that the lexicon lacks."""
    import rjieba

    if word[-1] in "日节" and word not in _DAYS:
        return NOUN
    if len(word) < 2 or not "\u4e00" <= word[0] <= "\u9fff":
        return 0
    tags = rjieba.tag(word)
    return _TAGS.get(tags[0][1], NOUN) if len(tags) == 1 else 0


@functools.cache
def _cutter() -> Callable[[str], list[str]]:
    import rjieba

    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


def segment(text: str, begin: int, end: int, lexicon: Lexicon) -> list[Word]:
    """The words of ``text[begin:end]`` in order; the span must not hold a stop."""
    words: list[Word] = []
    at = begin
    for group in _GROUP.finditer(text, begin, end):
        if group.start() > at:
            _cut(text, at, group.start(), lexicon, words)
        words.append(Word(group.start(), group.end(), _GROUPED.get(group.lastgroup or "", NOUN)))
        at = group.end()
    if at < end:
        _cut(text, at, end, lexicon, words)
    return words


def _cut(text: str, begin: int, end: int, lexicon: Lexicon, words: list[Word]) -> None:
    """Adds the words of a piece without quotes or brackets."""
    marks = lexicon.words.words
    pieces = _cutter()(text[begin:end])
    index = 0
    at = begin
    count = len(pieces)
    while index < count:
        size = min(_LONGEST, count - index)
        while size > 1:
            joined = "".join(pieces[index : index + size])
            if joined in marks:
                break
            size -= 1
        wording = pieces[index] if size == 1 else joined
        if (
            size == 1
            and len(wording) > 3
            and wording not in marks
            and marks.get(wording[-2:], 0) & (UP | DOWN)
        ):
            # 价格上涨 is one word of the dictionary; the change belongs to the number.
            head = wording[:-2]
            words.append(Word(at, at + len(head), marks.get(head) or _tagged(head)))
            at += len(head)
            wording = wording[-2:]
        elif (
            size == 1
            and len(wording) > 3
            and wording not in marks
            and marks.get(wording[:2], 0) & (VERB | ITEM)
        ):
            rest = marks.get(wording[2:], 0)
            if rest & NOUN and not rest & ITEM:
                # 发展党员, 解决问题 are words of the dictionary; the verb does not belong to the item.
                words.append(Word(at, at + 2, marks[wording[:2]]))
                at += 2
                wording = wording[2:]
        if (
            size == 1
            and len(wording) == 3
            and wording[0] in lexicon.sets.modals
            and marks.get(wording[1:], 0) & (VERB | ITEM)
        ):
            # 可储存, 需缴纳
            words.append(Word(at, at + 1, ADVERB))
            at += 1
            wording = wording[1:]
        if size == 1 and wording not in marks and _compound(wording, marks):
            # 下载安装, 开展调研
            words.append(Word(at, at + 2, marks[wording[:2]]))
            at += 2
            wording = wording[2:]
        bits = marks.get(wording, 0)
        if not bits:
            # 冲锋舟, 洒水车 are verbs to the dictionary.
            headed = len(wording) == 3 and wording[-1] in lexicon.sets.noun_heads
            bits = NOUN if headed else _tagged(wording)
        if bits == TAGGED and len(wording) > 3 and marks.get(wording[-2:], 0) & NOUN:
            bits = NOUN
        words.append(Word(at, at + len(wording), bits))
        at += len(wording)
        index += size


def _compound(word: str, marks: dict[str, int]) -> bool:
    """Whether a word is two verbs that the lexicon has singly."""
    return len(word) == 4 and bool(marks.get(word[:2], 0) & VERB and marks.get(word[2:], 0) & (VERB | ITEM))


def leftwards(text: str, begin: int, at: int, lexicon: Lexicon) -> list[Word]:
    """The words before ``at``, nearest first, back to a stop or to ``begin``."""
    while at > begin and text[at - 1] == " ":
        at -= 1
    start = at
    while start > begin and text[start - 1] not in STOPS:
        start -= 1
    words = segment(text, start, at, lexicon)
    words.reverse()
    return words


def rightwards(text: str, at: int, finish: int, lexicon: Lexicon) -> list[Word]:
    """The words from ``at`` on, up to a stop or to ``finish``."""
    stop = STOP.search(text, at, finish)
    return segment(text, at, stop.start() if stop else finish, lexicon)
