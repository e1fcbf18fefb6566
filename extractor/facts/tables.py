"""Facts and conflicts as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from extractor.facts.conflicts import Conflict
from extractor.facts.gather import Fact
from extractor.facts.periods import label
from extractor.facts.tellings import Telling
from extractor.facts.words import labels
from extractor.model import Value
from extractor.numerals.base import size
from extractor.table.columns import ColumnType, Layout, Row

_THING = ("item", "subject", "measure")
_WHEN = ("unit", "basis", "per", "date_from", "date_to", "period")
_TYPES: dict[str, ColumnType] = {
    "sources": "whole",
    "articles": "whole",
    "figures": "whole",
    "other_value": "number",
    "other_sources": "whole",
    "difference": "number",
}
FACTS = (*_THING, "value", *_WHEN, "sources", "where", "written", "names")
CONFLICTS = (
    *_THING, "value", "other_value", *_WHEN, "difference", "sources", "where", "written",
    "other_sources", "other_where", "other_written",
)  # fmt: skip
PLACES = ("place", "province", "city", "county", "township", "village", "code", "articles", "figures")
COLUMNS: Mapping[tuple[str, bool], tuple[str, ...]] = {
    ("facts", False): FACTS,
    ("conflicts", False): CONFLICTS,
    ("places", False): PLACES,
    ("places", True): PLACES,
    ("facts", True): (*_THING, "value", "unit", "period", "sources", "where"),
    ("conflicts", True): (
        "item", "subject", "period", "value", "other_value", "unit", "difference", "where", "other_where",
    ),
}  # fmt: skip
"""The columns of a content, in files and (True) on a terminal."""


def layout(columns: Sequence[str], like: Layout) -> Layout:
    """The layout of a table of facts, in the language of that of the figures.

    >>> layout(FACTS, Layout(labels={"item": "指标"})).headers[:3]
    ['指标', '主体', '性质']
    """
    plain = replace(like, columns=tuple(columns), other_types=_TYPES, labels={}, words={})
    if not like.labels:
        return plain
    return replace(plain, labels=labels("columns"), words={"measure": labels("measure")})


def number(base: Fraction | None, unit: str) -> Value | None:
    """A value of base units in a unit, as tables hold it.

    >>> number(Fraction(30000), "亩"), number(Fraction(1, 3), "元"), number(None, "元")
    (45, 0.333333333333333, None)
    """
    if base is None:
        return None
    found = size(unit)
    value = base / (found[0] if found else 1)
    return value.numerator if value.denominator == 1 else float(f"{float(value):.15g}")


def fact_rows(facts: Iterable[Fact], like: Layout) -> list[Row]:
    """One row per fact, those that most articles tell first."""
    ordered = sorted(facts, key=lambda fact: -len(fact.articles))
    rows = [
        (
            *_thing(fact.first, like),
            number(fact.first.base, fact.first.unit),
            *_when(fact.first),
            len(fact.articles),
            fact.where,
            texts(fact),
            "; ".join(dict.fromkeys(one.written for one in fact.tellings)),
        )
        for fact in ordered
    ]
    return _picked(rows, FACTS, like)


def conflict_rows(found: Iterable[Conflict], like: Layout) -> list[Row]:
    """One row per conflict, both values in one unit."""
    rows = [
        (
            *_thing(one.fact.first, like),
            number(one.fact.first.base, one.fact.first.unit),
            number(one.other.first.base, one.fact.first.unit),
            *_when(one.fact.first),
            one.difference,
            len(one.fact.articles),
            one.fact.where,
            texts(one.fact),
            len(one.other.articles),
            one.other.where,
            texts(one.other),
        )
        for one in found
    ]
    return _picked(rows, CONFLICTS, like)


def texts(fact: Fact) -> str:
    """How the value is written, each wording once."""
    return "; ".join(dict.fromkeys(one.text for one in fact.tellings))


def _picked(rows: Iterable[Row], columns: Sequence[str], like: Layout) -> list[Row]:
    """The cells of the columns of the layout."""
    places = [columns.index(name) for name in like.columns]
    return [tuple(row[place] for place in places) for row in rows]


def _thing(one: Telling, like: Layout) -> tuple[str, str, str]:
    return one.item, one.owner, like.words.get("measure", {}).get(one.measure, one.measure)


def _when(one: Telling) -> tuple[str, ...]:
    when = label(one.date_from, one.date_to) if one.date_to else one.period
    return one.unit, one.basis, one.per, one.date_from, one.date_to, when
