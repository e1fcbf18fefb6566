"""A Dask cluster on the loopback interface: a real scheduler and two worker processes."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractor import extract as extract_locally
from extractor.engine.job import Outcome
from extractor.sources.corpora import Fields
from extractor.sources.encodings import Decoded
from extractor.sources.files import Source
from extractor.table.choice import Choice
from extractor.table.where import compile_where

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

import dask
import pyarrow.parquet
from distributed import Client

from extractor.engine import distributed, partitions

SIZE = 2_000
"""Bytes in a partition: two or three texts."""
IMPATIENT = "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "distributed.comm.timeouts.connect"
"""How long to look for a worker that has died; as a variable and in the configuration."""
LINE = "2023年培训{0}期，{0}人参加，发放资金{0}万元，占年初计划的{0}%。\n"


class Cluster(NamedTuple):
    address: str
    client: Client
    workers: dict[str, subprocess.Popen[bytes]]
    folder: Path

    def start_worker(self) -> None:
        """One more worker, without a nanny that would start it anew."""
        name = f"worker-{uuid.uuid4()}"
        self.workers[name] = _spawn(
            "worker", self.address, "--no-nanny", "--nthreads", "1", "--name", name, "--no-dashboard",
            "--local-directory", str(self.folder), "--preload", str(self.folder / "steady.py"),
        )  # fmt: skip


def _spawn(*arguments: str) -> subprocess.Popen[bytes]:
    # The parent's folder of modules, for a checkout that is not installed.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), IMPATIENT[0]: "3s"}
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    # Whatever somebody edits while the tests run.
    steady = "import extractor.engine.distributed as d\nd.rules_digest = lambda files: 'rules'\n"
    (folder / "steady.py").write_text(steady, encoding="utf-8")
    scheduler = _spawn(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
    )
    workers: dict[str, subprocess.Popen[bytes]] = {}
    try:
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.1)
        with dask.config.set({IMPATIENT[1]: "3s"}), Client(scheduler_file=str(file)) as client:
            cluster = Cluster(client.scheduler.address, client, workers, folder)
            cluster.start_worker()
            cluster.start_worker()
            client.wait_for_workers(2, timeout=60)
            yield cluster
    finally:
        for process in (*workers.values(), scheduler):  # the scheduler last, workers take leave of it
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(24):
        text = "".join(LINE.format(n) for n in range(number + 1, number + 10))
        (tmp_path / "in" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in sorted(Path(out).glob("part-*.parquet")):
        found += pyarrow.parquet.read_table(part).to_pylist()
    return found


def local(*paths: str, text_field: str | None = None) -> list[dict[str, Any]]:
    """The rows of a local run, through the command line, as Parquet has them."""
    more = ["--text-field", text_field] if text_field else []
    command = [sys.executable, "-m", "extractor", *paths, "--parquet", "local.parquet", "-q", *more]
    subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    found: list[dict[str, Any]] = pyarrow.parquet.read_table("local.parquet").to_pylist()
    return found


def absolute(*names: str) -> list[str]:
    return [os.path.abspath(name) for name in names]


def times(out: str) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in Path(out).glob("part-*.parquet")}


def test_equals_the_local_run_and_goes_on(cluster: Cluster, folder: Path) -> None:
    (folder / "in" / "05.txt").write_bytes(b"\0\1\2\3" * 99)
    (folder / "c.jsonl").write_text('{"text": "7期"}\n{"text": 8}\n{"text": "9户"}\n', encoding="utf-8")
    paths, out = absolute("in", "c.jsonl", "nowhere"), absolute("out")[0]
    told: list[str] = []
    outcome = distributed.extract(paths, cluster.client, out, partition_bytes=SIZE, tell=told.append)
    assert rows(out) == local(*paths)
    assert (outcome.sources, outcome.failures) == (25, 3)
    reasons = [words.split(": ")[1] for words in sorted(told)]
    assert [reason[:9] for reason in reasons] == ["its field", "binary da", "no such f"]
    before = times(out)
    assert len(before) > 5
    # Done already: nothing is written, and the counts and errors are told again.
    told.clear()
    again = distributed.extract(paths, cluster.client, out, partition_bytes=SIZE, tell=told.append)
    assert again == outcome
    assert (times(out), len(told)) == (before, 3)
    # A part that is lost, and a text that changed: only those are written.
    Path(out, "part-00001.parquet").unlink()
    Path("in/23.txt").write_text("1人", encoding="utf-8")
    distributed.extract(paths, cluster.client, out, partition_bytes=SIZE)
    after = times(out)
    changed = {name for name in after if after[name] != before.get(name)}
    assert "part-00001.parquet" in changed
    assert len(changed) == 2
    assert rows(out) == local(*paths)


def test_a_worker_that_is_killed_changes_nothing(cluster: Cluster, folder: Path) -> None:
    for number in range(24):
        path = folder / "in" / f"{number:02}.txt"
        path.write_text(path.read_text(encoding="utf-8") * 4, encoding="utf-8")
    paths, out = absolute("in"), absolute("out")[0]
    name, victim = next(iter(cluster.workers.items()))
    pids = cluster.client.run(os.getpid)
    assert victim.pid in pids.values()
    killer = subprocess.Popen(
        [sys.executable, "-c", KILL_WHEN_UNDER_WAY, out, str(victim.pid)], stdout=subprocess.PIPE
    )
    outcome = distributed.extract(paths, cluster.client, out, partition_bytes=SIZE)
    killer.wait(timeout=30)
    assert victim.wait(timeout=30) == -signal.SIGKILL
    assert (outcome.sources, outcome.failures) == (24, 0)
    assert rows(out) == local(*paths)
    assert [entry for entry in os.listdir(out) if entry.endswith(".tmp")] == []
    del cluster.workers[name]
    cluster.start_worker()
    cluster.client.wait_for_workers(2, timeout=60)


KILL_WHEN_UNDER_WAY = """
import os, signal, sys, time
out, pid = sys.argv[1], int(sys.argv[2])
for _ in range(3000):
    if os.path.isdir(out) and sum(name.startswith("part-") for name in os.listdir(out)) >= 3:
        break
    time.sleep(0.01)
