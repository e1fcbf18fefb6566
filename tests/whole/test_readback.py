"""The table of the seeds in every format, read back by readers that are not ours, cell by cell.

LibreOffice opens the workbook without a screen and writes it as CSV; the test is skipped where there is none.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pyarrow.parquet
import pytest
from click.testing import CliRunner

import extractor
from extractor.cli.command import command
from extractor.model import COLUMNS
from extractor.table.columns import FIGURES, NUMBERS, SHARES, WHOLE
from extractor.writers import FORMATS

ROOT = Path(__file__).parents[2]
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TABLES = {"csv", "tsv", "jsonl", "json", "markdown", "xlsx", "parquet", "sqlite"}

Table = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the table of the seeds in every format, written in one run."""
    folder = tmp_path_factory.mktemp("out")
    outputs = [word for name in TABLES for word in (f"--{name}", str(folder / f"table.{name}"))]
    result = CliRunner().invoke(command, [str(ROOT / "seeds"), "-q", *outputs], standalone_mode=False)
    assert result.exception is None and result.return_value == 0
    return folder


@pytest.fixture(scope="module")
def table() -> Table:
    """The rows as the Python interface gives them, with None for empty text."""
    rows = FIGURES.rows(extractor.extract(str(ROOT / "seeds")))
    assert len(rows) > 100
    return [tuple(None if cell == "" else cell for cell in row) for row in rows]


def values(rows: Iterator[dict[str, str]] | list[dict[str, str]]) -> Table:
    """Rows of text as rows of values."""

    def cell(name: str, text: str) -> Any:
        if text == "":
            return None
        if name in WHOLE:
            return int(text)
        if name in SHARES:
            return float(text)
        return (float(text) if "." in text else int(text)) if name in NUMBERS else text

    return [tuple(cell(name, row[name]) for name in COLUMNS) for row in rows]


def test_every_format_for_tables_is_read_back() -> None:
    assert set(FORMATS) >= TABLES
    assert set(FORMATS) - TABLES <= {"table", "html"}, "add a reader for the new format"


def test_csv(folder: Path, table: Table) -> None:
    with (folder / "table.csv").open(encoding="utf-8", newline="") as stream:
        assert values(csv.DictReader(stream)) == table


def test_csv_with_pandas(folder: Path, table: Table) -> None:
    frame = pandas.read_csv(folder / "table.csv", dtype_backend="numpy_nullable")
    frame = frame.astype(object).where(frame.notna(), None)
    assert list(frame.itertuples(index=False, name=None)) == table


def test_tsv(folder: Path, table: Table) -> None:
    lines = (folder / "table.tsv").read_text(encoding="utf-8").split("\n")[:-1]
    header, *rows = (line.split("\t") for line in lines)
    assert values([dict(zip(header, row, strict=True)) for row in rows]) == table


def test_jsonl(folder: Path, table: Table) -> None:
    lines = (folder / "table.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [tuple(None if cell == "" else cell for cell in json.loads(line).values()) for line in lines]
    assert rows == table
    assert all(
        isinstance(new, type(old))
        for row, o in zip(rows, table, strict=True)
        for new, old in zip(row, o, strict=True)
    )


def test_json(folder: Path, table: Table) -> None:
    rows = json.loads((folder / "table.json").read_text(encoding="utf-8"))
    assert [tuple(None if cell == "" else cell for cell in row.values()) for row in rows] == table


def test_markdown(folder: Path, table: Table) -> None:
    lines = (folder / "table.markdown").read_text(encoding="utf-8").splitlines()
    header, _, *rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in lines)
    assert values([dict(zip(header, row, strict=True)) for row in rows]) == table


def test_parquet(folder: Path, table: Table) -> None:
    read = pyarrow.parquet.read_table(folder / "table.parquet")
    assert [tuple(row.values()) for row in read.to_pylist()] == table


def test_sqlite(folder: Path, table: Table) -> None:
    connection = sqlite3.connect(folder / "table.sqlite")
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM figures ORDER BY rowid").fetchall()
    connection.close()
    assert rows == table


def test_xlsx(folder: Path, table: Table) -> None:
    sheet = openpyxl.load_workbook(folder / "table.xlsx")["table"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == COLUMNS
    assert rows == table


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed here")
def test_xlsx_in_libreoffice(folder: Path, table: Table, tmp_path: Path) -> None:
    # UTF-8, comma, quotes, and cells as they are stored instead of as they are shown (1,172 for 1172).
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    subprocess.run(
        [str(OFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--convert-to", options, "--outdir", str(tmp_path), str(folder / "table.xlsx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as stream:
        assert values(csv.DictReader(stream)) == table
