"""Rows and DataFrames."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pandas
import pytest

from extractor.model import COLUMNS, Figure
from extractor.table.columns import FIGURES, Layout, spell, to_frame

FIGURE = Figure(
    source="a.txt", article=1, title="题", published="", place="", subject="", sentence="培训7期。", text="7期", item="培训",
    action="", value=7, low=7, high=7, qualifier="exact", unit="期", kind="training", change="", basis="",
    per="", period="", start=2, end=4, line=1, locator="", rule="digits",
)  # fmt: skip


def figure(**changes: object) -> Figure:
    return dataclasses.replace(FIGURE, **changes)  # type: ignore[arg-type]


def test_frame_of_whole_numbers() -> None:
    frame = to_frame([FIGURE, figure(value=None, low=2, high=3, qualifier="range")])
    assert tuple(frame.columns) == COLUMNS
    assert str(frame.dtypes["value"]) == "Int64"
    assert frame["value"].isna().tolist() == [False, True]
    assert str(frame.dtypes["start"]) == "int64"
    assert isinstance(frame.dtypes["kind"], pandas.CategoricalDtype)
    assert frame["place"].tolist() == ["", ""]


def test_frame_with_fractions_still_computes() -> None:
    frame = to_frame([FIGURE, figure(value=18.5), figure(value=2**53)])
    assert str(frame.dtypes["value"]) == "Float64"
    assert frame.nlargest(1, "value")["value"].tolist() == [2**53]


def test_frame_never_rounds() -> None:
    frame = to_frame([figure(value=2**53 + 1), figure(value=0.5)])
    assert frame["value"].tolist() == [2**53 + 1, 0.5]


def test_empty_frame_has_the_columns() -> None:
    assert tuple(to_frame([]).columns) == COLUMNS


def test_rows_follow_the_layout() -> None:
    layout = Layout(("kind", "value"), {"kind": "类别"}, words={"kind": {"training": "培训"}})
    assert layout.headers == ["类别", "value"]
    assert layout.rows([figure(value=18.0)]) == [("培训", 18)]
    assert FIGURES.rows([FIGURE])[0] == tuple(FIGURE.to_dict().values())


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (1e22, "1" + "0" * 22), (1.5e-7, "0.00000015"), (10**16, "1" + "0" * 16)],
)
def test_numbers_are_spelled_in_full(value: float, text: str) -> None:
    assert spell(value) == text
    assert float(text) == value


def test_import_is_light() -> None:
    heavy = {"pandas", "rich", "opencc", "cn2an", "pyarrow"}
    code = f"import sys, extractor, extractor.cli.command; print(*{heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_half_characters_make_no_frame_fail() -> None:
    """A text in Python can hold them; no file can, so they come through the API alone."""
    frame = to_frame([figure(sentence="全村\ud800共有113户", source="\udcff.txt", item="\udc81")])
    assert (frame.sentence[0], frame.source[0], frame.item[0]) == (
        "全村\ufffd共有113户",
        "\ufffd.txt",
        "\ufffd",
    )
    assert "113户" in frame.to_csv()
