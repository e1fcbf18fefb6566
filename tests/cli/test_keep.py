"""--keep: fields of a corpus on every row, in every format."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from tests.support.commands import run

RECORDS = [
    {"text": "甲村选派干部3名，投资12万元。", "region": "东", "title": "甲", "tags": ["a", 1]},
    {"text": "乙村选派干部5名。", "region": None, "title": "乙", "tags": 7},
]
WANTED = [("3名", "东", "甲", '["a", 1]'), ("12万元", "东", "甲", '["a", 1]'), ("5名", "", "乙", "7")]
KEEP = ("--keep", "region,title", "--keep", "tags")
NAMES = ("region", "record_title", "tags")  # title is a column


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "c.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in RECORDS), encoding="utf-8")
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_format_has_what_is_kept(corpus: Path, jobs: str) -> None:
    formats = ("csv", "tsv", "jsonl", "markdown", "xlsx", "parquet", "sqlite", "html")
    run("c.jsonl", *KEEP, "-q", "-j", jobs, *(w for f in formats for w in (f"--{f}", f"o.{f}")))
    with open("o.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["text"], *(row[name] for name in NAMES)) for row in rows] == WANTED
    assert [row["title"] for row in rows] == ["", "", ""]
    lines = [json.loads(line) for line in Path("o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["text"], *(row[name] for name in NAMES)) for row in lines] == WANTED
    tabs = [line.split("\t") for line in Path("o.tsv").read_text(encoding="utf-8").splitlines()]
    assert tabs[0][-3:] == list(NAMES) and tabs[3][-3:] == ["", "乙", "7"]
    assert Path("o.markdown").read_text(encoding="utf-8").splitlines()[-1].endswith("|  | 乙 | 7 |")
    sheet = [
        [cell.value for cell in row][-3:] for row in openpyxl.load_workbook("o.xlsx")["table"].iter_rows()
    ]
    assert sheet == [list(NAMES), *[[cell or None for cell in row[1:]] for row in WANTED]]
    parquet = pyarrow.parquet.read_table("o.parquet").to_pylist()
    assert [(row["text"], *(row[name] or "" for name in NAMES)) for row in parquet] == WANTED
    query = "SELECT text, field, kept.value FROM figures JOIN kept USING (source_id) WHERE field = 'region'"
    with sqlite3.connect("o.sqlite") as database:
        assert list(database.execute(query)) == [
            ("3名", "region", "东"),
            ("12万元", "region", "东"),
            ("5名", "region", None),
        ]
    page = Path("o.html").read_text(encoding="utf-8")
    assert '"kept":{"names":["region","record_title","tags"],"of":[["东","甲",' in page


def test_sorted_and_rejected_rows_keep_it_too(corpus: Path) -> None:
    run("c.jsonl", "--keep", "region", "-q", "--sort", "value", "--columns", "value", "--csv", "o.csv")
    assert Path("o.csv").read_text(encoding="utf-8").split() == ["value,region", "3,东", "5,", "120000,东"]
    Path("d.jsonl").write_text('{"text": "2023年选派3名。", "region": "南"}\n', encoding="utf-8")
    run("d.jsonl", "--keep", "region", "-q", "--rejected", "r.csv", "--csv", "o.csv")
    assert Path("r.csv").read_text(encoding="utf-8").splitlines()[1].endswith(",2023年选派3名。,南")


def test_a_source_without_records_has_nothing_to_keep(corpus: Path) -> None:
    Path("a.txt").write_text("丙村选派干部9名。", encoding="utf-8")
    run("a.txt", "c.jsonl", "--keep", "region", "-q", "--columns", "text", "--csv", "o.csv")
    assert Path("o.csv").read_text(encoding="utf-8").split()[1:3] == ["9名,", "3名,东"]


def test_a_field_that_is_not_there_is_told(corpus: Path) -> None:
    done = run("c.jsonl", "--keep", "regio", "--csv", "o.csv")
    assert done.status == 1
    assert "c.jsonl: no field 'regio'; name one of text, region, title, tags with --keep" in done.err


def test_what_extract_wrote_is_no_source(corpus: Path) -> None:
    run("c.jsonl", *KEEP, "-q", "--csv", "o.csv", "--xlsx", "o.xlsx", "--html", "o.html")
    corpus.unlink()
    done = run(".", "--csv", "again.csv")
    assert done.err.count("a table that extract wrote, skipped") == 3
    assert done.status == 0
    assert len(Path("again.csv").read_text(encoding="utf-8").splitlines()) == 1
