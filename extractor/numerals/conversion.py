"""``base_value`` and ``base_unit`` as the user wants them: in Chinese measures, or money at given rates.

Without a wish they are what ``base`` says: metric units, and each currency by itself, for nobody knows a rate that is right.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from extractor.lexicon.words import lexicon
from extractor.model import Document, Figure
from extractor.numerals.base import nearest, size

YUAN = "元"


class RatesError(ValueError):
    """The table of rates cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A system of units, and rates: currency, year ("" for any) and how many 元 one is.

    >>> Conversion("chinese").base_of(3, "公顷", ""), Conversion("chinese").base_of(2, "立方米", "")
    ((45, '亩'), (2, '立方米'))
    >>> rates = (("美元", "", Fraction(7)), ("美元", "2022", Fraction("6.7")))
    >>> at = Conversion(rates=rates).base_of
    >>> at(100, "美元", "2022-12-31"), at(100, "美元", ""), at(100, "日元", "")
    ((670, '元'), (700, '元'), (100, '日元'))
    """

    system: str = "metric"
    rates: tuple[tuple[str, str, Fraction], ...] = ()

    def __call__(self, document: Document) -> Document:
        """The document with all base values in the units asked for."""
        return replace(document, figures=tuple(map(self._converted, document.figures)))

    def base_of(self, value: float | None, unit: str, day: str) -> tuple[float | None, str]:
        """The value in the unit asked for, and that unit; (None, "") where there is no certain one."""
        found = size(unit)
        if value is None or found is None:
            return None, ""
        factor, base = found
        into, by = self._into(base, day[:4])
        if factor * by == 1:
            return value, into
        return nearest(Fraction(repr(value)) * factor * by), into

    def _into(self, base: str, year: str) -> tuple[str, Fraction]:
        """The unit that a base unit becomes, and how many of it one is."""
        if self.system == "chinese" and base in _chinese():
            unit = _chinese()[base]
            found = size(unit)
            return (unit, 1 / found[0]) if found else (base, Fraction(1))
        known = {(currency, of): rate for currency, of, rate in self.rates}
        rate = known.get((base, year)) or known.get((base, ""))
        return (YUAN, rate) if rate else (base, Fraction(1))

    def _converted(self, figure: Figure) -> Figure:
        value, unit = self.base_of(figure.value, figure.unit, figure.date_to)
        if (value, unit) == (figure.base_value, figure.base_unit):
            return figure
        return replace(figure, base_value=value, base_unit=unit)


@functools.cache
def _chinese() -> Mapping[str, str]:
    """The Chinese unit of a base unit, where there is one in use."""
    return {entry["base"]: entry["chinese"] for entry in lexicon().data["base_unit"] if "chinese" in entry}


def read_rates(path: str) -> tuple[tuple[str, str, Fraction], ...]:
    """The rates of a CSV file with the columns currency, rate and, if rates differ by year, year.

    Raises ``RatesError``, ``OSError``.
    """
    known = {entry["name"] for entry in lexicon().data["unit"] if entry["class"] == "currency"}
    rates = []
    with open(path, encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if not {"currency", "rate"} <= set(rows.fieldnames or ()):
            raise RatesError(
                f"{path}: the first line must name the columns currency,rate (and year, if they differ)"
            )
        for row in rows:
            currency, year = (row["currency"] or "").strip(), (row.get("year") or "").strip()
            where = f"{path}, line {rows.line_num}"
            if currency not in known:
                raise RatesError(
                    f"{where}: {currency!r} is no currency; write 美元, 港元, 欧元 as in the column unit"
                )
            try:
                rate = Fraction((row["rate"] or "").strip())
            except (ValueError, ZeroDivisionError):
                rate = Fraction(0)
            if rate <= 0:
                raise RatesError(
                    f"{where}: the rate is how many 元 one {currency} is, as 7.1, not {row['rate']!r}"
                )
            if year and not (len(year) == 4 and year.isdecimal()):
                raise RatesError(f"{where}: the year is {year!r}, write 2023")
            rates.append((currency, year, rate))
    return tuple(rates)
