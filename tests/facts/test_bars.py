"""Series as bars on a terminal: every line fits, bars are as long as their values, gaps and other values are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from extractor.cli.series import command
from extractor.facts.bars import draw
from extractor.facts.plot import Panel

CORPUS = str(Path(__file__).parents[2] / "examples/corpus")


def series(*options: str) -> Any:
    return CliRunner().invoke(command, [CORPUS, *options], standalone_mode=False)


def bars(text: str) -> list[int]:
    return [line.count("█") for line in text.splitlines()[1:]]


def test_a_bar_for_each_cell_of_the_corpus() -> None:
    shown = series("--item", "GDP", "--plot", "-").stdout
    lines = shown.splitlines()
    assert lines[0] == "地区生产总值 (亿元)" and len(lines) == 25
    assert all(cell_len(line) <= 80 for line in lines) and max(map(cell_len, lines)) == 80
    assert lines[6].startswith("       2022 █") and lines[6].endswith(" 171.8 ≠ 172.3")
    assert lines[9].startswith("南屏县 2021 █") and lines[11].split() == ["2023", "-"]
    assert bars(shown)[0] > bars(shown)[4] > bars(shown)[12] > 0


def test_the_page_shows_what_it_draws() -> None:
    page = (Path(CORPUS).parents[1] / "docs/series.md").read_text(encoding="utf-8")
    shown = series("--item", "可支配收入", "--subject", "云岭|白石", "--plot", "-").stdout.split("\n\n")[0]
    assert "\n\n" + "\n".join("    " + line for line in shown.splitlines()) + "\n\n" in page


def test_the_table_goes_to_a_file_beside(tmp_path: Path) -> None:
    target = tmp_path / "gdp.csv"
    done = series("--item", "GDP", "--plot", "-", "--csv", str(target))
    assert done.stdout.startswith("地区生产总值 (亿元)\n") and "the plot leaves out 40 cells" in done.stderr
    assert len(target.read_text(encoding="utf-8").splitlines()) == 64
    both = series("--item", "GDP", "--plot", "-", "--csv", "-").exception
    assert "Two outputs to standard output" in str(both)
    nothing = series("--item", "不存在的指标", "--plot", "-")
    assert (nothing.return_value, nothing.stdout) == (3, "")


@pytest.mark.parametrize("width", [1, 40, 57, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    panel = Panel(
        "某指标" * 30, "万元", ["2023-01..2023-09"], {"很长的名字" * 9: [-3.5], "甲": [12345678.0]}, []
    )
    assert all(cell_len(line) <= max(width, 40) for line in draw([panel], width).splitlines())


def test_bars_begin_at_zero() -> None:
    halves = Panel("增速", "%", ["2022", "2023", "2024"], {"甲县": [10.0, 5.0, 0.0]}, [])
    whole, half, nothing = bars(draw([halves], 80))[:3]
    assert half == whole // 2 and nothing == 0
    below = Panel("增速", "%", ["2022", "2023"], {"甲县": [-5.0, 10.0]}, [])
    _, fallen, risen, *_ = draw([below], 80).splitlines()
    ends = cell_len(fallen[: fallen.rindex("█") + 1])
    assert ends == cell_len(risen[: risen.index("█")]) and abs(risen.count("█") - 2 * fallen.count("█")) <= 1


def test_all_values_nought() -> None:
    assert "█" not in draw([Panel("死亡人数", "人", ["2023"], {"甲县": [0.0]}, [])], 60)
