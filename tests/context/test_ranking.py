"""Weights, scores and shares."""

from __future__ import annotations

import tomllib

import pytest

from extractor.context.ranking import QUESTIONS, Weights, odds, parse, probabilities, score, weights
from extractor.packaged import packaged


def test_evidence_without_a_weight_counts_nothing() -> None:
    fitted = {("last class", "L", "N"): 1.5}
    assert score(fitted, [("last class", "L", "N"), ("last class", "R", "N")]) == 1.5


def test_shares_add_up_and_follow_the_scores() -> None:
    shares = probabilities([2.0, 0.0, -1.0])
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_odds() -> None:
    assert odds(0.0) == 0.5 and odds(3.0) > 0.9 and odds(-3.0) < 0.1


def test_the_file_is_read_question_by_question() -> None:
    text = (
        '# about\n\n[item]\n"none" = -1.00\n"next word|\\"" = 0.50\n\n[subject_reach]\n"length|S|1" = 0.25\n'
    )
    read = parse(text)
    assert read.item == {("none",): -1.0, ("next word", '"'): 0.5}
    assert read.subject_reach == {("length", "S", "1"): 0.25}
    assert read.action == {}


def test_the_file_is_toml() -> None:
    text = packaged("context", "weights.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(text)
    read = parse(text)
    for question in QUESTIONS:
        named = {tuple(key.split("|")): weight for key, weight in whole[question.replace(" ", "_")].items()}
        assert read.tables[question] == named


def test_the_package_has_weights_for_every_question() -> None:
    own = weights()
    assert own is weights()
    assert all(own.tables[question] for question in QUESTIONS)


def test_no_weights_no_certainty() -> None:
    assert odds(score(Weights({}).certainty, [("end", "8")])) == 0.5
