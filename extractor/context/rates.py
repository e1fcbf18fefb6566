"""What a rate is per: 每户, 人均, 亩产, 一年, 单台, from the clause before the number.

The words are data (``lexicon/rates.toml``); patterns are made of them when the first rate is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import Pattern
from typing import Any, NamedTuple

from extractor.lexicon.phrases import clause_start
from extractor.lexicon.words import Lexicon

_PER_EACH = re.compile(
    "每(?:隔)?(?:一(?![百千万亿]))?(?P<per>(?:[0-9]{1,4}|[二三四五六七八九十两]{0,2})[^，。；、,;0-9一二三四五六七八九十]{1,6})"
)
_TWO_OF = re.compile("两[个名位人户年月天周亩吨公千米只头张家台]")
_MANY = re.compile("[0-9]*[二三四五六七八九十两]*[百千]?[万亿]?")
# What leads on to a second figure of the same rate: 突破2000美元，达到2150美元.
_LEADS_ON = re.compile(
    "[，,](?:已|并|现|又|今年)?(?:预估|预期|预计|达到?|增至|升至|降至|提高到|增加到|上升到|下降到|为|突破|超过)了?$"
)
_TIMES = frozenset("年月日天周")
# 一台载重30吨的吊车: the measure tells which one it is.
_ATTRIBUTE = re.compile(
    "[0-9.一二三四五六七八九十百千万两多余]{1,8}(?:吨|公斤|千克|斤|升|立方米|平方米|平米|亩|公里|千米|厘米|毫米|米|千瓦|瓦|马力|岁|座)(?:左右|以上)?的"
)
# 一间教室坐45人, at the start of its clause.
_ONE_HOLDS = re.compile(
    "(?<![^，。；：、])一([座间辆艘架所栋幢列])[^，。；、,;0-9的一]{2,5}?[坐装载住配容能可要需耗产用][^，。；、,;0-9的]{0,6}$"
)
_ONE_THING = re.compile(
    "(?<![^，。；：、])(?:平均)?一(?![年月日天周晚个])([座台辆艘架间所条只头户亩株棵家口])[^，。；、,;0-9的]{0,5}$"
)
_OVER_TIME = re.compile("([年月日周])均(?![价值])")
_HINT = re.compile("[一均产单年月日薪]")  # no rate but that of 每 does without one of these
# How far a word of the form "one" may stand from the number, with nothing but words between.
_REACH = "[^，。；、,;0-9一二三四五六七八九十两几]{0,12}$"
# 年增长 8% is a change within a year and no rate: 年 and a verb of change right before the number.
_CHANGED = "(?![增减升降涨跌](?:长|加|少|幅)?[约近超逾]?$)"
_HAN = "(?=[\u4e00-\u9fff])"


class _Patterns(NamedTuple):
    """The patterns made of a lexicon's ``data``; the group that matches holds what the number is per."""

    data: Mapping[str, Any]
    one: Pattern[str]
    word: Pattern[str]
    units: Mapping[str, str]


_latest: _Patterns | None = None


def _patterns(lexicon: Lexicon) -> _Patterns:
    """The patterns of a lexicon; those used last are kept."""
    global _latest
    latest = _latest
    if latest is None or latest.data is not lexicon.data:
        forms: dict[str, list[str]] = {}
        for entry in lexicon.data.get("rate", ()):
            forms.setdefault(entry["form"], []).append(_pattern(entry))
        words = [pattern for form, made in forms.items() if form != "one" for pattern in made]
        latest = _latest = _Patterns(
            lexicon.data,
            re.compile("|".join(forms.get("one", ["(?!)"]))),
            re.compile("|".join(words or ["(?!)"])),
            lexicon.data.get("rate_unit", {}),
        )
    return latest


def _pattern(entry: Mapping[str, Any]) -> str:
    """The pattern of an entry of ``rates.toml``, whose head tells the forms."""
    word = f"({'|'.join(entry['words'])})"
    before = f"(?<![{entry['not_after']}])" if "not_after" in entry else ""
    behind = f"(?![{entry['not_before']}])" if "not_before" in entry else ""
    match entry["form"]:
        case "one":
            return f"{before}一(?:个)?{word}{behind}{_REACH}"
        case "even":
            return f"{before}{word}均{behind}"
        case "yield":
            return f"{before}{word}产{behind}"
        case "single":
            return f"{before}单{word}{behind}"
        case _:
            only = f"(?=[{entry['only_before']}])" if "only_before" in entry else _CHANGED + behind + _HAN
            return f"{before}{word}{only}"


def leads_on(between: str) -> bool:
    """Whether the words between two figures only lead on to what the rate reached: 突破2000美元，达到2150美元."""
    return _LEADS_ON.match(between) is not None


def find(text: str, begin: int, low: int, start: int, lexicon: Lexicon, change: bool = False) -> str:
    """What a rate is per, from the clause before the number: 每户, 人均, 年产, 一年.

    A ratio that states a ``change`` is measured over a time and not per time: 一周上涨2.4%.
    """
    clause = clause_start(text, begin, start)
    each = list(_PER_EACH.finditer(text, clause, start))
    if each:
        # Of several the nearest (每周5天、每天2小时); two that stand together (每户每年) match once.
        per = _each(each[-1]["per"], lexicon)
        return per if not change or per in _TIMES else ""
    if change:
        over_time = _OVER_TIME.search(text, max(clause, low), start)  # 年均增长5%
        return over_time[1] if over_time else ""
    if not _HINT.search(text, max(clause, low), start):
        return ""
    patterns = _patterns(lexicon)
    one = patterns.one.search(text, max(clause, low), start)
    if one and not (one[1] not in _TIMES and _ATTRIBUTE.match(text, start)):
        # 一座灯塔一年要耗电: of two that stand together the first.
        thing = _ONE_THING.search(text, max(clause, low), one.start()) if one[1] in _TIMES else None
        return patterns.units.get(one[1], one[1]) if thing is None else thing[1]
    holds = _ONE_HOLDS.search(text, max(clause, low), start)
    if holds and not _ATTRIBUTE.match(text, start):
        return holds[1]
    word = patterns.word.search(text, max(clause, low), start)
    return str(word[word.lastindex or 0]) if word else ""


def _each(wording: str, lexicon: Lexicon) -> str:
    """The unit or noun behind 每, with its number where it has one: 户, 公斤, 书屋 (of 个书屋), 半年, 千人, 10万人."""
    measured = lexicon.units.starting(wording, 0)
    many = _MANY.match(wording)
    weighed = measured and (measured[0][0] in "百千" or (measured[0] == "两" and not _TWO_OF.match(wording)))
    number = many.group() if many and not weighed else ""
    # 千瓦时, 两: units
    base = _base(wording[len(number) :], lexicon)
    return number + base if base else ""


def _base(wording: str, lexicon: Lexicon) -> str:
    """The unit or noun that a rate is per, without its number."""
    if wording.startswith("半年"):
        return "半年"
    if wording.startswith("人口"):
        return "人"
    found = lexicon.units.starting(wording, 0)
    if wording.startswith(("个", "家", "所")):
        noun = lexicon.nouns.starting(wording, 1)
        if noun and noun[1] not in ("people", "cadres", "party_members"):
            return noun[0]
        if noun:
            return "人"
    if found:
        word, unit = found
        return _patterns(lexicon).units.get(
            word, "人" if unit.name == "人" else word.removeprefix("个") or word
        )
    noun = lexicon.nouns.starting(wording, 0)
    if noun:
        return noun[0]
    # 每生每天: whom or what the first counts is one character.
    return wording[0] if wording[1:2] == "每" else ""
