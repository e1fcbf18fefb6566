"""Numbers that belong to the paper and not to what it tells: pages, clauses, versions, sessions, heads of tables, marks.

The words are sets of ``lexicon/grammar.toml``.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.folding import sign_value
from extractor.lexicon.patterns import patterns, word_lists
from extractor.matching import compiled
from extractor.numerals.rejects.look import Look

_ADDRESS = compiled(r"(?:[A-Za-z]{2,6}://|www\.|(?:%[0-9A-Fa-f]{2}){2})[!-~]*$")
_ESCAPE = compiled("%[0-9A-Fa-f]{2}")
_HEAD_CLOSES = frozenset("）)")
_MULTIPLIERS = frozenset("十百千万亿")
_MULTIPLIER = compiled("[十百千]?(?:万亿|亿亿|万|亿)?|万")
_SESSION_OF = compiled("届[0-9零一二三四五六七八九十]{0,3}$")
_DECIMAL = compiled(r"(?<![0-9])[0-9]{1,6}+\.[0-9]{1,6}+(?:[、和至-][0-9]{1,6}+\.[0-9]{1,6}+){0,4}")
_MODELS = compiled(r"20[0-9]{2}(?:(?:——|[-~—至到])20[0-9]{2})?")
_SECTION = compiled(r"(?:^|[，。；：、,;\s])$")
_QUOTED = frozenset("”’》\"'")
_SIGN_FIRST = compiled("(?:^|[，。；：、！？,;:!?\\s（(“”])$")
_FIGURE = compiled("[图表]$")


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    head: re.Pattern[str]
    meeting: re.Pattern[str]
    by_law: re.Pattern[str]
    department: re.Pattern[str]
    builders: re.Pattern[str]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("documents"))


class Known(NamedTuple):
    """The short lists of ``rejects.toml`` for this module, by name."""

    bounds: tuple[str, ...]
    crews: tuple[str, ...]


@functools.cache
def _known() -> Known:
    return Known(**word_lists("documents"))


def address(look: Look) -> str:
    """Part of an address of the web or one of its escapes: %E5%8F%81, https://example.org/2023."""
    if "%" not in look.left and "/" not in look.left and "." not in look.left:
        return ""
    if _ADDRESS.search(look.left):
        return "code"
    return (
        "code"
        if look.before(1) == "%" and _ESCAPE.match(look.text, look.start - 1) and look.after(3)[2:3] == "%"
        else ""
    )


def table_head(look: Look) -> str:
    """A multiplier and a unit that head a table or name its unit: 单位：亿元, 金额单位均为人民币百万元, （万元）."""
    assert look.measure
    if look.numeral[0] not in _MULTIPLIERS or not _MULTIPLIER.fullmatch(look.numeral):
        return ""
    found = _told().head.search(look.left)
    if not found:
        return ""
    return "unit" if "单位" in found.group() or look.beyond(1) in _HEAD_CLOSES else ""


def size_class(look: Look) -> str:
    """A multiplier and a unit without a numeral that name a class: 万元户, 千亿级产业, 3个亿元项目, 亿元以上项目."""
    assert look.measure
    if (
        look.numeral[0] not in _MULTIPLIERS
        or not _MULTIPLIER.fullmatch(look.numeral)
        or look.measure.unit.group not in ("currency", "measure")
    ):
        return ""
    sets = look.lexicon.sets
    beyond = look.beyond(6)
    bound = next((word for word in _known().bounds if beyond.startswith(word)), "")
    named = any(beyond.startswith(word, len(bound)) for word in sets.size_classes) or (
        bound and look.lexicon.nouns.starting(look.text, look.measure.end + len(bound), look.finish)
    )
    if not named or bound:
        return "unit" if named else ""
    before = look.before(4)
    return "" if any(before.endswith(word) for word in sets.reaching) else "unit"


def session(look: Look) -> str:
    """The number of a session without 第: 五届七次全会, 六届人大四次会议, 十二届常委会."""
    assert look.measure
    sets = look.lexicon.sets
    name = look.measure.unit.name
    beyond = look.beyond(6)
    if name == "届":
        held = any(look.before(6).endswith(word) for word in sets.held)
        bodies = any(beyond.startswith(word) for word in sets.assemblies)
        return (
            "ordinal"
            if bodies or (not held and look.beyond(1) and look.beyond(1) in "0123456789一二三四五六七八九十")
            else ""
        )
    if name == "次" and _told().meeting.match(beyond):
        last = look.before(6)
        return (
            "ordinal"
            if _SESSION_OF.search(last) or any(last.endswith(word) for word in sets.assemblies)
            else ""
        )
    return ""


