"""Compressed files as streams of bytes: gzip, Zstandard and the members of a ZIP archive.

In goes a path, out come bytes as they are unpacked; nothing is unpacked to disk. What a small file may grow
to is bounded (``Guard``), since a few kilobytes can unpack to many gigabytes. Errors are ``CompressedError``:
one clause with the reason and the remedy. Zstandard needs the library ``zstandard`` (extra ``zstd``).
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import zipfile

GZIP, ZSTD, ZIP = ".gz", ".zst", ".zip"
SUFFIXES = (GZIP, ZSTD)
"""Suffixes of files that hold one compressed file."""

FREE = 64 << 20
"""A compressed file may always grow to this many bytes."""
GROWTH = 200
"""Beyond ``FREE``, to this many times its compressed size. Chinese prose shrinks to a third or a tenth, lists
of equal lines to a hundredth; what grows a thousandfold was made to do harm."""
BUFFER = 1 << 16
LARGEST_TEXT = 256 << 20
"""Bytes that one text, or one record of a corpus, may have where it is read from a compressed file."""


class CompressedError(Exception):
    """A compressed file that cannot be read; one clause with the reason and the remedy."""


def suffix(path: str) -> str:
    """The suffix that tells how a file is compressed, "" if it is not.

    >>> suffix("a.txt.GZ"), suffix("b.jsonl.zst"), suffix("c.txt")
    ('.gz', '.zst', '')
    """
    return next((ending for ending in (*SUFFIXES, ZIP) if path.lower().endswith(ending)), "")


def bare(path: str) -> str:
    """The name without the suffix of the compression.

    >>> bare("b.jsonl.zst"), bare("c.txt")
    ('b.jsonl', 'c.txt')
    """
    return path[: -len(ending)] if (ending := suffix(path)) else path


def opened(path: str) -> BinaryIO:
    """The bytes of a file, unpacked while they are read. Raises ``OSError`` and ``CompressedError``."""
    ending = suffix(path)
    if ending not in SUFFIXES:
        return open(path, "rb")
    raw: Any
    if ending == GZIP:
        import gzip

        raw = gzip.open(path, "rb")  # noqa: SIM115 - closed with the reader
    else:
        try:
            import zstandard
        except ImportError:
            raise CompressedError(
                "Zstandard needs zstandard; install with: python -m pip install 'extract-figures[zstd]'"
            ) from None
        raw = _Frames(open(path, "rb"), zstandard.ZstdDecompressor().decompressobj)  # noqa: SIM115
    return io.BufferedReader(Guard(raw, Budget(os.path.getsize(path))), BUFFER)


def whole(path: str) -> bytes:
    """All bytes of a file, unpacked. Raises ``OSError`` and ``CompressedError``."""
    if suffix(path) not in SUFFIXES:
        with open(path, "rb") as stream:
            return stream.read()
    with opened(path) as stream:
        return bounded(stream)


def bounded(stream: BinaryIO) -> bytes:
    """All bytes of a compressed stream, up to ``LARGEST_TEXT``."""
    data = stream.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise CompressedError(f"more than {LARGEST_TEXT >> 20} MiB in one text; unpack it first")
    return data


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name there, and how to read it. What it may grow to has a bound, and what all
    members together may grow to has another, so that one bomb does not cost the others.
    """

    name: str
    info: zipfile.ZipInfo
    archive: zipfile.ZipFile
    budget: Budget

    def opened(self) -> BinaryIO:
        """Its bytes, unpacked while they are read. Raises ``CompressedError``."""
        try:
            raw = self.archive.open(self.info)
        except MemoryError:
            raise
        except Exception as error:  # as many as there are ways to be broken
            raise CompressedError(_clause(error)) from error
        return io.BufferedReader(Guard(raw, Budget(self.info.compress_size), self.budget), BUFFER)


def members(path: str) -> Iterator[Member]:
    """The files of a ZIP archive in the order of the archive, folders left out. Raises as ``opened`` does."""
    from zipfile import ZipFile

    try:
        archive = ZipFile(path)
    except (MemoryError, OSError):
        raise
    except Exception as error:  # of a broken directory zipfile raises more than its own
        raise CompressedError(_clause(error)) from error
    with archive:
        _refuse_overlap(archive)
        budget = Budget(os.path.getsize(path), free=4 * FREE)
        for info in archive.infolist():
            if info.filename and not info.is_dir():  # a name may be empty
                yield Member(_name(info), info, archive, budget)


def _refuse_overlap(archive: zipfile.ZipFile) -> None:
    """An archive in which two members share bytes was made to do harm: a hundred names for one large file."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise CompressedError(
                "has members that lie over one another, which no packer makes; leave it out"
            )
        # The header of the member itself has 30 bytes and its name at least.
        end = info.header_offset + 30 + len(info.orig_filename) + info.compress_size


class _Frames:
    """The bytes of Zstandard frames, one after another; one that is cut off is an error, not an end.

    The library's own reader takes the end of the file for the end of a frame.
    """

    def __init__(self, raw: BinaryIO, decompressor: Callable[[], Any]) -> None:
        self._raw = raw
        self._decompressor = decompressor
        self._frame: Any = None
        self._ahead = b""
        self._ready = io.BytesIO()

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes, none at the end."""
        while not (data := self._ready.read(size)):
            # A kilobyte unpacks to 32 MiB at most, since 4 bytes may stand for a block of 128 KiB.
            packed = self._ahead or self._raw.read(1024)
            self._ahead = b""
            if not packed:
                if self._frame is not None:
                    raise EOFError("the file is cut off")
                return b""
            if self._frame is None:
                self._frame = self._decompressor()
            self._ready = io.BytesIO(self._frame.decompress(packed))
            if self._frame.eof:
                self._ahead, self._frame = self._frame.unused_data, None
        return data

    def close(self) -> None:
        self._raw.close()


class Budget:
    """How many bytes may still be unpacked: of one compressed file, or of all members of an archive."""

    def __init__(self, size: int, *, growth: int | None = None, free: int | None = None) -> None:
        """``size`` is that of the compressed bytes."""
        self.growth = GROWTH if growth is None else growth
        self.left = max(FREE if free is None else free, self.growth * size)


class Guard(io.RawIOBase):
    """Counts what comes out of a decompressor and stops one that gives too much.

    >>> Guard(io.BytesIO(b"x" * 100), Budget(10, growth=5, free=0)).read(200)
    Traceback (most recent call last):
    extractor.sources.compressed.CompressedError: grows to more than 5 times its size; unpack it first if it is meant
    """

    def __init__(self, raw: Any, *budgets: Budget) -> None:
        self._raw = raw
        self._budgets = budgets

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._raw.read(len(buffer))
        except Exception as error:
            # gzip, zlib, lzma, zipfile and zstandard each raise classes of their own for broken data.
            if isinstance(error, MemoryError):
                raise
            raise CompressedError(_clause(error)) from error
        for budget in self._budgets:
            budget.left -= len(data)
            if budget.left < 0:
                raise CompressedError(
                    f"grows to more than {budget.growth} times its size; unpack it first if it is meant"
                )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Archives made by old Chinese Windows hold GBK, which zipfile reads as CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _clause(error: Exception) -> str:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "is encrypted; unpack it first"
    reason = str(error).rstrip(".") or type(error).__name__
    return f"cannot be unpacked ({reason}); pack it anew, or leave it out"
