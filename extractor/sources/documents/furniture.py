"""What a web page says of itself between its paragraphs: how often it was read, how large a file to load is.

In goes a paragraph, out it comes without that. Only short lines are looked at: a sentence about 浏览量 is one of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor.matching import compiled
from extractor.sources.documents.extracted import Extract
from extractor.sources.documents.words import words

_SHORT = 160
"""Characters of a line of such things."""
_REST = 6
"""Characters beside a counter that stands on a line of its own."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    page = words()["page"]
    counters, beside, files = (
        "|".join(sorted(page[name], key=len, reverse=True))
        for name in ("counters", "beside_counters", "files")
    )
    return (
        compiled(
            rf"[\[(（【]?\s{{0,3}}(?:{counters})\s{{0,3}}[:：]\s{{0,3}}[0-9][0-9,.]{{0,12}}\s{{0,3}}[万千]?\s{{0,3}}[次人条字+]?\s{{0,3}}[\])）】]?"
        ),
        compiled(rf"(?:{beside})\s{{0,3}}[:：]"),
        compiled(
            rf"(?i)(?<=\.)({files})(\s{{0,3}}[(（\[]?\s{{0,3}}(?:大小\s{{0,3}}[:：]?\s{{0,3}})?[0-9][0-9,.]{{0,12}}\s{{0,3}}(?:[KMG]i?B?|字节|兆)\s{{0,3}}[)）\]]?)(?![A-Za-z0-9\u4e00-\u9fff])"
        ),
    )


def without(text: str) -> str:
    """A paragraph without counters and sizes of files.

    >>> without("发布时间：2024-02-18 来源：农业局 浏览次数：1562次"), without("附件：明细表.xls（25KB）"), without("阅读：3210")
    ('发布时间：2024-02-18 来源：农业局', '附件：明细表.xls', '')
    >>> without("网站全年访问量：120万次，同比增长5%。")
    '网站全年访问量：120万次，同比增长5%。'
    """
    if len(text) > _SHORT:
        return text
    counter, beside, file = _patterns()
    text = file.sub(r"\1", text)
    rest = counter.sub("", text)
    if rest != text and (len("".join(rest.split())) <= _REST or beside.search(rest)) and "。" not in text:
        return rest
    return text


@dataclass(slots=True)
class PageExtract(Extract):
    """A web page while it is being written down."""

    def paragraph(self, text: str, *, level: int = 0, locator: str = "", published: str = "") -> None:
        Extract.paragraph(
            self, text if level else without(text), level=level, locator=locator, published=published
        )
