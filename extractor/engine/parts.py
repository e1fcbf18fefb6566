"""The folder of Parquet parts that a cluster writes, on a file system or in an object store.

A part is whole or absent, and tells in its metadata what it depends on and what was found. That is believed only of
files that this user, or the owner of the folder, has written.
"""

from __future__ import annotations

import contextlib
import json
import os
import posixpath
import stat
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from extractor.matching import compiled

MANIFEST = "_extract.json"
"""The list of the files of the last run that was finished, for readers and for the next run."""
FACTS = "extract"
"""The key under which a file tells, in its metadata, what it depends on and what was found."""
COUNTED = ("sources", "articles", "figures", "chosen", "rejections", "failures")

_PART = compiled(r"part-[0-9]{5,}\.parquet")
_TEMPORARY = compiled(r"\.(?:part-[0-9]{5,}\.parquet|_extract\.json)\.[0-9a-f]{32}\.tmp")


class Folder:
    """The folder of the result, on a file system or in an object store."""

    def __init__(self, out: str) -> None:
        self._system: Any = None
        self._root = out
        if "://" in out:
            import fsspec
            from fsspec.implementations.local import LocalFileSystem

            system, self._root = fsspec.core.url_to_fs(out)
            # file:// is a folder as any other, where files are moved into place.
            self._system = None if isinstance(system, LocalFileSystem) else system

    def make(self) -> None:
        """Make the folder. Raises ``OSError``."""
        if self._system is None:
            os.makedirs(self._root, exist_ok=True)
        else:
            self._system.makedirs(self._root, exist_ok=True)

    def facts(self, name: str) -> dict[str, Any]:
        """What a part of ours tells of itself; nothing if there is none, or somebody else may have put it there."""
        import pyarrow
        import pyarrow.parquet

        try:
            if self._system is None and not self._own(self._path(name)):
                return {}
            with self._open(self._path(name), "rb") as stream:
                metadata = pyarrow.parquet.read_metadata(stream).metadata or {}
            facts = json.loads(metadata.get(FACTS.encode(), b"{}"))
        except (OSError, ValueError, RecursionError, pyarrow.ArrowException):
            return {}
        return facts if _are_facts(facts) else {}

    def _own(self, path: str) -> bool:
        """Whether a file is one that only this user, or the owner of the folder, can have written."""
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or sys.platform == "win32":
            return stat.S_ISREG(status.st_mode)
        return status.st_uid in (os.geteuid(), os.stat(self._root).st_uid) and not status.st_mode & 0o002

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[_Place]:
        """A file that is there whole when the block ends well, and not at all when it does not.

        An object store shows an object when its writing is closed; a file is moved into place.
        """
        target = self._path(name)
        path = target if self._system else self._path(f".{name}.{uuid.uuid4().hex}.tmp")
        stream = self._open(path, "wb")
        try:
            yield _Place(path, target, stream)
            if self._system is None:
                stream.flush()
                os.fsync(stream.fileno())
            stream.close()
        except BaseException:
            if self._system is None:
                stream.close()
                os.unlink(path)
            elif hasattr(stream, "discard"):
                stream.discard()
            raise
        if self._system is None:
            os.replace(path, target)

    def tidy(self, names: Sequence[str]) -> None:
        """Remove our files that are not of ``names``; only what carries our mark or our way of naming."""
        paths = os.listdir(self._root) if self._system is None else self._system.ls(self._root, detail=False)
        for name in map(posixpath.basename, paths):
            stale = _PART.fullmatch(name) and name not in names and self.facts(name)
            if stale or _TEMPORARY.fullmatch(name):
                with contextlib.suppress(OSError):
                    os.unlink(self._path(name)) if self._system is None else self._system.rm(self._path(name))

    def parts(self) -> list[str]:
        """The names of the parts that are there."""
        try:
            if self._system is None:
                names = os.listdir(self._root)
            else:
                names = [posixpath.basename(path) for path in self._system.ls(self._root, detail=False)]
        except OSError:
            return []
        return sorted(name for name in names if _PART.fullmatch(name))

    def _path(self, name: str) -> str:
        return os.path.join(self._root, name) if self._system is None else f"{self._root}/{name}"

    def _open(self, path: str, mode: str) -> Any:
        return open(path, mode) if self._system is None else self._system.open(path, mode)


def _are_facts(facts: Any) -> bool:
    """Whether this is what ``_write`` noted in a part."""
    if not isinstance(facts, dict) or not isinstance(facts.get("digest"), str):
        return False
    counts, errors = facts.get("counts"), facts.get("errors")
    return (
        isinstance(counts, dict)
        and sorted(counts) == sorted(COUNTED)
        and all(type(number) is int and number >= 0 for number in counts.values())
        and isinstance(errors, list)
        and all(isinstance(error, str) for error in errors)
    )


@dataclass(slots=True)
class _Place:
    """The output of a writer, see ``extractor.writers.base.Output``."""

    path: str
    target: str
    _stream: BinaryIO

    def stream(self) -> BinaryIO:
        return self._stream
