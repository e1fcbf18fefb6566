"""Samples, intervals and doubt: the estimate of a sample holds for the table, and doubt finds what is wrong."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.checks import badges_of, check
from extractor.model import Figure
from extractor.pipeline import examine
from extractor.trust.accuracy import estimate, wilson
from extractor.trust.doubt import doubtful
from extractor.trust.sampling import draw
from tests.support.scorer import HELD_OUT, read_lines, score

ARTICLES = Path(__file__).parents[1] / "articles"


@cache
def annotated(folder: Path = ARTICLES) -> tuple[list[Figure], list[bool], list[bool]]:
    """The rows of a folder of annotated articles, whether each is right, and whether a relation contradicts it."""
    figures: list[Figure] = []
    right: list[bool] = []
    disagreeing: list[bool] = []
    for path in sorted((folder / "figures").glob("*.jsonl")):
        text = (folder / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
        found = examine(text, path.stem).figures
        badges = badges_of(check(found))
        scored = score(read_lines(path), [figure.to_dict() for figure in found])
        wrong = {row["start"] for row in scored.extra}
        wrong |= {pair.row["start"] for pair in scored.pairs if not pair.right["row"]}
        figures += found
        right += [figure.start not in wrong for figure in found]
        disagreeing += [badges.get((figure.start, figure.end)) == "disagrees" for figure in found]
    return figures, right, disagreeing


@pytest.mark.parametrize("number", [60, 120])
def test_the_estimate_covers_the_truth_in_two_hundred_reviews(number: int) -> None:
    figures, right, _ = annotated()
    truth = sum(right) / len(right)
    assert 0.5 < truth < 0.99
    covered = 0
    width = 0.0
    for seed in range(200):
        rows = draw(figures, number, seed)
        assert len(rows) == number and sum(weight for _, weight in rows) == len(figures)
        found = estimate((right[at], weight) for at, weight in rows)
        covered += found.low <= truth <= found.high
        width += (found.high - found.low) / 200
    assert 0.93 * 200 <= covered <= 200, covered
    assert width < 2.4 * (truth * (1 - truth) / number) ** 0.5 * 1.96  # not by telling nothing


def test_the_estimate_is_right_on_the_average() -> None:
    figures, right, _ = annotated()
    truth = sum(right) / len(right)
    shares = [estimate((right[at], w) for at, w in draw(figures, 60, seed)).share for seed in range(200)]
    assert sum(shares) / 200 == pytest.approx(truth, abs=0.01)


def test_a_sample_has_every_large_kind_in_its_proportion() -> None:
    figures, *_ = annotated()
    rows = draw(figures, 200, seed=3)
    counts = Counter(figures[at].kind for at, _ in rows)
    for kind, number in Counter(figure.kind for figure in figures).items():
        assert abs(counts[kind] - 200 * number / len(figures)) < 2, kind


def test_a_seed_gives_its_rows_and_another_seed_others() -> None:
    figures, *_ = annotated()
    assert draw(figures, 60, 1) == draw(figures, 60, 1) != draw(figures, 60, 2)
    assert draw(figures[:5], 60, 1) == [(at, 1) for at in range(5)]
    assert draw([], 60, 1) == []


def test_wilson_is_that_of_the_tables() -> None:
    assert wilson(1.0, 60) == pytest.approx((0.9398, 1), abs=1e-4)
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert str(estimate([])) == "0 of 0"
    assert str(estimate([(False, 1)] * 20)) == "0 of 20 (≤ 16%)"
    few = estimate([(True, 1)] * 30 + [(True, 9)] * 30)
    assert few.low < estimate([(True, 1)] * 60).low  # unequal weights tell less


def test_the_doubtful_fifth_holds_what_is_wrong(record_property: Any) -> None:
    figures, right, disagreeing = annotated()
    first = doubtful(figures, disagreeing)
    assert len(first) == -(-len(figures) // 5)
    share = sum(not right[at] for at in first) / right.count(False)
    record_property("share of the wrong rows", share)
    assert share >= 0.51


def test_sure_rows_of_articles_held_out_are_right_as_the_readme_says(record_property: Any) -> None:
    figures, right, _ = annotated(HELD_OUT)
    sure = [good for figure, good in zip(figures, right, strict=True) if figure.confidence >= 0.9]
    record_property("share of the rows", len(sure) / len(figures))
    record_property("share that is right", sum(sure) / len(sure))
    assert len(sure) / len(figures) >= 0.45
    assert sum(sure) / len(sure) >= 0.935
