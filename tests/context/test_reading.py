"""What figures are about, on plain sentences of many builds; rare builds are scored as a set (tests/cases, tests/articles)."""

from __future__ import annotations

import pytest

import extractor


def one(text: str) -> extractor.Figure:
    return extractor.extract_text(text)[-1]


@pytest.mark.parametrize(
    ("text", "subject", "item", "head", "action"),
    [
        ("县委组织部选派82名驻村第一书记。", "县委组织部", "驻村第一书记", "书记", "选派"),
        ("青石乡整顿软弱涣散党组织6个。", "青石乡", "软弱涣散党组织", "党组织", "整顿"),
        ("全县共有养老机构23家。", "全县", "养老机构", "机构", "有"),
        ("合作社吸纳脱贫户56户。", "合作社", "脱贫户", "脱贫户", "吸纳"),
    ],
)
def test_who_what_and_verb(text: str, subject: str, item: str, head: str, action: str) -> None:
    figure = one(text)
    assert (figure.subject, figure.item) == (subject, item)
    assert figure.head in item and figure.head.endswith(head[-1])
    assert action in figure.action


def test_an_item_that_names_nothing_is_empty() -> None:
    figure = one("全村共有113户。")
    assert (figure.item, figure.head, figure.subject) == ("", "", "全村")


def test_a_list_shares_its_item() -> None:
    figures = extractor.extract_text("惠及困难群众1332户6855人。")
    assert [figure.item for figure in figures] == ["困难群众", "困难群众"]


@pytest.mark.parametrize(
    ("text", "period", "source"),
    [
        ("2023年，全乡造林300亩。", "2023年", "sentence"),
        ("全乡造林300亩。", "", ""),
        ("截至6月底，全镇新建泵站5座。", "截至6月底", "sentence"),
    ],
)
def test_period_of_the_sentence(text: str, period: str, source: str) -> None:
    figure = one(text)
    assert (figure.period, figure.period_from) == (period, source)


def test_a_period_is_inherited_in_its_paragraph() -> None:
    figures = extractor.extract_text("2023年，青石乡新修水渠12公里。全乡发放补贴300万元。")
    assert [(figure.period, figure.period_from) for figure in figures] == [
        ("2023年", "sentence"),
        ("2023年", "article"),
    ]


def test_no_period_runs_from_one_article_to_the_next() -> None:
    page = "青石乡修水渠\n本报讯（记者 王小明）2023年，青石乡新修水渠12公里。\n\n白沙乡种茶忙\n本报讯（记者 李大山）白沙乡种茶300亩。\n"
    figures = extractor.extract_text(page)
    assert len({figure.article for figure in figures}) == 2
    assert figures[-1].period == ""


def test_confidence_is_a_share() -> None:
    for figure in extractor.extract_text("青石乡整顿软弱涣散党组织6个，投入45万元用于水渠，三成农户参与。"):
        assert 0 < figure.confidence < 1


def test_a_plain_row_is_surer_than_an_odd_one() -> None:
    plain = one("县委组织部选派82名驻村第一书记。")
    odd = one("这回又多了小二十。来的、走的，加起来够五六个。")
    assert plain.confidence > odd.confidence


def test_the_same_text_gives_the_same_rows() -> None:
    text = "2023年，青石乡新修水渠12公里，同比增长8%。"
    assert extractor.extract_text(text) == extractor.extract_text(text)


def test_a_sentence_without_words_is_read() -> None:
    assert [figure.value for figure in extractor.extract_text("3吨，5%。")] == [3, 5]
