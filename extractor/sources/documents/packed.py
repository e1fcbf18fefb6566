"""Documents that are ZIP archives inside (Word, Excel, e-books): their parts, within bounds.

A few kilobytes can unpack to gigabytes, and XML can define entities that multiply or name files elsewhere; such a
document is refused before any library sees it.
"""

from __future__ import annotations

import io
import re
from zipfile import BadZipFile, ZipFile, ZipInfo

from extractor.matching import compiled
from extractor.sources.documents.extracted import DocumentError

LARGEST = 256 << 20
"""Bytes that all parts together may unpack to."""
GROWTH = 200
"""How many times its packed size a part larger than ``FREE`` may have."""
FREE = 8 << 20
PARTS = 20_000
_ENTITY = compiled(rb"<!(?:ENTITY|DOCTYPE)|<\0!\0(?:E\0N\0T|D\0O\0C)|\0<\0!\0(?:E\0N\0T|D\0O\0C)", re.I)
_XML = (".xml", ".rels", ".opf", ".ncx")


class Parts:
    """The parts of a packed document by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = ZipFile(io.BytesIO(data))
            infos = self._archive.infolist()
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise DocumentError(
                f"is broken ({str(error).lower() or 'no archive'}); save it anew, or leave it out"
            ) from error
        self._check(infos)
        self.names = {info.filename: info for info in infos}

    def read(self, name: str) -> bytes:
        """The bytes of a part. ``DocumentError`` where there is none, or it is broken or encrypted."""
        info = self.names.get(name)
        if info is None:
            raise DocumentError(f"has no part {name!r}; save it anew, or leave it out")
        try:
            with self._archive.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except RuntimeError as error:
            raise DocumentError("is encrypted; save it without a password") from error
        except Exception as error:  # zlib, lzma and zipfile each have errors of their own
            raise DocumentError(f"is broken ({error}); save it anew, or leave it out") from error
        if len(data) > info.file_size:
            raise DocumentError("unpacks to more than it says; leave it out")
        return data

    def refuse_entities(self) -> None:
        """XML of Word and Excel has no document type; what has one was made to do harm."""
        for name in self.names:
            if name.lower().endswith(_XML) and _ENTITY.search(self.read(name)):
                raise DocumentError(f"defines XML entities in {name!r}, which no writer does; leave it out")

    @staticmethod
    def _check(infos: list[ZipInfo]) -> None:
        if len(infos) > PARTS:
            raise DocumentError(f"has more than {PARTS:,} parts; leave it out")
        whole = end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            whole += info.file_size
            if whole > LARGEST or info.file_size > max(FREE, GROWTH * info.compress_size):
                raise DocumentError("grows to many times its size when it is unpacked; leave it out")
            if info.header_offset < end:
                raise DocumentError(
                    "has parts that lie over one another, which no writer makes; leave it out"
                )
            end = info.header_offset + 30 + len(info.orig_filename) + info.compress_size
