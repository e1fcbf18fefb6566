"""Documents that are more than text: one module a format, each turns bytes or characters into an ``Extracted``.

Which module reads a source is told by what is in it (``kinds_of_file``), by its name only where content cannot tell:
Markdown with little mark-up, and tables as CSV. A library is imported when the first document of its format comes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from extractor.sources import kinds_of_file
from extractor.sources.documents.extracted import DocumentError, Extracted
from extractor.sources.kinds_of_file import Kind

SUFFIXES = (
    ".html",
    ".htm",
    ".xhtml",
    ".mhtml",
    ".docx",
    ".pdf",
    ".epub",
    ".xlsx",
    ".markdown",
    ".srt",
    ".vtt",
    ".csv",
    ".tsv",
)
"""What is read of a folder besides texts."""


class Reader(NamedTuple):
    """How a format is read: its name, the library and the extra that bring it, and what reads it."""

    format: str
    library: str
    extra: str
    read: Callable[..., Extracted]


def of_bytes(kind: Kind, data: bytes, name: str) -> Extracted | None:
    """A document of bytes, None for a kind that nobody reads. Raises ``DocumentError``."""
    if kind is kinds_of_file.PDF:
        from extractor.sources.documents import pdf

        return _with(Reader("PDF", "pdfplumber", "pdf", pdf.read), data, name)
    if kind is kinds_of_file.DOCX:
        from extractor.sources.documents import word

        return _with(Reader("Word", "mammoth", "docx", word.read), data, name)
    if kind is kinds_of_file.XLSX:
        from extractor.sources.documents import sheets

        return _with(Reader("Excel", "openpyxl", "xlsx", sheets.read), data, name)
    if kind is kinds_of_file.EPUB:
        from extractor.sources.documents import ebook

        return ebook.read(data, name)
    return None


def of_text(kind: Kind | None, text: str, name: str) -> Extracted | None:
    """A document of characters, None for what is no more than text. Raises ``DocumentError``."""
    if kind is kinds_of_file.HTML:
        from extractor.sources.documents import webpage

        return _with(Reader("Web pages", "trafilatura", "html", webpage.read), text, name)
    if kind is kinds_of_file.SUBTITLES:
        from extractor.sources.documents import subtitles

        return subtitles.read(text, name)
    if name.lower().endswith((".csv", ".tsv")):
        from extractor.sources.documents import sheets

        return sheets.of_text(text, name)
    from extractor.sources.documents import markdown

    return markdown.read(text, name) if markdown.is_markdown(text, name) else None


def _with(reader: Reader, content: bytes | str, name: str) -> Extracted:
    try:
        return reader.read(content, name)
    except ImportError as error:
        needs = "need" if reader.format.endswith("s") else "needs"
        raise DocumentError(
            f"{reader.format} {needs} {error.name or reader.library}; "
            f"install with: python -m pip install 'extract-figures[{reader.extra}]'"
        ) from error
