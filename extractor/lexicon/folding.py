"""A shadow of a text for matching: the same length, other characters.

``fold`` gives full-width digits, letters and signs their ASCII form, traditional characters their simplified
form and corner quotes their curved form. Lone surrogates become U+FFFD. It puts one character for one, so
an offset in the shadow is an offset in the text. Rules match the shadow; what is shown to the user is always
cut from the text itself.

The Chinese punctuation ，。、；！？ stays as it is, because rules tell it from the ASCII marks. The
full-width colon becomes ``:`` only between digits (3：1, 12：30).
"""

from __future__ import annotations

import re
from functools import cache

# Signs whose full-width form carries meaning of its own in Chinese prose.
_KEPT = "，；：？！"

_SIGNS: dict[str, str] = {
    **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code + 0xFEE0) not in _KEPT},
    "〜": "~",  # wave dash, U+301C
    "∼": "~",  # tilde operator, U+223C
    "−": "-",  # minus sign, U+2212
    "‐": "-",  # hyphen, U+2010
    "‑": "-",  # non-breaking hyphen, U+2011
    "‒": "-",  # figure dash, U+2012
    "–": "-",  # en dash, U+2013
    "﹣": "-",  # small hyphen-minus, U+FE63
    "―": "—",  # horizontal bar, U+2015
    "﹪": "%",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "〝": "“",
    "〞": "”",
}

# Frequent characters that only traditional text has. One of them in a text is enough to fold all the others:
# rarer ones (後, 著, 乾) also occur in simplified text as names and must not trigger the fold alone.
_TRADITIONAL = frozenset(
    "萬億兩幾數戶隻噸餘來點個們這說對時會國學過為與產業動務員發經濟種實現開關長門間題應東車馬農"
    "資報導據統計畫區縣鄉鎮團隊總約達約從將還進萊縮條張輛棟場處類億貳參陸較減獲檢聯勞顯調漲價額錢買賣銷產頭電網線給級結績維續編練組織險階際隨雙難離靜領頻題願飛館駛驗鐵銀錄鋼錯陽陳"
)

# The mark stands first in each pattern and its surroundings after it: so the search runs at full speed.
_CIRCLES = re.compile(r"[○◯]+")
_COLON = re.compile(r"：(?<=[0-9]：)(?=[0-9])")

# From this many different characters on, one pass of str.translate is quicker than a str.replace for each.
_MANY = 48


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters and their simplified forms, one to one, as OpenCC's t2s has them.

    The characters are converted on lines of their own, so that no rule of OpenCC for words can apply.
    """
    import opencc  # loaded only for traditional text

    characters = [chr(code) for code in range(0x3400, 0xA000)]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if len(new) == 1 and new != old}


def _zeros(match: re.Match[str]) -> str:
    """Circles next to a Chinese digit are zeros (二○二三, 三六○○); others stand for a name (○○村)."""
    start, end = match.span()
    neighbours = match.string[max(0, start - 1) : start] + match.string[end : end + 1]
    beside_digit = any(character in "零〇一二三四五六七八九" for character in neighbours)
    return "〇" * (end - start) if beside_digit else match.group()


def fold(text: str) -> str:
    r"""The shadow of ``text``: exactly as long, for matching only. Any string is taken; nothing is raised.

    >>> fold("增长１８．５％（同比）")
    '增长18.5%(同比)'
    >>> fold("二○二三年，一億兩千萬戶")
    '二〇二三年，一亿两千万户'
    >>> fold("「三農」３：１")
    '“三农”3:1'
    >>> fold("\ud8003户") == "\ufffd3户"
    True
    """
    if text.isascii():
        return text
    present = set(text)
    table: dict[str, str] = {sign: _SIGNS[sign] for sign in present & _SIGNS.keys()}
    # Halves of a character, left by bad decoding: no library takes them.
    table.update((sign, "\ufffd") for sign in present if "\ud800" <= sign <= "\udfff")
    if not present.isdisjoint(_TRADITIONAL):
        simplified = _simplified()
        table.update((character, simplified[character]) for character in present & simplified.keys())
    if len(table) > _MANY:
        text = text.translate({ord(old): new for old, new in table.items()})
    else:
        for old, new in table.items():
            text = text.replace(old, new)
    if "○" in present or "◯" in present:
        text = _CIRCLES.sub(_zeros, text)
    return _COLON.sub(":", text) if "：" in present else text
