"""An Excel workbook: the table with a frozen, filterable header, and behind it the summary, the checks, the numerals
that are no figures, and the sentences, to which every row of the table leads.

Text is written as text, never as a formula or number. A whole number that a cell would round is written as text
with all its digits. Excel holds 32,767 characters of a text (longer text is cut and ends in …), 65,530 links
and 1,048,576 rows of a sheet (the table goes on in a further sheet). Rows go to temporary files as they come, so memory
does not grow with the table. Columns that few look at are folded away behind a plus sign where all columns are
written, so that the sheet can be read and printed; sheets are printed across, as wide as the page, with their header on
each page.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter

from extractor.checks import check
from extractor.model import COLUMNS, REJECTION_COLUMNS, Document, Figure
from extractor.sources.encodings import Decoded
from extractor.table.columns import Layout, Row
from extractor.table.headers import kinds, sheets
from extractor.table.relations import layout as layout_of_checks
from extractor.table.summary import Summary
from extractor.writers import base
from extractor.writers.sheets import MAX_TEXT, Sheet

CREATED = datetime(2000, 1, 1)
"""The date in the file's properties: always the same, so the same table gives the same bytes."""
FOLDED = frozenset(
    {
        "published", "sentence", "head", "base_value", "base_unit", "period_from", "date_from", "date_to", "start", "end", "locator",
        "rule",
    }
)  # fmt: skip
SENTENCES = ("source", "article", "title", "line", "sentence")
LINKED = ("text", "sentence", "item", "subject")
"""The column that leads to the sentence: the first of these that the table has."""


class Writer(base.Writer):
    """Writes a workbook."""

    def begin(self) -> None:
        self._scratch = tempfile.TemporaryDirectory()
        self._book = xlsxwriter.Workbook(
            self.output.stream(),
            {
                "tmpdir": self._scratch.name,
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"created": CREATED})
        self._formats = {name: self._book.add_format(options) for name, options in _formats()}
        self._names = sheets(chinese=bool(self.layout.labels))
        folded = FOLDED if self.layout.columns == COLUMNS else frozenset[str]()
        self._table = self._sheet(
            "table", self.layout, folded=folded, wrapped=not set(self.layout.columns) <= set(COLUMNS)
        )
        self._linked = next((self.layout.columns.index(n) for n in LINKED if n in self.layout.columns), -1)
        self._links: deque[tuple[str, int]] = deque()
        self._sentence: list[Figure] = []
        self._summary = Summary(kinds())
        self._others: dict[str, Sheet] = {}

    def _sheet(self, name: str, layout: Layout, **options: Any) -> Sheet:
        return Sheet(self._book, self._formats, self._names[name], layout, **options)

    def note(self, document: Document, source: Decoded, figures: Sequence[Figure]) -> None:
        if not self._others:
            self._open_others()
        self._summary.add(figures)
        rejected, checks = self._others["rejected"], self._others["checks"]
        for row in rejected.layout.rows(document.rejections):
            rejected.write(row)
        for row in checks.layout.rows(check(document.figures)):
            checks.write(row)

    def _open_others(self) -> None:
        like = replace(self.layout, header=True, kept=())
        rejections = replace(like, columns=REJECTION_COLUMNS)
        self._others = {
            "summary": self._sheet("summary", self._summary.layout(like)),
            "checks": self._sheet("checks", layout_of_checks(like)),
            "rejected": self._sheet("rejected", rejections, wide={"sentence": 80}),
            "sentences": self._sheet("sentences", replace(like, columns=SENTENCES), wide={"sentence": 110}),
        }

    def announce(self, figures: Sequence[Figure]) -> None:
        """Put the sentences of figures on their sheet; the rows that come next lead there."""
        if not self._others:
            self._open_others()
        for figure in figures:
            before = self._sentence[-1] if self._sentence else None
            if before is None or (before.source, before.article, before.sentence) != (
                figure.source, figure.article, figure.sentence,
            ):  # fmt: skip
                self._write_sentence()
            self._sentence.append(figure)
            self._links.append(self._others["sentences"].place)

    def _write_sentence(self) -> None:
        """Write the sentence that is complete, with its figures in bold."""
        if not self._sentence:
            return
        sheet, first = self._others["sentences"], self._sentence[0]
        (row,) = sheet.layout.rows([first])
        texts = [figure.text for figure in self._sentence]
        pieces = marked(str(row[-1]), texts, self._formats["figure"]) if len(str(row[-1])) <= MAX_TEXT else []
        sheet.rich(row, len(SENTENCES) - 1, pieces)
        self._sentence.clear()

    def write(self, rows: Sequence[Row]) -> None:
        if not self._others:  # the table of a summary, small and without sentences
            self._table.fit(rows)
        for row in rows:
            self._table.write(row, self._links.popleft() if self._links else None, self._linked)

    def finish(self) -> None:
        self._write_sentence()
        if self._others:
            summary = self._others["summary"]
            rows = self._summary.rows(summary.layout)
            summary.fit(rows)
            for row in rows:
                summary.write(row)
        for sheet in (self._table, *self._others.values()):
            sheet.end()
        self._book.close()
        self._scratch.cleanup()

    def abort(self) -> None:
        # Closing would write the workbook.
        self._book.fileclosed = True
        self._scratch.cleanup()


def _formats() -> Iterator[tuple[str, dict[str, Any]]]:
    """The formats of cells by name; those that end in ``top`` stand beside text that goes on below."""
    head, right = {"bold": True, "bottom": 1, "bg_color": "#E8EEF4"}, {"align": "right", "indent": 1}
    top = {"valign": "top"}
    yield "head", head
    yield "headright", head | right
    yield "link", {"font_color": "#1A5FB4", "underline": 1}
    yield "folded", {"text_wrap": True} | top
    yield "figure", {"bold": True, "font_color": "#B3261E"}
    yield "top", top
    numbers = {"whole": "#,##0", "fraction": "#,##0.0#########", "share": "0.00", "plain": "General"}
    for name, form in numbers.items():
        yield name, {"num_format": form} | right
        yield f"{name}top", {"num_format": form} | right | top


def marked(sentence: str, texts: Sequence[str], form: Any) -> list[Any]:
    """A sentence in pieces, with a format before each of the texts in it, as ``write_rich_string`` takes it.

    >>> marked("共12户30人。", ["12户", "30人"], "bold")
    ['共', 'bold', '12户', 'bold', '30人', '。']
    """
    pieces: list[Any] = []
    at = 0
    for text in texts:
        place = sentence.find(text, at) if text else -1
        if place < 0:
            continue
        if place > at:
            pieces.append(sentence[at:place])
        pieces += [form, text]
        at = place + len(text)
    return [*pieces, sentence[at:]] if at < len(sentence) else pieces
