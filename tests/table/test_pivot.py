"""Cross tables of values: one unit a row, amounts only, nothing added unless asked for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import extractor
from extractor.cli.command import command
from extractor.report.overview import per_place

TEXT = "栽树3公顷，种茶45亩，带动18户增收5万元，另有30户，发放补贴2万元和4万元，奖金1万美元，改造房屋2至3间。"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "c.txt"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "-q"], standalone_mode=False)


def test_sums_are_per_unit_and_of_amounts_only(file: str) -> None:
    rows = list(csv.reader(io.StringIO(run(file, "--pivot", "source", "kind", "--value", "sum").stdout)))
    assert rows[0] == ["source", "unit", "money", "area", "households"]
    assert sorted(rows[1:]) == [
        ["c.txt", "元", "60000", "", ""],
        ["c.txt", "平方米", "", "60000", ""],
        ["c.txt", "户", "", "", "48"],
        ["c.txt", "美元", "10000", "", ""],
    ]


def test_medians_largest_and_headers(file: str) -> None:
    zh = run(file, "--pivot", "unit", "kind", "--value", "median", "--headers", "zh").stdout
    assert zh.splitlines()[0] == "单位,换算单位,金额,面积,户" and "元,元,30000,," in zh.splitlines()
    assert (
        "c.txt,元,40000,," in run(file, "--pivot", "source", "kind", "--value", "largest").stdout.splitlines()
    )


def test_counts_stay_and_value_needs_a_pivot(file: str) -> None:
    assert (
        run(file, "--pivot", "source", "kind").stdout
        == run(file, "--pivot", "source", "kind", "--value", "count").stdout
    )
    assert "--value says what the cells of --pivot hold" in str(run(file, "--value", "sum").exception)


def test_the_overview_adds_nothing_up() -> None:
    figures = extractor.extract_text("白石县培训新闻\n白石县培训农民1840人，其中妇女620人，受益群众500人。")
    (bar,) = per_place(figures, {"people"}, "人").bars
    assert (bar.label, bar.value, bar.figures, bar.median) == ("白石县", 1840, 3, 620)
    assert figures[bar.figure - 1].value == 1840
