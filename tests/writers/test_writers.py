"""Every format, read back by a reader that is not ours, equals the table."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pyarrow.parquet
import pytest

from extractor.engine.atomic import AtomicDatabase, AtomicFile, publish
from extractor.model import COLUMNS, Article, Document, Figure
from extractor.sources.encodings import Decoded
from extractor.table.columns import FIGURES, Layout
from extractor.table.headers import chinese
from extractor.writers import FORMATS, by_suffix
from tests.support.figures import FIGURE, figure

TRICKY = [
    FIGURE,
    figure(value=None, low=2, high=3, qualifier="range", start=5, end=9),
    figure(value=18.5, low=None, high=0.1, sentence='他说:"=1+1",\n再见\t|。', start=10, end=12),
    figure(value=1850000000, item="=SUM(A1)", title="+标题", place="@地", per="-人", start=13, end=14),
    figure(
        value=-3.5, item="http://example.org", text="007", base_value=None, published="2023", date_from="2023-01-01",
        confidence=0.25, start=15, end=18,
    ),
]  # fmt: skip


def document(figures: list[Figure], source: str = "a.txt") -> Document:
    article = Article(1, "题", "", "", "article", 1, 1)
    return Document(source, (article,), tuple(figures), ())


def write(format: str, path: Path, figures: list[Figure], layout: Layout = FIGURES, **options: Any) -> Path:
    kind = AtomicDatabase if format == "sqlite" else AtomicFile
    file = kind(str(path))
    writer = FORMATS[format].writer()(file, layout, **options)
    writer.note(document(figures), Decoded("文" * 20, "utf-8"), figures)
    writer.write(layout.rows(figures))
    writer.finish()
    publish([file])
    return path


def expected(*, empty: Any = "") -> list[tuple[Any, ...]]:
    return [tuple(empty if cell == "" else cell for cell in row) for row in FIGURES.rows(TRICKY)]


def test_csv(tmp_path: Path) -> None:
    path = write("csv", tmp_path / "t.csv", TRICKY)
    assert b"\r" not in path.read_bytes()
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert tuple(header) == COLUMNS
    assert [tuple(row) for row in rows] == [tuple("" if c is None else str(c) for c in r) for r in expected()]
    frame = pandas.read_csv(path)
    assert frame["value"].tolist()[2:] == [18.5, 1850000000, -3.5]


def test_csv_spells_no_float_with_an_exponent_or_as_whole(tmp_path: Path) -> None:
    figures = [
        figure(value=0.00001, low=-0.00002, confidence=1.0),
        figure(value=18.5, low=2.5, confidence=0.25),
    ]
    path = write("csv", tmp_path / "t.csv", figures)
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    assert [rows[0][name] for name in ("value", "low", "confidence")] == ["0.00001", "-0.00002", "1"]
    assert [rows[1][name] for name in ("value", "low", "confidence")] == ["18.5", "2.5", "0.25"]


def test_csv_for_excel(tmp_path: Path) -> None:
    data = write("csv", tmp_path / "t.csv", TRICKY, excel=True).read_bytes()
    assert data.startswith("\ufeffsource,".encode())
    assert data.count(b"\r\n") == len(TRICKY) + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [rows[3][name] for name in ("item", "title", "place", "per")] == [
        "'=SUM(A1)", "'+标题", "'@地", "'-人"
    ]  # fmt: skip
    assert rows[4]["value"] == "-3.5"


def test_tsv(tmp_path: Path) -> None:
    path = write("tsv", tmp_path / "t.tsv", TRICKY)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [line.count("\t") for line in lines] == [len(COLUMNS) - 1] * (len(TRICKY) + 1) + [0]
    frame = pandas.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
    assert frame["sentence"][2] == '他说:"=1+1", 再见 |。'
    assert frame["value"].tolist() == ["7", "", "18.5", "1850000000", "-3.5"]


def test_jsonl(tmp_path: Path) -> None:
    lines = write("jsonl", tmp_path / "t.jsonl", TRICKY).read_text(encoding="utf-8").split("\n")
    assert [tuple(json.loads(line).values()) for line in lines if line] == expected()
    assert '"value": 1850000000,' in lines[3]


def test_json(tmp_path: Path) -> None:
    rows = json.loads(write("json", tmp_path / "t.json", TRICKY).read_text(encoding="utf-8"))
    lines = write("jsonl", tmp_path / "t.jsonl", TRICKY).read_text(encoding="utf-8").splitlines()
    assert rows == [json.loads(line) for line in lines]
    assert json.loads(write("json", tmp_path / "none.json", []).read_bytes()) == []


def test_markdown(tmp_path: Path) -> None:
    lines = write("markdown", tmp_path / "t.md", TRICKY).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(TRICKY) + 2
    assert lines[0] == "| " + " | ".join(COLUMNS) + " |"
    assert '| 他说:"=1+1", 再见 \\|。 |' in lines[4]


def test_xlsx(tmp_path: Path) -> None:
    path = write("xlsx", tmp_path / "t.xlsx", TRICKY)
    book = openpyxl.load_workbook(path)
    sheet = book["table"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == COLUMNS
    assert rows == expected(empty=None)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AF6"
    assert [row[:3] for row in book["summary"].iter_rows(min_row=2, values_only=True)] == [
        ("training", "期", 5)
    ]
    again = write("xlsx", tmp_path / "u.xlsx", TRICKY)
    assert again.read_bytes() == path.read_bytes()


def test_xlsx_shows_confidence_with_two_digits(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write("xlsx", tmp_path / "t.xlsx", TRICKY))["table"]
    cells = [sheet.cell(2, COLUMNS.index(name) + 1) for name in ("confidence", "value", "base_value", "line")]
    assert [cell.number_format for cell in cells] == ["0.00", "#,##0", "#,##0", "General"]


def test_parquet(tmp_path: Path) -> None:
    path = write("parquet", tmp_path / "t.parquet", TRICKY)
    table = pyarrow.parquet.read_table(path)
    assert tuple(table.column_names) == COLUMNS
    assert [tuple(row.values()) for row in table.to_pylist()] == expected(empty=None)
    types = {name: str(table.schema.field(name).type) for name in COLUMNS}
    assert [types[name] for name in ("item", "value", "line")] == ["string", "double", "int64"]
    assert [types[name] for name in ("base_value", "date_from", "confidence")] == [
        "double",
        "string",
        "double",
    ]


def test_sqlite_replaces_a_source_and_keeps_the_others(tmp_path: Path) -> None:
    path = write("sqlite", tmp_path / "t.sqlite", TRICKY)
    rows = query(path, "SELECT * FROM figures ORDER BY start")
    assert [row[: len(COLUMNS)] for row in rows] == expected(empty=None)
    assert query(path, "SELECT typeof(value), typeof(place) FROM figures LIMIT 1") == [("integer", "null")]
    assert query(
        path, "SELECT typeof(base_value), typeof(confidence), typeof(date_from) FROM figures LIMIT 1"
    ) == [("integer", "real", "null")]
    assert query(path, "SELECT source, article, title FROM articles") == [("a.txt", 1, "题")]
    other = figure(source="b.txt")
    file = AtomicDatabase(str(path))
    writer = FORMATS["sqlite"].writer()(file, FIGURES)
    for name, figures in (("b.txt", [other]), ("a.txt", TRICKY[:2])):
        writer.note(document(figures, name), Decoded("文", "utf-8"), figures)
    writer.finish()
    publish([file])
    assert query(path, "SELECT source, count(*) FROM figures GROUP BY source") == [("a.txt", 2), ("b.txt", 1)]
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_sqlite_refuses_what_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    path.write_text("no database at all" * 99, encoding="utf-8")
    with pytest.raises(OSError, match="name another file"):
        write("sqlite", path, TRICKY)
    assert path.read_text(encoding="utf-8").startswith("no database")


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_empty_table_chosen_columns_and_chinese(name: str, tmp_path: Path) -> None:
    assert write(name, tmp_path / "empty", []).exists()
    layout = chinese(Layout(("kind", "value")))
    path = write(name, tmp_path / "zh", TRICKY, layout)
    if not (FORMATS[name].binary or FORMATS[name].file_only):
        text = path.read_text(encoding="utf-8")
        assert "类别" in text and "数值" in text and "1850000000" in text.replace(",", "")
        assert "training" not in text


def test_columns_in_parquet_and_xlsx(tmp_path: Path) -> None:
    layout = chinese(Layout(("value", "kind")))
    frame = pandas.read_parquet(write("parquet", tmp_path / "t.parquet", TRICKY, layout))
    assert list(frame.columns) == ["数值", "类别"]
    frame = pandas.read_excel(write("xlsx", tmp_path / "t.xlsx", TRICKY, layout))
    assert frame["数值"].dropna().tolist() == [7, 18.5, 1850000000, -3.5]


def test_every_suffix_means_one_format() -> None:
    suffixes = [suffix for format in FORMATS.values() for suffix in format.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(by_suffix("x" + suffix) for suffix in suffixes)


BEYOND = 2**53 + 1


def test_whole_numbers_that_no_double_holds(tmp_path: Path) -> None:
    """Nothing is rounded where the format can help it; Parquet's typed column cannot, as its module says."""
    figures = [figure(value=BEYOND, low=BEYOND, high=BEYOND)]
    for format in ("csv", "tsv", "jsonl", "markdown"):
        assert str(BEYOND) in write(format, tmp_path / format, figures).read_text(encoding="utf-8")
    assert query(write("sqlite", tmp_path / "t.db", figures), "SELECT value FROM figures") == [(BEYOND,)]
    sheet = openpyxl.load_workbook(write("xlsx", tmp_path / "t.xlsx", figures))["table"]
    assert sheet.cell(2, COLUMNS.index("value") + 1).value == str(BEYOND)
    table = pyarrow.parquet.read_table(write("parquet", tmp_path / "t.parquet", figures))
    assert table["value"].to_pylist() == [float(BEYOND)] != [BEYOND]


