"""Choosing figures: the expressions of --where, the other filters, and the order."""

from __future__ import annotations

import pickle

import pytest
import regex

from extractor import extract_text
from extractor.table.choice import Choice, ChoiceError, in_order
from extractor.table.where import WhereError, compile_where
from tests.support.figures import FIGURE, figure

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
        ("value > 1亿", [MONEY]),
        ("value >= 18.5亿 and value <= 18.5亿", [MONEY]),
        ("类别 == '金额'", [MONEY]),
        ("类别 != “金额” 且 数值 ≥ 7", [FIGURE]),
        ("限定 in ['范围', '约'] 或 类别 == '金额'", [MONEY, RANGE]),
        ("item contains '投资'", [MONEY]),
        ("item not contains '投资' and item startswith '培'", [FIGURE, RANGE]),
        ("item endswith '资'", [MONEY]),
        ("item =~ '^总.资$'", [MONEY]),
        ("item !~ '^总'", [FIGURE, RANGE]),
        ("value is null", [RANGE]),
        ("数值 is not null", [FIGURE, MONEY]),
        ("place is null", ALL),
        ("not (value is null) AND NOT value > 7", [FIGURE]),
        ("unit == ('元',)", [MONEY]),
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
        ("value", "not a condition"),
        ("value = 3", "'=' is not a comparison; did you mean '=='"),
        ("value > 3 && kind == 'money'", "did you mean 'and'"),
        ("value > 3 || value < 1", "did you mean 'or'"),
        ("!(value > 3)", "did you mean 'not'"),
        ("item like '总%'", "did you mean 'contains'"),
        ("values > 3", "no column 'values'; did you mean 'value'"),
        ("类型 == '金额'", "no column '类型'; did you mean '类别'"),
        ("kind == money", "a text is written in quotes: kind == 'money'"),
        ("kind == 'money", "quotation mark is not closed"),
        ("item =~ '('", "not a regular expression"),
        ("item =~ place", "needs a regular expression"),
        ("value contains '3'", "cannot compare number with text"),
        ("value is 3", "goes with null only"),
        ("__builtins__ == 3", "no column"),
        ("item.str.len() > 3", "attributes are not allowed"),
        ("item.upper == 'A'", "attributes are not allowed"),
        ("item[0] == '总'", "subscripts are not allowed"),
        ("(lambda: 1)() == 1", "':' means nothing here"),
        ("[x for x in item] == 1", "no column 'x'"),
        ("9 ** 9 ** 9 > value", "not allowed"),
        ("value > '7'", "cannot compare number with text"),
        ("value in item", "cannot compare number with text"),
        ("kind == ['money', 3]", "a list holds either"),
        ("kind and value > 3", "not a condition"),
        ("@value > 3", "not an expression"),
        ("value > 3 if kind else 3", "not an expression"),
        ("f'{item}' == 'x'", "no column 'f'"),
        ("__import__('os').system('true')", "calls are not allowed"),
        ("(" * 500 + "1" + ")" * 500, "not an expression|not a condition"),
        ("not " * 499 + "value > 1", "not an expression|longer"),
        ("value > 1 and " * 500 + "value > 1", "longer than"),
    ],
)
def test_what_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(WhereError, match=reason):
        compile_where(expression)


def test_carets_stand_under_the_fault() -> None:
    with pytest.raises(WhereError) as told:
        compile_where("类别 == '金额' and 数直 > 1亿")
    assert str(told.value).splitlines() == [
        "no column '数直'; did you mean '数值'?",
        "  类别 == '金额' and 数直 > 1亿",
        "                     ^^^^",
    ]


@pytest.mark.parametrize(
    ("condition", "warnings"),
    [
        ("kind == 'mony'", ("no row has the kind 'mony'; did you mean 'money'?",)),
        ("类别 in ['金额', '金颔']", ("no row has the kind '金颔'; did you mean '金额'?",)),
        ("unit != '园'", ("no row has the unit '园'; did you mean '元'?",)),
        ("unit == '名'", ("no row has the unit '名'; did you mean '人'?",)),
        ("unit == '辆/日' and change == '' and item == '园'", ()),
        (
            "qualifier == ''",
            (
                "no row has the qualifier ''; there are exact, about, over, nearly, under, at_least, at_most, range",
            ),
        ),
    ],
)
def test_what_no_row_can_have_is_a_warning(condition: str, warnings: tuple[str, ...]) -> None:
    assert compile_where(condition).warnings == warnings


def test_a_condition_travels_as_its_text() -> None:
    copy = pickle.loads(pickle.dumps(compile_where("类别 == '金额'")))
    assert [one for one in ALL if copy(one)] == [MONEY]


def test_a_pattern_that_takes_for_ever_is_given_up() -> None:
    with pytest.raises(ChoiceError, match="takes more than"):
        compile_where("item =~ '(a|aa)+$'")(figure(item="a" * 60 + "b"))


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


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("item contain '党'", "did you mean 'contains'?"),
        ("item startwith '党'", "did you mean 'startswith'?"),
        ("value == null", "'is null'"),
        ("value between 1 and 2", "'>= … and … <='"),
        ("类别 等于 '金额'", "did you mean '=='?"),
        ("数值 大于 1亿", "did you mean '>'?"),
        ("item 园 '党'", "expected and, or"),
    ],
)
def test_the_likely_operator_is_told(condition: str, told: str) -> None:
    with pytest.raises(WhereError) as error:
        compile_where(condition)
    assert told in str(error.value)
    assert "^" in str(error.value)


@pytest.mark.parametrize(
    ("wide", "plain"),
    [("kind ＝＝ ‘money’", "kind == 'money'"), ("value ＞＝ 3", "value >= 3"),
     ("value ≧ 3", "value >= 3"),
     ("kind ！＝ “money”", "kind != 'money'"), ("value ＜＝ 3", "value <= 3")],
)  # fmt: skip
def test_signs_of_full_width_are_those_of_ascii(wide: str, plain: str) -> None:
    figures = extract_text("投资2亿元，培训2期，招收82名干部。")
    kept = [[compile_where(condition)(figure) for figure in figures] for condition in (wide, plain)]
    assert kept[0] == kept[1]
    assert len(set(kept[0])) == 2
