"""Cuts a page into articles: headline lines, byline, place, paragraphs, section heads, photo captions.

An article begins where headline lines stand over a byline or dateline, where a dateline opens a paragraph,
after the credit of a photo, or behind a wide gap. A photo caption is an article of its own. A source
without any of these marks is one article whose title is its first short line, if any.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model import Article, Block
from extractor.page import marks
from extractor.page.layout import CleanText
from extractor.page.parts import Part, credit_names, part_of
from extractor.page.place import first_place, place_of

_WIDE_GAP = 2  # blank lines that part articles, if the page has narrower gaps too
_CAPTION_PARAGRAPHS = 2  # paragraphs over a photo's credit that can tell of the photo
_KICKER_ENDS = ("——", "—", "：", ":")


@dataclass(slots=True)
class Draft:
    """An article being put together: its parts with the role of each."""

    parts: list[tuple[Part, str]] = field(default_factory=list)
    kind: str = "article"
    has_body: bool = False

    def add(self, part: Part, role: str) -> None:
        self.parts.append((part, role))
        if role == "body":
            self.has_body = True


def split(clean: CleanText) -> list[Article]:
    """The articles of a clean text, in order; together their blocks hold every paragraph once.

    >>> from extractor.page.layout import clean
    >>> page = "抓党建 促发展\\n本报记者 张三\\n近年来，洛隆县发展养殖业。\\n图为牧场。 本报记者 李四 摄\\n"
    >>> for article in split(clean(page)):
    ...     print((article.kind, article.title, article.byline, article.place))
    ('article', '抓党建 促发展', '张三', '洛隆县')
    ('caption', '', '李四', '')
    """
    parts = [part_of(clean, i) for i in range(len(clean.paragraphs))]
    drafts = _drafts(parts)
    return [finished(number, draft) for number, draft in enumerate(drafts, 1)]


# Which paragraphs belong together


def _drafts(parts: list[Part]) -> list[Draft]:
    """The parts grouped into articles."""
    if not any(p.dateline or p.sort in ("byline", "credit", "photo") for p in parts) and not _author_page(
        parts
    ):
        return _one_article(parts)
    wide = _wide_gap(parts)
    drafts: list[Draft] = []
    draft = Draft()
    closed = True  # whether the article so far can take no more text
    i = 0
    while i < len(parts):
        part = parts[i]
        if part.sort in ("short", "date"):
            end = i
            while (
                end < len(parts)
                and parts[end].sort in ("short", "date")
                and (end == i or parts[end].gap < wide)
            ):
                end += 1
            headline = _headline_run(parts, i, end, closed, wide)
            if headline:
                draft = _open(drafts)
                closed = False
                i = _take_headline(draft, parts, i, end)
            else:
                for other in parts[i:end]:
                    draft = draft if drafts else _open(drafts)
                    draft.add(other, "head")
                i = end
            continue
        caption = _caption_end(parts, i, draft)
        if caption:
            fresh = not (drafts and draft.parts and not draft.has_body)
            draft = _open(drafts) if fresh else draft
            draft.kind = "caption"
            for other in parts[i:caption]:
                draft.add(other, "byline" if other.sort == "credit" else "caption")
            closed = True
            i = caption
            continue
        if not drafts or _begins(part, draft, closed, wide):
            draft = _open(drafts)
            closed = False
        role = {"byline": "byline", "credit": "byline", "closing": "byline"}.get(part.sort, "body")
        draft.add(part, role)
        closed = closed or (part.sort in ("closing", "credit") and draft.has_body)
        i += 1
    return drafts


def _open(drafts: list[Draft]) -> Draft:
    """A new article at the end of the list."""
    drafts.append(Draft())
    return drafts[-1]


def _one_article(parts: list[Part]) -> list[Draft]:
    """A source without marks: one article, its title the short lines at its top."""
    if not parts:
        return []
    draft = Draft()
    top = 0
    while (
        top < len(parts)
        and parts[top].sort in ("short", "date")
        and not marks.section_number(parts[top].text)
    ):
        top += 1
    if top == len(parts):  # nothing but short lines: a list, not a stack of headlines
        top = min(top, 1)
    for i, part in enumerate(parts):
        if i < top:
            role = "headline" if i == 0 else _second_line_role(part, parts[0])
        else:
            role = (
                "head" if part.sort == "short" else "byline" if part.sort in ("date", "closing") else "body"
            )
        draft.add(part, role)
    return [draft]


def _second_line_role(part: Part, first: Part) -> str:
    """What a short line under the first line of a source is."""
    if part.sort == "date" or marks.author(part.text, surname=False):
        return "byline"
    if first.text.endswith(_KICKER_ENDS) or (len(first.text) <= 12 and len(part.text) >= 6):
        return "subheadline"
    return "subheadline" if part.text.startswith(("—", "-")) else "byline"


def _author_page(parts: list[Part]) -> bool:
    """Whether the source opens with a headline and its author's name alone."""
    return (
        len(parts) > 2
        and parts[0].sort == "short"
        and marks.author(parts[1].text)
        and parts[2].sort == "body"
    )


