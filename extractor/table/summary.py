"""Summaries of figures: per kind and unit, and cross tables of two columns.

Nothing is added up unless it is asked for: figures of one kind and unit can be a total and its parts, or the same thing told twice.

A summary takes the figures one after another and is asked for its rows at the end. It holds the numbers,
which a median needs, but neither sentences nor figures beyond the few largest.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from extractor.model import Figure, Value
from extractor.table.columns import ColumnType, Layout, Row, plain

LARGEST = 3
"""How many of the largest figures a summary names."""

SUMMARY = Layout(
    columns=("kind", "unit", "figures", "smallest", "median", "largest", "articles", "examples"),
    other_types={
        "figures": "whole",
        "smallest": "number",
        "median": "number",
        "largest": "number",
        "articles": "whole",
    },
)


class Aggregate(Protocol):
    """Something that figures are added to and that is a small table at the end."""

    def add(self, figures: Iterable[Figure]) -> None: ...

    def layout(self, like: Layout) -> Layout: ...

    def rows(self, layout: Layout) -> list[Row]: ...


@dataclass(slots=True)
class _Group:
    figures: int = 0
    articles: int = 0
    last: tuple[str, int] | None = None
    values: list[Value] = field(default_factory=list)
    top: list[tuple[Value, int, str]] = field(default_factory=list)


class Summary:
    """Per kind and unit: how many figures, smallest, median, largest, in how many articles, the largest ones.

    A range has no value: it counts as a figure and is left out of smallest, median and largest.
    """

    def __init__(self, kinds: Sequence[str] = ()) -> None:
        """``kinds`` gives the order of the rows; within a kind the most frequent unit comes first."""
        self._order = {kind: place for place, kind in enumerate(kinds)}
        self._groups: dict[tuple[str, str], _Group] = {}

    def add(self, figures: Iterable[Figure]) -> None:
        """Take in figures, those of one article together."""
        for figure in figures:
            group = self._groups.setdefault((figure.kind, figure.unit), _Group())
            group.figures += 1
            if (figure.source, figure.article) != group.last:
                group.last = (figure.source, figure.article)
                group.articles += 1
            if figure.value is None:
                continue
            group.values.append(figure.value)
            entry = (figure.value, -group.figures, f"{figure.text} {figure.item}".rstrip())
            if len(group.top) < LARGEST:
                heapq.heappush(group.top, entry)
            else:
                heapq.heappushpop(group.top, entry)

    def layout(self, like: Layout) -> Layout:
        """The layout of the summary, with headers and words as in ``like``."""
        return Layout(SUMMARY.columns, like.labels, SUMMARY.other_types, like.words, like.header)

    def rows(self, layout: Layout) -> list[Row]:
        """The rows, one per kind and unit."""
        from statistics import median

        kinds = layout.words.get("kind", {})
        last = len(self._order)
        groups = sorted(
            self._groups.items(),
            key=lambda entry: (self._order.get(entry[0][0], last), -entry[1].figures, entry[0]),
        )
        return [
            (
                kinds.get(kind, kind),
                unit,
                group.figures,
                plain(min(group.values, default=None)),
                plain(median(group.values)) if group.values else None,
                plain(max(group.values, default=None)),
                group.articles,
                "; ".join(text for _, _, text in sorted(group.top, reverse=True)),
            )
            for (kind, unit), group in groups
        ]


class Pivot:
    """A cross table: how many figures there are for each pair of values of two columns."""

    def __init__(self, down: str, across: str) -> None:
        self._down, self._across = down, across
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, figures: Iterable[Figure]) -> None:
        """Count figures."""
        self._counts.update(
            (str(getattr(figure, self._down)), str(getattr(figure, self._across))) for figure in figures
        )

    def layout(self, like: Layout) -> Layout:
        """The columns are the values found, the most frequent first; the last column is the total."""
        totals: Counter[str] = Counter()
        for (_, across), number in self._counts.items():
            totals[across] += number
        names = sorted(totals, key=lambda name: (-totals[name], name))
        # Values are led by a colon, so that none is taken for the column of the same name.
        columns = (self._down, *(f":{name}" for name in names), "total")
        words = like.words.get(self._across, {})
        labels = {f":{name}": words.get(name, name) or "-" for name in names}
        types: dict[str, ColumnType] = {column: "whole" for column in columns[1:]}
        return Layout(
            columns,
            {**{name: like.labels[name] for name in (self._down, "total") if name in like.labels}, **labels},
            {**types, self._down: "text"},
            like.words,
            like.header,
        )

    def rows(self, layout: Layout) -> list[Row]:
        """One row per value of the first column, the most frequent first."""
        across = [column[1:] for column in layout.columns[1:-1]]
        words = layout.words.get(self._down, {})
        totals: Counter[str] = Counter()
        for (down, _), number in self._counts.items():
            totals[down] += number
        return [
            (words.get(down, down), *(self._counts[down, name] for name in across), totals[down])
            for down in sorted(totals, key=lambda name: (-totals[name], name))
        ]


VALUES = ("count", "sum", "largest", "median")
"""What a cell of a cross table can hold."""


class ValuePivot:
    """A cross table of values: for each pair of values of two columns, and each unit, the sum, the largest or the median.

    A row has one unit, the common one of its dimension (公顷 and 亩 are 平方米). Changes, rates and ranges are left out, since they are
    no amounts. A sum adds whatever was chosen: whether parts and totals are among it is for the user to say.
    """

    def __init__(self, down: str, across: str, value: str) -> None:
        self._down, self._across = down, across
        self._value = value
        self._values: defaultdict[tuple[str, str], defaultdict[str, list[Fraction]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, figures: Iterable[Figure]) -> None:
        """Take in figures."""
        for figure in figures:
            value, unit = figure.base_value, figure.base_unit
            if value is None:
                value, unit = figure.value, figure.unit
            if value is not None and not figure.change and not figure.per:
                key = str(getattr(figure, self._down)), unit
                self._values[key][str(getattr(figure, self._across))].append(Fraction(repr(value)))

    def layout(self, like: Layout) -> Layout:
        """The columns are the values found, those with most figures first, behind the unit."""
        counts: Counter[str] = Counter()
        for row in self._values.values():
            counts.update({name: len(values) for name, values in row.items()})
        names = sorted(counts, key=lambda name: (-counts[name], name))
        words = like.words.get(self._across, {})
        fixed = ("base_unit",) if self._down == "unit" else ("unit",)
        labels = {f":{name}": words.get(name, name) or "-" for name in names}
        labels |= {name: like.labels[name] for name in (self._down, *fixed) if name in like.labels}
        columns = (self._down, *fixed, *(f":{name}" for name in names))
        types: dict[str, ColumnType] = {f":{name}": "number" for name in names}
        return Layout(columns, labels, {**types, self._down: "text"}, like.words, like.header)

    def rows(self, layout: Layout) -> list[Row]:
        """One row per value of the first column and unit, those with most figures first."""
        across = [column[1:] for column in layout.columns[2:]]
        words = layout.words.get(self._down, {})

        def size(key: tuple[str, str]) -> int:
            return sum(map(len, self._values[key].values()))

        return [
            (
                words.get(key[0], key[0]),
                key[1],
                *(_taken(self._value, row[name]) if name in row else None for name in across),
            )
            for key in sorted(self._values, key=lambda key: (-size(key), key))
            for row in [self._values[key]]
        ]


def _taken(what: str, values: Sequence[Fraction]) -> Value:
    """One number for many, exact and then the nearest decimal.

    >>> _taken("sum", [Fraction("0.1"), Fraction("0.2")]), _taken("median", [Fraction(1), Fraction(2)])
    (0.3, 1.5)
    """
    from statistics import median

    total = sum(values, Fraction(0))
    value = {"sum": total, "largest": max(values), "median": median(values)}[what]
    return value.numerator if value.denominator == 1 else float(f"{float(value):.15g}")
