"""The Chinese words for the table: headers of columns, labels of kinds and of the other fixed values.

They are data: ``lexicon/headers.toml``, and for the kinds the ``label`` in ``lexicon/kinds.toml``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from extractor.lexicon.words import Lexicon, lexicon, own_files
from extractor.table.columns import Layout

QUALIFIERS = ("exact", "about", "over", "nearly", "under", "at_least", "at_most", "range")


def chinese(layout: Layout, words: Lexicon | None = None) -> Layout:
    """The layout with Chinese headers and values; the kinds are those of ``words``, or of the package.

    >>> from extractor.table.columns import FIGURES
    >>> chinese(FIGURES).headers[:4], chinese(FIGURES).words["change"]["up"]
    (['来源', '文章序号', '标题', '发布日期'], '上升')
    """
    tables: Mapping[str, Mapping[str, str]] = lexicon().data["headers"]
    values = {name: table for name, table in tables.items() if name != "columns"}
    labels = (words or lexicon()).kinds.labels
    return replace(layout, labels=tables["columns"], words={**values, "kind": labels})


def sheets(*, chinese: bool) -> dict[str, str]:
    """What the sheets of a workbook are called.

    >>> sheets(chinese=False)["summary"], sheets(chinese=True)["summary"]
    ('summary', '汇总')
    """
    names: Mapping[str, str] = lexicon().data["sheets"]
    return {name: label if chinese else name for name, label in names.items()}


def kinds() -> tuple[str, ...]:
    """The names of the kinds, in the order of the contract.

    >>> kinds()[:2]
    ('money', 'ratio')
    """
    return lexicon().kinds.names


def lexicon_version() -> str:
    """The version of the package's lexicon, and a check sum that changes when any of its words does.

    >>> version, checksum = lexicon_version().split("+")
    >>> version, len(checksum)
    ('1.0', 8)
    """
    digest = hashlib.sha256()
    for file in own_files():
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"{lexicon().data['version']}+{digest.hexdigest()[:8]}"
