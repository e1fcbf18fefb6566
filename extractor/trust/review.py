"""Applies a review to a document: rows confirmed, corrected, taken out and put in, and what was right before.

In go a document as the rules read it, its text, and the records of a review; out come the document as the reviewer
wants it and the marks: which cells of the checked rows the rules had right. A record holds for a text of its digest,
whatever the text is called now, and for the row at its span; a row whose span has changed by less than a half is still
that row. What was done stands in ``rule``, after the rule that found the row: ``review.right``, ``review.corrected``,
``review.wrong``, and for rows put in ``review.added``. A row that is confirmed or corrected has the confidence 1, one that
is only known to be wrong has 0. A figure taken out becomes a rejection, so that its numeral is still accounted for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from extractor.model import Document, Figure, Rejection
from extractor.numerals.base import base
from extractor.sources.encodings import text_digest
from extractor.table.columns import CELLS
from extractor.trust.records import Record

JUDGED = (
    "value", "qualifier", "unit", "kind", "subject", "item", "action", "per", "change", "period",
)  # fmt: skip
"""The columns whose accuracy is told."""
ENDS = "。！？\n"
REASON = "review"


class Judged(NamedTuple):
    """What a review says of one document, by the places of its records: the marks of the rows that were found,
    records whose row the rules do not find (any more), records whose text has changed under its name, and the digest.
    """

    marks: tuple[tuple[int, dict[str, bool]], ...] = ()
    unfound: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    digest: str = ""


@dataclass(slots=True)
class Review:
    """The records of a review, to be applied to one document after the other."""

    records: Sequence[Record]
    _by_digest: dict[str, list[int]] = field(default_factory=dict)
    _by_name: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, record in enumerate(self.records):
            self._by_digest.setdefault(record.digest, []).append(place)
            self._by_name.setdefault(record.source, []).append(place)

    def apply(self, document: Document, text: str) -> tuple[Document, Judged]:
        """The document as reviewed, and the marks.

        >>> from extractor.pipeline import examine
        >>> from extractor.trust.records import record_of
        >>> text = "培训7期，惠及12户。"
        >>> document = examine(text, "a.txt")
        >>> record = record_of(document.figures[0], text_digest(text), "corrected", item="党员培训")
        >>> reviewed, judged = Review([record]).apply(document, text)
        >>> reviewed.figures[0].item, reviewed.figures[0].rule, judged.marks[0][1]["item"]
        ('党员培训', 'unit.event review.corrected', False)
        """
        digest = text_digest(text)
        places = self._by_digest.get(digest, [])
        if not places:
            return document, Judged(changed=tuple(self._by_name.get(document.source, ())), digest=digest)
        figures: dict[int, Figure] = dict(enumerate(document.figures))
        rejections = list(document.rejections)
        marks, unfound, new = [], [], []
        for place in places:
            record = self.records[place]
            at = _row_of(record, figures)
            if at is None:
                unfound.append(place)
                if record.truth and record.end <= len(text):
                    new.append(_made(record, document, text))
                continue
            figure = figures[at]
            marks.append((place, _marks(record, figure)))
            if record.verdict == "deleted":
                del figures[at]
                rejections.append(_rejected(figure))
            else:
                figures[at] = _reviewed(record, figure)
        spans = [(figure.start, figure.end) for figure in new]
        rejections = [one for one in rejections if not any(s <= one.start and one.end <= e for s, e in spans)]
        document = replace(
            document,
            figures=tuple(sorted((*figures.values(), *new), key=lambda one: one.start)),
            rejections=tuple(sorted(rejections, key=lambda one: one.start)),
        )
        return document, Judged(tuple(marks), tuple(unfound), (), digest)


def corrected(figure: Figure, cells: Mapping[str, Any]) -> Figure:
    """The figure with other cells, and what follows from them: bounds, the value in the base unit, the head.

    >>> from extractor import extract_text
    >>> figure = corrected(extract_text("种植45亩。")[0], {"value": 48})
    >>> figure.value, figure.low, figure.high, figure.base_value, figure.base_unit
    (48, 48, 48, 32000, '平方米')
    """
    changes = {name: cell for name, cell in cells.items() if cell != getattr(figure, name)}
    if "value" in changes and not {"low", "high"} & changes.keys():
        exact = changes.get("qualifier", figure.qualifier) == "exact"
        for bound in ("low", "high"):
            follows = exact or (figure.value is not None and getattr(figure, bound) == figure.value)
            changes[bound] = changes["value"] if follows else None
    if {"value", "unit"} & changes.keys():
        value, unit = changes.get("value", figure.value), changes.get("unit", figure.unit)
        changes["base_value"], changes["base_unit"] = base(value, unit)
    if "item" in changes and not changes["item"].endswith(figure.head):
        changes["head"] = ""
    if "period" in changes:
        stated = changes["period"] in figure.sentence
        changes["period_from"] = ("sentence" if stated else "article") if changes["period"] else ""
        if not {"date_from", "date_to"} & changes.keys():
            changes["date_from"] = changes["date_to"] = ""
    return replace(figure, **changes)


def _row_of(record: Record, figures: Mapping[int, Figure]) -> int | None:
    """The place of the row that a record is about: that of its span, or the one that shares most with it."""
    best, most = None, 0.5
    for at, figure in figures.items():
        common = min(figure.end, record.end) - max(figure.start, record.start)
        if common <= 0:
            continue
        share = common / (max(figure.end, record.end) - min(figure.start, record.start))
        if share >= most:
            best, most = at, share
    return best


def _marks(record: Record, figure: Figure) -> dict[str, bool]:
    """Which cells the rules had right; ``figure`` tells whether it is a figure at all, ``row`` whether all is right."""
    if record.verdict == "deleted":
        return {"row": False, "figure": False}
    truth = record.truth
    cells = {name: getattr(figure, name) == truth[name] for name in JUDGED if name in truth}
    row = record.verdict != "wrong" and all(cells.values())
    return {"row": row, "figure": True, **cells}


def _reviewed(record: Record, figure: Figure) -> Figure:
    """The row as the reviewer wants it."""
    if record.verdict == "wrong":
        return replace(figure, rule=f"{figure.rule} review.wrong", confidence=0.0)
    after = corrected(figure, record.truth)
    sort = "right" if after == figure else "corrected"
    return replace(after, rule=f"{figure.rule} review.{sort}", confidence=1.0)


def _made(record: Record, document: Document, text: str) -> Figure:
    """The row of a figure that the rules do not find."""
    line = 1 + text.count("\n", 0, record.start)
    article = next((a for a in document.articles if a.first_line <= line <= a.last_line), None)
    others = [f for f in document.figures if article is None or f.article == article.number]
    sentence = record.sentence or _sentence(text, record.start, record.end)
    written = "".join(text[record.start : record.end].split())
    blank = Figure(
        source=document.source, article=article.number if article else 1, title=article.title if article else "",
        published=others[0].published if others else "", place=article.place if article else "", subject="",
        sentence=sentence, text=written, item="", head="", action="", value=None, low=None, high=None,
        qualifier="exact", unit="", base_value=None, base_unit="", kind="items", change="", basis="", per="",
        period="", period_from="", date_from="", date_to="", start=record.start, end=record.end, line=line,
        locator="", rule="review.added", confidence=1.0,
    )  # fmt: skip
    return corrected(blank, {name: record.truth[name] for name in CELLS if name in record.truth})


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, without its white space."""
    first = max(text.rfind(mark, 0, start) for mark in ENDS) + 1
    last = min((at for mark in ENDS if (at := text.find(mark, end)) >= 0), default=len(text) - 1)
    return "".join(text[first : last + 1].split())


def _rejected(figure: Figure) -> Rejection:
    return Rejection(
        figure.source, figure.article, figure.start, figure.end, figure.line, figure.text, REASON, "review.deleted",
        figure.sentence,
    )  # fmt: skip
