"""Takes in documents one by one and keeps what the page needs: articles cut into runs, figures, rejections.

A figure is known by its number in the report, from 1 in reading order; a rejected numeral likewise.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.checks import Check, badges_of, check
from extractor.model import Article, Block, Document, Figure, Rejection
from extractor.page.layout import CleanText, clean
from extractor.sources.documents.extracted import Extracted, Table
from extractor.sources.encodings import text_digest


class Run(NamedTuple):
    """A piece of a block. ``figure`` and ``rejection`` are numbers in the report, 0 for plain text; ``sort``
    is the kind or the reason, ``status`` that of the arithmetic check that the figure takes part in.
    """

    text: str
    figure: int = 0
    rejection: int = 0
    sort: str = ""
    status: str = ""


class Part(NamedTuple):
    """A block with its role; ``dateline`` holds the runs that open it, 本报拉萨讯(记者 …)."""

    role: str
    runs: list[Run]
    dateline: list[Run]
    table: list[list[TableCell]] = []  # noqa: RUF012 - never changed


class TableCell(NamedTuple):
    """A cell of a table of the document."""

    runs: list[Run]
    rows: int
    columns: int


@dataclass(slots=True)
class Collection:
    """Everything that was taken in: articles with the index of their source, figures and rejections with, in
    ``figure_articles`` and ``rejection_articles``, the index of their article.
    """

    sources: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    """The SHA-256 of the text of every source."""
    articles: list[tuple[int, Article]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    figure_articles: list[int] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    rejection_articles: list[int] = field(default_factory=list)
    checks: list[tuple[Check, list[int]]] = field(default_factory=list)
    """The arithmetic checks, each with the numbers of its figures (0 for one that is not shown)."""
    seams: list[list[int]] = field(default_factory=list)
    """Of every article, where its text stands in the source: the length of a piece and its offset there, in turn."""

    def add(
        self, document: Document, text: str, figures: Sequence[Figure], extracted: Extracted | None = None
    ) -> Iterator[tuple[int, Article, list[Part]]]:
        """Take in a document with those of its figures that are to be shown.

        ``extracted`` is the document with its tables, if it is more than text.
        Yields each article with its index in the report and its parts, to be set and let go of.
        """
        tables = extracted.tables if extracted else ()
        inside = [(table.start, table.end) for table in tables]
        cleaned = clean(text, without=inside, wrapped=extracted.wrapped if extracted else True)
        cells: list[_Found] = []
        source = len(self.sources)
        self.sources.append(document.source)
        self.digests.append(text_digest(text))
        found: dict[int, list[_Found]] = {}
        at = {article.number: len(self.articles) + i for i, article in enumerate(document.articles)}
        checks = check(document.figures)
        badges = badges_of(checks)
        numbers: dict[tuple[int, int], int] = {}
        for figure in sorted(figures, key=lambda one: one.start):
            self.figures.append(figure)
            self.figure_articles.append(at.get(figure.article, 0))
            here = _within(inside, figure.start)
            span = (figure.start, figure.end) if here else _clean_span(cleaned, figure.start, figure.end)
            number = numbers[figure.start, figure.end] = len(self.figures)
            status = badges.get((figure.start, figure.end), "")
            place = cells if here else found.setdefault(figure.article, [])
            place.append(_Found(*span, number, 0, figure.kind, status))
        self.checks += [(made, [numbers.get(span, 0) for span in made.spans]) for made in checks]
        for rejection in document.rejections:
            self.rejections.append(rejection)
            self.rejection_articles.append(at.get(rejection.article, 0))
            here = _within(inside, rejection.start)
            span = (
                (rejection.start, rejection.end)
                if here
                else _clean_span(cleaned, rejection.start, rejection.end)
            )
            place = cells if here else found.setdefault(rejection.article, [])
            place.append(_Found(*span, 0, len(self.rejections), rejection.reason))
        cells.sort()
        starts = [cleaned.to_source(one.blocks[0].start) if one.blocks else 0 for one in document.articles]
        for article in document.articles:
            index = len(self.articles)
            self.articles.append((source, article))
            self.seams.append(_seams(cleaned, article))
            parts = list(_parts(cleaned, article, sorted(found.get(article.number, []))))
            own = [one for one in tables if max(0, bisect_right(starts, one.start) - 1) == article.number - 1]
            yield index, article, _with_tables(parts, cleaned, article, own, text, cells)


class _Found(NamedTuple):
    """A figure or rejection by its span in the clean text."""

    start: int
    end: int
    figure: int
    rejection: int
    sort: str
    status: str = ""


def _within(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether an offset lies in one of some spans in order."""
    at = bisect_right(spans, (offset, sys.maxsize)) - 1
    return at >= 0 and offset < spans[at][1]


