"""What a file is that is no plain text: told from its first bytes, whatever its name is.

In go bytes, out comes the kind, or ``None`` for what may be a text. A reader for one of these kinds asks here
whether a file is its own; what nobody reads is named with ``Kind.advice``, and never read as prose.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.matching import compiled

HEAD = 4096
"""Bytes from the beginning of a file that tell its kind."""


class Kind(NamedTuple):
    """A kind of file: a short name for programs, what it is called, and what can be done with it."""

    name: str
    called: str
    remedy: str = "leave it out"

    @property
    def advice(self) -> str:
        """One clause for a message."""
        return f"{self.called}, not a plain text; {self.remedy}"


_AS_TEXT = "save it as text, or leave it out"
_UNPACK = "unpack it first"

PDF = Kind("pdf", "a PDF", "take its text out first (pdftotext -layout), or leave it out")
DOCX = Kind("docx", "a Word document", _AS_TEXT)
XLSX = Kind("xlsx", "an Excel workbook", "save its table as CSV, or leave it out")
PPTX = Kind("pptx", "a PowerPoint presentation", _AS_TEXT)
ODT = Kind("odt", "an OpenDocument file", _AS_TEXT)
EPUB = Kind("epub", "an e-book (EPUB)", _AS_TEXT)
HTML = Kind("html", "a web page (HTML)", _AS_TEXT)
SUBTITLES = Kind("subtitles", "subtitles with time codes", _AS_TEXT)
RTF = Kind("rtf", "a Rich Text document", _AS_TEXT)
OLE = Kind("ole", "an old Word or Excel document", _AS_TEXT)
GZIP = Kind("gzip", "compressed with gzip", "give it a name that ends in .gz")
ZSTD = Kind("zstd", "compressed with Zstandard", "give it a name that ends in .zst")
ZIP = Kind("zip", "a ZIP archive", "give it a name that ends in .zip")
ARCHIVE = Kind("archive", "an archive", _UNPACK)
PARQUET = Kind("parquet", "a Parquet table", "give it a name that ends in .parquet")
SQLITE = Kind("sqlite", "an SQLite database")
IMAGE = Kind("image", "an image", "its text would have to be recognized first; leave it out")
MEDIA = Kind("media", "sound or video")
PROGRAM = Kind("program", "a program")

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b\x08", GZIP),
    (b"\x28\xb5\x2f\xfd", ZSTD),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"SQLite format 3\x00", SQLITE),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"\x00\x00\x01\x00", IMAGE),
    (b"AT&TFORM", IMAGE),
    (b"ID3\x03", MEDIA),
    (b"ID3\x04", MEDIA),
    (b"OggS\x00", MEDIA),
    (b"fLaC\x00", MEDIA),
    (b"\x1aE\xdf\xa3", MEDIA),
    (b"\x7fELF", PROGRAM),
)
_OFFICE = compiled(rb"(?:word|xl|ppt)/")
_OFFICES = {b"word/": DOCX, b"xl/": XLSX, b"ppt/": PPTX}
_MIMETYPE = compiled(rb"mimetypeapplication/(epub\+zip|vnd\.oasis\.opendocument\.)")

_PAGE = compiled(
    r"\A(?>(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->)*)<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[,.][0-9]{3}"
_SUBTITLES = compiled(rf"\A\s*+(?:WEBVTT\b|[0-9]+[ \t]*\r?\n{_TIME} --> {_TIME})")


def of_bytes(data: bytes) -> Kind | None:
    r"""The kind of a file that begins with these bytes (``HEAD`` of them are enough), as far as bytes tell.

    >>> of_bytes(b"%PDF-1.7\n").called, of_bytes("%PDF 是一种格式".encode())
    ('a PDF', None)
    """
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(b"PAR1") and b"\x15" in data[4:6]:
        return PARQUET
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return IMAGE if data[8:12] == b"WEBP" else MEDIA
    if data[4:8] == b"ftyp":
        return IMAGE if data[8:12] in (b"heic", b"heix", b"avif", b"mif1") else MEDIA
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return IMAGE
    if data.startswith(b"MZ") and b"\x00" in data[2:64]:
        return PROGRAM
    return None


def of_text(text: str) -> Kind | None:
    """The kind of a file that is characters but no prose, by the beginning of its text.

    >>> of_text("<!DOCTYPE html><html>").name, of_text("<p>一段话")
    ('html', None)
    """
    head = text[:HEAD]
    if _PAGE.match(head):
        return HTML
    return SUBTITLES if _SUBTITLES.match(head) else None


def _packed(data: bytes) -> Kind:
    """What is inside a ZIP file, by the names of its first members."""
    head = data[:HEAD]
    if match := _MIMETYPE.search(head):
        return EPUB if match[1] == b"epub+zip" else ODT
    if b"[Content_Types].xml" in head or b"_rels/" in head or b"docProps/" in head:
        found = _OFFICE.search(head)
        return _OFFICES[found[0]] if found else DOCX
    return ZIP
