"""A figure as the telling of a fact: what is compared, and nothing of the sentence."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from extractor.facts.items import bare, called
from extractor.facts.owners import owner_of
from extractor.facts.words import words
from extractor.matching import compiled
from extractor.model import Figure
from extractor.numerals.base import size

Measure = Literal["level", "change", "plan", "plan_change"]

_NUMERAL = compiled("([0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:[.．]([0-9]+))?([十百千万亿]*)")
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CLAUSE = compiled("[，；：。！？,;:!?]")
_VAGUE = frozenset({"about", "over", "nearly", "under", "at_least", "at_most"})


class Telling(NamedTuple):
    """One figure. ``base`` is its value in the base unit, with sign, exactly; ``step`` the last digit that was told."""

    source: str
    article: int
    line: int
    item: str
    written: str
    text: str
    owner: str
    measure: Measure
    aspects: frozenset[str]
    basis: str
    per: str
    unit: str
    base: Fraction | None
    base_unit: str
    step: Fraction
    low: Fraction | None
    high: Fraction | None
    qualifier: str
    date_from: str
    date_to: str
    period: str
    published: str
    confidence: float
    sure: bool


def telling(figure: Figure, *, exact: bool = False) -> Telling | None:
    """The figure as a telling; None where it names no item. ``exact`` leaves synonyms of the item apart."""
    if not figure.item:
        return None
    owner = owner_of(figure.subject, figure.place)
    written = _without_end_of_name(figure, owner.name)
    item = bare(written, owner.name) if exact else called(written, owner.name)
    sure = owner.sure and not _leaves_over(figure)
    if owner.group and owner.group not in figure.item:
        # 农村居民 人均可支配收入: what falls to each of a group, and its growth, is told apart from that of others.
        # Other indicators are the place's, whoever is named: 农民 粮食播种面积.
        if len(item) <= 2 or "均" in item or (figure.per == "人" and item == figure.head):
            item = (owner.group if exact else called(owner.group)) + item
        else:
            sure = False
    factor, base_unit = size(figure.unit) or (Fraction(1), figure.unit)
    sign = -1 if figure.change == "down" else 1
    aspects = _aspects(figure)
    return Telling(
        figure.source, figure.article, figure.line, item, figure.item, figure.text, owner.name,
        _measure(figure, aspects), aspects - {"plan"}, words().bases.get(figure.basis, figure.basis),
        "" if "均" in item else figure.per, figure.unit,
        _times(figure.value, factor * sign), base_unit, _step(figure) * factor,
        *_bounds(figure, factor, sign),
        figure.qualifier, figure.date_from, figure.date_to, figure.period, figure.published, figure.confidence, sure,
    )  # fmt: skip


def _without_end_of_name(figure: Figure, owner: str) -> str:
    """The item without the end of the place's name: 青溪 | 县一般公共预算收入."""
    end = owner[len(figure.subject) :] if figure.subject and owner.startswith(figure.subject) else ""
    cut = end and figure.item.startswith(end) and len(figure.item) > len(end) + 1
    return figure.item[len(end) :] if cut else figure.item


def _leaves_over(figure: Figure) -> bool:
    """Whether words stand between the subject and what it did that say of what part of it: 公司海外业务实现营业收入61亿元."""
    sentence = "".join(figure.sentence.split())
    before = sentence[: max(sentence.find(figure.text), 0)]
    clause = _CLAUSE.split(before)[-1]
    at = clause.rfind(figure.subject) if figure.subject else -1
    if at < 0:
        return False
    rest = clause[at + len(figure.subject) :]
    ends = [found for word in (figure.action, figure.item) if word and (found := rest.find(word)) >= 0]
    between = rest[: min(ends, default=0)].replace(figure.period, "") if ends else ""
    return len(words().filling.sub("", between)) > 1


def _measure(figure: Figure, aspects: frozenset[str]) -> Measure:
    if "plan" in aspects:
        return "plan_change" if figure.change else "plan"
    return "change" if figure.change else "level"


def _times(value: float | None, factor: Fraction) -> Fraction | None:
    return None if value is None else Fraction(repr(value)) * factor


def _bounds(figure: Figure, factor: Fraction, sign: int) -> tuple[Fraction | None, Fraction | None]:
    low, high = _times(figure.low, factor * sign), _times(figure.high, factor * sign)
    return (low, high) if sign > 0 else (high, low)


def _step(figure: Figure) -> Fraction:
    """How much the last digit stands for that the text gives: 1000万 of 18.5亿, 10 of 6720."""
    found = _NUMERAL.search(figure.text)
    if found is None or figure.value is None:
        return _zeros(figure.value)
    times = 1
    for character in found[3]:
        times *= _MULTIPLIERS[character]
    if found[2]:
        return Fraction(times, 10 ** len(found[2]))
    return _zeros(int(found[1].replace(",", "").replace("，", ""))) * times


def _zeros(value: float | None) -> Fraction:
    """The step of a whole number: 1, or where two zeros or more end it, what they stand for."""
    if value is None or value != int(value) or value == 0:
        return Fraction(0) if value is None else Fraction(1)
    digits = str(abs(int(value)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Fraction(10**zeros if zeros > 1 else 1)


def _aspects(figure: Figure) -> frozenset[str]:
    """What sets the figure apart, by the words before it in its sentence and in its item."""
    sentence = "".join(figure.sentence.split())
    at = sentence.find(figure.text)
    before = sentence[: at if at >= 0 else len(sentence)]
    clauses = _CLAUSE.split(before)
    clause = clauses[-1] + figure.item * (figure.item not in clauses[-1])
    found = set()
    for aspect in words().aspects:
        text = before.rpartition("；")[2] + figure.item if aspect.whole else clause
        if any(match[1] for match in aspect.pattern.finditer(text)):
            found.add(aspect.name)
    if not _reads_on(clauses) or "part" in found:
        return frozenset(found)
    return frozenset({*found, "part"})


def _reads_on(clauses: list[str]) -> bool:
    """Whether an earlier clause ended with 其中 and a comma."""
    return len(clauses) > 1 and clauses[-2].endswith("其中")


def vague(one: Telling) -> bool:
    """Whether the wording gives no exact value."""
    return one.qualifier in _VAGUE or one.base is None
