"""Word documents (DOCX): headings, paragraphs, lists, notes and tables, by mammoth; what its properties say."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from extractor.matching import compiled
from extractor.sources.documents import dated, markup
from extractor.sources.documents.extracted import DocumentError, Extract, Extracted, Metadata, plain
from extractor.sources.documents.packed import Parts

_STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='标题'] => h1:fresh",
        "p[style-name='Subtitle'] => p:fresh",
    ]
    + [f"p[style-name='标题 {level}'] => h{level}:fresh" for level in range(1, 7)]
    + [f"p[style-name='heading {level}'] => h{level}:fresh" for level in range(1, 7)]
    + ["p[style-name='Caption'] => p:fresh", "p[style-name='caption'] => p:fresh", "del => "]
)
_BACK = compiled(r'<a href="#[^"]*note-ref-[^"]*">[^<]*</a>')
_MARK = compiled(r'<sup>\s*<a href="#[^"]*note[^"]*"[^>]*>[^<]*</a>\s*</sup>')


def read(data: bytes, name: str = "") -> Extracted:
    """A document. Raises ``DocumentError``, and ``ImportError`` where mammoth is missing."""
    import mammoth

    parts = Parts(data)
    parts.refuse_entities()
    metadata = _properties(parts)
    try:
        # Pictures are left out, linked ones are not fetched.
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {}),
            external_file_access=False,
        ).value
    except Exception as error:  # a broken part makes mammoth fail in many ways
        raise DocumentError(
            f"is broken ({type(error).__name__}: {error}); save it anew, or leave it out"
        ) from error
    extract = Extract("docx")
    markup.write(markup.parse(_BACK.sub("", _MARK.sub("", html))), extract)
    return extract.done(metadata)


def _properties(parts: Parts) -> Metadata:
    """Title, author and date of the core properties. A date is that of the last change: of the making, in a copy, least true."""
    if "docProps/core.xml" not in parts.names:
        return Metadata()
    try:
        root = ElementTree.fromstring(parts.read("docProps/core.xml"))
    except ElementTree.ParseError:
        return Metadata()
    fields = {markup.tag_of(node): plain(node.text or "") for node in root}
    title = fields.get("title", "")
    # Libraries leave titles and authors of their own.
    title = "" if title.lower() in ("word document", "document", "untitled") else title
    author = fields.get("creator", "")
    published = dated.of_field(fields.get("created", "") or fields.get("modified", ""))
    return Metadata(title, published, "" if author.lower() in ("python-docx", "un-named") else author)
