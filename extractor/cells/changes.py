"""Whether a column of changes without a unit tells amounts or percentages: 2023年 | 2022年 | 增减.

In go a grid and the headers of its columns, out come the columns that tell amounts. The numbers decide where two columns
beside it are those that are compared: 120, 100 and 20 are amounts if all rows are, 20 of 120 and 100 is both.
"""

from __future__ import annotations

from decimal import Decimal

from extractor.cells.grid import Grid, is_time
from extractor.cells.headers import Header
from extractor.lexicon.folding import fold

_AMOUNT = ("增减", "增加", "减少", "净增")
_SURE = ("增加", "减少", "净增")
_RATE = ("率", "幅", "速", "%", "‰", "百分")
_SINCE = ("年初", "期初", "年末", "月初", "上月末")
"""What the change of a stock is counted from: 比年初增减."""


def amounts(grid: Grid, columns: list[Header], table_unit: bool) -> frozenset[int]:
    """The columns of changes that tell amounts in the unit of what changed; ``table_unit``: the table tells a unit that is no %."""
    changes = [at for at, one in enumerate(columns) if one.change and not one.unit and not one.amount]
    changes = [at for at in changes if not _says(grid, at, _RATE) and _plain(grid, at)]
    levels = [at for at in range(grid.left, grid.width) if not columns[at].change]
    percent = [
        at
        for at, one in enumerate(columns)
        if one.change and (one.unit in ("%", "‰") or _says(grid, at, _RATE))
    ]
    found = set()
    for at in changes:
        told = _by_numbers(grid, at, levels)
        if told is None and table_unit and _says(grid, at, _AMOUNT):
            sure = _says(grid, at, _SINCE + _SURE) or not columns[at].basis
            told = sure or any(abs(other - at) < 3 for other in percent)
        if told:
            found.add(at)
    return frozenset(found)


def _says(grid: Grid, column: int, words: tuple[str, ...]) -> bool:
    return any(word in grid.at(row, column) for row in range(grid.over, grid.top) for word in words)


def _plain(grid: Grid, column: int) -> bool:
    """Whether no cell of a column has a % of its own."""
    return not any("%" in grid.at(row, column) for row in range(grid.top, len(grid.squares)))


def _by_numbers(grid: Grid, column: int, levels: list[int]) -> bool | None:
    """Whether the numbers are differences (True) or percentages (False) of two columns near by; None if they do not tell."""
    near = sorted(levels, key=lambda at: (abs(at - column), at))[:4]
    # 基本支出 | 项目支出 are together what is compared
    compared = [(at,) for at in near] + [(at, at + 1) for at in near if at + 1 in near]
    rows = range(grid.top, len(grid.squares))
    for first in compared:
        for second in compared:
            if set(first) & set(second):
                continue
            numbers = ([_sum(grid, row, one) for one in (first, second, (column,))] for row in rows)
            triples = [(a, b, c) for a, b, c in numbers if a is not None and b is not None and c is not None]
            telling = [triple for triple in triples if triple[2] and triple[1]]
            if not telling:
                continue
            shares = sum(
                _close((one - two) / abs(two) * 100, three, Decimal(0)) for one, two, three in telling
            )
            sums = sum(_close(one - two, three, _step(one) + _step(two)) for one, two, three in telling)
            if max(shares, sums) * 3 >= 2 * len(telling) and shares != sums:
                return sums > shares
    return None


def _sum(grid: Grid, row: int, columns: tuple[int, ...]) -> Decimal | None:
    """What some columns of a row add up to, None where one holds no number."""
    numbers = [_number(grid.at(row, column)) for column in columns]
    return sum((one for one in numbers if one is not None), Decimal(0)) if None not in numbers else None


def _close(reckoned: Decimal, written: Decimal, loose: Decimal) -> bool:
    """Whether a number is the one reckoned, within what is rounded."""
    return abs(reckoned - written) <= (_step(written) * Decimal("1.02") + loose) / 2


def _step(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _number(text: str) -> Decimal | None:
    """A cell as a number, None where it is none.

    >>> _number("-1,234.50"), _number("(12)"), _number("-")
    (Decimal('-1234.50'), None, None)
    """
    plain = fold(text).replace(",", "").replace("−", "-").removeprefix("+")
    digits = plain.removeprefix("-")
    if not digits or (is_time(text) and not digits.isdecimal()):
        return None
    return (
        Decimal(plain)
        if digits.replace(".", "", 1).isdecimal() and len(digits) < 20 and digits[0] != "."
        else None
    )
