"""What sentences state, held against ``tests/cases/values.txt``: the value, the unit and the kind of every figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import examine
from extractor.lexicon.folding import visible

CASES = Path(__file__).parents[1] / "cases" / "values.txt"


def cases() -> list[tuple[str, list[str]]]:
    """The sentences with the figures that they state, each as the file writes it."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    sides = [line.rsplit(" => ", 1) for line in lines]
    return [(text.replace("⏎", "\n"), told.split(" ; ") if told != "-" else []) for text, told in sides]


def number(value: float | int | None) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def told(text: str) -> list[str]:
    """The figures of a text in the notation of the file."""
    found = []
    for figure in examine(text).figures:
        value = figure.value
        written = f"{number(figure.low)}..{number(figure.high)}" if value is None else number(value)
        qualifier = "" if figure.qualifier == "exact" else f" {figure.qualifier}"
        found.append(f"{figure.text} = {written} {figure.unit or '∅'} {figure.kind}{qualifier}")
    return found


@pytest.mark.parametrize(("text", "expected"), cases(), ids=[text for text, _ in cases()])
def test_case(text: str, expected: list[str]) -> None:
    assert told(text) == [normal(part) for part in expected]


def normal(part: str) -> str:
    """A figure as the file writes it, its value as ``told`` writes it; the text without blanks."""
    text, _, rest = part.partition(" = ")
    value, rest = rest.split(" ", 1)
    ends = [number(float(end) if "." in end else int(end)) for end in value.split("..")]
    return f"{visible(''.join(text.split()))} = {'..'.join(ends)} {rest}"
