"""Measures how right the table of the seeds is, as the pages are and with a newspaper's breaks over them.

The second measurement takes the layout out of a page, puts the breaks of ``tests.support.mutilate.newspaper`` over it
and examines that text. It differs from the page in white space only, so the annotated spans are carried over
by counting the other characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from extractor.page.layout import clean
from extractor.pipeline import examine
from tests.support.cases_runner import (
    EXPECTED_TO_PASS,
    KNOWN_FAILURES,
    WEIGHED,
    Case,
    Difference,
    load_cases,
    run_case,
)
from tests.support.mutilate import newspaper
from tests.support.scorer import HELD_OUT, ROOT, SEEDS, Score, read_gold, read_lines, score, score_seeds

ARTICLES = ROOT / "tests" / "articles"

LAYOUTS = (1, 2, 3, 4, 5, 6)
"""Seeds of the random generator, a layout each."""

SEEDS_MEASURES = (
    "precision", "recall", "f1", "row_f1", "value", "qualifier", "unit", "kind", "item", "item_exact",
    "subject", "per", "period", "period_strict", "change", "action", "title", "place",
)  # fmt: skip
ARTICLE_MEASURES = (
    "f1",
    "row_f1",
    "value",
    "qualifier",
    "unit",
    "kind",
    "item",
    "item_exact",
    "subject",
    "per",
    "action",
)
HELD_OUT_MEASURES = ("precision", "recall", *ARTICLE_MEASURES, "period_strict", "change")
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
        "articles": {name: articles().measures()[name] for name in ARTICLE_MEASURES},
        "cases": cases(),
        "case_files": case_files(),
        "heldout": {name: held_out().measures()[name] for name in HELD_OUT_MEASURES},
    }


@cache
def differences() -> dict[str, list[Difference]]:
    """What is wrong in each case of ``tests/cases``, by its id."""
    return {case.id: run_case(case) for case in _all_cases()}


@cache
def cases() -> dict[str, float]:
    """Over all cases, the share of the figures whose weighed fields are right, field by field."""
    total = sum(_figures(case) for case in _all_cases())
    wrong = Counter(difference.field for found in differences().values() for difference in found)
    return {name: 1 - wrong[name] / total for name in WEIGHED}


@cache
def case_files() -> dict[str, float]:
    """For each file of cases the share of its figures' weighed fields that are right."""
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for case in _all_cases():
        total[case.path.stem] += len(WEIGHED) * _figures(case)
        wrong[case.path.stem] += sum(difference.field in WEIGHED for difference in differences()[case.id])
    return {name: 1 - wrong[name] / count for name, count in sorted(total.items()) if count}


def _figures(case: Case) -> int:
    return sum(not figure.get("optional") for figure in case.figures)


@cache
def _all_cases() -> tuple[Case, ...]:
    return tuple(load_cases(*EXPECTED_TO_PASS, KNOWN_FAILURES))


@cache
def articles() -> Score:
    """The score of ``tests/articles``, on which the weights were fitted."""
    return _folder(ARTICLES)


@cache
def held_out() -> Score:
    """The score of ``tests/heldout``, on which no weight was fitted: what new text can expect."""
    return _folder(HELD_OUT)


def _folder(folder: Path) -> Score:
    total = Score()
    for path in sorted((folder / "figures").glob("*.jsonl")):
        text = (folder / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
        rows = [figure.to_dict() for figure in examine(text, path.stem).figures]
        total.add(score(read_lines(path), rows))
    return total
