"""The rows of the table of figures that come from the tables of a document.

In go a document and its articles, out come figures and rejections. Words in cells are read as sentences by ``prose``,
which is handed over, so that this wing need not know the pipeline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from extractor.cells import reading, stacked
from extractor.cells.reading import CellFigure, CellText
from extractor.context.dates import Days
from extractor.context.heads import head_of
from extractor.context.kinds import kind_of
from extractor.lexicon.folding import fold
from extractor.lexicon.words import Lexicon
from extractor.matching import compiled
from extractor.model import Article, Document, Figure, Rejection
from extractor.numerals.base import base
from extractor.sources.documents.extracted import Extracted

RULE = "table.cell"
_BARE_YEAR = compiled("(?:19|20)[0-9]{2}")

Prose = Callable[..., Document]


class Titled(NamedTuple):
    """An article: where it begins in the text of the document, and its date."""

    start: int
    article: Article
    published: str


def rows_of(
    extracted: Extracted,
    source: str,
    found: Sequence[Titled],
    words: Lexicon,
    prose: Prose,
    published: str = "",
) -> tuple[list[Figure], list[Rejection]]:
    """The figures and rejections of all tables, each in the article of ``found`` in which its table stands.

    ``published`` is the date of a document that has no article.
    """
    figures: list[Figure] = []
    rejections: list[Rejection] = []
    starts = [one.start for one in found]
    lines = [at for at, char in enumerate(extracted.text) if char == "\n"]
    nowhere = Titled(0, Article(1, extracted.metadata.title, "", "", "article", 1, 1), published)
    for part in stacked.parts(extracted.tables, extracted.text):
        index = max(0, bisect_right(starts, part.table.start) - 1)
        titled = found[index] if found else nowhere
        article = titled.article
        for one in reading.read(part, extracted.text, article.title):
            line = bisect_right(lines, one.start - 1) + 1
            written = "".join(extracted.text[one.start : one.end].split())
            if isinstance(one, CellFigure):
                figures.append(_figure(one, titled, source, written, line, words))
            elif isinstance(one, CellText):
                document = prose(extracted.text[one.start : one.end], source, published=titled.published)
                changes: dict[str, Any] = {"article": article.number, "line": line, "sentence": one.sentence}
                if not one.header:
                    figures.extend(
                        replace(
                            _about(figure, one, titled, words), **changes, title=article.title,
                            published=titled.published, place=article.place,
                            locator=one.locator or extracted.places.at(one.start),
                            start=figure.start + one.start, end=figure.end + one.start,
                        )
                        for figure in document.figures
                    )  # fmt: skip
                else:
                    rejections.extend(
                        Rejection(
                            source, article.number, figure.start + one.start, figure.end + one.start, line,
                            figure.text, "name", "name.table", one.sentence,
                        )
                        for figure in document.figures
                    )  # fmt: skip
                rejections.extend(
                    replace(refused, **changes, start=refused.start + one.start, end=refused.end + one.start)
                    for refused in document.rejections
                )
            else:
                rejections.append(
                    Rejection(
                        source,
                        article.number,
                        one.start,
                        one.end,
                        line,
                        written,
                        one.reason,
                        one.rule,
                        one.sentence,
                    )
                )
    return figures, rejections


def _figure(one: CellFigure, titled: Titled, source: str, written: str, line: int, words: Lexicon) -> Figure:
    """A row of the table."""
    article = titled.article
    kind, unit = kind_of(one.unit, one.spelling, fold(one.item), words)
    number = one.number
    head = head_of(one.item, (0, len(one.item)), words) if one.item else None
    base_value, base_unit = base(number.value, unit)
    period_from = ("sentence" if one.period in one.sentence else "article") if one.period else ""
    date_from, date_to = _days(one.period, titled)
    return Figure(
        source, article.number, article.title, titled.published, article.place, one.subject, one.sentence, written,
        one.item, one.item[slice(*head)] if head else "", "",
        number.value, number.low, number.high, number.qualifier, unit, base_value, base_unit, kind,
        one.change, one.basis, one.per, one.period, period_from, date_from, date_to, one.start, one.end, line,
        one.locator, RULE, one.confidence,
    )  # fmt: skip


def _about(figure: Figure, cell: CellText, titled: Titled, words: Lexicon) -> Figure:
    """A figure of a cell of words, with what its headers say where the words say nothing."""
    if not figure.item and cell.item:
        head = head_of(cell.item, (0, len(cell.item)), words)
        figure = replace(figure, item=cell.item, head=cell.item[slice(*head)] if head else "")
    if not figure.subject and cell.subject:
        figure = replace(figure, subject=cell.subject)
    if not figure.period and cell.period:
        date_from, date_to = _days(cell.period, titled)
        figure = replace(
            figure, period=cell.period, period_from="article", date_from=date_from, date_to=date_to
        )
    return figure


def _days(period: str, titled: Titled) -> tuple[str, str]:
    """The days of a period of a header; there a year needs no 年."""
    told = f"{period}年" if _BARE_YEAR.fullmatch(period) else period
    return Days(titled.published).of(told) if told else ("", "")
