"""Evidence that a row is right as a whole: how clear the choice of its item was, and how hard its kind of place is."""

from __future__ import annotations

from extractor.context.evidence import Evidence
from extractor.context.situation import Item, Situation, bucket

_STEPS = (0.3, 0.45, 0.6, 0.7, 0.8, 0.86, 0.9, 0.93, 0.955, 0.97, 0.98, 0.99, 0.995)


def row(situation: Situation, item: Item | None, share: float, rule: str) -> list[Evidence]:
    """``share`` is the probability with which ``item`` was chosen, ``rule`` the name of the rule that found the figure."""
    step = sum([share >= border for border in _STEPS])
    clear, coarse = str(step), str(step // 3)
    region = item[2] if item else "0"
    length = bucket(item[1] - item[0] + 1) if item else "0"
    group = situation.group
    return [
        ("certain", clear),
        ("certain, region", coarse, region),
        ("certain, sort of unit", coarse, group),
        ("region, sort of unit", region, group),
        ("certain, follows", coarse, situation.follows),
        ("certain, length", coarse, length),
        ("certain, shape", coarse, situation.shape),
        ("unit", situation.unit),
        ("rule", rule),
        ("change", situation.changed, group),
    ]
