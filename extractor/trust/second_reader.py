"""A second reader of numerals: every Chinese numeral of the table is read again by ``cn2an``, which knows nothing of us.

In: a figure. Out: a ``Difference`` where the second reader does not come to the value of the row. Forms that ``cn2an`` does
not read by design (几, 两三百, 半, 上万) are told as explained; what is left is unexplained and lowers the confidence of the row,
so that it is looked at first. ``cn2an`` is imported with the first figure that has a Chinese numeral.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.matching import compiled
from extractor.model import Document, Figure, Value

DOUBTED = 0.1
"""The confidence of a row that two readers read differently is no more than this."""

_DIGITS = "零〇一二两兩三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
_CHINESE = f"{_DIGITS}十百千万萬亿億拾佰仟"
_THOUSANDS = compiled("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_NUMERAL = compiled(f"[负負]?[{_CHINESE}点點0-9.]{{0,60}}[{_CHINESE}][{_CHINESE}点點0-9.]{{0,60}}")
_UNIT = compiled("千(?=[瓦克米赫伏卡帕焦])|百(?=帕)")
"""百 or 千 that is part of a unit and of no numeral."""
_FORMS = (
    ("vague", compiled("[几幾数數若]")),
    (
        "neighbours",
        compiled("(?:一、?[二两]|[二两]、?三|三、?[四五]|四、?五|五、?六|六、?七|七、?八|八、?九)"),
    ),
    ("half", compiled("半")),
    ("bare multiplier", compiled(f"(?<![0-9{_CHINESE}.])[百千万萬亿億佰仟]")),
    ("old form", compiled("[廿卅卌俩倆仨]")),
    ("doubling", compiled("番")),
    ("multiplier beyond cn2an", compiled("兆|万万|萬萬")),
    ("mixed number", compiled("又")),
    ("decimal before 万亿", compiled("[.点][0-9]+万亿")),
    ("several units", compiled(f"[元角毛块斤丈尺时亩年][0-9{_DIGITS}]")),
)
"""Forms that explain why ``cn2an`` reads something else or nothing, by name."""


class Difference(NamedTuple):
    """A row that the second reader reads otherwise: what it read ("" if nothing), and the form that explains it, "" if none."""

    figure: Figure
    second: str
    form: str

    def __str__(self) -> str:
        figure = self.figure
        value = figure.value if figure.value is not None else f"{figure.low} to {figure.high}"
        read = f"cn2an reads {self.second}" if self.second else "cn2an reads nothing"
        why = f" ({self.form})" if self.form else "; look at it"
        return f"{figure.source}, line {figure.line}: {figure.text} is {value}, {read}{why}"


class Readings(NamedTuple):
    """How many rows were read a second time, and those that were read otherwise."""

    number: int
    differences: tuple[Difference, ...]


def verified(document: Document) -> tuple[Document, Readings]:
    """The document with less confidence where the readers differ without a reason, and what the second one came to.

    >>> from extractor.pipeline import examine
    >>> document, readings = verified(examine("投资十八亿五千万元，惠及三十几万人、72户。"))
    >>> readings.number, [(one.figure.text, one.form) for one in readings.differences]
    (2, [('三十几万人', 'vague')])
    """
    differences = []
    figures = []
    number = 0
    for figure in document.figures:
        numerals = _numerals(figure.text.removesuffix("两") if figure.unit == "两" else figure.text)
        if numerals:
            number += 1
            found = _compare(figure, numerals)
            if found is not None:
                differences.append(found)
                if not found.form:
                    figure = replace(figure, confidence=min(figure.confidence, DOUBTED))
        figures.append(figure)
    return replace(document, figures=tuple(figures)), Readings(number, tuple(differences))


def _numerals(text: str) -> list[str]:
    """The Chinese numerals of a figure, plain.

    >>> _numerals("１．２亿元"), _numerals("72名"), _numerals("三至五万元")
    (['1.2亿'], [], ['三', '五万'])
    """
    plain = _UNIT.sub(" ", _THOUSANDS.sub("", unicodedata.normalize("NFKC", text)))
    return [found[0] for found in _NUMERAL.finditer(plain)]


def _compare(figure: Figure, numerals: Sequence[str]) -> Difference | None:
    """What the second reader reads otherwise, ``None`` if it agrees."""
    if len(numerals) > 1 and numerals[0] in ("百", "千", "万") and "分之" in figure.text:
        numerals = numerals[1:]
    read = [_read(numeral) for numeral in numerals]
    told = ", ".join("?" if value is None else str(value) for value in read)
    if None not in read and _same(figure, [value for value in read if value is not None]):
        return None
    form = next((name for name, pattern in _FORMS if pattern.search(figure.text)), "")
    return Difference(figure, told if read != [None] else "", form)


def _read(numeral: str) -> Value | None:
    """The value of a numeral as ``cn2an`` reads it; ``None`` if it does not."""
    import cn2an

    try:
        value: Value = cn2an.cn2an(numeral, "smart")
    except (ValueError, KeyError, IndexError):  # it raises what comes where a form is beyond it
        return None
    return value


def _same(figure: Figure, read: list[Value]) -> bool:
    """Whether values that were read are those of the row."""
    text, value = figure.text, figure.value
    if "成" in text and figure.unit == "%":
        read = [10 * one for one in read]
    first, last = read[0], read[-1]
    if value is None:
        return _near(figure.high, last) and (len(read) == 1 or _is_low(figure.low, first, last))
    if "分之" in text and len(read) == 2:
        return _near(value, last) or _near(value, last / first)
    if "分之" in text and len(read) == 1:  # 百分之, 千分之: the first numeral is a multiplier
        return _near(value, first)
    if "成" in text and figure.unit == "%":
        return _near(value, first) or (len(read) == 2 and _near(value, first + last / 10))
    return _near(abs(value), abs(first)) if len(read) == 1 else _near(value, first) or _near(value, sum(read))


def _is_low(low: Value | None, first: Value, last: Value) -> bool:
    """Whether the first numeral of a range is its lower bound, with the multiplier of the second where it has none."""
    return any(_near(low, first * times) for times in (1, 100, 1000, 10**4, 10**6, 10**8))


def _near(one: Value | None, other: Value) -> bool:
    return one is not None and abs(one - other) <= 1e-9 * max(1, abs(other))
