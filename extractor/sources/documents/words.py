"""The words of ``words.toml``: what documents call their own parts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extractor.packaged import packaged
from extractor.sources.documents import dated
from extractor.sources.documents.extracted import Metadata, plain


@cache
def words() -> Mapping[str, Any]:
    """The file as it is."""
    import tomllib

    text = packaged("sources", "documents", "words.toml").read_text("utf-8")
    return tomllib.loads(text)


def metadata_of(fields: Mapping[str, str]) -> Metadata:
    """The metadata in named fields, whatever they call it.

    >>> metadata_of({"ArticleTitle": "全年 公报", "PubDate": "2023-08-15 09:30"})
    Metadata(title='全年 公报', published='2023-08-15', author='', site='')
    """
    given = {name.lower(): value for name, value in fields.items()}

    def first(what: str) -> str:
        return next(
            (plain(given[name]) for name in words()["fields"][what] if given.get(name, "").strip()), ""
        )

    dates = (dated.of_field(given.get(name, "")) for name in words()["fields"]["published"])
    return Metadata(first("title"), next(filter(None, dates), ""), first("author"), first("site"))
