"""The SQLite database: other programs at work in it, runs at the same time, equal names, large numbers, kills."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.engine.atomic import AtomicDatabase, AtomicFile, publish
from extractor.model import COLUMNS, Article, Document
from extractor.sources.encodings import Decoded
from extractor.table.columns import FIGURES
from extractor.writers import FORMATS, sqlite_merge
from tests.support.commands import run, start
from tests.table.test_columns import figure


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("全村共有113户495人。\n" * 50, encoding="utf-8")
    (tmp_path / "b.txt").write_text("培训7期。\n" * 300, encoding="utf-8")
    return tmp_path


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database:
        return database.execute(sql).fetchall()


def counts(path: Path) -> dict[str, int]:
    return dict(ask(path, "SELECT source, count(*) FROM figures GROUP BY source"))


def sound(path: Path) -> None:
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []


def store(path: Path, name: str, number: Any = 7, files: tuple[AtomicFile, ...] = ()) -> AtomicDatabase:
    """A run's worth of work on a database: one source with one figure."""
    file = AtomicDatabase(str(path))
    writer = FORMATS["sqlite"].writer()(file, FIGURES)
    one = figure(source=name, value=number, low=number, high=number)
    writer.note(
        Document(name, (Article(1, "题", "", "", "article", 1, 1),), (one,), ()),
        Decoded("文", "utf-8"),
        [one],
    )
    writer.finish()
    publish([file, *files])
    return file


# Other programs


def test_another_program_with_a_write_ahead_log(folder: Path) -> None:
    """A viewer that put the database into WAL mode and died, its changes still in the log."""
    assert run("a.txt", "--sqlite", "out.sqlite", cwd=folder).status == 0
    code = """
import os, sqlite3
c = sqlite3.connect('out.sqlite'); c.execute('PRAGMA journal_mode = WAL'); c.execute('PRAGMA wal_autocheckpoint = 0')
c.execute('CREATE TABLE notes (x)'); c.executemany('INSERT INTO notes VALUES (?)', [('n' * 500,)] * 400)
c.execute("UPDATE figures SET item = 'x'"); c.commit(); os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)
    assert (folder / "out.sqlite-wal").exists()
    assert run("b.txt", "--sqlite", "out.sqlite", cwd=folder).status == 0
    sound(folder / "out.sqlite")
    assert counts(folder / "out.sqlite") == {"a.txt": 100, "b.txt": 300}
    assert ask(folder / "out.sqlite", "SELECT count(*) FROM notes") == [(400,)]
    assert ask(folder / "out.sqlite", "SELECT DISTINCT item FROM figures WHERE source = 'a.txt'") == [("x",)]


def test_a_reader_in_the_middle_of_a_transaction(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a write-ahead log SQLite lets nobody write meanwhile; that is told, and nothing has changed."""
    path = folder / "out.sqlite"
    store(path, "a.txt")
    monkeypatch.setattr(sqlite_merge, "BUSY", 0.2)
    monkeypatch.setattr(sqlite_merge, "STEP", 0.1)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM figures").fetchone() == (1,)
        with pytest.raises(OSError, match="in use by another program"):
            store(path, "b.txt")
        assert counts(path) == {"a.txt": 1}
        reader.execute("PRAGMA journal_mode").fetchone()
        reader.execute("COMMIT")
        reader.execute("PRAGMA journal_mode = WAL")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM figures").fetchone()
        store(path, "b.txt")
    assert counts(path) == {"a.txt": 1, "b.txt": 1}


def test_what_a_removed_database_left_is_not_played_into_a_new_one(folder: Path) -> None:
    path = folder / "out.sqlite"
    store(path, "a.txt")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("DELETE FROM figures")
        log = (folder / "out.sqlite-wal").read_bytes()
    path.unlink()
    (folder / "out.sqlite-wal").write_bytes(log)
    store(path, "b.txt")
    sound(path)
    assert counts(path) == {"b.txt": 1}


# Runs at the same time


def test_runs_at_the_same_time_lose_nothing(folder: Path) -> None:
    for number in range(6):
        both = [start(name, "--sqlite", f"{number}.sqlite", "-q", cwd=folder) for name in ("a.txt", "b.txt")]
        for process in both:
            _, errors = process.communicate(timeout=120)
            assert (process.returncode, errors) == (0, b"")
        assert counts(folder / f"{number}.sqlite") == {"a.txt": 100, "b.txt": 300}
        sound(folder / f"{number}.sqlite")
    assert not list(folder.glob(".*"))


# Names and numbers


