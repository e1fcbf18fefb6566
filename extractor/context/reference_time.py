"""The times that an article has told so far, by which an expression that leaves something out is read: 6月, 当年, 期内."""

from __future__ import annotations

import re
from datetime import date

from extractor.context.interval import Interval, whole_years
from extractor.numerals import numbers

_SOON = 2  # months after that of publication that an article still means when it tells no year
_DAYS_BEFORE = 3  # so long before publication a day is one of the same year, whatever the article reports on
_LOOKING_BACK = 4  # up to this month reports tell of the year before


def integer(numeral: str) -> int:
    """The number that a numeral of a date says.

    >>> integer("12"), integer("廿三")
    (12, 23)
    """
    return int(numeral) if numeral.isascii() else int(numbers.parse(numeral).value or 0)


class ReferenceTimes:
    """What was told before, and the day of publication."""

    def __init__(self, published: str = "") -> None:
        parts = [int(part) for part in published.split("-")] if published else []
        self.day = date(parts[0], parts[1], parts[2]) if len(parts) == 3 else None
        self.month = (parts[0], parts[1]) if len(parts) >= 2 else None
        self.year = parts[0] if parts else None
        self.told: int | None = None
        """The year that the sentence has told so far."""
        self.spoken: int | None = None
        """The year in figures that the text told last."""
        self.spoken_of: int | None = None
        """The year, or the year of the months, that the text told last in figures, and no bound (到2025年底)."""
        self.lost = False
        """Whether the year that was told last is unknown (去年 in an article without a date) or several years."""
        self.told_here = False
        """Whether this sentence has told a year, known or not."""
        self.time: Interval | None = None
        """The time that the text told last, and before how many sentences."""
        self.age = 0
        self.bounded = False
        """Whether that time is only a bound: 截至2022年底, 2020年以来."""
        self.report: Interval | None = None
        """The year, or the part of one, that the text told first: what it reports on."""

    def next_sentence(self) -> None:
        """To be called before the first expression of each sentence."""
        self.told = None
        self.told_here = False
        self.age += 1

    def note(self, time: Interval, year_told: bool, in_figures: bool) -> None:
        """Remembers what the text has told."""
        self.time, self.age, self.bounded = time, 0, False
        if time.last.year - time.first.year > 1 or (time.first.year < time.last.year and whole_years(time)):
            self.forget()
        elif year_told:
            self.told, self.lost = time.last.year, False
            if in_figures:
                self.spoken = time.last.year
                if time.unit in ("year", "months"):
                    self.spoken_of = time.last.year
        if year_told:
            self.told_here = True
            if time.unit == "fiscal" or (time.unit in ("year", "months") and self.report is None):
                self.report = time

    def forget(self) -> None:
        """Notes that a year was told, but not which, or several: 当年 and 全年 behind it mean none that is known."""
        self.told = self.spoken = None
        self.lost = self.told_here = True

    def year_of_months(self, first: int, last: int) -> int | None:
        """The year of months that are told without one: the sentence's, else the one in which they were nearest."""
        if self.told is not None or (self.lost and self.told_here):
            return self.told
        if self.month is None:
            return self.year or self._year_of_report(first) or self._year_before(first)
        if (first, last) == (1, 12):  # 1至12月 is told when they are over
            return (
                self.month[0] - (self.month[1] < 12)
                if self.month[1] <= _LOOKING_BACK or self.month[1] == 12
                else None
            )
        ahead = first - self.month[1]
        last_year = self.month[0] - 1
        if self.report is not None and self.report.unit == "year" and self.report.last.year == last_year:
            # An account of the last year: a month still to come is one of that year, an earlier one of either.
            if ahead > 0:
                return last_year
            if self.month[1] <= _LOOKING_BACK:
                return None
        if ahead <= _SOON:
            return self.month[0]
        return self.month[0] - 1 if ahead > 6 else None

    def _year_of_report(self, month: int) -> int | None:
        """The year of a month inside the year that a company reports on."""
        report = self.report
        if report is None or report.unit != "fiscal":
            return None
        years = [
            year
            for year in (report.first.year, report.last.year)
            if report.first <= date(year, month, 1) <= report.last
        ]
        return years[0] if years else None

    def just_before(self, month: int, day: re.Match[str] | None) -> bool:
        """Whether a day of a month lies in the last days before publication: 3月27日 in a report of 28 March."""
        if day is None or self.day is None or (self.lost and self.told_here) or self.told is not None:
            return False
        return month == self.day.month and 0 <= self.day.day - integer(day[1]) <= _DAYS_BEFORE

    def _year_before(self, first: int) -> int | None:
        """The year of the sentence before in an article without a date: 2024年开局良好。2月，…"""
        last = self.recent()
        if last is None or self.lost or self.bounded or last.first.year != last.last.year:
            return None
        year = last.unit == "year" and last.first != last.last
        return last.last.year if year or (last.unit != "year" and last.last.month <= first) else None

    def year_as_a_whole(self) -> int | None:
        """The year that 全年 and 年末 mean: the sentence's, else the one that the text reports on."""
        if self.told is not None or self.lost:
            return self.told
        if self.age == 0 and self.time is not None and self.time.unit == "months":
            return (
                self.time.last.year if self.time.first.year == self.time.last.year else None
            )  # 上半年…，全年…
        if self.report is not None and self.spoken_of is not None and self.report.last.year < self.spoken_of:
            return None  # a review and a plan: whose year it is is not told
        if self.report is not None and (self.year is None or self.year - 1 <= self.report.last.year):
            return self.report.last.year
        if self.month is not None and self.month[1] <= _LOOKING_BACK:
            return self.month[0] - 1
        return self.year

    def recent(self) -> Interval | None:
        """The time that this sentence or the one before it told."""
        return self.time if self.age <= 1 else None
