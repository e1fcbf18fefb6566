"""Arithmetic checks: do the figures of an article add up?

In: figures. Out: one ``Check`` per relation that the text states between them. A relation is claimed only
where words of the text say so; no combination of numbers is ever tried until one fits.

Each relation is a module with a function ``find(passage) -> Iterator[Claim]``; ``RULES`` names them in order.
Sums of tables
are in ``cells``. The words that are evidence stand in ``extractor/lexicon/checks.toml``. A false alarm is worse than a missed
relation: a rule that is not sure says so in its claim, which is dropped unless the numbers bear it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import groupby

from extractor.checks.claims import CHECK_COLUMNS, RELATIONS, STATUSES, Check
from extractor.model import Figure

__all__ = ["CHECK_COLUMNS", "RELATIONS", "RULES", "STATUSES", "Check", "badges_of", "check"]

RULES = ("difference", "sum", "share", "change", "product", "average", "ratio")
"""The rules in order: where two say the same of the same figures, the first is kept."""


def check(figures: Iterable[Figure]) -> list[Check]:
    """The relations between figures, in the order of the text.

    The figures must be those of whole articles, in order, as ``examine`` gives them: what was filtered away
    cannot be checked.

    >>> from extractor import extract_text
    >>> for found in check(extract_text("现有23名党员，其中本地党员18名，占支部党员人数的78%。")):
    ...     print(found.relation, found.expression, found.status)
    share 18 / 23 = 78.26% ≈ 78% rounds
    """
    found: list[Check] = []
    for _, article in groupby(figures, key=lambda figure: (figure.source, figure.article)):
        found.extend(_article(list(article)))
    return found


def badges_of(checks: Iterable[Check]) -> dict[tuple[int, int], str]:
    """The status to show at each figure that takes part in a check: the worst one, by the figure's offsets.

    >>> from extractor import extract_text
    >>> badges_of(check(extract_text("应改造80户，已改造60户，剩余30户。")))
    {(3, 6): 'disagrees', (10, 13): 'disagrees', (16, 19): 'disagrees'}
    """
    badges: dict[tuple[int, int], str] = {}
    for made in sorted(checks, key=lambda made: -made.rank):
        badges.update(dict.fromkeys(made.spans, made.status))
    return badges


def _article(figures: list[Figure]) -> Iterator[Check]:
    from extractor.checks import cells
    from extractor.checks.claims import judge
    from extractor.checks.passage import passages

    if len(figures) < 2:
        return
    if any(figure.rule == cells.RULE for figure in figures):
        yield from cells.find(figures)
        figures = [figure for figure in figures if figure.rule != cells.RULE]
    rules = [import_module(f"extractor.checks.{name}") for name in RULES]
    for passage in passages(figures):
        if len(passage.marks) < 2:
            continue
        here: dict[frozenset[str], Check] = {}
        for rule in rules:
            for claim in rule.find(passage):
                made = judge(claim, passage)
                if made is not None:
                    here.setdefault(frozenset(made.figures.split()), made)
        yield from sorted(here.values(), key=lambda made: (made.spans[-1], made.spans))
