"""Time expressions are found whole, and amounts and comparisons are left out."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.context import times
from extractor.context.time_trees import Form, Tree
from extractor.lexicon.folding import fold

DATA = tomllib.loads((Path(extractor.__file__).parent / "lexicon/times.toml").read_text(encoding="utf-8"))
ENTRIES = [(table, entry) for table, found in DATA.items() for entry in found]


def found(sentence: str, *figures: str) -> list[str]:
    spans = [match.span() for figure in figures if (match := re.search(re.escape(figure), sentence))]
    folded = fold(sentence)
    return [sentence[start:end] for start, end in times.find(folded, 0, len(folded), spans)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2023年，青溪县选派干部82名", "2023年"),
        ("截至2023年6月底，全县建成大棚68座", "截至2023年6月底"),
        ("今年以来，全市培训32期", "今年以来"),
        ("去年10月至今年2月，累计降雪8次", "去年10月至今年2月"),
        ("5月13日至6月18日24时，过境旅客3万人次", "5月13日至6月18日24时"),
        ("10月9日7时12分许，救出2人", "10月9日7时12分许"),
        ("1—6月，出栏生猪2300头", "1—6月"),
        ("今年前三季度，出口额为3亿元", "今年前三季度"),
        ("２０２２年１—３月，出口额为3亿元", "２０２２年１—３月"),
        ("自2021年7月以来，累计接待游客9万人次", "自2021年7月以来"),
        ("从1978年到1996年，全县造林40万亩", "从1978年到1996年"),
        ("到2025年底，将建成泵站12座", "到2025年底"),
        ("一九五三年三月，全社有牛21头", "一九五三年三月"),
        ("五三年全社收麦三万斤", "五三年"),
        ("上世纪90年代末，村里办起5家小厂", "上世纪90年代末"),
        ("“十四五”时期，改造危房700户", "“十四五”时期"),
        ("2021—2022学年，全校有46个班", "2021—2022学年"),
        ("民國一一二年，全縣有據點三百處", "民國一一二年"),
        ("112學年度，招生2,300人", "112學年度"),
        ("截至今天（2月9日）11时，救出9人", "截至今天（2月9日）11时"),
        ("当地时间8日凌晨5时许，发生余震12次", "当地时间8日凌晨5时许"),
        ("四年前的冬天，他借了3000元", "四年前的冬天"),
        ("一年半的时间里，他修车260辆", "一年半的时间里"),
        ("一个多月来，救助牧民510户", "一个多月来"),
        ("四年多来，建设者完成土方76万立方米", "四年多来"),
        ("三年里，馆藏增加8300件", "三年里"),
        ("七八年下来，收徒21人", "七八年下来"),
        ("今年元旦、春节期间，慰问老人340名", "今年元旦、春节期间"),
        ("“五一”假期5天，卖出咖啡1900杯", "“五一”假期5天"),
        ("春节假日前4天，接待游客2万人次", "春节假日前4天"),
        ("本届冬奥会，代表团获得奖牌15枚", "本届"),
        ("石河县春耕农技服务队下乡以来，修机具410台", "石河县春耕农技服务队下乡以来"),
        ("绿洲镇6.2级地震发生后，转移群众5800名", "绿洲镇6.2级地震发生后"),
        ("刚搬下来的时候，村里只有9户", "刚搬下来的时候"),
        ("上任第一天，他收到来信31封", "上任第一天"),
        ("投产第二年，盈利200多万元", "投产第二年"),
        ("签字那天，到场群众77人", "签字那天"),
        ("翻新后摊位增加到180个", "翻新后"),
        ("地震之后，一家六口住进板房", "地震之后"),
        ("而项目投产后，产值达2亿元", "项目投产后"),
        ("占比由试点前的11%升到29%", "试点前"),
        ("每股收益由平日的3元升到4元", "由平日"),
        ("目前，全县有党员210名", "目前"),
        ("截至目前，全县有党员210名", "截至目前"),
        ("截至记者发稿，安置群众2166人", "截至记者发稿"),
        ("到傍晚，又救出3人", "到傍晚"),
    ],
)
def test_an_expression_is_found_whole(sentence: str, expected: str) -> None:
    assert found(sentence)[0] == expected


def test_members_of_a_list_stay_apart() -> None:
    assert found("2023年、2024年财政收入分别为12亿元、15亿元") == ["2023年", "2024年"]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("工期缩短近20天", ["20天"]),
        ("合同工期180天", ["180天"]),
        ("产量比上年增长5%", ["5%"]),
        ("较2022年底增加3万户", ["3万户"]),
        ("与去年同期相比下降3%", ["3%"]),
        ("每月20日发放补贴300元", ["300元"]),
        ("一年级有学生46名", ["46名"]),
        ("他担任3号楼楼长，管理住户80户", ["80户"]),
        ("会上有30多人发言，其中党员9名", ["30多人", "9名"]),
        ("然后，改为分户供水63户", ["63户"]),
        ("指数升到3000点", ["3000点"]),
    ],
)
def test_amounts_comparisons_and_look_alikes_are_none(sentence: str, figures: list[str]) -> None:
    assert found(sentence, *figures) == []


def test_a_basis_with_a_figure_of_its_own_is_its_time() -> None:
    assert found("净利润为31亿元，较2020年的11亿元增长1.6倍", "31亿元", "11亿元", "1.6倍") == ["2020年"]


def test_an_amount_of_time_with_a_word_behind_it_is_a_time() -> None:
    assert found("10天内为82万人接种", "10天", "82万人") == ["10天内"]


def holds(words: list[str], expression: str) -> bool:
    """Whether one of the words, in which capitals stand for numerals, is part of a text."""
    tree = Tree([Form(word, (), 0) for word in words])
    return any(tree.end(expression, at, len(expression)) >= 0 for at in range(len(expression)))


@pytest.mark.parametrize(("table", "entry"), ENTRIES)
def test_every_entry_has_an_example_that_works(table: str, entry: dict[str, Any]) -> None:
    if table == "time_placeholder":
        assert re.search(entry["pattern"], entry["example"]) and entry["note"]
    elif table in ("time", "time_closer"):
        pieces = entry.get("forms") or entry["words"]
        assert any(holds(pieces, expression) for expression in found(entry["example"])), entry["example"]
    elif table in ("time_opener", "time_clause"):
        assert any(holds(entry["words"], expression) for expression in found(entry["example"])), entry[
            "example"
        ]
    elif table == "time_lead":
        assert not any(expression.startswith(tuple(entry["words"])) for expression in found(entry["example"]))
    else:
        assert found(entry["example"]) == []


def test_no_form_stands_twice() -> None:
    forms = [(form, entry["class"]) for entry in DATA["time"] for form in entry["forms"]]
    assert sorted(forms) == sorted(set(forms))


@pytest.mark.parametrize(
    "unit", ["年", "2023年", "一", "1", "今天", "截至", "（5月1日", "至", "后，", "以来", "前", "年底"]
)
def test_cost_grows_with_the_text(unit: str) -> None:
    def cost(length: int) -> float:
        text = fold(unit * (length // len(unit)))
        begun = time.process_time()
        times.find(text, 0, len(text))
        return time.process_time() - begun

    times.find("今年", 0, 2)
    small = max(min(cost(2000) for _ in range(5)), 0.003)
    assert any(cost(16000) < 8 * 4 * small for _ in range(5))
