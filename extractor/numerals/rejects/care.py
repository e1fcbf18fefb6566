"""Units that count only where their neighbourhood speaks of such readings: 度, 分, 点, 级, 里."""

from __future__ import annotations

import re
from collections.abc import Collection

from extractor.numerals.rejects.look import Look

_CARE: dict[str, re.Pattern[str]] = {
    # unit: what must stand before the numeral (in the same clause) or right behind the unit for it to be an amount
    "度": re.compile(
        "气温|温度|温差|摄氏|夏天|冬天|夏季|冬季|天气|凉快|暖和|体温|低温|高温|零下|水温|室温|升温|降温|最低|最高|暖|电|烧|酒精|转|角|坡|倾|经|纬|近视|散光"
    ),
    "分": re.compile(
        "分数|成绩|考|得|评|记|满分|总分|打|拿|平均|高分|扣|加|线|积|领先|落后|加权|学|奖|托福|雅思|百分制"
    ),
    "点": re.compile("指数|收报|报收|收于|点位|跌|涨|开盘|盘中|大盘|股|沪指|深成|恒指|道指|指报"),
    "记": re.compile("球|拳|扣|射|耳光|命中|投|轰|点"),
    "发": re.compile("弹|炮|火箭|枪"),
    "级": re.compile("阶|震|风|浪|烈度|台|飓"),
    "里": re.compile(
        "渠|堤|沟|坝|修|挖|筑|铺|长|路|走|行|距|离|外|远|约|近|方圆|绵延|跑|十里|百里|全程|水|山"
    ),
}


_MEASURED = re.compile("[长高宽深重厚有足约共仅卖买切称打剩还达]$")


def weak(look: Look, known: Collection[str] = ()) -> tuple[str, str] | None:
    """A weak unit (度, 分, 点, 级 …) counts only where its neighbourhood speaks of such readings.

    ``known`` are the units of the figures before it in the sentence.
    """
    assert look.measure
    unit = look.measure.unit
    if not unit.weak or unit.name in known:
        return None
    spelling = look.text[look.end : look.measure.end]
    care = _CARE.get(unit.name) if spelling == unit.name else None
    if care is not None:
        clause = look.before(26) + look.beyond(6)
        if not care.search(clause):
            return (
                "code" if look.arabic else "idiom"
            ), "code.weak_unit" if look.arabic else "idiom.weak_unit"
    elif (
        not look.arabic
        and len(look.numeral) == 1
        and unit.group == "measure"
        and unit.name not in ("%", "折", "番")
        and not _MEASURED.search(look.before(2))
    ):
        return "idiom", "idiom.weak_unit"
    return None
