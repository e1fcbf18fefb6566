"""Makes small invented documents of every format, byte for byte the same: ``python -m tests.support.documents FOLDER``.

Word, PDF and e-books are put together by hand, so that tests can also make broken and hostile ones.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "examples" / "documents"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of parts, always the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2023, 8, 15, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of Word; ``**`` parts runs of text, as bold print does."""
    head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in text.split("**") if run
    )
    return f"<w:p>{head}{runs}</w:p>"


def word_table(rows: Iterable[Sequence[str]]) -> str:
    """A table of Word. ``text^2`` spans two columns; ``_`` goes on from the cell above, ``text_`` begins such a cell."""
    lines = []
    for row in rows:
        cells = []
        for cell in row:
            text, _, span = cell.partition("^")
            properties = f'<w:gridSpan w:val="{span}"/>' if span else ""
            if text == "_":
                text, properties = "", properties + "<w:vMerge/>"
            elif text.endswith("_"):
                text, properties = text[:-1], properties + '<w:vMerge w:val="restart"/>'
            cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>")
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def docx(
    body: str, *, title: str = "", created: str = "", more: dict[str, str | bytes] | None = None
) -> bytes:
    """A Word document with this body."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{number}"><w:name w:val="{name}"/></w:style>'
        for number, name in (("T", "Title"), ("1", "heading 1"), ("2", "heading 2"))
    )
    types = (
        f'<Types xmlns="{_PKG}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = f'<Relationships xmlns="{_PKG}/relationships">'
    core = (
        f'<cp:coreProperties xmlns:cp="{_PKG}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{escape(title)}</dc:title>'
        f"<dcterms:created>{created}</dcterms:created></cp:coreProperties>"
    )
    return packed(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'{relations}<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'{relations}<Relationship Id="r1" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
            "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
            "docProps/core.xml": core,
            **(more or {}),
        }
    )


def epub(chapters: Sequence[str], *, title: str = "", date: str = "") -> bytes:
    """An e-book of chapters, each the inside of a body."""
    items = "".join(
        f'<item id="c{at}" href="c{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:date>{date}</dc:date></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages: dict[str, str | bytes] = {
        f"OEBPS/c{at}.xhtml": f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>第{at + 1}章</title></head><body>{body}</body></html>"
        for at, body in enumerate(chapters)
    }
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": package,
            **pages,
        }
    )


Place = tuple[float, float, float, str]
"""A text of a PDF: x, y from below, size, characters."""
Rule = tuple[float, float, float, float]
"""A line of a PDF: x, y, x, y."""


def pdf(pages: Sequence[tuple[Sequence[Place], Sequence[Rule]]], *, title: str = "") -> bytes:
    """A PDF of pages of A4, in a font that every reader has for Chinese."""
    objects: list[bytes] = [b"", b""]

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    flags = (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    descriptor = add(flags)
    inner = add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light %s /DW 1000 /W [1 95 500] /FontDescriptor %d 0 R >>"
        % (system, descriptor)
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>"
        % inner
    )
    kids = []
    for texts, rules in pages:
        stream = b"".join(
            b"BT /F1 %g Tf %g %g Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, size, text in texts
        ) + b"".join(b"%g %g m %g %g l S\n" % rule for rule in rules)
        content = add(b"<< /Length %d >>\nstream\n%sendstream" % (len(stream), stream))
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 %d 0 R >> >> /Contents %d 0 R >>"
                % (font, content)
            )
        )
    info = add(
        b"<< /Title <feff%s> /CreationDate (D:20230815090000) >>" % title.encode("utf-16-be").hex().encode()
    )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
        b" ".join(b"%d 0 R" % kid for kid in kids),
        len(kids),
    )
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        info,
        start,
    )
    return bytes(out)


def ruled(
    x: float, y: float, widths: Sequence[float], height: float, rows: Sequence[Sequence[str]]
) -> tuple[list[Place], list[Rule]]:
    """A table of a PDF with its rules, from the corner above on the left."""
    texts: list[Place] = []
    edges = [x + sum(widths[:at]) for at in range(len(widths) + 1)]
    bottom = y - height * len(rows)
    rules: list[Rule] = [(x, y - height * at, edges[-1], y - height * at) for at in range(len(rows) + 1)]
    rules += [(edge, y, edge, bottom) for edge in edges]
    for at, row in enumerate(rows):
        texts += [
            (edges[i] + 4, y - height * at - height * 0.7, 10, text) for i, text in enumerate(row) if text
        ]
    return texts, rules


def wrapped(
    text: str, x: float, y: float, width: int, *, size: float = 10.5, leading: float = 16
) -> list[Place]:
    """Lines of so many characters, the first indented by two."""
    text = "　　" + text
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return [(x, y - leading * at, size, line) for at, line in enumerate(lines)]


def xlsx(
    rows: Sequence[Sequence[object]],
    *,
    merged: Sequence[str] = (),
    sheet: str = "Sheet1",
    percent: Sequence[str] = (),
) -> bytes:
    """A workbook of one sheet."""
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for span in merged:
        page.merge_cells(span)
    for cell in percent:
        page[cell].number_format = "0.0%"
    book.properties.creator = "县统计局"
    book.properties.created = book.properties.modified = datetime.datetime(2023, 8, 15)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    import re

    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2023-08-15T00:00:00Z", core
    )
    return packed(dict(parts))


def samples() -> dict[str, bytes]:
    """The documents of ``examples/documents/``."""
    page = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>2023年上半年全县经济运行情况 - 某某县统计局</title>
<meta name="ArticleTitle" content="2023年上半年全县经济运行情况"><meta name="PubDate" content="2023-07-20">
<meta name="ContentSource" content="县统计局"><meta name="Author" content="李小明"></head>
<body><form action="/search"><div class="header"><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/fw">办事服务</a> 热线12345</div>
<div class="content"><h1>2023年上半年全县经济运行情况</h1><p>发布时间：2023-07-20 来源：县统计局</p>
<p id="p1">初步核算，上半年全县实现地区生产总值<strong>48.6</strong>亿元，同比增长5.4%。城镇新增就业<b>1.2</b>万人。</p>
<h2 id="agriculture">一、农业</h2><p>夏粮播种面积12.3万亩，总产量4.1万吨。</p>
<p>表1 主要指标</p>
<table><tr><th rowspan="2">指标</th><th colspan="2">上半年</th></tr><tr><th>绝对数（亿元）</th><th>同比增长（%）</th></tr>
<tr><td>地区生产总值</td><td>48.6</td><td>5.4</td></tr><tr><td>固定资产投资</td><td>20.1</td><td>-3.2</td></tr>
<tr><td>进出口总额</td><td>—</td><td>…</td></tr></table></div>
<div class="related"><ul><li><a href="1">2022年公报：总产值90亿元</a></li>\
<li><a href="2">干部32名</a></li><li><a href="3">更多</a></li></ul></div>
<div class="footer">版权所有 网站标识码6200000001 <script>var n = 100;</script></div></form></body></html>
"""
    report = docx(
        paragraph("乡村振兴工作总结", "T")
        + paragraph("一、基本情况", "1")
        + paragraph("全镇选派**82名**驻村干部，投入资金**312.5万元**，惠及群众1332户6855人。")
        + paragraph("二、产业发展", "1")
        + paragraph("各村集体收入如下表。")
        + paragraph("表1 村集体收入（单位：万元）")
        + word_table(
            [
                ("村_", "2022年^2", "2023年^2"),
                ("_", "收入", "分红", "收入", "分红"),
                ("东沟村", "35.6", "8", "40.2", "9.5"),
                ("西沟村", "12.4", "—", "15", "3"),
            ]
        ),
        title="乡村振兴工作总结",
        created="2023-12-20T08:00:00Z",
    )
    markdown = """---
title: 每日要闻
date: 2023-08-15
---

# 每日要闻

## 甲乡道路完工

2023-08-14 本报记者 张三

甲乡投入**186万元**，硬化道路*5.1*千米。

## 乙乡合作社分红

2023-08-15 本报记者 李四

- 乙乡合作社分红**42.3万元**；
- 惠及社员128户。

| 品种 | 产量（吨） | 单价（元/公斤） |
|---|---:|---:|
| 苹果 | 320 | 6.5 |
| 核桃 | 45 | 18 |
"""
    left = wrapped(
        "今年以来，全县把增收放在首位，新建高标准农田1.2万亩，改造提升茶园3600亩，培育合作社45家，带动农户2310户就业。",
        50,
        740,
        22,
    )
    right = wrapped(
        "县农业农村局选派科技特派员38名，举办培训班26期，培训农民1450人次，发放技术手册5000册，农民满意度达到96.5%。",
        310,
        740,
        22,
    )
    head: list[Place] = [
        (50, 815, 8, "某某日报"),
        (500, 815, 8, "2023年8月15日"),
        (290, 20, 8, "- 1 -"),
        (150, 775, 20, "某县多措并举促农增收"),
    ]
    cells, rules = ruled(
        60,
        560,
        (120, 100, 100),
        20,
        [("指标", "2022年", "2023年"), ("粮食产量", "4.0", "4.1"), ("茶叶产量", "0.32", "0.35")],
    )
    above: list[Place] = [(60, 570, 10, "表1 主要农产品产量（单位：万吨）")]
    paper = pdf([([*head, *left, *right, *above, *cells], rules)], title="某县多措并举促农增收")
    book = epub(
        ["<h1>第一章 修路</h1><p>那年村里修了3.5公里路，花了<b>12</b>万元。</p>", "<h1>第二章 通电</h1><p>全村86户用上了电。</p>"],
        title="山乡记", date="2021-05-01",
    )  # fmt: skip
    sheet = xlsx(
        [
            ["2023年各乡镇人口情况"], ["单位：人"], ["乡镇", "人口", None, "城镇化率"], [None, "男", "女", None],
            ["甲镇", 6120, 5980, 0.352], ["乙乡", 3210, 3105, 0.218], ["合计", 9330, 9085, 0.306], [], ["注：数据为年末数。"],
        ],
        merged=["A3:A4", "B3:C3", "D3:D4"], percent=["D5", "D6", "D7"], sheet="人口",
    )  # fmt: skip
    subtitles = "1\n00:00:01,000 --> 00:00:03,500\n去年全县投入\n\n2\n00:00:03,500 --> 00:00:06,000\n<i>2.8亿元</i>，\n建成学校12所。\n"
    table = "品种,本周价格（元/公斤）,上周价格（元/公斤）,涨跌幅（%）\n猪肉,26.4,25.8,2.33\n鸡蛋,10.2,10.5,-2.86\n"
    return {
        "公报.html": page.encode(), "总结.docx": report, "要闻.md": markdown.encode(), "日报.pdf": paper, "山乡记.epub": book,
        "人口.xlsx": sheet, "采访.srt": subtitles.encode(), "2023-08-15 价格.csv": table.encode(),
    }  # fmt: skip


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in samples().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