def _wide_gap(parts: list[Part]) -> int:
    """How many blank lines part articles on this page: more than stand between most paragraphs."""
    gaps = sorted(part.gap for part in parts[1:])
    usual = gaps[len(gaps) // 2] if gaps else 0
    return max(_WIDE_GAP, usual + 1)


def _headline_run(parts: list[Part], start: int, end: int, closed: bool, wide: int) -> bool:
    """Whether a run of short lines is the headline of a new article, and no section head."""
    following = parts[end] if end < len(parts) else None
    if closed or start == 0:
        return True
    if following is None:
        return False
    if following.dateline or following.sort == "byline":
        return True
    if parts[start].gap >= wide or following.gap >= wide:
        return True
    last = parts[end - 1]
    if end - start >= 2 and marks.author(last.text) and not marks.section_number(parts[start].text):
        return True
    return following.sort in ("photo", "credit") and start > 0


def _take_headline(draft: Draft, parts: list[Part], start: int, end: int) -> int:
    """Puts headline lines and the byline under them into the article; the index of the next part."""
    lines = parts[start:end]
    written = end < len(parts) and (parts[end].sort == "byline" or parts[end].dateline > 0)
    names = 1 if not written and len(lines) > 1 and _under_headline(lines) else 0
    while names < len(lines) - 1 and lines[-1 - names].sort == "date":
        names += 1
    heads = lines[: len(lines) - names]
    roles = _headline_roles([part.text for part in heads])
    draft.parts.extend(zip(heads, roles, strict=True))
    for part in lines[len(lines) - names :]:
        part.names = "" if part.sort == "date" else part.text
        draft.add(part, "byline")
    while end < len(parts) and parts[end].sort == "byline":
        draft.add(parts[end], "byline")
        end += 1
    if end < len(parts) and not _has_names(draft) and _lone_author(parts, end):
        parts[end].names = parts[end].text
        draft.add(parts[end], "byline")
        end += 1
    return end


def _has_names(draft: Draft) -> bool:
    """Whether a byline was found for the article."""
    return any(role == "byline" and part.names for part, role in draft.parts)


def _lone_author(parts: list[Part], at: int) -> bool:
    """Whether a name stands alone here, parted from its headline by a gap."""
    part = parts[at]
    follows = at + 1 < len(parts) and parts[at + 1].sort == "body"
    return part.sort == "short" and follows and marks.author(part.text)


def _under_headline(lines: list[Part]) -> bool:
    """Whether the last of some short lines is a writer's name: shorter by far than the headline over it."""
    name, headline = lines[-1].text, lines[-2].text
    if headline.endswith(_KICKER_ENDS) or not marks.author(name, surname=False):
        return False
    return len(name) <= 5 and len(headline) >= max(8, 2 * len(name)) and not first_place(name)


def _headline_roles(texts: list[str]) -> list[str]:
    """Kicker, headline, sub-headline for headline lines that stand together.

    >>> _headline_roles(["以党建为引领——", "绘就新图景"]), _headline_roles(["一线走基层", "——速写"])
    (['kicker', 'headline'], ['headline', 'subheadline'])
    """
    roles = ["headline"] * len(texts)
    for i, text in enumerate(texts):
        if text.startswith(("——", "—", "--")) and i:
            roles[i] = "subheadline"
        elif i + 1 < len(texts) and (text.endswith(_KICKER_ENDS) or len(text) < 5 or i < len(texts) - 2):
            roles[i] = "kicker"
    if len(texts) > 1 and roles[-1] == "headline" and roles[-2] == "headline" and _names_only(texts[-2]):
        roles[-2] = "kicker"
    return roles


def _names_only(text: str) -> bool:
    """Whether a line only names a place or body: 日喀则市南木林县."""
    return len(text) <= 16 and text.endswith(marks.words("marks", "bodies"))


def _caption_end(parts: list[Part], start: int, draft: Draft) -> int:
    """Where the photo caption that begins here ends; 0 if none does."""
    first = parts[start]
    if first.dateline or first.sort not in ("body", "photo", "credit"):
        return 0
    if first.sort == "credit":
        return start + 1
    if first.sort == "photo":
        return _photo_end(parts, start)
    if marks.photo_within(first.text):
        end = _photo_end(parts, start)
        return end if parts[end - 1].sort == "credit" or marks.credit(first.text) > 0 else 0
    inside = draft.kind == "article" and (first.gap < _WIDE_GAP if draft.has_body else _has_names(draft))
    if inside:
        return 0
    for i in range(start + 1, min(start + 1 + _CAPTION_PARAGRAPHS, len(parts))):
        if parts[i].dateline or parts[i].gap >= _WIDE_GAP:
            return 0
        if parts[i].sort == "photo":
            end = _photo_end(parts, i)
            return end
        if parts[i].sort == "credit":
            return i + 1
        if parts[i].sort != "body":
            return 0
    return 0


def _photo_end(parts: list[Part], start: int) -> int:
    """The end of the photo texts and their credit that begin here."""
    i = start
    while i < len(parts) and (i == start or parts[i].sort == "photo"):
        i += 1
        if marks.credit(parts[i - 1].text) >= 0:
            return i
    if i < len(parts) and parts[i].sort in ("credit", "byline") and _is_credit_line(parts[i]):
        return i + 1
    return i


def _is_credit_line(part: Part) -> bool:
    return part.sort == "credit" or part.text.endswith(marks.words("marks", "credit_ends"))


def _begins(part: Part, draft: Draft, closed: bool, wide: int) -> bool:
    """Whether a paragraph without a headline begins a new article."""
    if part.sort == "closing":
        return False
    if closed:
        return True
    if not draft.has_body:
        return False
    if part.dateline:
        return True
    return part.sort == "body" and part.gap >= wide and part.gap > _WIDE_GAP


# What an article says of itself


def finished(number: int, draft: Draft) -> Article:
    """The finished article."""
    blocks: list[Block] = []
    texts: dict[str, list[str]] = {}
    names: list[str] = []
    dateline = ""
    for part, role in draft.parts:
        if part.dateline and role == "body":
            dateline = dateline or marks.dateline_place(part.text)
            names += part.names.split() if not names else []
            if part.dateline < len(part.text):
                blocks.append(Block(part.start, part.start + part.dateline, "byline"))
            role = "byline" if part.dateline >= len(part.text) else role
            blocks.append(Block(part.start + (part.dateline if role == "body" else 0), part.end, role))
            texts.setdefault(role, []).append(part.text[part.dateline :])
            continue
        blocks.append(Block(part.start, part.end, role))
        texts.setdefault(role, []).append(part.text)
        if role == "byline":
            names += [name for name in part.names.split() if name not in names]
        elif role == "caption" and not names:
            at = marks.credit(part.text)
            names += credit_names(part.text[at:]).split() if at >= 0 else []
    headlines = texts.get("headline", [])
    lead = [t[:400] for t in (texts.get("body") or texts.get("caption") or [])[:3]]
    place = place_of(
        [*reversed(headlines), *reversed(texts.get("kicker", [])), *texts.get("subheadline", [])],
        lead,
        dateline,
    )
    return Article(
        number=number,
        title=" ".join(headlines),
        place=place,
        byline=" ".join(names),
        kind=draft.kind,
        first_line=draft.parts[0][0].first_line,
        last_line=draft.parts[-1][0].last_line,
        blocks=tuple(blocks),
    )
