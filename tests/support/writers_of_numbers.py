"""Numbers put into words for the tests, by rules that share nothing with ``extractor.numerals.numbers``.

Each writer takes a whole number from 0 to 10**16 and gives one way of writing it.
"""

from __future__ import annotations

ONES = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
FORMAL = dict(zip("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))
TRADITIONAL = {"万": "萬", "亿": "億", "两": "兩", "点": "點", "几": "幾", "数": "數", "余": "餘", "来": "來"}


def chinese(number: int) -> str:
    """三千五百六十, 一百零五, 一万零五百, 十二."""
    if number < 10:
        return ONES[number]
    sizes = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
    size, unit = next(pair for pair in sizes if number >= pair[0])
    many, rest = divmod(number, size)
    head = ("" if size == 10 and many == 1 else chinese(many)) + unit
    if not rest:
        return head
    if rest < size // 10:
        return head + "零" + chinese_within(rest)
    return head + chinese_within(rest)


def chinese_within(number: int) -> str:
    """The same behind a larger part: 一百一十, not 一百十."""
    written = chinese(number)
    return "一" + written if written.startswith("十") else written


def with_liang(number: int) -> str:
    """Every 二 that may be 两 is: 两千两百二十二."""
    written = chinese(number)
    for unit in "百千万亿":
        written = written.replace("二" + unit, "两" + unit)
    return written.replace("十两", "十二")


def colloquial(number: int) -> str | None:
    """The last multiplier left out: 两万三, 三千二, 一百八; None where that cannot be said."""
    written = with_liang(number)
    for full, larger in (("十", "百"), ("百", "千"), ("千", "万")):
        if written.endswith(full) and written[-3:-2] == larger and written[-2] not in "零两":
            return written[:-1]
    if written.endswith("千万") and written[-4:-3] == "亿" and written[-3] not in "零两":
        return written[:-2]
    return None


def formal(number: int) -> str:
    """壹佰贰拾."""
    return "".join(FORMAL.get(character, character) for character in chinese_within(number))


def traditional(number: int) -> str:
    """兩萬三千."""
    return "".join(TRADITIONAL.get(character, character) for character in with_liang(number))


def arabic(number: int) -> str:
    return str(number)


def grouped(number: int) -> str:
    return f"{number:,}"


def grouped_wide(number: int) -> str:
    """1，240: the separator that a Chinese keyboard gives."""
    return f"{number:,}".replace(",", "，")


def grouped_blank(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def full_width(number: int) -> str:
    """１２４０."""
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def mixed(number: int) -> str:
    """3亿2000万5000: digits with 亿 and 万 between them."""
    if number < 10**4:
        return str(number)
    parts = ""
    yi, rest = divmod(number, 10**8)
    wan, ones = divmod(rest, 10**4)
    if yi:
        parts += f"{yi}亿"
    if wan:
        parts += ("零" if yi and wan < 1000 else "") + f"{wan}万"
    if ones:
        parts += ("零" if ones < 1000 or (yi and not wan) else "") + str(ones)
    return parts


def mixed_thousands(number: int) -> str:
    """3亿2千万, 5万3千: the round numbers of speech, the rest as ``mixed``."""
    yi, rest = divmod(number, 10**8)
    if 0 < yi < 10**4 and rest and rest % 10**7 == 0:
        return f"{yi}亿{rest // 10**7}千万"
    wan, rest = divmod(number, 10**4)
    if 0 < wan < 10**4 and rest and rest % 1000 == 0:
        return f"{wan}万{rest // 1000}千"
    return mixed(number)


def decimal_myriads(number: int) -> str:
    """1.2万, 3.25亿, exact however many places that takes."""
    for size, zeros, unit in ((10**8, 8, "亿"), (10**4, 4, "万")):
        if number >= size:
            whole, rest = divmod(number, size)
            places = str(rest).zfill(zeros).rstrip("0")
            return f"{whole}.{places}{unit}" if places else f"{whole}{unit}"
    return str(number)


WRITERS = [
    arabic,
    grouped,
    grouped_wide,
    grouped_blank,
    full_width,
    chinese,
    with_liang,
    colloquial,
    formal,
    traditional,
    mixed,
    mixed_thousands,
    decimal_myriads,
]
