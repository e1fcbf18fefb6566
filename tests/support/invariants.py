"""What must hold for any input, as functions that raise ``AssertionError``, for hypothesis and the fuzzers."""

from __future__ import annotations

import unicodedata

from extractor.lexicon.folding import fold, visible
from extractor.model import Document, Number
from extractor.numerals.numbers import parse_number
from extractor.numerals.scan import NUMERAL_CHARS, scan
from extractor.page import articles, layout
from extractor.pipeline import examine
from extractor.sources.encodings import DecodingError, decode
from extractor.table.where import WhereError, compile_where

QUALIFIERS = {"exact", "about", "over", "nearly", "under", "at_least", "at_most", "range"}
REASONS = {"date", "ordinal", "name", "code", "idiom", "article", "unit"}


def squash(text: str) -> str:
    """The text without blanks, line breaks and characters that are not seen."""
    return visible("".join(text.split()))


def check_text(text: str) -> Document:
    """The whole way from a text to its rows."""
    document = examine(text)
    rows = sorted([*document.figures, *document.rejections], key=lambda row: row.start)
    end = 0
    for row in rows:
        assert end <= row.start < row.end <= len(text), row
        assert squash(text[row.start : row.end]) == row.text, row
        end = row.end
    for figure in document.figures:
        assert figure.qualifier in QUALIFIERS, figure
        assert figure.value is not None or figure.qualifier == "range", figure
        assert figure.low is None or figure.high is None or figure.low <= figure.high, figure
    assert all(rejection.reason in REASONS and rejection.rule for rejection in document.rejections)
    covered = bytearray(len(text))
    for row in rows:
        covered[row.start : row.end] = b"\1" * (row.end - row.start)
    clean = layout.clean(text)
    for at, (written, folded) in enumerate(zip(clean.text, fold(clean.text), strict=True)):
        numeral = folded in NUMERAL_CHARS or unicodedata.category(written) in ("Nd", "Nl", "No")
        assert not numeral or covered[clean.to_source(at)], (at, written)
    return document


def check_layout(text: str) -> None:
    """Layout, articles, folding and scan: nothing is lost, every place leads back."""
    clean = layout.clean(text)
    assert squash(clean.text) == squash(text)
    assert clean.text == "\n".join(clean.text[p.start : p.end] for p in clean.paragraphs)
    folded = fold(clean.text)
    assert len(folded) == len(clean.text)
    end = 0
    for candidate in scan(folded):
        assert (
            end <= candidate.start < candidate.end
            and folded[candidate.start : candidate.end] == candidate.text
        )
        start, stop = clean.span(candidate.start, candidate.end)
        assert squash(text[start:stop]) == squash(clean.text[candidate.start : candidate.end])
        end = candidate.end
    at = 0
    for number, article in enumerate(articles.split(clean), 1):
        assert article.number == number
        for block in article.blocks:
            assert block.start <= block.end and not clean.text[at : block.start].strip()
            at = block.end
    assert not clean.text[at:].strip()


def check_bytes(data: bytes) -> None:
    """Decoding: a text or one clause that says why not."""
    try:
        text, encoding = decode(data)[:2]
    except DecodingError as error:
        assert str(error) and "\n" not in str(error)
    else:
        assert encoding and not text.startswith("\ufeff\ufeff\ufeff")
        check_layout(text)


def check_number(text: str) -> None:
    """A numeral: a number with bounds around it, or ``ValueError``."""
    try:
        number = parse_number(text)
    except ValueError:
        return
    assert isinstance(number, Number) and number.qualifier in QUALIFIERS
    bounds = [x for x in (number.low, number.value, number.high) if x is not None]
    assert bounds == sorted(bounds), number


def check_where(expression: str) -> None:
    """A condition: compiled and true or false of a figure, or ``WhereError``."""
    try:
        holds = compile_where(expression)
    except WhereError as error:
        assert str(error)
        return
    for figure in examine("全县投资18.5亿元，2-3个村受益。").figures:
        assert holds(figure) in (True, False)
