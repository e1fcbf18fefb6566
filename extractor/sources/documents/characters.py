"""The characters of a page of a PDF as runs of text: what stands on one line without a wide gap.

A character has the box that its font gives it and not that of its ink, so that a dash is as high as a letter.
"""

from __future__ import annotations

import ctypes
from typing import Any

from extractor.sources.documents.columns import Run

_GAP = 0.6
"""Of the size of a character, from which on a gap parts runs."""
MOST = 200_000
"""Characters of a page that are looked at."""


def runs(textpage: Any, height: float, most: int) -> list[Run]:
    """The runs of a page of this height, in the order of the file; y grows downwards."""
    from pypdfium2 import raw

    found: list[Run] = []
    text: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    loose = raw.FS_RECTF()
    pointer = ctypes.byref(loose)

    def close() -> None:
        joined = "".join(text)
        if joined.strip():
            found.append(Run(box[0], height - box[3], box[2], height - box[1], joined))
        text.clear()

    for index in range(min(textpage.count_chars(), MOST)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0, 10, 13, 0xFFFE, 0xFFFF) or not raw.FPDFText_GetLooseCharBox(textpage, index, pointer):
            close()
            continue
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char == " ":
            if text:
                text.append(char)
            continue
        left, bottom, right, top = loose.left, loose.bottom, loose.right, loose.top
        size = top - bottom
        if text:
            level = abs(bottom - box[1]) < 0.4 * size and abs(top - box[3]) < 0.6 * size
            if not level or left - box[2] > _GAP * size or left < box[0] - size:
                close()
                if len(found) >= most:
                    break
        if not text:
            box[:] = [left, bottom, right, top]
        else:
            box[2] = max(box[2], right)
            box[3] = max(box[3], top)
        text.append(char)
    close()
    return found
