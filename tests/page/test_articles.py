"""Pages cut into articles: headlines, bylines, places, captions; and marks told from ordinary text."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import Article
from extractor.page import marks
from extractor.page.articles import split
from extractor.page.layout import CleanText, clean
from extractor.page.place import first_place
from tests.support import mutilate

SEEDS = Path(__file__).parents[2] / "seeds"

BODY = "近年来，洛隆县加强基层建设，投入资金18.5亿元，惠及群众2.65万人，取得了明显的成效。"
MORE = "下一步，该县将继续加大投入力度，让更多群众过上好日子。"


def articles(*lines: str, between: str = "\n\n") -> list[Article]:
    return split(clean(between.join(lines)))


def roles(page: str) -> list[tuple[str, str]]:
    text = clean(page)
    return [(b.role, text.text[b.start : b.end]) for a in split(text) for b in a.blocks]


# The title (or a part of it), the place and the kind of every article of three pages.
PAGES = {
    "000": [
        ("林芝市试点实施", "林芝市", "article"),
        ("产业兴 增收稳", "朗县登木乡比邻村", "caption"),
        ("浅析米林市民族团结进步模范区创建实践路径", "米林市", "article"),
        ("", "札达县底雅乡鲁巴村", "article"),
        ("创党建品牌 践为民初心", "日喀则市", "article"),
    ],
    "001": [
        ("「党建红」引领「生态绿」 绘就乡村新画卷", "昌都市卡若区俄洛镇朱古村", "article"),
        ("抓党建促发展 转作风提效能", "日喀则市南木林县", "article"),
        ("党建凝聚力量 激活发展动能", "拉萨市堆龙德庆区", "article"),
        ("", "成都市", "caption"),
        ("增强党在新兴领域号召力凝聚力影响力", "拉萨市", "article"),
        ("", "山南市桑日县", "caption"),
        ("党建注重融合 画好民族团结同心圆", "米林市扎西绕登乡", "article"),
        ("墨脱县探索党建工作“月月谈”", "墨脱县", "article"),
    ],
    "002": [
        ("绘就乡村振兴共富共美新图景", "那曲市色尼区", "article"),
        ("以“党建+积分”模式提升基层治理能力", "那曲市", "article"),
        ("实施“三聚焦”战略 提升群众生活品质", "山南市琼结县雪康社区", "article"),
        ("联合开展党建“三联促三动”主题活动", "江西吉安", "article"),
        ("共青团昌都市委开展平安卫士青年故事汇活动", "昌都市", "article"),
        ("『家门口』的党建 守护群众幸福", "拉萨市城关区八一街道", "caption"),
        ("阿里地区扎实推动基层党建工作纵深发展", "阿里地区", "article"),
    ],
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages(name: str) -> None:
    (path,) = SEEDS.glob(f"{name}*.txt")
    found = split(clean(path.read_bytes().decode("utf-8")))
    expected = PAGES[name]
    assert [(a.place, a.kind) for a in found] == [(place, kind) for _, place, kind in expected]
    for article, (title, _, _) in zip(found, expected, strict=True):
        assert title in article.title if title else not article.title


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n　　"])
def test_plain_article(between: str) -> None:
    (article,) = articles(
        "抓党建 促发展", "本报记者 张三 通讯员 李四", BODY, "群众得实惠", MORE, between=between
    )
    assert article.title == "抓党建 促发展"
    assert (article.byline, article.place, article.kind) == ("张三 李四", "洛隆县", "article")
    assert [b.role for b in article.blocks] == ["headline", "byline", "body", "head", "body"]


def test_source_without_marks() -> None:
    (article,) = articles("2019年工作要点", BODY, "一、基础设施", MORE, between="\n")
    assert article.title == "2019年工作要点"
    (untitled,) = articles(BODY, MORE)
    assert untitled.title == ""
    (listed,) = articles("第一行", "第二行", "第三行", between="\n")
    assert listed.title == "第一行"
    assert articles("") == []


def test_kicker_and_subheadline() -> None:
    first, second = articles(
        "洛隆县以党建为引领，抓好产业发展——",
        "绘就新图景",
        "本报记者 张三",
        BODY,
        "在一线建功",
        "——某县党建见闻",
        "本报记者 李四",
        MORE,
    )
    assert (first.title, first.byline, first.place) == ("绘就新图景", "张三", "洛隆县")
    assert (second.title, second.byline) == ("在一线建功", "李四")


@pytest.mark.parametrize(
    "dateline",
    [
        "本报昌都讯(记者 张三)",
        "新华社拉萨5月1日电",
        "央视网消息：",
        "中新网拉萨5月1日电 ",
        "【大公报讯】",
        "（中央社记者张三台北1日电）",
    ],
)
def test_dateline_opens_an_article(dateline: str) -> None:
    first, second = articles("抓党建 促发展", "本报记者 王五", BODY, "强基础 添活力", dateline + BODY)
    assert first.title == "抓党建 促发展"
    assert second.title == "强基础 添活力"
    assert [b.role for b in second.blocks] == ["headline", "byline", "body"]


def test_dateline_is_the_last_source_of_the_place() -> None:
    (article,) = articles("强基础 添活力", "本报昌都讯(记者 张三)近日，会议强调，要加强建设。")
    assert article.place == "昌都"


def test_author_alone_under_a_headline() -> None:
    (article,) = articles("浅析基层治理的实践路径", "王小明", BODY, MORE)
    assert (article.title, article.byline) == ("浅析基层治理的实践路径", "王小明")


def test_caption_is_an_article_of_its_own() -> None:
    first, caption, second = articles(
        "抓党建 促发展",
        "本报记者 张三",
        BODY,
        "图为牧民分红现场。 本报记者 李四 摄",
        "强基础 添活力",
        "本报记者 王五",
        MORE,
    )
    assert (caption.kind, caption.title, caption.byline) == ("caption", "", "李四")
    assert (first.kind, second.kind) == ("article", "article")


def test_caption_with_a_headline_of_its_own() -> None:
    first, caption = articles(
        "抓党建 促发展", "本报记者 王五", BODY, "强基础 添活力", "图为牧民分红现场。 本报记者 李四 摄"
    )
    assert (first.title, first.byline, first.kind) == ("抓党建 促发展", "王五", "article")
    assert (caption.title, caption.byline, caption.kind) == ("强基础 添活力", "李四", "caption")


def test_page_that_starts_inside_an_article() -> None:
    first, second = articles("建设，取得了明显成效。", MORE, "强基础 添活力", "本报记者 张三", BODY)
    assert (first.title, second.title) == ("", "强基础 添活力")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近日，昌都市洛隆县召开会议", "昌都市洛隆县"),
        ("全县社区干部走进农村市场，了解区域发展", ""),
        ("记者从某县了解到，城市居民和村民", ""),
        ("位于云南省大理白族自治州的剑川县", "云南省大理白族自治州"),
        ("昨夜大雨，屏東縣多處道路中斷", "屏東縣"),
        ("香港新界元朗区有12个村", "香港新界元朗区"),
        ("2019年泸州市年鉴", "泸州市"),
        ("党员前往邻省，到成都市郫都区战旗村参观，联合八宿县启动活动", "八宿县"),
        ("近日，工作组到林芝市调研", "林芝市"),
        ("推动三县协同发展", ""),
        ("全年工作涉及66个村。", ""),
        ("共有三个县、5个乡参加。", ""),
    ],
)
def test_places(text: str, expected: str) -> None:
    assert first_place(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "记者从会上了解到，全县有3个村。",
        "本报记者从会上获悉",
        "图书馆建成后，读者多了。",
        "新华社区有3个网格",
        "摄影展开幕",
    ],
)
def test_ordinary_text_carries_no_mark(text: str) -> None:
    assert not marks.dateline(text)
    assert not marks.byline_names(text)
    assert marks.credit(text) < 0
    assert not marks.photo(text)


def check_cover(page: CleanText) -> None:
    """Every paragraph's characters are in one block of one article, in order."""
    found = split(page)
    blocks = [block for article in found for block in article.blocks]
    assert "".join(page.text[b.start : b.end] for b in blocks) == page.text.replace("\n", "")
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert [article.number for article in found] == list(range(1, len(found) + 1))
    assert all(article.first_line <= article.last_line for article in found)


