"""Cuts the text beside a number into words and gives each the marks of the lexicon.

The borders of words come from rjieba (its dictionary only, no part of speech); what a word does is told by our own
lexicon. Neighbouring words that are one word of the lexicon are joined. Quoted text, book titles and brackets count
as one word each.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from extractor.lexicon.words import (
    ADVERB,
    DOWN,
    INDICATOR,
    ITEM,
    NAME,
    NOUN,
    PLACE,
    PREPOSITION,
    TAGGED,
    UP,
    VERB,
    Lexicon,
)
from extractor.matching import compiled

Span = tuple[int, int]
STOPS = frozenset("，。；：！？,;:!?…\n\r \u3000")
STOP = compiled("[，。；：！？,;:!?…\n\r \u3000]")
GROUP = compiled(
    '(?P<date>[0-9]{2,4}学?年(?:度|第?[一二三四1-4]季度?|[0-9]{1,2}月(?:[0-9]{1,2}日)?)?[初底末]?|[前首][一二三]季度?|[前首][0-9一二三四五六七八九十]{1,2}个?月|第[一二三四]季度?|[一二三四]季度|第[0-9]{1,2}周|[上下]半年|[0-9]{1,2}月份?(?:[0-9]{1,2}日|底|初|末|中旬|上旬|下旬)?(?!合约|期货|交货))|(?P<verb>派发(?=现金))|“[^“”]*”|‘[^‘’]*’|《[^《》]*》|\\([^()]*\\)|\\[[^][]*\\]|【[^【】]*】|"[^"]*"'
)
_GROUP_START = compiled('[0-9第前首一二三四上下派“‘《(\\[【"]')  # what a group can begin with
# What a group does. The dictionary cuts 派发现金 in the middle: 派, 发现, 金.
_GROUPED = {"date": ADVERB, "verb": VERB}
_KEPT = 50_000  # words whose analysis is remembered


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


def _tagged(word: str) -> int:
    """The marks of a word that the lexicon lacks."""
    if word[-1] in "日节" and word not in _DAYS:
        return NOUN
    if len(word) < 2 or not "\u4e00" <= word[0] <= "\u9fff":
        return 0
    tags = parts_of_speech(word)
    return _TAGS.get(tags[0], NOUN) if len(tags) == 1 else 0


@functools.lru_cache(100_000)
def parts_of_speech(word: str) -> tuple[str, ...]:
    """The parts of speech of the pieces that rjieba's dictionary makes of a word: of one, where it has the word.

    >>> parts_of_speech("培训"), parts_of_speech("户均增收")
    (('vn',), ('j', 'v'))
    """
    import rjieba

    return tuple(tag for _, tag in rjieba.tag(word))


@functools.cache
def _cutter() -> Callable[[str], list[str]]:
    import rjieba

    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


def segment(text: str, begin: int, end: int, lexicon: Lexicon) -> list[Word]:
    """The words of ``text[begin:end]`` in order; the span must not hold a stop."""
    words: list[Word] = []
    at = begin
    opening = _GROUP_START.search(text, begin, end)
    for group in GROUP.finditer(text, opening.start(), end) if opening else ():
        if group.start() > at:
            _cut(text, at, group.start(), lexicon, words)
        words.append(Word(group.start(), group.end(), _GROUPED.get(group.lastgroup or "", NOUN)))
        at = group.end()
    if at < end:
        _cut(text, at, end, lexicon, words)
    return words


def _cut(text: str, begin: int, end: int, lexicon: Lexicon, words: list[Word]) -> None:
    """Adds the words of a piece without quotes or brackets."""
    table = lexicon.words
    marks, longest_first = table.words, table.lengths
    analysed = lexicon.analysed
    pieces = _cutter()(text[begin:end])
    last = len(pieces) - 1
    index = 0
    at = begin
    while index <= last:
        wording = pieces[index]
        index += 1
        if index <= last:
            lengths = longest_first.get(wording[0])
            if lengths is not None and lengths[0] > len(wording):
                joined = len(wording) + len(pieces[index])
                longer = joined + len(pieces[index + 1]) if index < last else 0
                if longer in lengths and text[at : at + longer] in marks:
                    words.append(Word(at, at + longer, _marks(text[at : at + longer], lexicon)))
                    at += longer
                    index += 2
                    continue
                if joined in lengths and text[at : at + joined] in marks:
                    words.append(Word(at, at + joined, _marks(text[at : at + joined], lexicon)))
                    at += joined
                    index += 1
                    continue
        parts = analysed.get(wording)
        if parts is None:
            if len(analysed) >= _KEPT:
                analysed.clear()
            parts = analysed[wording] = _analyse(wording, lexicon)
        for length, bits in parts:
            words.append(Word(at, at + length, bits))
            at += length


def _analyse(word: str, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """The parts of a word of the dictionary, each with its length and marks: most words are one part."""
    marks = lexicon.words.words
    cut = _unglued(word, lexicon)
    if cut:
        return _analyse(word[:cut], lexicon) + _analyse(word[cut:], lexicon)
    parts: list[tuple[int, int]] = []
    if len(word) > 3 and word not in marks:
        if marks.get(word[-2:], 0) & (UP | DOWN):
            # 价格上涨 is one word of the dictionary; the change belongs to the number.
            head = word[:-2]
            parts.append((len(head), marks.get(head) or _tagged(head)))
            word = word[-2:]
        elif marks.get(word[:2], 0) & (VERB | ITEM):
            rest = marks.get(word[2:], 0)
            if rest & NOUN and not rest & ITEM:
                # 发展党员, 解决问题 are words of the dictionary; the verb does not belong to the item.
                parts.append((2, marks[word[:2]]))
                word = word[2:]
    if len(word) == 3 and word[0] in lexicon.sets.modals and marks.get(word[1:], 0) & (VERB | ITEM):
        # 可储存, 需缴纳
        parts.append((1, ADVERB))
        word = word[1:]
    if _verb_and_noun(word, marks):
        # 处罚金, 传数据 are no words but what the dictionary's model of unknown words makes.
        parts.append((1, marks[word[0]]))
        word = word[1:]
    if word not in marks and _compound(word, marks):
        # 下载安装, 开展调研
        parts.append((2, marks[word[:2]]))
        word = word[2:]
    parts.append((len(word), _marks(word, lexicon)))
    return tuple(parts)


def _marks(word: str, lexicon: Lexicon) -> int:
    """The marks of a word: those of the lexicon, else those of its head or of its part of speech."""
    marks = lexicon.words.words
    bits = marks.get(word, 0)
    if not bits:
        # 冲锋舟, 洒水车 are verbs to the dictionary.
        headed = len(word) == 3 and word[-1] in lexicon.sets.noun_heads
        bits = NOUN if headed else _tagged(word)
    if len(word) > 3 and (bits == TAGGED or _is_person(word, bits)):
        # 农村居民 is the name of a person to the dictionary.
        bits = NOUN if marks.get(word[-2:], 0) & NOUN or word[-2:] in lexicon.nouns else bits
    return bits


def _is_person(word: str, bits: int) -> bool:
    """Whether a word has its marks because the dictionary has it for the name of a person."""
    if bits != _TAGS["nr"]:
        return False
    import rjieba

    return bool(rjieba.tag(word)[0][1] == "nr")


def _verb_and_noun(word: str, marks: dict[str, int]) -> bool:
    """Whether three characters that are no word are a verb of one character and a noun of the lexicon."""
    if (
        len(word) != 3
        or word in marks
        or not marks.get(word[0], 0) & VERB
        or not marks.get(word[1:], 0) & NOUN
    ):
        return False
    import rjieba

    return not rjieba.has_word(word)


def _unglued(word: str, lexicon: Lexicon) -> int:
    """Where to cut a function character off a word, or an adverb off its verb; 0 nowhere.

    只|收, 有|小二型, 签|了, 村|通, 价格|比 are made by the dictionary's model of unknown words; 积极|开展 it knows as one word.
    """
    marks, sets, length = lexicon.words.words, lexicon.sets, len(word)
    if not 1 < length < 5 or word in marks:
        return 0
    verb = marks.get(word[-2:], 0)
    if length == 4 and verb & VERB and not verb & NOUN:
        return 2
    if length == 3 and word[-1] in sets.comparing and marks.get(word[:2], 0) & INDICATOR:
        return 2
    first = word[0] in sets.glued
    adverb = length == 3 and (first or word[0] in sets.modals)
    if adverb and not verb & NOUN and (verb or _tagged(word[1:])) & (VERB | TAGGED):
        return 1
    place = length == 2 and word[0] in sets.place_endings - sets.closed and marks.get(word[1], 0) & VERB
    if not (first or place or word[-1] in sets.trailing):
        return 0
    import rjieba

    if rjieba.has_word(word) or (place and rjieba.tag(word[1])[0][1] != "v"):
        return 0
    return 1 if first else length - 1


def _compound(word: str, marks: dict[str, int]) -> bool:
    """Whether a word is two verbs that the lexicon has singly."""
    return len(word) == 4 and bool(marks.get(word[:2], 0) & VERB and marks.get(word[2:], 0) & (VERB | ITEM))


def clause_start(text: str, begin: int, at: int) -> int:
    """Where the clause begins in which ``at`` stands (or which it ends): behind the nearest stop, or at ``begin``."""
    while at > begin and text[at - 1] not in STOPS:
        at -= 1
    return at


def clause_before(text: str, begin: int, at: int) -> Span | None:
    """The clause before the one in which ``at`` stands, without the stop behind it; None if there is none."""
    end = clause_start(text, begin, at) - 1
    start = clause_start(text, begin, end)
    return (start, end) if start < end else None


def leftwards(text: str, begin: int, at: int, lexicon: Lexicon) -> list[Word]:
    """The words before ``at``, nearest first, back to a stop or to ``begin``."""
    while at > begin and text[at - 1] == " ":
        at -= 1
    words = segment(text, clause_start(text, begin, at), at, lexicon)
    words.reverse()
    return words


def rightwards(text: str, at: int, finish: int, lexicon: Lexicon) -> list[Word]:
    """The words from ``at`` on, up to a stop or to ``finish``."""
    stop = STOP.search(text, at, finish)
    return segment(text, at, stop.start() if stop else finish, lexicon)
