"""Puts a finished database into its place: as it is where there is none yet, or into the one that is there.

A database that exists is written through SQLite alone, in one transaction that begins with the lock for
writing: readers and writers of other programs, a write-ahead log, a journal of a run that was killed are all
SQLite's matter. Runs that write at the same time wait for one another, and what was killed half-way is rolled
back. Rows of a source of this run replace those of earlier runs with the same name, all others stay.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from urllib.parse import quote_from_bytes

from extractor.writers.sqlite_schema import TABLES, OtherTables, create, fit

BUSY = 60.0
"""Seconds to wait for another program that is writing, or reading where there is no write-ahead log."""
STEP = 1.0


def check(target: str) -> None:
    """See before the work that a database that is there can be written to. Raises ``OSError``."""
    if not os.path.exists(target):
        return
    try:
        with contextlib.closing(_connect(target)) as database:
            _patiently(database, "SELECT count(*) FROM sqlite_master")
            fit(database, change=False)
    except (sqlite3.Error, OtherTables) as error:
        raise _failure(error) from error


def vacant(target: str) -> bool:
    """Whether nothing is there, not even what SQLite leaves beside a database that is in use or was removed."""
    return not any(os.path.lexists(target + ending) for ending in ("", "-journal", "-wal", "-shm"))


def settle(path: str, target: str) -> bool:
    """Move the new database ``path`` to ``target`` if nothing is there; whether that was done."""
    try:
        os.link(path, target)
    except OSError:  # somebody was faster, or the file system knows no links
        return False
    os.unlink(path)
    return True


class Merge:
    """The rows of one database on their way into another: ``commit`` makes them stay, ``rollback`` not.

    Between the two the database is locked for other writers, so there should be little.
    """

    def __init__(self, path: str, target: str) -> None:
        """``path`` is the database of this run. Raises ``OSError``; then nothing has changed."""
        self.replaced: list[str] = []
        """Names of sources of which the database held another content."""
        self._made = not os.path.exists(target)
        self._target = target
        try:
            self._database = _connect(target, create=True)
        except sqlite3.Error as error:
            raise _failure(error) from error
        try:
            self._fill(path)
        except (sqlite3.Error, OtherTables) as error:
            self.rollback()
            raise _failure(error) from error
        except BaseException:
            self.rollback()
            raise

    def commit(self) -> None:
        """Make the rows stay. Raises ``OSError``."""
        try:
            _patiently(self._database, "COMMIT")
        except sqlite3.Error as error:
            self.rollback()
            raise _failure(error) from error
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

    def rollback(self) -> None:
        """Leave the database as it was."""
        with contextlib.suppress(sqlite3.Error):
            self._database.execute("ROLLBACK")
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        if self._made:
            with contextlib.suppress(OSError):
                if os.path.getsize(self._target) == 0:
                    os.unlink(self._target)

    def _fill(self, path: str) -> None:
        database = self._database
        database.execute("ATTACH ? AS new", (os.fsencode(path),))
        database.execute("PRAGMA foreign_keys = ON")
        _patiently(database, "BEGIN IMMEDIATE")
        fit(database, change=True)
        create(database)
        self.replaced = [
            row[0]
            for row in database.execute(
                "SELECT DISTINCT source FROM sources AS old JOIN new.sources AS own USING (source) "
                "WHERE old.sha256 NOT IN (SELECT sha256 FROM new.sources WHERE source = own.source) "
                "ORDER BY source"
            )
        ]
        database.execute("DELETE FROM sources WHERE source IN (SELECT source FROM new.sources)")
        (last,) = database.execute("SELECT coalesce(max(id), 0) FROM sources").fetchone()
        for table, columns in TABLES.items():
            names = ", ".join(f'"{name}"' for name in columns)
            values = names.replace('"source_id"', f'"source_id" + {last:d}').replace(
                '"id"', f'"id" + {last:d}'
            )
            database.execute(
                f"INSERT INTO main.{table} ({names}) SELECT {values} FROM new.{table} ORDER BY rowid"
            )


def _connect(target: str, *, create: bool = False) -> sqlite3.Connection:
    place = quote_from_bytes(os.fsencode(os.path.abspath(target)))
    mode = "rwc" if create else "rw"
    return sqlite3.connect(f"file:{place}?mode={mode}", uri=True, timeout=STEP, isolation_level=None)


def _patiently(database: sqlite3.Connection, statement: str) -> None:
    """Wait for a lock, a step at a time, between which Ctrl-C is heard."""
    deadline = time.monotonic() + BUSY
    while True:
        try:
            database.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if not _locked(error) or time.monotonic() > deadline:
                raise


def _locked(error: Exception) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _failure(error: Exception) -> OSError:
    told = str(error)
    if isinstance(error, OtherTables):
        return OSError(0, told)
    if _locked(error):
        return OSError(0, f"in use by another program for {BUSY:.0f} seconds, close that and run again")
    return OSError(0, told if "full" in told else f"{told}; name another file")
