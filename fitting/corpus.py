"""Annotated texts as sentences with the answers that a reader accepts.

Articles lie in folders with ``texts/NAME.txt`` and ``figures/NAME.jsonl`` (the form of ``tests/gold`` and
``tests/articles``); cases are the sentences of ``tests/cases``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.context import reading
from extractor.context.periods import Moment
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, situations
from extractor.lexicon.words import lexicon
from extractor.numerals.drafts import Draft
from extractor.page import articles, layout
from extractor.pipeline import passages
from tests.support import cases_runner

Gold = dict[str, Any]


@dataclass
class Example:
    """A sentence with figures and, for each, its annotation (None where it has none).

    ``document`` names the text, so that folds part texts and not sentences; ``kind`` is "article" or "case".
    """

    document: str
    kind: str
    article: int
    sentence: Sentence
    situations: list[Situation]
    written: str
    place: tuple[int, int]
    moment: Moment
    gold: list[Gold | None]
    cache: dict[str, Any] = field(default_factory=dict)


def of_folder(folder: Path, texts: Path | None = None) -> Iterator[Example]:
    """The examples of a folder of annotated articles; ``texts`` is where their texts lie."""
    for path in sorted((folder / "figures").glob("*.jsonl")):
        text = ((texts or folder / "texts") / f"{path.stem}.txt").read_text(encoding="utf-8")
        gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        yield from of_text(text, f"{folder.name}/{path.stem}", gold, "article")


def of_cases() -> Iterator[Example]:
    """The examples of ``tests/cases``."""
    for case in cases_runner.load_cases("wild", "negative", "known_failures"):
        gold = []
        for figure in case.figures:
            if figure.get("optional") or "item" not in figure:
                continue
            also = figure.get("also", [])
            gold.append({
                "status": "figure", "start": figure["start"], "end": figure["end"], "item": figure["item"],
                "item_core": figure.get("core", figure["item"]), "item_max": figure["item"], "item_also": also,
                "exact": [figure["item"], *also], "action": figure.get("action"), "case": True, **{
                    name: figure[name] for name in ("kind", "unit") if name in figure
                },
            })  # fmt: skip
        yield from of_text(case.text, f"cases/{case.path.stem}", gold, "case")


def of_text(text: str, document: str, gold: list[Gold], kind: str) -> Iterator[Example]:
    """The examples of one annotated text."""
    words = lexicon()
    clean = layout.clean(text)
    free = [one for one in gold if one["status"] == "figure"]
    for passage in passages(clean, articles.split(clean), words):
        figures = [result for result in passage.results if isinstance(result, Draft)]
        if not figures:
            continue
        reading.qualify(passage.text, passage.begin, passage.finish, figures, words)
        sentence = Sentence(
            passage.text, passage.begin, passage.finish, figures, passage.history.times(), words
        )
        matched: list[Gold | None] = []
        for figure in figures:
            span = clean.span(figure.start, figure.end)
            found = next((one for one in free if _overlap((one["start"], one["end"]), span) >= 0.5), None)
            if found is not None:
                free.remove(found)
            matched.append(found)
        yield Example(
            document, kind, passage.article.number, sentence, situations(sentence), clean.text, passage.place,
            passage.history.moment(passage.place[0]), matched,
        )  # fmt: skip


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0
