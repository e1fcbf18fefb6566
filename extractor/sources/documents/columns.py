"""Runs of text on a page put into reading order: columns from left to right, in each the lines from above.

The page is cut where a blank strip runs from above to below and both sides hold text as columns do; where there is
none, the lines above or below are cut off until there is one. What cannot be cut is read line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_COLUMN = 8
"""Characters of a line, on the average, in a column; the columns of a table have fewer."""
_FEWEST = 3
"""Lines that a column has."""
LARGEST = 4000
"""Runs beyond which a page is read line by line."""


class Run(NamedTuple):
    """A run of text and its box; y grows downwards. ``mark`` numbers a box that stands for something else."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    mark: int = -1


class Line(NamedTuple):
    """A line of the text, or what a mark stands for. Two blanks before it tell that it is indented."""

    text: str
    mark: int = -1
    size: float = 0


def lines(runs: list[Run]) -> list[Line]:
    """The lines of a page in reading order.

    >>> left = [Run(0, y, 80, y + 10, "左栏文字一二三四五六") for y in (20, 35, 50)]
    >>> right = [Run(100, y, 180, y + 10, "右栏文字一二三四五六") for y in (20, 35, 50)]
    >>> [line.text[:2] for line in lines([Run(0, 0, 180, 12, "通栏标题"), *left, *right]) if line.text]
    ['通栏', '左栏', '左栏', '左栏', '右栏', '右栏', '右栏']
    """
    found: list[Line] = []
    regions = [_rows(runs)] if len(runs) > LARGEST else _regions(_rows(runs), 0)
    for region in regions:
        found.extend(_region(region))
    return found


Row = list[Run]


def _rows(runs: list[Run]) -> list[Row]:
    """Runs that stand side by side are a row."""
    rows: list[Row] = []
    bottom = middle = float("-inf")
    for run in sorted(runs, key=lambda run: ((run.top + run.bottom) / 2, run.left)):
        if (
            rows
            and run.mark < 0
            and rows[-1][0].mark < 0
            and (run.top + run.bottom) / 2 < bottom
            and run.top < middle
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
            bottom, middle = run.bottom, (run.top + run.bottom) / 2
    for row in rows:
        row.sort(key=lambda run: run.left)
    return rows


def _regions(rows: list[Row], depth: int) -> Iterator[list[Row]]:
    if len(rows) < _FEWEST or depth > 30:
        yield rows
        return
    if at := _gutter(rows):
        for side in _sides(rows, at):
            yield from _regions(side, depth + 1)
        return
    count = len(rows)
    for cut in range(1, count - _FEWEST + 1):
        if _gutter(rows[cut:]):
            yield rows[:cut]
            yield from _regions(rows[cut:], depth + 1)
            return
        if _gutter(rows[:-cut]):
            # What stands apart at the end belongs to what is below: the title of a table.
            while cut < count - _FEWEST and _apart(rows, count - cut - 1) and _gutter(rows[: -cut - 1]):
                cut += 1
            yield from _regions(rows[:-cut], depth + 1)
            yield from _regions(rows[-cut:], depth + 1)
            return
    # Columns with text of the whole width both above and below.
    for first in range(1, count - _FEWEST):
        last = first + _FEWEST
        if _gutter(rows[first:last]):
            while last < count and not _apart(rows, last) and _gutter(rows[first : last + 1]):
                last += 1
            yield rows[:first]
            yield from _regions(rows[first:last], depth + 1)
            yield from _regions(rows[last:], depth + 1)
            return
    yield rows


def _apart(rows: list[Row], at: int) -> bool:
    """Whether a row stands well below the one before it."""
    above, row = rows[at - 1], rows[at]
    return row[0].top - max(run.bottom for run in above) > 1.5 * min(run.bottom - run.top for run in row)


def _gutter(rows: list[Row]) -> float:
    """The middle of a blank strip that parts columns, 0 if there is none."""
    runs = [run for row in rows for run in row]
    size = median(run.bottom - run.top for run in runs)
    edge = float("-inf")
    spans: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.left):
        if edge > float("-inf") and run.left - edge > 0.8 * size:
            spans.append((edge, run.left))
        edge = max(edge, run.right)
    for left, right in spans:
        at = (left + right) / 2
        if all(_is_column(side) for side in _sides(rows, at)):
            return at
    return 0


def _sides(rows: list[Row], at: float) -> tuple[list[Row], list[Row]]:
    left = [side for row in rows if (side := [run for run in row if run.left < at])]
    right = [side for row in rows if (side := [run for run in row if run.left >= at])]
    return left, right


def _is_column(rows: list[Row]) -> bool:
    texts = [sum(len(run.text) for run in row) for row in rows if row[0].mark < 0]
    return len(texts) >= _FEWEST and sum(texts) / len(texts) >= _COLUMN


def _region(rows: list[Row]) -> Iterator[Line]:
    """The lines of a region, indented ones marked, an empty line where a gap is wide."""
    texts = [row for row in rows if row[0].mark < 0]
    if not texts:
        yield from (Line("", row[0].mark) for row in rows)
        return
    sizes = [max(run.bottom - run.top for run in row) for row in texts]
    size = median(sizes)
    left = min(row[0].left for row in texts)
    gaps = [below[0].top - above[0].bottom for above, below in pairwise(texts)]
    usual = median(gaps) if gaps else 0.0
    before: Row | None = None
    for row in rows:
        if row[0].mark >= 0:
            yield Line("", row[0].mark)
            before = None
            continue
        if before is not None and row[0].top - before[0].bottom > max(usual, 0) + 0.8 * size:
            yield Line("")
        inside = row[0].text.startswith("　") or 1.2 * size < row[0].left - left < 3.5 * size
        indent = "　　" if inside else ""
        yield Line(indent + _joined(row, size), -1, min(run.bottom - run.top for run in row))
        before = row
    yield Line("")


def _joined(row: Row, size: float) -> str:
    """The runs of a row, a blank where they stand apart."""
    text = row[0].text
    for before, run in pairwise(row):
        text += (" " if run.left - before.right > 0.5 * size else "") + run.text
    return text.strip()
