"""The value of a cardinal without anything vague in it: digits, multipliers, sections of four. Exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

from extractor.matching import compiled

DIGITS = "零一二三四五六七八九"
ASCII = str.maketrans(f"{DIGITS}两点", "01234567892.")
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# Digits read one by one: 一九五五, 二五 (in 二五%), 一二〇万.
_POSITIONAL = compiled(f"[{DIGITS}]{{2,}}(?:点[{DIGITS}]+)?[万亿]*")
# Digits side by side in a numeral that is written with multipliers, and 零 at its end.
_DISORDER = compiled(f"[一二三四五六七八九两][{DIGITS}两]|零零|[十百千万亿]零(?:点|\\Z)")
_SQUARE = compiled("(?<=[0-9十百千])万万")
BARE = compiled(r"[百千]?(?:万亿|亿亿|万|亿)?")
_SECTION = compiled(r"(?:([0-9.]+)千)?(?:([0-9.]+)百)?(?:([0-9]*)十)?([0-9]*(?:\.[0-9]+)?)")


def exact(text: str) -> Fraction:
    """The value of a numeral without anything vague in it: 三千二, 3亿2千万, 1.2万, 一九五五."""
    if not _POSITIONAL.fullmatch(text) and _DISORDER.search(text.partition("点")[0]):
        raise ValueError("digits out of order")
    text = _SQUARE.sub("亿", text.translate(ASCII))
    trillions, found, rest = text.partition("兆")
    if found:
        value = exact(trillions) * 10**12
        return value + exact(rest) if rest else value
    if text[:1] in "百千万亿":
        return of_multipliers(text)
    if text[:1] == ".":
        text = f"0{text}"
    return _myriads(text, "亿", 10**8) if "亿" in text else _myriads(text, "万", 10**4)


def of_multipliers(text: str) -> Fraction:
    """The value of multipliers alone: 百万, 千亿, 十万."""
    rest = text.removeprefix("十")
    if not text or not BARE.fullmatch(rest) or (rest != text and rest[:1] in ("百", "千")):
        raise ValueError("not a multiplier")
    value = 1
    for character in text:
        value *= _MULTIPLIERS[character]
    return Fraction(value)


def _myriads(text: str, unit: str, size: int) -> Fraction:
    """The value of ``text`` around the multiplier ``unit`` (亿 or 万), or of one section without it."""
    left, found, right = text.rpartition(unit)
    if not found:
        return _myriads(right, "万", 10**4) if unit == "亿" else _section(right)
    if unit == "亿" and left.endswith("亿"):  # 12.5亿亿
        left, value = left[:-1], Fraction(size)
    else:
        value = Fraction(1)
    if unit in left:
        raise ValueError("a multiplier twice")
    value *= _myriads(left, "万", 10**4) if unit == "亿" else _section(left)
    if not right:
        return value * size
    if not value or "." in left:
        raise ValueError("more after nothing or after a decimal")
    if len(right) == 1 and right in "123456789":  # 两万三 is 23000
        return value * size + int(right) * size // 10
    if right.startswith("0十"):  # 一万零十五
        right = right[1:]
    rest = _myriads(right, "万", 10**4) if unit == "亿" else _section(right)
    if rest >= size or (not rest and right[0] != "."):
        raise ValueError("a part too large")
    return value * size + rest


def _section(text: str) -> Fraction:
    """The value of thousands, hundreds, tens and ones: 3千5百6十, 1百05 (一百零五), 3千2 (3200), 18.5."""
    match = _SECTION.fullmatch(text)
    if not match or not text:
        raise ValueError("no section")
    value, limit = Fraction(0), 0
    for coefficient, size in zip(match.groups()[:3], (1000, 100, 10), strict=True):
        if coefficient is None:
            continue
        # The digit before 十 may be left out behind 零, too: 一千零十二.
        left_out = not coefficient or (coefficient == "0" and size == 10 and limit > 100)
        part = Fraction(1 if left_out else coefficient) * size
        if not part or (limit and part >= limit) or ("." in coefficient and len(text) > len(coefficient) + 1):
            raise ValueError("a part out of order")
        value, limit = value + part, size
    rest = match[4]
    if not rest:
        return value
    part = Fraction(rest)
    if limit > 10 and len(rest) == 1:  # 三千二 is 3200
        part *= limit // 10
    if limit and part >= limit:
        raise ValueError("a part too large")
    return value + part
