"""``--resume``: a journal of finished sources, beside the output, by which a killed run goes on.

The journal is a file, ``out.csv.resume`` for ``out.csv``, to which a record is added for every finished
source, under a key made of the source's name, its content and the rules, so a source that changed meanwhile is
examined anew, and so is everything after an update of the program. What was found is stored whole, before
any choice: the tables are written again from it, and are the same as those of a run that nobody interrupted. A
run that ends well removes the journal.

The folder may belong to others, so a journal is taken only if it is a plain file of this user that nobody else
can write to or links to. Every record begins with a mark that the file has to itself and carries a checksum: a
part that is damaged, or was cut off by a kill, costs the records in it and no others.
"""

from __future__ import annotations

import bisect
import contextlib
import hashlib
import os
import secrets
import stat
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

SUFFIX = ".resume"

_MAGIC = b"extract journal 2\n"
_MARK = 16
_START = len(_MAGIC) + _MARK
_HEADER = struct.Struct(f">{_MARK}s32sQ16sI")
"""The mark, the key, the size of the record, its checksum, and that of the header before it."""
_SEARCH = 1 << 20
"""Bytes that are searched at once for the next mark."""


class _Header(NamedTuple):
    mark: bytes
    key: bytes
    size: int
    checksum: bytes
    own: int


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
        depend on besides their sources. Raises ``OSError``, of a journal that is not to be trusted too.
        """
        self.path = os.path.realpath(target) + SUFFIX
        self._rules = rules.encode()
        self._file: int | None = _opened(self.path)
        try:
            self._mark = self._begin()
            # Two columns of 8 bytes: millions of sources need not be known by their whole keys.
            self._keys, self._places = _index(self._file, self._mark)
        except BaseException:
            os.close(self._file)
            raise

    @property
    def earlier(self) -> bool:
        """Whether an earlier run left records."""
        return len(self._keys) > 0

    def recall(self, digest: str, name: str) -> bytes | None:
        """The record of a source of this name and content, if an earlier run got that far."""
        if not self.earlier:
            return None
        if self._file is None:  # in a process that was not forked
            self._file = _opened(self.path, alone=False)
        key = self._key(digest, name)
        short = _short(key)
        for at in range(bisect.bisect_left(self._keys, short), len(self._keys)):
            if self._keys[at] != short:
                return None
            header = _header(self._file, self._places[at], self._mark)
            if header is not None and header.key == key:
                record = _read(self._file, header.size, self._places[at] + _HEADER.size)
                if _checksum(key, record) == header.checksum:
                    return record
        return None

    def record(self, digest: str, name: str, record: bytes) -> None:
        """Remember a finished source. Raises ``OSError`` where that cannot be written."""
        if self._file is None:
            raise OSError(0, "the journal is closed")
        key = self._key(digest, name)
        head = _HEADER.pack(self._mark, key, len(record), _checksum(key, record), 0)[:-4]
        data = head + struct.pack(">I", zlib.crc32(head)) + record
        while data:
            data = data[os.write(self._file, data) :]

    def close(self, *, done: bool) -> None:
        """Keep the journal for another run, or remove it if all is done."""
        if done:
            with contextlib.suppress(OSError):
                os.unlink(self.path)
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_file": None}

    def _begin(self) -> bytes:
        """The mark of the file, which is written if the file is new."""
        assert self._file is not None
        head = _read(self._file, _START, 0)
        if not head:
            head = _MAGIC + secrets.token_bytes(_MARK)
            os.write(self._file, head)
        if len(head) < _START or not head.startswith(_MAGIC):
            _refuse("is no journal of this version")
        return head[len(_MAGIC) :]

    def _key(self, digest: str, name: str) -> bytes:
        parts = (self._rules, digest.encode(), name.encode("utf-8", "surrogatepass"))
        return hashlib.sha256(b"\0".join(parts)).digest()


def _opened(path: str, *, alone: bool = True) -> int:
    """The file, made if need be, open and locked. Raises ``OSError`` if it is not to be trusted."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    while True:
        try:
            handle = os.open(path, flags, 0o600)
        except OSError as error:
            if os.path.islink(path):
                _refuse("is a link", error)
            raise
        try:
            _trust(os.fstat(handle))
            if alone:
                _lock(handle)
            # A run that has just ended may have removed it meanwhile.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), os.lstat(path)):
                    return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _trust(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        _refuse("is no plain file of its own")
    if sys.platform != "win32":
        if status.st_uid != os.geteuid():
            _refuse("belongs to another user")
        if status.st_mode & 0o022:
            _refuse("can be written by other users")


def _lock(handle: int) -> None:
    """Keep the file to this process; unlike ``flock`` this is not inherited by those it starts."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise OSError(
            0, "another run is at work with it; wait for its end, or name another output"
        ) from error
    except OSError:  # a file system without locks
        return


def _refuse(reason: str, cause: Exception | None = None) -> NoReturn:
    raise OSError(0, f"{reason}; remove it to start anew") from cause


def _index(file: int, mark: bytes) -> tuple[array[int], array[int]]:
    """The beginnings of the keys in their order, and where the record of each is."""
    keys, places = array("Q"), array("Q")
    for place, key in _records(file, mark):
        keys.append(_short(key))
        places.append(place)
    order = sorted(range(len(keys)), key=lambda at: (keys[at], -places[at]))  # the latest first
    return array("Q", (keys[at] for at in order)), array("Q", (places[at] for at in order))


def _records(file: int, mark: bytes) -> Iterator[tuple[int, bytes]]:
    """The places and keys of all records whose header is whole."""
    size = os.fstat(file).st_size
    place = _START
    while place < size:
        header = _header(file, place, mark)
        if header is not None and place + _HEADER.size + header.size <= size:
            following = place + _HEADER.size + header.size
            # A record that was cut off has others where its end should be.
            if following == size or _read(file, _MARK, following) == mark:
                yield place, header.key
                place = following
                continue
            yield place, header.key
        found = _find(file, mark, place + 1)
        if found is None:
            return
        place = found


def _find(file: int, mark: bytes, place: int) -> int | None:
    """Where the next mark is."""
    while block := _read(file, _SEARCH, place):
        at = block.find(mark)
        if at >= 0:
            return place + at
        if len(block) < _SEARCH:
            return None
        place += len(block) - _MARK
    return None


def _header(file: int, place: int, mark: bytes) -> _Header | None:
    data = _read(file, _HEADER.size, place)
    if len(data) < _HEADER.size or not data.startswith(mark):
        return None
    header = _Header(*_HEADER.unpack(data))
    return header if header.own == zlib.crc32(data[:-4]) else None


def _read(file: int, size: int, place: int) -> bytes:
    """Up to ``size`` bytes of the file from a place on."""
    if hasattr(os, "pread"):
        return os.pread(file, size, place)
    os.lseek(file, place, os.SEEK_SET)
    return os.read(file, size)


def _checksum(key: bytes, record: bytes) -> bytes:
    return hashlib.blake2b(key + record, digest_size=16).digest()


def _short(key: bytes) -> int:
    return int.from_bytes(key[:8], "big")
