"""The short way past the rules for numerals in characters says the same as the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.lexicon.folding import fold
from extractor.lexicon.words import lexicon
from extractor.numerals.rejects import BEFORE_UNIT, Look, before_unit, first
from extractor.numerals.scan import scan
from extractor.pipeline import sentences
from tests.support.cases_runner import load_cases

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def looks(text: str) -> list[Look]:
    """Every numeral of a text with its surroundings."""
    folded = fold(text)
    words = lexicon()
    found = []
    for begin, finish in sentences(folded, 0, len(folded)):
        for candidate in scan(folded[begin:finish]):
            start, end = begin + candidate.start, begin + candidate.end
            found.append(Look(folded, begin, finish, start, end, candidate.text, words))
    return found


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_seeds(path: Path) -> None:
    for look in looks(path.read_text(encoding="utf-8")):
        assert before_unit(look) == first(BEFORE_UNIT, look), look.left[-8:] + look.numeral + look.right


def test_cases() -> None:
    for case in load_cases("wild", "negative", "known_failures"):
        for look in looks(case.text):
            assert before_unit(look) == first(BEFORE_UNIT, look), look.left[-8:] + look.numeral + look.right
