"""The table to read on a terminal: one block per article, only the columns that a reader looks for.

The sentence, the offsets and the rule are left out; numbers are grouped (``11,720,000 元``), with a sign for
the qualifier (``≈ > < ≥ ≤``) and an arrow for a change. The subject is shown where the terminal is wide and the
article names one; what is kept of a record stands in the heading. If other columns were chosen, those are shown as they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.model import COLUMNS
from extractor.sources.escapes import escaped
from extractor.table.columns import Cell, Row, spell
from extractor.writers import base

if TYPE_CHECKING:
    from rich.console import JustifyMethod

SIGNS = {"about": "≈ ", "over": "> ", "nearly": "< ", "under": "< ", "at_least": "≥ ", "at_most": "≤ "}
SUBJECT = COLUMNS.index("subject")
ARROWS = {"up": "↑ ", "down": "↓ "}
NARROWEST, WIDEST = 60, 140
ROOMY = 100
"""A terminal as wide as this has room for the subjects."""
LONG = frozenset(
    {
        "source",
        "title",
        "subject",
        "sentence",
        "item",
        "locator",
        "examples",
        "basis",
        "spellings",
        "example",
        "says",
    }
)
"""Columns whose text may break over lines, and the width that each gets at least."""
LONG_LEAST = 16


class Writer(base.Writer):
    """Writes blocks of text with rich, as wide as the terminal and no wider than can be read."""

    def begin(self) -> None:
        # Rendered into memory and sent as bytes, so a closed pipe is met in one place for all formats.
        self._width = max(NARROWEST, min(Console().width, WIDEST))
        self._console = Console(
            file=io.StringIO(),
            width=self._width,
            force_terminal=bool(self.color),
            no_color=not self.color,
            highlight=False,
            soft_wrap=False,
        )
        self._whole = self.layout.columns == COLUMNS
        self._pending: list[Row] = []

    def write(self, rows: Sequence[Row]) -> None:
        rows = [tuple(escaped(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
        if not self._whole:
            self._pending.extend(rows)
            return
        for _, block in groupby(rows, key=lambda row: row[:2]):
            self._article(list(block))
        self._send()

    def finish(self) -> None:
        if not self._whole:
            self._flat(self._pending)
            self._send()

    def _article(self, rows: list[Row]) -> None:
        """A heading with title, place and source, and the figures under it."""
        first = dict(zip(COLUMNS, rows[0], strict=False))
        heading = Text(str(first["title"] or "(no title)"), style="bold")
        if first["place"]:
            heading.append(f"  {first['place']}", style="not bold green")
        heading.append(f"  {first['source']}:{first['article']}", style="not bold dim")
        for name, cell in zip(self.layout.kept, rows[0][len(COLUMNS) :], strict=True):
            heading.append(f"  {name}: {cell}", style="not bold dim")
        self._console.print(heading)
        header = dict(zip(COLUMNS, self.layout.headers, strict=False))
        subjects = self._width >= ROOMY and any(row[SUBJECT] for row in rows)
        table = Table(box=None, pad_edge=False, padding=(0, 1), expand=True, show_header=self.layout.header)
        table.add_column(header["line"], justify="right", style="dim", width=5)
        table.add_column(header["text"], style="cyan", overflow="fold", ratio=4)
        table.add_column(header["value"], justify="right", width=18, overflow="fold")
        if subjects:
            table.add_column(header["subject"], style="green", overflow="fold", ratio=4)
        table.add_column(header["item"], overflow="fold", ratio=6)
        table.add_column(header["kind"], style="magenta", width=13)
        table.add_column(header["period"], style="dim", ratio=3, overflow="fold")
        for row in rows:
            cells = dict(zip(COLUMNS, row, strict=False))
            shown = [spell(cells["line"]), cells["text"], measure(cells)]
            shown += [cells["subject"]] if subjects else []
            shown += [cells["item"], cells["kind"], cells["period"]]
            table.add_row(*(Text(str(cell)) for cell in shown))
        self._console.print(table)
        self._console.print()

    def _flat(self, rows: list[Row]) -> None:
        """The chosen columns in one table."""
        table = Table(
            box=box.SIMPLE_HEAD, show_header=self.layout.header, pad_edge=False, padding=(0, 1, 0, 0)
        )
        for name, header, kind in zip(
            (*self.layout.columns, *self.layout.kept), self.layout.headers, self.layout.types, strict=True
        ):
            justify: JustifyMethod = "left" if kind == "text" else "right"
            short = name not in LONG
            table.add_column(
                header,
                justify=justify,
                overflow="fold",
                no_wrap=short,
                min_width=None if short else LONG_LEAST,
            )
        for row in rows:
            table.add_row(
                *(
                    Text(grouped(cell) if kind == "number" else spell(cell))
                    for cell, kind in zip(row, self.layout.types, strict=True)
                )
            )
        # A terminal too narrow for the columns breaks the lines itself; cut words help nobody.
        self._console.width = 10_000
        least = self._console.measure(table).minimum
        self._console.width = max(self._width, least)
        self._console.print(table)

    def _send(self) -> None:
        file = self._console.file
        assert isinstance(file, io.StringIO)
        lines = (line.rstrip() + "\n" for line in file.getvalue().splitlines())
        self.output.stream().write("".join(lines).encode())
        file.seek(0)
        file.truncate()


def measure(cells: dict[str, Cell]) -> str:
    """Value and unit of a figure as a reader wants them.

    >>> row = {"value": 11720000, "qualifier": "nearly", "unit": "元", "change": ""}
    >>> measure(row)
    '< 11,720,000 元'
    >>> ends = {"value": None, "low": 2, "high": 3, "qualifier": "range"}
    >>> measure(row | ends)
    '2 – 3 元'
    """
    if cells["value"] is None:
        ends: Iterable[Cell] = (cells["low"], cells["high"])
        number = " – ".join(grouped(end) or "…" for end in ends)
    else:
        number = grouped(cells["value"])
    sign = SIGNS.get(str(cells["qualifier"]), "")
    arrow = ARROWS.get(str(cells["change"]), "")
    return f"{arrow}{sign}{number} {cells['unit']}".rstrip()


def grouped(cell: Cell) -> str:
    """A number with its digits in groups of three.

    >>> grouped(11720000), grouped(-0.5), grouped(1234.5), grouped(None)
    ('11,720,000', '-0.5', '1,234.5', '')
    """
    text = spell(cell)
    sign = "-" if text.startswith("-") else ""
    whole, point, fraction = text.removeprefix("-").partition(".")
    return f"{sign}{int(whole):,}{point}{fraction}" if whole.isdecimal() else text
