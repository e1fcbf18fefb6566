"""The days that a time expression covers.

``Days`` is fed the expressions of an article in reading order: what 当年, 同期 or 6月 mean depends on what was said
before and on the day of publication. Where the text does not decide, both sides stay empty: a wrong day is worse than
none. So seasons, holidays, spans counted back from no certain day (近三年), school years, fiscal years and 年初 have no
days. The words are in ``lexicon/days.toml``.
"""

from __future__ import annotations

import functools
import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from extractor.lexicon.folding import fold
from extractor.lexicon.words import Table, lexicon
from extractor.numerals import numbers

V = TypeVar("V")
Pair = tuple[str, str]
Entry = Mapping[str, Any]

_OF_YEARS = ("year", "whole", "closed")

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
_HOUR = re.compile(
    "[0-9零一二三四五六七八九十两]{1,3}(?:时|点钟?|:)(?:[0-9零一二三四五六七八九十]{1,3}分?|半|整)?[许多]?"
)
_RANGE = re.compile(_TO)
_WEEKDAY = re.compile("(?:周|星期)?([一二三四五六日天])")
_BRACKET = re.compile(r"(?:[今昨前明][天日]|第[0-9]{1,2}周|[上本]周)\(([^()]{2,24})\)")
_BLANKS = re.compile(r"[\s‘’『』]+")
_OF = re.compile("的")


@dataclass(frozen=True, slots=True)
class _Time:
    """The days of a point of the calendar or of a range, and how exactly they were told."""

    first: date
    last: date
    unit: str  # year, months, month, day, week


class _Clues(NamedTuple):
    """The words of ``days.toml`` by their use."""

    openers: Table[str]
    closers: Table[str]
    years: Table[int]
    others: Table[tuple[str, int]]
    again_years: Table[tuple[str, int]]
    again: Table[tuple[str, int]]
    months: Table[tuple[int, int]]
    halves: Table[tuple[int, int]]
    edges: Table[None]
    times: Table[None]
    eras: tuple[tuple[str, int], ...]


class Days:
    """Turns the time expressions of one article into days. ``published`` is its date: 2023-08-15, 2023-08, 2023 or "".

    >>> days = Days("2023-08-15")
    >>> days.of("截至2023年6月底"), days.of("今年以来"), days.of("去年同期")
    (('', '2023-06-30'), ('2023-01-01', '2023-08-15'), ('2022-01-01', '2022-08-15'))
    >>> days.of("近年来"), Days("").of("上半年")
    (('', ''), ('', ''))

    Feed it every expression once, in reading order; an article that begins anew needs a new object.
    """

    def __init__(self, published: str = "") -> None:
        parts = [int(part) for part in published.split("-")] if published else []
        self.day = date(parts[0], parts[1], parts[2]) if len(parts) == 3 else None
        self.month = (parts[0], parts[1]) if len(parts) >= 2 else None
        self.year = parts[0] if parts else None
        self.told: int | None = None
        """The year that the sentence has told so far."""
        self.spoken: int | None = None
        """The year in figures that the text told last."""
        self.time: _Time | None = None
        """The time that the text told last, and before how many sentences."""
        self.age = 0
        self.report: _Time | None = None
        """The year, or the part of one, that the text told first: what it reports on."""

    def next_sentence(self) -> None:
        """To be called before the first expression of each sentence."""
        self.told = None
        self.age += 1

    def of(self, expression: str) -> Pair:
        """The first and the last day of ``expression``, ISO; an open or unknown side is empty."""
        text = _BLANKS.sub("", fold(expression)).strip("，,")
        text = _BRACKET.sub(r"\1", text, count=1)
        if len(text) > _LONGEST:
            return ("", "")
        try:
            return _Reading(self, text).pair()
        except (ValueError, OverflowError):  # no such day, no such number
            return ("", "")

    def note(self, time: _Time, year_told: bool, in_figures: bool) -> None:
        """Remembers what the text has told."""
        self.time, self.age = time, 0
        if year_told:
            self.told = time.last.year
            if in_figures:
                self.spoken = time.last.year
            if time.unit in ("year", "months") and self.report is None:
                self.report = time

    def year_of_months(self, first: int) -> int | None:
        """The year of a month that is told without one: the sentence's, else the one in which it was nearest."""
        if self.told is not None:
            return self.told
        if self.month is None:
            return self.year
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

    def year_as_a_whole(self) -> int | None:
        """The year that 全年 and 年末 mean: the sentence's, else the one that the text reports on."""
        if self.told is not None:
            return self.told
        if self.report is not None and (self.year is None or self.year - 1 <= self.report.last.year):
            return self.report.last.year
        if self.month is not None and self.month[1] <= _LOOKING_BACK:
            return self.month[0] - 1
        return self.year

    def recent(self) -> _Time | None:
        """The time that this sentence or the one before it told."""
        return self.time if self.age <= 1 else None


