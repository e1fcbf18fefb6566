"""Base values in Chinese measures or at given rates, and bounds with a unit, on the command line."""

from __future__ import annotations

import csv
import io
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli.command import command
from extractor.engine.task import examiner, rules_digest
from extractor.numerals.conversion import Conversion, RatesError, read_rates

TEXT = "2022年，栽树3公顷，种茶45亩，产茶300斤，出口100万美元，投资500万元。2023年引资2万美元，修路5公里。借款3万港元。"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "rates.csv").write_text("currency,year,rate\n美元,,7\n美元,2022,6.7\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*options: str) -> Result:
    return CliRunner().invoke(command, ["a.txt", "-q", *options], standalone_mode=False)


def bases(*options: str) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(run("--columns", "text,base_value,base_unit", *options).stdout))
    return {row["text"]: row["base_value"] + row["base_unit"] for row in rows}


def test_chinese_measures(here: Path) -> None:
    found = bases("--unit-system", "chinese")
    assert [found[text] for text in ("3公顷", "45亩", "300斤", "5公里")] == ["45亩", "45亩", "300斤", "10里"]
    assert found["100万美元"] == "1000000美元"
    assert bases("--unit-system", "metric") == bases()


def test_money_at_rates_only_where_they_are_given(here: Path) -> None:
    assert bases()["100万美元"] == "1000000美元"
    found = bases("--rates", "rates.csv")
    assert (found["100万美元"], found["2万美元"]) == ("6700000元", "140000元")
    assert (found["3万港元"], found["500万元"], found["3公顷"]) == ("30000港元", "5000000元", "30000平方米")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a,b\n1,2\n", "must name the columns currency,rate"),
        ("currency,rate\n美圆元,7\n", "line 2: '美圆元' is no currency"),
        ("currency,rate\n美元,seven\n", "line 2: the rate is how many 元 one 美元 is"),
        ("currency,rate\n美元,-1\n", "not '-1'"),
        ("currency,rate,year\n美元,7,去年\n", "the year is '去年'"),
    ],
)
def test_wrong_rates(here: Path, content: str, told: str) -> None:
    (here / "rates.csv").write_text(content, encoding="utf-8")
    with pytest.raises(RatesError, match=told.split(":")[0]):
        read_rates("rates.csv")
    assert told in str(run("--rates", "rates.csv").exception)
    assert "--rates cannot be used" in str(run("--rates", "nowhere.csv").exception)


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (("--min", "40亩"), ["3公顷", "45亩"]),
        (("--min", "3.01公顷"), []),
        (("--max", "100公里"), ["5公里"]),
        (("--min", "100万元"), ["500万元"]),
        (("--min", "1公里", "--max", "12里"), ["5公里"]),
        (("--min", "100万"), ["100万美元", "500万元"]),
    ],
)
def test_bounds_with_a_unit(here: Path, options: tuple[str, ...], texts: list[str]) -> None:
    assert run("--columns", "text", "--no-header", *options).stdout.split() == texts


def test_a_bound_that_is_none(here: Path) -> None:
    assert "write 500, 1e8, 3.5亿 or 100公顷" in str(run("--min", "公顷").exception)
    assert "is not a number" in str(run("--min", "3个月").exception)


def test_it_travels_to_workers_and_into_the_journal() -> None:
    conversion = Conversion("chinese")
    examine = pickle.loads(pickle.dumps(examiner((), conversion)))
    assert [figure.base_unit for figure in examine(TEXT, "a").figures][:3] == ["亩", "亩", "斤"]
    assert (
        rules_digest((), conversion)
        != rules_digest()
        != rules_digest((), Conversion(rates=(("美元", "", 7),)))
    )
