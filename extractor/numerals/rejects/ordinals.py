"""Numbers that give a place in an order: 第三, 一是, 一等奖, 二期工程, 3楼."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.patterns import patterns
from extractor.matching import compiled
from extractor.numerals.rejects.look import Look

_ORDINAL_LIST = compiled(
    r"(?:第|分列|分获|并列|位居)[一二三四五六七八九十0-9]{1,3}(?:[、和及至][一二三四五六七八九十0-9]{1,3})*[、和及至]$"
)
_PRIZE_LIST = compiled(r"(?:[、和至][一二三四五特]){0,6}[、和至]?(?:特)?等[奖功]")
_PRIZE = compiled(r"等[奖功品舱座兵]")
_ENUM_AFTER = compiled(r"^(?:是|要|则|靠|来|为|看|抓|曰)")
_ENUM_BEFORE = compiled(r"(?:^|[。；;，,:：、！？!?\s”\"（(])$")
_AFTER_ORDINAL = compiled(r"^(?:等[奖功品级兵舱座]|把手|号|级[^以地台强大浪，。、风]|等)")


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    reading: re.Pattern[str]
    bus_line: re.Pattern[str]
    label: re.Pattern[str]
    sessions_before: re.Pattern[str]
    sessions_after: re.Pattern[str]
    stage: re.Pattern[str]
    rooms: re.Pattern[str]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("ordinals"))


def prefix(look: Look) -> str:
    """第三, 图2, 表1, 其一, 之二, 位列12."""
    if (
        look.before(1) == "前"
        and look.after(1) in ("名", "位", "强")
        and look.before(2) not in ("目前", "此前", "之前", "以前", "日前", "当前")
    ):
        return "ordinal"  # 前八名
    match = _told().label.search(look.before(3))
    if not match:
        return ""
    word = match.group()
    if word in ("高", "初", "大", "老", "列"):
        # 高三, 初一, 老二; not 扩大三成.
        alone = len(look.numeral) == 1 and not look.arabic
        if not alone or look.unit_ahead:
            return ""
        return "ordinal"
    if word in ("图", "表", "卷") and look.unit_ahead:
        # 生成云图4.6万幅, 蒸花卷150个
        return ""
    if word == "图" and look.before(2) in ("地图", "版图", "企图", "试图", "意图", "力图", "绘图"):
        return ""
    if word == "表" and (look.before(2) in ("代表", "发表", "报表") or look.before(2)[:1] in "代发仪钟手外"):
        return ""
    if word == "之":
        return "idiom"
    if word == "其":
        return "ordinal" if look.after(1) in ("，", ",", "是", "、", "：", ":") else ""
    return "ordinal"


def chained(look: Look) -> str:
    """The later members of a list whose first has 第 or whose last has 等奖: 第一、二、三产业."""
    if look.before(1) in ("、", "和", "及", "至") and _ORDINAL_LIST.search(
        look.before(16),
    ):
        return "ordinal" if look.after(1) not in ("个", "名", "家") else ""
    if _PRIZE_LIST.match(look.after(10)):
        return "ordinal"
    return ""


def enumerator(look: Look) -> str:
    """一是…二是…, 一、…, 1.…, (一), ①: the number of a point in a list."""
    after = look.after(2)
    if not look.arabic and len(look.numeral) <= 2:
        if _ENUM_AFTER.search(after) and _ENUM_BEFORE.search(look.before(1)):
            return "ordinal"
        if after[:1] in ("、", ".", "．", "，") and look.start == look.begin:
            return "ordinal"
    if look.before(1) == "(" and after[:1] == ")" and len(look.numeral) <= 2:
        return "ordinal"
    if (
        look.arabic
        and len(look.numeral) <= 2
        and look.start == look.begin
        and after[:1] in ("、", ".", ")", "．")
    ):
        return "ordinal"
    return ""


def graded(look: Look) -> str:
    """Grades and classes by number: 一等奖, 二级网格, 一类村, 一期工程, 三年级, 5A级, 三甲."""
    after = look.after(4)
    single = len(look.numeral) == 1 and not look.arabic
    if (
        after[:1] == "层"
        and look.before(2)[:1] in "楼厦塔"
        and look.before(1) == "的"
        and after[1:2] in "，。、；"
    ):
        return "ordinal"  # 住宅楼的18层
    if _PRIZE.match(after) or after[:2] in ("把手", "年级"):
        return "ordinal"
    if (
        single
        and after[:1] in ("产", "甲", "楼", "线", "环", "档", "本", "审", "模", "中", "院", "胎")
        and after[:2] not in ("产品", "本书", "楼房", "档节")
    ):
        if after[:1] == "本" and look.numeral not in "一二三":
            return ""
        return (
            "ordinal"
            if after[:1] not in ("本", "院", "中") or after[1:2] in ("院", "上", "线", "、", "，", "")
            else ""
        )
    if (
        after[:1] == "级"
        and not _told().reading.match(
            after + look.after(10)[4:],
        )
        and "." not in look.numeral
    ):
        return "ordinal"
    if single and after[:1] == "类" and look.numeral in "一二三四五":
        return "ordinal"
    if (
        after[:1] == "期"
        and single
        and not (
            _told().sessions_before.search(look.before(2)) or _told().sessions_after.search(look.after(5))
        )
    ):
        return "ordinal"
    if look.arabic and look.numeral in "123456789" and _told().stage.match(look.after(6)):
        return "ordinal"  # 花园3期开盘
    if look.numeral == "二" and after[:1] in tuple("套期楼号级等类档线班组队审次轮局场孩胎房手"):
        return "ordinal"
    if (
        look.arabic
        and "." not in look.numeral
        and (after[:1] in ("楼", "室") or after[:2] == "单元" or _told().rooms.match(look.after(14)))
    ):
        return "ordinal"
    if look.arabic and _told().bus_line.match(after + look.after(6)[4:]):
        return "code"
    return ""
