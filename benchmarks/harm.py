"""Harm at any moment: kills and runs at the same time, in numbers that no test has time for.

    python benchmarks/harm.py kills 200     kill -9 over CSV, Parquet, Excel, SQLite with a reader, and --resume
    python benchmarks/harm.py pairs 500     two runs at the same time onto one SQLite file

A third argument is the seed of the moments. Nothing is timed. The counts are printed, and the exit status is 1 if anything
was lost or broken.
"""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

COMMAND = (sys.executable, "-m", "extractor")
LINE = "全县选派{0}名驻村第一书记，投资{0}亿元，惠及群众{0}户。\n"
WAYS = ("csv", "parquet", "xlsx", "sqlite", "sqlite with a log", "resume")


class Harm(Exception):
    """Something was lost or is broken."""


def extract(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments, "-q"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def finish(process: subprocess.Popen[bytes]) -> None:
    _, errors = process.communicate()
    if process.returncode or errors:
        raise Harm(f"status {process.returncode}: {errors.decode()}")


def texts(folder: Path, name: str, number: int, lines: int) -> None:
    (folder / name).mkdir(parents=True)
    for text in range(number):
        content = "".join(LINE.format(1 + line % 99) for line in range(lines))
        (folder / name / f"{name}{text:03}.txt").write_text(content, encoding="utf-8")


# Kills


def kills(number: int, counts: Counter[str], seed: int) -> None:
    """Kill runs at any moment, half of them near their end; look at what is there after each."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        texts(folder, "old", 1, 5)
        texts(folder, "new", 12, 200)
        for turn in range(number):
            way = WAYS[turn % len(WAYS)]
            state = _kill(folder, way, rng, counts)
            counts[f"{way}: {state}"] += 1
            print(f"\r{turn + 1} kills", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _kill(folder: Path, way: str, rng: random.Random, counts: Counter[str]) -> str:
    """One kill; whether the old table is there, or the new one. Raises ``Harm`` otherwise."""
    target = folder / f"out.{'db' if way.startswith('sqlite') else 'csv' if way == 'resume' else way}"
    more = ("--resume", "-j", "1") if way == "resume" else ("-j", rng.choice("12"))
    for left in folder.glob("out.*"):
        left.unlink()
    if way != "resume":
        finish(extract(folder, "old", "-o", target.name))
    before = _state(target, way)
    began = time.monotonic()
    whole = folder / f"whole{target.suffix}"
    if not whole.exists():
        finish(extract(folder, "new", "-o", whole.name))
    length = _length(folder, time.monotonic() - began)
    with _reader(target, way):
        process = extract(folder, "new", "-o", target.name, *more)
        time.sleep(
            rng.uniform(0.1, length) if rng.random() < 0.5 else max(0.1, length - rng.uniform(-0.2, 0.4))
        )
        process.kill()
        process.communicate()
        after = _state(target, way)
    new = _state(whole, way) if not way.startswith("sqlite") else before | _state(whole, way)
    if after not in (before, new):
        raise Harm(f"{way}: neither the old rows nor the new ones")
    parts = len(list(folder.glob(".out.*")))
    counts["temporary files left by kills"] += parts
    if way == "resume":
        finish(extract(folder, "new", "-o", target.name, *more))
        if _state(target, way) != new or (folder / "out.csv.resume").exists():
            raise Harm("resume: another table than that of a whole run")
    else:
        finish(extract(folder, "old", "-o", target.name))
    if list(folder.glob(".out.*")):
        raise Harm(f"{way}: temporary files are left by the run after the kill")
    return "new rows" if after == new else "old rows"


_lengths: list[float] = []


def _length(folder: Path, measured: float) -> float:
    """About how long a run takes here and now."""
    if measured > 0.2:
        _lengths.append(measured)
    return sum(_lengths[-5:]) / len(_lengths[-5:])


def _state(target: Path, way: str) -> set[object]:
    """The rows of a table, as a set; nothing if it is not there."""
    if not target.exists():
        return set()
    if way.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(target, timeout=60)) as database:
            if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Harm("the database is damaged")
            if database.execute("PRAGMA foreign_key_check").fetchall():
                raise Harm("the database has rows that belong to nothing")
            return set(database.execute('SELECT source, start, "end", value FROM figures'))
    if way == "parquet":
        import pyarrow.parquet

        return {tuple(row.values()) for row in pyarrow.parquet.read_table(target).to_pylist()}
    if way == "xlsx":
        import openpyxl

        return set(openpyxl.load_workbook(target, read_only=True)["table"].iter_rows(values_only=True))
    return set(target.read_text(encoding="utf-8").splitlines())


@contextlib.contextmanager
def _reader(target: Path, way: str) -> Iterator[None]:
    """Another program that holds a database open, in the middle of a transaction where there is a log."""
    if not way.startswith("sqlite"):
        yield
        return
    with contextlib.closing(sqlite3.connect(target, timeout=60, isolation_level=None)) as database:
        if way.endswith("log"):
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("BEGIN")
        database.execute("SELECT count(*) FROM figures").fetchone()
        yield


# Runs at the same time


def pairs(number: int, counts: Counter[str], seed: int) -> None:
    """Two runs at the same time, again and again, onto one database that nobody has seen before or that is there."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        expected: dict[str, int] = {}
        for pair in range(number):
            names = [f"{pair:04}{side}.txt" for side in "ab"]
            for at, name in enumerate(names):
                lines = 1 + (pair + at) % 7
                (folder / name).write_text(LINE.format(1 + pair % 99) * lines, encoding="utf-8")
                expected[name] = 3 * lines
            target = "one.db" if pair % 2 else f"new{pair}.db"
            both = [extract(folder, name, "--sqlite", target) for name in names]
            for process in both:
                finish(process)
            if target != "one.db":
                _compare(folder / target, {name: expected.pop(name) for name in names})
                (folder / target).unlink()
            counts["pairs onto a new database" if pair % 2 == 0 else "pairs onto one database"] += 1
            print(f"\r{pair + 1} pairs", end="", file=sys.stderr, flush=True)
        if (folder / "one.db").exists():
            _compare(folder / "one.db", expected)
            counts["sources in the one database"] = len(expected)
        if list(folder.glob(".*")):
            raise Harm("temporary files are left")
    print(file=sys.stderr)


def _compare(target: Path, expected: dict[str, int]) -> None:
    with contextlib.closing(sqlite3.connect(target)) as database:
        found = dict(database.execute("SELECT source, count(*) FROM figures GROUP BY source"))
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)] or found != expected:
            lost = {name: rows for name, rows in expected.items() if found.get(name) != rows}
            raise Harm(f"{target.name}: rows are lost: {lost}")


def main() -> int:
    what, number = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 14
    counts: Counter[str] = Counter()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    told, status = "nothing lost, nothing broken", 0
    try:
        {"kills": kills, "pairs": pairs}[what](number, counts, seed)
    except Harm as harm:
        told, status = f"HARM: {harm}", 1
    except KeyboardInterrupt:
        told, status = "stopped before the end, nothing lost until then", 1
    for name, count in sorted(counts.items()):
        print(f"{count:6,} {name}")
    print(told)
    return status


if __name__ == "__main__":
    sys.exit(main())
