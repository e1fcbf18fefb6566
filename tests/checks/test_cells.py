"""Sums of tables: rows and columns named 合计, 总计 and 小计."""

from __future__ import annotations

import pytest

from extractor import check
from extractor.checks import Check
from extractor.pipeline import examine
from extractor.sources.documents import markdown


def checks(*rows: str, above: str = "") -> list[Check]:
    head, *body = rows
    lines = [f"| {row} |" for row in (head, "|".join("-" * 3 for _ in head.split("|")), *body)]
    done = markdown.read("\n".join([above, "", *lines, ""]), "a.md")
    return check(examine(done.text, extracted=done).figures)


def told(*rows: str, above: str = "") -> list[tuple[str, str]]:
    return [(one.expression, one.status) for one in checks(*rows, above=above)]


def test_a_row_of_totals() -> None:
    assert told("乡镇 | 户数（户） | 面积（亩）", "甲镇 | 320 | 45.5", "乙乡 | 280 | 54.5", "合计 | 600 | 101.0") == [
        ("320 + 280 = 600", "agrees"), ("45.5 + 54.5 = 100 ≠ 101.0", "disagrees"),
    ]  # fmt: skip


def test_what_is_stated_and_computed_is_in_the_unit_of_the_figures() -> None:
    (one,) = checks("项目 | 预算数", "甲项 | 12.5", "乙项 | 10.0", "合计 | 23.5", above="单位：万元")
    assert (one.stated, one.computed, one.difference) == (235000, 225000, 10000)
    assert (one.relation, one.status, one.expression) == ("sum", "disagrees", "12.5 + 10.0 = 22.5 ≠ 23.5")


def test_the_last_digit_may_be_rounded_but_no_zero() -> None:
    assert (
        told("项目 | 金额（万元）", "甲项 | 0.33", "乙项 | 0.33", "丙项 | 0.33", "合计 | 1.00")[0][1]
        == "rounds"
    )
    assert (
        told("项目 | 金额（万元）", "甲项 | 5.20", "乙项 | 4.10", "丙项 | 0", "合计 | 9.70")[0][1]
        == "disagrees"
    )


def test_subtotals_are_parts_of_the_total() -> None:
    rows = ("甲村 | 3", "乙村 | 4", "小计 | 7", "丙村 | 5", "丁村 | 6", "小计 | 11", "总计 | 18")
    assert told("村 | 干部（人）", *rows) == [
        ("3 + 4 = 7", "agrees"), ("5 + 6 = 11", "agrees"), ("7 + 11 = 18", "agrees"),
    ]  # fmt: skip


def test_a_column_of_totals_and_one_row_that_does_not_add_up() -> None:
    rows = ("甲校 | 120 | 131 | 251", "乙校 | 98 | 102 | 200", "丙校 | 60 | 61 | 122")
    assert told("学校 | 男（人） | 女（人） | 合计（人）", *rows) == []  # 合计（人） is no bare total
    assert told("学校 | 男生 | 女生 | 合计", *rows, above="单位：人") == [
        ("120 + 131 = 251", "agrees"), ("98 + 102 = 200", "agrees"), ("60 + 61 = 121 ≠ 122", "disagrees"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        ("乡镇 | 单价（元）", "甲镇 | 3.2", "乙乡 | 2.8", "合计 | 7.0"),
        ("乡镇 | 增长率（%）", "甲镇 | 3.2", "乙乡 | 2.8", "合计 | 7.0"),
        ("乡镇 | 人均收入（元）", "甲镇 | 32000", "乙乡 | 28000", "合计 | 30500"),
        ("指标 | 人口（人）", "总人口 | 600", "其中：男 | 310", "合计 | 600"),
        ("指标 | 金额（元）", "合计 | 600", "（一）甲项 | 200", "（二）乙项 | 100"),
        ("乡镇 | 户数（户）", "甲镇 | 320", "乙乡 | —", "丙乡 | 280", "合计 | 700"),
        ("乡镇 | 户数（户）", "甲镇 | 320", "合计 | 700"),
    ],
)
def test_what_need_not_add_up_is_no_claim(rows: tuple[str, ...]) -> None:
    assert told(*rows) == []


def test_cells_are_no_sentences() -> None:
    assert told("指标 | 数（人）", "学员 | 50", "男学员 | 30", "女学员 | 25") == []
