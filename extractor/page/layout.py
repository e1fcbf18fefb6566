"""Takes layout breaks out of a page: source text in, clean text and a map back to the source out.

A newspaper page breaks its lines anywhere, puts blanks where a column ended a line, and cuts a sentence in
two where a column ends (``、72`` / ``名乡村振兴专干``). The clean text has one paragraph per line and no
other line breaks, and no blanks that the layout put between Chinese characters or between them and digits.
Only white space is taken out or put in, so ``squash(source[a:b]) == squash(clean.text[start:end])`` holds
for every span.

Two steps decide where lines are joined:

1. consecutive lines, by the width at which the page wraps its lines, and
2. paragraphs with an empty line between, where the sentence visibly goes on.

What a line is joined on is its punctuation. A headline, section head, byline, dateline or photo credit
stays alone.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extractor.page import marks

_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_LINE_END = re.compile("\r\n?|\n")
_ODD_BREAK = re.compile("[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_ANY_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"\s+")
_PUNCTUATION = re.compile("[。！？；，、,;!?]")
_CLAUSE = re.compile("[。！？；，,;!?]")
_STOP = re.compile("[。！？；!?]")
_COMMA = re.compile("[，,]")
_WRITERS = re.compile("[（(][^（）()。，]{0,8}(?:记者|通讯员|記者|通訊員)[^（）()。，]{0,50}[）)]")
_HALF = r"[^\s“”‘’「」『』《》\"。，,]{2,14}"
_HALVES = re.compile(rf"[“‘「『《\"]{_HALF}(\s+){_HALF}[”’」』》\"]")

_STOPS = frozenset("。！？!?…")
_CLOSERS = frozenset("”’」』》）)】]\"'")
_SOFT = frozenset("，、,（(“‘「『《【+＋~～-·/")
_LEADING = frozenset("，。、；：！？,.;:!?”’」』》）)】]％%")
_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"))
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_SMALLEST_WIDTH = 10  # no newspaper column is narrower, in characters
_LINES_LOOKED_AT = 40  # of a paragraph, so that the cost of joining stays bounded
_CLAUSES_OF_PROSE = 28  # a line with a comma and so many characters is no section head
_NEVER_LAST = frozenset("的将把被让并或各该其这每而")  # characters that lean on what follows
_SELDOM_LAST = frozenset("和与及在对为从以于是向所")  # they do so too, but also end words: 参与, 场所
_NEVER_FIRST = frozenset("的们者则等了")  # characters that lean on what stands before
_MOST_BLANK_LINES = 2  # inside a sentence; more of them part articles


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


class _Line(NamedTuple):
    """A line of the source that holds text: where the text is, the breaks before it, the indent, its
    number.
    """

    start: int
    text: str
    breaks: int
    indent: int
    number: int
    clause: bool  # whether it holds a comma, full stop or the like
    opens: bool  # whether it begins something new: a byline, credit, dateline
    alone: bool  # whether nothing can follow it: a byline, credit, date


def clean(source: str) -> CleanText:
    """Takes the layout breaks out of a source. Works for any string, lone surrogates and NUL included.

    >>> page = clean("据统计，估算投 资 18.5 亿元、选派72\\n\\n名专干下乡。\\n\\n抓党建 促发展\\n")
    >>> page.text
    '据统计，估算投资18.5亿元、选派72名专干下乡。\\n抓党建 促发展'
    >>> at = page.text.index("72名")
    >>> page.source[slice(*page.span(at, at + 3))]
    '72\\n\\n名'
    """
    return _build(source, _join_paragraphs(_join_lines(_lines(source))))


def _lines(source: str) -> list[_Line]:
    """The lines that hold more than blanks."""
    lines: list[_Line] = []
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
        lines.append(_Line(start + indent, text, breaks, indent, number, clause, opens, alone))
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


# Step 1: consecutive lines


def _join_lines(lines: list[_Line]) -> list[list[_Line]]:
    """Consecutive lines of one wrapped paragraph put together."""
    full_any, full_exact = _wrap_widths(lines)
    chunks: list[list[_Line]] = []
    stopped = False  # whether the paragraph so far holds the end of a sentence
    last: _Line | None = None
    for line in lines:
        stops = line.clause and _STOP.search(line.text) is not None
        if last is not None and line.breaks == 1 and not line.opens and not last.alone:
            size = len(last.text)
            full = size in full_any and len(line.text) <= size + 6
            exact = full and size in full_exact
            if full and not last.clause and len(chunks[-1]) == 1 and not _PUNCTUATION.search(last.text):
                full = exact
            if _goes_on_next_line(last, line, full, exact, stopped):
                chunks[-1].append(line)
                stopped = stopped or stops
                last = line
                continue
        chunks.append([line])
        last, stopped = line, stops
    return chunks


def _wrap_widths(lines: list[_Line]) -> tuple[set[int], set[int]]:
    """The lengths at which lines are wrapped: those within three characters of a common length, and within
    one.

    A length is common where enough unfinished lines have it and the page is prose (lines hold punctuation
    inside).
    """
    lengths: Counter[int] = Counter()
    prose = 0
    for line, following in pairwise(lines):
        text = line.text
        if following.breaks == 1 and text[-1] not in _STOPS and _SMALLEST_WIDTH <= len(text) <= 120:
            lengths[len(text)] += 1
            prose += line.clause
    total = lengths.total()
    if total < 3 or prose < total * 0.3:
        return set(), set()
    wide: set[int] = set()
    exact: set[int] = set()
    for length in lengths:
        if lengths[length] + lengths[length - 1] + lengths[length - 2] >= max(3, total * 0.15):
            wide.update(range(length - 3, length + 1))
            exact.update((length - 1, length))
    return wide, exact


def _goes_on_next_line(last: _Line, line: _Line, full: bool, exact: bool, stopped: bool) -> bool:
    """Whether a line continues the one just above it.

    ``full``: the upper line is about as long as the page wraps its lines, ``exact``: just so; ``stopped``:
    the paragraph so far holds the end of a sentence.
    """
    before, after = last.text, line.text
    if after[0] in _LEADING:
        return not (before[-1] in _STOPS and after[0] in "（(【")
    if line.indent > last.indent or (line.indent and not full):
        return False
    end = before[-1]
    if end == "." and before[-2:-1] in _DIGITS and after[0] in _DIGITS:
        return True
    if _ends_sentence(before):  # what was said may still be followed by who said it
        return end in _CLOSERS and exact and not line.indent and line.clause
    if end in _SOFT:
        return True
    numbered = marks.section_number(after) > 0
    if end in "；;":
        return not numbered
    if end in "：:":
        return full and stopped
    if numbered:
        return full and stopped and not _STOP.search(before)
    if end in "—-":
        return full or stopped
    return full or (stopped and line.clause)


def _ends_sentence(text: str) -> bool:
    """Whether the text ends with a full stop, question mark or the like, closing quotation marks behind
    it.
    """
    end = text[-1]
    if end in _STOPS:
        return True
    if end in _CLOSERS and len(text) > 1:
        return text[-2] in _STOPS or (text[-2] in _CLOSERS and text[-3:-2] in _STOPS and text[-3:-2] != "")
    return end == "." and len(text) > 1 and text[-2] < "\u2e80"


# Step 2: paragraphs with empty lines between


def _join_paragraphs(chunks: list[list[_Line]]) -> list[list[_Line]]:
    """Paragraphs that a column break cut in two put together again."""
    joined: list[list[_Line]] = []
    starts: deque[str] = deque(maxlen=4)
    for chunk in chunks:
        first = chunk[0]
        if joined and first.breaks >= 2 and _goes_on_after_gap(joined[-1], chunk, starts):
            joined[-1].extend(chunk)
            continue
        joined.append(chunk)
        if _COMMA.search(first.text[:20]):
            starts.append(first.text[:2])
    return joined


def _goes_on_after_gap(before: list[_Line], after: list[_Line], starts: deque[str]) -> bool:
    """Whether a paragraph continues the one before it, with empty lines between."""
    last, first = before[-1].text, after[0].text
    blank_lines = after[0].breaks - 1
    if blank_lines > _MOST_BLANK_LINES:
        return False
    if first[0] in _LEADING:
        return True
    if last[-1] == "." and last[-2:-1] in _DIGITS and first[0] in _DIGITS:
        return True
    if _ends_sentence(last) or after[0].indent > before[-1].indent or after[0].opens:
        return False
    if len(before) == 1 and (before[0].alone or (len(last) <= 80 and marks.section_number(last))):
        return False
    end = last[-1]
    if end in _SOFT and end not in "-/·":
        return True
    if end in "：:—-" or (blank_lines > 1 and end not in _DIGITS):
        return False
    if end in _DIGITS and first[0] > "\u2e80" and not marks.section_number(first):
        return any(_PUNCTUATION.search(line.text) for line in before[-_LINES_LOOKED_AT:])
    if not any(line.clause for line in after):  # a headline or section head
        return False
    if _hangs_together(last, first):
        return True
    quote = _closes_quote(before, after)
    if quote is not None:
        return quote
    if not _prose(before[-_LINES_LOOKED_AT:]):
        return False
    if end in "；;":
        return not marks.section_number(first)
    if marks.section_number(first) or marks.sentence_opener(first):
        return False
    return not _like_sibling(first, starts)


def _hangs_together(last: str, first: str) -> bool:
    """Whether the words at the gap cannot end a headline or begin a sentence: …的, …并; 的…, 则是…."""
    if last[-1] in _NEVER_LAST or (last[-1] in _SELDOM_LAST and _COMMA.search(last)):
        return True
    if first[0] in _NEVER_FIRST and not first.startswith("了解"):
        return True
    return first[1:2] in ("，", ",", "。", "、")


def _prose(lines: list[_Line]) -> bool:
    """Whether the lines are running text: a full stop inside, or clauses longer than a headline has them."""
    if any(_STOP.search(line.text) for line in lines):
        return True
    size = sum(len(line.text) for line in lines)
    commas = any(_COMMA.search(line.text) for line in lines)
    return commas and (size >= _CLAUSES_OF_PROSE or marks.sentence_opener(lines[0].text))


def _closes_quote(before: list[_Line], after: list[_Line]) -> bool | None:
    """Whether a quotation left open before the gap is closed behind it; ``None`` where none is open."""
    tail = "".join(line.text for line in before[-8:])[-240:]
    head = "".join(line.text for line in after[:8])
    for opening, closing in _QUOTES:
        if tail.rfind(opening) > tail.rfind(closing):
            opens, closes = head.find(opening), head.find(closing)
            if closes >= 0:
                return opens < 0 or closes < opens
            if opens >= 0:
                return False
    tail = tail[max(map(tail.rfind, "。！？")) + 1 :]
    if tail.count('"') % 2 and tail[0] != '"':
        return "".join(line.text for line in after).count('"') % 2 == 1
    return None


def _like_sibling(text: str, starts: deque[str]) -> bool:
    """Whether the text opens as the paragraphs before it do: 实施"促融合"工程, after 实施"抓衔接"工程,.

    Such a row of paragraphs shows a new beginning where the scan lost the end of the paragraph before.
    """
    if not _COMMA.search(text[:20]):
        return False
    return text[:2] in starts or sum(start[0] == text[0] for start in starts) >= 2


# Blanks inside a line, and the text itself


def _build(source: str, paragraphs: list[list[_Line]]) -> CleanText:
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


def _wrapped_by_blanks(paragraphs: list[list[_Line]]) -> bool:
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
    for start, end in found:
        before, after = text[start - 1], text[end]
        if before in _DIGITS or after in _DIGITS:
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
