"""sum, in tables: rows that add up to the row 合计, columns that add up to the column 合计.

    甲镇 320 | 乙乡 280 | 合计 600          320 + 280, by the name of the row
    男 45 | 女 120 | 合计 165               45 + 120, by the name of the column

In go the figures of the cells of one article, as they stand in the table of figures: what they are beside and below is told
by their line and their ``locator``. A false alarm is worse than a missed relation: a total that does not add up is told only
where the table shows elsewhere that its rows or columns are meant to, or where nothing in it is a part of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from extractor.checks.claims import Check, Claim, judge, plain_number
from extractor.checks.passage import Mark, Passage, locate, together
from extractor.checks.quantities import add
from extractor.lexicon.words import lexicon
from extractor.matching import compiled
from extractor.model import Figure

RULE = "table.cell"
MOST = 60
"""Parts of a sum that a reader can still follow."""

_SHEET = compiled(r"(?P<table>.{0,60}!)?(?P<column>[A-Z]{1,3})[0-9]{1,7}")
_TABLE = compiled(r"(?:.{0,60}? )??表[0-9]{1,9}")
_NESTED = compiled(r"(?:其中|#|＃|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.、])")
_NO_AMOUNT = compiled("率|比|均|价|单产|指数|密度|增|减|同期")
_ADDED = frozenset(("ratio", "scale", "temperature", "speed", "age", "duration"))
_GAP = 3
"""Lines between two tables of a sheet: a title, a unit, a header."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its name, its line, and its figures by their columns."""

    name: str
    line: int
    cells: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class _Sum:
    """What should add up: a total, its parts, the word that says so."""

    total: Figure
    parts: tuple[Figure, ...]
    word: str


def find(figures: Sequence[Figure]) -> Iterator[Check]:
    """The sums of the tables of an article.

    >>> from extractor.sources.documents.sheets import of_text
    >>> from extractor.pipeline import examine
    >>> done = of_text("乡镇,户数（户）\\n甲镇,320\\n乙乡,270\\n合计,600\\n", "a.csv")
    >>> for one in find(examine(done.text, extracted=done).figures):
    ...     print(one.relation, one.expression, one.status)
    sum 320 + 270 = 590 ≠ 600 disagrees
    """
    for rows in _tables(figures):
        yield from _judged(_of_rows(rows))
        for sums in _of_columns(rows):
            yield from _judged([sums])


def _tables(figures: Sequence[Figure]) -> Iterator[list[_Row]]:
    """The figures by tables and rows."""
    cells = [figure for figure in figures if figure.rule == RULE and figure.value is not None]
    for _, table in groupby(cells, key=_table_of):
        rows: list[_Row] = []
        last = 0
        for line, row in groupby(table, key=lambda figure: figure.line):
            found = list(row)
            if rows and line - last >= _GAP and _SHEET.fullmatch(found[0].locator):
                yield rows
                rows = []
            last = line
            by_column: dict[str, Figure] = {}
            for figure in found:
                by_column.setdefault(_column_of(figure), figure)
            names = [word for word in found[0].sentence.split()[:2] if not word[0].isdigit()]
            if len(by_column) == len(found):
                rows.append(_Row(names[0] if names else "", line, by_column))
        yield rows


def _table_of(figure: Figure) -> str:
    sheet = _SHEET.fullmatch(figure.locator)
    if sheet:
        return sheet["table"] or "!"
    told = _TABLE.match(figure.locator)
    return told[0] if told else figure.locator


def _column_of(figure: Figure) -> str:
    sheet = _SHEET.fullmatch(figure.locator)
    return sheet["column"] if sheet else figure.locator.rpartition(" / ")[2]


def _of_rows(rows: list[_Row]) -> list[list[_Sum]]:
    """For each row that is a total, what its columns should add up to, and whether nothing speaks against it."""
    found: list[list[_Sum]] = []
    for at, row in enumerate(rows):
        word = _total(row.name)
        if not word:
            continue
        above = rows[:at]
        if word == "小计":
            last = max((i for i, one in enumerate(above) if _total(one.name)), default=-1)
            parts = above[last + 1 :]
        elif any(_total(one.name) == "小计" for one in above):
            last = max(i for i, one in enumerate(above) if _total(one.name) == "小计")
            parts = [one for one in above if _total(one.name) == "小计"] + above[last + 1 :]
        else:
            parts = above or [one for one in rows[1:] if not _total(one.name)]
        whole = word == "小计" or not any(_total(one.name) not in ("", "小计") for one in parts)
        if whole and 2 <= len(parts) <= MOST:
            found.append(_down(row, parts, word, plain=bool(above)))
    return found


