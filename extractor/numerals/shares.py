"""Fractions as Hong Kong says them, without 之: 加息四分一厘, 三分二的租户, 三分一学生."""

from __future__ import annotations

from extractor.lexicon.words import Unit
from extractor.matching import compiled
from extractor.numerals import numbers
from extractor.numerals.drafts import Draft
from extractor.numerals.rejects import Look

_SHARE = compiled("([二三四五六七八九十])分([一二三四五六七八九])")
_NO_SHARE_AFTER = frozenset("点时零〇一二三四五六七八九十百千万")  # 三点四分, 十四分
_OF_RATES = frozenset("二四八")
_FRACTION = Unit("", "ratio", "measure")


def without_of(look: Look) -> Draft | None:
    """The figure that begins with the numeral, None where it is no such fraction.

    It is one below 1 before 厘, 的 or a noun of two characters; what is told in marks or minutes (得四分) is none, nor
    what is told in units of ten (地九分八厘): rates go by halves of halves.
    """
    found = _SHARE.match(look.text, look.start, look.finish)
    if not found or look.before(1) in _NO_SHARE_AFTER or look.numeral != found[1]:
        return None
    end = found.end()
    noun = look.lexicon.nouns.starting(look.text, end, look.finish)
    rate = look.text.startswith("厘", end)
    if rate and found[1] not in _OF_RATES:
        return None
    if not rate and not look.text.startswith("的", end) and not (noun and len(noun[0]) > 1):
        return None
    number = numbers.parse(f"{found[1]}分之{found[2]}")
    if number.value is None or number.value >= 1:
        return None
    unit = look.lexicon.units.words["厘"] if rate else _FRACTION
    return Draft(look.start, end + rate, found.group(), number, unit, "厘" if rate else "", "share")
