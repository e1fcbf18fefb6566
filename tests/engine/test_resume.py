"""``--resume``: a killed run goes on where it stopped and gives the same file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.engine import resume
from extractor.engine.task import Task, rules_digest, text_digest
from extractor.sources.files import Source, SourceError
from tests.support import stub_pipeline

SCRIPT = Path(__file__).parents[1] / "support" / "slow_stub.py"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(30):
        (tmp_path / "in" / f"{number:02}.txt").write_text(f"培训{number}期，{number}人。", encoding="utf-8")
    return tmp_path


def start(*arguments: str, slow: str = "0") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments],
        env={**os.environ, "SLOW": slow, "BATCH": "1"}, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def examined() -> list[str]:
    log = Path("examined.log")
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def interrupt(arguments: tuple[str, ...], number: signal.Signals) -> None:
    """Start a run and end it in the middle."""
    process = start(*arguments, slow="0.1")
    deadline = time.monotonic() + 30
    while len(examined()) < 12 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert 12 <= len(examined()) < 30
    Path("examined.log").unlink()


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("suffix", ["csv", "db"])
def test_goes_on(folder: Path, jobs: str, number: signal.Signals, suffix: str) -> None:
    whole, resumed = f"whole.{suffix}", f"resumed.{suffix}"
    assert start("in", "-o", whole).wait() == 0
    Path("examined.log").unlink()
    arguments = ("in", "-o", resumed, "--resume", "-j", jobs)
    interrupt(arguments, number)
    assert Path(f"{resumed}.resume").exists()
    assert not Path(resumed).exists()
    assert start(*arguments).wait() == 0
    # What was under way or just done when the run was killed is done again.
    assert 0 < len(examined()) <= 30 - 12 + 8
    assert Path(resumed).read_bytes() == Path(whole).read_bytes()
    assert not list(folder.glob(f"{resumed}.resume*"))


def test_changed_sources_are_examined_anew(folder: Path) -> None:
    arguments = ("in", "--csv", "out.csv", "--resume")
    interrupt(arguments, signal.SIGKILL)
    Path("in/02.txt").write_text("99人", encoding="utf-8")
    Path("in/03.txt").unlink()
    Path("in/00-new.txt").write_text("88人", encoding="utf-8")
    assert start(*arguments).wait() == 0
    assert {"in/02.txt", "in/00-new.txt"} < set(examined())
    assert "in/01.txt" not in examined()
    assert start("in", "--csv", "whole.csv").wait() == 0
    assert Path("out.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_other_choices_of_the_same_figures(folder: Path) -> None:
    interrupt(("in", "--csv", "out.csv", "--resume"), signal.SIGKILL)
    assert start("in", "--csv", "out.csv", "--resume", "--kind", "people", "--sort", "-value").wait() == 0
    assert len(examined()) < 30
    assert start("in", "--csv", "whole.csv", "--kind", "people", "--sort", "-value").wait() == 0
    assert Path("out.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_an_unusable_journal_is_told(folder: Path) -> None:
    Path("out.csv.resume").write_text("no database" * 100, encoding="utf-8")
    process = start("in", "--csv", "out.csv", "--resume")
    _, errors = process.communicate()
    assert process.returncode == 1
    assert errors.startswith(b"extract: out.csv.resume: cannot be written (")
    assert b"remove it to start anew" in errors
    assert not Path("out.csv").exists()


def test_new_rules_begin_anew(folder: Path) -> None:
    for rules, expected in (("old", None), ("old", b"7"), ("new", None)):
        journal = resume.Journal("out.csv", rules)
        assert journal.recall("0" * 64, "a.txt") == expected
        assert journal.recall("0" * 64, "b.txt") is None
        journal.record("0" * 64, "a.txt", b"7")
        journal.close(done=False)


def test_rules_digest(folder: Path) -> None:
    Path("own.toml").write_text("a = 1", encoding="utf-8")
    before = rules_digest(("own.toml",))
    assert before != rules_digest()
    rules_digest.cache_clear()
    assert before == rules_digest(("own.toml",))
    rules_digest.cache_clear()
    Path("own.toml").write_text("a = 2", encoding="utf-8")
    assert before != rules_digest(("own.toml",))


def test_needs_a_file(folder: Path) -> None:
    process = start("in", "--csv", "-", "--resume")
    _, errors = process.communicate()
    assert process.returncode == 2
    assert b"--resume needs an output file" in errors


def test_a_record_that_is_damaged_is_no_memory(folder: Path) -> None:
    source = Source("in/07.txt", "in/07.txt")
    digest = text_digest("培训7期，7人。")
    journal = resume.Journal("out.csv", "rules")
    journal.record(digest, source.name, b"cut off")
    journal.close(done=False)
    journal = resume.Journal("out.csv", "rules")
    assert journal.earlier
    assert journal.recall(digest, source.name) == b"cut off"
    finding = Task(journal=journal, examine=stub_pipeline.examine).perform(source)
    assert not isinstance(finding, SourceError)
    assert (finding.recalled, finding.figures) == (False, 2)
    journal.close(done=True)
    assert os.listdir(folder) == ["in"]
    with pytest.raises(OSError, match="closed database"):
        journal.record(digest, source.name, b"")
