"""Values of one dimension come out in one unit, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from extractor.lexicon.words import lexicon
from extractor.numerals.base import base, size

DIMENSIONS = lexicon().data["base_unit"]
NAMES = {unit["name"] for unit in lexicon().data["unit"]}
KINDS = {unit["name"]: unit["kind"] for unit in lexicon().data["unit"]}


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (100, "亩", (66666.6666666667, "平方米")),
        (1.5, "亩", (1000, "平方米")),
        (2, "平方公里", (2000000, "平方米")),
        (5.1, "千米", (5100, "米")),
        (10, "里", (5000, "米")),
        (3, "尺", (1, "米")),
        (7300, "吨", (7300000, "千克")),
        (0.1, "吨", (100, "千克")),
        (3.5, "斤", (1.75, "千克")),
        (2, "周", (14, "天")),
        (12, "小时", (0.5, "天")),
        (10, "小时", (0.416666666666667, "天")),
        (3, "‰", (0.3, "%")),
        (78, "%", (78, "%")),
        (0.9, "百分点", (0.9, "百分点")),
        (5, "美元", (5, "美元")),
        (1850000000, "元", (1850000000, "元")),
        (12, "头", (12, "头")),
        (3, "", (3, "")),
        (0.5, "", (0.5, "")),
        (-4, "千米", (-4000, "米")),
        (1e20, "吨", (10**23, "千克")),
    ],
)
def test_base(value: Any, unit: str, expected: tuple[Any, str]) -> None:
    assert base(value, unit) == expected


@pytest.mark.parametrize("unit", ["月", "年", "学期", "工作日", "加仑", "垧", "盎司"])
def test_a_unit_of_no_certain_size_has_no_base(unit: str) -> None:
    assert base(3, unit) == (None, "")
    assert size(unit) is None


def test_no_value_has_no_base() -> None:
    assert base(None, "亩") == (None, "")


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_has_an_example_that_holds(dimension: dict[str, Any]) -> None:
    value, unit, expected = dimension["example"]
    assert base(value, unit) == (expected, dimension["base"])
    assert Fraction(dimension["sizes"][dimension["base"]]) == 1


def test_units_are_known_and_stand_once() -> None:
    listed = [unit for d in DIMENSIONS for unit in (*d["sizes"], *d.get("inexact", ()))]
    assert len(listed) == len(set(listed))
    renamed = {"平方千米", "平方公里", "分钱", "季", "学时"}  # one of two spellings, or a unit of no kind
    assert set(listed) - NAMES <= renamed


def test_units_of_a_dimension_are_of_one_kind() -> None:
    for dimension in DIMENSIONS:
        kinds = {KINDS[unit] for unit in dimension["sizes"] if unit in KINDS}
        assert len(kinds) == 1, (dimension["base"], kinds)
