"""The columns that are made on demand: the value in Chinese, and the levels and the code of the place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from extractor.facts.places import coded, levels_of
from extractor.model import Figure
from extractor.table import spelling

CODE = "place_code"


def level(name: str, figure: Figure) -> str:
    """A level of a figure's place, or its code; "" where the name has none, or several divisions can be meant.

    >>> from extractor import extract_text
    >>> [figure] = extract_text("林芝市工布江达县错高乡投入资金30万元。")
    >>> level("county", figure), level("village", figure)
    ('工布江达县', '')
    """
    return str(getattr(coded(levels_of(figure.place)), name)) if figure.place else ""


EXTRA: dict[str, Callable[[Any], str]] = {
    **spelling.EXTRA,
    **{name: partial(level, name) for name in ("province", "city", "county", "township", "village")},
    CODE: partial(level, "code"),
}
