"""The data of the page as JSON: columns, with every repeated text once, safe inside a script element."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.matching import compiled
from extractor.model import COLUMNS, Value
from extractor.report.collect import Collection
from extractor.report.visible import HIDDEN
from extractor.table.columns import column_type, plain
from extractor.table.spelling import value_zh

EXACT = 2**53
"""Beyond it JavaScript rounds whole numbers; they travel as digits."""

OF_ARTICLE = frozenset({"source", "article", "title", "place"})
_UNSAFE = compiled(f"[<>&]|{HIDDEN.pattern}")


def payload(collection: Collection) -> dict[str, Any]:
    """Sources, articles, figures and rejections, column by column.

    The figures' source, article, title and place are those of their article, ``at`` is its index.
    """
    articles = [article for _, article in collection.articles]
    figures: dict[str, Any] = {"at": collection.figure_articles}
    for name in COLUMNS:
        if name in OF_ARTICLE:
            continue
        cells = [getattr(figure, name) for figure in collection.figures]
        kind = column_type(name)
        if kind == "text":
            figures[name] = coded(cells)
        else:
            figures[name] = cells if kind == "whole" else [number(cell) for cell in cells]
    figures["value_zh"] = coded(value_zh(figure) for figure in collection.figures)
    rejections = collection.rejections
    return {
        "sources": collection.sources,
        "digests": collection.digests,
        "seams": collection.seams,
        "articles": {
            "source": [source for source, _ in collection.articles],
            "number": [article.number for article in articles],
            "title": [article.title for article in articles],
            "place": coded(article.place for article in articles),
            "kind": coded(article.kind for article in articles),
            "first": [article.first_line for article in articles],
            "last": [article.last_line for article in articles],
        },
        "figures": figures,
        "rejections": {
            "at": collection.rejection_articles,
            "start": [one.start for one in rejections],
            "end": [one.end for one in rejections],
            "line": [one.line for one in rejections],
            "text": coded(one.text for one in rejections),
            "reason": coded(one.reason for one in rejections),
            "rule": coded(one.rule for one in rejections),
        },
    }


def coded(cells: Iterable[str]) -> dict[str, Any]:
    """A column of texts: each different one once, and for every row which it is.

    >>> coded(["人", "户", "人"])
    {'of': ['人', '户'], 'at': [0, 1, 0]}
    """
    known: dict[str, int] = {}
    at = [known.setdefault(cell, len(known)) for cell in cells]
    return {"of": list(known), "at": at}


def number(value: Value | None) -> Value | str | None:
    """A number as JavaScript can hold it.

    >>> number(18.0), number(2**60), number(None), number(-0.5)
    (18, '1152921504606846976', None, -0.5)
    """
    if value is None or not math.isfinite(value):
        return None
    value = plain(value)
    return str(value) if isinstance(value, int) and abs(value) >= EXACT else value


def script_json(value: Any) -> str:
    r"""JSON that cannot leave a script element, nor break as JavaScript, nor fail as UTF-8.

    >>> script_json({"a": "</script><!--\u2028\ud800"})
    '{"a":"\\u003c/script\\u003e\\u003c!--\\u2028\\ud800"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def columns_of(names: Sequence[str]) -> list[str]:
    """The columns that the page offers: those asked for, as far as figures have them."""
    return [name for name in names if name in COLUMNS]
