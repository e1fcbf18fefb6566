"""``--resume``: a journal of finished sources, beside the output, by which a killed run goes on.

The journal is an SQLite database, ``out.csv.resume`` for ``out.csv``. It holds a record of every finished source
under a key made of the source's name, its content and the rules. It is handed the digest of the rules and the
records, and knows nothing of what they are made from. So a source that changed
meanwhile is examined anew, and so is everything after an update of the program. What was found is stored
whole, before any choice: the tables are written again from it, and are the same as those of a run that nobody
interrupted. A run that ends well removes the journal.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from urllib.parse import quote

SUFFIX = ".resume"
PATIENCE = 1.0
"""Seconds of work that a kill may cost."""
BUSY = 60.0
"""Seconds to wait for another process that is writing."""


class Journal:
    """The journal of a run. ``recall`` works in every process, the rest in the one that began it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     journal = Journal(os.path.join(folder, "out.csv"), rules="0123")
    ...     print(journal.recall("0" * 64, "a.txt"))
    ...     journal.close(done=True)
    None
    """

    def __init__(self, target: str, rules: str) -> None:
        """``target`` is the output beside which the journal lies, ``rules`` a digest of all that the records
        depend on besides their sources. Raises ``OSError``.
        """
        self.path = os.path.realpath(target) + SUFFIX
        self._rules = rules.encode()
        self._reader: tuple[int, sqlite3.Connection] | None = None
        try:
            self._writer = sqlite3.connect(self.path, timeout=BUSY)
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute("PRAGMA synchronous = NORMAL")
            self._writer.execute(
                "CREATE TABLE IF NOT EXISTS done (key BLOB PRIMARY KEY, document BLOB NOT NULL)"
            )
            self._writer.commit()
            self.earlier = self._writer.execute("SELECT EXISTS (SELECT 1 FROM done)").fetchone()[0] == 1
        except sqlite3.Error as error:
            raise OSError(0, f"{error}; remove it to start anew") from error
        self._committed = time.monotonic()

    def recall(self, digest: str, name: str) -> bytes | None:
        """The record of a source of this name and content, if an earlier run got that far."""
        if not self.earlier:
            return None
        # A connection must not be carried into another process.
        if self._reader is None or self._reader[0] != os.getpid():
            uri = f"file:{quote(self.path)}?mode=ro"
            self._reader = os.getpid(), sqlite3.connect(uri, uri=True, timeout=BUSY)
        row = self._reader[1].execute("SELECT document FROM done WHERE key = ?", (self._key(digest, name),))
        found = row.fetchone()
        return found[0] if found else None

    def record(self, digest: str, name: str, record: bytes) -> None:
        """Remember a finished source. Raises ``OSError`` where that cannot be written."""
        try:
            key = self._key(digest, name)
            self._writer.execute("INSERT OR REPLACE INTO done VALUES (?, ?)", (key, record))
            if time.monotonic() - self._committed > PATIENCE:
                self._writer.commit()
                self._committed = time.monotonic()
        except sqlite3.Error as error:
            raise OSError(0, str(error)) from error

    def close(self, *, done: bool) -> None:
        """Keep the journal for another run, or remove it if all is done."""
        if self._reader is not None:
            self._reader[1].close()
        with contextlib.suppress(sqlite3.Error):
            self._writer.commit()
        self._writer.close()
        if done:
            for ending in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    os.unlink(self.path + ending)

    def _key(self, digest: str, name: str) -> bytes:
        parts = (self._rules, digest.encode(), name.encode("utf-8", "surrogatepass"))
        return hashlib.sha256(b"\0".join(parts)).digest()
