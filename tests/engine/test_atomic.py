"""Outputs: all of them or none, whole or absent, nothing left behind; pipes and devices."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.engine import leftovers
from extractor.engine.atomic import AtomicFile, publish
from tests.support.commands import COMMAND, run, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and devices of POSIX")

TEXT = "全县选派82名驻村第一书记，投资18.5亿元，惠及群众1332户6855人。\n"


def written(path: Path, content: bytes = b"new") -> AtomicFile:
    file = AtomicFile(str(path))
    file.stream().write(content)
    return file


def test_when_one_move_fails_none_is_made(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")
    (tmp_path / "x").mkdir()
    old, fresh, bad = (written(tmp_path / name) for name in ("old.csv", "fresh.csv", "x/bad.csv"))
    (tmp_path / "x" / "bad.csv").mkdir()  # or the folder is removed, or a share goes away
    with pytest.raises(OSError) as failed:
        publish([old, fresh, bad])
    assert failed.value.filename == str(tmp_path / "x/bad.csv")
    assert (tmp_path / "old.csv").read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["old.csv", "x"]
    assert os.listdir(tmp_path / "x") == ["bad.csv"]


def test_when_no_link_can_be_made_a_copy_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*paths: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "old.csv").write_bytes(b"old")
    old, bad = written(tmp_path / "old.csv"), written(tmp_path / "bad.csv")
    (tmp_path / "bad.csv").mkdir()
    with pytest.raises(OSError):
        publish([old, bad])
    assert (tmp_path / "old.csv").read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["bad.csv", "old.csv"]


def test_the_command_moves_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 3000, encoding="utf-8")
    (tmp_path / "one.csv").write_text("old\n", encoding="utf-8")
    (tmp_path / "x").mkdir()
    process = start("a.txt", "--csv", "one.csv", "--tsv", "x/two.tsv", "--sqlite", "o.db", "-q", cwd=tmp_path)
    while not list(tmp_path.glob("x/.two*")):
        time.sleep(0.01)
    (tmp_path / "x" / "two.tsv").mkdir()
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (1, b"extract: x/two.tsv: cannot be written (is a directory)\n")
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == "old\n"
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "one.csv", "x"]


@pytest.mark.parametrize("target", ["nodir/", "here/", "./"])
def test_a_folder_is_no_output(tmp_path: Path, target: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "here").mkdir()
    result = run("a.txt", "--csv", target, cwd=tmp_path)
    assert result.status == 1
    assert result.err == f"extract: {target}: cannot be written (is a folder, name a file in it)\n"
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "here"]


def test_standard_output_by_its_name_and_pipes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    expected = run("a.txt", "-f", "csv", cwd=tmp_path).out
    assert run("a.txt", "--csv", "/dev/stdout", "-q", cwd=tmp_path).out == expected
    assert run("a.txt", "--csv", "/dev/fd/1", "--tsv", "/dev/null", "-q", cwd=tmp_path).out == expected
    told = subprocess.run(
        ["bash", "-c", f"{' '.join(COMMAND)} a.txt -q --csv >(cat) | cat"], cwd=tmp_path, capture_output=True
    )
    assert told.stdout == expected
    # What a file held before is not cut off.
    subprocess.run(
        ["sh", "-c", f"echo before >log; {' '.join(COMMAND)} a.txt -q --csv /dev/stdout >>log"],
        cwd=tmp_path,
        check=True,
    )
    assert (tmp_path / "log").read_bytes() == b"before\n" + expected


def busy(folder: Path) -> subprocess.Popen[bytes]:
    """The command, once its temporary file is there."""
    (folder / "a.txt").write_text(TEXT * 3000, encoding="utf-8")
    process = start("a.txt", "--csv", "out.csv", "-q", "-j", "1", cwd=folder)
    while not list(folder.glob(".out.csv.*.part")):
        time.sleep(0.01)
        assert process.poll() is None, process.communicate()
    return process


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_signals_leave_nothing(tmp_path: Path, number: signal.Signals, status: int) -> None:
    process = busy(tmp_path)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == status
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_run_under_nohup_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 3000, encoding="utf-8")
    command = f"trap '' HUP; exec {' '.join(COMMAND)} a.txt --csv out.csv -q -j 1"
    process = subprocess.Popen(["sh", "-c", command], cwd=tmp_path)
    while not list(tmp_path.glob(".out.csv.*.part")):
        time.sleep(0.01)
    process.send_signal(signal.SIGHUP)
    assert process.wait(120) == 0
    assert (tmp_path / "out.csv").exists()


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    process = busy(tmp_path)
    process.kill()
    process.communicate(timeout=60)
    assert len(list(tmp_path.glob(".out.csv.*.part"))) == 1
    (left,) = tmp_path.glob(".out.csv.*.part")
    alive = start("a.txt", "--csv", "out.csv", "-q", "-j", "1", cwd=tmp_path)
    while (theirs := next(tmp_path.glob(".out.csv.*.part"))) == left or left.exists():
        time.sleep(0.01)
    (tmp_path / ".out.csv.mine.part").write_bytes(b"not ours: the name is another")
    (tmp_path / ".out.csv.abcdefgh.part").symlink_to("a.txt")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert run("b.txt", "--csv", "out.csv", "-q", cwd=tmp_path).status == 0
    assert theirs.exists()  # of a run that is alive
    alive.communicate(timeout=120)
    assert alive.returncode == 0
    assert sorted(os.listdir(tmp_path)) == [
        ".out.csv.abcdefgh.part",
        ".out.csv.mine.part",
        "a.txt",
        "b.txt",
        "out.csv",
    ]


def test_a_table_put_aside_by_a_killed_run_is_removed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / ".out.csv.abcdefgh.old"
    aside.write_bytes(b"old")
    publish([written(tmp_path / "out.csv")])
    assert aside.exists()
    monkeypatch.setattr(leftovers, "LONG_AGO", -1)
    publish([written(tmp_path / "out.csv")])
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("limit", [12, 16, 24, 40])
def test_few_open_files(tmp_path: Path, limit: int) -> None:
    """Whatever can be done with so few is done, and the rest is told without a traceback."""
    (tmp_path / "in").mkdir()
    for number in range(50):
        (tmp_path / "in" / f"{number}.txt").write_text(TEXT, encoding="utf-8")
    command = f"ulimit -n {limit}; exec {' '.join(COMMAND)} in --csv out.csv --sqlite o.db -j 2 --resume"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=120)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr and b"a bug" not in done.stderr, done.stderr
    assert done.returncode == 1 or (tmp_path / "out.csv").read_bytes().count(b"\n") == 201
