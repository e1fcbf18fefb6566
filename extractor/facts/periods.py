"""The days of a figure as the name of a period, for columns and axes."""

from __future__ import annotations

from datetime import date, timedelta

SPANS = ("year", "half", "quarter", "month", "day")
"""What ``span`` can say; anything else is "other"."""


def span(date_from: str, date_to: str) -> str:
    """How long a period is, where it is a piece of the calendar.

    >>> span("2023-01-01", "2023-12-31"), span("2023-01-01", "2023-09-30"), span("", "2023-08-31")
    ('year', 'other', 'day')
    """
    if not date_from or date_from == date_to:
        return "day"
    first, last = date.fromisoformat(date_from), date.fromisoformat(date_to)
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return "other"
    months = (after.year - first.year) * 12 + after.month - first.month
    wanted = {12: "year", 6: "half", 3: "quarter", 1: "month"}.get(months, "other")
    return wanted if wanted == "other" or (first.month - 1) % months == 0 else "other"


def label(date_from: str, date_to: str) -> str:
    """A short name that sorts by time together with its like.

    >>> label("2023-01-01", "2023-12-31"), label("2023-07-01", "2023-12-31"), label("2023-04-01", "2023-06-30")
    ('2023', '2023H2', '2023Q2')
    >>> label("2023-05-01", "2023-05-31"), label("2023-01-01", "2023-09-30"), label("", "2024-08-31")
    ('2023-05', '2023-01..2023-09', '2024-08-31')
    """
    kind = span(date_from, date_to)
    year, month = date_to[:4], int(date_to[5:7])
    if kind == "year":
        return year
    if kind == "half":
        return f"{year}H{1 + (month > 6)}"
    if kind == "quarter":
        return f"{year}Q{(month + 2) // 3}"
    if kind == "month":
        return date_to[:7]
    if kind == "day":
        return date_to
    whole = date_from.endswith("-01") and (date.fromisoformat(date_to) + timedelta(days=1)).day == 1
    return f"{date_from[:7]}..{date_to[:7]}" if whole else f"{date_from}..{date_to}"
