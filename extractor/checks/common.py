"""Questions that several rules ask of figures: whether they are amounts, of one unit, of one time."""

from __future__ import annotations

from extractor.checks.evidence import has, pattern
from extractor.checks.passage import Mark, Passage
from extractor.checks.quantities import is_fraction
from extractor.matching import compiled

_YEAR = compiled("(?:19|20)[0-9]{2}(?=年)")
_LEAN = (
    "^(?:并|且|也|均|又|人数|数量|总量|同时|总体|总共|共|累计|合计)?(同比|环比|(?:比|较)[^，。；]{1,12}?)?"
)
_NO_AMOUNTS = frozenset({"ratio", "age", "scale", "temperature"})
_SEASONS = compiled("去年|上年|前年|今年|明年")
_FILLER = "(?:了|约|近|超过|超|逾|达到|达|为|至少|将近|大约|的|分别|共|仅|已|也|就|，)*"


def amount(mark: Mark) -> bool:
    """Whether a figure is a plain amount: no change, no rate, no share, no age."""
    return not mark.figure.change and amount_or_change(mark)


def amount_or_change(mark: Mark) -> bool:
    """Whether a figure is an amount, or by how much one changed."""
    figure = mark.figure
    return figure.kind not in _NO_AMOUNTS and figure.value != 0 and not is_fraction(figure)


def per_head(mark: Mark, passage: Passage) -> bool:
    """Whether a figure is a rate (每人, 人均), which does not add up with others."""
    if has("each", passage.lead(mark)) or has("mean", passage.lead(mark)) or "/" in mark.figure.text:
        return True
    clause = passage.clause(mark)
    return bool(mark.figure.per) and bool(has("each", clause) or has("mean", clause))


def alike(first: Mark, second: Mark) -> bool:
    """Whether two figures are told in the same unit."""
    return first.figure.unit == second.figure.unit and (
        first.figure.unit != "" or first.figure.kind == second.figure.kind
    )


def one_time(passage: Passage, marks: list[Mark]) -> bool:
    """Whether nothing says that the figures belong to different years or plans."""
    first, last = min(marks, key=lambda m: m.start), max(marks, key=lambda m: m.start)
    years = [set(_YEAR.findall(mark.figure.period)) for mark in marks]
    named = [set(_SEASONS.findall(mark.figure.period)) for mark in marks]
    for stated in ([found for found in years if found], [found for found in named if found]):
        if any(not stated[0] & found for found in stated[1:]):
            return False
    inner = passage.text[first.start : last.start]
    written = set(_YEAR.findall(inner))
    return len(written) < 2 and not has("apart", inner)


def lean_change(passage: Passage, mark: Mark, subject: bool = False) -> tuple[str, str]:
    """The word of change before a figure, and its basis, where the clause names no subject of its own.

    ``("增长", "比上年")`` for ``，比上年增长16.2%``; ``("", "")`` for ``，粮食产量增长5%``.
    With ``subject`` the clause may name one, if it names a basis as well.
    """
    found = pattern(
        ("(同比|环比|(?:比|较)[^，。；]{1,12}?)" if subject else _LEAN)
        + "(?:净|共|分别|累计|大幅|同比|相比|时|实际)*"
        "({rise}|{fall})" + _FILLER + "$"
    ).search(passage.lead(mark).strip())
    return (found[2], found[1] or "") if found else ("", "")
