"""A stand-in for the pipeline, so that sources, writers and the command line are tested without any rule.

Every run of ASCII digits is a figure, except before 年, where it is a rejected date. Articles are set apart
by ``#``.
"""

from __future__ import annotations

import re

from extractor.model import Article, Document, Figure, Rejection

_NUMERAL = re.compile(r"([0-9]+(?:\.[0-9]+)?)([万亿]?)(.?)", re.DOTALL)
_FACTORS = {"": 1, "万": 10_000, "亿": 100_000_000}


def examine(text: str, source: str = "-", **known: object) -> Document:
    """Figures and rejections of a text; ``boom`` in it raises, as a bug would."""
    if "boom" in text:
        raise RuntimeError("boom")
    figures, rejections, articles = [], [], []
    offset = 0
    for number, part in enumerate(re.split(r"(?=#)", text), start=1):
        title = part.lstrip("#").partition("\n")[0]
        if part.strip():
            articles.append(Article(number, title, "某县", "", "article", 1, 1 + text.count("\n")))
        for match in _NUMERAL.finditer(part):
            digits, factor, unit = match.groups()
            start, end = offset + match.start(), offset + match.end()
            line = text.count("\n", 0, start) + 1
            sentence = part.strip()[:40]
            if unit == "年":
                rejections.append(
                    Rejection(source, number, start, end, line, match[0], "date", "year", sentence)
                )
                continue
            value: float | int = float(digits) if "." in digits else int(digits)
            value = round(value * _FACTORS[factor], 6)
            kind = {"元": "money", "人": "people", "%": "ratio"}.get(unit, "items")
            figures.append(
                Figure(source, number, title, "", "某县", "", sentence, match[0], "", "", value, value, value,
                       "exact", unit, kind, "", "", "", "", start, end, line, "", "digits")
            )  # fmt: skip
        offset += len(part)
    return Document(source, tuple(articles), tuple(figures), tuple(rejections))
