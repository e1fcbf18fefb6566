"""A series: one item, by place or subject and by period, in one unit, with the source of each cell.

``Series`` is an aggregate, as the engine knows them: figures go in, a small table comes out. Levels, changes and plans
are rows of their own; a cell that articles disagree about is marked, and a gap stays empty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.facts.gather import Fact, Gatherer
from extractor.facts.items import is_about
from extractor.facts.periods import label, span
from extractor.facts.tables import layout as layout_of
from extractor.facts.tables import number, texts
from extractor.facts.tellings import Telling, vague
from extractor.model import Figure, Value
from extractor.numerals.base import size
from extractor.table.columns import Layout, Row, spell

LONG = (
    "item", "subject", "measure", "basis", "per", "unit", "period", "date_from", "date_to", "value", "qualifier",
    "conflict", "sources", "where", "written", "names",
)  # fmt: skip
SHORT = ("item", "subject", "measure", "unit", "period", "value", "conflict", "sources", "where")
"""What of it goes on a terminal."""
LEADING = ("item", "subject", "measure", "basis", "per", "unit")
if TYPE_CHECKING:
    from regex import Pattern

_MEASURES = ("level", "change", "plan", "plan_change")


class Line(NamedTuple):
    """What stays the same along a series: item, owner, measure, basis, per, further aspects, base unit."""

    item: str
    subject: str
    measure: str
    basis: str
    per: str
    aspects: tuple[str, ...]
    base_unit: str


class Cell(NamedTuple):
    """A value of a series: the fact told by most articles (or first), and the others that disagree with it."""

    date_from: str
    date_to: str
    fact: Fact
    others: tuple[Fact, ...]

    @property
    def period(self) -> str:
        """The name of the period."""
        return label(self.date_from, self.date_to)


class Series:
    """Takes in figures; gives a long table (a row per cell) or a wide one (a column per period)."""

    def __init__(
        self, item: str, *, wide: bool = False, exact: bool = False, unit: str = "", every: str = ""
    ) -> None:
        """``exact`` joins no synonyms and no other order of words; ``every`` keeps the periods of that length."""
        self._item, self._wide, self._exact, self._unit, self._every = item, wide, exact, unit, every
        self._gatherer = Gatherer(exact=exact)
        self._lines: dict[Line, list[Cell]] | None = None
        self.subject: Pattern[str] | None = None
        """What the place or subject must match."""
        self.sources = True
        """Whether a wide table tells where its cells stand, and a long one all that is known of them."""
        self.undated: int = 0
        """Figures of the item that no day is known of; they are in no cell."""

    def add(self, figures: Iterable[Figure]) -> None:
        """Take in figures."""
        self._gatherer.add(figures)

    def lines(self) -> dict[Line, list[Cell]]:
        """The series, each with its cells by time."""
        if self._lines is None:
            self._lines = self._made()
        return self._lines

    def _made(self) -> dict[Line, list[Cell]]:
        found: defaultdict[Line, list[Cell]] = defaultdict(list)
        for facts in self._gatherer.groups():
            first = facts[0].first
            if not self._wanted(first.item) or (self.subject and not self.subject.search(first.owner)):
                continue
            if not first.date_to or not first.owner:
                self.undated += sum(len(fact.tellings) for fact in facts)
                continue
            if self._every in ("", span(first.date_from, first.date_to)):
                aspects = tuple(sorted(first.aspects))
                line = Line(
                    first.item, first.owner, first.measure, first.basis, first.per, aspects, first.base_unit
                )
                found[line].append(_cell(facts))
        for cells in found.values():
            cells.sort(key=lambda cell: (cell.date_to, cell.date_from))
        order = sorted(found, key=lambda line: (line.item, _MEASURES.index(line.measure), line))
        return {line: found[line] for line in order}

    def _wanted(self, item: str) -> bool:
        return item == self._item if self._exact else is_about(item, self._item)

    def unit_of(self, line: Line) -> str:
        """The unit of a line: the one asked for where it fits, else the one most used for the item."""
        used: Counter[str] = Counter()
        for other, cells in self.lines().items():
            if (other.item, other.base_unit) == (line.item, line.base_unit):
                used.update(one.unit for cell in cells for one in cell.fact.tellings)
        asked = size(self._unit) if self._unit else None
        if asked and asked[1] == line.base_unit:
            return self._unit
        return min(used, key=lambda unit: (-used[unit], unit))

    def joined(self) -> dict[str, list[str]]:
        """Under each name of an item the wordings that were joined to it, where there was another."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for line, cells in self.lines().items():
            for one in _tellings(cells):
                found[line.item].add(one.written)
        return {item: sorted(names - {item}) for item, names in found.items() if names - {item}}

    def conflicts(self) -> int:
        """How many cells articles disagree about."""
        return sum(bool(cell.others) for cells in self.lines().values() for cell in cells)

    def layout(self, like: Layout) -> Layout:
        """The layout: fixed columns, or those of the periods between the fixed ones."""
        if not self._wide:
            return layout_of(LONG if self.sources else SHORT, like)
        periods = self._periods()
        names = [name for name, _, _ in periods]
        columns = (*LEADING, *names, "conflicts", *(["where"] if self.sources else []))
        made = layout_of(columns, like)
        types: dict[str, Any] = {name: "number" for name in names}
        return Layout(made.columns, made.labels, types, made.words, made.header)

    def rows(self, layout: Layout) -> list[Row]:
        """The rows of the layout."""
        words = layout.words.get("measure", {})
        if self._wide:
            return list(self._wide_rows(words))
        places = [LONG.index(name) for name in layout.columns]
        return [tuple(row[place] for place in places) for row in self._long_rows(words)]

    def _periods(self) -> list[tuple[str, str, str]]:
        found = {(cell.date_to, cell.date_from) for cells in self.lines().values() for cell in cells}
        names = {label(first, last): (last, first) for last, first in sorted(found)}
        return [(name, last, first) for name, (last, first) in names.items()]

    def _long_rows(self, words: Any) -> Iterator[Row]:
        for line, cells in self.lines().items():
            unit = self.unit_of(line)
            for cell in cells:
                first = cell.fact.first
                yield (
                    *self._leading(line, unit, words), cell.period, cell.date_from, cell.date_to,
                    number(first.base, unit), first.qualifier, _others(cell, unit),
                    len(cell.fact.articles), cell.fact.where, texts(cell.fact),
                    "; ".join(dict.fromkeys(one.written for one in cell.fact.tellings)),
                )  # fmt: skip

    def _wide_rows(self, words: Any) -> Iterator[Row]:
        periods = [name for name, _, _ in self._periods()]
        for line, cells in self.lines().items():
            unit = self.unit_of(line)
            values: dict[str, Value | None] = {
                cell.period: number(cell.fact.first.base, unit) for cell in cells
            }
            conflicts = [f"{cell.period}: {_others(cell, unit)}" for cell in cells if cell.others]
            where = " | ".join(f"{cell.period}: {cell.fact.where}" for cell in cells)
            yield (
                *self._leading(line, unit, words), *(values.get(name) for name in periods),
                "; ".join(conflicts), *([where] if self.sources else []),
            )  # fmt: skip

    def _leading(self, line: Line, unit: str, words: Any) -> tuple[str, ...]:
        measure = words.get(line.measure, line.measure)
        aspects = f" ({', '.join(line.aspects)})" if line.aspects else ""
        return line.item, line.subject, measure + aspects, line.basis, line.per, unit


def _cell(facts: Sequence[Fact]) -> Cell:
    ordered = sorted(
        facts, key=lambda fact: (vague(fact.first), -len(fact.articles), fact.first.published or "9")
    )
    first = ordered[0]
    others = tuple(fact for fact in ordered[1:] if not vague(fact.first) and not vague(first.first))
    return Cell(first.first.date_from, first.first.date_to, first, others)


def _others(cell: Cell, unit: str) -> str:
    """The other values with where they stand: 17230000000 (a.txt:4)."""
    return "; ".join(f"{spell(number(fact.first.base, unit))} ({fact.where})" for fact in cell.others)


def _tellings(cells: Iterable[Cell]) -> Iterator[Telling]:
    for cell in cells:
        for fact in (cell.fact, *cell.others):
            yield from fact.tellings
