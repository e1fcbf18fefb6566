"""E-books (EPUB): the chapters in their order, each an article; title, author and date of the package.

The standard library reads them: an e-book is an archive of well-formed pages.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote
from xml.etree import ElementTree

from extractor.matching import compiled
from extractor.sources.documents import markup
from extractor.sources.documents.extracted import DocumentError, Extract, Extracted, Heading
from extractor.sources.documents.packed import Parts
from extractor.sources.documents.words import metadata_of

_ENTITY = compiled(rb"<!ENTITY", re.I)
_DECLARED = compiled(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.-]{1,40})""")


def read(data: bytes, name: str = "") -> Extracted:
    """A book. Raises ``DocumentError``."""
    parts = Parts(data)
    package = _package(parts)
    folder = posixpath.dirname(package)
    root = _xml(parts, package)
    fields: dict[str, str] = {}
    files: dict[str, str] = {}
    spine: list[str] = []
    for node in root.iter():
        tag = markup.tag_of(node)
        if (
            tag == "item"
            and "html" in (node.get("media-type") or "")
            and "nav" not in (node.get("properties") or "").split()
        ):
            files[node.get("id") or ""] = posixpath.normpath(
                posixpath.join(folder, unquote(node.get("href") or ""))
            )
        elif tag == "itemref" and node.get("linear") != "no":
            spine.append(node.get("idref") or "")
        elif tag in ("title", "creator", "date", "publisher"):
            fields.setdefault(tag, "".join(node.itertext()))
    extract = Extract("epub")
    missing = 0
    chapters = 0
    for one in spine:
        if one not in files:
            continue
        if files[one] not in parts.names:
            missing += 1
            continue
        chapters += 1
        _chapter(_page(parts.read(files[one])), extract, chapters)
    if not chapters:
        raise DocumentError("has no chapter that can be read; save it anew, or leave it out")
    return extract.done(
        metadata_of(fields), warning=f"{missing} of its chapters are missing" if missing else ""
    )


def _chapter(page: object, extract: Extract, number: int) -> None:
    """A chapter begins an item, with its headline if it has one."""
    begin, headings = extract.length, len(extract.headings)
    extract.prefix, extract.paragraphs = f"第{number}章 ", 0
    markup.write(page, extract)
    if extract.length == begin:
        return
    inside = extract.headings[headings:]
    titled = bool(inside) and inside[0].start == begin
    del extract.headings[headings:]
    extract.headings.append(Heading(begin, begin, 0))
    for at, one in enumerate(inside):
        extract.headings.append(one._replace(level=1 if titled and not at else max(2, one.level)))


def _package(parts: Parts) -> str:
    if "META-INF/container.xml" in parts.names:
        for node in _xml(parts, "META-INF/container.xml").iter():
            if markup.tag_of(node) == "rootfile" and node.get("full-path"):
                return str(node.get("full-path"))
    found = sorted(name for name in parts.names if name.lower().endswith(".opf"))
    if not found:
        raise DocumentError("is no e-book that can be read: it has no package; leave it out")
    return found[0]


def _xml(parts: Parts, name: str) -> ElementTree.Element:
    data = parts.read(name)
    if _ENTITY.search(data):
        raise DocumentError(f"defines XML entities in {name!r}; leave it out")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DocumentError(f"is broken ({name}: {error}); save it anew, or leave it out") from error


def _page(data: bytes) -> ElementTree.Element:
    """The body of a chapter. Entities that it defines itself stay as they are written."""
    declared = _DECLARED.search(data[:200])
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    root = markup.parse(text.removeprefix("\ufeff"))
    return next((node for node in root.iter() if markup.tag_of(node) == "body"), root)