os.kill(pid, signal.SIGKILL)
"""


def test_an_interrupted_run_goes_on(cluster: Cluster, folder: Path) -> None:
    """The program that asked is killed; a second one finishes and writes nothing twice."""
    paths, out = absolute("in"), absolute("out")[0]
    command = [
        sys.executable, "-m", "extractor", *paths,
        "--cluster", cluster.address, "--parquet", out, "--partition", str(SIZE / 1e6),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while (not os.path.isdir(out) or len(times(out)) < 3) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    # The tasks that were under way end by themselves, though nobody waits for them any more.
    before: dict[str, int] = {}
    while before != (before := times(out)) and time.monotonic() < deadline:
        time.sleep(2)
    assert len(before) >= 3
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "figures in 24 articles of 24 sources" in done.stderr
    after = times(out)
    assert all(after[name] == before[name] for name in before)
    assert rows(out) == local(*paths)


def test_bags(cluster: Cluster, folder: Path) -> None:
    bag = pytest.importorskip("dask.bag")
    out = absolute("out")[0]
    elements = ["7期", ("乙", "8户"), {"id": "丙", "body": "9人"}, {"other": "x"}]
    told: list[str] = []
    outcome = distributed.extract(
        bag.from_sequence(elements, npartitions=2), cluster.client, out,
        fields=Fields("body", "id"), tell=told.append,
    )  # fmt: skip
    assert [(row["source"], row["text"]) for row in rows(out)] == [
        ("00000#1", "7期"), ("乙", "8户"), ("丙", "9人")
    ]  # fmt: skip
    assert (outcome.sources, outcome.failures, len(told)) == (3, 1, 1)
    # Fewer partitions than before: the file of the second one is removed.
    distributed.extract(bag.from_sequence(["1人"], npartitions=1), cluster.client, out)
    assert [row["text"] for row in rows(out)] == ["1人"]
    assert sorted(os.listdir(out)) == ["_extract.json", "part-00000.parquet"]


def test_choices_and_nothing_at_all(cluster: Cluster, folder: Path) -> None:
    out = absolute("out")[0]
    choice = Choice(kinds=frozenset({"money"}), where=compile_where("value >= 500000"))
    distributed.extract(absolute("in"), cluster.client, out, choice=choice)
    figures = [f for f in extract_locally(absolute("in")) if f.kind == "money" and (f.value or 0) >= 500_000]
    assert [row["value"] for row in rows(out)] == [float(f.value or 0) for f in figures]
    with contextlib.suppress(FileExistsError):
        os.mkdir("none")
    distributed.extract(absolute("none"), cluster.client, out)
    assert rows(out) == []
    assert os.listdir(out).count("part-00000.parquet") == 1


def test_urls(cluster: Cluster, folder: Path) -> None:
    """fsspec's URLs, here those of the local file system."""
    url, out = f"file://{folder}/in/", f"file://{folder}/out"
    outcome = distributed.extract([url], cluster.client, out, partition_bytes=200_000)
    expected = local(*absolute("in"))
    found = rows("out")
    assert outcome.sources == 24
    assert [row["source"] for row in found] == [f"file://{row['source']}" for row in expected]
    assert [row["text"] for row in found] == [row["text"] for row in expected]
    before = times("out")
    distributed.extract([url], cluster.client, out, partition_bytes=200_000)
    assert times("out") == before


