"""One time expression on its way to the days that it covers: from the year to the day, from the coarse to the fine."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from extractor.context.interval import Interval, month_end, shifted
from extractor.context.reference_time import integer
from extractor.context.relative_dates import RelativeDates

Pair = tuple[str, str]

_DAYS_AHEAD = 5


class Reading(RelativeDates):
    """One expression on its way to days."""

    def pair(self) -> Pair:
        self._begin()
        opened = "" if self.text.startswith(self.known.no_opener) else self._word(self.clues.openers) or ""
        time = self._range()
        if time is None:
            if self.patterns.year.search(self.text):
                self.days.forget()
            return ("", "")
        if opened == "until" and (ended := self._ended(time)):
            time, opened = ended, ""
        spoken_of = self.days.spoken_of
        self.days.note(time, self.year_told, self.in_figures)
        side = ""
        rest = self.text[self.at :]
        while self.at < len(self.text):
            closed = self._word(self.clues.closers)
            if closed is None:
                break
            if closed == "about" and time.unit != "day":
                return ("", "")
            side = side if closed in ("none", "about") else closed
        if self.at < len(self.text):
            if not rest.endswith(self.known.since) or opened == "until":
                if self.patterns.year.search(self.text, self.at):  # 2018年冬季到2019年秋收
                    self.days.forget()
                return ("", "")
            side = "since"
        self.days.bounded = bool(side) or opened == "until"
        if self.days.bounded:
            self.days.spoken_of = spoken_of
        if side == "since" and self.days.day and self.days.day >= time.first:
            self.days.time = Interval(time.first, self.days.day, "months")
        return self._sides(time, opened, side)

    def _ended(self, time: Interval) -> Interval | None:
        """The year or the months that end with a day, as companies report on them: 截至2023年6月30日止年度."""
        match = self._match(self.patterns.ended) if time.first == time.last else None
        if match is None:
            return None
        months = (
            integer(match["months"])
            if match["months"]
            else 6
            if match["half"]
            else 3
            if match["quarter"]
            else 12
        )
        if not 1 <= months <= 18:
            raise ValueError("no such span of months")
        year, month = divmod(time.last.year * 12 + time.last.month - months, 12)
        return Interval(date(year, month + 1, 1), month_end(time.last.year, time.last.month), "fiscal")

    def _begin(self) -> None:
        """Passes over whose time it is: 青川市自1995年建市以来."""
        if self.text.endswith(self.known.since):
            found = self.patterns.opened.search(self.text)
            self.at = found.start() if found else 0

    def _sides(self, time: Interval, opened: str, side: str) -> Pair:
        first, last = time.first.isoformat(), time.last.isoformat()
        if side == "before":
            last_day = (
                time.last if time.first == time.last and time.unit != "day" else time.first - timedelta(1)
            )
            return ("", last_day.isoformat())
        if side == "until" or opened == "until":
            return ("", last)
        if side == "since":
            return (first, self.days.day.isoformat() if self.days.day and self.days.day >= time.first else "")
        if side == "from":
            return (first, "")
        return (first, last)

    # ---- pieces ----

    def _range(self) -> Interval | None:
        """A point of the calendar, or the time between two of them."""
        years = self._match(self.patterns.years)
        if years:
            return Interval(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31), "months")
        listed = self._match(self.patterns.years_listed)
        if listed:
            self.year_told = self.in_figures = True
            first_year, last_year = int(listed[1]), int(listed[2])
            if last_year != first_year + 1:
                raise ValueError("years that are no span")
            return Interval(date(first_year, 1, 1), date(last_year, 12, 31), "months")
        first = self._point(None)
        if first is None:
            return None
        at = self.at
        while self._match(self.patterns.joins):
            second = self._point(first)
            if second is None or second.first != first.last + timedelta(1):  # 5月和8月
                self.at = at
                return first
            first, at = Interval(first.first, second.last, "months"), self.at
        at = self.at
        if self._match(self.patterns.range):
            second = self._point(first)
            if second is not None and second.last >= first.first:
                return Interval(first.first, second.last, "day" if second.unit == "day" else "months")
            self.at = at
        return first

    def _point(self, before: Interval | None) -> Interval | None:
        """A year, a part of it, a month or a day, from the coarse to the fine. ``before`` opened the range."""
        special = self._plan() or self._decade() or self._again() or self._fiscal() or self._relative()
        if special is not None:
            return special
        self._passes(self.known.clocks)
        year, told = self._year()
        if told and year is None:
            self.days.forget()
        if told and (year is None or self.text.startswith(self.known.other_years, self.at)):
            return None
        self.year_told = self.year_told or told
        self._passes(self.known.linking)
        time = self._part(year if told else before.first.year if before else None, told, before)
        if time is not None:
            if before is not None and not told and time.last < before.first:  # 11月至2月
                time = Interval(shifted(time.first, 1), shifted(time.last, 1), time.unit)
            return time
        if not told or year is None:
            return None
        return self._edge(Interval(date(year, 1, 1), date(year, 12, 31), "year"))

    def _fiscal(self) -> Interval | None:
        """全年 of a company whose report told when its year ends."""
        report = self.days.report
        if report is None or report.unit != "fiscal":
            return None
        if self.days.told_here and self.days.told != report.last.year:
            return None
        found = self.clues.again_years.starting(self.text, self.at)
        if found is None or found[1][0] != "whole":
            return None
        if shifted(report.first, 1) > report.last + timedelta(1):  # a report on a part of the year
            if report.first.month == 1:
                return None
            raise ValueError("a company's year that is not told")
        self.at += len(found[0])
        shift = found[1][1]
        return Interval(shifted(report.first, shift), shifted(report.last, shift), "months")

    def _year(self) -> tuple[int | None, bool]:
        """The year that opens a point, and whether one was told."""
        match = self._match(self.patterns.year)
        if match:
            self.in_figures = True
            return integer(match[1]), True
        for name, zero in self.clues.eras:
            if self.text.startswith(name, self.at):
                match = self.patterns.year_of_era.match(self.text, self.at + len(name))
                if match is None:
                    return None, True
                self.at = match.end()
                return zero + (1 if match["first"] else integer(match[1])), True
        match = self._match(self.patterns.republic)
        if match:
            return 1911 + int(match[1]), True
        match = self._match(self.patterns.short_year)
        if match:
            return 1900 + integer(match[1]), True
        ago = self._word(self.clues.years)
        if ago is not None:
            return (self.days.year - ago if self.days.year is not None else None), True
        again = self._word(self.clues.again_years)
        if again is not None:
            return self._year_again(*again), True
        return None, False

    def _year_again(self, unit: str, shift: int) -> int | None:
        """The year that 当年, 全年 or 过去一年 means."""
        days = self.days
        if unit == "closed":
            return days.month[0] - 1 if days.month is not None and days.month[1] <= 2 else None
        year = days.year_as_a_whole() if unit == "whole" else days.told or days.spoken
        return year + shift if year is not None else None

    def _part(self, year: int | None, told: bool, before: Interval | None) -> Interval | None:
        """Months, quarters, halves and days of a year; None where none is told or the year is unknown."""
        at = self.at
        months = self._months(told)
        if months is None:
            match = self._match(self.patterns.day) or (
                self._match(self.patterns.bare_day) if before is None else None
            )
            return self._day(match[1], before) if match else self._end_of_year(year)
        if year is None:
            year = self.days.year_of_months(*months)
        if year is None and self.days.just_before(months[0], self.patterns.day.match(self.text, self.at)):
            year = self.days.year
        if year is None:
            self.at = at
            return None
        first, last = months
        if not 1 <= first <= last <= 12:
            raise ValueError("no such month")
        time = Interval(date(year, first, 1), month_end(year, last), "month" if first == last else "months")
        if first != last:
            return time
        begin = self._word(self.clues.thirds)
        if begin is not None:
            end = time.last.day if begin == 21 else begin + 9
            return Interval(date(year, first, begin), date(year, first, end), "day")
        match = self._match(self.patterns.day) or self._match(self.patterns.bare_day)
        if match:
            day = integer(match[1])
            if not 1 <= day <= time.last.day:
                raise ValueError("no such day")
            self._hours()
            return Interval(date(year, first, day), date(year, first, day), "day")
        return self._edge(time)

    def _months(self, told: bool) -> tuple[int, int] | None:
        """The first and the last month of a part of a year."""
        named = self._word(self.clues.months if told else self.clues.halves)
        if named is not None:
            return named
        match = self._match(self.patterns.first_months if told else self.patterns.first_months_alone)
        if match:
            return 1, integer(match[1])
        match = self._match(self.patterns.quarters_range)
        if match:
            first, last = integer(match[1]), integer(match[3])
            if last <= first or (match[2] and last != first + 1):
                raise ValueError("quarters that are no span")
            return 3 * first - 2, 3 * last
        match = self._match(self.patterns.months)
        if match:
            first, last = integer(match[1]), integer(match[3])
            if match[2] and last != first + 1:
                raise ValueError("months that are no span")
            return first, last
        match = self._match(self.patterns.quarters)
        if match:
            return 1, 3 * integer(match[1])
        match = self._match(self.patterns.quarter)
        if match:
            quarter = integer(match[1] or match[2])
            return 3 * quarter - 2, 3 * quarter
        match = self._match(self.patterns.month)
        if match:
            return integer(match[1]), integer(match[1])
        return None

    def _day(self, numeral: str, before: Interval | None) -> Interval | None:
        """A day told without its month."""
        self._hours()
        number = integer(numeral)
        if before is not None:
            year, month = before.first.year, before.first.month
            if number < before.first.day:
                return None
        elif (last := self.days.recent()) is not None and last.unit == "day":
            year, month = last.last.year, last.last.month
        elif self.days.day is not None:
            year, month = self.days.day.year, self.days.day.month
            ahead = number - self.days.day.day
            if 0 < ahead <= _DAYS_AHEAD:
                return None  # 8日 in an article of the 5th: this month or the last
            if ahead > 0:
                year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        else:
            return None
        if not 1 <= number <= monthrange(year, month)[1]:
            return None
        return Interval(date(year, month, number), date(year, month, number), "day")

    def _end_of_year(self, year: int | None) -> Interval | None:
        """年底 or 年末 without a year, or behind one."""
        at = self.at
        if not self._passes(self.known.year_ends):
            return None
        year = self.days.year_as_a_whole() if year is None else year
        if year is None:
            self.at = at
            return None
        return Interval(date(year, 12, 31), date(year, 12, 31), "year")

    def _plan(self) -> Interval | None:
        match = self._match(self.patterns.plan)
        if match is None:
            return None
        if not match["number"] or (match["part"] is None and "”" not in match[0]):
            self.at = match.start()
            return None
        year = 1951 + 5 * integer(match["number"])
        first, last = date(year, 1, 1), date(year + 4, 12, 31)
        if match["end"]:
            return Interval(last, last, "year")
        if match["first"]:
            last = date(first.year + integer(match["first"]) - 1, 12, 31)
        return Interval(first, last, "plan")

    def _decade(self) -> Interval | None:
        match = self._match(self.patterns.decade)
        if match is None:
            return None
        first = (2000 if match["this"] else 1900) + integer(match["tens"])
        return Interval(date(first, 1, 1), date(first + 9, 12, 31), "plan")
