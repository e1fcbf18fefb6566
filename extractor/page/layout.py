"""Takes layout breaks out of a page: source text in, clean text and a map back to the source out.

A newspaper page breaks its lines anywhere, puts blanks where a column ended a line, and cuts a sentence in
two where a column ends (``、72`` / ``名乡村振兴专干``). The clean text has one paragraph per line and no
other line breaks, and no blanks that the layout put between Chinese characters or between them and digits.
Only white space is taken out or put in, so ``squash(source[a:b]) == squash(clean.text[start:end])`` holds
for every span.

``joining`` decides which lines are one paragraph, this module finds the lines and puts the text together.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.lexicon.folding import INVISIBLE, UNSEEN, visible
from extractor.matching import compiled
from extractor.page import marks, seams
from extractor.page.joining import Line, join_lines, join_paragraphs

_LINE = compiled("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_LINE_END = compiled("\r\n?|\n")
_ODD_BREAK = compiled("[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_ANY_BREAK = compiled("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANK = compiled(r"\s+")
_CLAUSE = compiled("[。！？；，,;!?]")
_WRITERS = compiled("[（(][^（）()。，]{0,8}(?:记者|通讯员|記者|通訊員)[^（）()。，]{0,50}[）)]")
# The number of a row of a table, and a gap as wide as only columns have it.
_ROW_NUMBER = compiled(r"([0-9]{1,3})(?:\s{2,}|\t)(?=[\u3400-\u9fff])")
_HALF = r"[^\s“”‘’「」『』《》\"。，,]{2,14}"
_HALVES = compiled(rf"[“‘「『《\"]{_HALF}(\s+){_HALF}[”’」』》\"]")

_DIGITS = frozenset("0123456789０１２３４５６７８９")


class Paragraph(NamedTuple):
    """A paragraph of the clean text: ``text[start:end]``, how many blank lines stand before it, its source
    lines.
    """

    start: int
    end: int
    blank_lines: int
    first_line: int
    last_line: int


class CleanText:
    """A source without its layout breaks, and the way back.

    >>> clean = CleanText("ab", (), "a b", array("q", [0, 1]), array("q", [0, 2]))
    >>> clean.to_source(1), clean.span(0, 2)
    (2, (0, 3))
    """

    __slots__ = ("_clean", "_line_starts", "_offsets", "paragraphs", "source", "text")

    def __init__(
        self,
        text: str,
        paragraphs: tuple[Paragraph, ...],
        source: str,
        clean: array[int],
        offsets: array[int],
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.source = source
        self._clean = clean
        self._offsets = offsets
        self._line_starts: array[int] | None = None

    def pieces(self) -> list[tuple[int, int]]:
        """The pieces of the clean text: where each begins, and where it stands in the source."""
        return list(zip(self._clean, self._offsets, strict=True))

    def to_source(self, index: int) -> int:
        """The offset in the source of character ``index`` of the clean text."""
        piece = max(0, bisect_right(self._clean, index) - 1)
        if piece >= len(self._clean):
            return 0
        return self._offsets[piece] + index - self._clean[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that ``text[start:end]`` came from, its inner layout breaks included."""
        if end <= start:
            at = self.to_source(start)
            return at, at
        pieces = self._clean
        piece = max(0, bisect_right(pieces, start) - 1)
        if piece + 1 < len(pieces) and pieces[piece + 1] < end:
            return self.to_source(start), self.to_source(end - 1) + 1
        shift = self._offsets[piece] - pieces[piece]
        return start + shift, end + shift

    def line(self, offset: int) -> int:
        """The line of the source, from 1, in which the offset lies."""
        if self._line_starts is None:
            self._line_starts = array("q", (m.end() for m in _LINE_END.finditer(self.source)))
        return bisect_right(self._line_starts, offset) + 1


def clean(source: str, *, without: Sequence[tuple[int, int]] = (), wrapped: bool = True) -> CleanText:
    """Takes the layout breaks out of a source. Works for any string, lone surrogates and NUL included.

    ``without`` are spans of whole lines that are left out, as those of tables; a line behind one begins a paragraph.
    Where the source is not ``wrapped``, each line is a paragraph.

    >>> page = clean("据统计，估算投 资 18.5 亿元、选派72\\n\\n名专干下乡。\\n\\n抓党建 促发展\\n")
    >>> page.text
    '据统计，估算投资18.5亿元、选派72名专干下乡。\\n抓党建 促发展'
    >>> at = page.text.index("72名")
    >>> page.source[slice(*page.span(at, at + 3))]
    '72\\n\\n名'
    """
    if not UNSEEN.search(source):
        return _build(source, _paragraphs(_lines(source), without, wrapped))
    seen = visible(source)
    if without:
        without = _seen(source, without)
    return _through(_build(seen, _paragraphs(_lines(seen), without, wrapped)), source)


