"""PDFs: the text of each page in reading order, its tables, page numbers and running heads taken out.

pypdfium2 gives the characters, of which ``characters`` makes runs; ``columns`` puts these in order. Pages that have ruled lines are
shown to pdfplumber, which finds tables by their rules. A page without a text layer is told.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from extractor.matching import compiled
from extractor.sources.documents import characters, columns, cut_tables, dated
from extractor.sources.documents.columns import Run
from extractor.sources.documents.cut_tables import Grid
from extractor.sources.documents.extracted import (
    DocumentError,
    Extract,
    Extracted,
    Given,
    Heading,
    Metadata,
    plain,
)

PAGES = 5000
RUNS = 20_000
"""Runs of text, or pieces of lines, on a page; a page of more holds a drawing."""
_EDGE = 0.1
"""Of the height of a page, in which running heads and page numbers stand."""
_HEADLINE = 1.3
"""How much larger than most of the text a headline is printed."""
_LONGEST = 60
_PAGE_NUMBER = compiled(
    r"[-—–~·\s]{0,6}(?:第?\s{0,2}\d{1,4}\s{0,2}页?|[ivxlc]{1,6})(?:\s{0,2}[/／，,共]{0,3}\s{0,2}\d{1,4}\s{0,2}页?)?[-—–~·\s]{0,6}",
    re.I,
)
_DIGITS = compiled(r"\d+")
_TITLED = compiled(r"[\u4e00-\u9fff]{2}")


@dataclass(slots=True)
class Page:
    """What stands on a page. y grows downwards."""

    number: int
    height: float
    runs: list[Run] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


def read(data: bytes, name: str = "") -> Extracted:
    """A PDF. Raises ``DocumentError``, and ``ImportError`` where the libraries are missing."""
    import pdfplumber  # noqa: F401 - brings pypdfium2
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        remedy = "is protected by a password; save it without" if "password" in str(error).lower() else (
            "is a broken PDF; save it anew, or leave it out"
        )  # fmt: skip
        raise DocumentError(remedy) from error
    try:
        if len(document) > PAGES:
            raise DocumentError(f"has more than {PAGES:,} pages; cut it")
        pages, ruled, empty = _pages(document)
        if ruled:
            _add_grids(data, [page for page in pages if page.number in ruled])
        metadata = _metadata(document, name)
    finally:
        document.close()
    if not any(page.runs or page.grids for page in pages):
        raise DocumentError(
            "a scan without a text layer; its text would have to be recognized first (ocrmypdf -l chi_sim)"
        )
    _without_running_heads(pages)
    extract = Extract("pdf")
    size = _body_size(pages)
    for page, written in zip(pages, cut_tables.joined([_in_order(page) for page in pages]), strict=True):
        _write(page, written, extract, size)
    shown = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
    return extract.done(metadata, wrapped=True, warning=f"no text layer on p. {shown}" if empty else "")


def _pages(document: Any) -> tuple[list[Page], set[int], list[int]]:
    """The pages with their runs, the numbers of those with ruled lines and of those that hold pictures only."""
    import pypdfium2
    from pypdfium2 import raw

    pages: list[Page] = []
    ruled: set[int] = set()
    empty: list[int] = []
    for index in range(len(document)):
        try:
            source = document[index]
        except pypdfium2.PdfiumError:
            empty.append(index + 1)
            continue
        page = Page(index + 1, source.get_height())
        textpage = source.get_textpage()
        page.runs = characters.runs(textpage, page.height, RUNS)
        kinds = Counter(
            one.type for one, _ in zip(source.get_objects(max_depth=3), range(RUNS), strict=False)
        )
        if not page.runs:
            if kinds[raw.FPDF_PAGEOBJ_IMAGE]:
                empty.append(page.number)
        elif 4 <= kinds[raw.FPDF_PAGEOBJ_PATH] < RUNS:
            ruled.add(page.number)
        textpage.close()
        source.close()
        pages.append(page)
    return pages, ruled, empty


def _add_grids(data: bytes, pages: list[Page]) -> None:
    """Finds the tables of pages by their ruled lines, and takes their text out of the runs."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of every odd font, on each page
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in pages:
                source = document.pages[page.number - 1]
                page.grids = [grid for table in source.find_tables() if (grid := _grid(source, table))]
                source.close()
                for grid in page.grids:
                    page.runs = [run for run in page.runs if not _inside(run, grid.box)]
    except Exception:  # pdfminer has no error of its own for most broken files; the text has been read
        return


