"""Markdown: headings, emphasis, lists, tables and front matter, by markdown-it-py.

Told by what is in it. Emphasis and lists alone are Markdown only in a file that is named so: a text can have an asterisk.
"""

from __future__ import annotations

import re

from extractor.matching import compiled
from extractor.sources.documents.extracted import Extract, Extracted, Metadata
from extractor.sources.documents.words import metadata_of

HEAD = 1 << 16
"""Characters that are looked at."""
_NAMES = (".md", ".markdown", ".mdown", ".md.gz", ".md.zst")
_SURE = compiled(r"^#{1,6}[ \t]+\S|^\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$", re.M)
_MAYBE = compiled(
    r"\*\*[^\s*][^*\n]{0,200}\*\*|^[ \t]{0,3}[-*+][ \t]+\S|\[[^\]\n]{1,200}\]\([^()\s]{1,300}\)"
    r"|^[^\n]{1,80}\n(?:={3,}|-{3,})[ \t]*$|^>[ \t]",
    re.M,
)
_FRONT = compiled(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FENCE = compiled(r"[ ]{0,3}(`{3,}|~{3,})")
_NOTE = compiled(r"[ ]{0,3}\[\^[^\]\s]{1,60}\]:[ \t]*")
_MARK = compiled(r"\[\^[^\]\s]{1,60}\](?!\()")
_FIELD = compiled(r"^([\w.\u4e00-\u9fff-]{1,40})[ \t]*[:：][ \t]*(.{0,500}?)[ \t]*$", re.M)


def is_markdown(text: str, name: str = "") -> bool:
    """Whether a text is Markdown: by its mark-up where the name says so, or where it comes from standard input (``-``).

    Any other text stays as it is, headings with ``#`` and all, so that offsets count the characters of the file or record.

    >>> is_markdown("产值**312.5亿元**。", "a.md"), is_markdown("# 公报\\n\\n全县有113户。", "a.txt")
    (True, False)
    """
    head = text[:HEAD]
    named = name.lower().endswith(_NAMES)
    if not named and name != "-":
        return False
    front = _FRONT.match(head)
    if front and _FIELD.search(front[1]):
        return True
    return bool(_SURE.search(head)) or (named and bool(_MAYBE.search(head)))


def read(text: str, name: str = "") -> Extracted:
    """The text of Markdown.

    >>> done = read("---\\ntitle: 简报\\ndate: 2023-08-15\\n---\\n\\n## 要闻\\n\\n产值**312.5亿元**。\\n")
    >>> done.text, done.metadata.published
    ('要闻\\n产值312.5亿元。\\n', '2023-08-15')
    """
    from markdown_it import MarkdownIt

    from extractor.sources.documents import markup

    metadata, body = _front(text)
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
    extract = Extract("markdown")
    markup.write(markup.parse(parser.render(_with_notes(body))), extract)
    return extract.done(metadata)


def _with_notes(text: str) -> str:
    """Text whose footnotes are paragraphs where they stand, without the marks that refer to them. CommonMark knows no footnotes
    and would take them for links that are shown nowhere.

    >>> _with_notes("贷款860万元[^1]。\\n[^1]: 其中贴息300万元。\\n")
    '贷款860万元。\\n\\n其中贴息300万元。\\n'
    """
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if not fence and "[^" in line:
            note = _NOTE.match(line)
            lines += ["", line[note.end() :]] if note else [_MARK.sub("", line)]
        else:
            lines.append(line)
    return "\n".join(lines)


def _front(text: str) -> tuple[Metadata, str]:
    """The fields of the front matter, and what follows it."""
    match = _FRONT.match(text)
    if match is None:
        return Metadata(), text
    fields = {name: value.strip("'\"") for name, value in _FIELD.findall(match[1])}
    return (metadata_of(fields), text[match.end() :]) if fields else (Metadata(), text)
