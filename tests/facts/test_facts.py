"""Facts and conflicts: of the invented corpus they are the answers written down before, of pairs what the pair says."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import extractor
from extractor.cli.command import command
from extractor.facts.conflicts import conflicts
from extractor.facts.gather import Gatherer
from extractor.facts.tables import number

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAIRS = re.findall(
    r"^= (conflict|none): (.+)\n(.+)\n(.+)$", (HERE / "pairs.txt").read_text(encoding="utf-8"), re.M
)
MISSED = {"forest cover"}
"""Conflicts that are not found: the name of the place is cut wrongly."""


def answers(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((HERE / "answers" / name).read_text(encoding="utf-8"))))


def table(monkeypatch: pytest.MonkeyPatch, *options: str) -> list[dict[str, str]]:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(command, ["examples/corpus", *options], standalone_mode=False)
    assert done.return_value == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_conflicts_are_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(monkeypatch, "--conflicts", "-")
    names = ("item", "subject", "date_from", "date_to", "value", "other_value", "unit")
    found = [tuple(row[name] for name in names) for row in rows]
    assert found == [tuple(row.values()) for row in answers("conflicts.csv")]
    assert rows[0]["where"] == "examples/corpus/nanping/2022-01-21.txt:7"
    assert (rows[1]["written"], rows[1]["other_written"]) == ("9.9万亩", "6720公顷")
    assert [row["difference"] for row in rows[:2]] == ["9.94", "1.79"]


def test_facts_that_two_articles_tell_are_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(monkeypatch, "--facts", "-")
    found = {
        (row["item"], row["subject"], row["period"], row["measure"], row["value"], row["unit"]): {
            re.sub("^examples/corpus/|:[0-9]+$", "", where) for where in row["where"].split("; ")
        }
        for row in rows
        if row["sources"] == "2"
    }
    wanted = {tuple(list(row.values())[:6]): {row["first"], row["second"]} for row in answers("facts.csv")}
    assert found == wanted
    assert all(row["sources"] in ("1", "2") for row in rows) and len(rows) > 200


def test_the_rows_stay_and_the_last_line_tells(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    alone, beside = tmp_path / "alone.csv", tmp_path / "beside.csv"
    run = CliRunner().invoke
    run(command, ["examples/corpus", "--csv", str(alone)], standalone_mode=False)
    options = ["--facts", str(tmp_path / "f.xlsx"), "--conflicts", str(tmp_path / "c.jsonl"), "-j", "2"]
    done = run(command, ["examples/corpus", "--csv", str(beside), *options], standalone_mode=False)
    assert alone.read_bytes() == beside.read_bytes()
    assert " facts, 6 conflicts between articles" in done.stderr
    assert len((tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()) == 6
    wrong = run(command, ["examples/corpus", "--facts", "a.html"], standalone_mode=False).exception
    assert "--facts cannot be html" in str(wrong)


def test_choice_and_language(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(monkeypatch, "--conflicts", "-", "--kind", "area", "--headers", "zh")
    assert [(row["指标"], row["性质"], row["时间"]) for row in rows] == [("粮食播种面积", "水平", "2022")]


def found(*articles: str, **others: Any) -> tuple[int, list[int]]:
    """How many conflicts, and by how many articles each fact is told."""
    gatherer = Gatherer(**others)
    for place, text in enumerate(articles):
        figures = extractor.extract_text(text)
        gatherer.add(dataclasses.replace(figure, source=f"{place}.txt") for figure in figures)
    groups = list(gatherer.groups())
    return len(conflicts(groups)), [len(fact.articles) for group in groups for fact in group]


@pytest.mark.parametrize(("answer", "about", "first", "second"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_pairs(answer: str, about: str, first: str, second: str) -> None:
    number_found, _ = found(first, second)
    if about in MISSED:
        assert number_found == 0, "it is found now: take it out of MISSED"
    else:
        assert (number_found > 0) == (answer == "conflict")


def test_there_are_pairs_of_both_kinds() -> None:
    kinds = [pair[0] for pair in PAIRS]
    assert kinds.count("conflict") == 8 and kinds.count("none") == 29


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("186.4亿元", "约186亿元", [2]),
        ("186.4亿元", "180多亿元", [2]),
        ("186.4亿元", "1864000万元", [2]),
        ("186.4亿元", "约205亿元", [1, 1]),
        ("186.4亿元", "近180亿元", [1, 1]),
    ],
)
def test_wordings_of_a_value(first: str, second: str, told: list[int]) -> None:
    sentence = "2023年，河东县地区生产总值为{}。"
    assert found(sentence.format(first), sentence.format(second)) == (0, told)


def test_an_article_that_says_it_twice_is_one_source() -> None:
    assert found("2023年，河东县地区生产总值88.2亿元。\n2023年，河东县地区生产总值88.2亿元。") == (0, [1])


def test_without_days_nothing_is_joined() -> None:
    text = "河东县粮食总产量21.6万吨。"
    assert found(text, text) == (0, [1, 1])


def test_three_values_are_too_many() -> None:
    assert found(*(f"2023年，河东县地区生产总值{value}亿元。" for value in (88.2, 88.4, 88.7)))[0] == 0


def test_a_value_in_another_unit() -> None:
    assert number(None, "亩") is None
    (figure,) = extractor.extract_text("粮食播种面积3公顷。")
    from extractor.facts.tellings import telling

    told = telling(figure)
    assert told is not None and number(told.base, "亩") == 45
