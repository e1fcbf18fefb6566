"""What a rule says of figures (a claim), and what comes of it (a check)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from extractor.checks.evidence import explained
from extractor.checks.passage import Mark, Passage
from extractor.checks.quantities import Formula, Interval, Quantity, quantity
from extractor.model import Figure, Value

RELATIONS = ("sum", "difference", "share", "product", "change", "average", "ratio")
STATUSES = ("agrees", "rounds", "disagrees", "open")

_FAR_OFF = 12  # a figure so many times off was rather misunderstood by us than wrong in the text
_STRAIN = Fraction(
    1, 20
)  # of a percentage of change: further off, the precision of the levels excuses nothing
_CHINESE_DIGITS = "〇零一二两三四五六七八九"
_CLOSE = Fraction(1, 40)  # how narrow the precision must be before a fit counts as evidence of its own


@dataclass(frozen=True, slots=True)
class Check:
    """A relation between figures of an article, and whether it holds.

    ``relation`` is one of sum, difference, share, product, change, average, ratio; ``expression`` spells it
    with the numbers as they are written. ``stated`` is the number that the text gives, ``computed`` the one
    that follows from the other figures, in the unit of the stated one, and ``difference`` the first less the
    second; ``tolerance`` is how far they may lie apart within the precision to which the numbers are written
    (empty where a side is open). ``status`` is ``agrees`` (to the last digit), ``rounds`` (within the precision and the wording:
    余, 近, 约), ``disagrees``, or ``open`` (the wording leaves it undecided). ``figures`` are the offsets of
    all figures involved as ``start-end``, the stated one last; ``marks`` are the same figures as offsets in
    ``sentence``. ``explanation`` names the words that are the evidence, ``explanation_zh`` says the same in Chinese.
    """

    source: str
    article: int
    relation: str
    expression: str
    stated: Value
    computed: Value
    difference: Value
    tolerance: Value | None
    status: str
    figures: str
    sentence: str
    explanation: str
    marks: str
    explanation_zh: str

    @property
    def rank(self) -> int:
        """What a reader wants to see first: 0 for a disagreement, then open, rounds, agrees."""
        return ("disagrees", "open", "rounds", "agrees").index(self.status)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The offsets of the figures in the source, the stated one last."""
        return spans(self.figures)

    def to_dict(self) -> dict[str, Any]:
        """The columns by name, in their order."""
        return {name: getattr(self, name) for name in CHECK_COLUMNS}


CHECK_COLUMNS: tuple[str, ...] = tuple(
    f.name for f in fields(Check) if f.name not in ("marks", "explanation_zh")
)


