"""Change and basis are rules: what rose or fell, and against what."""

from __future__ import annotations

import pytest

import extractor


@pytest.mark.parametrize(
    ("text", "change", "basis"),
    [
        ("全镇工业产值同比增长8%。", "up", "同比"),
        ("能耗比上年下降3.1%。", "down", "比上年"),
        ("户均收入较前年提高1200元。", "up", "较前年"),
        ("入园企业由30家增至52家。", "", ""),
        ("覆盖率提高到87%。", "", ""),
        ("新增就业320人。", "", ""),
        ("降幅达12%。", "down", ""),
        ("增速高于全省0.4个百分点。", "", "全省"),
    ],
)
def test_change_and_basis(text: str, change: str, basis: str) -> None:
    figure = extractor.extract_text(text)[-1]
    assert (figure.change, figure.basis) == (change, basis)


def test_a_basis_named_once_holds_for_the_clauses_that_follow() -> None:
    figures = extractor.extract_text("茶叶产量比上年增长5%，产值增长9%。")
    assert [figure.basis for figure in figures] == ["比上年", "比上年"]
