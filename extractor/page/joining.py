"""Decides which lines of a page are one paragraph: consecutive lines, and paragraphs over a gap.

1. Consecutive lines are joined by the width at which the page wraps its lines, and
2. paragraphs with an empty line between, where the sentence visibly goes on.

What a line is joined on is its punctuation. A headline, section head, byline, dateline or photo credit stays alone.
"""

from __future__ import annotations

from collections import Counter, deque
from itertools import pairwise
from typing import NamedTuple

from extractor.matching import compiled
from extractor.page import marks, seams

_PUNCTUATION = compiled("[。！？；，、,;!?]")
_STOP = compiled("[。！？；!?]")
_COMMA = compiled("[，,]")
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


class Line(NamedTuple):
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


# Step 1: consecutive lines


def join_lines(lines: list[Line]) -> list[list[Line]]:
    """Consecutive lines of one wrapped paragraph put together."""
    full_any, full_exact = _wrap_widths(lines)
    chunks: list[list[Line]] = []
    stopped = False  # whether the paragraph so far holds the end of a sentence
    last: Line | None = None
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


def _wrap_widths(lines: list[Line]) -> tuple[set[int], set[int]]:
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


def _goes_on_next_line(last: Line, line: Line, full: bool, exact: bool, stopped: bool) -> bool:
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
    if seams.in_number(before, after):
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
    return full or (stopped and line.clause) or seams.in_word(before, after)


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


def join_paragraphs(chunks: list[list[Line]]) -> list[list[Line]]:
    """Paragraphs that a column break cut in two put together again."""
    joined: list[list[Line]] = []
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


def _goes_on_after_gap(before: list[Line], after: list[Line], starts: deque[str]) -> bool:
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


def _prose(lines: list[Line]) -> bool:
    """Whether the lines are running text: a full stop inside, or clauses longer than a headline has them."""
    if any(_STOP.search(line.text) for line in lines):
        return True
    size = sum(len(line.text) for line in lines)
    commas = any(_COMMA.search(line.text) for line in lines)
    return commas and (size >= _CLAUSES_OF_PROSE or marks.sentence_opener(lines[0].text))


def _closes_quote(before: list[Line], after: list[Line]) -> bool | None:
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
