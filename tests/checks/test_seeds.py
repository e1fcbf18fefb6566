"""The relations of the seeds, pinned: all that are there, none that is not. Corruptions are caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.checks import Check, check
from extractor.pipeline import examine
from tests.checks.test_checks import corruptions

SEEDS = Path(__file__).parents[2] / "seeds"

RELATIONS = {
    "000": [("share", "18 / 23 = 78.26% ≈ 78%", "rounds"), ("share", "21 / 23 = 91.3% ≈ 91%", "rounds")],
    "001": [],
    "002": [],
    "003": [("product", "764 × 1.5万 = 1146万", "agrees")],
    "004": [
        ("sum", "178 + 4 + 2 + 13 = 197", "agrees"),
        ("difference", "1098 − 1084 = 14", "agrees"),
    ],
}


def seed(number: str) -> str:
    [path] = SEEDS.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


def checked(text: str) -> list[Check]:
    return check(examine(text).figures)


@pytest.mark.parametrize("number", sorted(RELATIONS))
def test_relations_of_a_seed(number: str) -> None:
    found = [(made.relation, made.expression, made.status) for made in checked(seed(number))]
    assert found == RELATIONS[number]


@pytest.mark.parametrize("number", sorted(number for number in RELATIONS if RELATIONS[number]))
def test_corrupted_digits_are_caught(number: str) -> None:
    """At least 80 % of the single digits changed inside a relation, in each seed; none alarms elsewhere."""
    text = seed(number)
    done = total = 0
    for made in checked(text):
        # The article alone, so that this stays quick; offsets count from its first sentence.
        begin = text.rfind("\n\n", 0, max(0, made.spans[0][0] - 400)) + 1
        end = max(end for _, end in made.spans) + 60
        piece = text[begin:end]
        shifted = tuple((start - begin, stop - begin) for start, stop in made.spans)
        assert [again.expression for again in checked(piece) if again.relation == made.relation], piece
        for changed in corruptions(piece, shifted):
            total += 1
            done += any(again.status == "disagrees" for again in checked(changed))
    assert done / total >= 0.8, f"{done} of {total}"
    print(f"{number}: {done} of {total} corruptions caught")
