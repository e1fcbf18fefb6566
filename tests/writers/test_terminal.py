"""The table on a terminal: what is shown at which width, and that nothing runs over it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from extractor.model import Figure
from extractor.table.columns import FIGURES, Layout
from extractor.table.headers import chinese
from extractor.table.summary import Pivot, Summary
from extractor.writers.terminal import Writer
from tests.support.figures import figure

RATE = figure(
    text="23456元", item="人均可支配收入", value=23456, unit="元", kind="money", per="人", subject="某某县城镇常住居民",
    period="2023年以来", date_from="2023-01-01", action="达到", change="up", qualifier="over", line=19,
)  # fmt: skip


class Memory:
    """An output in memory."""

    path = target = "-"

    def __init__(self) -> None:
        self.bytes = io.BytesIO()

    def stream(self) -> io.BytesIO:
        return self.bytes


def shown(figures: Sequence[Figure], layout: Layout = FIGURES) -> list[str]:
    return lines(layout, layout.rows(figures))


def lines(layout: Layout, rows: Sequence[tuple[object, ...]]) -> list[str]:
    output = Memory()
    writer = Writer(output, layout, color=False)
    writer.write(rows)  # type: ignore[arg-type]
    writer.finish()
    return output.bytes.getvalue().decode().splitlines()


@pytest.mark.parametrize(
    ("width", "there", "left"),
    [
        (60, ["item", "value", "subject"], ["kind", "action", "confidence"]),
        (80, ["item", "value", "subject", "period"], ["action", "confidence"]),
        (100, ["item", "value", "subject", "period", "text", "line", "kind"], ["confidence"]),
        (200, ["item", "value", "subject", "period", "text", "line", "kind", "action", "confidence"], []),
    ],
)
def test_columns_go_by_the_width(
    width: int, there: list[str], left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    _, header, *rows = shown([RATE])
    assert [name for name in there if name not in header.split()] == []
    assert [name for name in left if name in header.split()] == []
    assert max(map(cell_len, [header, *rows])) <= width
    assert "↑ > 23,456 元/人" in "\n".join(rows)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_holds_a_single_character(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for length in range(10, 60):
        rows = shown([figure(item="村" * length, period="2023年以来", subject="乡" * (length // 3))])[2:]
        pieces = [piece for row in rows for piece in row.split() if set(piece) in ({"村"}, {"乡"})]
        assert min(map(len, pieces)) > 1
        assert "".join(pieces).count("村") == length
        assert "2023年以来" in "\n".join(rows) or width == 60


def test_an_absent_column_takes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "subject" not in shown([figure(subject="")])[1]


def test_signs_are_there_under_chinese_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert "↑ > 23,456 元/人" in "\n".join(shown([RATE], chinese(FIGURES)))


def test_a_wide_pivot_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    pivot = Pivot("place", "kind")
    kinds = [f"kind_{number:02}_of_many" for number in range(12)]
    pivot.add([figure(place="甲县", kind=kind) for kind in kinds])
    layout = pivot.layout(FIGURES)
    found = lines(layout, pivot.rows(layout))
    assert max(map(cell_len, found)) <= 80
    heads = [line.split() for line in found if line.startswith("place")]
    assert len(heads) > 1
    assert [name for head in heads for name in head[1:]] == [*kinds, "total"]
    assert found[0] == "columns 2 – 5 of 14"


def test_long_text_of_chosen_columns_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    layout = Layout(columns=("text", "value", "sentence"))
    found = shown([figure(sentence="文" * 200)], layout)
    assert max(map(cell_len, found)) <= 80
    assert "\n".join(found).count("文") == 200


def test_pages_of_a_summary_are_led_by_kind_and_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    summary = Summary(["money"])
    summary.add([figure(value=123456789012, unit="元", kind="money", item="投资" * 9)])
    layout = summary.layout(FIGURES)
    found = lines(layout, summary.rows(layout))
    assert max(map(cell_len, found)) <= 60
    heads = [line.split() for line in found if line.startswith("kind")]
    assert len(heads) > 1 and all(head[:2] == ["kind", "unit"] for head in heads)
