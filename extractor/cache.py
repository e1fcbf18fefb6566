"""Keeps what is dear to make anew at every start: parsed word lists, weights, compiled patterns.

It lies in the user's cache folder as Python's ``marshal`` writes it, which can hold plain data only and runs nothing.
What is made of files stands under a hash of them and of the version of Python, so a stale file is never read. A file
that is damaged, is a link, belongs to someone else or can be written by others is not used. Without a folder to write
to (a read-only home) everything is made each time; nothing fails.

``EXTRACT_CACHE`` names another folder; if it is empty nothing is read or kept.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Callable, Sequence
from typing import Any

_LARGEST = 64_000_000  # bytes that a cache file can have; ours have less than one tenth
_SUFFIX = ".bin"
_FORM = 1  # of what is made of files; where their reader changes, another number


def load(
    files: Sequence[Any], parse: Callable[[Sequence[Any]], dict[str, Any]], kind: str = "words"
) -> dict[str, Any]:
    """What ``parse(files)`` gives, from the cache if it is there. A file has ``name`` and ``read_bytes``.

    ``parse`` must give plain data: mappings, lists, tuples, text, numbers, truth values. ``kind`` names what it is; of
    each kind one is kept. The errors of ``parse`` are raised; those of the cache are not.
    """
    if not folder():
        return parse(files)
    kind = f"{kind}-{sys.implementation.cache_tag}"
    name = f"{kind}-{_key(files)}"
    data = read(name)
    if data is None:
        data = parse(files)
        write(name, data, instead=f"{kind}-")
    return data


def read(name: str) -> dict[str, Any] | None:
    """The mapping that is kept under a name; ``None`` if there is none that can be trusted."""
    place = folder()
    return _read(os.path.join(place, name + _SUFFIX)) if place else None


def write(name: str, data: dict[str, Any], instead: str) -> None:
    """Keeps the data under a name, whole or not at all, and takes away others whose name begins with ``instead``."""
    place = folder()
    if place:
        _write(place, name + _SUFFIX, data, instead)


def _key(files: Sequence[Any]) -> str:
    """A name for the names and contents of the files and for what reads them back."""
    digest = hashlib.sha256(f"{_FORM} {sys.implementation.cache_tag} {marshal.version}\n".encode())
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def folder() -> str:
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
    """The contents of a cache file: a line with the hash of the rest, then what ``marshal`` wrote. ``None``
    if it is not to be trusted.
    """
    try:
        with open(path, "rb", opener=_no_link) as stream:
            if not _trusted(os.fstat(stream.fileno())):
                return None
            checksum, _, payload = stream.read(_LARGEST).partition(b"\n")
        if checksum != _checksum(payload):
            return None
        data = marshal.loads(payload)
    except (OSError, EOFError, TypeError, ValueError, RecursionError):
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


def _write(folder: str, file: str, data: dict[str, Any], instead: str) -> None:
    """``write`` to a file of a folder."""
    import contextlib  # only where something is new
    import tempfile

    temporary = ""
    try:
        payload = marshal.dumps(data)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{instead}", dir=folder)
        with os.fdopen(handle, "wb") as stream:
            stream.write(_checksum(payload) + b"\n" + payload)
        for name in os.listdir(folder):
            if name.startswith(instead) and name != file:
                os.remove(os.path.join(folder, name))
        os.replace(temporary, os.path.join(folder, file))
    except BaseException as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.remove(temporary)
        if not isinstance(error, OSError | TypeError | ValueError):
            raise


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(payload).hexdigest().encode()
