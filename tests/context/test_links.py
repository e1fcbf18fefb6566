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


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("公司股价急插8%。", "down"),
        ("期内纯利倒退37.2%。", "down"),
        ("指数连涨五日后回吐2.3%。", "down"),
        ("粮食总产年均递增7.4%。", "up"),
        ("库存年均递减2%。", "down"),
        ("该股跌幅不过3%。", "down"),
        ("指数跌12.6点或0.6%。", "down"),
        ("城乡收入增长5.2%、8.3%。", "up"),
        ("同比各增长11.4%和8.7%。", "up"),
        ("合作社增加销售收入200万元。", "up"),
        ("玉米每亩比上年多打90斤。", "up"),
        ("今年同比多运18万吨。", "up"),
        # look-alikes
        ("河道平均比降3.4‰。", ""),
        ("钢筋插3根。", ""),
        ("养殖水面更达80万亩。", ""),
        ("比例为2%或3%。", ""),
        ("新增党支部5个、3个。", ""),
        ("村集体增加收入来源9个。", ""),
        ("种菜每亩比种玉米多收300元。", ""),
        ("较单人上限高出50万元。", ""),
    ],
)
def test_change_of_the_last_figure(text: str, change: str) -> None:
    assert extractor.extract_text(text)[-1].change == change
