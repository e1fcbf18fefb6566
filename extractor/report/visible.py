"""Characters that a page would hide, or that would turn its text around, made visible.

A NUL is dropped by browsers, and a right-to-left override reverses the text behind it; in a report that shows
what a source holds, both have to be seen.
"""

from __future__ import annotations

import re

from extractor.matching import compiled

HIDDEN = compiled(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with control, bidirectional, zero-width and surrogate characters told by their number.

    Line ends and tabs stay. ``report.js`` has the same function for text that it shows.

    >>> visible("a\\x00b \\u202e82户")
    'a[U+0000]b [U+202E]82户'
    """
    return HIDDEN.sub(_told, text) if HIDDEN.search(text) else text


def _told(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"
