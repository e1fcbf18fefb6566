"""What is a figure, its value, unit and qualifier are right in every case of wild and negative; the rest as a set."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support import accuracy
from tests.support.cases_runner import (
    EXPECTED_TO_PASS,
    KNOWN_FAILURES,
    WEIGHED,
    Case,
    describe,
    is_exact,
    load_cases,
)
from tests.support.scorer import read_floors

PASSING = list(load_cases(*EXPECTED_TO_PASS))
FAILING = list(load_cases(KNOWN_FAILURES))
FLOOR = read_floors()


def test_ids_are_unique() -> None:
    counts = Counter(case.id for case in [*PASSING, *FAILING])
    assert not [name for name, count in counts.items() if count > 1]


@pytest.mark.parametrize("case", PASSING, ids=lambda case: case.id)
def test_case_is_exact(case: Case) -> None:
    differences = accuracy.differences()[case.id]
    exact = [difference for difference in differences if difference.field not in WEIGHED]
    assert not exact, "\n" + describe(case, exact)


@pytest.mark.parametrize("case", FAILING, ids=lambda case: case.id)
def test_known_failure_still_fails(case: Case) -> None:
    found = accuracy.differences()[case.id]
    assert not is_exact(found), f"{case.id} is exact now: move it with `python -m tests.support.sort_cases`"


@pytest.mark.parametrize("name", FLOOR["cases"])
def test_cases_as_a_set_reach_their_floor(name: str) -> None:
    reached = accuracy.cases()[name]
    assert reached >= FLOOR["cases"][name], f"{name}: `python -m tests.support.sort_cases --dry-run --misses`"


@pytest.mark.parametrize("name", FLOOR["case_files"])
def test_the_cases_of_a_file_reach_their_floor(name: str) -> None:
    assert accuracy.case_files()[name] >= FLOOR["case_files"][name]


def test_every_file_of_cases_has_a_floor() -> None:
    assert set(FLOOR["case_files"]) == set(accuracy.case_files())
