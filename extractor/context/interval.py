"""Calendar arithmetic: the days from a first to a last one, and the ends of months."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Interval:
    """The days of a point of the calendar or of a range, and how exactly they were told."""

    first: date
    last: date
    unit: str  # year, months, month, day, week


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def whole_years(time: Interval) -> bool:
    """Whether it begins and ends with a year."""
    return (time.first.month, time.first.day, time.last.month, time.last.day) == (1, 1, 12, 31)


def shifted(day: date, years: int) -> date:
    """The same day of another year; the last of February stays the last."""
    if (day.month, day.day) in ((2, 28), (2, 29)):
        return month_end(day.year + years, 2)
    return day.replace(year=day.year + years)