def _paragraphs(lines: list[Line], without: Sequence[tuple[int, int]], wrapped: bool) -> list[list[Line]]:
    """The lines of each paragraph."""
    if not wrapped:
        return [[line] for part in _outside(lines, without) for line in part]
    if not without:
        return join_paragraphs(join_lines(lines))
    parts = _outside(lines, without)
    return [one for part in parts if part for one in join_paragraphs(join_lines(part))]


def _seen(source: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in the text without its invisible characters."""
    starts, removed = [0], [0]
    for match in INVISIBLE.finditer(source):
        starts.append(match.end())
        removed.append(removed[-1] + match.end() - match.start())
    return [
        (start - removed[bisect_right(starts, start) - 1], end - removed[bisect_right(starts, end) - 1])
        for start, end in spans
    ]


def _through(cleaned: CleanText, source: str) -> CleanText:
    """What was cleaned without its invisible characters, with the way back to the ``source`` that has them."""
    pieces, offsets = array("q"), array("q")
    gaps = [(match.start(), match.end() - match.start()) for match in INVISIBLE.finditer(source)]
    index = removed = 0
    whole = [*cleaned.pieces(), (len(cleaned.text), 0)]
    for (start, at), (end, _) in pairwise(whole):
        pieces_here = [start]
        while index < len(gaps) and gaps[index][0] - removed < at + end - start:
            where = gaps[index][0] - removed - at
            if where > 0:
                pieces.append(pieces_here.pop())
                offsets.append(at + pieces[-1] - start + removed)
                pieces_here.append(start + where)
            removed += gaps[index][1]
            index += 1
        pieces.append(pieces_here.pop())
        offsets.append(at + pieces[-1] - start + removed)
    return CleanText(cleaned.text, cleaned.paragraphs, source, pieces, offsets)


def _outside(lines: list[Line], spans: Sequence[tuple[int, int]]) -> list[list[Line]]:
    """The lines between the spans."""
    parts: list[list[Line]] = [[]]
    spans = sorted(spans)
    at = 0
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
            parts.append([])
        if at == len(spans) or line.start < spans[at][0]:
            parts[-1].append(line)
    return parts


def _lines(source: str) -> list[Line]:
    """The lines that hold more than blanks."""
    lines: list[Line] = []
    breaks = 0
    find_clause = _CLAUSE.search
    opening, closing = marks.opening_chars(), marks.credit_chars()
    for start, raw, more_breaks, number in _raw_lines(source):
        breaks += more_breaks
        text = raw.strip()
        if not text:
            continue
        indent = 0 if len(text) == len(raw) else len(raw) - len(raw.lstrip())
        clause = find_clause(text) is not None
        if clause or len(text) > 80:
            opens = text[0] in opening and marks.opens_text(text)
            alone = text[-1] in closing and marks.credit(text) >= 0
        else:
            opens, alone = _apart(text)
        lines.append(Line(start + indent, text, breaks, indent, number, clause, opens, alone))
        breaks = 0
    return lines


def _raw_lines(source: str) -> Iterator[tuple[int, str, int, int]]:
    """Every line that holds any character: where it starts, the text, the breaks before it, its number."""
    if not _ODD_BREAK.search(source):
        start = breaks = 0
        for number, raw in enumerate(source.split("\n"), 1):
            if raw:
                yield start, raw, breaks, number
                breaks = 0
            start += len(raw) + 1
            breaks += 1
        return
    last_end = 0
    number = 1
    for match in _LINE.finditer(source):
        start, end = match.span()
        gap = source[last_end:start]
        last_end = end
        breaks = len(_ANY_BREAK.findall(gap)) + gap.count("\f")
        number += len(_LINE_END.findall(gap))
        yield start, match[0], breaks, number


def _apart(text: str) -> tuple[bool, bool]:
    """Whether a short line without punctuation begins something new, and whether nothing can follow it:
    bylines, credits, datelines.
    """
    names = bool(marks.byline_names(text))
    credit = marks.credit(text)
    return names or credit == 0 or marks.opens_text(text), names or credit >= 0 or marks.date_line(text)


# Blanks inside a line, and the text itself


def _build(source: str, paragraphs: list[list[Line]]) -> CleanText:
    """Puts the clean text and the map together."""
    pieces: list[str] = []
    starts, offsets = array("q"), array("q")
    result: list[Paragraph] = []
    spaced_out = _wrapped_by_blanks(paragraphs)
    length = 0
    shift = -1  # source offset minus clean offset of the last piece
    for lines in paragraphs:
        if pieces:
            pieces.append("\n")
            length += 1
        begin = length
        last = ""
        for line in lines:
            text = line.text
            if last and last[-1] < "\u2e80" and _latin(last[-1]) and _latin(text[0]):
                pieces.append(" ")
                length += 1
            last = text
            if " " not in text and text.isprintable():  # no blank of any kind
                if line.start - length != shift:
                    shift = line.start - length
                    starts.append(length)
                    offsets.append(line.start)
                pieces.append(text)
                length += len(text)
                continue
            at = 0
            for blank, end, kept in _blanks(text, spaced_out):
                if line.start + at - length != shift:
                    shift = line.start + at - length
                    starts.append(length)
                    offsets.append(line.start + at)
                pieces.append(text[at:blank])
                length += blank - at
                if kept:
                    pieces.append(" ")
                    length += 1
                at = end
            if line.start + at - length != shift:
                shift = line.start + at - length
                starts.append(length)
                offsets.append(line.start + at)
            pieces.append(text[at:] if at else text)
            length += len(text) - at
        result.append(
            Paragraph(begin, length, max(0, lines[0].breaks - 1), lines[0].number, lines[-1].number)
        )
    return CleanText("".join(pieces), tuple(result), source, starts, offsets)


def _wrapped_by_blanks(paragraphs: list[list[Line]]) -> bool:
    """Whether the page has blanks where its lines were wrapped: long lines with a blank every few words."""
    wrapped = prose = 0
    for lines in paragraphs:
        for line in lines:
            size = len(line.text)
            if size > 60:
                prose += size
                if 10 <= size / (line.text.count(" ") + 1) <= 60:
                    wrapped += size
    return wrapped > prose * 0.4


def _blanks(text: str, spaced_out: bool) -> list[tuple[int, int, bool]]:
    """The blanks of a line, each with its end and whether it is kept (as one blank).

    >>> texts = ["估算投 资 18.5 亿元。", "抓党建 促发展", "28 000人", "用 Python 写。"]
    >>> [text for text in texts if _blanks(text, False)[0][2]]
    ['抓党建 促发展', '28 000人', '用 Python 写。']
    """
    found = [match.span() for match in _BLANK.finditer(text)]
    if not found:
        return []
    prose = len(text) > 80 or _CLAUSE.search(text) is not None
    keep = _kept_in_prose(text, spaced_out) if prose else _kept_in_headline(text, spaced_out)
    result = []
    inside = seams.blanks_in_numbers(text) if prose and " " in text else frozenset()
    numbered = _ROW_NUMBER.match(text)
    for start, end in found:
        before, after = text[start - 1], text[end]
        if start in inside:
            kept = False
        elif numbered and start == numbered.end(1):
            kept = True
        elif before in _DIGITS or after in _DIGITS:
            kept = _kept_beside_digit(text, start, end, spaced_out)
        elif _latin(before) or _latin(after):
            kept = not spaced_out or (_latin(before) and _latin(after))
        else:
            kept = keep is True or (keep is not False and start in keep)
        result.append((start, end, kept))
    return result


def _latin(char: str) -> bool:
    """Whether the character is a letter of an alphabet, no Chinese one."""
    return char < "\u2e80" and char.isalpha()


def _kept_beside_digit(text: str, start: int, end: int, spaced_out: bool) -> bool:
    """Whether a blank beside a digit stays: between grouped digits (``28 000``) and beside Latin letters."""
    before, after = text[start - 1], text[end]
    if before in _DIGITS and after in _DIGITS:
        grouped = text[end : end + 3].isdigit() and not text[end + 3 : end + 4].isdigit()
        return grouped or not spaced_out
    return _latin(after if before in _DIGITS else before)


def _kept_in_prose(text: str, spaced_out: bool) -> set[int] | bool:
    """Blanks between Chinese characters that a text needs: between writers' names, before a photo credit, and
    between the halves of a quoted slogan (unless blanks are what the page wraps its lines with)."""
    keep: set[int] = set()
    if "者" in text or "员" in text or "員" in text:
        for match in _WRITERS.finditer(text):
            keep.update(m.start() for m in _BLANK.finditer(text, match.start(), match.end()))
    credit = marks.credit(text)
    if credit > 0:
        keep.update(m.start() for m in _BLANK.finditer(text, max(0, credit - 3)))
    opening = marks.dateline(text)
    if opening:
        keep.update(m.start() for m in _BLANK.finditer(text, 0, opening))
    if not spaced_out:
        keep.update(match.start(1) for match in _HALVES.finditer(text))
    return keep or False


def _kept_in_headline(text: str, spaced_out: bool) -> bool:
    """Whether the blanks of a headline or byline stay: not where every character stands alone, or a wrapped
    head.
    """
    if spaced_out and marks.section_number(text):
        return False
    return any(len(part) > 1 for part in text.split())
