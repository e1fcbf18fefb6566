"""What reaches a terminal, and what happens where nobody hears the messages."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import COMMAND, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals and streams of POSIX")

HOSTILE = (
    "全村共有113户\x1b]0;title\x07村民，\x9b2J培训7期，\u202e投资3万元\r。\n"
    + "近年来该县坚持以人民为中心的发展思想。\n" * 20
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad\x1b[2J\r\x1b]0;title\x07\u202e.txt").write_bytes(b"\x89PNG\0\0\1\2\3\4")
    (tmp_path / "in" / "ok\x1b[31m.txt").write_text(HOSTILE, encoding="utf-8")
    (tmp_path / "own.toml").write_text("[[unit]]\nname = 'x'\n'\u202e\\u001b[2J' = 3\n", encoding="utf-8")
    yield tmp_path


def on_a_terminal(*arguments: str, cwd: Path) -> str:
    """What the command shows on a terminal, standard error included."""
    import pty

    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdin=subprocess.DEVNULL, stdout=child, stderr=child, cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "TERM": "dumb"},
    )  # fmt: skip
    os.close(child)
    shown = b""
    while True:
        try:
            data = os.read(parent, 65536)
        except OSError as error:
            assert error.errno == errno.EIO  # the end of a terminal on Linux
            break
        if not data:
            break
        shown += data
    process.wait(60)
    os.close(parent)
    return shown.decode().replace("\r\n", "\n")


def harmless(shown: str) -> None:
    """Nothing that a terminal obeys is left, and what was there is told."""
    controls = [c for c in shown if (c < " " and c != "\n") or "\x7f" <= c < "\xa0" or c in "\u202a\u202e"]
    assert controls == [], shown
    assert "\\x1b" in shown or "\\u202e" in shown


@pytest.mark.parametrize(
    "options",
    [
        ("-v",), ("--columns", "source,sentence,value"), ("--checks", "-"), ("--explain",), ("--explain", "-f", "jsonl"),
        *(("-f", format) for format in ("csv", "jsonl", "markdown")),
    ],
)  # fmt: skip
def test_nothing_that_a_terminal_obeys(folder: Path, options: tuple[str, ...]) -> None:
    shown = on_a_terminal("in", *options, cwd=folder)
    harmless(shown)
    assert "113" in shown or "--checks" in options


def test_messages_of_options_and_lexicons(folder: Path) -> None:
    harmless(on_a_terminal("in", "--lexicon", "own.toml", cwd=folder))
    harmless(on_a_terminal("in", "-o", "a\x1b[2J", cwd=folder))
    harmless(on_a_terminal("in", "--csv", "no/\x1b[2J.csv", cwd=folder))
    harmless(on_a_terminal("in", "--\x1b[2J", cwd=folder))
    harmless(on_a_terminal("no\x1b[2J.txt", cwd=folder))


def test_files_hold_the_text_as_it_is(folder: Path) -> None:
    result = run("in", "-f", "csv", cwd=folder)
    assert "\x1b]0;title\x07" in result.out.decode()
    assert "\x1b" not in result.err and "\r" not in result.err and "\u202e" not in result.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_standard_error_is_closed(folder: Path, jobs: str) -> None:
    command = f"exec {' '.join(COMMAND)} in --csv out.csv --parquet out.parquet -j {jobs} 2>&-"
    done = subprocess.run(["sh", "-c", command], cwd=folder, timeout=60)
    assert done.returncode == 1  # for the input that is no text
    assert (folder / "out.csv").read_bytes().count(b"\n") > 2
    assert (folder / "out.parquet").read_bytes().startswith(b"PAR1")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_standard_error_is_full(folder: Path) -> None:
    command = f"exec {' '.join(COMMAND)} nosuch.txt in -v --csv out.csv 2>/dev/full"
    assert subprocess.run(["sh", "-c", command], cwd=folder, timeout=60).returncode == 1
    assert (folder / "out.csv").read_bytes().count(b"\n") > 2
    for name in (folder / "in").iterdir():
        if name.name.startswith("bad"):
            name.unlink()
    assert subprocess.run(["sh", "-c", command.replace("nosuch.txt", "")], cwd=folder).returncode == 0


def test_a_reader_of_standard_error_that_is_gone(folder: Path) -> None:
    command = f"{{ {' '.join(COMMAND)} nosuch.txt in -v --csv out.csv; echo $? >status; }} 2>&1 | true"
    subprocess.run(["sh", "-c", command], cwd=folder, timeout=60, check=True)
    assert (folder / "status").read_text(encoding="utf-8") == "1\n"
    assert (folder / "out.csv").exists()


def test_all_streams_are_closed(folder: Path) -> None:
    command = f"exec {' '.join(COMMAND)} in --csv out.csv -q <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=folder, timeout=60).returncode == 1
    assert (folder / "out.csv").read_bytes().startswith(b"source,")
