"""A tree of marked-up text (a web page, a chapter, Word and Markdown once they are HTML) as paragraphs and tables.

``parse`` reads well-formed or nearly well-formed HTML with the standard library; ``write`` walks any tree of the form of
``xml.etree`` (lxml has it too) and writes an ``Extract``. Nothing is fetched, whatever a page refers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from extractor.sources.documents.extracted import DocumentError, Extract, Given, plain

DEEPEST = 400
"""Elements inside one another; more was made to do harm."""
WIDEST = 1000
"""Columns or rows that one cell may span."""
LAYOUT = 600
"""Characters in a cell beyond which a table is a means of layout."""

HEADS = {f"h{level}": level for level in range(1, 7)}
VOID = frozenset(
    re.findall(
        r"\w+",
        "area base br col embed hr img input link meta param source track wbr "
    )
)  # fmt: skip
SILENT = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head svg math canvas iframe object audio video button "
        "select option textarea nav rt rp del s strike "
    )
)  # fmt: skip
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd details div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table "
        "tbody td tfoot th thead tr ul caption dialog hgroup "
    )
)  # fmt: skip
# An end tag that a page may leave out: what a start tag closes.
_CLOSES = {
    "li": ("li",), "p": ("p",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",),
    "tr": ("tr", "td", "th"), "td": ("td", "th"), "th": ("td", "th"), "tbody": ("tr", "td", "th", "thead", "tbody"),
}  # fmt: skip
_KEEPS = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "tr": ("table",),
    "td": ("tr",),
    "th": ("tr",),
    "tbody": ("table",),
}


class _Builder(HTMLParser):
    """Puts a tree together from tags that may be nested badly."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.builder.start("html", {})
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        for closed in _CLOSES.get(tag, ()):
            scope = self.open
            for keep in _KEEPS.get(tag, ()):
                if keep in scope:
                    scope = scope[len(scope) - scope[::-1].index(keep) :]
            if closed in scope:
                self._close(closed)
        if len(self.open) > DEEPEST:
            raise DocumentError("has elements nested too deeply; leave it out")
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in self.open:
            self._close(tag)

    def _close(self, tag: str) -> None:
        while self.open:
            last = self.open.pop()
            self.builder.end(last)
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        self.builder.data(data)

    def tree(self) -> Element:
        while self.open:
            self.builder.end(self.open.pop())
        self.builder.end("html")
        return self.builder.close()


def parse(markup: str) -> Element:
    """The tree of a piece of HTML.

    >>> [child.text for child in parse("<ul><li>甲<li>乙</ul>")[0]]
    ['甲', '乙']
    """
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    return builder.tree()


def write(node: Any, extract: Extract, *, anchors: bool = False) -> None:
    """Writes what is inside a node. ``anchors`` locates paragraphs by the ``id`` of what they stand in, where there is one."""
    _Walker(extract, anchors).block(node, "", 0)


def text_of(node: Any) -> str:
    """All text inside a node, as it would be shown."""
    return "".join(_inline(node))


def tag_of(node: Any) -> str:
    """The name of an element; "" for a comment or an instruction."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


class _Walker:
    """Goes through a tree: text that no block parts is one paragraph."""

    def __init__(self, extract: Extract, anchors: bool) -> None:
        self.extract = extract
        self.anchors = anchors
        self.pending: list[str] = []
        self.anchor = ""

    def block(self, node: Any, mark: str, depth: int) -> None:
        """A block and what is inside it; ``mark`` stands before its first paragraph."""
        if depth > DEEPEST:
            raise DocumentError("has elements nested too deeply; leave it out")
        tag = tag_of(node)
        if self.anchors and node.get("id") and (tag in HEADS or tag in ("p", "section", "article")):
            self.anchor = f"#{node.get('id')}"
        if tag in HEADS:
            self.flush()
            self.extract.paragraph("".join(_inline(node)), level=HEADS[tag], locator=self.anchor)
            return
        if tag == "table" and not self._layout(node):
            self.flush()
            self._table(node)
            return
        if tag == "pre":
            self.flush()
            for line in "".join(_inline(node)).split("\n"):
                self.extract.paragraph(line, locator=self.anchor)
            return
        if mark:
            self.pending.append(mark)
        if node.text:
            self.pending.append(node.text)
        for child in node:
            name = tag_of(child)
            if name == "br":
                self.flush()
            elif not name or name in SILENT or _hidden(child):
                pass
            elif name in BLOCKS or _holds_block(child):
                self.flush()
                self.block(child, "", depth + 1)
                self.flush()
            else:
                self.pending.extend(_inline(child))
            if child.tail:
                self.pending.append(child.tail)
        self.flush()

    def flush(self) -> None:
        """The text so far is a paragraph."""
        if self.pending:
            self.extract.paragraph("".join(self.pending), locator=self.anchor)
            self.pending.clear()

    def _layout(self, table: Any) -> bool:
        """Whether a table only puts things side by side: it holds another, or whole paragraphs, or one cell."""
        cells = 0
        for node in table.iter():
            name = tag_of(node)
            if name == "table" and node is not table:
                return True
            if name in ("td", "th"):
                cells += 1
                if sum(map(len, _inline(node))) > LAYOUT:
                    return True
        return cells < 2

    def _table(self, table: Any) -> None:
        rows: list[list[Given]] = []
        caption = ""
        heads = {id(row) for part in table if tag_of(part) == "thead" for row in part}
        for node in table.iter():
            name = tag_of(node)
            if name == "caption":
                caption = text_of(node)
            elif name == "tr":
                in_head = id(node) in heads
                rows.append(
                    [
                        Given(
                            text_of(cell), _span(cell.get("rowspan")), _span(cell.get("colspan")),
                            in_head or tag_of(cell) == "th",
                        )
                        for cell in node
                        if tag_of(cell) in ("td", "th")
                    ]
                )  # fmt: skip
        if caption:
            self.extract.paragraph(caption, locator=self.anchor)
        if any(rows):
            self.extract.table(rows, caption=caption)


def _inline(node: Any) -> Iterator[str]:
    """The text inside a node; a line break is a blank, and so is the border of a block."""
    if node.text:
        yield node.text
    for child in node:
        name = tag_of(child)
        if name == "br":
            yield "\n"
        elif name and name not in SILENT and not _hidden(child):
            if name in BLOCKS:
                yield "\n"
            yield from _inline(child)
            if name in BLOCKS:
                yield "\n"
        if child.tail:
            yield child.tail


def _holds_block(node: Any) -> bool:
    return any(tag_of(child) in BLOCKS for child in node.iter() if child is not node)


def _hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or "display:none" in style or node.get("aria-hidden") == "true"


def _span(value: str | None) -> int:
    """How many rows or columns a cell spans.

    >>> _span("2"), _span(None), _span("0"), _span("99999999")
    (2, 1, 1, 1000)
    """
    match = re.match(r"\s*(\d{1,9})", value or "", re.ASCII)
    return min(max(int(match[1]), 1), WIDEST) if match else 1


def title_of(node: Any) -> str:
    """What stands in the ``title`` of a page."""
    for child in node.iter():
        if tag_of(child) == "title":
            return plain("".join(child.itertext()))
    return ""
