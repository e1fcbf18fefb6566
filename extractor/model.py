"""The objects that travel through the pipeline: numbers, figures, rejections, articles.

They hold plain values only and know nothing of rules, pandas or files, so every other module may import this one.
The meaning of each field is told in the contract of the table (README, "The columns").
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple, SupportsIndex, overload

Value = int | float


class Number(NamedTuple):
    """What a numeral says: the stated value and the bounds that its wording implies.

    ``value`` is ``None`` for a range; ``low`` or ``high`` is ``None`` where that side is open.
    ``qualifier`` is one of exact, about, over, nearly, under, at_least, at_most, range.

    >>> Number(600000, 600000, 700000, "over").high
    700000
    """

    value: Value | None
    low: Value | None
    high: Value | None
    qualifier: str = "exact"


class Block(NamedTuple):
    """A piece of an article: ``start`` and ``end`` in the clean text, and the part that it plays there.

    ``role`` is one of headline, kicker, subheadline, byline, head (a section head), body, caption.
    """

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a source: its number there (from 1), headline, place, byline and blocks in reading order.

    ``kind`` is ``article`` or ``caption``; ``first_line`` and ``last_line`` are lines of the source (from 1).
    """

    number: int
    title: str
    place: str
    byline: str
    kind: str
    first_line: int
    last_line: int
    blocks: tuple[Block, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, without the blocks."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "blocks"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: a number that states how many or how much of something.

    The fields are the columns, in their order. Offsets count characters of the decoded source, end exclusive.
    """

    source: str
    article: int
    title: str
    published: str
    place: str
    subject: str
    sentence: str
    text: str
    item: str
    head: str
    action: str
    value: Value | None
    low: Value | None
    high: Value | None
    qualifier: str
    unit: str
    base_value: Value | None
    base_unit: str
    kind: str
    change: str
    basis: str
    per: str
    period: str
    period_from: str
    date_from: str
    date_to: str
    start: int
    end: int
    line: int
    locator: str
    rule: str
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The columns by name, in the order of the table."""
        return {name: getattr(self, name) for name in COLUMNS}


class Figures(list[Figure]):
    """Figures in the order of their text. It is a list, and a notebook shows it as a table: each sentence with its
    figures highlighted, and under it their rows. A slice is of the same type.

    >>> from extractor import extract_text
    >>> figures = extract_text("培训7期，惠及群众1332户。")
    >>> type(figures[1:]).__name__, figures[1:][0].text
    ('Figures', '1332户')
    """

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex) -> Figure: ...

    @overload
    def __getitem__(self, index: slice) -> Figures: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Figure | Figures:
        return Figures(super().__getitem__(index)) if isinstance(index, slice) else super().__getitem__(index)

    def _repr_html_(self) -> str:
        from extractor.showing import figures_html

        return figures_html(list(self))


@dataclass(frozen=True, slots=True)
class Rejection:
    """A numeral that is no figure, with the reason (date, ordinal, name, code, idiom, article) and the rule."""

    source: str
    article: int
    start: int
    end: int
    line: int
    text: str
    reason: str
    rule: str
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """The columns of the rejections file by name, in their order."""
        return {name: getattr(self, name) for name in REJECTION_COLUMNS}


COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Figure))
REJECTION_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Rejection))


@dataclass(frozen=True, slots=True)
class Document:
    """Everything found in one source."""

    source: str
    articles: tuple[Article, ...]
    figures: tuple[Figure, ...]
    rejections: tuple[Rejection, ...]

    def _repr_html_(self) -> str:
        from extractor.showing import document_html

        return document_html(self)
