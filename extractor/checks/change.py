"""change: how much something grew or fell, in per cent, against the levels before and after.

    由2.3亿元增至3.1亿元，增长34.8%          (3.1 − 2.3) / 2.3
    比上年增加1200人，达到8600人，增长16.2%   1200 / (8600 − 1200)
    收入50万元，比上年的40万元增长25%         (50 − 40) / 40

Growth of GDP and the like is told at constant prices and is left alone, so is yearly growth over several
years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.checks.claims import Claim
from extractor.checks.common import alike, amount, lean_change
from extractor.checks.evidence import has, pattern
from extractor.checks.pairs import Pair, followers, pairs
from extractor.checks.passage import Mark, Passage
from extractor.checks.quantities import growth, growth_by_fall, growth_by_rise, growth_times, shrinkage
from extractor.matching import compiled

_SHORT_TIME = compiled("环比|上月|上季|上周")
_YEAR = compiled("(20[0-9]{2}|19[0-9]{2})年")
_PLANS = compiled("全[国省市县区]|平均|目标|计划|任务|预期|年均|可比")
_RATE_UNITS = ("%", "倍")
_LOOSE = 0.02  # how near the quotient a loose 增长N倍 stays
_AHEAD = 24  # characters between a rate and the levels that explain it: 增长1.2倍，由5亿元增至11亿元


def find(passage: Passage) -> Iterator[Claim]:
    """The claims of this relation in a passage."""
    yield from _from_to(passage)
    yield from _rise_and_level(passage)
    yield from _against(passage)
    yield from _two_years(passage)


def _rate(passage: Passage, mark: Mark, direction: str) -> str:
    """The word of change of a percentage that tells of the figures before it, "" if it does not."""
    figure = mark.figure
    by_times = figure.unit == "倍" and direction == "up"
    if not (figure.unit == "%" or by_times) or figure.kind != "ratio" or figure.change not in (direction, ""):
        return ""
    word = lean_change(passage, mark)[0]
    side = "up" if word and word in has("rise", word) else "down"
    return word if word and side == direction and not _PLANS.search(passage.lead(mark)) else ""


def _growth(rate: Mark, old: Mark, new: Mark, direction: str, evidence: tuple[str, ...]) -> Iterator[Claim]:
    """The claim of a rate of growth, none for 增长2.5倍 where the new level is 2.5 times the old: many write so."""
    if rate.figure.unit == "倍":
        levels = old.figure.value, new.figure.value
        times = levels[1] / levels[0] if levels[0] and levels[1] is not None else None
        if times is None or rate.figure.value is None or abs(times - rate.figure.value) > _LOOSE * times:
            yield Claim("change", rate, (old, new), growth_times, "({1} − {0}) / {0}", evidence, cut=True)
    elif direction == "up":
        yield Claim("change", rate, (old, new), growth, "({1} − {0}) / {0}", evidence, cut=True)
    else:
        yield Claim("change", rate, (old, new), shrinkage, "({0} − {1}) / {0}", evidence, cut=True)


def _nominal(passage: Passage, mark: Mark) -> bool:
    return not has("not_nominal", passage.clause(mark))


def _from_to(passage: Passage) -> Iterator[Claim]:
    for pair in pairs(passage):
        if pair.old.figure.unit in ("%", "‰") or not _nominal(passage, pair.old):
            continue
        for mark in followers(passage, pair.new):
            if word := _rate(passage, mark, pair.direction):
                yield from _growth(mark, pair.old, pair.new, pair.direction, (*pair.words, word))
                break
        else:
            yield from _told_before(passage, pair)


def _told_before(passage: Passage, pair: Pair) -> Iterator[Claim]:
    """The rate straight before the levels that explain it: 增长1.2倍，由5亿元增至11亿元."""
    mark = passage.before(pair.old)
    if mark is None or mark.sentence != pair.old.sentence or passage.breaks(mark, pair.old) != 1:
        return
    gap = passage.between(mark, pair.old)
    word = _rate(passage, mark, pair.direction) or _bare_rate(passage, mark, pair.direction)
    if word and len(gap) <= _AHEAD and gap.lstrip("，,").startswith(pair.words[0]):
        yield from _growth(mark, pair.old, pair.new, pair.direction, (*pair.words, word))


def _bare_rate(passage: Passage, mark: Mark, direction: str) -> str:
    """The word of change of a rate whose clause names its subject: 贸易额增长1.2倍."""
    if (
        mark.figure.unit not in _RATE_UNITS
        or mark.figure.change != direction
        or _PLANS.search(passage.lead(mark))
    ):
        return ""
    found = pattern("({rise}|{fall})(?:了|约|近|超过)?$").search(passage.lead(mark))
    return found[1] if found else ""


def _rise_and_level(passage: Passage) -> Iterator[Claim]:
    """A rise in the unit of the level, the level, and the percentage, in any order that is good grammar."""
    for rise in passage.marks:
        if rise.figure.kind == "ratio" or rise.figure.unit == "":
            continue
        word, basis = lean_change(passage, rise)
        lean = bool(word)
        if not lean:
            word, basis = lean_change(passage, rise, subject=True)
        if not word or rise.figure.change not in ("up", "down"):
            continue
        direction = rise.figure.change
        rate, level = None, None
        following, second = passage.after(rise), passage.after(rise, 2)
        previous = passage.before(rise)
        if following is None or following.sentence != rise.sentence or passage.breaks(rise, following) > 1:
            continue
        if _rate(passage, following, direction):
            rate = following
            if (
                previous is not None
                and lean
                and _level(passage, previous, rise)
                and _next_clause(passage, previous, rise)
            ):
                level = previous
            elif second is not None and _level(passage, second, rise) and _reached(passage, second, rate):
                level = second
        elif (
            second is not None
            and _level(passage, following, rise)
            and _reached(passage, following, rise)
            and _rate(passage, second, direction)
            and _next_clause(passage, following, second)
        ):
            level, rate = following, second
        if level is None or rate is None or not _nominal(passage, level) or not _nominal(passage, rise):
            continue
        other = lean_change(passage, rate)[1]
        if bool(_SHORT_TIME.search(basis)) != bool(_SHORT_TIME.search(other or basis)):
            continue
        up = direction == "up"
        yield Claim(
            "change", rate, (rise, level), growth_by_rise if up else growth_by_fall,
            "{0} / ({1} − {0})" if up else "{0} / ({1} + {0})", (basis, word), cut=True,
        )  # fmt: skip


def _level(passage: Passage, mark: Mark, rise: Mark) -> bool:
    if pattern("[比较]").search(passage.lead(mark)):
        return False
    return mark.sentence == rise.sentence and amount(mark) and alike(mark, rise)


def _next_clause(passage: Passage, first: Mark, second: Mark) -> bool:
    gap = passage.between(first, second)
    return passage.breaks(first, second) <= 1 and not has("within", gap) and len(gap) <= 30


def _reached(passage: Passage, mark: Mark, before: Mark) -> bool:
    lead = passage.lead(mark)
    return passage.breaks(before, mark) <= 1 and bool(
        pattern(
            "^(?:总数|总量|总额|人数|数量|规模|共)?(?:达到|达|增至|增加到|增长到|升至|降至|减至|减少到|为)(?:了|约|近)?$"
        ).search(lead)
    )


def _against(passage: Passage) -> Iterator[Claim]:
    """50万元，比上年的40万元增长25%."""
    for old in passage.marks:
        new, rate = passage.before(old), passage.after(old)
        if new is None or rate is None or not _level(passage, new, old) or not amount(old):
            continue
        if rate.sentence != old.sentence or rate.figure.unit != "%":
            continue
        opened = pattern("^(比|较)[^，。；]{1,12}$").search(passage.lead(old))
        moved = pattern("^[^，。；]{0,4}(?:({rise})|({fall}))(?:了|约|近|超过)?$").search(
            passage.between(old, rate)
        )
        if opened and moved and _next_clause(passage, new, old) and _nominal(passage, new):
            yield from _growth(
                rate, old, new, "up" if moved[1] else "down", (opened[1], moved[1] or moved[2])
            )


def _two_years(passage: Passage) -> Iterator[Claim]:
    """2022年收入20万元，2023年收入30万元，增长50%: two years in a row and the same words but for the year."""
    for old, new, rate in zip(passage.marks, passage.marks[1:], passage.marks[2:], strict=False):
        if not (
            old.sentence == new.sentence == rate.sentence and alike(old, new) and amount(old) and amount(new)
        ):
            continue
        leads = passage.lead(old), passage.lead(new)
        years = [_YEAR.search(lead) for lead in leads]
        if not (years[0] and years[1]) or int(years[1][1]) - int(years[0][1]) != 1:
            continue
        if (
            passage.breaks(old, new) != 1
            or not _next_clause(passage, new, rate)
            or not _nominal(passage, old)
        ):
            continue
        names = [
            re.sub("达到|达|实现|为|是|增至|降至|增加到|增长到|减少到|的|了|约|则", "", _YEAR.sub("", lead))
            for lead in leads
        ]
        if names[1] and not names[0].endswith(names[1]):
            continue
        for direction in ("up", "down"):
            if word := _rate(passage, rate, direction):
                yield from _growth(rate, old, new, direction, (years[0][0], years[1][0], word))
                break
