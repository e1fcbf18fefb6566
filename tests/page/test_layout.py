"""The clean text: what is joined, what stays apart, and the way back to the source."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.lexicon.folding import visible
from extractor.page.layout import clean
from tests.support import mutilate

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

ARTICLE = """洛隆县加强基层队伍建设 助力乡村全面振兴
本报记者 张三
近年来，洛隆县坚持把抓基层、打基础摆在突出位置，围绕产业发展和人才培养两条主线，先后选派82名第一书记、261名驻村干部和12名科技人员下沉一线，协调解决群众反映的突出问题136件，投入资金18.5亿元建设水渠、道路和学校，惠及群众2.65万人，得到了各方面的肯定。
在产业发展方面，县里引导各乡镇立足资源禀赋，探索“支部带合作社、合作社带农户”的路子，建成牦牛养殖基地7个、青稞种植基地1.2万亩，吸纳1411名群众就近务工，人均增收3600元。截至目前，全县共有合作社208家，年产值突破9314万元，占农业总产值的41%，带动效果十分明显。
群众得实惠
“以前喝水要到两公里外的河边去背，如今拧开龙头清水就哗哗流。”家住孜托镇的村民达瓦高兴地说，去年村里修通了5.1千米的管道，家家户户都通了水，113户人家再也不用为吃水发愁，大家的日子越过越红火，村里还办起了3家小超市，买东西也方便多了。
下一步，该县将继续加大投入力度，计划用3年时间新建卫生室25所，培训乡村医生300人次，让更多群众在家门口享受到优质的服务。"""


def squash(text: str) -> str:
    return visible("".join(text.split()))


def sentences(text: str) -> list[str]:
    """The sentences of a text, each without blanks."""
    found = [s for line in text.split("\n") for s in re.findall('[^。！？]+[。！？]?[”"]?', line)]
    return [squash(s) for s in found if squash(s)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("全县估算投 资 18.5 亿元。", "全县估算投资18.5亿元。", id="blanks in prose"),
        pytest.param("抓党建促发展 转作风提效能", "抓党建促发展 转作风提效能", id="halves of a headline"),
        pytest.param("耕地28 000亩。", "耕地28 000亩。", id="grouped digits"),
        pytest.param("他用 Open Office 写了一本书。", "他用 Open Office 写了一本书。", id="Latin words"),
        pytest.param("开展“青年担当 平安守望”活动。", "开展“青年担当 平安守望”活动。", id="quoted slogan"),
        pytest.param("图为现场。 本报记者 张三 摄", "图为现场。 本报记者 张三 摄", id="credit"),
        pytest.param("　　第一段。\r\n　　第二段。\r\n", "第一段。\n第二段。", id="indents and CRLF"),
        pytest.param(
            "会上，选派干部等7\n\n家单位。", "会上，选派干部等7家单位。", id="number and classifier"
        ),
        pytest.param("今年，投入18.\n5亿元，效果好。", "今年，投入18.5亿元，效果好。", id="decimal point"),
        pytest.param("他说:“好\n\n”。大家笑了。", "他说:“好”。大家笑了。", id="closing mark goes back"),
        pytest.param("第一句。\x0c第二句。", "第一句。\n第二句。", id="form feed"),
        pytest.param("第一句。\u2028第二句。", "第一句。\n第二句。", id="line separator"),
        pytest.param("", "", id="empty"),
        pytest.param(" \n\t\r\n\u3000", "", id="blank"),
    ],
)
def test_breaks_taken_out(source: str, expected: str) -> None:
    assert clean(source).text == expected


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["抓党建 促发展", "近年来，某县加强建设，成效明显。"], id="headline"),
        pytest.param(["全县都很满意。", "做好介绍人", "就业是最大的民生，关系千家万户。"], id="section head"),
        pytest.param(["某县见闻", "本报记者 张三", "近年来，某县加强建设。"], id="byline"),
        pytest.param(["某县见闻", "王小明", "近年来，某县加强建设。"], id="author"),
        pytest.param(["他走出了一条持续增收的乡村振", "图为分红仪式现场。", "张三 摄"], id="photo"),
        pytest.param(
            ["实施强基工程，成效明显，增强了比学", "本报讯(记者 张三)近日，某县开会。"], id="dateline"
        ),
        pytest.param(
            ["全县成效明显。为了进一步推动基层党", "同时，狠抓落实，取得实效。"], id="sentence cut off"
        ),
        pytest.param(["要求全县做到“查漏补缺", "“争先创优”活动，取得了成效。"], id="quotation opened twice"),
    ],
)
def test_kept_apart(lines: list[str]) -> None:
    assert clean("\n\n".join(lines)).text.split("\n") == lines


def test_row_of_like_paragraphs_shows_a_lost_end() -> None:
    rows = [
        '实施"防风险"工程,筑牢底板。压实责任,细化措施,做到心中有数。',
        '实施"抓衔接"工程,增强引领。组织培训,提升素质,营造"比学',
        '实施"促融合"工程,探索新路。整合资金,发展产业,持续增收。',
    ]
    assert clean("\n\n".join(rows)).text.split("\n") == rows


@pytest.mark.parametrize("width", [17, 20, 23, 31, 40])
@pytest.mark.parametrize("separator", ["\n", " ", "\r\n"])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n　　"])
def test_wrapped_lines_are_joined(width: int, separator: str, between: str) -> None:
    page = between.join(mutilate.hard_wrap(p, width, separator) for p in ARTICLE.split("\n"))
    got = clean(page).text
    assert sentences(got) == sentences(ARTICLE)


def test_mutilated_sentences_are_whole_again() -> None:
    whole = total = 0
    for seed in range(200):
        page = mutilate.newspaper(ARTICLE, seed)
        got = clean(page)
        assert squash(got.text) == squash(page)
        plain = mutilate.ascii_punctuation(ARTICLE)
        kept = set(sentences(mutilate.ascii_punctuation(got.text)))
        whole += sum(sentence in kept for sentence in sentences(plain))
        total += len(sentences(plain))
    assert whole / total > 0.97


def test_mutilation_is_the_same_each_time() -> None:
    assert mutilate.newspaper(ARTICLE, 3) == mutilate.newspaper(ARTICLE, 3)
    rng = random.Random(1)
    assert squash(mutilate.column_breaks(ARTICLE, rng)) == squash(ARTICLE)


def check_map(source: str) -> None:
    """The map leads every span of the clean text back to the same characters."""
    page = clean(source)
    assert squash(page.text) == squash(source)
    size = len(page.text)
    step = max(1, size // 40)
    for start in range(0, size, step):
        for length in (1, 2, 7, 60):
            end = min(size, start + length)
            a, b = page.span(start, end)
            assert squash(source[a:b]) == squash(page.text[start:end])
    for paragraph in page.paragraphs:
        a, b = page.span(paragraph.start, paragraph.end)
        assert page.line(a) == paragraph.first_line
        assert page.line(b - 1) == paragraph.last_line
        text = page.text[paragraph.start : paragraph.end]
        assert text and text.splitlines() == [text]
    assert page.text == "\n".join(page.text[p.start : p.end] for p in page.paragraphs)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_map_of_seeds(path: Path) -> None:
    check_map(path.read_bytes().decode("utf-8"))


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.sampled_from("　 \t\n\r\x0b\x0c\x1c\x85\u2028\u200b\ufeff\x00\ud800a9１县。，“”(）摄图为、—"),
        max_size=80,
    )
)
def test_map_of_any_text(source: str) -> None:
    check_map(source)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_map_of_mutilated_text(seed: int) -> None:
    check_map(mutilate.newspaper(ARTICLE, seed))


def test_map_of_nothing() -> None:
    assert clean("").to_source(3) == 0
    assert clean("").span(0, 0) == (0, 0)
    assert clean("\n\n　甲").span(0, 0) == (3, 3)


def test_lines_are_counted_as_editors_do() -> None:
    page = clean("一\r\n二\r三\n\x0c四\u2028五")
    assert [page.line(page.to_source(page.text.index(c))) for c in "一二三四五"] == [1, 2, 3, 4, 4]


@pytest.mark.parametrize(
    "unit",
    [
        "全县有3个村",
        "全县 有3 个村",
        "全县有3个村，\n\n",
        "全县有3个村，其中两个村是山村而三个村在平坝上面\n\n",
        "\n",
        "\u3000",
        "“",
        "（记者 ",
        "(",
        '"甲 乙',
    ],
)
def test_cost_grows_with_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        clean(unit * times)
        return time.process_time() - start

    seconds(1000)
    small = max(min(seconds(20_000) for _ in range(5)), 0.002)
    assert any(seconds(160_000) < small * 8 * 4 for _ in range(5))
