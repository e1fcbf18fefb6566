"""Composes the steps from text to figures. The one place that knows their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from extractor.cells.rows import rows_of
from extractor.context import periods
from extractor.context import reading as context
from extractor.lexicon.folding import fold
from extractor.lexicon.words import Lexicon, lexicon
from extractor.model import Article, Document, Figure, Rejection
from extractor.numerals import figures
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.scan import Candidate, scan
from extractor.page import articles, layout, outlined
from extractor.page.layout import CleanText
from extractor.sources.documents import dated
from extractor.sources.documents.extracted import Extracted

_SENTENCE_END = re.compile("[。！？!?]+[”’」』\"')）]*")
_DATED = re.compile(r"(?:发布|发表|更新|印发)?(?:时间|日期)\s*[:：]")
_LONGEST = 1000  # characters of a sentence that are looked at together


def examine(
    text: str,
    source: str = "-",
    words: Lexicon | None = None,
    extracted: Extracted | None = None,
    published: str = "",
) -> Document:
    """Everything found in the decoded text of one source: its articles, figures and rejected numerals.

    Offsets count characters of ``text``. ``words`` is the lexicon to use, the package's own if none is given.
    ``extracted`` is the document whose text it is: its tables are read cell by cell, its headings are known.
    ``published`` is the date of articles that tell none themselves.

    >>> document = examine("全村共有113户495人。")
    >>> [(figure.text, figure.value, figure.unit) for figure in document.figures]
    [('113户', 113, '户'), ('495人', 495, '人')]
    """
    words = words or lexicon()
    if extracted is None:
        clean = layout.clean(text)
        found = articles.split(clean)
    else:
        tables = [(table.start, table.end) for table in extracted.tables]
        clean = layout.clean(text, without=tables, wrapped=extracted.wrapped)
        found = outlined.split(clean, extracted.headings) if extracted.headings else articles.split(clean)
        if not extracted.headings and extracted.metadata.title and len(found) == 1 and not found[0].title:
            found = [replace(found[0], title=extracted.metadata.title)]
    if extracted is not None and extracted.tables and not found:
        lines = text.count("\n") or 1
        found = [Article(1, extracted.metadata.title, "", "", "article", 1, lines)]
    locator = extracted.places.at if extracted else _nowhere
    folded = fold(clean.text)
    candidates = list(scan(folded))
    figure_rows: list[Figure] = []
    rejection_rows: list[Rejection] = []
    position = 0
    for article in found:
        period = ""
        date = _date(clean, article, published)
        for block in article.blocks:
            for begin, finish in sentences(folded, block.start, block.end):
                here = []
                while position < len(candidates) and candidates[position].start < finish:
                    if candidates[position].start >= begin:
                        here.append(candidates[position])
                    position += 1
                for first, last, some in windows(folded, begin, finish, here):
                    period = _sentence(
                        clean,
                        folded,
                        first,
                        last,
                        some,
                        article,
                        source,
                        period,
                        words,
                        date,
                        locator,
                        figure_rows,
                        rejection_rows,
                    )
    if extracted is not None and extracted.tables:
        starts = [
            (clean.to_source(article.blocks[0].start) if article.blocks else 0, article) for article in found
        ]
        dates = {article.number: _date(clean, article, published) for article in found}
        more, refused = rows_of(
            extracted, source, starts, dates, words, partial(examine, words=words), published
        )
        figure_rows = sorted([*figure_rows, *more], key=lambda row: row.start)
        rejection_rows = sorted([*rejection_rows, *refused], key=lambda row: row.start)
    return Document(source, tuple(found), tuple(figure_rows), tuple(rejection_rows))


def _nowhere(offset: int) -> str:
    return ""


def _date(clean: CleanText, article: Article, published: str) -> str:
    """When an article was published: as the line under its headline tells, or as its source does."""
    for block in article.blocks:
        if block.role in ("byline", "body"):
            line = clean.text[block.start : block.end][:80]
            if (block.role == "byline" or _DATED.match(line)) and len(day := dated.of_field(line)) == 10:
                return day
            if block.role == "body":
                break
    return published


def sentences(text: str, begin: int, finish: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of a block."""
    at = begin
    for match in _SENTENCE_END.finditer(text, begin, finish):
        yield at, match.end()
        at = match.end()
    if at < finish:
        yield at, finish


def windows(
    text: str, begin: int, finish: int, candidates: list[Candidate]
) -> Iterator[tuple[int, int, list[Candidate]]]:
    """A sentence with its candidates, in pieces where it is longer than any sentence that somebody wrote.

    Rules look from each number over its whole sentence, and each row holds it, so without a bound a text without a
    full stop would cost the square of its length. Pieces end with a clause, or before a candidate; one that is the
    unit of the number right before it (5千米) stays with that number.
    """
    if not candidates:
        return
    if finish - begin <= _LONGEST:
        yield begin, finish, candidates
        return
    first = 0
    begin = max(begin, candidates[0].start - _LONGEST)
    for index, candidate in enumerate(candidates):
        before = candidates[index - 1].end
        longest = 2 * _LONGEST if before == candidate.start else _LONGEST
        if index > first and candidate.end - begin > longest:
            clause = max(text.rfind(mark, before, candidate.start) for mark in "；;，,、\n") + 1
            border = clause or candidate.start
            yield begin, min(border, before + _LONGEST), candidates[first:index]
            begin, first = max(border, candidate.start - _LONGEST), index
    yield begin, min(finish, candidates[-1].end + _LONGEST), candidates[first:]


def _sentence(
    clean: CleanText,
    folded: str,
    begin: int,
    finish: int,
    candidates: list[Candidate],
    article: Article,
    source: str,
    period: str,
    words: Lexicon,
    date: str,
    locator: Callable[[int], str],
    figure_rows: list[Figure],
    rejection_rows: list[Rejection],
) -> str:
    """Adds the rows of one sentence. Returns the period that the next sentence inherits."""
    results = figures.read(folded, begin, finish, candidates, words)
    sentence = clean.text[begin:finish].strip()
    drafts = [result for result in results if isinstance(result, Draft)]
    spans = (
        periods.find(folded, begin, finish, [(draft.start, draft.end) for draft in drafts]) if results else []
    )
    if drafts:
        context.read(folded, begin, finish, drafts, words)
    for result in results:
        start, end = clean.span(result.start, result.end)
        line = clean.line(start)
        written = "".join(clean.text[result.start : result.end].split())
        if isinstance(result, Refusal):
            rejection_rows.append(
                Rejection(
                    source, article.number, start, end, line, written, result.reason, result.rule, sentence
                )
            )
            continue
        span = periods.governing(folded, begin, spans, result.start)
        item, action, basis = (
            clean.text[slice(*part)] if part else "" for part in (result.item, result.action, result.basis)
        )
        number = result.number
        figure_rows.append(
            Figure(
                source, article.number, article.title, date, article.place, "", sentence, written, item, action,
                number.value, number.low, number.high, number.qualifier, result.unit_name, result.kind, result.change,
                basis, result.per, clean.text[span[0] : span[1]] if span else period, start, end, line, locator(start), result.rule,
            )
        )  # fmt: skip
    return clean.text[slice(*spans[-1])] if spans else period
