"""Characters that a terminal obeys, shown as escapes.

File names, texts and word lists come from anywhere. An escape sequence in one of them could move the cursor,
set the title or hide a message; a carriage return writes over the line, a bidirectional control turns it around.
"""

from __future__ import annotations

import re

from extractor.matching import compiled

_OBEYED = compiled("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escaped(text: str, keep: str = "") -> str:
    r"""The text with its control characters as escapes, save those of ``keep``.

    >>> escaped("a\x1b[2J\u202eb\n")
    'a\\x1b[2J\\u202eb\\n'
    >>> escaped("a\rb\r\n", keep="\r\n")
    'a\\rb\r\n'
    """
    if not _OBEYED.search(text):
        return text

    def shown(match: re.Match[str]) -> str:
        character = match[0]
        if character in keep and (character != "\r" or text[match.end() : match.end() + 1] == "\n"):
            return character
        return repr(character)[1:-1]

    return _OBEYED.sub(shown, text)
