"""Rows and columns: what a figure or a rejection becomes in a table, and the table as a pandas DataFrame.

A row is a tuple of plain cells (``str``, ``int``, ``float`` or ``None`` where a number is absent). pandas
is imported by ``to_frame`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from extractor.matching import compiled
from extractor.model import COLUMNS, REJECTION_COLUMNS, Figure, Rejection

if TYPE_CHECKING:
    import pandas

    from extractor.checks import Check

Cell = str | int | float | None
Row = tuple[Cell, ...]
ColumnType = Literal["text", "whole", "number", "share"]

WHOLE = frozenset({"article", "start", "end", "line"})
NUMBERS = frozenset({"value", "low", "high", "base_value"})
SHARES = frozenset({"confidence"})
CELLS = (
    "value", "low", "high", "qualifier", "unit", "kind", "subject", "item", "action", "change", "basis", "per",
    "period", "date_from", "date_to",
)  # fmt: skip
"""The columns that a reviewer judges and can correct."""
_HALF = compiled("[\ud800-\udfff]")
CATEGORIES = (
    "source", "title", "place", "qualifier", "unit", "base_unit", "kind", "change", "per", "period_from", "rule",
)  # fmt: skip


def column_type(name: str) -> ColumnType:
    """What a column holds: text, whole numbers that are always there, numbers that may be absent, or shares of 1.

    >>> [column_type(name) for name in ("unit", "line", "value", "confidence")]
    ['text', 'whole', 'number', 'share']
    """
    if name in WHOLE:
        return "whole"
    if name in SHARES:
        return "share"
    return "number" if name in NUMBERS else "text"


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a table has, in which order, under which headers.

    ``labels`` are the headers where they differ from the names; ``other_types`` are the types of columns
    that figures and rejections do not have, such as those of a summary, and ``computed`` tells how to make the
    cells of such columns from a row's object; ``words`` gives for a column the
    words that stand for its values (``{"kind": {"money": "金额"}}``); ``header`` tells whether formats with a
    header line write one. ``kept`` are fields of the records of a corpus, which follow the columns.
    """

    columns: tuple[str, ...] = COLUMNS
    labels: Mapping[str, str] = field(default_factory=dict)
    other_types: Mapping[str, ColumnType] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    header: bool = True
    kept: tuple[str, ...] = ()
    computed: Mapping[str, Callable[[Any], Cell]] = field(default_factory=dict)

    @property
    def headers(self) -> list[str]:
        """The header of every column, and of what is kept: its name, with ``record_`` before it if a column has it.

        >>> Layout(columns=("title", "unit"), kept=("title", "region")).headers
        ['title', 'unit', 'record_title', 'region']
        """
        own = [self.labels.get(name, name) for name in self.columns]
        taken = {*own, *COLUMNS}
        return own + [f"record_{name}" if name in taken else name for name in self.kept]

    @property
    def types(self) -> list[ColumnType]:
        """The type of every column."""
        own = [self.other_types.get(name) or column_type(name) for name in self.columns]
        return own + ["text" for _ in self.kept]

    def rows(self, objects: Iterable[Figure | Rejection | Check], kept: tuple[str, ...] = ()) -> list[Row]:
        """The rows of figures or rejections; ``kept`` are the values that follow the columns.

        >>> layout = Layout(columns=REJECTION_COLUMNS[3:6])
        >>> layout.rows([Rejection("-", 1, 0, 5, 1, "2023年", "date", "year", "2023年。")])
        [(5, 1, '2023年')]
        """
        cells = _getter(self.columns, self.computed)
        numbers = [i for i, name in enumerate(self.columns) if name in NUMBERS]
        words = [(i, self.words[name]) for i, name in enumerate(self.columns) if name in self.words]
        behind = (kept or ("",) * len(self.kept)) if self.kept else ()
        rows = []
        for thing in objects:
            row = cells(thing)
            for i in numbers:
                cell = row[i]
                if isinstance(cell, float) and cell.is_integer():
                    row = (*row[:i], int(cell), *row[i + 1 :])
            for i, mapping in words:
                row = (*row[:i], mapping.get(str(row[i]), row[i]), *row[i + 1 :])
            rows.append(row + behind if behind else row)
        return rows


