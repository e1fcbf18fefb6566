"""Numbers of cells that say more or less than a number: ≥95, 约120, 3—5, 80以上.

In goes the folded text of a cell, out come its digits, its unit and how the number is meant, in the qualifiers of prose.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from extractor.matching import compiled
from extractor.model import Number, Value

_DIGITS = r"(?:[0-9]{1,3}(?>(?:,[0-9]{3})+)|[0-9]++)(?:\.[0-9]++)?"
_QUALIFIED = compiled(
    rf"(?P<before>≥|>=|=>|≧|不低于|不少于|至少|大于等于|>|大于|高于|超过?|≤|<=|=<|≦|不高于|不超过|不大于|至多|<|小于|低于|不足|约|近)?"
    rf"(?P<low>{_DIGITS})(?:%?[-—–~～至]+(?P<high>{_DIGITS}))?(?P<unit>%|‰|[\u4e00-\u9fff]{{1,4}}?)??(?P<after>及?以上|及?以下|以内|左右|上下)?"
)
_WORDS = {
    "≥": "at_least", ">=": "at_least", "=>": "at_least", "≧": "at_least", "不低于": "at_least", "不少于": "at_least", "至少": "at_least",
    "大于等于": "at_least", ">": "over", "大于": "over", "高于": "over", "超": "over", "超过": "over", "≤": "at_most", "<=": "at_most",
    "=<": "at_most", "≦": "at_most", "不高于": "at_most", "不超过": "at_most", "不大于": "at_most", "至多": "at_most", "<": "under",
    "小于": "under", "低于": "under", "不足": "under", "约": "about", "近": "nearly", "以上": "at_least", "及以上": "at_least",
    "以下": "at_most", "及以下": "at_most", "以内": "at_most", "左右": "about", "上下": "about",
}  # fmt: skip


class Qualified(NamedTuple):
    """A number as a cell tells it: its digits, those of the other end of a range, its unit, and its qualifier."""

    low: str
    high: str
    unit: str
    qualifier: str


def read(text: str) -> Qualified | None:
    """What a cell tells, None for a plain number and for words.

    >>> read("≥95%"), read("3—5")
    (Qualified(low='95', high='', unit='%', qualifier='at_least'), Qualified(low='3', high='5', unit='', qualifier='range'))
    >>> read("120人左右")
    Qualified(low='120', high='', unit='人', qualifier='about')
    >>> read("95"), read("约定3次"), read("2023-2025"), read("12-3")
    (None, None, None, None)
    """
    match = _QUALIFIED.fullmatch(text)
    if match is None:
        return None
    before, after, high = match["before"] or "", match["after"] or "", match["high"] or ""
    if sum(map(bool, (before, after, high))) != 1:
        return None
    if high and (_year(match["low"]) or float(high.replace(",", "")) <= float(match["low"].replace(",", ""))):
        return None
    return Qualified(match["low"], high, match["unit"] or "", "range" if high else _WORDS[before or after])


def bounded(value: Value, told: Qualified) -> Number:
    """The number of a cell whose plain number is ``value``, multipliers resolved.

    >>> bounded(950000, read("≥95"))
    Number(value=950000, low=950000, high=None, qualifier='at_least')
    >>> bounded(30000, read("3—5"))
    Number(value=None, low=30000, high=50000, qualifier='range')
    """
    if told.high:
        plain = Fraction(told.low.replace(",", ""))
        top = Fraction(told.high.replace(",", "")) * (round(Fraction(str(value)) / plain) if plain else 1)
        return Number(None, value, int(top) if top.denominator == 1 else float(top), "range")
    low = value if told.qualifier in ("over", "at_least") else None
    high = value if told.qualifier in ("nearly", "under", "at_most") else None
    return Number(value, low, high, told.qualifier)


def _year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")
