"""The date of an article is read from its header, foot or dateline, and from nothing less certain."""

from __future__ import annotations

import pytest

import extractor
from extractor.lexicon.folding import fold
from extractor.page import articles, layout
from extractor.page.published import published

BODY = "近日，清河县从县直机关选派驻村干部82名，其中党员70名，覆盖全县41个行政村。\n"


def dates(page: str) -> list[str]:
    clean = layout.clean(page)
    folded = fold(clean.text)
    return [published(folded, article.blocks) for article in articles.split(clean)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("清河县选派干部驻村\n2023-08-15 10:20 来源：清河日报\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n（2023年8月15日）\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n（二〇二三年八月十五日）\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n" + BODY + "时间：２０２３年８月１５日 04:16\n", "2023-08-15"),
        ("１９９７年６月２０日\n清河县选派干部驻村\n" + BODY, "1997-06-20"),
        ("清河早报2023年8月15日星期二\n" + BODY, "2023-08-15"),
        ("清河县教育发展简况\n（清河县教育局，2023年8月）\n" + BODY, ""),
        ("清河县选派干部驻村\n本报清河8月15日讯（记者 张三）2023年7月，清河县选派干部82名。\n", "2023-08-15"),
        ("清河县选派干部驻村\n本报清河8月15日讯（记者 张三）清河县选派干部82名。\n", ""),
        ("清河县选派干部驻村\n本报讯 2023年上半年，清河县选派干部82名。今年上半年，还培训干部300名。\n", "2023"),
        ("清河县选派干部驻村\n本报讯 1957年5月，大桥动工。今年5月，2023年建成的新桥通车，全长300米。\n", ""),
        ("清河县选派干部驻村\n清河晚报2023-08-15\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n来源：清河周报 2023-08-15\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n来源：清河县融媒体中心 发布时间：2023-08-15 09:30\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n2023年8月15日 来源：清河日报 作者：张三\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n2023/08/15 09:30 清河新闻网\n" + BODY, "2023-08-15"),
        ("清河縣選派幹部駐村\n來源：清河時報 2023-08-15\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n稿件来源：清河县委党报　2023.8.15\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n发布日期：2023-08-15 浏览次数：120 字号：大\n" + BODY, "2023-08-15"),
        ("清河县选派干部驻村\n" + BODY, ""),
        ("清河县2023年2月30日情况\n2023-02-30\n" + BODY, ""),
        (BODY + "2023年8月15日，清河县召开会议，到会300人。\n", ""),
    ],
)  # fmt: skip
def test_the_date_of_an_article(page: str, expected: str) -> None:
    assert dates(page)[0] == expected


def test_an_article_without_blocks_has_no_date() -> None:
    assert published("", ()) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报南浦5月6日讯 2023年3月，全县招工120名。2022年，全县招工410名。", "2023-05-06"),
        ("本报南浦5月6日讯 2023年3月，全县招工120名。", "2023-05-06"),
        ("本报南浦5月6日讯 2023年3月，全县招工120名，到2030年招工900名。", "2023-05-06"),
        (
            "本报南浦5月6日讯 老厂1951年选址，1962年投产。1968年3月26日，厂里建成第二条生产线，工人达到120名。",
            "",
        ),
        ("本报南浦5月6日讯 1968年3月建厂。2015年，厂里有工人120名。", ""),
    ],
)
def test_a_dateline_under_which_history_is_told_has_no_year(text: str, expected: str) -> None:
    assert {figure.published for figure in extractor.extract_text(text)} == {expected}


@pytest.mark.parametrize(
    "line",
    ["来源：清河周报 2023-08-15", "清河晚报2023-08-15", "2023年8月15日 来源：清河日报", "2023-08-15 10:20 清河新闻网",
     "发布时间：2023年8月15日 10:20 作者：张三 点击：86"],
)  # fmt: skip
def test_the_line_of_the_source_is_no_part_of_title_or_text(line: str) -> None:
    page = f"清河县选派干部驻村\n{line}\n清河县从县直机关选派驻村干部82名。\n"
    figures = extractor.extract_text(page)
    assert [(figure.title, figure.sentence) for figure in figures] == [
        ("清河县选派干部驻村", "清河县从县直机关选派驻村干部82名。")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2023年8月15日，清河县召开会议",
        "清河报业2023年收入12亿元",
        "截至2023年8月15日",
        "清河县2023-2025年规划",
    ],
)
def test_what_is_no_line_of_a_source(line: str) -> None:
    from extractor.page import marks

    assert not marks.date_line(line)
