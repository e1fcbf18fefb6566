"""A rate, the number it is per and the total, which the rules for product and average look for alike.

For example:

    764人每人分得1.5万元，总额1146万元       rate 1.5万元 per 人, number 764人, total 1146万元
    120户增收60万元，户均增收5000元          rate 5000元 per 户, number 120户, total 60万元
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from extractor.checks.claims import number_text
from extractor.checks.common import amount, amount_or_change, one_time
from extractor.checks.evidence import factor, has, pattern, without
from extractor.checks.passage import Mark, Passage

_TIMES = frozenset({"年", "月", "周", "日", "天", "季度", "季", "次", "小时", "期", "晚", "半年"})
_PER = (
    "每(?:名|位|个|一)?(人|户|亩|公顷|斤|公斤|千克|吨|头|只|匹|株|棵|村|家|件|台|平方米|份|箱|袋|盒|张|辆|套)"
    "|平均每?(?:名|位|个)?(人|户|亩|村|家|头|株)|(人|户|亩|村|家|头|株)均|(亩)产"
)
_NAMES = {"公斤": "千克", "名": "人", "位": "人"}
_COMMON = frozenset("的了元人户亩每均共总达到为金额约万个年月有得可平到其各资金")


class Rate(NamedTuple):
    """The rate, the number, the total, the factor that brings rate × number to the unit of the total, words
    that say so, whether the rate is told as an average, whether nothing else could be meant, and whether the
    rate is exact because it is what everyone is given.
    """

    rate: Mark
    number: Mark
    total: Mark
    factor: Fraction
    words: tuple[str, ...]
    mean: bool
    strong: bool
    allotted: bool


def rates(passage: Passage) -> Iterator[Rate]:
    """All rates of a passage that stand with their number and their total."""
    for rate in passage.marks:
        per, word, mean = _per(passage, rate)
        if not per or not amount_or_change(rate):
            continue
        mates = passage.mates(rate)
        if len([m for m in mates if _per(passage, m)[0] and factor(m.figure.unit, rate.figure.unit)]) > 1:
            continue
        number, only = _number(passage, rate, mates, per)
        if number is None:
            continue
        found = _total(passage, rate, number, mates)
        if found is None:
            continue
        total, words, strong = found
        scale = factor(rate.figure.unit, total.figure.unit)
        if scale is None or not one_time(passage, [rate, number, total]):
            continue
        between = passage.text[min(total.end, number.end) : rate.start]
        if has("within", between):
            continue  # a rate of some of them
        yield Rate(
            rate,
            number,
            total,
            scale,
            (word, *words),
            mean,
            strong and only,
            _allotted(passage, rate, total, mean),
        )


def _allotted(passage: Passage, rate: Mark, total: Mark, mean: bool) -> bool:
    """Whether the rate is what everyone is given, so not rounded; a total that ends in 0 may be."""
    given = has("allotted", passage.lead(rate)) or has("allotted", passage.tail(rate))
    return bool(given) and not mean and not number_text(total.figure).rstrip("万亿").endswith("0")


def _per(passage: Passage, mark: Mark) -> tuple[str, str, bool]:
    """What a figure is per, the word that says so, and whether it is an average; ``""`` if nothing."""
    lead = passage.lead(mark)
    if has("every_time", lead) or has("bounded", lead) or mark.figure.kind == "ratio":
        return "", "", False
    last = None
    for last in pattern(_PER).finditer(lead):  # noqa: B007
        pass
    if last is not None:
        name = next(group for group in last.groups() if group)
        return _NAMES.get(name, name), last[0], not last[0].startswith("每")
    per = mark.figure.per
    if per and per not in _TIMES and (f"/{per}" in mark.figure.text or "每" + per in passage.tail(mark)):
        return per, f"/{per}", False
    return "", "", False


def _number(passage: Passage, rate: Mark, mates: list[Mark], per: str) -> tuple[Mark | None, bool]:
    """The nearest number of what the rate is per, those before it first, and whether it is the only one."""
    fits = [m for m in mates if m is not rate and amount(m) and _counts(passage, m, per) and not m.figure.per]
    if not fits:
        return None, False
    earlier = [mark for mark in fits if mark.start < rate.start]
    chosen = earlier[-1] if earlier else fits[0]
    return chosen, len(fits) == 1


def _counts(passage: Passage, mark: Mark, per: str) -> bool:
    if factor(mark.figure.unit, per) == 1:
        return True
    return mark.figure.unit in ("个", "家", "") and (
        passage.tail(mark).startswith(per) or mark.figure.item.endswith(per)
    )


def _total(
    passage: Passage, rate: Mark, number: Mark, mates: list[Mark]
) -> tuple[Mark, tuple[str, ...], bool] | None:
    """The total: the one amount in the unit of the rate that is called so, or does what the rate does."""
    fits = [
        m
        for m in mates
        if m is not rate
        and m is not number
        and amount_or_change(m)
        and m.figure.change == rate.figure.change
        and not _per(passage, m)[0]
        and not has("each", passage.lead(m))
        and factor(rate.figure.unit, m.figure.unit) is not None
        and factor(m.figure.unit, number.figure.unit) is None
    ]
    called = [m for m in fits if has("total", passage.lead(m))]
    chosen = called if called else fits
    if len(chosen) != 1 or abs(chosen[0].start - rate.start) > 60:
        return None
    total = chosen[0]
    lead = passage.lead(total)
    word = has("total", lead)
    shared = _tie(passage, rate, number, total)
    joined = passage.text[min(total.end, rate.end, number.end) : max(total.start, rate.start, number.start)]
    strong = (
        shared is not None
        and bool(word or len(shared) > 1)
        and not has("cumulated", lead)
        and not has("no_product", lead)
        and "；" not in joined
        and _same_subject(passage, rate, number)
    )
    return total, tuple(w for w in (word, shared or "") if w), strong


def _tie(passage: Passage, rate: Mark, number: Mark, total: Mark) -> str | None:
    """What ties a total to its rate: a word that both have, "" where the total has no name, ``None`` if none.

    A single character is enough between their own names (分得, 分红), but not with the clause of the number.
    """
    own = _after_per(passage.lead(rate)) + passage.tail(rate).partition("、")[0]
    name = without("generic_total", without("totalling", passage.lead(total)))
    name += passage.tail(total).partition("、")[0]
    if not name.strip():
        return ""
    shared = _shared(own, name) or _shared(passage.lead(number), name)[:2]
    return shared if len(shared) > 1 or (shared and shared in own) else None


def _after_per(lead: str) -> str:
    last = None
    for last in pattern(_PER).finditer(lead):  # noqa: B007
        pass
    return lead if last is None else ("产" if last[0] == "亩产" else "") + lead[last.end() :]


def _same_subject(passage: Passage, rate: Mark, number: Mark) -> bool:
    """Whether the clause of the rate names nobody else than that of the number; 农民人均 is not of all."""
    lead = passage.lead(rate)
    found = pattern(_PER).search(lead)
    prefix = lead[: found.start()] if found else ""
    prefix = pattern("^(?:为|向|给|对|按|以|使|实现|预计|平均|、|和|则|可)+").sub("", prefix)
    near = passage.lead(number) + number.figure.text + passage.tail(number)
    return not prefix.strip() or prefix.strip() in near


def _shared(first: str, second: str) -> str:
    """A word of two characters that two clauses have in common, else a single telling character."""
    pairs = [first[i : i + 2] for i in range(len(first) - 1)]
    for pair in pairs:
        if pair in second and not _COMMON & set(pair) and "一" <= pair[0] <= "鿿" and "一" <= pair[1] <= "鿿":
            return pair
    return next((c for c in first if c in second and c not in _COMMON and "一" <= c <= "鿿"), "")
