"""Which library reads documents best: ours beside others, on ten invented documents of each kind.

    python -m benchmarks.readers          the table of docs/documents.md

For every reader: how many of the pieces that belong to the text (paragraphs, cells) it gives whole and in their order, how
many of those that do not (navigation, running heads, page numbers) it gives as well, and the seconds for all ten.
A library that is not installed is left out: python -m pip install python-docx python-calamine
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from importlib import util
from typing import Any, NamedTuple

from extractor.sources.files import Source, read
from tests.support import documents as made

WORDS = ("道路", "水渠", "学校", "卫生室", "茶园", "果园", "大棚", "桥梁", "网点", "仓库")


class Sample(NamedTuple):
    """A document: its bytes, what must be found in this order, what must not be found."""

    data: bytes
    wanted: list[str]
    unwanted: list[str]


def sentences(n: int, count: int) -> list[str]:
    """Invented paragraphs, all different."""
    return [
        f"第{n}乡今年新建{WORDS[(n + i) % 10]}{10 * n + i}处，投入资金{n}{i}.{i}万元，惠及群众{120 + 7 * n + i}户，"
        f"群众满意度达到9{i % 10}.{n % 10}%。"
        for i in range(count)
    ]


def rows(n: int) -> list[list[str]]:
    return [[f"{word}工程", f"{n + 1}{i}.5", f"{i + 2}{n}"] for i, word in enumerate(WORDS[: 3 + n % 3])]


def pages(n: int) -> Sample:
    """A web page in one of five layouts, with a bar, a box of links and a foot."""
    prose, table = sentences(n, 3 + n % 4), rows(n)
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    body = "".join(f"<p>{text}</p>" for text in prose) + f"<table>{cells}</table>"
    main = (
        f"<div class='content'>{body}</div>", f"<article>{body}</article>", f"<div id='zoom'>{body}</div>",
        f"<table><tr><td>{body}</td></tr></table>", f"<div><div><div class='TRS_Editor'>{body}</div></div></div>",
    )[n % 5]  # fmt: skip
    unwanted = ["政务公开栏目", "上一篇：旧闻一则", "版权所有某某县", "联系电话0891"]
    page = (
        f"<html><head><title>简报{n} - 某县</title></head><body><div class='nav'><a href='/'>首页</a><a href='/a'>{unwanted[0]}</a></div>"
        f"<h1>简报{n}号建设进展</h1>{main}<div class='related'><ul><li><a href='1'>{unwanted[1]}</a></li><li><a href='2'>更多</a></li></ul>"
        f"</div><div class='footer'>{unwanted[2]} {unwanted[3]}</div></body></html>"
    )
    return Sample(page.encode(), [*prose, *(cell for row in table for cell in row)], unwanted)


def word(n: int) -> Sample:
    """A Word document: headings, bold runs, a table in the middle that spans columns."""
    prose, table = sentences(n, 3 + n % 4), rows(n)
    bold = [text.replace("万元", "**万元**") for text in prose]
    head = [["工程_", "数量^2"], ["_", "计划", "完成"]]
    body = (
        made.paragraph("工作总结", "T")
        + made.paragraph("一、建设", "1")
        + "".join(map(made.paragraph, bold[:2]))
    )
    body += made.word_table([*head, *table]) + "".join(map(made.paragraph, bold[2:]))
    cells = ["工程", "数量", "计划", "完成", *(cell for row in table for cell in row)]
    return Sample(made.docx(body), ["工作总结", "一、建设", *prose[:2], *cells, *prose[2:]], [])


def newspaper(n: int) -> Sample:
    """Two pages of a PDF in one to three columns, with a running head, a page number and on the second a ruled table."""
    columns = 1 + n % 3
    prose, table = sentences(n, 2 * columns), rows(n)
    width, size = (495 // columns, 10.5)
    sheets, unwanted = [], [f"某某日报第{n}期"]
    for page in (0, 1):
        texts: list[made.Place] = [(50, 810, 9, unwanted[0]), (290, 20, 9, f"— {page + 1} —")]
        for column in range(columns):
            text = prose[page * columns + column]
            texts += made.wrapped(text, 50 + column * width, 760, int(width / size) - 3, size=size)
        rules: list[made.Rule] = []
        if page:
            more, rules = made.ruled(50, 400, [160, 100, 100], 22, table)
            texts += more
        sheets.append((texts, rules))
    return Sample(
        made.pdf(sheets), [*prose, *(cell for row in table for cell in row)], [*unwanted, "— 1 —", "— 2 —"]
    )


def workbook(n: int) -> Sample:
    """A workbook: a title over merged cells, shares shown as percentages."""
    lines: list[list[object]] = [[f"{2015 + n}年工程进度", "", ""], ["工程", "数量", "完成率"]]
    lines += [[f"{name}工程", i + n, (40 + i + n) / 100] for i, name in enumerate(WORDS[:5])]
    data = made.xlsx(lines, merged=["A1:C1"], percent=[f"C{i}" for i in range(3, 8)])
    wanted = [f"{2015 + n}年工程进度", "工程", "数量", "完成率"]
    for i, name in enumerate(WORDS[:5]):
        wanted += [f"{name}工程", str(i + n), f"{40 + i + n}%"]
    return Sample(data, wanted, [])


def ours(suffix: str) -> Callable[[bytes], str]:
    return lambda data: read(Source(f"a.{suffix}", f"a.{suffix}", data)).text


def trafilatura_text(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data.decode(), include_tables=True) or ""


def lxml_text(data: bytes) -> str:
    import lxml.html

    return str(lxml.html.document_fromstring(data.decode()).text_content())


def python_docx(data: bytes) -> str:
    import docx  # type: ignore[import-not-found, unused-ignore]

    pieces: list[str] = []
    for part in docx.Document(io.BytesIO(data)).iter_inner_content():
        if hasattr(part, "rows"):
            pieces += ["\t".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            pieces.append(part.text)
    return "\n".join(pieces)


def pdfium(data: bytes) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def plumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as book:
        return "\n".join(page.extract_text() for page in book.pages)


def calamine(data: bytes) -> str:
    import python_calamine  # type: ignore[import-not-found, unused-ignore]

    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return "\n".join("\t".join(map(str, row)) for row in sheet.to_python())


READERS: tuple[tuple[str, Callable[[int], Sample], tuple[tuple[str, str, Callable[[bytes], str]], ...]], ...] = (
    ("web page", pages, (("ours, by trafilatura's element", "trafilatura", ours("html")),
                         ("trafilatura's own text", "trafilatura", trafilatura_text), ("lxml, the whole page", "lxml", lxml_text))),
    ("Word", word, (("ours, by mammoth", "mammoth", ours("docx")), ("python-docx", "docx", python_docx))),
    ("PDF", newspaper, (("ours, by pypdfium2 and pdfplumber", "pdfplumber", ours("pdf")), ("pypdfium2 alone", "pypdfium2", pdfium),
                        ("pdfplumber alone", "pdfplumber", plumber))),
    ("Excel", workbook, (("ours, by openpyxl", "openpyxl", ours("xlsx")), ("python-calamine", "python_calamine", calamine))),
)  # fmt: skip


def found(text: str, pieces: list[str], *, ordered: bool) -> int:
    """How many pieces stand in a text, blanks and breaks aside; ``ordered``: each behind the one before."""
    plain, at, count = "".join(text.split()), 0, 0
    for piece in pieces:
        place = plain.find("".join(piece.split()), at)
        count += place >= 0
        if ordered and place >= 0:
            at = place + len("".join(piece.split()))
    return count


def measure() -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of the table."""
    for kind, make, readers in READERS:
        samples = [make(n) for n in range(10)]
        for name, module, reader in readers:
            if util.find_spec(module) is None:
                continue
            reader(samples[0].data)
            begin = time.perf_counter()
            texts: list[Any] = [reader(sample.data) for sample in samples]
            took = time.perf_counter() - begin
            right = sum(found(t, s.wanted, ordered=True) for t, s in zip(texts, samples, strict=True))
            wrong = sum(found(t, s.unwanted, ordered=False) for t, s in zip(texts, samples, strict=True))
            whole, others = (sum(len(s[i]) for s in samples) for i in (1, 2))
            yield kind, name, f"{right} of {whole}", f"{wrong} of {others}" if others else "", f"{took:.2f}"


def main() -> None:
    print(
        "| kind | reader | pieces of the text, in order | pieces of no text | seconds for ten |\n| --- | --- | --- | --- | --- |"
    )
    for row in measure():
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