def _grid(page: Any, table: Any) -> Grid | None:
    """A table with spanning cells: a cell whose box reaches over several rows or columns. It may be one row that a page cut off."""
    if len(table.cells) < 3:
        return None
    lefts = _borders([cell[0] for cell in table.cells])
    tops = _borders([cell[1] for cell in table.cells])
    if len(lefts) < (2 if len(tops) > 1 else 3):
        return None
    rows: list[list[tuple[int, Given]]] = [[] for _ in tops]
    for box in table.cells:
        text = page.crop(box, strict=False).extract_text(x_tolerance=2) or ""
        row, column = _nearest(tops, box[1]), _nearest(lefts, box[0])
        height = sum(box[1] - 2 <= top < box[3] - 2 for top in tops)
        width = sum(box[0] - 2 <= left < box[2] - 2 for left in lefts)
        rows[row].append((column, Given("".join(text.split("\n")), max(1, height), max(1, width))))
    filled = [[given for _, given in sorted(row, key=lambda pair: pair[0])] for row in rows]
    if sum(bool(given.text.strip()) for row in filled for given in row) < min(4, 2 * len(rows)):
        return None
    return Grid(table.bbox, filled, tuple(lefts))


def _borders(values: list[float]) -> list[float]:
    """Borders that lie closer than a hair's breadth are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2:
            found.append(value)
    return found


def _nearest(borders: list[float], value: float) -> int:
    return min(range(len(borders)), key=lambda at: abs(borders[at] - value))


def _inside(run: Run, box: tuple[float, float, float, float]) -> bool:
    x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _without_running_heads(pages: list[Page]) -> None:
    """Takes page numbers out, and lines at the edge that stand on several pages alike but for their numbers; on two, if all is alike."""
    seen: Counter[str] = Counter()
    same: Counter[str] = Counter()
    for page in pages:
        seen.update({_likeness(run) for run in page.runs if _at_edge(run, page)})
        same.update({_place(run, run.text) for run in page.runs if _at_edge(run, page)})
    often = max(3, len(pages) // 4)
    for page in pages:
        page.runs = [
            run
            for run in page.runs
            if not (
                _at_edge(run, page)
                and (
                    _PAGE_NUMBER.fullmatch(run.text.strip())
                    or seen[_likeness(run)] >= often
                    or same[_place(run, run.text)] >= max(2, often - 1)
                )
            )
        ]


def _likeness(run: Run) -> str:
    return _place(run, _DIGITS.sub("#", run.text))


def _place(run: Run, text: str) -> str:
    return f"{''.join(text.split())} {round(run.top / 8)}"


def _at_edge(run: Run, page: Page) -> bool:
    return run.bottom < _EDGE * page.height or run.top > (1 - _EDGE) * page.height


def _body_size(pages: list[Page]) -> float:
    """The size in which most of the text is printed."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for run in page.runs:
            sizes[round(run.bottom - run.top, 1)] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _write(page: Page, lines: list[tuple[columns.Line, Grid | None]], extract: Extract, size: float) -> None:
    """A page: its lines in reading order, its tables where they stand."""
    where = f"p. {page.number}"
    for line, grid in lines:
        if grid is not None and len(grid.rows) == 1:
            extract.lines("  ".join(given.text for given in grid.rows[0]), where)
        elif grid is not None:
            extract.table(grid.rows, locator=f"{where} 表{len(extract.tables) + 1}")
        else:
            if line.size > _HEADLINE * size and 4 <= len(line.text.strip()) <= _LONGEST:
                extract.headings.append(Heading(extract.length, extract.length + len(line.text), 1))
            extract.lines(line.text, where)


def _in_order(page: Page) -> list[tuple[columns.Line, Grid | None]]:
    """The lines of a page in reading order, each with the table for which it stands."""
    runs = list(page.runs)
    for number, grid in enumerate(page.grids):
        left, top, right, bottom = grid.box
        runs.append(Run(left, top, right, bottom, "", number))
    return [(line, page.grids[line.mark] if line.mark >= 0 else None) for line in columns.lines(runs)]


def _metadata(document: Any, name: str) -> Metadata:
    """Title and author as the file says, if they are words; the day on which it was made."""
    try:
        fields = document.get_metadata_dict(skip_empty=True)
    except Exception:
        return Metadata()
    title = plain(fields.get("Title", ""))
    made = dated.of_field(fields.get("CreationDate", "").removeprefix("D:"))
    good = _TITLED.search(title) and not title.lower().endswith((".doc", ".docx", ".pdf", ".wps"))
    return Metadata(title if good else "", made, plain(fields.get("Author", "")))
