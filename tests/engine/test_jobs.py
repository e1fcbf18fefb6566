"""Several processes: the same bytes in the same order, bounded memory, processes that die."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.engine import jobs
from extractor.engine.jobs import decide, work
from extractor.engine.packing import pack, unpack
from extractor.engine.task import Finding, Table, Task
from extractor.sources.encodings import Decoded
from extractor.sources.files import Source, SourceError
from extractor.table.choice import Choice
from extractor.table.columns import REJECTIONS, Layout
from extractor.writers import FORMATS
from tests.support import stub_pipeline

SCRIPT = Path(__file__).parents[1] / "support" / "slow_stub.py"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(40):
        lines = f"培训{number}期，{number}人。\n" * (1 + number * number % 90)
        (tmp_path / "in" / f"{number:02}.txt").write_text(lines, encoding="utf-8")
    return tmp_path


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Task:
    return Task(packed=True, texts=True, examine=stub_pipeline.examine)


def extract(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, env={**os.environ, **environment}
    )


def records(texts: Iterator[str]) -> Iterator[Source]:
    return (Source(f"c#{n}", "c", Decoded(text, "utf-8")) for n, text in enumerate(texts))


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "md", "parquet", "db", "xlsx"])
def test_same_bytes(folder: Path, suffix: str) -> None:
    (folder / "in" / "07.txt").write_bytes(b"\0\1\2\3" * 99)
    outputs = []
    for number in ("1", "2", "3"):
        name = f"{number}.{suffix}"
        more = ("--rejected", f"rejected{number}.csv") if suffix == "csv" else ()
        done = extract("in", "nowhere", "-o", name, "-j", number, *more)
        assert done.returncode == 1
        assert done.stderr.splitlines()[:2] == [
            b"extract: in/07.txt: binary data, not text; leave it out, or name its encoding with -e",
            b"extract: nowhere: no such file or folder; check the spelling",
        ]
        outputs.append((folder / name).read_bytes())
    if suffix == "xlsx":  # holds the time at which it was made
        outputs = [b"" for _ in outputs]
    assert outputs[1:] == outputs[:-1]


@pytest.mark.parametrize(
    "options", [("--summary",), ("--sort", "-value"), ("--kind", "people"), ("--excel",)]
)
def test_same_bytes_with_choices(folder: Path, options: tuple[str, ...]) -> None:
    if options == ("--excel",):
        options = ("--excel", "--csv", "-")
    one, two = (extract("in", *options, "-j", number) for number in ("1", "2"))
    assert one.returncode == 0
    assert one.stdout == two.stdout != b""
    assert one.stderr == two.stderr


def test_standard_input_in_another_process(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "-", "in/03.txt", "-j", "2", "--columns", "source,text", "--no-header"],
        input="7期".encode("gb18030"), capture_output=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[0].decode() == "-,7期"
    assert b"in/03.txt" in done.stdout


def test_order_and_backpressure(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH_SOURCES", 5)
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        for number in itertools.count():
            taken += 1
            # Now and then a long text, so that batches are done out of order.
            yield f"{number}人" * (20_000 if number % 50 == 0 else 1)

    results = work(records(endless()), task, 2)
    for number, result in enumerate(itertools.islice(results, 300)):
        assert isinstance(result, Finding)
        assert result.source == f"c#{number}"
        assert unpack(result.packed).figures[0].value == number
    time.sleep(0.5)
    assert taken < 300 + 5 * 2 * (jobs.AHEAD + 2)
    results.close()
    assert taken < 300 + 5 * 2 * (jobs.AHEAD + 2)


def test_errors_keep_their_place(task: Task) -> None:
    found = [SourceError("a", "gone"), *records(iter(["7人", "boom"])), SourceError("b", "gone")]
    results = list(work(found, task, 2))
    assert [type(result).__name__ for result in results] == [
        "SourceError",
        "Finding",
        "SourceError",
        "SourceError",
    ]
    assert str(results[0]) == "a: gone"
    assert "RuntimeError: boom" in str(results[2])
    assert list(work([], task, 2)) == []


def test_packed_documents(task: Task) -> None:
    document = stub_pipeline.examine("题\n2023年培训7期，1.5万人。#又", "a.txt")
    assert unpack(pack(document)) == document


def test_a_process_that_dies(folder: Path) -> None:
    (folder / "in" / "05.txt").write_text("deadly once 7期", encoding="utf-8")
    done = extract("in", "-j", "2", "--csv", "out.csv")
    assert (done.returncode, (folder / "died.log").exists()) == (0, True)
    (folder / "in" / "06.txt").write_text("deadly 7期", encoding="utf-8")
    done = extract("in", "-j", "2", "--csv", "two.csv")
    assert done.returncode == 1
    assert (
        done.stderr.splitlines()[0]
        .decode()
        .startswith("extract: in/06.txt: the process that examined it died twice (SIGKILL)")
    )
    (folder / "in" / "06.txt").unlink()
    assert extract("in", "-j", "1", "--csv", "three.csv").returncode == 0
    assert (folder / "two.csv").read_bytes() == (folder / "three.csv").read_bytes()


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="no /proc here")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_run(folder: Path, number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), "in", "-j", "2", "--csv", "out.csv"],
        env={**os.environ, "SLOW": "0.2"}, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 20
    while len(pids := children(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(pids) == 2
    time.sleep(0.1)
    process.send_signal(number)
    process.communicate(timeout=20)
    assert process.returncode == {2: 130, 15: 143, 9: -9}[number]
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in pids)
    assert not (folder / "out.csv").exists()
    if number != signal.SIGKILL:
        assert not list(folder.glob(".out.csv*"))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_closed_pipe_ends_the_processes(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), "in", "-j", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "SLOW": "0.01"},
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=20) == 0


def test_how_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "cores", lambda: 4)
    few = [Source(str(path), str(path)) for path in sorted(Path("in").iterdir())]
    for wish, expected in ((None, 1), (1, 1), (3, 3)):
        number, found = decide(few, wish)
        assert (number, list(found)) == (expected, few)
    long = list(records(iter(["长" * jobs.MUCH] * 3)))
    number, found = decide(long, None)
    assert (number, list(found)) == (4, long)
    monkeypatch.setattr(jobs, "cores", lambda: 1)
    assert decide(long, None)[0] == 1


def test_a_process_answers_until_nobody_asks(task: Task) -> None:
    """What a process does, done in this one: a list of results, a bug as an exception, an end."""
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    ours, theirs = multiprocessing.Pipe()
    inherited, _ = multiprocessing.Pipe()
    answers: list[Any] = []

    def ask() -> None:
        for sources in (list(records(iter(["7人"]))), [None]):
            ours.send(sources)
            answers.append(ours.recv())
        ours.close()

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        jobs._serve(theirs, replace(task, here=False), [inherited])
    finally:
        for number, handler in before:
            signal.signal(number, handler)
    asking.join()
    assert inherited.closed
    assert [unpack(finding.packed).figures[0].value for finding in answers[0]] == [7]
    assert isinstance(answers[1], AttributeError)


def test_a_process_whose_asker_is_gone_ends(task: Task) -> None:
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    ours, theirs = multiprocessing.Pipe()
    ours.send(list(records(iter(["7人"]))))
    ours.close()
    try:
        jobs._serve(theirs, task, [])
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def test_a_bug_in_a_process_is_raised_here(task: Task) -> None:
    broken: Any = Source("a", "a", "no decoded text")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        list(work([broken], task, 2))


def test_standard_input_that_cannot_be_read(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    results = list(work([Source("-", "-"), *records(iter(["7人"]))], task, 2))
    assert [type(result).__name__ for result in results] == ["SourceError", "Finding"]
    assert str(results[0]) == (
        "-: cannot be read (standard input is closed); check the file, or leave it out"
    )


def test_the_end_of_a_process_in_words() -> None:
    assert [jobs._end(code) for code in (-9, 3, None, -200)] == [
        "SIGKILL", "status 3", "status None", "status -200"
    ]  # fmt: skip


def test_cores_where_the_system_tells_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for count, expected in ((6, 6), (None, 1)):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        assert jobs.cores() == expected


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl"])
def test_rows_made_where_they_are_found(task: Task, name: str) -> None:
    """A process sends the bytes of the rows, without the header, of each table that is asked for."""
    contents: tuple[Any, ...] = ("figures", "rejections")
    layouts = (Layout(("text", "value")), replace(REJECTIONS, columns=("text", "reason")))
    tables = [Table(FORMATS[name], layout, c) for layout, c in zip(layouts, contents, strict=True)]
    busy = replace(task, tables=tables, here=False, choice=Choice(kinds=frozenset({"people"})))
    (source,) = records(iter(["2023年培训7期，9人。"]))
    for _ in range(2):  # nothing of the first text is in the rows of the second
        finding = busy.perform(source)
        assert isinstance(finding, Finding)
        assert (finding.figures, finding.chosen, finding.document) == (2, 1, None)
        told = [chunk.decode() for chunk in finding.chunks]
        assert (
            told
            == {
                "csv": ["9人,9\n", "2023年,date\n"],
                "tsv": ["9人\t9\n", "2023年\tdate\n"],
                "jsonl": ['{"text": "9人", "value": 9}\n', '{"text": "2023年", "reason": "date"}\n'],
            }[name]
        )
