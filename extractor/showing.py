"""How a notebook shows figures: each sentence with its figures highlighted, and under it their rows.

Everything is escaped, and styles stand at the elements, so a notebook that trusts nothing shows it as well. The
objects are those of ``model``, which this module must not import.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from extractor.matching import compiled

SHOWN = 100
"""Rows that are shown at most."""
COLUMNS = ("text", "value", "unit", "item", "subject", "period", "kind")
_OBEYED = compiled("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SIGNS = {"about": "≈ ", "over": "> ", "nearly": "< ", "under": "< ", "at_least": "≥ ", "at_most": "≤ "}
_ARROWS = {"up": "↑ ", "down": "↓ "}
_CELL = "text-align:left;padding:2px 10px"
_NUMBER = "text-align:right;padding:2px 10px;white-space:nowrap"
_SENTENCE = "text-align:left;padding:10px 10px 2px;max-width:60em;white-space:normal"
_MARK = "background:#ffe08a;color:#000;border-radius:3px;padding:0 2px"


def figures_html(figures: Sequence[Any]) -> str:
    """Figures as a table of HTML.

    >>> from extractor import extract_text
    >>> shown = figures_html(extract_text("全村共有113户<b>。"))
    >>> "共有<mark" in shown, "&lt;b&gt;" in shown, ">113</td>" in shown
    (True, True, True)
    """
    head = "".join(f'<th style="{_NUMBER if name == "value" else _CELL}">{name}</th>' for name in COLUMNS)
    rows: list[str] = []
    for _, group in groupby(figures[:SHOWN], key=lambda one: (one.source, one.article, one.sentence)):
        found = list(group)
        sentence = marked(found[0].sentence, [one.text for one in found])
        rows.append(f'<tr><td colspan="{len(COLUMNS)}" style="{_SENTENCE}">{sentence}</td></tr>')
        rows += map(_row, found)
    return (
        f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
        f"<p>{_count(len(figures), SHOWN, 'figure')}</p>"
    )


def document_html(document: Any) -> str:
    """A document: its articles, each with its figures, and how many numerals are none."""
    parts = [f"<h3>{_escaped(document.source)}</h3>"]
    left = SHOWN
    for article in document.articles:
        found = [one for one in document.figures if one.article == article.number]
        title = _escaped(article.title) or "(no title)"
        place = f" <small>{_escaped(article.place)}</small>" if article.place else ""
        parts.append(f"<h4>{title}{place}</h4>")
        if found and left > 0:
            parts.append(figures_html(found[:left]))
        left -= len(found)
    parts.append(f"<p>{_count(len(document.figures), SHOWN, 'figure')}, {_rejected(document.rejections)}</p>")
    return "".join(parts)


def examination_html(figures: Sequence[Any], rejections: Sequence[Any]) -> str:
    """The figures of a text, and its other numerals with the reason why each is no figure."""
    rows = "".join(
        f'<tr><td style="{_CELL}">{_escaped(one.text)}</td><td style="{_CELL}">{one.reason}</td>'
        f'<td style="{_SENTENCE}">{marked(one.sentence, [one.text])}</td></tr>'
        for one in rejections[:SHOWN]
    )
    table = f'<table style="border-collapse:collapse"><tbody>{rows}</tbody></table>' if rows else ""
    return f"{figures_html(figures)}<p>{_rejected(rejections)}</p>{table}"


def marked(sentence: str, texts: Iterable[str]) -> str:
    """A sentence as HTML with these texts, in their order, highlighted."""
    pieces, at = [], 0
    for text in texts:
        place = sentence.find(text, at) if text else -1
        if place >= 0:
            pieces.append(_escaped(sentence[at:place]))
            pieces.append(f'<mark style="{_MARK}">{_escaped(text)}</mark>')
            at = place + len(text)
    return "".join([*pieces, _escaped(sentence[at:])])


def _row(figure: Any) -> str:
    cells: dict[str, Callable[[], str]] = {
        "value": lambda: _value(figure),
        "unit": lambda: f"{figure.unit}/{figure.per}" if figure.per else figure.unit,
    }
    shown = ((name, cells[name]() if name in cells else str(getattr(figure, name))) for name in COLUMNS)
    return (
        "<tr>"
        + "".join(
            f'<td style="{_NUMBER if n == "value" else _CELL}">{_escaped(text)}</td>' for n, text in shown
        )
        + "</tr>"
    )


def _value(figure: Any) -> str:
    numbers = [figure.low, figure.high] if figure.value is None else [figure.value]
    told = " – ".join("…" if number is None else f"{number:,}" for number in numbers)
    return f"{_ARROWS.get(figure.change, '')}{_SIGNS.get(figure.qualifier, '')}{told}"


def _count(number: int, shown: int, noun: str) -> str:
    more = f", the first {shown} of them shown" if number > shown else ""
    return f"{number:,} {noun}{'' if number == 1 else 's'}{more}"


def _rejected(rejections: Sequence[Any]) -> str:
    return f"{len(rejections):,} other numeral{'' if len(rejections) == 1 else 's'}"


def _escaped(text: str) -> str:
    visible = _OBEYED.sub(lambda match: repr(match[0])[1:-1], text)
    return html.escape(visible)