def test_a_sheet_that_is_full_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.writers.sheets.MAX_ROWS", 3)
    book = openpyxl.load_workbook(write("xlsx", tmp_path / "t.xlsx", TRICKY))
    assert book.sheetnames == ["table", "summary", "checks", "rejected", "sentences", "table 2", "table 3"]
    names = ["table", "table 2", "table 3"]
    sheets = [list(book[name].iter_rows(values_only=True)) for name in names]
    assert all(rows[0] == COLUMNS for rows in sheets)
    assert [row for rows in sheets for row in rows[1:]] == expected(empty=None)
    assert [book[name].auto_filter.ref for name in names] == ["A1:AF3", "A1:AF3", "A1:AF2"]


def test_rows_of_parquet_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.writers.parquet.GROUP", 2)
    monkeypatch.setattr("extractor.writers.parquet.PIECE", 1)
    file = AtomicFile(str(tmp_path / "t.parquet"))
    writer = FORMATS["parquet"].writer()(file, FIGURES)
    for one in TRICKY:
        writer.write(FIGURES.rows([one]))
    writer.finish()
    publish([file])
    found = pyarrow.parquet.ParquetFile(tmp_path / "t.parquet")
    assert [found.metadata.row_group(n).num_rows for n in range(found.num_row_groups)] == [2, 2, 1]
    assert [tuple(row.values()) for row in found.read().to_pylist()] == expected(empty=None)


