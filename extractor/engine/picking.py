"""Rows that are picked from the whole table when all of it is known: a sample, or the doubtful ones.

Documents are held until the end, each with its figures, for some writers show the text as well. A picked table has its
rows in the order of the pick; a writer that goes by documents gets those that hold a picked row, without their other
articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from extractor.engine.task import Finding
from extractor.model import Document, Figure
from extractor.sources.encodings import Decoded
from extractor.table.columns import Cell, Layout
from extractor.trust.doubt import doubtful
from extractor.trust.sampling import draw

Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Pick:
    """What to pick: ``number`` rows by chance, from ``seed``, or without a number the doubtful ones."""

    number: int | None = None
    seed: int = 1

    def of(self, figures: Sequence[Figure], disagreeing: Sequence[bool]) -> list[tuple[int, int]]:
        """The places of the rows, each with the number of rows that it stands for (0: it was not drawn)."""
        if self.number is None:
            return [(place, 0) for place in doubtful(figures, disagreeing)]
        return draw(figures, self.number, self.seed)


class Held(NamedTuple):
    """A document that waits, with its text and those of its figures that passed the filters."""

    document: Document
    decoded: Decoded
    figures: Sequence[Figure]
    disagreeing: Sequence[bool]


@dataclass(slots=True)
class Picking:
    """A pick under way."""

    pick: Pick
    held: list[Held] = field(default_factory=list)
    rows: list[Figure] = field(default_factory=list)
    weights: dict[Key, int] = field(default_factory=dict)

    def add(self, document: Document, finding: Finding, figures: Sequence[Figure]) -> None:
        """Hold a document."""
        from extractor.checks import badges_of

        badges = badges_of(finding.checks)
        disagreeing = [badges.get((figure.start, figure.end)) == "disagrees" for figure in figures]
        self.held.append(Held(document, finding.decoded, figures, disagreeing))

    def close(self) -> None:
        """Pick: fill ``rows`` and ``weights``."""
        figures = [figure for one in self.held for figure in one.figures]
        disagreeing = [mark for one in self.held for mark in one.disagreeing]
        for place, weight in self.pick.of(figures, disagreeing):
            self.rows.append(figures[place])
            self.weights[key(figures[place])] = weight

    def documents(self) -> Iterator[tuple[Document, Decoded, list[Figure]]]:
        """The documents that hold a picked row, without the articles that hold none, and their picked rows."""
        for document, decoded, figures, _ in self.held:
            chosen = [figure for figure in figures if key(figure) in self.weights]
            if not chosen:
                continue
            articles = {figure.article for figure in chosen}
            yield (
                replace(
                    document,
                    articles=tuple(one for one in document.articles if one.number in articles),
                    figures=tuple(one for one in document.figures if one.article in articles),
                    rejections=tuple(one for one in document.rejections if one.article in articles),
                ),
                decoded,
                chosen,
            )

    def layout(self, layout: Layout) -> Layout:
        """The layout with the column ``weight``, if rows are drawn."""
        if self.pick.number is None:
            return layout
        weigh: Callable[[Figure], Cell] = lambda figure: self.weights[key(figure)]  # noqa: E731
        return replace(
            layout,
            columns=(*layout.columns, "weight"),
            computed={**layout.computed, "weight": weigh},
            other_types={**layout.other_types, "weight": "number"},
        )


def key(figure: Figure) -> Key:
    """What a figure is known by in a run."""
    return figure.source, figure.start, figure.end
