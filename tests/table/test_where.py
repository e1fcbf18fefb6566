"""Choosing figures: the expressions of --where, the other filters, and the order."""

from __future__ import annotations

import pytest
import regex

from extractor.table.choice import Choice, in_order
from extractor.table.where import WhereError, compile_where
from tests.table.test_columns import FIGURE, figure

MONEY = figure(kind="money", unit="元", value=18.5e8, low=18.5e8, high=18.5e8, item="总投资")
RANGE = figure(value=None, low=2, high=3, qualifier="range")
ALL = [FIGURE, MONEY, RANGE]


@pytest.mark.parametrize(
    ("expression", "kept"),
    [
        ("value > 7", [MONEY]),
        ("value >= 7 and value <= 7", [FIGURE]),
        ("kind == 'money' & value > 1e8", [MONEY]),
        ("kind in ['money', 'area'] | qualifier == 'range'", [MONEY, RANGE]),
        ("kind == ['money']", [MONEY]),
        ("kind not in ('money',)", [FIGURE, RANGE]),
        ("~(kind == 'money')", [FIGURE, RANGE]),
        ("not value > 7", [FIGURE]),
        ("value == value", [FIGURE, MONEY]),
        ("1 < low < 5", [RANGE]),
        ("high - low == 1", [RANGE]),
        ("value / (value - 7) > 0", [MONEY]),
        ("-value < -7", [MONEY]),
        ("'投资' in item", [MONEY]),
        ("item == '总投资' or line == 2", [MONEY]),
        ("place == ''", ALL),
    ],
)
def test_expressions(expression: str, kept: list[object]) -> None:
    test = compile_where(expression)
    assert [one for one in ALL if test(one)] == kept


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "not an expression"),
        ("value >", "not an expression"),
        ("value", "no condition"),
        ("value = 3", "not an expression"),
        ("values > 3", "no column 'values'"),
        ("__builtins__ == 3", "no column"),
        ("item.str.len() > 3", "calls are not allowed"),
        ("item.upper == 'A'", "attributes are not allowed"),
        ("item[0] == '总'", "subscripts are not allowed"),
        ("(lambda: 1)() == 1", "calls are not allowed"),
        ("[x for x in item] == 1", "not allowed"),
        ("9 ** 9 ** 9 > value", "not allowed"),
        ("value > '7'", "cannot compare number with text"),
        ("value in item", "cannot compare number with text"),
        ("kind == ['money', 3]", "a list holds either"),
        ("kind and value > 3", "no condition"),
        ("@value > 3", "not an expression"),
        ("value > 3 if kind else 3", "not allowed"),
        ("f'{item}' == 'x'", "not allowed"),
        ("value is None", "cannot compare|not allowed"),
        ("(" * 500 + "1" + ")" * 500, "not an expression|no condition"),
        ("not " * 499 + "value > 1", "not an expression|longer"),
        ("value > 1 and " * 500 + "value > 1", "longer than"),
    ],
)
def test_what_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(WhereError, match=reason):
        compile_where(expression)


def test_choice() -> None:
    assert Choice().everything
    assert not Choice(smallest=0).everything
    assert [f for f in ALL if Choice(kinds=frozenset({"money"})).keeps(f)] == [MONEY]
    assert [f for f in ALL if Choice(units=frozenset({"期"})).keeps(f)] == [FIGURE, RANGE]
    assert [f for f in ALL if Choice(item=regex.compile("^总")).keeps(f)] == [MONEY]
    assert [f for f in ALL if Choice(smallest=2, largest=7).keeps(f)] == [FIGURE, RANGE]
    assert [f for f in ALL if Choice(smallest=3, largest=7).keeps(f)] == [FIGURE]


def test_order() -> None:
    assert in_order(ALL, ["-value"]) == [MONEY, FIGURE, RANGE]
    assert in_order(ALL, ["value"]) == [FIGURE, MONEY, RANGE]
    assert in_order(ALL, ["kind", "-low"]) == [MONEY, FIGURE, RANGE]
