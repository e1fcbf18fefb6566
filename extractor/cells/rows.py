"""The rows of the table of figures that come from the tables of a document.

In go a document and its articles, out come figures and rejections. Words in cells are read as sentences by ``prose``,
which is handed over, so that this wing need not know the pipeline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.cells import reading
from extractor.cells.reading import CellFigure, CellText
from extractor.context.kinds import kind_of
from extractor.lexicon.folding import fold
from extractor.lexicon.words import Lexicon
from extractor.model import Article, Document, Figure, Rejection
from extractor.sources.documents.extracted import Extracted

RULE = "table.cell"

Prose = Callable[[str, str], Document]


def rows_of(
    extracted: Extracted,
    source: str,
    found: Sequence[tuple[int, Article]],
    dates: Mapping[int, str],
    words: Lexicon,
    prose: Prose,
    published: str = "",
) -> tuple[list[Figure], list[Rejection]]:
    """The figures and rejections of all tables. ``found`` are the articles, each with where it begins in the
    text, ``dates`` their dates by number.
    """
    figures: list[Figure] = []
    rejections: list[Rejection] = []
    starts = [start for start, _ in found]
    lines = [at for at, char in enumerate(extracted.text) if char == "\n"]
    nowhere = Article(1, "", "", "", "article", 1, 1)
    for table in extracted.tables:
        index = max(0, bisect_right(starts, table.start) - 1)
        article = found[index][1] if found else nowhere
        date = dates.get(article.number, published)
        for one in reading.read(table, extracted.text):
            line = bisect_right(lines, one.start - 1) + 1
            written = "".join(extracted.text[one.start : one.end].split())
            if isinstance(one, CellFigure):
                figures.append(_figure(one, article, date, source, written, line, words))
            elif isinstance(one, CellText):
                document = prose(extracted.text[one.start : one.end], source)
                changes: dict[str, Any] = {"article": article.number, "line": line, "sentence": one.sentence}
                if not one.header:
                    figures.extend(
                        replace(
                            figure, **changes, title=article.title, published=date, place=article.place, locator=table.locator,
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


def _figure(
    one: CellFigure, article: Article, date: str, source: str, written: str, line: int, words: Lexicon
) -> Figure:
    """A row of the table."""
    kind, unit = kind_of(one.unit, one.spelling, fold(one.item), words)
    number = one.number
    return Figure(
        source, article.number, article.title, date, article.place, one.subject, one.sentence, written, one.item, "",
        number.value, number.low, number.high, number.qualifier, unit, kind, one.change,
        one.basis, one.per, one.period, one.start, one.end, line, one.locator, RULE,
    )  # fmt: skip
