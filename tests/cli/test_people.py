"""What the command line does for people: the first rows, words in their language, faults shown where they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "全县投资3亿元，培训7期、307人，发放补贴1200元。"


def extract(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments], capture_output=True, encoding="utf-8", check=False, **options
    )  # fmt: skip  # type: ignore[call-overload]


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "a.txt")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_limit(page: str, jobs: str) -> None:
    done = extract(page, "--limit", "2", "--columns", "text", "-j", jobs)
    assert done.stdout.split() == ["text", "3亿元", "7期"]
    assert done.stderr.startswith("extract: 4 figures in 1 article")
    assert done.stderr.rstrip().endswith("; written: the first 2")


def test_limit_after_sorting_and_of_a_summary(page: str) -> None:
    done = extract(page, "--limit", "2", "--sort", "-value", "-f", "json", "--columns", "text")
    assert json.loads(done.stdout) == [{"text": "3亿元"}, {"text": "1200元"}]
    assert len(extract(page, "--limit", "1", "--summary").stdout.splitlines()) == 2


def test_limit_of_a_report(page: str, tmp_path: Path) -> None:
    report = str(tmp_path / "r.html")
    assert "sorts by itself" in extract(page, "--limit", "2", "--sort", "value", "--html", report).stderr
    assert extract(page, "--limit", "1", "--html", report).returncode == 0
    page_of = Path(report).read_text(encoding="utf-8")
    assert len(json.loads(page_of.split('id="data">')[1].split("</script>")[0])["figures"]["text"]["at"]) == 1
    assert extract(page, "--limit", "0").returncode == 2
