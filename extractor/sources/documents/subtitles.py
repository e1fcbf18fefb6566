"""Subtitles (SRT, WebVTT): what is said, without numbers and time codes; lines that go on are one paragraph."""

from __future__ import annotations

import re

from extractor.matching import compiled
from extractor.sources.documents.extracted import Extract, Extracted

_CODE = compiled(
    r"[ \t]{0,20}((?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2})[,.][0-9]{1,3}[ \t]{0,20}-->"
    r"[ \t]{0,20}(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[,.][0-9]{1,3}.{0,200}"
)
_TAG = compiled(r"<[^<>]{0,80}>|\{\\[^{}]{0,80}\}")
_NOTES = ("WEBVTT", "NOTE", "STYLE", "REGION")
_ENDS = frozenset("。！？!?…；;”』」")
LONGEST = 400
"""Characters of a paragraph that is put together from lines."""


def read(text: str, name: str = "") -> Extracted:
    r"""The text of subtitles.

    >>> done = read("1\n00:00:01,000 --> 00:00:03,000\n全县投入\n\n2\n00:00:03,000 --> 00:00:05,000\n2.8亿元。\n")
    >>> done.text, done.places.at(0)
    ('全县投入2.8亿元。\n', '00:00:01')
    """
    extract = Extract("subtitles")
    said, since, code = "", "", ""
    last = ""
    for block in re.split(r"\n[ \t]*\n+", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")):
        lines = block.split("\n")
        at = next((i for i, line in enumerate(lines[:3]) if _CODE.match(line)), -1)
        if at < 0:
            if not block.lstrip().startswith(_NOTES) and (line := _spoken(lines)) and said:
                said += line
            continue
        match = _CODE.match(lines[at])
        assert match is not None
        code = match[1]
        line = _spoken(lines[at + 1 :])
        if not line or line == last:  # a rolling subtitle shows a line twice
            continue
        last = line
        if said and (said[-1] in _ENDS or len(said) > LONGEST):
            extract.paragraph(said, locator=since)
            said = ""
        if not said:
            since = code
        gap = (
            " "
            if said and said[-1].isascii() and line[0].isascii() and not (said[-1] + line[0]).isdigit()
            else ""
        )
        said += gap + line
    extract.paragraph(said, locator=since)
    return extract.done()


def _spoken(lines: list[str]) -> str:
    """The lines of one subtitle as one, its marks of form taken out."""
    return "".join(_TAG.sub("", line).strip() for line in lines)