_LONGEST = 80  # characters of an expression
_SOON = 2  # months after that of publication that an article still means when it tells no year
_DAYS_AHEAD = 5
_LOOKING_BACK = 4  # up to this month reports tell of the year before


class _Reading:
    """One expression on its way to days."""

    def __init__(self, days: Days, text: str) -> None:
        self.days = days
        self.text = text
        self.at = 0
        self.clues = _clues()
        self.year_told = self.in_figures = False

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
            self.days.time = _Time(time.first, self.days.day, "months")
        return self._sides(time, opened, side)

    def _sides(self, time: _Time, opened: str, side: str) -> Pair:
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

    def _range(self) -> _Time | None:
        """A point of the calendar, or the time between two of them."""
        years = self._match(_YEARS)
        if years:
            return _Time(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31), "months")
        first = self._point(None)
        if first is None:
            return None
        at = self.at
        if self._match(_RANGE):
            second = self._point(first)
            if second is not None and second.last >= first.first:
                return _Time(first.first, second.last, "day" if second.unit == "day" else "months")
            self.at = at
        return first

    def _point(self, before: _Time | None) -> _Time | None:
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
                time = _Time(_shifted(time.first, 1), _shifted(time.last, 1), time.unit)
            return time
        if not told or year is None:
            return None
        return self._edge(_Time(date(year, 1, 1), date(year, 12, 31), "year"))

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

    def _part(self, year: int | None, told: bool, before: _Time | None) -> _Time | None:
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
        time = _Time(date(year, first, 1), _month_end(year, last), "month" if first == last else "months")
        if first != last:
            return time
        ten = self._match(_TEN_DAYS)
        if ten:
            begin = {"上": 1, "中": 11, "下": 21}[ten[1]]
            end = time.last.day if begin == 21 else begin + 9
            return _Time(date(year, first, begin), date(year, first, end), "day")
        match = self._match(_DAY) or self._match(_BARE_DAY)
        if match:
            day = _integer(match[1])
            if not 1 <= day <= time.last.day:
                raise ValueError("no such day")
            self._hours()
            return _Time(date(year, first, day), date(year, first, day), "day")
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

    def _day(self, numeral: str, before: _Time | None) -> _Time | None:
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
        return _Time(date(year, month, number), date(year, month, number), "day")

    def _edge(self, time: _Time) -> _Time:
        """The last day of a year or a month that 底 or 末 follows."""
        found = self.clues.edges.starting(self.text, self.at)
        if found is None:
            return time
        self.at += len(found[0])
        return _Time(time.last, time.last, time.unit)

    def _end_of_year(self, year: int | None) -> _Time | None:
        """年底 or 年末 without a year, or behind one."""
        if not self.text.startswith(("年底", "年末"), self.at):
            return None
        year = self.days.year_as_a_whole() if year is None else year
        if year is None:
            return None
        self.at += 2
        return _Time(date(year, 12, 31), date(year, 12, 31), "year")

    def _plan(self) -> _Time | None:
        match = self._match(_PLAN)
        if match is None:
            return None
        if not match[1] or (match[2] is None and "”" not in match[0]):
            self.at = match.start()
            return None
        year = 1951 + 5 * _integer(match[1])
        first, last = date(year, 1, 1), date(year + 4, 12, 31)
        if match[2] == "末":
            return _Time(last, last, "year")
        if match[2] and match[2].endswith("年"):
            last = date(first.year + _integer(match[2][1:-1]) - 1, 12, 31)
        return _Time(first, last, "plan")

    def _decade(self) -> _Time | None:
        match = self._match(_DECADE)
        if match is None:
            return None
        first = (2000 if match[1] in ("本世纪", "21世纪") else 1900) + _integer(match[2])
        return _Time(date(first, 1, 1), date(first + 9, 12, 31), "plan")

    def _again(self) -> _Time | None:
        """A word that takes up the time that the text spoke of last."""
        at = self.at
        word = self._word(self.clues.again)
        if word is None:
            return None
        unit, shift = word
        last = self.days.report if unit == "report" else self.days.recent()
        if last is not None and unit == "time" and last.unit != "plan" and last.first != last.last:
            return _Time(_shifted(last.first, shift), _shifted(last.last, shift), last.unit)
        if last is not None and unit == "report" and last.unit != "plan":
            return _Time(last.last, last.last, "year") if "末" in self.text[at : self.at] else last
        if last is not None and unit == "month" and (last.unit == "month" or last.first == last.last):
            month = last.last.replace(day=1)
            return _Time(month, _month_end(month.year, month.month), "month")
        if last is not None and unit == "day" and last.unit == "day" and last.first == last.last:
            self._hours()
            return _Time(last.last, last.last, "day")
        self.at = at
        return None

    def _relative(self) -> _Time | None:
        """A day, week or month counted from the day of publication."""
        at = self.at
        word = self._word(self.clues.others)
        if word is None:
            return None
        unit, before = word
        if unit == "month" and self.days.month is not None:
            year, month = divmod(self.days.month[0] * 12 + self.days.month[1] - 1 - before, 12)
            time = self._edge(_Time(date(year, month + 1, 1), _month_end(year, month + 1), "month"))
            return time
        if self.days.day is None or unit == "month" or (unit == "trading" and self.days.day.weekday() < 4):
            self.at = at
            return None
        if unit in ("week", "trading"):
            monday = self.days.day - timedelta(self.days.day.weekday() + 7 * before)
            weekday = self._match(_WEEKDAY) if unit == "week" else None
            if weekday:
                monday += timedelta("一二三四五六日".find(weekday[1].replace("天", "日")))
                return _Time(monday, monday, "day")
            return _Time(monday, monday + timedelta(6), "week")
        day = self.days.day - timedelta(before)
        self._hours()
        return _Time(day, day, "day")

    def _hours(self) -> None:
        """Passes over times of day."""
        moved = True
        while moved and self.at < len(self.text):
            moved = self._match(_HOUR) is not None
            found = self.clues.times.starting(self.text, self.at)
            if found is not None:
                self.at += len(found[0])
                moved = True

    # ---- reading ----

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def _word(self, words: Table[V]) -> V | None:
        """What the longest of the words means that stands here, None if none does."""
        found = words.starting(self.text, self.at)
        if found is None:
            return None
        self.at += len(found[0])
        return found[1]


