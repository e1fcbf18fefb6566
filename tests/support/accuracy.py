"""Measures how right the table of the seeds is, as the pages are and with a newspaper's breaks over them.

The second measurement takes the layout out of a page, puts the breaks of ``tests.support.mutilate.newspaper`` over it
and examines that text. It differs from the page in white space only, so the annotated spans are carried over
by counting the other characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from extractor.page.layout import clean
from extractor.pipeline import examine
from tests.support.mutilate import newspaper
from tests.support.scorer import SEEDS, Score, read_gold, score, score_seeds

LAYOUTS = (1, 2, 3, 4, 5, 6)
"""Seeds of the random generator, a layout each."""

SEEDS_MEASURES = (
    "precision", "recall", "f1", "row_f1", "value", "qualifier", "unit", "kind", "item", "item_exact",
    "per", "period", "period_strict", "change", "action", "title", "place",
)  # fmt: skip
NEWSPAPER_MEASURES = (
    "precision", "recall", "f1", "row_f1", "value", "qualifier", "unit", "kind", "item", "item_exact",
)  # fmt: skip


@cache
def seeds() -> Score:
    """The score of ``extract seeds/``."""
    return score_seeds()


@cache
def newspapers() -> Score:
    """The score of the seeds in every layout of ``LAYOUTS``, added up."""
    total = Score()
    for name, gold in read_gold().items():
        text = (SEEDS / name).read_bytes().decode()
        for layout in LAYOUTS:
            page = newspaper(clean(text).text, layout)
            rows = [figure.to_dict() for figure in examine(page, name).figures]
            total.add(score(carried_over(gold, text, page), rows))
    return total


def carried_over(gold: Iterable[dict[str, Any]], text: str, page: str) -> list[dict[str, Any]]:
    """The annotations of ``text`` with their spans in ``page``, which differs in white space (or by
    characters put for one another).

    >>> carried_over([{"start": 1, "end": 4}], "有7 期。", "有 7期。")
    [{'start': 2, 'end': 4}]
    """
    number = [0]  # how many characters other than blanks stand before each offset of the text
    for character in text:
        number.append(number[-1] + (not character.isspace()))
    places = [at for at, character in enumerate(page) if not character.isspace()]
    if len(places) != number[-1]:
        raise ValueError("the page has other characters than the text")
    return [
        {**row, "start": places[number[row["start"]]], "end": places[number[row["end"]] - 1] + 1}
        for row in gold
    ]


def measure() -> dict[str, dict[str, float]]:
    """The measures that have floors, by section of the file of the floors."""
    page, broken = seeds().measures(), newspapers().measures()
    return {
        "seeds": {name: page[name] for name in SEEDS_MEASURES},
        "newspaper": {name: broken[name] for name in NEWSPAPER_MEASURES},
    }
