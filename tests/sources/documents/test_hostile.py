"""Documents that were made to do harm, or are broken: each is one line that names it, and costs little."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractor.sources import documents as readers
from extractor.sources.documents import markup, packed, pdf
from extractor.sources.documents.extracted import DocumentError
from extractor.sources.files import Source, SourceError, read
from tests.support import documents

SAMPLES = documents.samples()
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9)
) + "]><a>&a8;</a>"  # fmt: skip
REMOTE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


def reason(data: bytes, name: str = "a.docx") -> str:
    with pytest.raises(SourceError) as failed:
        read(Source(name, name, data))
    assert "\n" not in str(failed.value)
    assert str(failed.value).startswith(f"{name}: ")
    return failed.value.reason


def replaced(name: str, part: str, content: bytes) -> bytes:
    """A sample with one of its parts replaced."""
    with zipfile.ZipFile(BytesIO(SAMPLES[name])) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    parts[part] = content
    return documents.packed(parts)


@pytest.mark.parametrize("xml", [BOMB, REMOTE])
@pytest.mark.parametrize(
    ("name", "part"),
    [("总结.docx", "word/document.xml"), ("人口.xlsx", "xl/workbook.xml"), ("山乡记.epub", "OEBPS/book.opf")],
)
def test_entities(xml: str, name: str, part: str) -> None:
    assert "defines XML entities" in reason(replaced(name, part, xml.encode()))
    assert "defines XML entities" in reason(replaced(name, part, xml.encode("utf-16"))) or name.endswith(
        "epub"
    )


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("总结.docx", "word/media/a.xml"),
        ("人口.xlsx", "xl/worksheets/sheet2.xml"),
        ("山乡记.epub", "OEBPS/c0.xhtml"),
    ],
)
def test_what_grows_beyond_bounds(name: str, part: str) -> None:
    data = replaced(name, part, b"<p>" + b"a" * (packed.FREE + 1) + b"</p>")
    tracemalloc.start()
    assert "grows to many times its size" in reason(data)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.endswith(("docx", "xlsx", "epub", "pdf"))])
def test_broken_documents(name: str) -> None:
    whole = SAMPLES[name]
    for data in (whole[:200], whole[: len(whole) // 2], whole[:99] + bytes(len(whole) - 198) + whole[-99:]):
        try:
            read(Source(name, name, data))
        except SourceError as error:
            assert "\n" not in str(error)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGES", 2)
    assert "more than 2 pages" in reason(documents.pdf([([], [])] * 3), "a.pdf")


def test_elements_nested_too_deeply() -> None:
    with pytest.raises(DocumentError, match="nested too deeply"):
        markup.parse("<div>" * 10_000 + "113户")
    text = "<html><body>" + "<div>" * 100_000 + "<p>全村共有113户。"
    try:
        read(Source("a.html", "a.html", text.encode()))
    except SourceError as error:
        assert "nested" in str(error) or "no web page" in str(error)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    page = SAMPLES["公报.html"].replace(
        b"<form", b'<img src="http://example.org/a.png"><link rel="x" href="http://example.org/b"><form'
    )
    read(Source("a.html", "a.html", page))
    for name, data in SAMPLES.items():
        read(Source(name, name, data))


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for module, name, extra in (
        ("mammoth", "总结.docx", "docx"), ("pdfplumber", "日报.pdf", "pdf"), ("openpyxl", "人口.xlsx", "xlsx"),
        ("trafilatura", "公报.html", "html"),
    ):  # fmt: skip
        monkeypatch.setitem(sys.modules, module, None)
        assert f"install with: python -m pip install 'extract-figures[{extra}]'" in reason(
            SAMPLES[name], name
        )


def test_plain_text_is_read_without_a_library_of_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲村\n全村共有113户495人，增长3.5%。\n", encoding="utf-8")
    code = (
        "import sys, extractor.cli.command as cli\n"
        "cli.command.main(['a.txt', '--csv', 'b.csv', '-q'], standalone_mode=False)\n"
        "heavy = ('mammoth', 'pdfplumber', 'pypdfium2', 'openpyxl', 'trafilatura', 'lxml', 'markdown_it', 'bs4')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"
    assert (tmp_path / "b.csv").read_text(encoding="utf-8").count("a.txt") == 3


def test_suffixes_are_known() -> None:
    assert {Path(name).suffix for name in SAMPLES} <= {*readers.SUFFIXES, ".md"}


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.epub"])
def test_a_packed_document_without_its_parts_is_no_archive_to_rename(name: str) -> None:
    told = "is a broken document; save it anew, or leave it out"
    assert reason(documents.packed({"a.txt": "甲村113户。"}), name) == told
    assert reason(b"PK\x03\x04 and no more", name) == told
