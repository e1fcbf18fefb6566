"""What a header of a table says: a unit, a period, a change, whose figure it is, what it measures.

>>> read("产值(亿元)").unit, read("产值(亿元)").rest
('亿元', '产值')
>>> read("2023年").period, read("比上年增长(%)").change, read("甲县").place
('2023年', True, True)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.cells.grid import head_words, is_time, plain_time
from extractor.lexicon.folding import fold
from extractor.lexicon.words import Unit, lexicon
from extractor.matching import compiled

_BRACKET = compiled(r"[(\[【]([^()\[\]【】]{1,20})[)\]】]")
_INDEX = compiled(r"[(][^()]{1,12}=100[)]")
_COMMA = compiled(
    r"[,，、:：/]((?:[百千万亿]|十亿|百万|千万)*(?:元|人|吨|户|亩|公顷|万元|%|头|只|台|辆|公里|千米|平方米))$"
)
_PERIOD = compiled(
    r"(?:(?:19|20)[0-9]{2}年?(?:[-—~至](?:19|20)?[0-9]{2})?学年度?(?:第?[一二12上下]学期|初|末)?|(?:19|20)[0-9]{2}年?[-—~至](?:19|20)[0-9]{2}年|(?:19|20)[0-9]{2}年度?(?:(?:[0-9]{1,2}(?:[-—~至][0-9]{1,2})?月份?(?:[0-9]{1,2}日)?|第?[一二三四1-4]季度|前[一二三]季度|[上下]半年)?(?:末|底|初)?)?"
    r"|(?:上年|去年|今年|本年|当年|上年度|本年度|上期|本期)(?:同期|末|底|初|度)?|年初至今|期末|期初|年末|年初"
    r"|(?:本|上|去年同|上年同)(?:周|月|日|季度?)|[今昨]日|[0-9]{1,2}月[0-9]{1,2}日"
    r"|[0-9]{1,2}[-—~至][0-9]{1,2}月份?|[0-9]{1,2}月份?|第?[一二三四1-4]季度|前[一二三]季度|[上下]半年)"
)
_OF_WHICH = compiled(
    r"^(?:其中|其 中|#|＃|[(（]?[一二三四五六七八九十]{1,3}[)）、.]|[0-9]{1,2}[、.](?![0-9])|[-—·•◆])[:：]?"
)
_INITIAL = compiled("年初(?=预算|计划|安排|目标|任务)")
_MASK = "\0"
_SCALE = (
    ("万亿", 10**12),
    ("百亿", 10**10),
    ("十亿", 10**9),
    ("亿", 10**8),
    ("千万", 10**7),
    ("百万", 10**6),
    ("十万", 10**5),
    ("万", 10**4),
    ("千", 1000),
    ("百", 100),
    ("十", 10),
)
_AGES = compiled("[0-9]{1,3}(?:[-—~至][0-9]{1,3})?周?岁")
_LINE = compiled(r"(?:计量|金额|数量|货币)?单位[:：]?\s*((?:人民币)?[^\s,，;；。)）]{1,24})")


class Header(NamedTuple):
    """A header taken apart. ``unit`` is as written, ``rest`` what is left for an item or a subject."""

    unit: str = ""
    period: str = ""
    change: bool = False
    share: bool = False
    basis: str = ""
    place: bool = False
    total: bool = False
    part: bool = False
    rest: str = ""
    amount: bool = False


class Scaled(NamedTuple):
    """A unit of a header: what each number is multiplied by, the unit, and its spelling."""

    times: int
    unit: Unit
    spelling: str
    per: str = ""


@lru_cache(maxsize=4096)
def read(text: str) -> Header:
    """A header, folded."""
    text = text.replace(" ", "")
    part = _OF_WHICH.match(text) is not None
    rest = _OF_WHICH.sub("", text)
    unit = ""
    rest = _INDEX.sub("", rest)
    for match in _BRACKET.finditer(rest):
        if units := units_of(match[1].removeprefix("单位:").removeprefix("±")) or unit_line(match[1]):
            unit = "、".join(units)
            rest = rest.replace(match[0], "", 1)
            break
    if not unit and (comma := _COMMA.search(rest)) and comma.start():
        unit, rest = comma[1], rest[: comma.start()]
    if not unit and rest.endswith(("%", "‰")):
        unit, rest = rest[-1], rest[:-1]
    implied = lexicon().data["table_unit"].get(rest, rest) != rest  # 人口 says what is counted, too
    if (
        not unit
        and rest
        and not implied
        and rest not in head_words("total")
        and (whole := scaled(rest))
        and whole.unit.kind
    ):
        unit, rest = rest, ""
    period = ""
    rest = _INITIAL.sub(_MASK, rest)  # 年初预算 is that of the whole year
    if is_time(rest):
        period, rest = plain_time(rest), ""
    elif (when := _PERIOD.search(rest)) and rest[: when.start()].endswith(("比", "较")):
        pass  # 较年初增加: what is compared with
    elif when and not any(word in rest for word in head_words("change")):
        period = when[0]
        rest = rest.replace(when[0], "", 1).removeprefix("的")
    elif when and when.start() == 0 and when[0][0].isdecimal():  # 2023年增长
        period, rest = when[0], rest[when.end() :].removeprefix("的")
    rest = rest.replace(_MASK, "年初")
    basis = next(
        (word for word in sorted(head_words("basis"), key=lambda w: (-len(w), w)) if word in text), ""
    )
    change = any(word in text for word in head_words("change")) or (
        basis != "" and text.endswith(("增加", "减少", "增加额", "减少额", "净增"))
    )
    if unit:
        rest = rest.rstrip("±的")
    share = not change and (unit in ("%", "‰") or any(rest.endswith(word) for word in head_words("share")))
    if change:
        for word in sorted(
            head_words("basis") | head_words("change") | {"增加", "减少", "净增"}, key=lambda w: (-len(w), w)
        ):
            rest = rest.replace(word, "")
        rest = re.sub(r"[±+\-或率额量值幅度数]*$|^[的,，]", "", rest) if len(rest) < 3 else rest
    total = rest in head_words("total")
    place = (
        not change
        and len(rest) >= 2
        and rest not in head_words("group")
        and rest.endswith(tuple(head_words("place")))
    )
    rest = rest.strip(":：,，、")
    if rest.count("(") != rest.count(")") or rest.count("[") != rest.count("]"):
        rest = rest.strip("()[]")
    if rest in head_words("empty"):
        rest = "" if rest not in ("人数", "户数") else rest
    amount = change and text.endswith(("额", "量", "数", "值"))
    return Header(unit, period, change, share, basis, place, total, part, rest, amount)


def is_group(rest: str) -> bool:
    """Whether the header of a row is a part of the one above it and says little alone: 城镇, 男, 0-15岁.

    >>> is_group("城镇"), is_group("60岁及以上"), is_group("城镇居民收入")
    (True, True, False)
    """
    return rest in head_words("group") or _AGES.match(rest) is not None


def period_of(text: str) -> str:
    """The first time with a year in a title, "" if there is none.

    >>> period_of("2023年主要产品产量及增速"), period_of("主要产品产量比2022年增长情况")
    ('2023年', '')
    """
    when = next((one for one in _PERIOD.finditer(text) if one[0][:2] in ("19", "20")), None)
    return when[0] if when and not text[: when.start()].endswith(("比", "较")) else ""


def unit_line(text: str) -> tuple[str, ...]:
    """The units that a line above a table tells for its numbers: 单位：万元. % is told only where it is the one unit.

    >>> unit_line("(单位:万元)"), unit_line("计量单位:万元、%"), unit_line("承办单位:县统计局")
    (('万元',), ('万元',), ())
    >>> unit_line("单位:亿元、万人"), unit_line("单位(万元)")
    (('亿元', '万人'), ('万元',))
    """
    text = fold(text)
    for match in _LINE.finditer(text):
        if (
            match.start()
            and text[match.start() - 1] not in "(（[ \t　,，;；。:：|/)）"
            and text[match.start() - 1] >= "\u4e00"
        ):
            continue
        told = match[1].removeprefix("人民币").strip("()（）")
        for more in (
            re.split(r"[,，;；]", text[match.end() :])[1:]
            if text[match.end() : match.end() + 1] in ",，;；"
            else ()
        ):
            further = more.strip("()（） ")  # 单位：公顷，吨
            if not units_of(further):
                break
            told += f"、{further}"
        found = units_of(told) or tuple(filter(scaled, re.split("[、/,，及和]", told)))
        if found:
            return tuple(one for one in found if one not in ("%", "‰")) or found[:1]
        if told.startswith("%"):
            return ("%",)
    return ()


def units_of(text: str) -> tuple[str, ...]:
    """The units of a list, of which each holds for some numbers; () where not all that stands there are units.

    >>> units_of("万头、万只"), units_of("元/公斤"), units_of("亿元、%"), units_of("甲、乙")
    (('万头', '万只'), ('元/公斤',), ('亿元', '%'), ())
    """
    if scaled(text):
        return (text,)
    found = tuple(dict.fromkeys(filter(None, re.split("[、/,，;；及和或]", text))))
    return found if len(found) > 1 and all(map(scaled, found)) else ()


@lru_cache(maxsize=4096)
def scaled(text: str) -> Scaled | None:
    """A unit as headers write it, None if it is none.

    >>> scaled("万元").times, scaled("万元").unit.name, scaled("千米").times, scaled("元/公斤").per, scaled("人民币")
    (10000, '元', 1, '千克', None)
    """
    words = lexicon()
    text = text.strip().removeprefix("人民币")
    if not text or len(text) > 12:
        return None
    if text in ("%", "‰"):
        return Scaled(1, Unit(text, "ratio", "measure"), text)
    if text in ("个百分点", "百分点"):
        return Scaled(1, Unit("百分点", "ratio", "measure"), text)
    money, slash, per = text.partition("/")
    times = 1
    found = words.units.words.get(text)
    if found is None and slash and (base := scaled(money)) and base.unit.group == "currency":
        other = words.units.words.get(per.removeprefix("每"))
        return base._replace(per=other.name if other else per)
    spelling = text
    if found is None or text in ("百元", "千元", "万元", "亿元"):
        for mark, size in _SCALE:
            if text.startswith(mark) and (inner := words.units.words.get(text[len(mark) :])):
                times, found, spelling = size, inner, text[len(mark) :]
                break
    if found is None and slash and money and words.units.words.get(money):
        found = Unit(text, "", "measure")
    if found is None or found.group in ("time",):
        return None
    return Scaled(times * (found.times or 1) if found.plus == 0 else times, found, spelling)


def multiplier(text: str) -> int:
    """The size of a multiplier that stands without a unit, 0 for anything else.

    >>> multiplier("亿"), multiplier("万元"), multiplier("")
    (100000000, 0, 0)
    """
    return next((size for mark, size in _SCALE if text == mark), 0)


def of_size(one: Scaled, times: int) -> Scaled:
    """A unit whose multiplier the cell tells itself: 3.2亿 in a column of 万元 is in 亿元."""
    own = lexicon().units.words.get(one.spelling)
    return one._replace(times=times * (own.times or 1 if own is not None and own.plus == 0 else 1))
