"""Draws series to a PNG or SVG file, by matplotlib, which comes with the extra ``plot``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from extractor.facts.periods import label, span
from extractor.facts.series import Cell, Line, Series
from extractor.facts.tables import number

FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei",
    "SimHei", "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Serif CJK SC",
    "Droid Sans Fallback", "Arial Unicode MS", "SimSun", "AR PL UMing CN", "AR PL UKai CN", "Heiti TC", "Songti SC",
)  # fmt: skip
"""Fonts with Chinese characters, the first that is there is taken."""
MOST_LINES = 12
"""Lines of one panel; further ones would be no more told apart."""
MOST_PANELS = 6
_SCALES = ((10**8, "亿"), (10**4, "万"))
SUFFIXES = (".png", ".svg")


class PlotError(Exception):
    """It cannot be drawn; the message says why and what helps."""


class Panel(NamedTuple):
    """One item in one unit: the periods, and for each owner its values at them (None is a gap) and the other values."""

    title: str
    unit: str
    periods: list[str]
    lines: dict[str, list[float | None]]
    others: list[tuple[int, float, float]]


def check(target: str) -> None:
    """Raise ``PlotError`` where the target cannot be drawn to, before any work is done."""
    if os.path.splitext(target)[1].lower() not in SUFFIXES:
        raise PlotError(f"--plot {target}: name a .png or .svg file")
    if find_spec("matplotlib") is None:
        raise PlotError(
            "--plot needs matplotlib; install with: python -m pip install 'extract-figures[plot]'"
        )


def panels(series: Series) -> tuple[list[Panel], int]:
    """What is drawn, and how many cells are not: those of another length of period than most, and of too many lines.

    Levels are drawn, and changes only where there is no level; an item of single points where others move is left out.
    """
    lines = series.lines()
    levels = {line: cells for line, cells in lines.items() if line.measure == "level" and not line.aspects}
    drawn = levels or {line: cells for line, cells in lines.items() if line.measure == "change"}
    spans = Counter(span(cell.date_from, cell.date_to) for cells in drawn.values() for cell in cells)
    usual = max(spans, key=lambda name: spans[name], default="")
    groups: dict[tuple[str, ...], dict[Line, list[Cell]]] = {}
    for line, cells in drawn.items():
        kept = [cell for cell in cells if span(cell.date_from, cell.date_to) == usual]
        if kept:
            groups.setdefault((line.item, line.base_unit, line.per, line.basis), {})[line] = kept
    moving = [group for group in groups.values() if any(len(cells) > 1 for cells in group.values())]
    ordered = sorted(moving or groups.values(), key=lambda group: -len(group))[:MOST_PANELS]
    made = [_panel(series, group) for group in ordered]
    shown = sum(len(cells) for group in ordered for cells in list(group.values())[:MOST_LINES])
    return made, sum(map(len, lines.values())) - shown


def _panel(series: Series, group: dict[Line, list[Cell]]) -> Panel:
    lines = dict(list(group.items())[:MOST_LINES])
    first = next(iter(lines))
    unit = series.unit_of(first)
    times = sorted({(cell.date_to, cell.date_from) for cells in lines.values() for cell in cells})
    periods = [label(begin, end) for end, begin in times]
    values = {
        line: {cell.period: float(number(cell.fact.first.base, unit) or 0) for cell in cells if cell.fact.first.base is not None}
        for line, cells in lines.items()
    }  # fmt: skip
    largest = max((abs(value) for row in values.values() for value in row.values()), default=0.0)
    scale, word = next(((size, word) for size, word in _SCALES if largest >= 5 * size), (1, ""))
    others = [
        (periods.index(cell.period), values[line][cell.period] / scale, float(number(fact.first.base, unit) or 0) / scale)
        for line, cells in lines.items()
        for cell in cells
        for fact in cell.others
    ]  # fmt: skip
    rows = {
        line.subject: [row[period] / scale if period in row else None for period in periods]
        for line, row in values.items()
    }
    measure = "" if first.measure == "level" else f" ({first.measure})"
    return Panel(first.item + measure, f"{word}{unit}", periods, rows, others)


def draw(made: Sequence[Panel], target: str) -> None:
    """Draw panels to a PNG or SVG file, the same bytes for the same panels. Raises ``PlotError``, ``OSError``."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    options: dict[Any, Any] = {
        "font.sans-serif": [_font(), "DejaVu Sans"],
        "axes.unicode_minus": False,
        "svg.hashsalt": "extractor",
    }
    with matplotlib.rc_context(options):
        figure, axes = pyplot.subplots(
            len(made), squeeze=False, figsize=(7, 3.2 * len(made)), layout="constrained"
        )
        for axis, panel in zip(axes[:, 0], made, strict=True):
            _draw(axis, panel)
        kind = os.path.splitext(target)[1][1:].lower()
        metadata: dict[str, Any] = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
        figure.savefig(target, dpi=120, metadata=metadata, format=kind)
        pyplot.close(figure)


def _draw(axis: Any, panel: Panel) -> None:
    places = range(len(panel.periods))
    for name, values in panel.lines.items():
        numbers = [float("nan") if value is None else value for value in values]
        axis.plot(places, numbers, marker="o", markersize=4, label=name)
    for at, value, other in panel.others:
        axis.plot([at, at], [value, other], color="crimson", linewidth=1, zorder=5)
        axis.plot([at], [other], marker="x", color="crimson", markersize=7, zorder=5)
    axis.set_xticks(list(places), panel.periods)
    axis.set_title(panel.title)
    axis.set_ylabel(panel.unit)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)


def _font() -> str:
    """A font with Chinese characters. Raises ``PlotError`` where the system has none that we know."""
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    found = next((name for name in FONTS if name in known), "")
    if not found:
        found = min((name for name in known if "CJK" in name or "Han Sans" in name), default="")
    if not found:
        raise PlotError(
            "no font with Chinese characters was found, and the plot would show boxes; install one, "
            "as fonts-noto-cjk of Debian (then remove matplotlib's fontlist*.json from its cache)"
        )
    return found