def page(look: Look) -> str:
    """A page, a clause, a version or a generation by number: 4—5版刊登, 《条例》23条, 3.0版, 8.5代线, 2016至2020款轿车."""
    assert look.measure
    name = look.measure.unit.name
    if name not in ("版", "页", "条", "款", "章", "节", "代"):
        return ""
    if name in ("版", "代"):
        if _DECIMAL.fullmatch(look.numeral):
            return "code"
        if name == "代":
            return ""
    if name == "款" and _MODELS.fullmatch(look.numeral):
        return "code"
    if name in ("版", "页"):
        told = any(look.before(4).endswith(word) for word in look.lexicon.sets.printed)
        return (
            ""
            if told or look.numeral in ("半", "整") or any(sign in look.numeral for sign in "余多万千")
            else "code"
        )
    before = look.before(6)
    if before[-1:] == "法" and _told().by_law.search(look.before(24)):
        return "code"  # 违反渔业法38条
    return (
        "code"
        if before
        and (before[-1] == "》" or any(before.endswith(word) for word in look.lexicon.sets.statutes))
        else ""
    )


def section(look: Look) -> str:
    """The number of a section in decimals before a counted noun: 2.2个…, at the start of a clause."""
    assert look.measure
    if look.measure.unit.group not in ("classifier", "noun"):
        return ""
    if not _DECIMAL.fullmatch(look.numeral) or look.start != look.begin:
        return ""
    return "ordinal"


def characters(look: Look) -> str:
    """Words that are counted in characters behind their quotation: “实干”二字."""
    assert look.measure
    if look.measure.unit.name not in ("字", "个字", "词") and look.text[look.end : look.measure.end] not in (
        "个字",
        "个",
    ):
        return ""
    if look.text[look.end : look.measure.end] == "个" and look.beyond(1) not in ("字", "词"):
        return ""
    return "idiom" if look.before(1) in _QUOTED and len(look.numeral) <= 2 else ""


def sign_mark(look: Look) -> str:
    """A circled or bracketed numeral that marks a point of a list or a note: ①新建, （⑴）, 户籍②."""
    if sign_value(look.text[look.start]) is None:
        return ""
    if _SIGN_FIRST.search(look.before(1)) or look.start == look.begin:
        return "ordinal"
    return ""


def captioned(look: Look) -> str:
    """The number of a picture or table run together with a year: 图22018年."""
    return (
        "ordinal" if _FIGURE.search(look.before(1)) and look.arabic and look.after(1) in ("年", "月") else ""
    )


def run_together(look: Look) -> str:
    """Digits that were run together: 2024628日, 32018年; a date with more digits than a date has."""
    numeral = look.numeral
    if (
        not numeral.isdecimal()
        or not numeral.isascii()
        or look.after(1) not in ("年", "月", "日", "号", "时")
    ):
        return ""
    if look.after(1) == "年":
        return "code" if len(numeral) > 4 and not numeral.endswith("00") else ""
    return (
        "code"
        if len(numeral) > 3 and look.after(2) not in ("日元", "日圆", "时速") and not numeral.endswith("00")
        else ""
    )


def model(look: Look) -> str:
    """A hyphen between a name and a number: 东风-41方队; a minus only before a reading or behind a word of level."""
    assert look.measure
    if look.numeral[0] != "-":
        return ""
    before = look.before(1)
    if not "\u4e00" <= before <= "\u9fff" or before in look.lexicon.sets.before_minus:
        return ""
    return "" if look.measure.unit.kind in ("temperature", "ratio", "money", "scale") else "code"


def capital(look: Look) -> str:
    """A capital numeral alone is the character of a word or a name (收拾, 陆, 伍) unless money follows it."""
    assert look.measure
    if look.numeral not in "壹贰叁肆伍陆柒捌玖拾佰仟":
        return ""
    return "" if look.measure.unit.group == "currency" else "idiom"


def department(look: Look) -> str:
    """A department, a crew or a company by number: 财政局预算三处, 种植二处, 采煤三队, 机修一班, 水电十一局."""
    assert look.measure
    if look.measure.unit.name == "局":
        return "ordinal" if not look.arabic and _told().builders.search(look.before(3)) else ""
    if look.arabic or len(look.numeral) != 1:
        return ""
    if look.numeral != "两" and any(look.before(2) == word for word in _known().crews):
        return "ordinal"
    if look.measure.unit.name not in ("处", "科", "室", "队"):
        return ""
    return (
        "ordinal"
        if _told().department.search(look.before(8))
        and not any(look.before(4).endswith(word) for word in look.lexicon.sets.held)
        else ""
    )


def place_name(look: Look) -> str:
    """A place whose first characters look like a numeral and its classifier: 四角塬遗址, 八步沟林场."""
    assert look.measure
    if look.arabic or len(look.numeral) != 1 or look.measure.end - look.end != 1:
        return ""
    sets = look.lexicon.sets
    beyond = look.beyond(6)
    if beyond[:1] not in sets.landforms:
        return ""
    return "name" if any(beyond[1:].startswith(word) for word in sets.place_bodies) else ""
