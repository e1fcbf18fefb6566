"""Raises the floors of the accuracy to what is reached now.

    python -m tests.support.raise_floors            raise every floor that is below what is reached
    python -m tests.support.raise_floors --lower    set the floors to what is reached, also where that is lower

Without ``--lower`` the floor of a measure that has fallen stays as it is, and the exit status is 1. The
floors also stand in both READMEs; they are written anew there.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support import readme
from tests.support.accuracy import measure
from tests.support.scorer import FLOORS, read_floors

HEADER = """\
# What the table of the seeds reaches at least, from 0 to 1. tests/whole/test_accuracy.py fails below these floors.
# `python -m tests.support.raise_floors` raises them to what is reached; it lowers none without --lower.
#
# [seeds] the pages as they are. [newspaper] the same pages with a newspaper page's line and column breaks and
# stray blanks put over them. [cost] how far [newspaper] may lie below [seeds], at most. [articles] tests/articles, on
# which the weights of context/ were fitted; [heldout] tests/heldout, on which nothing was. [cases] the weighed fields
# over all cases, [case_files] the same for each file of cases.
"""

Floors = Mapping[str, Mapping[str, float]]

COST = {"f1": 0.03, "row_f1": 0.03}


def rounded(value: float) -> float:
    """Rounded down to three digits.

    >>> rounded(0.9997), rounded(0.993)
    (0.999, 0.993)
    """
    return math.floor(value * 1000 + 1e-6) / 1000


def raised(
    floors: Floors, reached: Floors, lower: bool = False
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """The new floors, and the measures that have fallen below the old ones.

    >>> raised({"seeds": {"f1": 0.9}}, {"seeds": {"f1": 0.95678, "item": 0.8}})
    ({'seeds': {'f1': 0.956, 'item': 0.8}}, [])
    >>> raised({"seeds": {"f1": 0.9}}, {"seeds": {"f1": 0.85}})
    ({'seeds': {'f1': 0.9}}, ['seeds f1: 0.85 is below 0.9'])
    >>> raised({"seeds": {"f1": 0.9}}, {"seeds": {"f1": 0.85}}, lower=True)[0]
    {'seeds': {'f1': 0.85}}
    """
    result: dict[str, dict[str, float]] = {}
    fallen = []
    for section, measures in reached.items():
        result[section] = {}
        for name, value in measures.items():
            new, old = rounded(value), floors.get(section, {}).get(name, 0.0)
            if new < old:
                fallen.append(f"{section} {name}: {new} is below {old}")
            result[section][name] = new if lower else max(new, old)
    return result, fallen


def write(floors: Floors, path: Path = FLOORS) -> None:
    """Writes the file of the floors."""
    sections = {**floors, "cost": COST}
    lines = [HEADER.rstrip()]
    for title, table in sections.items():
        lines += ["", f"[{title}]", *(f"{name} = {value}" for name, value in table.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.support.raise_floors",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--lower", action="store_true", help="also lower floors, where measures have fallen")
    options = parser.parse_args()
    floors, fallen = raised(read_floors(), measure(), options.lower)
    write(floors)
    readme.refresh()
    if fallen and not options.lower:
        print("These floors are kept, though less is reached now:", *fallen, sep="\n  ", file=sys.stderr)
        print("Mend that, or lower them on purpose with --lower.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
