"""Composes the steps from text to figures. The one place that knows their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from extractor.context import reading, times
from extractor.context.article_days import ArticleDays
from extractor.context.periods import History
from extractor.context.ranking import Weights
from extractor.lexicon.folding import fold
from extractor.lexicon.words import Lexicon, lexicon
from extractor.matching import compiled
from extractor.model import Article, Document, Figure, Rejection
from extractor.numerals import figures
from extractor.numerals.base import base
from extractor.numerals.drafts import Draft, Refusal
from extractor.numerals.scan import Candidate, scan
from extractor.page import articles, layout, outlined
from extractor.page import published as dating
from extractor.page.layout import CleanText
from extractor.sources.documents.extracted import Extracted, Places

_SENTENCE_END = compiled("[。！？!?]+[”’」』\"')）]*")
_LONGEST = 1000  # characters of a sentence that are looked at together


class Passage(NamedTuple):
    """A sentence that holds numerals (or a piece of a very long one), with what was found in it.

    ``text`` is the folded text of the source, ``begin`` and ``finish`` the sentence in it; ``place`` counts the
    article's blocks and the block's sentences from 0.
    """

    text: str
    begin: int
    finish: int
    results: list[Draft | Refusal]
    article: Article
    place: tuple[int, int]
    history: History
    days: ArticleDays


def examine(
    text: str,
    source: str = "-",
    words: Lexicon | None = None,
    published: str = "",
    extracted: Extracted | None = None,
    fallback: str = "",
    fitted: Weights | None = None,
) -> Document:
    """Everything found in the decoded text of one source: its articles, figures and rejected numerals.

    Offsets count characters of ``text``. ``words`` is the lexicon to use, the package's own if none is given;
    ``published`` is the day of publication if the caller knows it (2023-08-15, 2023-08 or 2023).
    ``extracted`` is the document whose text it is: its tables are read cell by cell, its headings are known.
    ``fallback`` is the date of articles that tell none themselves, ``fitted`` are other weights than the package's.

    >>> document = examine("全村共有113户495人。")
    >>> [(figure.text, figure.value, figure.unit) for figure in document.figures]
    [('113户', 113, '户'), ('495人', 495, '人')]
    """
    words = words or lexicon()
    clean, found = laid_out(text, extracted)
    fallback = (extracted.metadata.published if extracted else "") or fallback
    dates = [published or day for day in dates_of_headings(clean, found, extracted)]
    places = extracted.places if extracted else None
    figure_rows: list[Figure] = []
    rejection_rows: list[Rejection] = []
    for passage in passages(clean, found, words, dates, fallback):
        drafts = [result for result in passage.results if isinstance(result, Draft)]
        if drafts:
            reading.read(
                passage.text,
                clean.text,
                passage.begin,
                passage.finish,
                drafts,
                words,
                passage.history,
                passage.place,
                fitted,
            )
        _rows(clean, passage, source, places, figure_rows, rejection_rows)
    if extracted is not None and extracted.tables:
        from extractor.cells.rows import Titled, rows_of  # most texts have none, and it takes long to load

        folded = fold(clean.text)
        titled = [
            Titled(clean.to_source(article.blocks[0].start), article, day or _date(folded, article, fallback))
            for article, day in zip(found, dates, strict=True)
            if article.blocks
        ]
        prose = partial(examine, words=words, fitted=fitted)
        more, refused = rows_of(extracted, source, titled, words, prose, published or fallback)
        figure_rows = sorted([*figure_rows, *more], key=lambda row: row.start)
        rejection_rows = sorted([*rejection_rows, *refused], key=lambda row: row.start)
    return Document(source, tuple(found), tuple(figure_rows), tuple(rejection_rows))


def laid_out(text: str, extracted: Extracted | None) -> tuple[CleanText, list[Article]]:
    """The text without its layout, and its articles: by the headings of a document, where it marks them."""
    if extracted is None:
        clean = layout.clean(text)
        return clean, articles.split(clean)
    tables = [(table.start, table.end) for table in extracted.tables]
    clean = layout.clean(text, without=tables, wrapped=extracted.wrapped)
    if extracted.headings:
        return clean, outlined.split(clean, extracted.headings)
    found = articles.split(clean)
    if extracted.metadata.title and len(found) == 1 and not found[0].title:
        found = [replace(found[0], title=extracted.metadata.title)]
    if extracted.tables and not found:  # nothing but tables
        found = [Article(1, extracted.metadata.title, "", "", "article", 1, text.count("\n") or 1)]
    return clean, found


def dates_of_headings(clean: CleanText, found: Sequence[Article], extracted: Extracted | None) -> list[str]:
    """The date of each article that the heading over it tells, else ""."""
    headings = extracted.headings if extracted else ()
    told = {heading.start: heading.published for heading in headings if heading.published}
    if not told:
        return [""] * len(found)
    starts = [clean.to_source(article.blocks[0].start) if article.blocks else -1 for article in found]
    return [told.get(start, "") for start in starts]


def _date(folded: str, article: Article, fallback: str) -> str:
    """The date of an article by its own folded text; the ``fallback`` where that tells none, or none as exact."""
    own = dating.published(folded, article.blocks)
    return fallback if fallback.startswith(own) else own


def passages(
    clean: CleanText,
    found: Sequence[Article],
    words: Lexicon,
    dates: Sequence[str] = (),
    fallback: str = "",
) -> Iterator[Passage]:
    """The sentences that hold numerals, in order. The history of an article grows as its passages are read.

    ``dates`` are those of the articles, where others than their texts tell them; ``fallback`` is for those that have none.
    """
    folded = fold(clean.text)
    candidates = list(scan(folded))
    position = 0
    for index, article in enumerate(found):
        published = dates[index] if dates else ""
        history = History(times.find, folded, clean.text)
        days: ArticleDays | None = None
        for block_number, block in enumerate(article.blocks):
            for number, (begin, finish) in enumerate(sentences(folded, block.start, block.end)):
                here = []
                while position < len(candidates) and candidates[position].start < finish:
                    if candidates[position].start >= begin:
                        here.append(candidates[position])
                    position += 1
                if not here:
                    history.enter(block_number, number, block.role, begin, finish, [], False)
                for first, last, some in windows(folded, begin, finish, here):
                    results = figures.read(folded, first, last, some, words)
                    if days is None:
                        days = ArticleDays(published or _date(folded, article, fallback))
                    spans = [(result.start, result.end) for result in results if isinstance(result, Draft)]
                    history.enter(block_number, number, block.role, first, last, spans)
                    yield Passage(
                        folded, first, last, results, article, (block_number, number), history, days
                    )


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


def _rows(
    clean: CleanText,
    passage: Passage,
    source: str,
    places: Places | None,
    figure_rows: list[Figure],
    rejection_rows: list[Rejection],
) -> None:
    """Adds the rows of one passage."""
    article = passage.article
    sentence = clean.text[passage.begin : passage.finish].strip()
    passage.days.read(passage.history)
    for result in passage.results:
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
        subject, item, head, action, basis = (
            clean.text[slice(*part)] if part else ""
            for part in (result.subject, result.item, result.head, result.action, result.basis)
        )
        number = result.number
        date_from, date_to = passage.days.of("" if result.undated else result.period)
        base_value, base_unit = base(number.value, result.unit_name)
        figure_rows.append(
            Figure(
                source, article.number, article.title, passage.days.published, article.place, subject, sentence, written,
                item, head, action,
                number.value, number.low, number.high, number.qualifier, result.unit_name, base_value, base_unit, result.kind,
                result.change, basis, result.per, result.period, result.period_from, date_from, date_to, start, end, line,
                places.at(start) if places else "",
                result.rule, result.confidence,
            )
        )  # fmt: skip
