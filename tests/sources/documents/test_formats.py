"""Each format gives its text, its tables and what it says of itself; the documents are those of ``examples/documents/``."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

import extractor
from extractor.sources.corpora import expand
from extractor.sources.encodings import Decoded
from extractor.sources.files import Source, SourceError, find, read
from tests.support import documents

SAMPLES = documents.samples()


def decoded(path: str) -> Decoded:
    (found,) = expand(find([path]))
    assert isinstance(found, Source), found
    return read(found)


def rows(path: str) -> list[tuple[str, str, str, object, str]]:
    return [(f.text, f.subject, f.item, f.value, f.unit) for f in extractor.extract(path)]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    def written(name: str, data: bytes | None = None) -> str:
        path = tmp_path / name
        path.write_bytes(SAMPLES[name] if data is None else data)
        return str(path)

    return written


@pytest.mark.parametrize("name", SAMPLES)
def test_the_examples_are_as_they_are_made(name: str) -> None:
    if not name.endswith(".xlsx"):  # whose bytes depend on the version of the library
        assert (documents.FOLDER / name).read_bytes() == SAMPLES[name]


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith((".csv", ".md"))])
def test_the_format_is_told_by_content_not_by_name(name: str, write: Callable[..., str]) -> None:
    as_named = decoded(write(name))
    assert decoded(write("x.dat", SAMPLES[name])).text == as_named.text


def test_every_row_can_be_found_again() -> None:
    for found in expand(find([str(documents.FOLDER)])):
        assert isinstance(found, Source), found
        text = read(found)
        figures = extractor.extract([found.path])
        for figure in figures:
            assert "".join(text.text[figure.start : figure.end].split()) == figure.text
            assert text.text.count("\n", 0, figure.start) + 1 == figure.line


def test_no_numeral_is_in_the_table_twice() -> None:
    from extractor.pipeline import examine

    for found in expand(find([str(documents.FOLDER)])):
        assert isinstance(found, Source), found
        text = read(found)
        document = examine(text.text, found.name, extracted=text.document)
        spans = sorted((one.start, one.end) for one in (*document.figures, *document.rejections))
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_web_page(write: Callable[..., str]) -> None:
    path = write("公报.html")
    page = decoded(path)
    assert page.document is not None
    assert page.document.metadata == ("2023年上半年全县经济运行情况", "2023-07-20", "李小明", "县统计局")
    assert "48.6亿元" in page.text
    assert "12345" not in page.text  # the head of the page
    assert "90亿元" not in page.text  # a list of links
    assert "620000" not in page.text
    figures = list(extractor.extract(path))
    assert figures[0].locator == "#p1"
    assert {f.published for f in figures} == {"2023-07-20"}
    (cell,) = [f for f in figures if f.text == "-3.2"]
    assert (cell.item, cell.change, cell.basis, cell.period, cell.rule) == (
        "固定资产投资",
        "down",
        "同比",
        "2023年上半年",
        "table.cell",
    )
    assert cell.locator.startswith("表1 固定资产投资 / ")


def test_web_page_in_gb2312_that_says_so(write: Callable[..., str]) -> None:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
        "<body><p>全村共有<b>113</b>户。</p></body></html>"
    )
    assert [row[3:] for row in rows(write("a.htm", page.encode("gbk")))] == [(113, "户")]


def test_word(write: Callable[..., str]) -> None:
    path = write("总结.docx")
    found = rows(path)
    assert ("82名", "", "驻村干部", 82, "人") in [(a, "", c, d, e) for a, _, c, d, e in found]
    assert ("40.2", "东沟村", "收入", 402000, "元") in found
    assert ("3", "西沟村", "分红", 30000, "元") in found
    figures = list(extractor.extract(path))
    assert figures[0].locator == "段落 3"
    assert figures[0].title == "乡村振兴工作总结"
    assert figures[0].published == "2023-12-20"


def test_a_text_with_marks_of_markdown_stays_as_it_is(write: Callable[..., str]) -> None:
    text = "## 要闻\n\n产值**312.5亿元**。\n"
    assert decoded(write("x.txt", text.encode())).text == text
    assert decoded(write("x.md", text.encode())).text == "要闻\n产值312.5亿元。\n"


def test_markdown_with_an_article_per_heading(write: Callable[..., str]) -> None:
    figures = list(extractor.extract(write("要闻.md")))
    assert [(f.title, f.published) for f in figures[:3:2]] == [
        ("甲乡道路完工", "2023-08-14"),
        ("乙乡合作社分红", "2023-08-15"),
    ]
    assert figures[0].value == 1860000
    assert [(f.item, f.value, f.per) for f in figures if f.rule == "table.cell"][:2] == [
        ("苹果产量", 320, ""),
        ("苹果单价", 6.5, "千克"),
    ]


def test_pdf_in_columns(write: Callable[..., str]) -> None:
    path = write("日报.pdf")
    text = decoded(path).text
    assert text.index("带动农户2310户") < text.index("县农业农村局选派")
    assert "- 1 -" not in text
    figures = list(extractor.extract(path))
    assert {f.title for f in figures} == {"某县多措并举促农增收"}
    assert ("培训班", 26) in [(f.item, f.value) for f in figures]
    assert [(f.item, f.value, f.period) for f in figures if f.rule == "table.cell"] == [
        ("粮食产量", 40000, "2022年"), ("粮食产量", 41000, "2023年"), ("茶叶产量", 3200, "2022年"), ("茶叶产量", 3500, "2023年"),
    ]  # fmt: skip
    assert figures[-1].locator == "p. 1 表1 茶叶产量 / 2023年"


def test_running_heads_of_a_pdf_are_taken_out(write: Callable[..., str]) -> None:
    pages = [
        (
            [
                (60, 815, 9, f"某县年鉴2023 第{n}卷"),
                *documents.wrapped(f"第{n}个乡有村民{n}12户，耕地{n}05亩。", 60, 700, 30),
                (290, 20, 9, str(n)),
            ],
            [],
        )
        for n in range(1, 5)
    ]
    text = decoded(write("a.pdf", documents.pdf(pages))).text
    assert "年鉴" not in text
    assert [line.strip() for line in text.split("\n") if line.strip()] == [
        f"第{n}个乡有村民{n}12户，耕地{n}05亩。" for n in range(1, 5)
    ]


def test_scan(write: Callable[..., str]) -> None:
    with pytest.raises(SourceError, match="a scan without a text layer"):
        decoded(write("a.pdf", documents.pdf([([], [])])))


def test_book(write: Callable[..., str]) -> None:
    figures = list(extractor.extract(write("山乡记.epub")))
    assert [(f.title, f.value, f.locator) for f in figures] == [
        ("第一章 修路", 3.5, "第1章 段落 2"), ("第一章 修路", 120000, "第1章 段落 2"), ("第二章 通电", 86, "第2章 段落 2"),
    ]  # fmt: skip


def test_workbook(write: Callable[..., str]) -> None:
    figures = list(extractor.extract(write("人口.xlsx")))
    assert [(f.locator, f.subject, f.item, f.value, f.unit) for f in figures][:3] == [
        ("人口!B5", "甲镇", "人口男", 6120, "人"), ("人口!C5", "甲镇", "人口女", 5980, "人"), ("人口!D5", "甲镇", "城镇化率", 35.2, "%"),
    ]  # fmt: skip


def test_csv_without_texts_is_a_table_dated_by_its_name(write: Callable[..., str]) -> None:
    figures = list(extractor.extract(write("2023-08-15 价格.csv")))
    assert [(f.item, f.value, f.per, f.period, f.published) for f in figures][:2] == [
        ("猪肉价格", 26.4, "千克", "本周", "2023-08-15"), ("猪肉价格", 25.8, "千克", "上周", "2023-08-15"),
    ]  # fmt: skip


def test_a_table_of_ours_is_not_read(write: Callable[..., str]) -> None:
    assert rows(write("a.csv", "source,article,title,value\na.txt,1,题,113\n".encode())) == []


def test_subtitles(write: Callable[..., str]) -> None:
    figures = list(extractor.extract(write("采访.srt")))
    assert [(f.value, f.locator) for f in figures] == [(280000000, "00:00:01"), (12, "00:00:01")]


def test_records_with_dates_and_titles(tmp_path: Path) -> None:
    from extractor.sources.corpora import Fields

    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "全村共有113户。", "day": "2023年8月15日", "head": "简报"}\n', encoding="utf-8")
    (found,) = expand(find([str(path)]), Fields(date="day", title="head"))
    assert isinstance(found, Source)
    known = read(found).document
    assert known is not None
    assert known.metadata[:2] == ("简报", "2023-08-15")


def test_pages_of_the_web_are_not_fetched() -> None:
    (found,) = find(["https://example.org/a.html"])
    assert "nothing is downloaded; save the page" in str(found)


def test_what_is_struck_out_and_what_is_in_a_note(write: Callable[..., str]) -> None:
    note = "# 简报\n\n化解矛盾~~45~~47起，发放贷款860万元[^a]。\n\n[^a]: 其中贴息贷款300万元。\n\n```\n见[^a]\n```\n"
    assert [(text, value) for text, _, _, value, _ in rows(write("a.md", note.encode()))] == [
        ("47起", 47), ("860万元", 8600000), ("300万元", 3000000),
    ]  # fmt: skip
    page = "<html><body><h1>价格</h1><p>原价<s>95元</s><strike>90元</strike><del>85元</del>现价80元一张。</p></body></html>"
    assert [value for _, _, _, value, _ in rows(write("a.html", page.encode()))] == [80]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("发布时间：2024-02-18 09:30　来源：县农业局　浏览次数：1562次　字号：大 中 小", []),
        ("来源：县农业局 [阅读：1,203次]", []),
        ("点击量：3210", []),
        ("附件：1. 明细表.xls（25KB）", []),
        ("报名表.docx 1.2MB", []),
        ("县政府网站全年浏览量：120万次。", [1200000]),
        ("访问人数：312人，其中老人45人。", [312, 45]),
        ("上传数据25GB。", [25]),
    ],
)
def test_what_a_web_page_says_of_itself_is_no_figure(
    line: str, values: list[int], write: Callable[..., str]
) -> None:
    page = f"<html><body><h1>全县粮食生产</h1><p>{line}</p><p>全县种植粮食12.6万亩，总产量5.8万吨。</p></body></html>"
    found = [value for _, _, _, value, _ in rows(write("a.html", page.encode()))]
    assert found == [*values, 126000, 58000]


def test_a_title_inside_a_table_of_word(write: Callable[..., str]) -> None:
    table = documents.word_table(
        [["编制单位：县水务局", "", "单位：万元"], ["项目", "2022年", "2023年"], ["收入", "12", "13"]]
    )
    assert rows(write("a.docx", documents.docx(table))) == [
        ("12", "", "收入", 120000, "元"), ("13", "", "收入", 130000, "元"),
    ]  # fmt: skip


def test_formulas_without_a_result_are_told(write: Callable[..., str]) -> None:
    workbook = documents.xlsx([["项目", "金额（元）"], ["甲组", 5], ["乙组", 7], ["合计", "=B2+B3"]])
    assert decoded(write("a.xlsx", workbook)).warning == (
        "1 formulas hold no result and were left out; open and save it in a spreadsheet program"
    )


@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("told", ["", "续表"])
@pytest.mark.parametrize("cut", [1, 2, 4])
def test_a_table_that_a_page_cuts_is_one(
    cut: int, told: str, repeated: bool, write: Callable[..., str]
) -> None:
    head = ["村名", "收入", "支出"]
    body = [["上湾村", "12", "10"], ["下湾村", "9", "8"], ["河口村", "30", "21"], ["合计", "51", "39"]]
    pages = []
    for number, piece in enumerate(([head, *body][:cut], [head, *body][cut:])):
        texts, rules = documents.ruled(
            60, 700, [100, 80, 80], 20, [head, *piece] if number and repeated and cut > 1 else piece
        )
        above = (
            [(60, 740, 10.5, "各村集体经济情况（单位：万元）")]
            if not number
            else [(60, 740, 10.5, told)]
            if told
            else []
        )
        pages.append(
            (
                [
                    (60, 815, 9, "统计月报 2024年第3期"),
                    *above,
                    *texts,
                    (290, 20, 9, f"第{number + 1}页 共2页"),
                ],
                rules,
            )
        )
    found = rows(write("a.pdf", documents.pdf(pages)))
    assert [(subject, item, value, unit) for _, subject, item, value, unit in found] == [
        (row[0], item, int(number) * 10000, "元")
        for row in body
        for item, number in zip(("收入", "支出"), row[1:], strict=True)
    ]


def test_tables_of_other_columns_stay_two(write: Callable[..., str]) -> None:
    first = documents.ruled(
        60, 700, [100, 80, 80], 20, [["村名", "收入（元）", "支出（元）"], ["上湾村", "12", "10"]]
    )
    second = documents.ruled(
        60, 700, [80, 100, 80], 20, [["村名", "户数（户）", "人数（人）"], ["上湾村", "7", "30"]]
    )
    found = rows(write("a.pdf", documents.pdf([first, second])))
    assert [(item, value, unit) for _, _, item, value, unit in found] == [
        ("收入", 12, "元"), ("支出", 10, "元"), ("户数", 7, "户"), ("人数", 30, "人"),
    ]  # fmt: skip


def test_radicals_of_a_pdf_are_characters() -> None:
    figures = extractor.extract_text("农⺠收入增⻓5%，新建⻋间3座。")
    assert [(f.item, f.change) for f in figures] == [("农⺠收入", "up"), ("⻋间", "")]
