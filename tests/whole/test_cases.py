"""Every case of wild and negative passes, and every case of known_failures still fails."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.cases_runner import EXPECTED_TO_PASS, KNOWN_FAILURES, Case, describe, load_cases, run_case

PASSING = list(load_cases(*EXPECTED_TO_PASS))
FAILING = list(load_cases(KNOWN_FAILURES))


def test_ids_are_unique() -> None:
    counts = Counter(case.id for case in [*PASSING, *FAILING])
    assert not [name for name, count in counts.items() if count > 1]


@pytest.mark.parametrize("case", PASSING, ids=lambda case: case.id)
def test_case_passes(case: Case) -> None:
    differences = run_case(case)
    assert not differences, "\n" + describe(case, differences)


@pytest.mark.parametrize("case", FAILING, ids=lambda case: case.id)
def test_known_failure_still_fails(case: Case) -> None:
    assert run_case(case), f"{case.id} passes now: move it with `python -m tests.support.sort_cases`"
