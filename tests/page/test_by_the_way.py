"""A place that is only mentioned by the way is not the one that the article reports on."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor

LINES = [
    line.split(" | ")
    for line in (Path(__file__).parent / "by_the_way.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("place", "text"), LINES)
def test_the_place_of_the_article(place: str, text: str) -> None:
    assert {figure.place for figure in extractor.extract_text(text)} == {"" if place == "-" else place}


def test_a_list_of_places_gives_way_to_the_dateline() -> None:
    text = "本报南浦电 沿途的香港、深圳、中山和珠海等地设7站，骑行活动落幕。"
    assert {figure.place for figure in extractor.extract_text(text)} == {"南浦"}
