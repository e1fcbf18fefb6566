"""--explain of documents: a number in a cell says which header made it what it is."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import run

PAGE = """# 甲县2023年收支情况

全县选派干部12名。

单位：万元

| 乡镇 | 税收 | 占比（%） | 干部人数 |
|---|---|---|---|
| 东沟镇 | 35.6 | 41.2 | 7 |
"""


def test_explanations_of_cells_and_prose_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    told = run("--explain", "a.md", "-q", cwd=tmp_path).out.decode()
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert "12名 figure: 12 人" in lines
    assert lines.index("12名 figure: 12 人") < lines.index("35.6 figure: 356000 元")
    assert "cell 表1 东沟镇 / 税收" in lines
    assert "unit 元, by the lines above the table" in lines
    assert "unit %, by the header of the column, 占比(%)" in lines
    assert "unit 人, by what the words of the header imply" in lines
    assert "item 税收, by the header of the column, 税收" in lines
    assert "period 2023年, by the lines above the table" in lines
    assert lines.count("subject 东沟镇") == 3


def test_every_numeral_of_the_table_of_rows_is_explained_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    lines = run("--explain", "a.md", "-f", "jsonl", "-q", cwd=tmp_path).out.decode().splitlines()
    rows = run("a.md", "--csv", "-", "-q", cwd=tmp_path).out.decode().splitlines()
    assert sum('"rejection": null' in line for line in lines) == len(rows) - 1
    assert sum('"headers": {"unit": ' in line for line in lines) == 3
