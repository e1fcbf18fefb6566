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


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (("--kind", "金额", "--columns", "原文,数值"), ["text,value", "3亿元,300000000", "1200元,1200"]),
        (("--kind", "金额，人", "--columns", "原文"), ["text", "3亿元", "307人", "1200元"]),
        (("--where", "类别 == '金额' and 数值 > 1亿", "--columns", "原文"), ["text", "3亿元"]),
        (("--qualifier", "准确", "--sort", "-数值", "--limit", "1", "--columns", "原文"), ["text", "3亿元"]),
        (("--pivot", "类别", "单位", "--kind", "金额"), ["kind,元,total", "money,2,2"]),
    ],
)
def test_chinese_names_are_understood(page: str, options: tuple[str, ...], rows: list[str]) -> None:
    done = extract(page, "-q", *options)
    assert (done.stderr, done.stdout.splitlines()) == ("", rows)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--unit", "园"), "extract: --unit: no row has the unit '园'; did you mean '元'?"),
        (
            ("--where", "kind == 'mony'"),
            "extract: --where: no row has the kind 'mony'; did you mean 'money'?",
        ),
    ],
)
def test_what_no_row_can_have_is_told(page: str, options: tuple[str, ...], told: str) -> None:
    done = extract(page, *options)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        told,
        "extract: 0 of 4 figures in 1 article of 1 source, 0 numerals rejected",
    ]


def test_a_fault_is_shown_where_it_is(page: str) -> None:
    done = extract(page, "--where", "kind = 'money'")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-3:] == [
        "Error: Invalid value for '--where': '=' is not a comparison; did you mean '=='?",
        "  kind = 'money'",
        "       ^",
    ]


def test_the_users_own_kinds_have_their_names(page: str, tmp_path: Path) -> None:
    words = tmp_path / "own.toml"
    words.write_text('[[kind]]\nname = "courses"\nlabel = "课程"\nanywhere = ["期"]\n', encoding="utf-8")
    done = extract(
        page, "--lexicon", str(words), "--where", "类别 == '课程'", "-j", "2", "-q", "--columns", "kind"
    )
    assert (done.stderr, done.stdout) == ("", "kind\n")
