"""Summaries of figures: per kind and unit, and cross tables of two columns.

A summary takes the figures one after another and is asked for its rows at the end. It holds the numbers,
which a median needs, but neither sentences nor figures beyond the few largest.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
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
