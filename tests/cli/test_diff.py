"""``extract diff``: which rows belong together, what is told of them, and the exit status."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli.command import command
from extractor.model import COLUMNS, Figure
from extractor.pipeline import examine
from extractor.table.columns import FIGURES, Layout, spell
from extractor.table.headers import chinese
from extractor.trust.differences import compare, read_rows

Diff = Callable[..., Result]
TEXT = "2023年，白石镇培训7期、307人，新建大棚12座。干部走访农户48户。"


def figures(text: str = TEXT, name: str = "a.txt") -> list[Figure]:
    return list(examine(text, name).figures)


def written(path: Path, rows: list[Figure], layout: Layout = FIGURES) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(layout.headers)
        writer.writerows([spell(cell) for cell in row] for row in layout.rows(rows))
    return path


@pytest.fixture
def diff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diff:
    monkeypatch.chdir(tmp_path)

    def run(old: list[Figure], new: list[Figure], *options: str) -> Result:
        written(Path("old.csv"), old)
        written(Path("new.csv"), new)
        return CliRunner().invoke(command, ["diff", "old.csv", "new.csv", *options], standalone_mode=False)

    return run


def test_changed_added_and_removed_rows_are_told(diff: Diff) -> None:
    old = figures()
    new = [replace(old[0], item="夜校", confidence=0.1), old[1], old[3]]
    done = diff(old[:3], new)
    assert done.return_value == 1
    assert done.stdout.splitlines() == [
        "~ a.txt, line 1: 7期",
        f"    item       {old[0].item} → 夜校",
        "- a.txt, line 1: 12座  (大棚, 12, 座, items, 白石镇, 2023年)",
        "+ a.txt, line 1: 48户  (农户, 48, 户, households, 干部, 2023年)",
    ]
    assert "1 changed, 1 added, 1 removed, 1 the same" in done.stderr


def test_the_same_table_is_the_same(diff: Diff) -> None:
    done = diff(figures(), figures())
    assert (done.return_value, done.stdout) == (0, "")
    assert "0 changed, 0 added, 0 removed, 4 the same" in done.stderr
    assert diff([], []).return_value == 0
    assert diff([], figures(), "-q").stderr == ""


def test_a_paragraph_before_changes_no_row(diff: Diff) -> None:
    assert diff(figures(), figures("山里下了雪。\n\n" + TEXT)).return_value == 0


def test_a_sentence_that_changed_elsewhere_changes_no_row(diff: Diff) -> None:
    old = figures("全镇培训7期，新建大棚12座。")
    new = figures("据报道，全镇培训7期，新建大棚12座。")
    assert [one.start for one in old] != [one.start for one in new]
    done = diff(old, new)
    assert "0 added, 0 removed" in done.stderr and "sentence" not in done.stdout
    done = diff(figures(), figures(TEXT.replace("大棚12座", "大棚15座")))
    assert "1 changed, 0 added, 0 removed, 3 the same" in done.stderr
    assert "    value      12 → 15" in done.stdout.splitlines()


def test_a_figure_that_is_read_longer_is_a_changed_one(diff: Diff) -> None:
    old = figures()
    done = diff(old, [replace(old[1], end=old[1].end + 1, text="307人次", unit="人次")])
    assert "~ a.txt, line 1: 307人次" in done.stdout
    assert "3 removed" in done.stderr


def test_equal_figures_of_one_sentence_keep_their_order(diff: Diff) -> None:
    text = "甲村7户，乙村7户，丙村7户。"
    old, new = figures(text), figures("雪。" + text)
    done = diff(old, [new[0], replace(new[1], item="外来户"), new[2]])
    assert done.stdout.splitlines()[0] == "~ a.txt, line 1: 7户" and "1 changed" in done.stderr


def test_a_folder_that_moved(diff: Diff) -> None:
    assert diff(figures(name="old/a.txt"), figures(name="/new/a.txt")).return_value == 0
    both = [*figures(name="x/a.txt"), *figures(name="x/b.txt")]
    assert "4 removed" in diff(both, figures(name="x/a.txt")).stderr


def test_csv_and_html(diff: Diff, tmp_path: Path) -> None:
    old = figures()
    new = [replace(old[0], item="<b>夜校</b>"), *old[2:]]
    rows = list(csv.reader(io.StringIO(diff(old, new, "-f", "csv").stdout)))
    assert rows[0] == ["change", "source", "line", "text", "column", "old", "new"]
    assert rows[1:] == [
        ["changed", "a.txt", "1", "7期", "item", old[0].item, "<b>夜校</b>"],
        ["removed", "a.txt", "1", "307人", "", "", ""],
    ]
    assert diff(old, new, "-o", "out.html").stdout == ""
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;夜校" in page and "<b>夜校" not in page and '<tr class="removed">' in page
    assert diff(old, new, "-o", "no/such/out.csv").exit_code == 2


def test_columns_that_are_compared(diff: Diff) -> None:
    old = figures()
    new = [replace(one, item="别的") for one in old]
    assert diff(old, new, "--columns", "value,unit").return_value == 0
    assert diff(old, new, "--columns", "item").return_value == 1


def test_formats_and_headers_are_read(tmp_path: Path) -> None:
    rows = read_rows(str(written(tmp_path / "en.csv", figures())))
    assert rows[0].keys() == set(COLUMNS)
    zh = written(tmp_path / "zh.csv", figures(), replace(chinese(FIGURES), words={}))
    assert read_rows(str(zh)) == rows
    lines = tmp_path / "a.jsonl"
    lines.write_text("".join(json.dumps(one.to_dict()) + "\n" for one in figures()), encoding="utf-8")
    assert compare(rows, read_rows(str(lines))) == []
    tabs = tmp_path / "a.tsv"
    tabs.write_text("text\tvalue\n7期\t7\n", encoding="utf-8")
    assert read_rows(str(tabs)) == [{"text": "7期", "value": "7"}]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n", b"text,value\n1\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    done = CliRunner().invoke(command, ["diff", str(path), str(path)])
    assert done.exit_code == 2 and "a.csv: " in done.stderr
