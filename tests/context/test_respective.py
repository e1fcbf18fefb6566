"""分别 gives each figure its own member of the list before it."""

from __future__ import annotations

import pytest

import extractor


@pytest.mark.parametrize(
    ("text", "items", "subjects", "periods"),
    [
        (
            "2023年、2024年财政收入分别为12.3亿元、15.6亿元。",
            ["财政收入"] * 2,
            ["", ""],
            ["2023年", "2024年"],
        ),
        ("东岭村、西岭村集体收入分别为12万元、15万元。", ["集体收入"] * 2, ["东岭村", "西岭村"], ["", ""]),
        ("小麦产量、玉米产量分别增长3%和4%。", ["小麦产量", "玉米产量"], ["", ""], ["", ""]),
    ],
)
def test_members_are_given_out(text: str, items: list[str], subjects: list[str], periods: list[str]) -> None:
    figures = extractor.extract_text(text)
    assert [figure.item for figure in figures] == items
    assert [figure.subject for figure in figures] == subjects
    assert [figure.period for figure in figures] == periods


def test_the_change_holds_for_the_whole_list() -> None:
    assert [figure.change for figure in extractor.extract_text("鸡蛋、猪肉价格分别上涨2%、6%。")] == [
        "up",
        "up",
    ]


def test_a_list_of_another_length_is_none() -> None:
    figures = extractor.extract_text("两镇分别投入30万元、40万元。")
    assert [figure.value for figure in figures][-2:] == [300000, 400000]
