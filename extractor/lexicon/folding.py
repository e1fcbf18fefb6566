"""A shadow of a text for matching: the same length, other characters.

``fold`` gives full-width digits, letters and signs their ASCII form, digits of every script their ASCII form,
traditional characters their simplified form and corner quotes their curved form. Lone surrogates become U+FFFD. It
puts one character for one, so an offset in the shadow is an offset in the text. Rules match the shadow; what is shown
to the user is always cut from the text itself.

A numeral that is one character and no digit (⑫ ½ Ⅷ ㈠ 🔟) becomes a *sign numeral*, a character of a private plane
that tells its value: ``sign_value`` reads it.

The Chinese punctuation ，。、；！？ stays as it is, and ASCII marks beside Chinese characters get its form (4张,已付). The
full-width colon becomes ``:`` only between digits (3：1, 12：30), a middle dot a decimal point only there (13·4亿).
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache

from extractor.matching import compiled

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
    "─": "—",  # box drawings, U+2500, often typed for a dash
    "﹪": "%",
    "℅": "%",  # care of, often typed for %
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "〝": "“",
    "〞": "”",
}
# Other writings of numerals that Unicode does not decompose.
_VARIANTS = dict(zip("弌弍弎壱弐弎貮亖卄両㆒㆓㆔㆕〸〹〺", "一二三壹贰叁贰四廿两一二三四十廿卅", strict=True))
# Radicals that stand for whole characters in text copied out of PDFs and that Unicode does not map: 增⻓, 居⺠.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_HANGZHOU = dict(zip("〡〢〣〤〥〦〧〨〩", "123456789", strict=True))
_KEYCAPS = {"🔟": Fraction(10)}

# Sign numerals: whole numbers by their value, the others by their place in a list.
_WHOLE = 0xF0000
_PARTS = 0xFE000
SIGN_NUMERALS = f"{chr(_WHOLE)}-{chr(0xFFFFD)}"
_LARGEST = _PARTS - _WHOLE - 1
# Superscripts and subscripts stay: they are part of units (m²) and powers (10⁸).
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SMALL = frozenset(f"{SUPERSCRIPTS}₀₁₂₃₄₅₆₇₈₉")

# Characters that are not seen and say nothing: soft hyphen, joiners, marks of direction, the byte order mark.
_UNSEEN = "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
# Between the two characters of one line break they stay, so that it is one break or two as the source has it.
UNSEEN = compiled(_UNSEEN)
INVISIBLE = compiled(f"(?<!\r)(?<!{_UNSEEN}){_UNSEEN}++|{_UNSEEN}++(?!\n)")

# From this many different characters on, one pass of str.translate is quicker than a str.replace for each.
_MANY = 48

# The mark stands first in each pattern and its surroundings after it: so the search runs at full speed.
_CIRCLES = compiled(r"[○◯]+")
# 二０００年: zeros among digits in characters.
_ZEROS = compiled("0(?<=[一二三四五六七八九〇零]0)0*(?=[年一二三四五六七八九〇零])")
_COLON = compiled(r"：(?<=[0-9]：)(?=[0-9])")
_MIDDLE_DOT = compiled(r"[·・･•‧∙⋅](?<=[0-9].)(?=[0-9])")
# ASCII punctuation beside a Chinese character or behind a closing mark; not between digits (1,234) or in Latin text.
_ASCII_MARK = compiled(r"[,;!?](?:(?<=[\u3400-\u9fff”’》）)%][,;!?])|(?=[\u3400-\u9fff“‘《（]))")
_FULL = dict(zip(",;!?", "，；！？", strict=True))
_LINE = compiled(r"[^\n\r]+")
# 参 is 3 and 幺 is 1 only among other numerals.
_THREE = compiled("[参參](?:(?=[拾佰仟])|(?<=[壹贰叁肆伍陆柒捌玖参][拾佰仟].)(?![加观与赛考]))")
_ONE = compiled("幺(?:(?=[零〇一二三四五六七八九])|(?<=[零〇一二三四五六七八九]幺)|(?<!..)(?!.))")
_DOTS = frozenset("·・･•‧∙⋅")


def sign_value(character: str) -> Fraction | None:
    """The value of a sign numeral of the shadow, None for any other character.

    >>> sign_value(fold("½"))
    Fraction(1, 2)
    """
    code = ord(character) if len(character) == 1 else 0
    if not _WHOLE <= code <= 0xFFFFD or code == _WHOLE + _LARGEST:
        return None
    return Fraction(code - _WHOLE) if code < _PARTS else _parts()[code - _PARTS]


@cache
def _parts() -> tuple[Fraction, ...]:
    """The values of the characters that are no whole number, as Unicode gives them: ½, ⅓, ⅞."""
    values = {
        Fraction(unicodedata.numeric(chr(code))).limit_denominator(1000)
        for block in ((0xA0, 0x100), (0x2150, 0x2190))
        for code in range(*block)
        if unicodedata.category(chr(code)) == "No"
    }
    return tuple(sorted(value for value in values if value.denominator != 1))


_known: dict[str, str] = {}
_unchanged: set[str] = {chr(code) for code in range(128)}
"""Characters that were met and have no shadow but themselves."""


def _shadow(character: str) -> str:
    """The shadow of one character wherever it stands, itself where it has none. Those met are remembered."""
    found = _known.get(character)
    if found is None:
        found = _known[character] = _shadow_of(character)
        if found == character:
            _unchanged.add(character)
    return found


def _shadow_of(character: str) -> str:
    """``_shadow`` for a character that was not met before."""
    if character in _SIGNS:
        return _SIGNS[character]
    if 0xD800 <= ord(character) <= 0xDFFF:
        return "\ufffd"  # a half of a character, left by bad decoding: no library takes it
    if character in _HANGZHOU:
        return _HANGZHOU[character]
    variant = _VARIANTS.get(character) or _RADICALS.get(character, character)
    code = ord(variant)
    if 0x3400 <= code < 0xA000:
        return variant if _usual(variant) else _simplified().get(variant, variant)
    if code >= _WHOLE:
        return "\ufffd"  # private characters say nothing, and must not be taken for sign numerals
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("No", "Nl") and character not in _SMALL and character != "〇":
        return _sign(Fraction(unicodedata.numeric(character)).limit_denominator(1000))
    if character in _KEYCAPS:
        return _sign(_KEYCAPS[character])
    if (
        0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00
    ):  # radicals, and characters kept for other standards
        plain = unicodedata.normalize("NFKC", character)
        return _shadow(plain) if len(plain) == 1 and plain != character else character
    return variant


def _sign(value: Fraction) -> str:
    """The sign numeral of a value; the replacement character where there is none."""
    if value.denominator == 1 and 0 <= value <= _LARGEST:
        return chr(_WHOLE + int(value))
    return chr(_PARTS + _parts().index(value)) if value in _parts() else chr(_WHOLE + _LARGEST)


def _usual(character: str) -> bool:
    """Whether simplified text has the character: whether it is in the national standard of 1980."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters and their simplified forms, one to one, as OpenCC's t2s has them.

    The characters are converted on lines of their own, so that no rule of OpenCC for words can apply.
    """
    import opencc  # loaded only for traditional text

    characters = [chr(code) for code in range(0x3400, 0xA000)]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if len(new) == 1 and new != old}


@cache
def _shared() -> dict[str, str]:
    """The traditional characters that simplified text has too (後, 乾, 於), with their simplified forms."""
    return {old: new for old, new in _simplified().items() if _usual(old)}


def _traditional_lines(text: str, traditional: frozenset[str], shared: dict[str, str]) -> str:
    """Folds the characters that both scripts have, in lines that are traditional by another character."""

    def line(match: re.Match[str]) -> str:
        found = match.group()
        return found.translate(table) if not traditional.isdisjoint(found) else found

    table = {ord(old): new for old, new in shared.items()}
    return _LINE.sub(line, text)


def _zeros(match: re.Match[str]) -> str:
    """Circles next to a Chinese digit are zeros (二○二三, 三六○○); others stand for a name (○○村)."""
    start, end = match.span()
    neighbours = match.string[max(0, start - 1) : start] + match.string[end : end + 1]
    beside_digit = any(character in "零〇一二三四五六七八九" for character in neighbours)
    return "〇" * (end - start) if beside_digit else match.group()


def visible(text: str) -> str:
    r"""The text without characters that are not seen, shorter by as many.

    >>> visible("1\u200b2户")
    '12户'
    """
    return INVISIBLE.sub("", text)


def fold(text: str) -> str:
    r"""The shadow of ``text``: exactly as long, for matching only. Any string is taken; nothing is raised.

    >>> fold("增长１８．５％（同比）")
    '增长18.5%(同比)'
    >>> fold("二○二三年，一億兩千萬戶")
    '二〇二三年，一亿两千万户'
    >>> fold("「三農」３：１，１３·４億")
    '“三农”3:1，13.4亿'
    >>> fold("\ud8003户") == "\ufffd3户"
    True
    """
    if text.isascii():
        return text
    present = set(text)
    table = {sign: new for sign in present - _unchanged if (new := _shadow(sign)) != sign}
    traditional = frozenset(sign for sign in table if "\u3400" <= sign < "\ua000")
    if traditional:
        shared = {sign: new for sign, new in _shared().items() if sign in present}
        if shared:
            text = _traditional_lines(text, traditional, shared)
    if len(table) > _MANY:
        text = text.translate({ord(old): new for old, new in table.items()})
    else:
        for old, new in table.items():
            text = text.replace(old, new)
    if "○" in present or "◯" in present:
        text = _CIRCLES.sub(_zeros, text)
    if "0" in text:
        text = _ZEROS.sub(lambda match: "〇" * len(match.group()), text)
    if "参" in text or "幺" in present:
        text = _ONE.sub("一", _THREE.sub("叁", text))
    if not present.isdisjoint(_DOTS):
        text = _MIDDLE_DOT.sub(".", text)
    if not present.isdisjoint(",;!?"):
        text = _ASCII_MARK.sub(lambda match: _FULL[match.group()], text)
    return _COLON.sub(":", text) if "：" in present else text
