"""A Dask cluster that has no workers, or whose scheduler dies, or that nobody wants to wait for any longer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.commands import start

pytest.importorskip("distributed")

QUICK = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
Spawn = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """Starts processes of Dask and ends them."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], env={**os.environ, **QUICK},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def address(tmp_path: Path, spawn: Spawn) -> str:
    import json

    file = tmp_path / "scheduler.json"
    spawn("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise AssertionError("no scheduler")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number in range(40):
        (tmp_path / "in" / f"{number:02}.txt").write_text(
            "培训7期，惠及群众1332户。\n" * 300, encoding="utf-8"
        )
    return tmp_path


def extract(folder: Path, address: str, *more: str) -> subprocess.Popen[bytes]:
    return start(
        str(folder / "in"), "--cluster", address, "--parquet", str(folder / "out"), "--partition", "0.01", *more, cwd=folder,
        env={**os.environ, **QUICK},
    )  # fmt: skip


def end(process: subprocess.Popen[bytes], timeout: float = 60) -> tuple[int, str]:
    _, errors = process.communicate(timeout=timeout)
    return process.returncode, errors.decode()


def parts(folder: Path) -> int:
    return len(list((folder / "out").glob("part-*.parquet")))


def worker(spawn: Spawn, address: str, folder: Path) -> subprocess.Popen[bytes]:
    """A slow one, so that there is time to do it harm."""
    (folder / "slow.py").write_text(
        # Dask may run this twice.
        "import time\nimport extractor.engine.task as t\nt.quick = getattr(t, 'quick', t.Task.perform)\n"
        "def perform(self, source):\n    time.sleep(0.2)\n    return t.quick(self, source)\nt.Task.perform = perform\n",
        encoding="utf-8",
    )
    return spawn(
        "worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--preload", str(folder / "slow.py"),
        "--local-directory", str(folder),
    )  # fmt: skip


def test_no_workers(folder: Path, address: str) -> None:
    assert end(extract(folder, address, "--cluster-wait", "2")) == (
        1,
        f"extract: {address}: no worker has joined for 2 seconds, start one with: dask worker {address}; "
        "nothing was written\n",
    )


def under_way(folder: Path, address: str, *more: str) -> subprocess.Popen[bytes]:
    process = extract(folder, address, *more)
    deadline = time.monotonic() + 60
    while parts(folder) < 3:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return process


def test_the_last_worker_dies(folder: Path, address: str, spawn: Spawn) -> None:
    dying = worker(spawn, address, folder)
    process = under_way(folder, address, "--cluster-wait", "3")
    dying.kill()
    status, errors = end(process)
    assert status == 1
    assert errors.startswith(
        f"extract: {address}: no worker is there for 3 seconds, start one with: dask worker"
    )
    assert f" parts are in {folder}/out (part-00000.parquet to part-000" in errors
    assert errors.endswith("the same command goes on from there\n")
    assert errors.count("\n") == 1


def test_the_scheduler_dies(folder: Path, spawn: Spawn) -> None:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = spawn("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker(spawn, address, folder)
    process = under_way(folder, address, "--cluster-wait", "20")
    scheduler.kill()
    status, errors = end(process, 120)
    assert status == 1
    assert errors.startswith(f"extract: {address}: the scheduler is gone, start it again; ")
    assert errors.count("\n") == 1


def test_ctrl_c(folder: Path, address: str, spawn: Spawn) -> None:
    process = extract(folder, address)
    time.sleep(4)
    process.send_signal(signal.SIGINT)  # while it waits for workers
    assert end(process) == (130, "extract: stopped, nothing was written\n")
    worker(spawn, address, folder)
    process = under_way(folder, address)
    process.send_signal(signal.SIGINT)
    status, errors = end(process)
    assert status == 130
    assert (
        errors.startswith("extract: stopped, ")
        and f" parts are in {folder}/out (part-00000.parquet to " in errors
    )
    assert errors.count("\n") == 1