_YEARS_OF_THEIR_OWN = ("学", "财", "赛", "课", "版", "/")


def _integer(numeral: str) -> int:
    return int(numeral) if numeral.isascii() else int(numbers.parse(numeral).value or 0)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _shifted(day: date, years: int) -> date:
    """The same day of another year; the last of February stays the last."""
    if (day.month, day.day) in ((2, 28), (2, 29)):
        return _month_end(day.year + years, 2)
    return day.replace(year=day.year + years)


@functools.cache
def _clues() -> _Clues:
    """The words of ``days.toml`` by their use."""
    data = lexicon().data

    def table(name: str, meaning: Callable[[Entry], V], wanted: Callable[[Entry], bool] = bool) -> Table[V]:
        return Table(
            {word: meaning(entry) for entry in filter(wanted, data[name]) for word in entry["words"]}
        )

    def side(entry: Entry) -> str:
        return str(entry["side"])

    def again(entry: Entry) -> tuple[str, int]:
        return entry["unit"], entry["shift"]

    def months(entry: Entry) -> tuple[int, int]:
        return entry["first"], entry["last"]

    return _Clues(
        openers=table("day_opener", side),
        closers=table("day_closer", side),
        years=table("day_word", lambda entry: int(entry["ago"]), lambda entry: entry["unit"] == "year"),
        others=table(
            "day_word", lambda entry: (entry["unit"], entry["ago"]), lambda entry: entry["unit"] != "year"
        ),
        again_years=table("day_again", again, lambda entry: entry["unit"] in _OF_YEARS),
        again=table("day_again", again, lambda entry: entry["unit"] not in _OF_YEARS),
        months=table("day_months", months),
        halves=table("day_months", months, lambda entry: entry.get("alone", True)),
        edges=table("day_edge", lambda entry: None),
        times=table("day_time", lambda entry: None),
        eras=tuple((entry["name"], entry["zero"]) for entry in data["day_era"]),
    )
