"""The words around a figure that say how exact it is: 约, 近, 超, 以上, 左右 (section 4 of FIGURES.md)."""

from __future__ import annotations

import re

from extractor.model import Number

# Longest first inside each alternation; the words end right before the numeral, 了/于/达/过 may stand between.
_BEFORE = re.compile(
    "(?:(?P<at_least>至少|不少于|不低于|最少|起码|不下|不小于)"
    "|(?P<at_most>至多|最多|不超过|不多于|不高于|不大于|不逾|控制在)"
    "|(?P<nearly>接近|将近|差不多|逼近|直逼|(?<![附最远就靠邻临亲新相])近)"
    "|(?P<under>不足|不到|未满|不满|低于|少于|小于|未达|达不到|未到)"
    "|(?P<over>超过|超出|突破|高于|多于|大于|逾|不止|(?<![反赶中英])超)"
    "|(?P<about>大约|大概|约|大致|上下))"
    "(?:了|达|有|为|的|至|到|过)?$"
)
_AFTER = re.compile(
    "(?P<at_least>以上|及以上|起步)|(?P<about>左右|上下)|(?P<at_most>以内|之内|以下|及以下)|(?P<over>出头|开外|有余|多(?![种样元位]))"
)
_OPEN = {"over": (True, False), "at_least": (True, False), "nearly": (False, True), "under": (False, True), "at_most": (False, True)}


def before(text: str, begin: int, start: int) -> tuple[str, int]:
    """The qualifier stated right before ``start`` and where its word begins; ``("", start)`` if there is none.

    >>> before("捐款近", 0, 3)
    ('nearly', 2)
    >>> before("附近", 0, 2)
    ('', 2)
    """
    low = max(begin, start - 6)
    found = _BEFORE.search(text[low:start])
    if not found:
        return "", start
    return str(found.lastgroup), low + found.start()


_WITHIN = re.compile("[天日月年周时钟](?=内(?![部容地蒙外]))")


def after(text: str, end: int, finish: int) -> str:
    """The qualifier stated right after ``end``, or "".

    >>> after("3天左右", 2, 4)
    'about'
    """
    found = _AFTER.match(text, end, min(finish, end + 3))
    if found:
        return str(found.lastgroup)
    return "at_most" if _WITHIN.match(text, end - 1, min(finish, end + 2)) else ""


def apply(number: Number, words_before: str, words_after: str) -> Number:
    """The number with the bounds that the words imply. A range and the vague numerals (余, 几) keep their own.

    >>> apply(Number(50, 50, 50), "over", "")
    Number(value=50, low=50, high=None, qualifier='over')
    """
    stated = words_before or words_after
    if words_before in ("about", "") and words_after in ("at_least", "at_most", "over"):
        stated = words_after
    if not stated or number.qualifier == "range":
        return number
    if number.qualifier in ("over", "about"):
        # 超60余万 is over; 至少十几人 is at_least; 约60余万 stays over.
        if stated in ("at_least", "at_most", "nearly", "under"):
            low, high = _OPEN[stated]
            return Number(number.value, number.value if low else None, number.value if high else None, stated)
        return number
    value = number.value
    if stated == "about":
        return Number(value, None, None, "about")
    low, high = _OPEN[stated]
    return Number(value, value if low else None, value if high else None, stated)