def test_a_partition_that_kills_its_workers_is_given_up() -> None:
    from distributed.core import Status
    from distributed.scheduler import KilledWorker, WorkerState

    class Given:
        def result(self) -> None:
            raise KilledWorker(
                "task",
                WorkerState(
                    address="tcp://w:1",
                    status=Status.running,
                    pid=1,
                    name="w",
                    nthreads=1,
                    memory_limit=0,
                    local_directory="",
                    nanny="",
                    server_id="w",
                ),
                3,
            )

    told: list[str] = []
    outcome, done = Outcome(), []
    distributed._take("in/a.txt", Given(), outcome, done, told.append)  # type: ignore[arg-type]
    assert (outcome.failures, done, len(told)) == (1, [], 1)
    assert told[0].startswith("in/a.txt: and what is with it in a partition was given up, its workers died")
    assert told[0].endswith("make partitions smaller, or give the workers more memory")


@pytest.fixture
def store() -> Iterator[Any]:
    """fsspec's object store in memory, which is seen by one process only."""
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_sources_in_an_object_store(store: Any) -> None:
    for name, text in (("b.txt", "7期"), ("a.md", "8户"), ("c.csv", "text\n9人\n")):
        store.pipe(f"/texts/{name}", text.encode())
    assert [one.name for one in partitions.find_all(["memory://texts/"], (), ())] == [
        "memory:///texts/a.md", "memory:///texts/b.txt"
    ]  # fmt: skip
    assert [one.name for one in partitions.find_all(["memory://texts/*.txt"], (), ())] == [
        "memory:///texts/b.txt"
    ]
    assert [one.name for one in partitions.find_all(["memory://texts/c.csv"], (), ())] == [
        "memory:///texts/c.csv"
    ]


def test_a_partition_in_an_object_store(store: Any) -> None:
    for name, text in (("a.txt", "培训7期。"), ("b.txt", "惠及8户。"), ("c.csv", "text\n9人\n")):
        store.pipe(f"/texts/{name}", text.encode())
    plan = distributed.Plan("memory://out")
    sources = [Source(url, url) for url in ("memory://texts/a.txt", "memory://texts/b.txt")]
    distributed._Folder(plan.out).make()
    part = distributed._write_sources(plan, 0, sources)
    assert (part.name, part.kept, part.errors) == ("part-00000.parquet", False, ())
    assert (part.counts["sources"], part.counts["figures"]) == (2, 2)
    with store.open("/out/part-00000.parquet") as stream:
        found = pyarrow.parquet.read_table(stream).to_pylist()
    assert [(row["source"], row["text"]) for row in found] == [
        ("memory://texts/a.txt", "7期"), ("memory://texts/b.txt", "8户")
    ]  # fmt: skip
    # The same again is kept; a text that changed is not.
    again = distributed._write_sources(plan, 0, sources)
    assert (again.kept, again.counts) == (True, part.counts)
    store.pipe("/texts/b.txt", "惠及18户。".encode())
    assert not distributed._write_sources(plan, 0, sources).kept
    # What is gone or is no single text is an error of its own.
    lost = [Source(url, url) for url in ("memory://texts/gone.txt", "memory://texts/c.csv")]
    part = distributed._write_sources(plan, 1, lost)
    assert [words.split("; ")[0] for words in part.errors] == [
        "memory://texts/gone.txt: no such file or folder",
        "memory://texts/c.csv: a corpus or archive at a URL",
    ]
    assert part.counts["failures"] == 2
    # Parts of earlier runs go, what is not ours stays.
    store.pipe("/out/part-00009.parquet", b"not ours")
    distributed._tidy(plan, [distributed.Part("part-00000.parquet", {})])
    assert sorted(path.rpartition("/")[2] for path in store.ls("/out", detail=False)) == [
        "_extract.json", "part-00000.parquet", "part-00009.parquet"
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["", "file://", "memory://"])
def test_a_part_is_there_whole_or_not_at_all(store: Any, folder: Path, scheme: str) -> None:
    place = distributed._Folder(f"{scheme}{folder}/out")
    place.make()
    with pytest.raises(RuntimeError, match="boom"), place.writing("part-00000.parquet") as output:
        output.stream().write(b"half")
        raise RuntimeError("boom")
    assert place.facts("part-00000.parquet") == {}
    if scheme != "memory://":  # which shows an object from its first byte on
        assert os.listdir("out") == []


