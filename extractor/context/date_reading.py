"""One time expression on its way to the days that it covers: from the year to the day, from the coarse to the fine."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from extractor.context.interval import Interval, month_end, shifted
from extractor.context.relative_dates import RelativeDates
from extractor.numerals import numbers

Pair = tuple[str, str]

_N = "([0-9]{1,2}|[一二三四五六七八九十廿]{1,3}|两)"
_TO = "(?:——|[-—~至到和])"
_YEARS = re.compile(f"([12][0-9]{{3}}){_TO}([12][0-9]{{3}})年度?")
_YEAR = re.compile("(?:公元|西元)?([12][0-9]{3}|[一二][零〇一二三四五六七八九]{3})(?:年度?|(?=[.／/]))")
_YEAR_OF_ERA = re.compile("([0-9]{1,3}|[零〇一二三四五六七八九十百]{1,5}|元)年度?")
_REPUBLIC = re.compile("(1[0-4][0-9])年度?")
_SHORT_YEAR = re.compile("([5-9][0-9]|[五六七八九][零〇一二三四五六七八九])年(?!代)")
_DECADE = re.compile("(上个?世纪|20世纪|二十世纪|本世纪|21世纪)([0-9]0|[一二三四五六七八九]十)年代")
_PLAN = re.compile("“?(十?[一二三四五六七八九]?)五”?(?:规划|计划)?(时期|期间|末|[头前][一二三四1-4两]年)?")
_FIRST_MONTHS = re.compile(f"[前首头]{_N}个?月")
_FIRST_MONTHS_ALONE = re.compile(f"[前首]{_N}个?月")
_MONTHS = re.compile(f"{_N}(?:月份?)?{_TO}{_N}月份?")
_TWO_MONTHS = re.compile(f"{_N}、{_N}两?月份?")
_MONTH = re.compile(f"{_N}月(?:份|间)?")
_QUARTERS = re.compile(f"[前首头]{_N}个?季度?")
_QUARTER = re.compile("(?:第([一二三四1-4])季度?|([一二三四1-4])季度)")
_TEN_DAYS = re.compile("(上|中|下)旬")
_DAY = re.compile(f"{_N}[日号]")
_BARE_DAY = re.compile(f"{_N}(?=[-—~至到])")
_RANGE = re.compile(_TO)
_OF = re.compile("的")
_DAYS_AHEAD = 5
_YEARS_OF_THEIR_OWN = ("学", "财", "赛", "课", "版", "/")


class Reading(RelativeDates):
    """One expression on its way to days."""

    def pair(self) -> Pair:
        opened = "" if self.text.startswith("在此") else self._word(self.clues.openers) or ""
        time = self._range()
        if time is None:
            return ("", "")
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
            if not rest.endswith("以来") or opened == "until":
                return ("", "")
            side = "since"
        if side == "since" and self.days.day and self.days.day >= time.first:
            self.days.time = Interval(time.first, self.days.day, "months")
        return self._sides(time, opened, side)

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
        years = self._match(_YEARS)
        if years:
            return Interval(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31), "months")
        first = self._point(None)
        if first is None:
            return None
        at = self.at
        if self._match(_RANGE):
            second = self._point(first)
            if second is not None and second.last >= first.first:
                return Interval(first.first, second.last, "day" if second.unit == "day" else "months")
            self.at = at
        return first

    def _point(self, before: Interval | None) -> Interval | None:
        """A year, a part of it, a month or a day, from the coarse to the fine. ``before`` opened the range."""
        special = self._plan() or self._decade() or self._again() or self._relative()
        if special is not None:
            return special
        if self.text.startswith(("当地时间", "北京时间"), self.at):
            self.at += 4
        year, told = self._year()
        if told and (year is None or self.text[self.at : self.at + 1] in _YEARS_OF_THEIR_OWN):
            return None
        self.year_told = self.year_told or told
        self._match(_OF)
        time = self._part(year if told else before.first.year if before else None, told, before)
        if time is not None:
            if before is not None and not told and time.last < before.first:  # 11月至2月
                time = Interval(shifted(time.first, 1), shifted(time.last, 1), time.unit)
            return time
        if not told or year is None:
            return None
        return self._edge(Interval(date(year, 1, 1), date(year, 12, 31), "year"))

    def _year(self) -> tuple[int | None, bool]:
        """The year that opens a point, and whether one was told."""
        match = self._match(_YEAR)
        if match:
            self.in_figures = True
            return _integer(match[1]), True
        for name, zero in self.clues.eras:
            if self.text.startswith(name, self.at):
                match = _YEAR_OF_ERA.match(self.text, self.at + len(name))
                if match is None:
                    return None, True
                self.at = match.end()
                return zero + (1 if match[1] == "元" else _integer(match[1])), True
        match = self._match(_REPUBLIC)
        if match:
            return 1911 + int(match[1]), True
        match = self._match(_SHORT_YEAR)
        if match:
            return 1900 + _integer(match[1]), True
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
            match = self._match(_DAY) or (self._match(_BARE_DAY) if before is None else None)
            return self._day(match[1], before) if match else self._end_of_year(year)
        if year is None:
            year = self.days.year_of_months(months[0])
        if year is None:
            self.at = at
            return None
        first, last = months
        if not 1 <= first <= last <= 12:
            raise ValueError("no such month")
        time = Interval(date(year, first, 1), month_end(year, last), "month" if first == last else "months")
        if first != last:
            return time
        ten = self._match(_TEN_DAYS)
        if ten:
            begin = {"上": 1, "中": 11, "下": 21}[ten[1]]
            end = time.last.day if begin == 21 else begin + 9
            return Interval(date(year, first, begin), date(year, first, end), "day")
        match = self._match(_DAY) or self._match(_BARE_DAY)
        if match:
            day = _integer(match[1])
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
        match = self._match(_FIRST_MONTHS if told else _FIRST_MONTHS_ALONE)
        if match:
            return 1, _integer(match[1])
        match = self._match(_MONTHS) or self._match(_TWO_MONTHS)
        if match:
            return _integer(match[1]), _integer(match[2])
        match = self._match(_QUARTERS)
        if match:
            return 1, 3 * _integer(match[1])
        match = self._match(_QUARTER)
        if match:
            quarter = _integer(match[1] or match[2])
            return 3 * quarter - 2, 3 * quarter
        match = self._match(_MONTH)
        if match:
            return _integer(match[1]), _integer(match[1])
        return None

    def _day(self, numeral: str, before: Interval | None) -> Interval | None:
        """A day told without its month."""
        self._hours()
        number = _integer(numeral)
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
        if not self.text.startswith(("年底", "年末"), self.at):
            return None
        year = self.days.year_as_a_whole() if year is None else year
        if year is None:
            return None
        self.at += 2
        return Interval(date(year, 12, 31), date(year, 12, 31), "year")

    def _plan(self) -> Interval | None:
        match = self._match(_PLAN)
        if match is None:
            return None
        if not match[1] or (match[2] is None and "”" not in match[0]):
            self.at = match.start()
            return None
        year = 1951 + 5 * _integer(match[1])
        first, last = date(year, 1, 1), date(year + 4, 12, 31)
        if match[2] == "末":
            return Interval(last, last, "year")
        if match[2] and match[2].endswith("年"):
            last = date(first.year + _integer(match[2][1:-1]) - 1, 12, 31)
        return Interval(first, last, "plan")

    def _decade(self) -> Interval | None:
        match = self._match(_DECADE)
        if match is None:
            return None
        first = (2000 if match[1] in ("本世纪", "21世纪") else 1900) + _integer(match[2])
        return Interval(date(first, 1, 1), date(first + 9, 12, 31), "plan")


def _integer(numeral: str) -> int:
    return int(numeral) if numeral.isascii() else int(numbers.parse(numeral).value or 0)
