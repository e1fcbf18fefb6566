"""The table to read on a terminal: one block per article, with the columns that a reader looks for and that
there is room for.

Value and unit stand together as a reader says them (``≈ 11,720,000 元/户``): numbers grouped, a sign for the
qualifier (``≈ > < ≥ ≤``), an arrow for a change, and what a rate is per, without which it would look like a
total. The more room, the more columns: ``RANKS`` tells which come first; what is kept of a record stands in the
heading. If other columns were chosen, those are shown as they are, on several pages where they are too many for
the width.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.model import COLUMNS
from extractor.sources.escapes import escaped
from extractor.table.columns import Cell, Row, spell
from extractor.writers import base
from extractor.writers.widths import GAP, Wish, chosen, folded, pages, shared

if TYPE_CHECKING:
    from rich.console import JustifyMethod

SIGNS = {"about": "≈ ", "over": "> ", "nearly": "< ", "under": "< ", "at_least": "≥ ", "at_most": "≤ "}
ARROWS = {"up": "↑ ", "down": "↓ "}
NARROWEST, WIDEST = 60, 240

SHOWN = (
    "line",
    "text",
    "value",
    "subject",
    "item",
    "action",
    "kind",
    "basis",
    "period",
    "date_from",
    "confidence",
)
"""The columns of an article, as they stand side by side. ``date_from`` holds both days."""
RANKS = (
    "value",
    "item",
    "subject",
    "period",
    "text",
    "line",
    "kind",
    "basis",
    "action",
    "date_from",
    "confidence",
)
"""Which of them come first where there is not room for all; the first two are always shown."""
MUST = 2
ENOUGH = {"text": 14, "value": 26, "subject": 14, "item": 22, "action": 8, "basis": 12, "period": 14}
STYLES = {"line": "dim", "text": "cyan", "subject": "green", "kind": "magenta", "period": "dim", "date_from": "dim",
          "confidence": "dim", "action": "", "basis": ""}  # fmt: skip
RIGHT = frozenset({"line", "value", "confidence"})

LONG = {
    "source": 16, "title": 16, "subject": 12, "sentence": 24, "item": 16, "locator": 12, "examples": 24, "basis": 12,
    "spellings": 16, "example": 16, "says": 20, "explanation": 24, "expression": 16,
}  # fmt: skip
"""Columns whose text may be folded where other columns were chosen, and the width that each gets at least."""


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
        self._names = {
            column: {word: name for name, word in self.layout.words.get(column, {}).items()}
            for column in ("qualifier", "change")
        }
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
        header = dict(zip(COLUMNS, self.layout.headers, strict=False)) if self.layout.header else {}
        shown = [self._shown(dict(zip(COLUMNS, row, strict=False))) for row in rows]
        wishes = [_wish(name, header.get(name, ""), [row[name] for row in shown]) for name in SHOWN]
        ranks = [SHOWN.index(name) for name in RANKS if any(row[name] for row in shown)]
        taken = chosen(wishes, ranks, MUST, self._width)
        widths = shared([wishes[number] for number in taken], self._width)
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=self.layout.header)
        for number, width in zip(taken, widths, strict=True):
            name = SHOWN[number]
            table.add_column(
                header.get(name, ""), justify="right" if name in RIGHT else "left", style=STYLES.get(name),
                width=width, overflow="fold",
            )  # fmt: skip
        for row in shown:
            names = [SHOWN[number] for number in taken]
            table.add_row(
                *(Text(folded(row[name], width)) for name, width in zip(names, widths, strict=True))
            )
        self._console.print(table)
        self._console.print()

    def _shown(self, cells: dict[str, Cell]) -> dict[str, str]:
        """The cells of a figure as an article shows them."""
        plain = {name: names.get(str(cells[name]), cells[name]) for name, names in self._names.items()}
        days = [str(cells[name]) for name in ("date_from", "date_to")]
        share = cells["confidence"]
        return {
            **{name: spell(cells[name]) for name in SHOWN},
            "value": measure({**cells, **plain}),
            "date_from": days[0] if days[0] == days[1] else " – ".join(day or "…" for day in days),
            "confidence": f"{share:.2f}" if isinstance(share, float) else spell(share),
        }

    def _flat(self, rows: list[Row]) -> None:
        """The chosen columns in one table, or in several that begin with the first column."""
        kinds, names = self.layout.types, (*self.layout.columns, *self.layout.kept)
        headers = self.layout.headers if self.layout.header else [""] * len(names)
        cells = [
            [
                grouped(cell) if kind == "number" else spell(cell)
                for cell, kind in zip(row, kinds, strict=True)
            ]
            for row in rows
        ]
        wishes = []
        for number, name in enumerate(names):
            natural = max([cell_len(headers[number]), *(cell_len(row[number]) for row in cells)])
            wishes.append(Wish(natural, min(natural, LONG.get(name, natural))))
        least = [wish.enough for wish in wishes]
        lead = 2 if names[:2] == ("kind", "unit") else 1  # a summary has a row for each pair
        parts = pages(least, self._width, lead) if names else []
        for part in parts:
            if len(parts) > 1:
                first, last = part[min(lead, len(part) - 1)] + 1, part[-1] + 1
                told = f"column{'s' * (last > first)} {f'{first} – ' * (last > first)}{last} of {len(names)}"
                self._console.print(Text(told, style="dim"))
            # A single cell that is wider than the terminal is left to it; cut words help nobody.
            widths = shared([wishes[number] for number in part], max(self._width, _sum(least, part)))
            self._console.width = max(self._width, sum(widths) + GAP * len(widths))
            table = Table(
                box=box.SIMPLE_HEAD, show_header=self.layout.header, show_edge=False, pad_edge=False,
                padding=(0, GAP - 1, 0, 0),
            )  # fmt: skip
            for number, width in zip(part, widths, strict=True):
                justify: JustifyMethod = "left" if kinds[number] == "text" else "right"
                table.add_column(headers[number], justify=justify, width=width, overflow="fold")
            for row in cells:
                table.add_row(*(Text(folded(row[n], width)) for n, width in zip(part, widths, strict=True)))
            self._console.print(table)
            self._console.print()

    def _send(self) -> None:
        file = self._console.file
        assert isinstance(file, io.StringIO)
        lines = (line.rstrip() + "\n" for line in file.getvalue().splitlines())
        self.output.stream().write("".join(lines).encode())
        file.seek(0)
        file.truncate()


def _wish(name: str, header: str, cells: Iterable[str]) -> Wish:
    natural = max([cell_len(header), *map(cell_len, cells)])
    return Wish(natural, min(natural, max(ENOUGH.get(name, natural), cell_len(header))))


def _sum(widths: Sequence[int], part: Sequence[int]) -> int:
    return sum(widths[number] for number in part) + GAP * (len(part) - 1)


def measure(cells: Mapping[str, Cell]) -> str:
    """Value and unit of a figure as a reader wants them, with what it is per.

    >>> row = {"value": 11720000, "qualifier": "nearly", "unit": "元", "change": "", "per": "户"}
    >>> measure(row)
    '< 11,720,000 元/户'
    >>> ends = {"value": None, "low": 2, "high": 3, "qualifier": "range", "per": ""}
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
    per = f"/{cells['per']}" if cells["per"] else ""
    return f"{arrow}{sign}{number} {cells['unit']}{per}".rstrip()


def grouped(cell: Cell) -> str:
    """A number with its digits in groups of three.

    >>> grouped(11720000), grouped(-0.5), grouped(1234.5), grouped(None)
    ('11,720,000', '-0.5', '1,234.5', '')
    """
    text = spell(cell)
    sign = "-" if text.startswith("-") else ""
    whole, point, fraction = text.removeprefix("-").partition(".")
    return f"{sign}{int(whole):,}{point}{fraction}" if whole.isdecimal() else text