def test_files_of_a_partition(folder: Path) -> None:
    """What a worker does, done in this process: files, one of which is gone by then."""
    out = absolute("out")[0]
    distributed._Folder(out).make()
    sources = [Source("in/00.txt", "in/00.txt"), Source("in/gone.txt", "in/gone.txt")]
    part = distributed._write_sources(distributed.Plan(out), 3, sources)
    assert part.errors == ("in/gone.txt: no such file or folder; check the spelling",)
    assert rows(out) == local("in/00.txt")
    assert os.listdir(out) == ["part-00003.parquet"]


def test_elements_of_a_bag() -> None:
    fields = Fields("body", "key")
    elements = ["7期", ("乙", "8户"), {"key": 3, "body": "9人"}, {"body": "1人"}, {"key": "丁"}]
    found = [partitions.as_source(1, number, one, fields) for number, one in enumerate(elements, start=1)]
    assert [one.name for one in found] == ["00001#1", "乙", "3", "00001#4", "丁"]
    assert str(found[4]) == "丁: no text in its field 'body'"
    assert [one.content for one in found[:4] if isinstance(one, Source)] == [
        Decoded(text, "utf-8") for text in ("7期", "8户", "9人", "1人")
    ]


def test_a_corpus_has_a_partition_of_its_own(folder: Path) -> None:
    names = ["in/00.txt", "c.jsonl", "in/01.txt", "in/02.txt", "s3://x/a.txt"]
    Path("c.jsonl").touch()
    found = partitions.partitions((Source(name, name) for name in names), 10_000_000)
    assert [[one.name for one in part] for part in found] == [names[:1], names[1:2], names[2:]]


@pytest.mark.parametrize(
    "facts",
    [
        b"{", b"[1]", b"[" * 100_000, b'{"digest": 7}', b'{"digest": "x"}', b'{"digest": "x", "counts": {}, "errors": []}',
    ],
)  # fmt: skip
def test_what_a_part_tells_of_itself_is_checked(folder: Path, facts: bytes) -> None:
    out = distributed._Folder("out")
    out.make()
    counts = dict.fromkeys(distributed.COUNTED, 0)
    good = json.dumps({"digest": "x", "counts": counts, "errors": []}).encode()

    def write(told: bytes) -> None:
        table = pyarrow.table({"a": [1]}).replace_schema_metadata({distributed.FACTS: told})
        pyarrow.parquet.write_table(table, "out/part-00000.parquet")

    write(good)
    assert out.facts("part-00000.parquet")["digest"] == "x"
    os.chmod("out/part-00000.parquet", 0o666)
    assert out.facts("part-00000.parquet") == {}
    os.chmod("out/part-00000.parquet", 0o644)
    write(facts)
    assert out.facts("part-00000.parquet") == {}
    os.rename("out/part-00000.parquet", "elsewhere")
    write(good)
    os.rename("out/part-00000.parquet", "elsewhere")
    os.symlink("../elsewhere", "out/part-00000.parquet")
    assert out.facts("part-00000.parquet") == {}
