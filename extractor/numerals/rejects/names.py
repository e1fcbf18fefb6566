"""Numbers inside slogans, policies, titles and proper names."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.patterns import patterns
from extractor.lexicon.phrases import rightwards
from extractor.lexicon.words import NOUN
from extractor.matching import compiled
from extractor.numerals.rejects.look import Look

_OPENING = compiled("[《“‘\"']")
_PLUS = compiled(r"^(?:余|多)?[+＋]")


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    form: re.Pattern[str]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("names"))


def quoted(look: Look) -> str:
    """A numeral inside a short quoted phrase or a book title: “四个不摘”, 《…三年行动计划》."""
    text, start = look.text, look.start
    low = max(look.begin, start - 24)
    if not _OPENING.search(text, low, start):
        return ""
    left = text.rfind("《", low, start)
    if left >= 0 and text.find("》", left, start) < 0 and text.find("》", start, look.finish) >= 0:
        return "name"
    for opening, closing in ("“”", "‘’"):
        left = text.rfind(opening, low, start)
        if left >= 0 and text.find(closing, left, start) < 0:
            right = text.find(closing, start, min(look.finish, left + 26))
            if right >= 0 and not _SPEECH.search(text, left, right) and not _stated(look, left + 1, right):
                return "name"
    if '"' in text[low:start] or "'" in text[low:start]:
        segment = text[look.begin : look.finish]
        at = start - look.begin
        for found in _STRAIGHT.finditer(segment):
            if found.start() < at < found.end():
                if _SPEECH.search(found.group()):
                    return ""
                return (
                    ""
                    if _stated(look, look.begin + found.start() + 1, look.begin + found.end() - 1)
                    else "name"
                )
            if found.start() > at:
                break
    return ""


_SPEECH = compiled("[，。！？；]")
_STRAIGHT = compiled("[\"'“][^\"'“”，。；！？]{1,24}[\"'”]")


_CHAIN_MARKS = compiled("[、，；,;]")
_CHAINED = compiled("[一二三四五六七八九十两]{1,2}[^0-9一二三四五六七八九十]{2,8}")
_LONGEST_CHAIN = 90


def chain(look: Look) -> str:
    """A quoted chain of slogans, each with its number: “一核引领、两轴支撑、三大机遇、四区定位”."""
    if look.arabic or len(look.numeral) > 2:
        return ""
    left = look.text.rfind("“", max(look.begin, look.start - _LONGEST_CHAIN), look.start)
    if left < 0:
        return ""
    right = look.text.find("”", left, min(look.finish, left + _LONGEST_CHAIN))
    if right < look.start:
        return ""
    pieces = _CHAIN_MARKS.split(look.text[left + 1 : right])
    return "name" if len(pieces) > 2 and all(_CHAINED.fullmatch(piece) for piece in pieces) else ""


def _stated(look: Look, left: int, right: int) -> bool:
    """Whether a quoted phrase is a statement with an amount in it (“每亩增收300元”) and no name."""
    measure = look.measure
    if measure is None or not look.arabic:
        return False
    return (
        measure.unit.group in ("currency", "measure") and look.start > left + 1 and measure.end >= right - 2
    )


def plus(look: Look) -> str:
    """Modes written with plus signs: 1+4+X, 5万+, 党支部+."""
    if _PLUS.search(look.after(2)) or look.before(1) in ("+", "＋"):
        return "name"
    return ""


def form(look: Look) -> str:
    """The form of a slogan: a small number straight before 大, 化, 不, 有, 要, 性, … (三大工程, 四化同步)."""
    if len(look.numeral) > 2 or look.numeral[-1] in "百千万亿":
        return ""
    if look.numeral == "一":
        return ""
    if not _told().form.search(look.after(3)) or (
        look.arabic and look.numeral.isdecimal() and int(look.numeral) > 20
    ):
        return ""
    # 12包种子 is a load with its goods, 五包责任制 a slogan.
    return "" if len(look.numeral) > 1 and look.after(1) == "包" and _goods(look) else "name"


def _goods(look: Look) -> bool:
    """Whether a noun stands behind the unit of one character that follows the numeral."""
    words = rightwards(look.text, look.end + 1, look.finish, look.lexicon)
    return bool(words and words[0].marks & NOUN)


def abstract(look: Look) -> str:
    """A small number with a classifier before a word that heads slogans and never counts: 两个维护, 四个意识."""
    if (
        len(look.numeral) > 2
        or look.numeral[-1] in "百千万亿"
        or (look.arabic and look.numeral.isdecimal() and int(look.numeral) > 20)
    ):
        return ""
    assert look.measure
    if look.measure.unit.name not in ("个", "项", "条", "种", "类", "支", "场", "道", "本", "张", "次"):
        return ""
    found = look.lexicon.abstract.starting(look.text, look.measure.end, look.finish)
    if not found:
        return ""
    following = look.text[look.measure.end + len(found[0]) : look.measure.end + len(found[0]) + 1]
    return "name" if not following or not "\u4e00" <= following <= "\u9fff" or following in "的和与" else ""
