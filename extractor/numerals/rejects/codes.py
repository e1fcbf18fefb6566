"""Numbers that name a thing: telephone and document numbers, types, scores."""

from __future__ import annotations

import re

from extractor.numerals.rejects.look import Look

_ROUND = re.compile("(?:决赛|强赛)")
_TO_NUMBER = re.compile(r"比[一二三四五六七八九十零0-9.]")
_FROM_NUMBER = re.compile(r"[一二三四五六七八九十零0-9]比$")
_CODE_BEFORE = re.compile(
    r"(?:电话|热线|拨打|拨通|编号|代码|邮编|邮箱|传真|微信|网址|版号|文号|证号|车牌|批号|账号|帐号|尾号|号码|热线:|电话:|电话：|热线：|代码：|编号：|QQ|http|www)[^\u4e00-\u9fff，。；、]{0,30}$"
)
_CODE_AFTER = re.compile(r"^(?:热线|电话|平台|号线|号令|报警|国道|省道|县道|航班|次列车|次航班|工程|会议)")
_SCORE = re.compile(r"^[比:][0-9]{1,3}(?![0-9.]*[亿万%])")
_SCORE_BEFORE = re.compile(r"[0-9]{1,3}[比:]$")


_BELOW_ZERO = re.compile(r"-[0-9.]+ ?[~至到—] ?-[0-9]")  # -6~-4
_DOTTED = re.compile(r"[0-9]\.[0-9]+\.")


def latin(look: Look) -> str:
    """Digits glued to Latin letters: C919, G318, COVID-19, 5G, 3D, A4; not an acronym before an amount (GDP1228亿元)."""
    before = look.before(4)
    if before:
        last = before[-1]
        glued = last == "-" and len(before) > 1 and before[-2].isascii() and before[-2].isalnum()
        if glued or last in "#_@\\" or last == "." or (last.isascii() and last.isalpha()):
            acronym = len(before) > 1 and before[-2].isascii() and before[-2].isalpha() and last.isalpha()
            unit = look.unit_ahead
            if not (
                (acronym and unit and not unit[0][0].isalpha())
                or (acronym and unit and not unit[0].isascii())
            ):
                return "code"
        if last == "/" and len(before) > 1 and before[-2].isascii():
            return "code"
    after = look.after(3)
    if after and after[0].isascii() and after[0].isalpha() and look.arabic and not look.unit_ahead:
        return "code"
    bold = look.before(2) == "**"  # as Markdown has it
    if (look.before(1) in ("×", "*", "✕") and not bold) or after[:1] in ("×", "✕"):
        return "code"
    if after[:1] in ("_", "@", "\\") or after[:2] == "A级":
        return "code"
    return ""


def number_code(look: Look) -> str:
    """Telephone, document, stock and identity numbers, addresses: no unit, long, or told as such by the words around."""
    numeral = look.numeral
    if not look.arabic:
        return ""
    if look.before(2) in ("东经", "西经", "北纬", "南纬"):
        return "code"
    if _CODE_BEFORE.search(look.before(24)) and not look.unit_ahead:
        return "code"
    if (
        len(numeral) > 30
        or (numeral.count("-") > 1 and not _BELOW_ZERO.match(numeral))
        or _DOTTED.search(numeral)
    ):
        return "code"
    if look.before(1) in ("〔", "[", "【") and look.after(1) in ("〕", "]", "】"):
        return "code"
    if look.before(1) in ("〕", "]") and look.after(1) == "号":
        return "code"
    if look.before(1) == "." and look.before(2)[:1].isdigit():
        return "code"
    plain = numeral.isdecimal()
    many = len(numeral) >= 5 and (numeral[-2:] != "00" or len(numeral) > 12)
    if plain and (many or (numeral[0] == "0" and len(numeral) > 1)) and not look.unit_ahead:
        return "code"
    if plain and len(numeral) in (3, 5) and _CODE_AFTER.search(look.after(3)):
        return "code"
    if look.before(1) == "(" and look.after(1) == ")" and plain and len(numeral) >= 4:
        return "code"
    return ""


def score(look: Look) -> str:
    """The score of a match and other proportions: 21比15, 3:1."""
    if _SCORE.search(look.after(5)) or _SCORE_BEFORE.search(look.before(5)):
        return "code"
    if (look.after(1) == ":" and look.after(2)[1:].isdigit()) or (
        look.before(1) == ":" and look.before(2)[:1].isdigit()
    ):
        return "code"
    if _ROUND.match(look.after(2)) and "/" in look.numeral:
        return "name"
    if look.after(1) == "比" and _TO_NUMBER.match(look.after(2)) and not look.measure:
        return "code"
    if look.before(1) == "比" and _FROM_NUMBER.search(look.before(2)):
        return "code"
    return ""
