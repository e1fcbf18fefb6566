"""Conflicts between articles of two papers: found where they are, and none claimed where there is none."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import extractor
from extractor.facts.conflicts import Conflict, conflicts
from extractor.facts.gather import Gatherer

TEXT = (Path(__file__).parent / "papers.txt").read_text(encoding="utf-8")
PAIRS = re.findall(r"^= (conflict|none): (.+)\n((?:(?!=|--).*\n)+)--\n((?:(?!=|--).*\n?)+)", TEXT, re.M)
MISSED = {
    "tourists at a holiday",
    "power generated",
    "deposits at a year's end",
}
"""Conflicts that are not found: 游客 is no indicator, the name of a power station is part of the item, 金融机构 may be a part."""


def found(*articles: str) -> list[Conflict]:
    gatherer = Gatherer()
    for place, text in enumerate(articles):
        figures = extractor.extract_text(text.strip())
        gatherer.add(dataclasses.replace(figure, source=f"{place}.txt") for figure in figures)
    return conflicts(list(gatherer.groups()))


@pytest.mark.parametrize(("answer", "about", "first", "second"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_pairs(answer: str, about: str, first: str, second: str) -> None:
    told = found(first, second)
    if about in MISSED:
        assert not told, "it is found now: take it out of MISSED"
    else:
        assert len(told) == (answer == "conflict")


def test_there_are_as_many_of_both_kinds() -> None:
    answers = [pair[0] for pair in PAIRS]
    assert answers.count("conflict") == answers.count("none") == TEXT.count("\n= ") / 2 == 20
    assert {pair[1] for pair in PAIRS} >= MISSED
