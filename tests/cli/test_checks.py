"""``--checks`` and ``--strict-checks``: the table, the exit status, the terminal and the report."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from extractor import check, extract_text
from extractor.checks import CHECK_COLUMNS, badges_of
from extractor.report.collect import Collection
from extractor.table.columns import FIGURES
from extractor.table.relations import layout
from extractor.writers.checks import Writer

WRONG = "应改造80户，已改造60户，剩余30户。"
RIGHT = "现有23名党员，其中女党员18名，占78%。"


def extract(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments], capture_output=True, encoding="utf-8", check=False
    )


def texts(folder: Path) -> list[str]:
    (folder / "a.txt").write_text(RIGHT, encoding="utf-8")
    (folder / "b.txt").write_text(WRONG, encoding="utf-8")
    return [str(folder / "a.txt"), str(folder / "b.txt")]


def test_table_of_checks(tmp_path: Path) -> None:
    done = extract(*texts(tmp_path), "--csv", str(tmp_path / "f.csv"), "--checks", str(tmp_path / "c.csv"))
    assert done.returncode == 0
    assert "2 relations checked, 1 disagrees" in done.stderr
    rows = list(csv.DictReader((tmp_path / "c.csv").open(encoding="utf-8")))
    assert tuple(rows[0]) == CHECK_COLUMNS
    assert [(row["relation"], row["status"]) for row in rows] == [
        ("share", "rounds"),
        ("difference", "disagrees"),
    ]
    assert (rows[1]["stated"], rows[1]["computed"], rows[1]["difference"]) == ("30", "20", "10")


def test_checks_are_the_same_from_several_processes_and_after_filters(tmp_path: Path) -> None:
    paths = texts(tmp_path)
    one = extract(*paths, "--csv", str(tmp_path / "f.csv"), "--checks", str(tmp_path / "1.jsonl"), "-j", "1")
    two = extract(
        *paths, "--csv", str(tmp_path / "f.csv"), "--checks", str(tmp_path / "2.jsonl"), "-j", "2", "--min", "1e9"
    )  # fmt: skip
    assert one.returncode == two.returncode == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert len((tmp_path / "1.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_strict_checks_has_a_status_of_its_own(tmp_path: Path) -> None:
    right, wrong = texts(tmp_path)
    target = str(tmp_path / "f.csv")
    assert extract(right, "--csv", target, "--strict-checks").returncode == 0
    assert extract(right, wrong, "--csv", target, "--strict-checks").returncode == 4
    assert (
        extract(right, wrong, str(tmp_path / "none.txt"), "--csv", target, "--strict-checks").returncode == 1
    )


def test_checks_to_standard_output_with_chinese_headers(tmp_path: Path) -> None:
    done = extract(*texts(tmp_path), "--csv", str(tmp_path / "f.csv"), "--checks", "-", "--headers", "zh")
    header, first, _ = done.stdout.splitlines()
    assert header.split(",")[:4] == ["来源", "文章序号", "关系", "算式"]
    assert "占比" in first and "相符" in first
    assert header.endswith(",依据")
    assert first.endswith("占比关系，依据“其中”“占”；在原文数字的精度之内相符")


def test_a_format_that_cannot_hold_checks_is_refused(tmp_path: Path) -> None:
    done = extract(*texts(tmp_path), "--checks", str(tmp_path / "c.sqlite"))
    assert done.returncode == 2
    assert "--checks cannot be sqlite" in done.stderr


class Memory:
    """An output in memory."""

    path = target = "-"

    def __init__(self) -> None:
        self.bytes = io.BytesIO()

    def stream(self) -> io.BytesIO:
        return self.bytes


def test_terminal_shows_disagreements_first_with_the_figures_marked() -> None:
    output = Memory()
    marked = layout(FIGURES, marks=True)
    writer = Writer(output, marked, color=False)
    writer.write(marked.rows([*check(extract_text(RIGHT)), *check(extract_text(WRONG))]))
    writer.finish()
    lines = output.bytes.getvalue().decode().splitlines()
    assert lines[0].startswith("disagrees  80 − 60 = 20 ≠ 30  difference  -:1")
    assert lines[1] == "应改造【80户】，已改造【60户】，剩余【30户】。"
    assert lines[4].startswith("rounds  18 / 23 = 78.26% ≈ 78%")


def test_badges_tell_the_worst_status() -> None:
    text = WRONG + RIGHT
    badges = badges_of(check(extract_text(text)))
    assert {text[start:end]: status for (start, end), status in badges.items()} == {
        "80户": "disagrees", "60户": "disagrees", "30户": "disagrees",
        "23名": "rounds", "18名": "rounds", "78%": "rounds",
    }  # fmt: skip


def test_report_has_badges_and_a_list(tmp_path: Path) -> None:
    assert Collection().checks == []
    done = extract(*texts(tmp_path), "--html", str(tmp_path / "r.html"))
    assert done.returncode == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count('c-disagrees">') == 3 + 1
    assert "80 − 60 = 20 ≠ 30" in page
    data = page.split('<script type="application/json" id="data">')[1].split("</script>")[0]
    assert json.loads(data)["words"]["zh"]["status"]["disagrees"] == "不符"
