"""Every entry of ``rates.toml`` finds the rate in its examples."""

from __future__ import annotations

from typing import Any

import pytest

import extractor
from extractor.lexicon.words import lexicon


@pytest.mark.parametrize("entry", lexicon().data["rate"], ids=lambda entry: entry["examples"][0])
def test_examples_have_a_rate(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        (figure,) = extractor.extract_text(f"据介绍，{example}。")
        assert figure.per in entry["words"], example


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("一头连着企业，一头连着140多个居委会。", ""),
        ("一头牛卖9000元。", "头"),
        ("長者一人申請者亦要等3.1年。", ""),
        ("村里一人分500元。", "人"),
        ("最高一人报了21.7万元。", ""),
        ("她一个人办了312件。", ""),
        ("国家在这里一次就建起8个粮库。", ""),
        ("看一次病收五毛。", "次"),
        ("老人吃饭，一顿两块钱。", "顿"),
        ("烘干线日烘干能力4600吨。", "日"),
        ("今年新增生产能力500吨。", ""),
        ("每周至少吃3次豆类的占九成。", ""),
        ("油价每周上涨2%。", "周"),
        ("以每亩每年85元的价格将林地670亩发包。", ""),
        ("按每60名寄宿生配备1名的标准聘用老师214名。", ""),
        ("按每人每天30元的标准执行。", "人"),
        ("每所县财政一次性补助2万元。", "所"),
        ("每所学校补助2万元。", "学校"),
        ("住院的人均报销780元，比上一年多了240元。", "人"),
        ("户均增收3000元，带动就业50人。", ""),
        ("户均增收3000元，全村增收60万元。", ""),
        ("年底生产能力达到30万吨。", ""),
    ],
)
def test_rate_of_the_last_figure(text: str, per: str) -> None:
    assert extractor.extract_text(text)[-1].per == per
