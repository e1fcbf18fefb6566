"""What a paragraph of a page is by itself: body, short line, byline, credit, photo note, date or closing."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.matching import compiled
from extractor.page import marks
from extractor.page.layout import CleanText

_LONGEST_HEADLINE = 60
_BRACKETED = compiled("[（(]([^（）()]+)[）)]")
_STOP_INSIDE = compiled("[。；;]")
_SENTENCE_END = frozenset("。；;，,、…")
_QUOTE_ENDS = "”’」』》）)】\"'"


@dataclass(slots=True)
class Part:
    """A paragraph and what it is by itself: body, short, byline, credit, photo, author, date or closing."""

    start: int
    end: int
    gap: int
    first_line: int
    last_line: int
    text: str
    sort: str
    dateline: int = 0
    names: str = ""


def part_of(clean: CleanText, index: int) -> Part:
    """A paragraph of the clean text with its sort."""
    paragraph = clean.paragraphs[index]
    text = clean.text[paragraph.start : paragraph.end]
    part = Part(
        paragraph.start,
        paragraph.end,
        paragraph.blank_lines,
        paragraph.first_line,
        paragraph.last_line,
        text,
        "body",
    )
    part.dateline = marks.dateline(text)
    if part.dateline:
        part.names = _names_inside(text[: part.dateline])
        part.sort = "body"
        return part
    if len(text) <= 80:
        if marks.credit(text) == 0:
            part.sort, part.names = "credit", credit_names(text)
            return part
        part.names = marks.byline_names(text)
        if part.names:
            part.sort = "byline"
            return part
    if marks.photo(text):
        part.sort = "photo"
    elif marks.date_line(text):
        part.sort = "date"
    elif marks.closing(text) or _bracketed(text):
        part.sort = "closing"
    elif _is_short(text):
        part.sort = "short"
    return part


def _bracketed(text: str) -> bool:
    """Whether a line stands in brackets as a whole: a note on the writer, （某大学 张三）."""
    return len(text) <= 40 and text[0] in "（(" and text[-1] in "）)"


def _is_short(text: str) -> bool:
    """Whether a line can be a headline or section head: short, no closing punctuation."""
    if len(text) > _LONGEST_HEADLINE or _STOP_INSIDE.search(text):
        return False
    end = text.rstrip(_QUOTE_ENDS)[-1:] or text[-1]
    if end in "！？!?":
        return len(text) <= 20
    return end not in _SENTENCE_END


def _names_inside(dateline: str) -> str:
    """The names in the bracket of a dateline: 本报拉萨讯(记者 …)."""
    match = _BRACKETED.search(dateline)
    return marks.byline_names(match[1]) if match else ""


def credit_names(text: str) -> str:
    """The names in a photo credit."""
    for end in marks.words("marks", "credit_ends"):
        if text.rstrip("）)").endswith(end):
            stem = text.rstrip("）)").removesuffix(end).strip("（( ")
            return marks.byline_names(stem) or stem
    return ""
