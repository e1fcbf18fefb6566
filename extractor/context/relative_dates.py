"""Days that are told by their distance from the day of publication (上周四) or by what was told before (当年, 期内)."""

from __future__ import annotations

from datetime import date, timedelta

from extractor.context.date_cursor import Cursor
from extractor.context.interval import Interval, month_end, shifted

_OF_REPORT = ("report", "report_end")


class RelativeDates(Cursor):
    """Reads the expressions that are relative, and the end of a month or a year."""

    def _again(self) -> Interval | None:
        """A word that takes up the time that the text spoke of last."""
        at = self.at
        word = self._word(self.clues.again)
        if word is None:
            return None
        unit, shift = word
        last = self.days.report if unit in _OF_REPORT else self.days.recent()
        if unit == "time" and not shift and (report := self.days.report) and report.unit == "fiscal":
            last = report  # 期内 of a company's year
        if last is not None and unit == "time" and last.unit != "plan" and last.first != last.last:
            return Interval(shifted(last.first, shift), shifted(last.last, shift), last.unit)
        if last is not None and unit in _OF_REPORT and last.unit != "plan":
            return Interval(last.last, last.last, "year") if unit == "report_end" else last
        if last is not None and unit == "month" and (last.unit == "month" or last.first == last.last):
            month = last.last.replace(day=1)
            return Interval(month, month_end(month.year, month.month), "month")
        if last is not None and unit == "day" and last.unit == "day" and last.first == last.last:
            self._hours()
            return Interval(last.last, last.last, "day")
        self.at = at
        return None

    def _relative(self) -> Interval | None:
        """A day, week or month counted from the day of publication."""
        at = self.at
        word = self._word(self.clues.others)
        if word is None:
            return None
        unit, before = word
        if unit == "month" and self.days.month is not None:
            year, month = divmod(self.days.month[0] * 12 + self.days.month[1] - 1 - before, 12)
            time = self._edge(Interval(date(year, month + 1, 1), month_end(year, month + 1), "month"))
            return time
        if self.days.day is None or unit == "month" or (unit == "trading" and self.days.day.weekday() < 4):
            self.at = at
            return None
        if unit in ("week", "trading"):
            monday = self.days.day - timedelta(self.days.day.weekday() + 7 * before)
            weekday = self._word(self.clues.weekdays) if unit == "week" else None
            if weekday is not None:
                monday += timedelta(weekday)
                return Interval(monday, monday, "day")
            return Interval(monday, monday + timedelta(6), "week")
        day = self.days.day - timedelta(before)
        self._hours()
        return Interval(day, day, "day")

    def _edge(self, time: Interval) -> Interval:
        """The last day of a year or a month that 底 or 末 follows."""
        found = self.clues.edges.starting(self.text, self.at)
        if found is None:
            return time
        self.at += len(found[0])
        return Interval(time.last, time.last, time.unit)
