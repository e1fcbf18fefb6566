"""Web pages: the main text with its headings, tables and anchors, and what the page says of itself.

trafilatura finds the main text; what it gives has lost spanning cells and anchors, so it only points out the part of
the page that holds that text, which is then read whole by ``markup``. Nothing is fetched.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.matching import compiled
from extractor.sources.documents import dated, markup
from extractor.sources.documents.extracted import DocumentError, Extracted, Metadata, OwnTable, plain
from extractor.sources.documents.furniture import PageExtract
from extractor.sources.documents.words import metadata_of, words

LARGEST = 32 << 20
"""Characters of a page; beyond that it is a data set or was made to do harm."""
_SHARE = 0.85
"""Of the main text that a part of the page must hold to be taken for its place."""
_LINKS = 0.6
"""Of the text of a list or a box; beyond that it only leads elsewhere."""
_PIECE = compiled(r"[^\s，。；：、,;:!?！？（）()]{4,}")
_DATELINE = 400


def read(text: str, name: str = "") -> Extracted:
    """A page. Raises ``DocumentError``, and ``ImportError`` where the libraries are missing."""
    import lxml.html

    if len(text) > LARGEST:
        raise DocumentError(f"a web page of more than {LARGEST >> 20} million characters; cut it")
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise DocumentError(
            f"no web page that can be read ({error}); save it anew, or leave it out"
        ) from error
    if any(
        node.get("content", "").startswith("extract ") for node in root.xpath("//meta[@name='generator']")
    ):
        raise OwnTable
    metadata = _metadata(root)
    main = _main(root, text)
    extract = PageExtract("html")
    title = _headline(root, metadata.title)
    _without_boxes(main)
    if title and not _opens_with(main, title):
        extract.paragraph(title, level=1)
    markup.write(main, extract, anchors=True)
    written = "".join(extract.pieces)[:_DATELINE]
    if not metadata.published:
        metadata = metadata._replace(published=_shown_date(written))
    return extract.done(metadata._replace(title=metadata.title or title))


def _metadata(root: Any) -> Metadata:
    fields: dict[str, str] = {}
    for node in root.iter("meta"):
        key = node.get("name") or node.get("property") or node.get("itemprop") or ""
        if key and node.get("content"):
            fields.setdefault(key.lower(), node.get("content"))
    found = metadata_of(fields)
    if not found.published:
        for node in root.iter("time"):
            if day := dated.of_field(node.get("datetime") or node.text_content()):
                return found._replace(published=day)
    return found


def _headline(root: Any, told: str) -> str:
    """The headline of the page: what it says of itself, its only ``h1``, or its title without the name of the site."""
    heads = [plain(node.text_content()) for node in root.iter("h1")]
    heads = [head for head in heads if head]
    if told and (told in heads or not heads):
        return told
    if len(heads) == 1:
        return heads[0]
    return told or re.split(r"\s*[-_|—–]+\s*", markup.title_of(root))[0]


def _opens_with(main: Any, title: str) -> bool:
    """Whether the headline is in the main text already."""
    return any(plain(node.text_content()) == title for node in main.iter("h1", "h2", "h3")) or (
        plain(main.text_content())[: len(title) + 40].find(title) >= 0
    )


def _main(root: Any, text: str) -> Any:
    """The element that holds the main text."""
    import trafilatura

    body = root.find("body")
    body = root if body is None else body
    for node in body.iter("article", "main"):
        if len(node.text_content()) > 0.5 * len(_own_text(body)):
            return node
    found = trafilatura.extract(
        text,
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    pieces = _PIECE.findall(found or "")
    whole = _holds(body, pieces)
    if not pieces or not whole:
        return body
    here = body
    while True:
        inner = [
            node for node in here if isinstance(node.tag, str) and _holds(node, pieces) >= _SHARE * whole
        ]
        if len(inner) != 1 or markup.tag_of(inner[0]) in ("p", "table", "tbody", "ul", "ol"):
            return here
        here = inner[0]


def _own_text(node: Any) -> str:
    return "".join(node.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"))


def _holds(node: Any, pieces: list[str]) -> int:
    """How many characters of the pieces an element holds."""
    text = "".join(node.text_content().split())
    return sum(len(piece) for piece in pieces if piece in text)


def _without_boxes(main: Any) -> None:
    """Takes out what stands beside the text: navigation, boxes of links, by their names and by what they hold."""
    beside = frozenset(words()["page"]["beside"])
    for node in list(main.iter()):
        if node is main or not isinstance(node.tag, str) or node.getparent() is None:
            continue
        names = set(re.split(r"[\s_-]+", f"{node.get('class') or ''} {node.get('id') or ''}".lower()))
        tag = markup.tag_of(node)
        if (
            tag in ("nav", "aside", "footer")
            or (names & beside and not _is_text(node))
            or _leads_elsewhere(node)
        ):
            node.drop_tree()


def _is_text(node: Any) -> bool:
    """Whether an element is more of the page than a box beside it: it holds sentences and its headline, or a table of figures."""
    text = node.text_content()
    return text.count("。") >= 3 or markup.tag_of(node) in ("table", "tbody", "tr", "td", "h1", "p")


def _leads_elsewhere(node: Any) -> bool:
    """Whether a list or box holds little but links."""
    if markup.tag_of(node) not in ("ul", "ol", "div", "section", "dl"):
        return False
    links = node.findall(".//a")
    if len(links) < 3:
        return False
    whole = len("".join(node.text_content().split()))
    return sum(len("".join(link.text_content().split())) for link in links) > _LINKS * whole


def _shown_date(text: str) -> str:
    """The date of a line like 发布时间：2023-08-15 来源：… near the top."""
    told = "|".join(words()["page"]["published"])
    match = re.search(rf"(?:{told})\s*[:：]?\s*([^\n]{{4,30}})", text)
    return dated.of_field(match[1]) if match else ""
