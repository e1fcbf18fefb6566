"""Figures for tests that need some and do not care how they were found. A new column costs a line here."""

from __future__ import annotations

import dataclasses

from extractor.model import Figure

FIGURE = Figure(
    source="a.txt", article=1, title="题", published="", place="", subject="", sentence="培训7期。", text="7期",
    item="培训", head="培训", action="", value=7, low=7, high=7, qualifier="exact", unit="期", base_value=7,
    base_unit="期", kind="training", change="", basis="", per="", period="", period_from="", date_from="",
    date_to="", start=2, end=4, line=1, locator="", rule="digits", confidence=0.9,
)  # fmt: skip


def figure(**changes: object) -> Figure:
    """A figure that differs from ``FIGURE`` in some columns.

    >>> figure(unit="次").unit
    '次'
    """
    return dataclasses.replace(FIGURE, **changes)  # type: ignore[arg-type]
