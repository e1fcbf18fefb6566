"""Temporary files of runs that were killed: told from those of runs that are alive by a lock, and removed.

A temporary file is locked as long as its run lives; the system takes the lock off when the process ends, in
whatever way. Where files cannot be locked (Windows, some network file systems) nothing is removed.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
import tempfile
import time

from extractor.matching import compiled

PART, OLD = ".part", ".old"
_NAME = compiled(r"\A\..+\.[a-z0-9_]{8}\.(?:part|old)", re.DOTALL)
LONG_AGO = 3600.0
"""Seconds after which a table that was put aside, and not put back, is of a run that was killed."""


def temporary(folder: str, name: str) -> tuple[int, str]:
    """A new hidden file beside ``name``: the handle that holds its lock, and its path. Raises ``OSError``."""
    while True:
        handle, path = tempfile.mkstemp(prefix=_prefix(name), suffix=PART, dir=folder)
        locked = _lock(handle)
        # Between its making and its locking another run may have taken it for a leftover.
        if not locked or os.path.exists(path):
            return handle, path
        os.close(handle)


def sweep(folder: str, name: str) -> None:
    """Remove what killed runs left of their work on ``name``. Files of living runs stay; nothing is raised."""
    ours = re.compile(re.escape(_prefix(name)) + rf"[a-z0-9_]{{8}}({re.escape(PART)}|{re.escape(OLD)})")
    with contextlib.suppress(OSError):
        for entry in os.listdir(folder):
            if match := ours.fullmatch(entry):
                with contextlib.suppress(OSError):
                    _remove(os.path.join(folder, entry), match[1])


def is_leftover(path: str) -> bool:
    """Whether a path is named as a temporary file is.

    >>> is_leftover("in/.out.csv.k3_8x0ab.part"), is_leftover("in/.part")
    (True, False)
    """
    return _NAME.fullmatch(os.path.basename(path)) is not None


def _prefix(name: str) -> str:
    return f".{name[:64]}."


def _remove(path: str, ending: str) -> None:
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or sys.platform == "win32" or status.st_uid != os.geteuid():
        return
    if ending == OLD:
        if time.time() - status.st_ctime > LONG_AGO:
            os.unlink(path)
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if _lock(handle):
            os.unlink(path)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Whether the file could be locked, which nobody else has done then."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