def _down(row: _Row, parts: list[_Row], word: str, *, plain: bool) -> list[_Sum]:
    silent = parts[0].line + len(parts) != row.line  # a row between them whose numbers are not known
    plain = plain and not silent and not any(_NESTED.match(one.name) for one in parts)
    sums = []
    for column, total in row.cells.items():
        figures = tuple(one.cells[column] for one in parts if column in one.cells)
        if len(figures) == len(parts) and _alike(total, figures) and not _NO_AMOUNT.search(column):
            sums.append(_Sum(total, figures, word if plain else ""))
    return sums


def _of_columns(rows: list[_Row]) -> Iterator[list[_Sum]]:
    """For each column that is a total, what its rows should add up to."""
    columns = list(dict.fromkeys(column for row in rows for column in row.cells))
    for column in columns:
        *group, last = column.split(" ")
        word = _total(last)
        if not word:
            continue
        mates = [
            other
            for other in columns
            if other != column and other.split(" ")[:-1] == group and not _total(other.split(" ")[-1])
        ]
        if not 2 <= len(mates) <= MOST or any(map(_NO_AMOUNT.search, mates)):
            continue
        sums = []
        for row in rows:
            figures = tuple(row.cells[mate] for mate in mates if mate in row.cells)
            if column in row.cells and len(figures) == len(mates) and _alike(row.cells[column], figures):
                sums.append(_Sum(row.cells[column], figures, ""))
        yield sums


def _total(name: str) -> str:
    """The word by which a header is that of a total, "" if it is none."""
    words = lexicon().data["table_head"]["total"]
    return next((word for word in words if name == word or (name.endswith(word) and len(word) == 2)), "")


def _alike(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether all are amounts in the unit of the total, as many times as large as they are written."""
    every = (total, *parts)
    factors = {factor for figure in every if (factor := _factor(figure))}
    return len(factors) <= 1 and all(
        one.unit == total.unit
        and one.kind not in _ADDED
        and not (one.per or one.change)
        and one.period == total.period
        and not _NO_AMOUNT.search(one.item)
        for one in every
    )


def _written(figure: Figure) -> Fraction:
    digits = re.sub("[^0-9.]", "", figure.text) or "0"
    return Fraction(digits) * (-1 if (figure.value or 0) < 0 else 1)


def _factor(figure: Figure) -> Fraction:
    """How many times as large as it is written a figure is: 10,000 under 万元; 0 where zero does not tell."""
    written = _written(figure)
    return Fraction(str(figure.value)) / written if written else Fraction(0)


def _judged(groups: list[list[_Sum]]) -> list[Check]:
    """The checks of sums that stand or fall together. Where others of them agree, one that does not is told."""
    found = []
    for sums in groups:
        made = [(one, _check(one, strong=True)) for one in sums]
        agreeing = sum(check is not None and check.status in ("agrees", "rounds") for _, check in made)
        for one, check in made:
            meant = bool(one.word) or (agreeing >= 2 and 2 * agreeing > len(made))
            if check is not None and (meant or _check(one, strong=False)):
                found.append(check)
    return found


def _check(one: _Sum, *, strong: bool) -> Check | None:
    """A sum of numbers as they are written; what is stated and computed is in the unit of the figures again.

    A 0 has no last digit that could have been rounded: it is left out.
    """
    filled = tuple(part for part in one.parts if part.value)
    if len(filled) < 2:
        return None
    every = (*filled, one.total)
    plain = [replace(figure, value=(number := plain_number(_written(figure))), low=number, high=number,
                     sentence=f"{figure.sentence}；") for figure in every]  # fmt: skip
    runs = []
    for sentence, group in groupby(
        sorted(plain, key=lambda figure: figure.start), key=lambda one: one.sentence
    ):
        runs.append((sentence, locate(sentence, list(group))))
    passage: Passage = together(runs)
    marks: dict[int, Mark] = {mark.figure.start: mark for mark in passage.marks}
    if any(figure.start not in marks for figure in plain):
        return None
    stated, parts = marks[one.total.start], tuple(marks[figure.start] for figure in filled)
    made = judge(Claim("sum", stated, parts, add, " + ", (one.word or "合计",), strong=strong), passage)
    factor = max(map(_factor, every))
    if made is None or factor == 1:
        return made
    return replace(
        made, stated=_times(made.stated, factor), computed=_times(made.computed, factor),
        difference=_times(made.difference, factor),
        tolerance=None if made.tolerance is None else _times(made.tolerance, factor),
    )  # fmt: skip


def _times(number: float, factor: Fraction) -> float:
    return plain_number(Fraction(str(number)) * factor)
