"""The workbook for people: its sheets, where the rows lead, and how it is printed."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from extractor.engine.atomic import AtomicFile, publish
from extractor.model import COLUMNS, REJECTION_COLUMNS, Article, Document, Figure
from extractor.sources.encodings import Decoded
from extractor.table.columns import FIGURES
from extractor.writers.xlsx import FOLDED, Writer
from tests.support.figures import figure

TEXT = "应改造80户，已改造60户，剩余30户。2023年培训7期，投资12345678901234元。"


def extract(folder: Path, *options: str) -> openpyxl.Workbook:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "extractor",
        str(folder / "a.txt"),
        "--xlsx",
        str(folder / "t.xlsx"),
        *options,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return openpyxl.load_workbook(folder / "t.xlsx", rich_text=True)


def test_sheets(tmp_path: Path) -> None:
    book = extract(tmp_path)
    assert book.sheetnames == ["table", "summary", "checks", "rejected", "sentences"]
    (check,) = list(book["checks"].iter_rows(min_row=2, values_only=True))
    assert check[2:4] == ("difference", "80 − 60 = 20 ≠ 30")
    header, rejected = list(book["rejected"].iter_rows(values_only=True))
    assert (header, rejected[5:7]) == (REJECTION_COLUMNS, ("2023", "date"))
    assert [row[0] for row in book["summary"].iter_rows(min_row=2, values_only=True)] == [
        "money",
        "households",
        "training",
    ]


def test_chinese_sheets(tmp_path: Path) -> None:
    book = extract(tmp_path, "--headers", "zh")
    assert book.sheetnames == ["数据", "汇总", "核对", "排除的数字", "句子"]
    assert list(book["核对"].iter_rows(values_only=True))[1][-1].startswith("差额关系，依据")
    assert book["排除的数字"].cell(2, 7).value == "日期"
    assert book["汇总"].cell(1, 1).value == "类别"


@pytest.mark.parametrize(
    ("options", "column"),
    [
        ((), "text"),
        (("--sort", "-value"), "text"),
        (("--columns", "value,text,item"), "text"),
        (("--columns", "sentence,unit"), "sentence"),
    ],
)
def test_every_row_leads_to_its_sentence(tmp_path: Path, options: tuple[str, ...], column: str) -> None:
    book = extract(tmp_path, *options)
    table, sentences = book["table"], book["sentences"]
    number = [cell.value for cell in table[1]].index(column) + 1
    for row in range(2, table.max_row + 1):
        cell = table.cell(row, number)
        sheet, _, place = cell.hyperlink.location.partition("!")
        assert sheet == "'sentences'"
        sentence = str(sentences.cell(sentences[place].row, 5).value)
        assert sentence in TEXT and str(cell.value) in sentence
    shown = [part for row in range(2, sentences.max_row + 1) for part in sentences.cell(row, 5).value]
    assert "80户" in [str(part) for part in shown if not isinstance(part, str)]  # in bold


def test_a_page_is_as_wide_as_the_table(tmp_path: Path) -> None:
    book = extract(tmp_path)
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
    widths = {name: book["table"].column_dimensions for name in COLUMNS}["value"]
    letter = openpyxl.utils.get_column_letter(COLUMNS.index("value") + 1)
    assert widths[letter].width > len("12,345,678,901,234")
    hidden = {
        COLUMNS[number]
        for dimension in widths.values() if dimension.hidden
        for number in range(dimension.min - 1, dimension.max)
    }  # fmt: skip
    assert hidden == FOLDED
    assert not any(
        d.hidden for d in extract(tmp_path, "--columns", "text,rule")["table"].column_dimensions.values()
    )


def test_many_rows_stay_small_and_keep_what_links_a_sheet_can_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.writers.sheets.MAX_LINKS", 1500)
    file = AtomicFile(str(tmp_path / "t.xlsx"))
    writer = Writer(file, FIGURES)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(5000):
        figures = [figure(line=number, sentence=f"第{number}次培训7期。", source="a.txt")]
        writer.note(
            Document("a.txt", (Article(1, "", "", "", "article", 1, 1),), tuple(figures), ()),
            Decoded("文", "utf-8"),
            figures,
        )
        writer.announce(figures)
        writer.write(FIGURES.rows(figures))
    writer.finish()
    publish([file])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["table"]
    linked = [
        row for row in range(2, sheet.max_row + 1) if sheet.cell(row, COLUMNS.index("text") + 1).hyperlink
    ]
    assert (sheet.max_row, linked) == (5001, list(range(2, 1502)))


def test_libreoffice_prints_the_header_on_every_page(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice here")
    extract(tmp_path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    done = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "t.xlsx")],
        capture_output=True, timeout=180,
    )  # fmt: skip
    if not (tmp_path / "t.pdf").exists():
        pytest.skip(f"this LibreOffice writes no PDF: {done.stderr!r}")
    assert (tmp_path / "t.pdf").read_bytes().count(b"/Type/Page/") == 5


def _write(path: Path, figures: list[Figure]) -> None:
    """Writes the workbook of the figures."""
    file = AtomicFile(str(path))
    writer = Writer(file, FIGURES)
    writer.announce(figures)
    writer.write(FIGURES.rows(figures))
    writer.finish()
    publish([file])


def test_text_that_looks_like_markup_stays_text(tmp_path: Path) -> None:
    marked = "<r>今年培训7期。</r>"
    figures = [figure(sentence=marked, text=marked, item=marked, subject="<r>", source="a.txt")]
    _write(tmp_path / "t.xlsx", figures)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    row = {name: cell for name, cell in zip(COLUMNS, book["table"][2], strict=True)}
    assert [row[name].value for name in ("sentence", "text", "item", "subject")] == [marked] * 3 + ["<r>"]
    assert row["text"].hyperlink.location == "'sentences'!A2"
    assert book["sentences"].cell(2, 5).value == marked


def test_numbers_that_no_cell_holds_are_text_with_all_digits(tmp_path: Path) -> None:
    figures = [figure(value=10**20 + 1, low=10**400, high=2.5, source="a.txt")]
    _write(tmp_path / "t.xlsx", figures)
    row = dict(
        zip(
            COLUMNS,
            next(openpyxl.load_workbook(tmp_path / "t.xlsx")["table"].iter_rows(min_row=2, values_only=True)),
            strict=True,
        )
    )
    assert (row["value"], row["low"], row["high"]) == (str(10**20 + 1), str(10**400), 2.5)