def test_records_of_one_name_are_all_kept(folder: Path) -> None:
    records = [
        {"id": "a", "text": "全村共有113户。"},
        {"id": "a", "text": "培训7期。"},
        {"id": "a", "text": "培训7期。"},
    ]
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / "c.jsonl").write_text(lines, encoding="utf-8")
    for _ in range(2):  # a second run replaces the first
        assert run("c.jsonl", "--id-field", "id", "--sqlite", "c.sqlite", cwd=folder).status == 0
        rows = ask(folder / "c.sqlite", "SELECT source, text FROM figures ORDER BY source_id")
        assert rows == [("c.jsonl#a", "113户"), ("c.jsonl#a", "7期"), ("c.jsonl#a", "7期")]
    sound(folder / "c.sqlite")


def test_a_source_that_changed_is_replaced_with_a_word(folder: Path) -> None:
    assert run("a.txt", "b.txt", "--sqlite", "o.sqlite", cwd=folder).status == 0
    assert "replaced" not in run("a.txt", "--sqlite", "o.sqlite", cwd=folder).err
    (folder / "a.txt").write_text("培训9期。", encoding="utf-8")
    assert (
        "a.txt: had another content in o.sqlite, its rows were replaced"
        in run("a.txt", "--sqlite", "o.sqlite", cwd=folder).err
    )
    assert counts(folder / "o.sqlite") == {"a.txt": 1, "b.txt": 300}


def test_a_number_beyond_64_bits_ends_no_run(folder: Path) -> None:
    (folder / "c.txt").write_text("宇宙中约有1000亿亿颗恒星。", encoding="utf-8")
    assert run("c.txt", "a.txt", "--sqlite", "o.sqlite", cwd=folder).status == 0
    assert ask(folder / "o.sqlite", "SELECT value FROM figures WHERE source = 'c.txt'") == [(10**19,)]
    assert counts(folder / "o.sqlite") == {"c.txt": 1, "a.txt": 100}


@pytest.mark.parametrize(
    "number", [2**63 - 1, -(2**63), 2**63, 10**19, 2**64 + 1, -(10**30) + 1, 10**400 + 1, 2**53 + 1]
)
def test_every_whole_number_is_read_back_equal(tmp_path: Path, number: int) -> None:
    for _ in range(2):
        store(tmp_path / "o.sqlite", "a.txt", number)
    ((value, digits),) = ask(
        tmp_path / "o.sqlite",
        """SELECT value, digits FROM figures LEFT JOIN exact
           ON exact.source_id = figures.source_id AND exact.start = figures.start AND "column" = 'value'""",
    )
    assert (value if digits is None else int(digits)) == number
    assert (value > 1000) == (number > 1000)


# Databases of another time


def test_a_database_with_fewer_columns_gets_the_others(tmp_path: Path) -> None:
    path = tmp_path / "o.sqlite"
    store(path, "a.txt")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        try:
            for table, column in (
                ("figures", "place"),
                ("figures", "low"),
                ("rejections", "sentence"),
                ("articles", "byline"),
            ):
                database.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot drop columns")
    store(path, "b.txt", 8)
    assert ask(path, "SELECT source, value, low FROM figures") == [("a.txt", 7, None), ("b.txt", 8, 8)]
    sound(path)
    assert {row[1] for row in ask(path, "PRAGMA table_info(figures)")} == {*COLUMNS, "source_id"}


def test_a_database_without_numbers_of_sources_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "o.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as database:
        columns = ", ".join(f'"{name}"' for name in COLUMNS)
        database.execute(f'CREATE TABLE figures ({columns}, PRIMARY KEY (source, start, "end"))')
    before = path.read_bytes()
    with pytest.raises(OSError, match="written by an earlier edition, name another file"):
        store(path, "a.txt")
    assert path.read_bytes() == before


# Kills


def kill(folder: Path, rng: random.Random, span: float, *arguments: str) -> int:
    """Start the command and kill it after a while; its exit status."""
    process = start(*arguments, cwd=folder)
    time.sleep(rng.uniform(0.3, span))
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    return process.returncode


@contextlib.contextmanager
def reader(path: Path, *, wal: bool) -> Iterator[sqlite3.Connection]:
    """Another program that holds the database open."""
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database:
        if wal:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("BEGIN")
        database.execute("SELECT count(*) FROM figures").fetchone()
        yield database


@pytest.mark.parametrize("wal", [False, True])
def test_kills_leave_the_old_rows_or_the_new_ones(folder: Path, wal: bool) -> None:
    rng = random.Random(14)
    path = folder / "o.sqlite"
    assert run("a.txt", "--sqlite", "o.sqlite", cwd=folder).status == 0
    with reader(path, wal=wal):
        for _ in range(4):
            kill(folder, rng, 1.2, "b.txt", "--sqlite", "o.sqlite")
            assert counts(path) in ({"a.txt": 100}, {"a.txt": 100, "b.txt": 300})
            sound(path)
        assert run("b.txt", "--sqlite", "o.sqlite", cwd=folder).status == 0
    assert counts(path) == {"a.txt": 100, "b.txt": 300}
    assert not list(folder.glob(".o.sqlite*"))
