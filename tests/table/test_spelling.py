"""Values spelled in Chinese numerals: each says the number it came from, or nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import parse_number
from extractor.cli.command import command
from extractor.table.spelling import spelled


@settings(deadline=None)  # the first call loads cn2an
@given(st.integers(-(10**16) + 1, 10**16 - 1) | st.decimals(-(10**6), 10**6, places=3).map(float))
def test_what_is_spelled_reads_as_the_number(value: float) -> None:
    text = spelled(value)
    if text and value >= 0:
        assert parse_number(text).value == value


@pytest.mark.parametrize(
    ("value", "low", "capital"),
    [
        (1850000000, "十八亿五千万", "壹拾捌亿伍仟万元整"),
        (0.5, "零点五", "伍角"),
        (105, "一百零五", "壹佰零伍元整"),
        (3.141, "三点一四一", ""),
        (10**16, "", ""),
        (1e-7, "", ""),
    ],
)
def test_spelled(value: float, low: str, capital: str) -> None:
    assert (spelled(value), spelled(value, capital=True)) == (low, capital)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_column_on_demand(tmp_path: Path, jobs: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("投资18.5亿元，惠及72户，引资3000美元，补助20至30元。", encoding="utf-8")
    run = CliRunner().invoke
    done = run(command, [str(path), "--columns", "value_zh,unit", "-j", jobs], standalone_mode=False)
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0] == ["value_zh", "unit"]
    assert [row[0] for row in rows[1:]] == ["壹拾捌亿伍仟万元整", "七十二", "三千", "贰拾元整至叁拾元整"]
    assert "中文数值" in run(command, [str(path), "--columns", "value_zh", "--headers", "zh"]).stdout
    assert "value_zh" not in run(command, [str(path)]).stdout