FIGURES = Layout()
REJECTIONS = Layout(columns=REJECTION_COLUMNS)


def plain(value: Any) -> Any:
    """A number as tables hold it: a whole one is an ``int``, whatever it was computed with.

    >>> plain(18.0), plain(0.5), plain(None)
    (18, 0.5, None)
    """
    return int(value) if isinstance(value, float) and value.is_integer() else value


def spell(cell: Cell) -> str:
    """A cell as plain text: nothing for an absent one, no exponent and no rounding for a number.

    >>> [spell(cell) for cell in (None, 82, 0.00001, 1850000000.0, "元")]
    ['', '82', '0.00001', '1850000000', '元']
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        text = repr(plain(cell))
        if "e" in text:
            from decimal import Decimal

            text = format(Decimal(text), "f")
        return text
    return str(cell)


def to_frame(figures: Iterable[Figure]) -> pandas.DataFrame:
    """The figures as a DataFrame, with the columns of the table in their order.

    Offsets and numbers of articles and lines are ``int64``, ``confidence`` is ``float64``. ``value``, ``low``,
    ``high`` and ``base_value`` are ``Int64`` where every one is whole and ``Float64`` where not, both with
    ``<NA>`` for an absent number; a whole number beyond 2**53 beside a fraction, which no float holds, makes the
    column ``object``, so nothing is ever rounded. Columns with few different values are categories, the rest is
    ``string``, dates too, for they can be as short as a year; empty text is ``""``. Half
    characters, which a text in Python can hold and no table can, are U+FFFD. Raises ``ImportError`` without pandas,
    which the extra ``pandas`` installs.

    >>> frame = to_frame([])
    >>> len(frame), list(frame.columns[:4])
    (0, ['source', 'article', 'title', 'published'])
    """
    try:
        import pandas
    except ImportError:
        hint = "install with: python -m pip install 'extract-figures[pandas]'"
        raise ImportError(f"a frame needs pandas; {hint}") from None

    columns: list[Sequence[Cell]] = list(zip(*FIGURES.rows(figures), strict=True)) or [()] * len(COLUMNS)
    series: dict[str, pandas.Series[Any]] = {}
    for name, cells in zip(COLUMNS, columns, strict=True):
        if name in WHOLE:
            dtype = "int64"
        elif name in SHARES:
            dtype = "float64"
        elif name in NUMBERS:
            dtype = _number_dtype(cells)
        elif name in CATEGORIES:
            dtype = "category"
        else:
            dtype = "string"
        if dtype in ("category", "string"):
            cells = [_HALF.sub("\ufffd", str(cell)) for cell in cells]
        series[name] = pandas.Series(cells, dtype=dtype)
    return pandas.DataFrame(series)


def _number_dtype(cells: Sequence[Cell]) -> str:
    """The narrowest nullable dtype that holds every number exactly."""
    wholes = [cell for cell in cells if isinstance(cell, int)]
    if len(wholes) == sum(cell is not None for cell in cells):
        return "Int64" if all(-(2**63) <= whole < 2**63 for whole in wholes) else "object"
    return "Float64" if all(int(float(whole)) == whole for whole in wholes) else "object"


def _getter(columns: Sequence[str], computed: Mapping[str, Callable[[Any], Cell]]) -> Callable[[Any], Row]:
    if not computed.keys().isdisjoint(columns):
        makers = [computed.get(name) or attrgetter(name) for name in columns]
        return lambda thing: tuple(make(thing) for make in makers)
    if len(columns) == 1:
        (name,) = columns
        return lambda thing: (getattr(thing, name),)
    return attrgetter(*columns)
