"""From the text of a numeral to its number: ``60余万`` says 600000 up to 700000, "over".

``parse`` reads any candidate of ``numerals.scan``. The arithmetic is exact; only the result is turned into a
float, the nearest one, where it is not whole. A candidate that states no number for certain (``5.6.7``,
``2023-05-17``, ``亿万``, ``二五百``) raises ValueError: no value is better than a guessed one.

The bounds follow the qualifiers of the contract: 余, 多, 来 and 几 leave open one step of the last stated
digit, where the closing zeros of a whole number count as not stated (7300余 → 7300 … 7400, 百余 → 100 … 200).

cn2an reads only well-formed Chinese integers and costs a quarter of a second to load, so the tests use it to
check this module and the module itself does without.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon.folding import SIGN_NUMERALS, SUPERSCRIPTS, fold, sign_value, visible
from extractor.matching import compiled
from extractor.model import Number, Value
from extractor.numerals.cardinals import ASCII, BARE, DIGITS, exact, of_multipliers

# Longer numerals are codes; reading them would take time in proportion to the square of their length.
MAX_LENGTH = 60
MAX_DIGITS = 30

_PLAIN = str.maketrans(
    {
        **dict(zip("〇壹贰叁肆伍陆柒捌玖拾佰仟", "零一二三四五六七八九十百千", strict=True)),
        "廿": "二十",
        "卅": "三十",
        "卌": "四十",
        "皕": "二百",
        "单": "零",  # 一百单八
        # Letters that multiply: 10W, 15k, 3M.
        **dict(zip("kKwW", "千千万万", strict=True)),
        "M": "百万",
    }
)

_GROUPED = compiled(r"(?<![0-9])[0-9]{1,3}([,，'’ \u00a0\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])")
# The blank that Latin typesetting puts between digits and characters: 18.5 亿.
_BLANK = compiled(r"(?<=[0-9]) (?=[百千万亿余多来])")
_POINT = compiled("(?<=[0-9])点(?=[0-9])")  # 1点5亿
_IDLE = compiled(r"个(?=多?亿)|\(不?含\)")  # 两个亿, 9个多亿, 1万(含)-5万
_TO = compiled(r" ?(?:——|[~至到—]) ?|(?<=[^~至到— -]) ?- ?")
_SIGNED = compiled("(?:-|负|零下) ?")
# 3×10^8, 10⁸, 1.5e6; 1 1/2, 1½.
_POWER = compiled(
    rf"(?:([0-9]+(?:\.[0-9]+)?) ?[×*] ?)?([0-9]+(?:\.[0-9]+)?)(?:\^([+-]?[0-9]{{1,3}})|(⁻?[{SUPERSCRIPTS}]+))"
)
_EXPONENT = compiled(r"([0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]{1,2})")
_MIXED = compiled(r"([0-9]{1,3})[ 又]([0-9]{1,2}/[0-9]{1,3})")
_SIGN_NUMERAL = compiled(f"([0-9]*)([{SIGN_NUMERALS}])")
_SMALL_DIGITS = str.maketrans(f"⁻{SUPERSCRIPTS}", "-0123456789")
_LARGEST_EXPONENT = 30
_RATIO = compiled(r"([0-9]+(?:\.[0-9]+)?)/([0-9]+(?:\.[0-9]+)?)")
_SHARED = compiled(r"[百千]?[万亿]*\Z")

# 数百, 几十万, 上万; 几百上千, 成千上万; 数以万计: the number named first is the value.
_SOME = compiled(
    r"[数上几]([十百千万亿]+)|[几数上]([十百千万亿]+)上[百千万亿]+|成([十百千万亿]+)[上成累][十百千万亿]+|数以([十百千万亿]+)计|([百千万])把"
)
# 百十, 百八十, 千八百, 万八千: "about" the first.
_ROUGHLY = compiled(
    r"(百)(?:十|[一二三四五六七八九]十)|(千)[一二三四五六七八九]百|(万)[一二三四五六七八九]千"
)
_OVER = compiled(r"(.+?)(?:余|多|来|几[十百千]?)([万亿]*)(?:余|多)?")

_PAIR = compiled(f"(?<![{DIGITS}两])([一二三四五六七八两])([二三四五六七八九两])(?![{DIGITS}两])")
_PAIRS = {f"{a}{b}": (a, b) for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True)}
_PAIRS |= {"一两": ("一", "二"), "两三": ("二", "三")}
# Pairs that are none inside a longer numeral (十三五 is a name).
_FIRST_PAIRS = {"三五": ("三", "五"), "三两": ("二", "三")}

_DECIMALS = compiled(r"\.([0-9]+)([十百千万亿]*)\Z")


class PrecisionError(ValueError):
    """A number that is read for certain and has more digits than a value of the table keeps."""


class _Extent(NamedTuple):
    """A number in exact arithmetic; the fields are those of ``Number``."""

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    qualifier: str = "exact"

    def times(self, factor: Fraction) -> _Extent:
        """All three multiplied by ``factor``; a negative one swaps the bounds."""
        value, low, high = (None if x is None else x * factor for x in self[:3])
        return (
            _Extent(value, low, high, self.qualifier)
            if factor >= 0
            else _Extent(value, high, low, self.qualifier)
        )


def parse(text: str) -> Number:
    """The number that folded ``text`` states, with bounds and qualifier.

    >>> parse("3亿2千万")
    Number(value=320000000, low=320000000, high=320000000, qualifier='exact')
    >>> parse("60余万")
    Number(value=600000, low=600000, high=700000, qualifier='over')
    >>> parse("数百")
    Number(value=100, low=100, high=None, qualifier='about')
    >>> parse("3至5万")
    Number(value=None, low=30000, high=50000, qualifier='range')

    百分之 and 千分之 are left to the unit, so 百分之五 is 5; any other fraction has its decimal value.

    >>> parse("百分之九十一点五").value, parse("四分之三").value
    (91.5, 0.75)

    Raises ValueError if the text states no number.

    >>> parse("5.6.7")
    Traceback (most recent call last):
    ValueError: not a number: '5.6.7'
    """
    if len(text) <= MAX_DIGITS and text.isdecimal() and text.isascii():
        whole = int(text)
        return Number(whole, whole, whole)
    if not 0 < len(text) <= MAX_LENGTH:
        raise ValueError(f"not a number: {text[:20]!r} ({len(text)} characters)")
    return _parse(text)


# Blanks inside a numeral that nobody needs to tell two numbers apart: 三 十 二, 负 5, 18.5 亿.
_BLANKS = compiled(r"(?<![0-9.,])\s+|\s+(?![0-9])|\s+(?=[0-9.]+[百千万亿])")
_DOZEN = compiled(r"\s*打$")


def parse_number(text: str) -> Number:
    """The number of a numeral as written, full-width, traditional, with a sign or blanks. ValueError if it is none.

    >>> parse_number("１２億").value, parse_number("负三十二").value
    (1200000000, -32)
    >>> parse_number("两打").value
    24
    """
    folded = fold(visible(text)).strip()
    if dozen := _DOZEN.search(folded):
        return _times(parse(_BLANKS.sub("", folded[: dozen.start()])), 12)
    try:
        return parse(folded)
    except ValueError:
        joined = _BLANKS.sub("", folded)
        if joined == folded:
            raise
        return parse(joined)


def _times(number: Number, factor: int) -> Number:
    """The number and its bounds times a whole number."""
    value, low, high = (None if x is None else _result(Fraction(x) * factor) for x in number[:3])
    return Number(value, low, high, number.qualifier)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Number:
    """``parse`` for all but plain digits. The same few numerals fill a newspaper, so results are kept."""
    try:
        extent = _range_or_single(_normal(text))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"not a number: {text!r}") from error
    return Number(_result(extent.value), _result(extent.low), _result(extent.high), extent.qualifier)


def _result(number: Fraction | None) -> Value | None:
    """An int if ``number`` is whole, else the nearest float. A decimal that the float does not show is refused."""
    if number is None or number.denominator == 1:
        return None if number is None else number.numerator
    value = number.numerator / number.denominator
    if Fraction(repr(value)) != number and (10**MAX_LENGTH) % number.denominator == 0:
        raise PrecisionError(f"not a number that a value keeps to its last digit: {float(value)!r}")
    return value


def _normal(text: str) -> str:
    """One spelling for the financial digits, 〇, 廿 and 卅; thousands without separators."""
    text = _POINT.sub(".", _IDLE.sub("", _BLANK.sub("", text.translate(_PLAIN))))
    text = _GROUPED.sub(lambda match: match.group().replace(match.group(1), ""), text)
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        raise ValueError("too many digits")
    return text


def _range_or_single(text: str) -> _Extent:
    """A number, or two with a word or dash between them."""
    first, *others = _TO.split(text)
    if not others:
        return _single(first)
    if len(others) > 1:
        raise ValueError("a chain of numbers")
    second = others[0]
    denominator, part, _ = first.partition("分之")
    if part and part not in second:  # 百分之三至五
        second = denominator + part + second
    return _range(first, second)


def _range(first: str, second: str) -> _Extent:
    """From ``first`` to ``second``. A multiplier of the second is shared (3至5万) if that fits."""
    lower, upper = _single(first), _single(second)
    low = lower.value if lower.low is None else lower.low
    high = upper.value if upper.high is None else upper.high
    shared = _SHARED.search(second)
    multiplier = shared.group() if shared else ""
    if any(character in first for character in "十百千"):
        multiplier = multiplier.lstrip("百千")
    if multiplier and multiplier != second and not any(character in first for character in "万亿"):
        factor = of_multipliers(multiplier)
        if low is not None and high is not None and low * factor <= high:
            low *= factor
    if low is None or high is None or low == high or (low > high and high >= 0):
        raise ValueError("not from less to more")
    return _Extent(None, min(low, high), max(low, high), "range")


def _single(text: str) -> _Extent:
    """A number that is no range with a word or dash, though it may be a pair (两三百)."""
    if signed := _SIGNED.match(text):
        return _single(text[signed.end() :]).times(Fraction(-1))
    if (special := _special(text)) is not None:
        return _exactly(special)
    denominator, part, numerator = text.partition("分之")
    if part:
        integer, mixed, divisor = denominator.partition("又")
        if not mixed:
            return _share(denominator, numerator)
        fraction = _share(divisor, numerator)
        if fraction.qualifier != "exact" or fraction.value is None:
            raise ValueError("no mixed fraction")
        return _exactly(exact(integer) + fraction.value)
    if match := _RATIO.fullmatch(text):
        share, whole = Fraction(match[1]), Fraction(match[2])
        if share >= whole:
            raise ValueError("no part of a whole but a date, a season or the like")
        return _exactly(share / whole)
    if text in ("半", "一半"):
        return _exactly(Fraction(1, 2))
    if text == "半百":
        return _exactly(Fraction(50))
    if text[:1] == "半" and BARE.fullmatch(text, 1):  # 半个亿
        return _exactly(of_multipliers(text[1:]) / 2)
    if match := _SOME.fullmatch(text):
        value = of_multipliers(match[match.lastindex or 1])
        return _Extent(value, value, None, "about")
    if match := _ROUGHLY.fullmatch(text):
        return _Extent(of_multipliers(match[match.lastindex or 1]), None, None, "about")
    if match := _OVER.fullmatch(text):
        return _over(match[1], match[2])
    return _pair(text) or _exactly(exact(text))


def in_words(text: str) -> str:
    """A sign numeral as the numeral that it stands for, for the rules: Ⅱ is 二, ⑫ is 12. Others stay as they are."""
    value = sign_value(text)
    if value is None or value.denominator != 1:
        return text
    return DIGITS[int(value)] if value < 10 else str(value)


def _special(text: str) -> Fraction | None:
    """The value of a sign numeral, a power or a whole number with a fraction; None if ``text`` is none of them."""
    if text == "百分百":
        return Fraction(100)
    if match := _SIGN_NUMERAL.fullmatch(text):
        value = sign_value(match[2])
        if value is None or (match[1] and value >= 1):
            raise ValueError("no numeral, or one that is a mark behind another")
        return Fraction(match[1] or 0) + value
    if match := _MIXED.fullmatch(text):
        part = Fraction(match[2])
        if part >= 1:
            raise ValueError("no part of a whole")
        return Fraction(match[1]) + part
    if match := _EXPONENT.fullmatch(text):
        return _power(Fraction(match[1]), Fraction(10), int(match[2]))
    if match := _POWER.fullmatch(text):
        exponent = int(match[3] or match[4].translate(_SMALL_DIGITS))
        if match[4] and not match[1] and (match[2] != "10" or exponent < 3):
            raise ValueError("the small digit may be the mark of a note")
        return _power(Fraction(match[1] or 1), Fraction(match[2]), exponent)
    return None


def _power(factor: Fraction, base: Fraction, exponent: int) -> Fraction:
    """``factor`` times ``base`` to the power ``exponent``."""
    if abs(exponent) > _LARGEST_EXPONENT:
        raise ValueError("an exponent too large")
    return Fraction(factor * base**exponent)


def _exactly(value: Fraction) -> _Extent:
    return _Extent(value, value, value)


def _share(denominator: str, numerator: str) -> _Extent:
    """三分之二; 百分之 and 千分之 are units and divide nothing."""
    extent = _single(numerator)
    if denominator in ("百", "千"):
        return extent
    divisor = of_multipliers(denominator) if BARE.fullmatch(denominator) else exact(denominator)
    if not divisor:
        raise ValueError("division by zero")
    return extent.times(1 / divisor)


def _over(base: str, multiplier: str) -> _Extent:
    """60余万, 十几, 1.2万多: from the stated number up to one step of its last stated digit."""
    extent = _single(base)
    factor = of_multipliers(multiplier) if multiplier else Fraction(1)
    if extent.qualifier == "exact" and extent.value:
        extent = _Extent(extent.value, extent.value, extent.value + _step(base, extent.value), "over")
    elif extent.qualifier not in ("about", "range"):
        raise ValueError("a bit more than nothing")
    return extent.times(factor)


def _step(base: str, value: Fraction) -> Fraction:
    """What one more in the last stated digit adds: 60 → 10, 1332 → 1, 1.2万 → 1000."""
    if match := _DECIMALS.search(base.translate(ASCII)):
        return Fraction(1, 10 ** len(match[1])) * (of_multipliers(match[2]) if match[2] else 1)
    digits = str(value.numerator)
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def _pair(text: str) -> _Extent | None:
    """两三百, 十七八: two neighbouring digits that mean from the one to the other; None if there are none."""
    matches = _PAIR.findall(text)
    if len(matches) != 1 or "点" in text:
        return None
    pair = "".join(matches[0])
    ends = _PAIRS.get(pair) or (_FIRST_PAIRS.get(pair) if text.startswith(pair) else None)
    if ends is None:
        return None
    low, high = (exact(text.replace(pair, digit)) for digit in ends)
    return _Extent(None, low, high, "range")
