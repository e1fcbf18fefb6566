"""What a reader makes of a document: its text, where each piece of it stands, what it says of itself, its tables.

Readers write into an ``Extract`` from top to bottom, one paragraph a line and one row of a table a line, so that
offsets in the text are the offsets of the rows.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.matching import compiled

_BLANKS = compiled(r"[\s\u200b\ufeff]+")
BETWEEN_CELLS = "\t"


class DocumentError(Exception):
    """A document that cannot be read; one clause with the reason and the remedy."""


class OwnTable(DocumentError):
    """A table or report that extract wrote, which is never read as a source: it costs nobody an exit status."""

    def __init__(self) -> None:
        super().__init__("a table that extract wrote, skipped")


class Metadata(NamedTuple):
    """What a document says of itself; "" where it says nothing. ``published`` is ISO, as exact as is known."""

    title: str = ""
    published: str = ""
    author: str = ""
    site: str = ""


class Heading(NamedTuple):
    """A heading: where it stands in the text, and its level from 1. Level 0 begins an item without a headline."""

    start: int
    end: int
    level: int
    published: str = ""


class Cell(NamedTuple):
    """A cell of a table: its text is ``text[start:end]``; row and column from 0, and how many of each it spans.

    ``head`` tells that the document marks it as a header; ``name`` is how a person names it (Sheet1!B5), "" for
    what its headers tell.
    """

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False
    name: str = ""


class Table(NamedTuple):
    """A table: its number in the document, its span of the text, its cells in reading order, what locates it."""

    number: int
    start: int
    end: int
    cells: tuple[Cell, ...]
    caption: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a piece of the text stands in the document: from each offset on, a name that a person can use.

    >>> Places((0, 10), ("段落 1", "段落 2")).at(12)
    '段落 2'
    """

    starts: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    def at(self, offset: int) -> str:
        """The name of the place of an offset, "" before the first."""
        index = bisect_right(self.starts, offset) - 1
        return self.names[index] if index >= 0 else ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document as text. ``wrapped`` tells that its lines are those of a page, to be joined into paragraphs;
    else each line is a paragraph. ``warning`` says in one clause what was left out.
    """

    text: str
    format: str
    places: Places = field(default_factory=Places)
    metadata: Metadata = field(default_factory=Metadata)
    tables: tuple[Table, ...] = ()
    headings: tuple[Heading, ...] = ()
    wrapped: bool = False
    warning: str = ""


class Given(NamedTuple):
    """A cell that a reader hands over: its text, how many rows and columns it spans, whether it is a header."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False
    name: str = ""


@dataclass(slots=True)
class Extract:
    """A document while it is being written down.

    >>> extract = Extract("html")
    >>> extract.paragraph("全县  共有113户。")
    >>> extract.table([[Given("乡镇"), Given("户数")], [Given("甲乡"), Given("40")]])
    >>> done = extract.done()
    >>> done.text
    '全县 共有113户。\\n乡镇\\t户数\\n甲乡\\t40\\n'
    >>> done.places.at(0), [(cell.row, cell.column) for cell in done.tables[0].cells]
    ('段落 1', [(0, 0), (0, 1), (1, 0), (1, 1)])
    """

    format: str
    prefix: str = ""
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    paragraphs: int = 0
    starts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    def paragraph(self, text: str, *, level: int = 0, locator: str = "", published: str = "") -> None:
        """A paragraph on a line of its own, or a heading of a level from 1. Blanks run together; none is empty."""
        text = plain(text)
        if not text:
            return
        self.paragraphs += 1
        self.place(locator or f"{self.prefix}段落 {self.paragraphs}")
        if level:
            self.headings.append(Heading(self.length, self.length + len(text), level, published))
        self._write(text + "\n")

    def lines(self, text: str, locator: str) -> None:
        """Lines that stay as they are, all in one place."""
        self.place(locator)
        self._write(text if text.endswith("\n") else text + "\n")

    def place(self, name: str) -> None:
        """What follows stands here."""
        if not self.names or self.names[-1] != name:
            self.starts.append(self.length)
            self.names.append(name)

    def item(self, published: str = "") -> None:
        """A new item begins here that has no headline."""
        self.headings.append(Heading(self.length, self.length, 0, published))

    def table(self, rows: list[list[Given]], *, caption: str = "", locator: str = "") -> None:
        """A table by rows; a cell that spans stands once, where it begins."""
        begin = self.length
        cells: list[Cell] = []
        taken: dict[tuple[int, int], bool] = {}
        for number, row in enumerate(rows):
            column = 0
            for given in row:
                while taken.pop((number, column), False):
                    column += 1
                text = plain(given.text)
                if cells and column and cells[-1].row == number:
                    self._write(BETWEEN_CELLS)
                cells.append(
                    Cell(
                        self.length, self.length + len(text), number, column,
                        given.rows, given.columns, given.head, given.name,
                    )
                )  # fmt: skip
                self._write(text)
                for below in range(1, given.rows):
                    for beside in range(given.columns):
                        taken[number + below, column + beside] = True
                column += given.columns
            self._write("\n")
        if not any(cell.end > cell.start for cell in cells):
            self._take_back(begin)
            return
        number = len(self.tables) + 1
        name = locator or f"{self.prefix}表{number}"
        self.tables.append(Table(number, begin, self.length, tuple(cells), plain(caption), name))
        if self.names and self.starts[-1] == begin:
            self.starts.pop(), self.names.pop()
        self.starts.append(begin)
        self.names.append(name)
        self.starts.append(self.length)
        self.names.append(f"{self.prefix}段落 {self.paragraphs}" if not locator else name)

    def done(
        self, metadata: Metadata | None = None, *, wrapped: bool = False, warning: str = ""
    ) -> Extracted:
        """The document."""
        return Extracted(
            "".join(self.pieces), self.format, Places(tuple(self.starts), tuple(self.names)),
            metadata or Metadata(), tuple(self.tables), tuple(self.headings), wrapped, warning,
        )  # fmt: skip

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _take_back(self, length: int) -> None:
        while self.length > length:
            self.length -= len(self.pieces.pop())


def plain(text: str) -> str:
    r"""Text with its blanks run together, and without the characters that cannot be written.

    >>> plain(" 共有\n 113户\u200b ")
    '共有 113户'
    """
    return _BLANKS.sub(" ", text).strip()
