"""Articles of a document that marks its headings: each heading of an item begins an article, others are section heads.

Which headings are items: all of the highest level that occurs more than once and is no numbered section, if most of them
are followed by a byline, a dateline or a date, or if nothing stands before the first but the title of the whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from extractor.model import Article
from extractor.page import articles, marks
from extractor.page.layout import CleanText
from extractor.page.parts import Part, part_of
from extractor.sources.documents import dated
from extractor.sources.documents.extracted import Heading

_MASTHEAD = 3
"""Short lines that may stand over the headline of the whole."""
_SECTIONS = (
    "前言",
    "引言",
    "结语",
    "附录",
    "附件",
    "附表",
    "目录",
    "摘要",
    "注释",
    "说明",
    "附：",
    "概述",
    "总则",
    "概况",
    "背景",
    "总结",
)


def split(clean: CleanText, headings: Sequence[Heading]) -> list[Article]:
    """The articles of a document; together their blocks hold every paragraph once.

    >>> from extractor.page.layout import clean
    >>> page = clean("要闻\\n甲乡完工\\n甲乡道路完工。\\n乙乡开工\\n乙乡水库开工。\\n", wrapped=False)
    >>> found = split(page, (Heading(0, 2, 1), Heading(3, 7, 2), Heading(16, 20, 2)))
    >>> [article.title for article in found]
    ['要闻', '甲乡完工', '乙乡开工']
    """
    parts = [part_of(clean, i) for i in range(len(clean.paragraphs))]
    starts = [clean.to_source(part.start) for part in parts]
    levels: dict[int, int] = {}
    begins: set[int] = set()
    for heading in headings:
        at = bisect_left(starts, heading.start)
        if at == len(parts):
            continue
        if heading.level == 0:
            begins.add(at)
        elif heading.start <= starts[at] < heading.end:
            levels[at] = heading.level
    item = _item_level(parts, levels, bool(begins))
    begins.update(at for at, level in levels.items() if level <= item)
    found: list[Article] = []
    cuts = sorted({0, *begins} if parts else set())
    for begin, end in zip(cuts, [*cuts[1:], len(parts)], strict=True):
        found.append(
            _article(
                len(found) + 1,
                parts[begin:end],
                {at - begin: level for at, level in levels.items() if begin <= at < end},
            )
        )
    return found


def _item_level(parts: list[Part], levels: dict[int, int], chapters: bool) -> int:
    """Headings of this level and above begin an article; 0 if none does."""
    if chapters:
        return 1
    for level in sorted(set(levels.values())):
        here = [at for at, one in levels.items() if one == level]
        texts = [parts[at].text for at in here]
        if len(here) < 2:
            continue
        if any(marks.section_number(text) or text.startswith(_SECTIONS) for text in texts):
            return 0
        follow = [parts[at + 1] for at in here if at + 1 < len(parts)]
        signed = sum(part.sort in ("byline", "date") or part.dateline > 0 or _dated(part) for part in follow)
        if 2 * signed >= len(here):
            return level
        first = min(here)
        between = [at for at in range(first) if at not in levels]
        # A title over the whole, at most, and no text of its own: a digest.
        if (
            level <= 2
            and not [at for at in between if parts[at].sort == "body"]
            and all(len(text) >= 4 for text in texts)
        ):
            return level
        return 0
    return 0


def _dated(part: Part) -> bool:
    """Whether a line under a headline tells the day: 2023-08-14 本报记者 张三."""
    return len(part.text) <= 60 and "。" not in part.text and len(dated.of_field(part.text[:30])) == 10


def _article(number: int, parts: list[Part], levels: dict[int, int]) -> Article:
    """One article: its headline, what is written under it, its text."""
    draft = articles.Draft()
    first = min(levels, default=0)
    # A masthead may stand over the only headline.
    masthead = first <= _MASTHEAD and all(part.sort in ("short", "date") for part in parts[:first])
    titled = bool(levels) and masthead
    first = first if titled else 0
    for at, part in enumerate(parts):
        if at == first and titled:
            role = "headline"
        elif at < first or (titled and at == first + 1 and _dated(part)):
            role = "byline"
        elif at in levels:
            role = "head"
        elif part.sort in ("byline", "credit", "closing", "date"):
            role = "byline"
        elif part.sort == "photo":
            role = "caption"
        elif part.sort == "short" and not titled and at == 0:
            role = "headline"
            titled = True
        else:
            role = "head" if part.sort == "short" else "body"
        draft.add(part, role)
    return replace(articles.finished(number, draft))
