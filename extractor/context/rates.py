"""What a rate is per: 每户, 人均, 亩产, 一年, 单台, from the clause before the number."""

from __future__ import annotations

import re

from extractor.lexicon.phrases import clause_start
from extractor.lexicon.words import Lexicon

_PER_EACH = re.compile("每(?:隔)?(?:一)?(?P<per>[^，。；、,;0-9一二三四五六七八九十]{1,6})")
_PER_ONE = re.compile(
    "(?<![第这同另近统唯专单每任某哪上下头前后的])一(?:个)?(年|月|天|晚|周|季|亩|斤|公斤|只|头|台|户|人|次|场|趟|株|棵|吨|立方米|平方米|平米|张|件|碗|桌|箱|袋|瓶|根|支|套|盒|份)"
    "(?![来内时前后多余半度旦直些下定起线个级份人批体系带次])[^，。；、,;0-9一二三四五六七八九十两几]{0,8}$"
)
_PER_WORD = re.compile(
    "(?P<even>[人户亩日年月村校县乡镇社班次生家店场车桌])均(?![价值衡匀])|(?P<yield>亩|公顷)产|(?<![简菜名床孤不])单(?P<single>[台户件株只头亩张套列])"
    "|(?<![0-9〇零一二三四五六七八九十今去前明当全近本上历同往每按多少青老百千万亿几数半周整常节假生工昨翌次平春来两下现时个学成])"
    "(?P<time>[年月](?![增减升降涨跌](?:长|加|少|幅)?[约近超逾]?$)(?![球饼壤台嫂坛长轻底末初内度来前级龄纪终会报货份程期子志常本夜亮历华俗关景头事后以间中仅约近满过的，。、；：])(?=[\u4e00-\u9fff])"
    "|日(?=[均产处供需采投发接营成工薪消吞用客租生加新最进出平收]))"
)
_HINT = re.compile("[一均产单年月日]")  # no rate but that of 每 does without one of these
_PER_UNITS = {"名": "人", "位": "人", "口": "人", "个人": "人", "家庭": "户", "人家": "户"}


def find(text: str, begin: int, low: int, start: int, lexicon: Lexicon, change: bool = False) -> str:
    """What a rate is per, from the clause before the number: 每户, 人均, 年产, 一年.

    A ratio that states a ``change`` is measured over a time and not per time: 一周上涨2.4%.
    """
    clause = clause_start(text, begin, start)
    each = list(_PER_EACH.finditer(text, clause, start))
    if each:
        # Of several the nearest (每周5天、每天2小时); two that stand together (每户每年) match once.
        return _each(each[-1]["per"], lexicon)
    if change or not _HINT.search(text, max(clause, low), start):
        return ""
    one = _PER_ONE.search(text, max(clause, low), start)
    if one:
        return _PER_UNITS.get(one[1], one[1])
    word = _PER_WORD.search(text, max(clause, low), start)
    return str(word[str(word.lastgroup)]) if word else ""


def _each(wording: str, lexicon: Lexicon) -> str:
    """The unit or noun behind 每: 户, 公斤, 书屋 (of 个书屋), 半年."""
    if wording.startswith("半年"):
        return "半年"
    measured = lexicon.units.starting(wording, 0)
    if not measured or measured[0][0] not in "百千":  # 千瓦时 and 千克 are units
        wording = wording.lstrip("十百千万亿")
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
        return _PER_UNITS.get(word, "人" if unit.name == "人" else word.removeprefix("个") or word)
    noun = lexicon.nouns.starting(wording, 0)
    if noun:
        return noun[0]
    # 每生每天: whom or what the first counts is one character.
    return wording[0] if wording[1:2] == "每" else ""
