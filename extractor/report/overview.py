"""The overview: how much there is, figures per kind, the largest sums of money, and the largest number of people,
households and sessions told of each place.

A chart compares only what has one unit. Nothing is added up: a total stands beside its parts, trainees beside those who
benefit. Changes (增长5万元), rates (每户500元) and ranges are left out, since they are no amounts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from extractor.model import Figure, Value
from extractor.table.columns import plain

BARS = 8
PEOPLE = frozenset({"people", "cadres", "party_members"})


class Bar(NamedTuple):
    """A line of a chart: what it is, its number, the length of the bar (0 to 100), and the figure behind it
    (0 if it is more than one), its place; for the largest of several how many they are, and their median.
    """

    label: str
    value: Value
    length: float
    figure: int = 0
    place: str = ""
    figures: int = 0
    median: Value = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one unit, how many more there would be, and units that were left out with their counts."""

    unit: str
    bars: list[Bar]
    more: int
    left_out: list[tuple[str, int]]


def per_kind(figures: Sequence[Figure]) -> Chart:
    """How many figures there are of each kind, most first."""
    counts = Counter(figure.kind for figure in figures).most_common()
    return Chart("", _scaled((kind, count, 0, "", 0, 0) for kind, count in counts), 0, [])


def largest_sums(figures: Sequence[Figure]) -> Chart:
    """The largest amounts in the currency named most often."""
    stated = [
        (number, figure)
        for number, figure in enumerate(figures, 1)
        if figure.kind == "money" and _is_amount(figure)
    ]
    units = Counter(figure.unit for _, figure in stated).most_common()
    if not units:
        return Chart("", [], 0, [])
    unit = units[0][0]
    ranked = sorted(
        ((number, f) for number, f in stated if f.unit == unit),
        key=lambda one: (-(one[1].value or 0), one[0]),
    )
    seen: set[tuple[Value | None, str]] = set()
    rows: list[tuple[str, Value, int, str, int, Value]] = []
    for number, figure in ranked:
        if (figure.value, figure.item) in seen:  # said again further down in the article
            continue
        seen.add((figure.value, figure.item))
        rows.append(
            (figure.item or figure.action or figure.text, figure.value or 0, number, figure.place, 0, 0)
        )
    return Chart(unit, _scaled(rows[:BARS]), 0, units[1:])


def per_place(figures: Sequence[Figure], kinds: Collection[str], unit: str = "") -> Chart:
    """The largest amount told of each place, in ``unit`` or in the unit named most often, with how many there are."""
    stated = [
        (number, figure)
        for number, figure in enumerate(figures, 1)
        if figure.kind in kinds and _is_amount(figure)
    ]
    units = Counter(figure.unit for _, figure in stated)
    if not units:
        return Chart(unit, [], 0, [])
    unit = unit or units.most_common(1)[0][0]
    places: dict[str, list[tuple[Value, int]]] = defaultdict(list)
    for number, figure in stated:
        if figure.unit == unit:
            places[figure.place].append((figure.value or 0, number))
    rows = []
    for place, told_there in places.items():
        value, number = max(told_there, key=lambda one: (one[0], -one[1]))
        middle = plain(median(amount for amount, _ in told_there))
        rows.append((place, value, number, place, len(told_there), middle))
    rows.sort(key=lambda row: (-row[1], row[0]))
    left_out = [(other, count) for other, count in units.most_common() if other != unit]
    return Chart(unit, _scaled(rows[:BARS]), max(0, len(rows) - BARS), left_out)


def _is_amount(figure: Figure) -> bool:
    """Whether a figure is an amount that can stand beside others."""
    return figure.value is not None and figure.value > 0 and not figure.change and not figure.per


def _scaled(rows: Iterable[tuple[str, Value, int, str, int, Value]]) -> list[Bar]:
    """Rows as bars; the longest is 100."""
    rows = list(rows)
    longest = max((value for _, value, *_ in rows), default=0) or 1
    return [
        Bar(label, value, round(100 * value / longest, 2), figure, place, count, middle)
        for label, value, figure, place, count, middle in rows
    ]


def told(value: Value, language: str) -> str:
    """A number for a reader: rounded to four digits and in 万 and 亿, or in million and billion.

    >>> told(1850000000, "zh"), told(1850000000, "en"), told(7129, "zh"), told(0.5, "en")
    ('18.5亿', '1.85 billion', '7,129', '0.5')
    """
    steps = ((10**8, "亿"), (10**4, "万")) if language == "zh" else ((10**9, " billion"), (10**6, " million"))
    for step, word in steps:
        if value >= step:
            scaled = value / step
            return (f"{scaled:,.0f}" if scaled >= 1000 else f"{scaled:.4g}") + word
    return f"{value:,}" if isinstance(value, int) else f"{round(value, 2):,}"
