"""Keeps the parsed word lists, since ``tomllib`` needs a tenth of a second for them at every start.

The parsed lists lie as JSON in the user's cache folder, in a file whose name is a hash of the TOML files.
Changed lists have another name, so a stale file is never read. A file that is damaged, is a link, belongs to
someone else or can be written by others is not used, and JSON runs no code. Without a folder to write to (a
read-only home) the lists are parsed each time; nothing fails.

``EXTRACT_CACHE`` names another folder; if it is empty nothing is read or kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

_PREFIX = "words-"
_LARGEST = 64_000_000  # bytes that a cache file can have; ours have less than one hundredth


def load(files: Sequence[Any], parse: Callable[[Sequence[Any]], dict[str, Any]]) -> dict[str, Any]:
    """What ``parse(files)`` gives, from the cache if it is there. A file has ``name`` and ``read_bytes``.

    ``parse`` must give what JSON can hold: mappings with text as keys, lists, text, numbers, truth values.
    The errors of ``parse`` are raised; those of the cache are not.
    """
    folder = _folder()
    if not folder:
        return parse(files)
    path = os.path.join(folder, f"{_PREFIX}{_key(files)}.json")
    data = _read(path)
    if data is None:
        data = parse(files)
        _write(path, data)
    return data


def _key(files: Sequence[Any]) -> str:
    """A name for the names and contents of the files."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def _folder() -> str:
    """The cache folder by the habits of the system, "" if there is none."""
    chosen = os.environ.get("EXTRACT_CACHE")
    if chosen is not None:
        return chosen
    home = os.path.expanduser("~")
    if home == "~":
        return ""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "extractor")


def _read(path: str) -> dict[str, Any] | None:
    """The contents of a cache file: a line with the hash of the rest, then JSON. ``None`` if it is not to be
    trusted.
    """
    try:
        with open(path, "rb", opener=_no_link) as stream:
            if not _trusted(os.fstat(stream.fileno())):
                return None
            checksum, _, payload = stream.read(_LARGEST).partition(b"\n")
        if checksum != _checksum(payload):
            return None
        data = json.loads(payload)
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _no_link(path: str, flags: int) -> int:
    """Open a file, but no link to one and, without waiting, no pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _trusted(status: os.stat_result) -> bool:
    """Whether it is a plain file that nobody but this user (or root) can have written."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return status.st_uid in (os.getuid(), 0) and not status.st_mode & 0o022


def _write(path: str, data: dict[str, Any]) -> None:
    """Keeps the data, whole or not at all, and takes away what earlier versions left."""
    folder = os.path.dirname(path)
    temporary = ""
    try:
        payload = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{_PREFIX}", dir=folder)
        with os.fdopen(handle, "wb") as stream:
            stream.write(_checksum(payload) + b"\n" + payload)
        for name in os.listdir(folder):
            if name.startswith(_PREFIX) and name.endswith(".json"):
                os.remove(os.path.join(folder, name))
        os.replace(temporary, path)
    except BaseException as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.remove(temporary)
        if not isinstance(error, OSError | TypeError | ValueError):
            raise


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(payload).hexdigest().encode()