LINES = [
    "抓党建 促发展",
    "本报记者 张三",
    BODY,
    MORE,
    "图为现场。",
    "李四 摄",
    "王小明",
    "一、目标",
    "本报讯(记者 张三)",
    "",
    "",
    "（完）",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_every_character_is_in_one_block(lines: list[str]) -> None:
    check_cover(clean("\n".join(lines)))


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("　 \n\x00\ud800a9。，（）摄图为记者本报讯电：、—①县市"), max_size=60))
def test_any_text_is_covered(source: str) -> None:
    check_cover(clean(source))


@pytest.mark.parametrize("seed", range(20))
def test_title_and_place_survive_mutilation(seed: int) -> None:
    page = mutilate.newspaper(
        "\n".join(["抓党建 促发展", "本报记者 张三", BODY * 2, BODY + MORE, MORE * 4]), seed
    )
    (article,) = split(clean(page))
    assert (article.title, article.byline, article.place) == ("抓党建 促发展", "张三", "洛隆县")


@pytest.mark.parametrize("unit", [*LINES[:9], "某县", "摄", "（记者", "图为"])
def test_cost_grows_with_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        page = clean((unit + "\n\n") * times)
        start = time.process_time()
        split(page)
        return time.process_time() - start

    seconds(100)
    # The best of several, since another program may have the processor for a while; the square would be 64 times.
    small = max(min(seconds(2_000) for _ in range(5)), 0.005)
    assert any(seconds(16_000) < small * 8 * 4 for _ in range(5))
