"""Other ways to write a text that mean the same: for property 8, wording that means the same gives the same row.

Each takes a text and a source of chance and gives the text in another wording, or as it was where the relation finds
nothing to change. ``RELATIONS`` names them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

Relation = Callable[[str, random.Random], str]

_DIGITS = "零一二三四五六七八九"
_ASCII = str.maketrans("，；：（）？！", ",;:()?!")
_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
# Not behind a full-width or middle point, nor at the end of a range or list that shares the 万 (3至5万).
_MYRIADS = re.compile(r"(?<![\d.,，．·・至到、~～—－-])(\d{1,4}(?:\.\d{1,4})?)万(?![亿万\d余多几])")
_SMALL = re.compile(
    r"(?<![\d.,，\-—~～A-Za-z%/:：至到、第万亿千百约近])(\d{2,4})(?=[名位户家项处座所亩吨元](?![\d月]))"
)
_INSIDE = re.compile(r"(?<=\d)(?=[\d万亿个名户元家%.])")
_TWO_DIGITS = re.compile(r"(?<=[\u4e00-\u9fff])(?<![图表第附])(\d{2,3})(?=[名位户家项处座亩吨])")
_BESIDE = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])")
_SYNONYMS = (("平方公里", "平方千米"), ("摄氏度", "℃"), ("平方米", "㎡"), ("公斤", "kg"), ("公顷", "㏊"))


def in_characters(number: int) -> str:
    """A number below 10,000 in characters.

    >>> in_characters(1205), in_characters(18)
    ('一千二百零五', '十八')
    """
    written, gap = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + sign
            gap = False
        else:
            gap = True
    return written.removeprefix("一") if written.startswith("一十") else written


def ascii_marks(text: str, chance: random.Random) -> str:
    return text.translate(_ASCII)


def full_width(text: str, chance: random.Random) -> str:
    return text.translate(_FULL_WIDTH)


def invisible(text: str, chance: random.Random) -> str:
    return _INSIDE.sub(lambda _: chance.choice(["", "\u200b", "\u2060", "\ufeff"]), text)


def myriads_written_out(text: str, chance: random.Random) -> str:
    return _MYRIADS.sub(lambda match: str(round(float(match[1]) * 10_000)), text)


def digits_to_characters(text: str, chance: random.Random) -> str:
    return _SMALL.sub(lambda m: in_characters(int(m[1])) if m[1][0] != "0" else m[1], text)


@cache
def _traditional() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert


def traditional(text: str, chance: random.Random) -> str:
    return _traditional()(text)


def unit_synonyms(text: str, chance: random.Random) -> str:
    for one, other in _SYNONYMS:
        text = text.replace(one, other)
    return text


def a_blank_in_a_number(text: str, chance: random.Random) -> str:
    return _TWO_DIGITS.sub(lambda match: f"{match[1][0]} {match[1][1:]}", text)


def blanks_beside_numbers(text: str, chance: random.Random) -> str:
    return _BESIDE.sub(" ", text)


def one_break(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, max(2, len(text) - 1))
    return f"{text[:at]}\n{text[at:]}"


def rewrapped(text: str, chance: random.Random) -> str:
    width = chance.randrange(18, 41)
    lines = ([line[i : i + width] for i in range(0, len(line), width)] or [""] for line in text.split("\n"))
    return "\n".join(piece for pieces in lines for piece in pieces)


def a_paragraph_elsewhere(text: str, chance: random.Random) -> str:
    return f"{text}\n\n全鎮投資5萬元。\n" if text.endswith(("。", "！", "？")) else text


RELATIONS: dict[str, Relation] = {
    relation.__name__: relation
    for relation in (
        ascii_marks, full_width, invisible, myriads_written_out, digits_to_characters, traditional, unit_synonyms,
        a_blank_in_a_number, blanks_beside_numbers, one_break, rewrapped,
    )
}  # fmt: skip
