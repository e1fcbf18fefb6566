"""A part, its whole and its share, which the rules for share and ratio look for alike.

    现有23名党员，其中本地党员18名，占支部党员人数的78%
    共抽检100批次，合格95批次，合格率95%

The part is the figure straight before 占. The whole is the one before 其中, or one that is called what stands
after 占; 占全县… is never measured against the figure of a village.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.checks.common import alike, amount, one_time, per_head
from extractor.checks.evidence import any_of, has, pattern, words
from extractor.checks.passage import Mark, Passage
from extractor.checks.quantities import is_fraction

_LAST_WORDS = "(?:比重|比例)?(?:的|为|约为|达到|达|约|近|超过|超|逾|了|到|已|将近|接近|至少|高达|近乎|是)*$"
_ATTRIBUTE = 6  # characters of an attribute before a name
_REACH = 300  # characters back to 其中
_NO_SHARE = ("增长率", "利率", "税率", "费率", "汇率", "死亡率", "出生率", "自然增长率")


class Share(NamedTuple):
    """The share, the part and the whole it is of, and the words that say so."""

    rate: Mark
    part: Mark
    whole: Mark
    words: tuple[str, ...]
    strong: bool


def shares(passage: Passage) -> Iterator[Share]:
    """All shares of a passage whose part and whole stand near."""
    for rate in passage.marks:
        percentage = rate.figure.kind == "ratio" and rate.figure.unit == "%"
        if rate.figure.change or not (percentage or is_fraction(rate.figure)):
            continue
        lead = passage.lead(rate)
        found = pattern("^(?:约|共|分别|各|人数|的)?({part_of})([^，。；]{0,24}?)" + _LAST_WORDS).search(lead)
        if found:
            yield from _of_whole(passage, rate, found[1], found[2])
            continue
        found = pattern("(?:^|[^一-鿿])([一-鿿]{1,5})率(?:为|达到|达|约|超过|超|近)*$").search(lead)
        if found and not any((found[1] + "率").endswith(word) for word in _NO_SHARE):
            yield from _of_checked(passage, rate, found[1])


def _of_whole(passage: Passage, rate: Mark, word: str, phrase: str) -> Iterator[Share]:
    part = passage.before(rate)
    if (
        part is None
        or not amount(part)
        or passage.breaks(part, rate) > 1
        or rate.sentence - part.sentence > 1
    ):
        return
    gap = passage.between(part, rate)
    if len(gap) - len(passage.lead(rate)) > 14 or "；" in gap:
        return
    head = _head(passage, part)
    core = _core(phrase)
    candidates = [
        mark
        for mark in passage.earlier(part)
        if part.sentence - mark.sentence <= 1
        and alike(mark, part)
        and amount(mark)
        and not per_head(mark, passage)
    ]
    listed = _in_list(passage, part)
    if head is not None and head in candidates and _named(passage, head, core, phrase):
        if one_time(passage, [head, part]):
            yield Share(rate, part, head, ("其中", word), not listed)
        return
    fits = [
        mark for mark in candidates if _named(passage, mark, core, phrase) and _is_whole(passage, mark, core)
    ]
    if len(fits) == 1 and one_time(passage, [fits[0], part]):
        yield Share(
            rate,
            part,
            fits[0],
            (word, phrase),
            bool(core) and fits[0].sentence == part.sentence and not listed,
        )


def _in_list(passage: Passage, part: Mark) -> bool:
    """Whether the part is the last of a list, so that the share may be that of all: 城区9895人、乡村1031人，占28%."""
    other = passage.before(part)
    return other is not None and alike(other, part) and "、" in passage.between(other, part)


def _head(passage: Passage, part: Mark) -> Mark | None:
    """The figure before the last 其中 that stands before the part, of the unit of the part."""
    begin = max(0, part.start - _REACH)
    at = max((passage.text.rfind(word, begin, part.start) for word in words("within")), default=-1)
    if at < 0:
        return None
    closest = [m for m in passage.earlier(part) if m.end <= at]
    earlier = [m for m in closest if amount(m) and alike(m, part)]
    if not earlier or passage.text[at : part.start].count("。") > (earlier[-1].sentence != part.sentence):
        return None
    # Between the whole and 其中 may stand its own growth or share, but no other amount.
    between = closest[closest.index(earlier[-1]) + 1 :]
    return earlier[-1] if all(not amount(m) or not alike(m, part) for m in between) else None


def _core(phrase: str) -> str:
    """The name of the whole after 占, without the words that say that it is a whole."""
    return pattern("(?:{whole_words})+$").sub("", pattern("^(?:{whole_words})+").sub("", phrase))


def _named(passage: Passage, whole: Mark, core: str, phrase: str = "") -> bool:
    """Whether a figure is of what the words after 占 name; always, if they name nothing.

    What stands before the part of the name that the two have in common must not tell them apart: 非正常贷款 is not
    the 贷款 of the whole, and 总人口 not its 劳动人口.
    """
    near = passage.lead(whole) + whole.figure.text + passage.tail(whole)
    if not core:
        noun = phrase.lstrip("总全")
        at = near.find(noun) if noun and noun != phrase else -1
        return at < 0 or _one_attribute("", near[:at], "", True)
    clause = passage.clause(whole)
    place = has("scope", core)
    if place and place not in clause:
        return False
    name = core.replace(place, "", 1) if place else core
    name = pattern("(?:{whole_words})+$").sub("", name)
    if not name:
        return True
    for size in range(min(len(name), 4), 1, -1):
        if (at := near.find(name[-size:])) >= 0:
            total = phrase.endswith(core) and phrase != core
            bare = near[:at].endswith(whole.figure.text)
            return bare or _one_attribute(name[:-size], near[:at], clause, total)
    return len(name) == 1 and name in whole.figure.unit + near


def _one_attribute(wanted: str, found: str, clause: str, total: bool) -> bool:
    """Whether the words before a common name can mean the same: those of the share, and those of the whole."""
    if (
        wanted
        and wanted not in clause
        and not has("scope", wanted)
        and not set(wanted) & set(found[-_ATTRIBUTE:])
    ):
        return False
    if not total or not found:
        return True
    # 总人口 is what is called 总人口 or 人口, no narrower sort of it.
    return (
        bool(pattern("(?:{whole_words}|{whole}|{scope}|的|有|[，。；：、])$").search(found))
        or not "一" <= found[-1] <= "鿿"
    )


def _is_whole(passage: Passage, mark: Mark, core: str) -> bool:
    """Whether a figure is told as a whole: by 共, 总, 现有 before it, and not as a part itself."""
    lead = passage.lead(mark)
    return bool(has("whole", lead)) and not has("part_of", lead) and not has("within", lead)


def _of_checked(passage: Passage, rate: Mark, verb: str) -> Iterator[Share]:
    """抽检100批次，合格95批次，合格率95%: the part has the word of the rate, the whole is before it."""
    part = passage.before(rate)
    whole = passage.before(part) if part else None
    if part is None or whole is None or not (whole.sentence == part.sentence == rate.sentence):
        return
    if not (alike(whole, part) and amount(whole) and amount(part)) or passage.breaks(part, rate) > 1:
        return
    name = verb[-2:]
    told = passage.lead(part) + passage.tail(part)
    if len(name) < 2 or name not in told or passage.breaks(whole, part) > 1:
        return
    lead = passage.lead(whole)
    named = pattern("(?:" + any_of("whole") + "|检|查|参|收|受理|承诺)").search(lead)
    if one_time(passage, [whole, part]):
        yield Share(rate, part, whole, (name, verb + "率"), bool(named) and not per_head(part, passage))
