"""Columns on demand that spell a row's value for people; ``cn2an`` writes the numerals and is imported with the first one.

``value_zh`` is the value in Chinese numerals as one would write it (十八亿五千万), and for money in 元 as contracts have it
(壹拾捌亿伍仟万元整). A range is spelled with both ends. It is empty where the numerals would not say the same number: beyond
16 digits, or fractions of a 分.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from extractor.model import Figure, Value

LARGEST = 10**16
"""From here on ``cn2an`` writes nothing."""


def value_zh(figure: Figure) -> str:
    """The value of a row in Chinese numerals, "" where there is none or it cannot be spelled.

    >>> from extractor import extract_text
    >>> [value_zh(figure) for figure in extract_text("投资18.5亿元，建成105个，旅客20—30人次。")]
    ['壹拾捌亿伍仟万元整', '一百零五', '二十至三十']
    """
    capital = figure.kind == "money" and figure.unit == "元"
    if figure.value is not None:
        return spelled(figure.value, capital)
    if figure.low is None or figure.high is None:
        return ""
    ends = [spelled(end, capital) for end in (figure.low, figure.high)]
    return "至".join(ends) if all(ends) else ""


@functools.lru_cache(maxsize=4096)
def spelled(value: Value, capital: bool = False) -> str:
    """A number in Chinese numerals; ``capital`` as a sum of money in 元.

    >>> spelled(1850000000), spelled(-3.75), spelled(36.5, capital=True), spelled(10**20)
    ('十八亿五千万', '负三点七五', '叁拾陆元伍角', '')
    """
    import cn2an

    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if abs(value) >= LARGEST or "e" in repr(value) or (capital and round(value, 2) != value):
        return ""
    try:
        text: str = cn2an.an2cn(value, "rmb" if capital else "low")
        back = value if capital else cn2an.cn2an(text, "smart")
    except (ValueError, KeyError, IndexError):
        return ""
    return text if back == value else ""


EXTRA: dict[str, Callable[[Any], str]] = {"value_zh": value_zh}
"""The columns that are written where they are asked for by name only."""
