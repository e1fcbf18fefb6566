"""The series of the invented corpus are the answers that were written down before."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli.command import command

ROOT = Path(__file__).parents[2]
ANSWERS = list(
    csv.DictReader(
        io.StringIO((Path(__file__).parent / "answers" / "series.csv").read_text(encoding="utf-8"))
    )
)
YEARS = ("2021", "2022", "2023", "2024")
CORPUS = "examples/corpus"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def series(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["series", *arguments], prog_name="extract", standalone_mode=False)


def table(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(series(*arguments, "--csv", "-").stdout)))


@pytest.mark.parametrize("item", sorted({row["item"] for row in ANSWERS}))
def test_wide_is_the_answer(item: str) -> None:
    wanted = {row["subject"]: row for row in ANSWERS if row["item"] == item}
    unit = next(iter(wanted.values()))["unit"]
    rows = table(CORPUS, "--item", item, "--wide", "--every", "year", "--unit", unit)
    found = {row["subject"]: row for row in rows if row["measure"] == "level" and row["item"] == item}
    assert found.keys() >= wanted.keys()
    for subject, row in wanted.items():
        assert {year: found[subject][year] for year in YEARS} == {year: row[year] for year in YEARS}
        assert found[subject]["unit"] == unit
    counties = {subject for subject in found if not subject.endswith(("镇", "村"))}
    assert counties == wanted.keys() or item == "固定资产投资"


def test_synonyms_ask_for_the_same_and_can_be_refused() -> None:
    joined = table(CORPUS, "--item", "GDP")
    assert joined == table(CORPUS, "--item", "生产总值")
    assert {row["item"] for row in joined} == {"地区生产总值"}
    refused = series(CORPUS, "--item", "GDP", "--exact", "--csv", "-")
    assert {row["item"] for row in csv.DictReader(io.StringIO(refused.stdout))} == {"GDP"}
    assert "joins" not in refused.stderr
    assert "地区生产总值 joins GDP, 生产总值; --exact" in series(CORPUS, "--item", "GDP").stderr


def test_every_cell_has_its_source_and_a_conflict_is_marked() -> None:
    rows = table(CORPUS, "--item", "GDP", "--subject", "云岭")
    assert {row["subject"] for row in rows} == {"云岭县"}
    (cell,) = (row for row in rows if row["period"] == "2022" and row["measure"] == "level")
    assert cell["value"] == "17180000000" and cell["where"] == f"{CORPUS}/yunling/2023-01-16.txt:4"
    assert cell["conflict"] == f"17230000000 ({CORPUS}/yunling/2023-02-20.txt:4)"
    (cell,) = (row for row in rows if row["period"] == "2023" and row["measure"] == "level")
    assert (cell["sources"], cell["written"], cell["conflict"]) == ("2", "186.4亿元; 186亿元", "")


def test_levels_changes_and_plans_are_apart() -> None:
    rows = table(CORPUS, "--item", "GDP", "--subject", "云岭县|临湾县", "--every", "year")
    assert {(row["measure"], row["unit"]) for row in rows} == {
        ("level", "元"), ("change", "%"), ("plan", "元"), ("plan_change", "%"),
    }  # fmt: skip
    # 农村居民人均可支配收入计划达到2.7万元 is taken for one of GDP, at a confidence of .63.
    sure = table(
        CORPUS, "--item", "GDP", "--subject", "云岭县|临湾县", "--every", "year", "--min-confidence", "0.7"
    )
    assert [row["value"] for row in sure if row["measure"] == "plan"] == ["18400000000"]


def test_half_years_are_no_years() -> None:
    assert {row["period"] for row in table(CORPUS, "--item", "GDP", "--every", "half")} == {
        "2021H1", "2022H1", "2023H1", "2024H1",
    }  # fmt: skip
    periods = [row["period"] for row in table(CORPUS, "--item", "GDP", "--subject", "青禾县")]
    assert periods[:2] == ["2021-01..2021-09", "2021"]


def test_one_unit() -> None:
    rows = table(CORPUS, "--item", "粮食播种面积", "--subject", "青禾县")
    assert {row["unit"] for row in rows} == {"亩"}
    assert [row["value"] for row in rows] == ["186000", "189000", "192000", "195000"]
    hectares = table(CORPUS, "--item", "粮食播种面积", "--subject", "青禾县", "--unit", "公顷")
    assert [row["value"] for row in hectares] == ["12400", "12600", "12800", "13000"]


def test_a_table_made_before_gives_the_same(tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    CliRunner().invoke(command, [CORPUS, "-q", "--csv", str(made)], standalone_mode=False)
    assert table(str(made), "--item", "可支配收入") == table(CORPUS, "--item", "可支配收入")
    text = made.read_text(encoding="utf-8")
    made.write_text(text.replace(",15230,15230,15230,", ",x,15230,15230,"), encoding="utf-8")
    told = series(str(made), "--item", "GDP").exception
    assert "value is 'x', which is no number" in str(told)


def test_where_headers_and_nothing_found() -> None:
    assert {row["period"] for row in table(CORPUS, "--item", "GDP", "--where", "date_to < '2022'")} <= {
        "2021", "2021H1", "2021-01..2021-09",
    }  # fmt: skip
    (header, first, *_) = series(CORPUS, "--item", "GDP", "--headers", "zh", "--csv", "-").stdout.splitlines()
    assert header.startswith("指标,主体,性质,") and ",水平," in first
    nothing = series(CORPUS, "--item", "不存在的指标")
    assert nothing.return_value == 3 and "0 cells" in nothing.stderr


@pytest.mark.parametrize("name", ["plot.png", "plot.svg"])
def test_plot(name: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from extractor.facts.plot import PlotError, _font

    try:
        _font()
    except PlotError:
        pytest.skip("no font with Chinese characters here")
    first, second = tmp_path / name, tmp_path / f"again-{name}"
    for target in (first, second):
        series(CORPUS, "--item", "可支配收入", "--plot", str(target))
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"\x89PNG" if name.endswith("png") else b"<?xml")


def test_what_a_plot_shows() -> None:
    import extractor
    from extractor.facts.plot import panels
    from extractor.facts.series import Series

    made = Series("GDP")
    made.add(extractor.extract(CORPUS))
    ((panel,), left) = panels(made)
    assert panel.title == "地区生产总值" and panel.unit == "亿元" and panel.periods == list(YEARS)
    assert panel.lines["南屏县"] == [128.4, 135.9, None, 149.7]
    assert sorted(panel.others) == [(1, 171.8, 172.3), (3, 361.8, 358.1)]
    assert left == sum(map(len, made.lines().values())) - 23


def test_what_cannot_be_drawn_is_told_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "name a .png or .svg file" in str(series(CORPUS, "--item", "GDP", "--plot", "a.gif").exception)
    monkeypatch.setattr("extractor.facts.plot.find_spec", lambda name: None)
    assert "extract-figures[plot]" in str(series(CORPUS, "--item", "GDP", "--plot", "a.png").exception)


def test_no_font_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from matplotlib import font_manager

    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    told = series(CORPUS, "--item", "GDP", "--plot", str(tmp_path / "a.png")).exception
    assert "no font with Chinese characters" in str(told)