def test_parquet_needs_little_memory(tmp_path: Path) -> None:
    """pyarrow imports pandas where it is installed, 50 MB and half a second, and has an allocator that keeps 15 MB."""
    (tmp_path / "a.txt").write_text("培训7期。", encoding="utf-8")
    code = (
        "import sys; from extractor.cli.command import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert not end.code\n"
        "import pyarrow; assert pyarrow.default_memory_pool().backend_name == 'system'\n"
        "assert 'pandas' not in sys.modules"
    )
    arguments = [str(tmp_path / "a.txt"), "--parquet", str(tmp_path / "t.parquet")]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_writer_that_is_stopped_leaves_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "out").mkdir()
    file = AtomicFile(str(tmp_path / "out" / "table"))
    writer = FORMATS[name].writer()(file, FIGURES)
    writer.note(document(TRICKY), Decoded("文" * 20, "utf-8"), TRICKY)
    writer.write(FIGURES.rows(TRICKY))
    writer.abort()
    file.discard()
    assert list((tmp_path / "out").iterdir()) == []
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("change", "name"), [("ADD COLUMN note TEXT", "note"), ("RENAME COLUMN subject TO topic", "topic")]
)
def test_sqlite_refuses_a_table_of_another_shape(change: str, name: str, tmp_path: Path) -> None:
    path = write("sqlite", tmp_path / "t.sqlite", TRICKY)
    connection = sqlite3.connect(path)
    if "subject" in change:
        connection.execute("DROP INDEX figures_by_subject")
    connection.execute(f"ALTER TABLE figures {change}")
    connection.close()
    with pytest.raises(OSError, match=rf"its table figures has other columns \({name}\), name another file"):
        write("sqlite", path, TRICKY[:1])
    assert query(path, "SELECT count(*) FROM figures") == [(len(TRICKY),)]


def test_sqlite_gives_a_table_of_an_earlier_edition_the_columns_it_lacks(tmp_path: Path) -> None:
    path = write("sqlite", tmp_path / "t.sqlite", TRICKY)
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE figures DROP COLUMN confidence")
    connection.close()
    write("sqlite", path, TRICKY)
    assert "confidence" in [row[1] for row in query(path, "PRAGMA table_info(figures)")]


def test_sqlite_on_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = AtomicFile(str(tmp_path / "t.sqlite"))
    writer: Any = FORMATS["sqlite"].writer()(file, FIGURES)
    pages = writer._database.execute("PRAGMA page_count").fetchone()[0]
    writer._database.execute(f"PRAGMA max_page_count = {pages}")
    long = [figure(sentence="长" * 9_000, start=n, end=n + 1) for n in range(9)]
    with pytest.raises(OSError, match="database or disk is full"):
        writer.note(document(long), Decoded("文", "utf-8"), long)
    with pytest.raises(OSError, match="no transaction is active"):  # the failure has ended it
        writer.finish()
    writer.abort()
    file.discard()
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may do everything, so the answers of the system are put in its mouth."""
    target = str(tmp_path / "t.csv")

    def refuse(**options: Any) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkstemp", refuse)
        with pytest.raises(PermissionError, match="cannot write into its folder") as failed:
            AtomicFile(target)
    assert failed.value.filename == target
    Path(target).write_text("mine", encoding="utf-8")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(PermissionError, match="no permission to replace it"):
        AtomicFile(target)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]
