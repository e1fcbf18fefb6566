"""Draws series as bars of characters, for a terminal: a bar for each cell, its value behind it.

A Chinese character takes two columns, so every line is measured in columns and fits the width. A gap has no bar, what
another article says stands behind the value, and bars begin at zero, so that their lengths can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from extractor.facts.plot import Panel

NARROWEST = 40
_EIGHTHS = " ▏▎▍▌▋▊▉"
_NAME, _SHORTEST = 24, 8  # columns that the name of an owner takes at most, and a bar at least


def draw(panels: Sequence[Panel], width: int) -> str:
    """The panels one below the other, no line wider than ``width`` columns (40 at least).

    >>> print(draw([Panel("造林面积", "万亩", ["2022", "2023"], {"西溪县": [2.0, 4.0]}, [])], 40))
    造林面积 (万亩)
    西溪县 2022 █████████████              2
           2023 ██████████████████████████ 4
    <BLANKLINE>
    """
    return "\n".join(line for panel in panels for line in _panel(panel, max(width, NARROWEST)))


def _panel(panel: Panel, width: int) -> Iterator[str]:
    told = [value for values in panel.lines.values() for value in values if value is not None]
    low, high = min([0.0, *told]), max([0.0, *told])
    names = min(_NAME, max(map(cell_len, panel.lines)))
    times = max(map(cell_len, panel.periods))
    others = {(at, value): other for at, value, other in panel.others}
    notes = {
        (name, at): _note(value, others.get((at, value)) if value is not None else None)
        for name, values in panel.lines.items()
        for at, value in enumerate(values)
    }
    room = max(_SHORTEST, width - names - times - 3 - max(map(cell_len, notes.values())))
    yield _fitted(f"{panel.title} ({panel.unit})" if panel.unit else panel.title, width)
    for name, values in panel.lines.items():
        for at, value in enumerate(values):
            lead = set_cell_size(_fitted(name, names) if at == 0 else "", names)
            bar = _bar(value, low, high, room)
            line = f"{lead} {set_cell_size(panel.periods[at], times)} {bar} {notes[name, at]}"
            yield _fitted(line.rstrip(), width)
    yield ""


def _note(value: float | None, other: float | None) -> str:
    """The value as it stands behind its bar, with the one of another article."""
    if value is None:
        return "-"
    return f"{value:,.6g}" + ("" if other is None else f" ≠ {other:,.6g}")


def _bar(value: float | None, low: float, high: float, room: int) -> str:
    """A bar from zero, in eighths of a column; where values below zero occur, zero lies inside."""
    if value is None or high == low:
        return " " * room
    zero = round(-low / (high - low) * room)
    if value < 0:
        length = min(zero, max(1, round(-value / (high - low) * room)))
        return " " * (zero - length) + "█" * length + " " * (room - zero)
    eighths = min((room - zero) * 8, round(value / (high - low) * room * 8))
    whole, part = divmod(eighths, 8)
    return (" " * zero + "█" * whole + (_EIGHTHS[part] if part else "")).ljust(room)


def _fitted(text: str, width: int) -> str:
    """The text, cut with … where it is wider than ``width`` columns."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"