def spans(written: str) -> tuple[tuple[int, int], ...]:
    """Offsets as ``figures`` and ``marks`` hold them, as numbers.

    >>> spans("4-7 12-15")
    ((4, 7), (12, 15))
    """
    return tuple(
        (int(start), int(end)) for start, _, end in (part.partition("-") for part in written.split())
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """That ``stated`` follows from ``parts`` by ``formula``.

    ``signs`` spells the formula: what stands between the parts, or a template with ``{0}``, ``{1}`` for them.
    ``evidence`` are the words that say so. A claim that is not ``strong`` rests on words that also stand
    where nothing of the kind is meant (其中 before some parts of many); it is kept only where the numbers
    bear it out. ``factors`` bring the parts to common units, ``cut`` allows a quotient whose last digits were
    cut off.
    """

    relation: str
    stated: Mark
    parts: tuple[Mark, ...]
    formula: Formula
    signs: str
    evidence: tuple[str, ...]
    strong: bool = True
    cut: bool = False
    factors: tuple[Fraction, ...] = ()
    fixed: Fraction | None = None
    """The stated number where no figure states it: the 100 % of a whole."""
    unrounded: bool = False
    """Whether the parts are exact as they are written: 每人分得1.5万元 is a rule by which is given."""


def judge(claim: Claim, passage: Passage) -> Check | None:
    """Do the sum of a claim. ``None`` if it cannot be done, or is not borne out where it had to be."""
    factors = claim.factors or (Fraction(1),) * len(claim.parts)
    parts = [quantity(mark.figure, factor) for mark, factor in zip(claim.parts, factors, strict=True)]
    stated = quantity(claim.stated.figure) if claim.fixed is None else _whole(claim.fixed)
    points = [part.stated for part in parts]
    if stated.stated is None or any(point is None for point in points):
        return None
    computed = claim.formula([Interval(point, point) for point in points]).low
    if claim.unrounded and all(part.plain for part in parts):
        parts = [
            replace(part, near=Interval(p, p), far=Interval(p, p))
            for part, p in zip(parts, points, strict=True)
        ]
    near, far = claim.formula([part.near for part in parts]), claim.formula([part.far for part in parts])
    nothing = computed == 0 and claim.relation not in ("sum", "difference")  # divided by nothing
    if computed is None or nothing or stated.stated <= 0:
        return None
    status = _status(claim, stated, parts, computed, near, far)
    if status == "rounds" and _strained(claim, stated.stated, computed):
        # The parts are written so coarsely that nearly anything fits.
        status = "disagrees" if all(_digits(mark.figure) > 1 for mark in claim.parts) else "open"
    if status in ("disagrees", "open"):
        far_off = computed > 0 and not 1 / _FAR_OFF < computed / stated.stated < _FAR_OFF
        if far_off or not claim.strong:
            return None
    if not claim.strong and status == "rounds" and not _narrow(near, computed, stated):
        return None
    return _check(claim, passage, stated.stated, computed, _tolerance(claim, near, computed, stated), status)


def _whole(number: Fraction) -> Quantity:
    point = Interval(number, number)
    return Quantity(number, point, point, Fraction(0), True)


def _status(
    claim: Claim,
    stated: Quantity,
    parts: Sequence[Quantity],
    computed: Fraction,
    near: Interval,
    far: Interval,
) -> str:
    if computed == stated.stated and all(number.plain for number in (stated, *parts)):
        return "agrees"
    if near.meets(stated.near):
        return "rounds"
    if claim.cut and stated.stated is not None and stated.stated <= computed < stated.stated + stated.step:
        return "rounds"
    return "open" if far.meets(stated.far) else "disagrees"


def _strained(claim: Claim, stated: Fraction, computed: Fraction) -> bool:
    """Whether a percentage of change fits only because the levels are written with few digits: 12万 to 30万, by 160%."""
    exact = all(mark.figure.qualifier == "exact" for mark in (*claim.parts, claim.stated))
    return claim.relation == "change" and exact and abs(computed - stated) > _strain(claim, stated)


def _strain(claim: Claim, stated: Fraction) -> Fraction:
    """How far off a percentage of change may be, however its levels are rounded."""
    least = Fraction(1) if claim.stated.figure.unit == "%" else _STRAIN
    return max(_STRAIN * stated, least)


def _digits(figure: Figure) -> int:
    """How many digits of a figure are written: 2 in 12万, 1 in 3万."""
    return sum(character.isdecimal() or character in _CHINESE_DIGITS for character in number_text(figure))


def _tolerance(claim: Claim, near: Interval, computed: Fraction, stated: Quantity) -> Fraction | None:
    """How far the stated and the computed number may lie apart within the precision of all; None if a side is open."""
    sides = [*near, *stated.near]
    if any(side is None for side in sides) or stated.stated is None:
        return None
    own = max(abs(side - computed) for side in near if side is not None)
    tolerance = own + max(abs(side - stated.stated) for side in stated.near if side is not None)
    coarse = any(_digits(mark.figure) < 2 for mark in claim.parts)
    return (
        tolerance if claim.relation != "change" or coarse else min(tolerance, _strain(claim, stated.stated))
    )


def _narrow(near: Interval, computed: Fraction, stated: Quantity) -> bool:
    bounds = [*near, *stated.near]
    return all(b is not None and abs(b - computed) <= _CLOSE * computed for b in bounds)


def _check(
    claim: Claim,
    passage: Passage,
    stated: Fraction,
    computed: Fraction,
    tolerance: Fraction | None,
    status: str,
) -> Check:
    figure = claim.stated.figure
    marks = (*claim.parts, claim.stated) if claim.fixed is None else claim.parts
    texts = [number_text(mark.figure) for mark in claim.parts]
    left = claim.signs.format(*texts) if "{" in claim.signs else claim.signs.join(texts)
    shown = spell(computed, figure)
    written = number_text(figure) if claim.fixed is None else spell(stated, figure)
    sign = {"agrees": "", "rounds": f" ≈ {written}", "disagrees": f" ≠ {written}", "open": f" ? {written}"}[
        status
    ]
    expression = f"{left} = {shown}{sign}"
    sentence, places = _together(marks, passage)
    named = list(dict.fromkeys(word for word in claim.evidence if word))
    return Check(
        source=figure.source,
        article=figure.article,
        relation=claim.relation,
        expression=expression,
        stated=plain_number(stated),
        computed=plain_number(computed),
        difference=plain_number(stated - computed),
        tolerance=None if tolerance is None else plain_number(tolerance),
        status=status,
        figures=" ".join(f"{mark.figure.start}-{mark.figure.end}" for mark in marks),
        sentence=sentence,
        explanation=explained("en", claim.relation, status, named, written, shown),
        marks=" ".join(f"{start}-{end}" for start, end in places),
        explanation_zh=explained("zh", claim.relation, status, named, written, shown),
    )


def _together(marks: Sequence[Mark], passage: Passage) -> tuple[str, list[tuple[int, int]]]:
    """The sentences of some figures in one text, and the places of the figures there."""
    offsets: dict[int, int] = {}
    text = ""
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.sentence not in offsets:
            offsets[mark.sentence] = len(text) - passage.sentences[mark.sentence][0]
            text += mark.figure.sentence
    return text, [(mark.start + offsets[mark.sentence], mark.end + offsets[mark.sentence]) for mark in marks]


def plain_number(number: Fraction) -> Value:
    """A number as tables hold it: whole, or with six decimals at most.

    >>> plain_number(Fraction(18, 1)), plain_number(Fraction(900, 23))
    (18, 39.130435)
    """
    return int(number) if number.denominator == 1 else round(float(number), 6)


_UNITLESS = frozenset(
    "0123456789０１２３４５６７８９.．,，〇零一二两三四五六七八九十百千万亿萬億兩余餘多几数上近半点分之%％-~～—至"
)


def number_text(figure: Figure) -> str:
    """The number of a figure as written, without its unit.

    >>> from extractor import extract_text
    >>> [number_text(figure) for figure in extract_text("764人每人分得1.5万元，占78%。")]
    ['764', '1.5万', '78%']
    """
    text = figure.text
    end = 0
    while end < len(text) and text[end] in _UNITLESS:
        end += 1
    return text[:end] or text


def spell(number: Fraction, figure: Figure) -> str:
    """A computed number in the manner of a figure: with its multiplier and its sign for a percentage."""
    text = number_text(figure)
    for sign, size in (("亿", 10**8), ("億", 10**8), ("万", 10**4), ("萬", 10**4)):
        if sign in text and number >= size / 1000:
            return f"{_decimals(number / size)}{sign}"
    return _decimals(number) + ("%" if figure.unit == "%" else "")


def _decimals(number: Fraction) -> str:
    if number.denominator == 1:
        return str(int(number))
    text = f"{float(number):.2f}" if number >= 1 else f"{float(number):.3g}"
    return text.rstrip("0").rstrip(".")
