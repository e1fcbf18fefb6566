"""``--resume``: a killed run goes on where it stopped and gives the same file."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from extractor.engine import packing, resume
from extractor.engine.task import Task, rules_digest
from extractor.sources.encodings import text_digest
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
    with pytest.raises(OSError, match="journal is closed"):
        journal.record(digest, source.name, b"")


# Journals that are damaged or planted


def filled(records: int = 9) -> bytes:
    """A journal with some records; its bytes."""
    journal = resume.Journal("out.csv", "rules")
    for number in range(records):
        journal.record(str(number), f"{number}.txt", bytes([number]) * 5000)
    journal.close(done=False)
    return Path("out.csv.resume").read_bytes()


def recalled(records: int = 9) -> list[int]:
    """Which of the records are remembered; none may be wrong."""
    journal = resume.Journal("out.csv", "rules")
    found = {number: journal.recall(str(number), f"{number}.txt") for number in range(records)}
    assert all(record in (None, bytes([number]) * 5000) for number, record in found.items())
    journal.close(done=False)
    return [number for number, record in found.items() if record is not None]


def test_a_damaged_page_costs_its_own_records(folder: Path) -> None:
    data = filled()
    for page in range(len(data) // 1000):
        damaged = bytearray(data)
        damaged[page * 1000 : page * 1000 + 1000] = bytes(1000)
        Path("out.csv.resume").write_bytes(damaged)
        if page == 0:  # the beginning of the file
            with pytest.raises(OSError, match="is no journal of this version; remove it to start anew"):
                recalled()
            continue
        assert len(recalled()) >= 7, page


def test_a_journal_that_was_cut_off_goes_on(folder: Path) -> None:
    data = filled()
    for size in (*range(34, len(data), 997), len(data) - 1):
        Path("out.csv.resume").write_bytes(data[:size])
        before = recalled()
        assert before == list(range((size - 34) // 5076))
        journal = resume.Journal("out.csv", "rules")
        journal.record("8", "8.txt", bytes([8]) * 5000)
        journal.close(done=False)
        assert recalled() == [*before, 8]


@pytest.mark.parametrize("shape", ["link", "hard link", "writable", "folder", "fifo", "foreign", "database"])
def test_a_planted_journal_is_refused(folder: Path, shape: str) -> None:
    filled()
    journal = Path("out.csv.resume")
    if shape == "link":
        journal.rename("elsewhere")
        journal.symlink_to("elsewhere")
    elif shape == "hard link":
        os.link(journal, "elsewhere")
    elif shape == "writable":
        journal.chmod(0o666)
    elif shape == "folder":
        journal.unlink()
        journal.mkdir()
    elif shape == "fifo":
        journal.unlink()
        os.mkfifo(journal)
    elif shape == "foreign":
        if os.geteuid():
            pytest.skip("only root can give files away")
        os.chown(journal, 65534, 65534)
    else:
        journal.write_bytes(b"SQLite format 3\0" + bytes(4080))
    before = journal.read_bytes() if journal.is_file() else b""
    process = start("in", "--csv", "out.csv", "--resume")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith(b"extract: out.csv.resume: cannot be written ("), errors
    assert errors.count(b"\n") == 1
    assert not Path("out.csv").exists()
    assert (journal.read_bytes() if journal.is_file() else b"") == before


def test_two_runs_share_no_journal(folder: Path) -> None:
    first = start("in", "--csv", "out.csv", "--resume", slow="0.3")
    while not examined():
        time.sleep(0.02)
    second = start("in", "--csv", "out.csv", "--resume")
    _, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert b"another run is at work with it" in errors
    first.terminate()
    first.communicate(timeout=60)


def test_a_record_of_another_form_is_examined_anew(folder: Path) -> None:
    """What has a right checksum and is still none of ours: values of other types, too many bytes, deep lists."""
    good = packing.pack(stub_pipeline.examine("2023年培训7期，1.5万人。", "a.txt"))
    assert packing.unpack(good).figures
    plain = json.loads(zlib.decompress(good[8:]))
    for change in (
        lambda p: p[2][8].__setitem__(0, "7"), lambda p: p[2][4].__setitem__(0, -1), lambda p: p[2][4].__setitem__(0, 10**9),
        lambda p: p[2].pop(), lambda p: p[2][8].pop(), lambda p: p.__setitem__(0, None), lambda p: p[4].append([]),
        lambda p: p[5].__setitem__(0, 7), lambda p: p.pop(), lambda p: p.__setitem__(4, [[[1, 2]]]), lambda p: p.__setitem__(5, "texts"),
    ):  # fmt: skip
        other = json.loads(json.dumps(plain))
        change(other)
        data = json.dumps(other).encode()
        with pytest.raises(ValueError):
            packing.unpack(struct.pack(">Q", len(data)) + zlib.compress(data))
    deep = b"[" * 100_000
    bomb = zlib.compress(bytes(50 << 20))
    for data in (b"", b"7", good[:-3], good + b"x", good[:8] + b"no zlib", bytes(8) + good[8:],
                 struct.pack(">Q", len(deep)) + zlib.compress(deep), struct.pack(">Q", 9) + bomb,
                 struct.pack(">Q", 50 << 20) + bomb):  # fmt: skip
        with pytest.raises(ValueError):
            packing.unpack(data, 1 << 20)


def test_a_killed_run_loses_no_finished_source(folder: Path) -> None:
    interrupt(("in", "--csv", "out.csv", "--resume", "-j", "1"), signal.SIGKILL)
    journal = resume.Journal("out.csv", "rules")
    kept = sum(
        journal.recall(text_digest(path.read_text(encoding="utf-8")), str(path)) is not None
        for path in Path("in").iterdir()
    )
    journal.close(done=False)
    assert kept >= 11  # the twelfth was under way