def _with_tables(
    parts: list[Part],
    cleaned: CleanText,
    article: Article,
    tables: Sequence[Table],
    text: str,
    found: list[_Found],
) -> list[Part]:
    """The parts of an article with its tables where they stand."""
    if not tables:
        return parts
    blocks = [block for block in article.blocks if not _opens(article, block)]
    starts = [cleaned.to_source(block.start) for block in blocks]
    done: list[Part] = []
    at = 0
    for table in tables:
        before = bisect_right(starts, table.start)
        done += parts[at:before]
        at = max(at, before)
        rows: dict[int, list[TableCell]] = {}
        for cell in table.cells:
            first = bisect_left(found, (cell.start,))
            here = []
            while first < len(found) and found[first].start < cell.end:
                here.append(found[first])
                first += 1
            runs = list(_runs(text, Block(cell.start, cell.end, "body"), here))
            rows.setdefault(cell.row, []).append(TableCell(runs, cell.rows, cell.columns))
        done.append(Part("table", [], [], list(rows.values())))
    return done + parts[at:]


def _opens(article: Article, block: Block) -> bool:
    """Whether a block is a dateline that is shown with the paragraph behind it."""
    return block.role == "byline" and any(
        other.role == "body" and other.start == block.end for other in article.blocks
    )


def _seams(cleaned: CleanText, article: Article) -> list[int]:
    """The pieces of an article's text as it is shown, block after block: the length of each, and its offset in the source.

    >>> from extractor.pipeline import examine
    >>> text = "投资 18.5 亿元，选派72\\n\\n名干部。"
    >>> _seams(clean(text), examine(text).articles[0])
    [2, 0, 4, 3, 7, 8, 4, 17]
    """
    found: list[int] = []
    begins = [begin for begin, _ in cleaned.pieces()]
    for block in article.blocks:
        at = block.start
        while at < block.end:
            after = bisect_right(begins, at)
            end = min(block.end, begins[after]) if after < len(begins) else block.end
            found += (end - at, cleaned.to_source(at))
            at = end
    return found


def _clean_span(cleaned: CleanText, start: int, end: int) -> tuple[int, int]:
    """The span of the clean text that shows a span of the source; the way back of ``CleanText.span``.

    >>> cleaned = clean("投资 18.5 亿元，选派72\\n\\n名干部。")
    >>> [cleaned.text[slice(*_clean_span(cleaned, *span))] for span in ((3, 10), (13, 18))]
    ['18.5亿元', '72名']
    """
    positions = range(len(cleaned.text))
    first = bisect_left(positions, start, key=cleaned.to_source)
    return first, max(first, bisect_right(positions, end - 1, key=cleaned.to_source))


def _parts(cleaned: CleanText, article: Article, found: list[_Found]) -> Iterator[Part]:
    """The blocks of an article; a dateline goes to the paragraph that it opens."""
    at = 0
    dateline: list[Run] = []
    blocks = article.blocks
    for number, block in enumerate(blocks):
        here = []
        while at < len(found) and found[at].start < block.end:
            here.append(found[at])
            at += 1
        runs = list(_runs(cleaned.text, block, here))
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.role == "byline" and following and following.role == "body" and following.start == block.end:
            dateline = runs
            continue
        yield Part(block.role, runs, dateline)
        dateline = []


def _runs(text: str, block: Block, found: list[_Found]) -> Iterator[Run]:
    """A block cut at its figures and rejections. Were two to overlap, the later one gets what is left."""
    at = block.start
    for one in found:
        start, end = max(one.start, at), min(max(one.end, at), block.end)
        if at < start:
            yield Run(text[at:start])
        yield Run(text[start:end], one.figure, one.rejection, one.sort, one.status)
        at = end
    if at < block.end:
        yield Run(text[at : block.end])
