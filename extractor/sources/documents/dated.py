"""Dates as documents write them, in ISO: of a field, of the name of a file, of the line under a headline."""

from __future__ import annotations

import re
from datetime import date

from extractor.matching import compiled
from extractor.sources.documents.extracted import Extracted

_DAY = compiled(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:年|[-/._])\s*(0?[1-9]|1[0-2])\s*(?:月|[-/._])\s*(0?[1-9]|[12]\d|3[01])(?:\s*[日号])?(?!\d)",
    re.ASCII,
)
_MONTH = compiled(r"(?<!\d)((?:19|20)\d\d)\s*(?:年|[-/._])\s*(0?[1-9]|1[0-2])(?:\s*月)?(?!\d)", re.ASCII)
_YEAR = compiled(r"(?<!\d)((?:19|20)\d\d)(?:\s*年)?(?!\d)", re.ASCII)
_COMPACT = compiled(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)


def of_field(text: str) -> str:
    """The date in a field of metadata, as exact as it is; "" if there is none.

    >>> of_field("2023-12-20T10:00:00+08:00"), of_field("2023年8月"), of_field("二日")
    ('2023-12-20', '2023-08', '')
    """
    text = text.strip()[:80]
    for match in (_COMPACT.search(text), _DAY.search(text)):
        if match and (day := _iso(*match.groups())):
            return day
    if match := _MONTH.search(text):
        return f"{match[1]}-{int(match[2]):02}"
    match = _YEAR.search(text)
    return match[1] if match else ""


def of_name(path: str) -> str:
    """The date in the name of a file: a day or a month; a bare year says too little.

    >>> of_name("简报/2023-08-15 简报.docx"), of_name("20230815.txt"), of_name("2023年8月.md"), of_name("000_2023.txt")
    ('2023-08-15', '2023-08-15', '2023-08', '')
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    found = of_field(name)
    if len(found) == 7 and not _MONTH.search(name):
        return ""
    return found if len(found) > 4 else ""


def of_source(document: Extracted | None, name: str) -> str:
    """When a source was published: as the document says, or the name of its file."""
    return (document.metadata.published if document else "") or of_name(name.partition("#")[0])


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
