"""Named rules that tell numerals which are no figures: dates, ordinals, names, codes, idioms, articles.

A rule takes a :class:`Look` and returns the reason of the contract (section 1 of FIGURES.md) or "". Rules are tried
in the order of :data:`BEFORE_UNIT`, before a unit is looked for, and :data:`WITH_UNIT`, once one was found. The
name of the rule that fired is reported as ``reason.name``.
"""

from __future__ import annotations

import string

from extractor.lexicon.folding import SIGN_NUMERALS
from extractor.numerals.rejects.care import weak
from extractor.numerals.rejects.codes import latin, number_code, score
from extractor.numerals.rejects.dates import calendar_unit, clock, month_day, plan_period, year
from extractor.numerals.rejects.documents import (
    address,
    capital,
    captioned,
    characters,
    department,
    model,
    page,
    place_name,
    run_together,
    section,
    session,
    sign_mark,
    size_class,
    table_head,
)
from extractor.numerals.rejects.look import Look, Rule
from extractor.numerals.rejects.names import abstract, chain, form, plus, quoted
from extractor.numerals.rejects.ordinals import chained, enumerator, graded, prefix
from extractor.numerals.rejects.words import (
    article,
    discipline,
    every,
    exchanged,
    idiom,
    multiplier,
    tier,
    turn,
    vague,
)

__all__ = [
    "BEFORE_UNIT",
    "WITH_UNIT",
    "Look",
    "Rule",
    "before_unit",
    "first",
    "form",
    "idiom",
    "quoted",
    "weak",
    "with_unit",
]

Rules = tuple[tuple[str, Rule], ...]

BEFORE_UNIT: Rules = (
    ("address", address),
    ("sign_mark", sign_mark),
    ("captioned", captioned),
    ("run_together", run_together),
    ("prefix", prefix),
    ("chained", chained),
    ("clock", clock),
    ("year", year),
    ("month_day", month_day),
    ("plan_period", plan_period),
    ("latin", latin),
    ("number_code", number_code),
    ("enumerator", enumerator),
    ("graded", graded),
    ("plus", plus),
    ("score", score),
)

# Rules of single units, asked of those only and before all others.
_OF_UNIT: dict[str, Rules] = {
    **dict.fromkeys(("届", "次"), (("session", session),)),
    **dict.fromkeys(("版", "页", "条", "款", "章", "节", "代"), (("page", page),)),
    **dict.fromkeys(("字", "个字", "词", "个"), (("characters", characters),)),
    **dict.fromkeys(("处", "科", "室", "队", "班", "组", "局"), (("department", department),)),
}

WITH_UNIT: Rules = (
    ("quoted", quoted),
    ("chain", chain),
    ("idiom", idiom),
    ("calendar_unit", calendar_unit),
    ("form", form),
    ("abstract", abstract),
    ("table_head", table_head),
    ("size_class", size_class),
    ("capital", capital),
    ("place_name", place_name),
    ("every", every),
    ("exchanged", exchanged),
    ("multiplier", multiplier),
    ("discipline", discipline),
    ("turn", turn),
    ("article", article),
    ("vague", vague),
    ("tier", tier),
)


def first(rules: Rules, look: Look) -> tuple[str, str] | None:
    """The reason and the rule (``reason.name``) of the first rule that fires, or None."""
    for name, rule in rules:
        reason = rule(look)
        if reason:
            return reason, f"{reason}.{name}"
    return None


# Numerals in characters need no rule for codes, Arabic ones none for plans.
_IN_CHARACTERS: Rules = tuple(pair for pair in BEFORE_UNIT if pair[0] not in ("latin", "number_code"))
_ARABIC: Rules = tuple(pair for pair in BEFORE_UNIT if pair[0] != "plan_period")
# What the other rules say of Arabic numerals with a unit is "".
_ARABIC_WITH_UNIT: Rules = tuple(
    pair
    for pair in WITH_UNIT
    if pair[0]
    not in (
        "chain",
        "idiom",
        "multiplier",
        "article",
        "vague",
        "tier",
        "table_head",
        "size_class",
        "capital",
        "place_name",
    )
)

# The neighbours of a numeral without which none of the rules before the unit can fire on it (an Arabic one must
# have a unit and no odd form, too). Few numerals have one of them, so this spares most of the work; a test holds
# the short way against the long one.
_LEFT = frozenset("%/前第图表件卷其之老名列高初大.款、和及至:周拜期月日到-~—(+＋比廿十每")
_RIGHT = frozenset(
    "层等、和至:时点分刻秒年月日号是要则靠来为看抓曰.．，)(把级类期产甲楼线环档本审模中院胎套栋幢室单座班组队次轮局场孩房手比+＋余多"
)
_LEFT_OF_ARABIC = _LEFT | frozenset(string.ascii_letters + "经纬份#_@\\/×*✕[【〔〕]")
_RIGHT_OF_ARABIC = _RIGHT | frozenset(string.ascii_letters + "_@\\×✕届学赛财特热电平报国省县航工会路强决")


def before_unit(look: Look) -> tuple[str, str] | None:
    """What the rules of :data:`BEFORE_UNIT` say that can fire on a numeral of this script."""
    left, right, numeral = look.left[-1:], look.right[:1], look.numeral
    if look.arabic:
        usual = (
            left not in _LEFT_OF_ARABIC
            and right not in _RIGHT_OF_ARABIC
            and len(numeral) <= 30
            and "-" not in numeral
            and numeral.count(".") < 2
            and look.unit_ahead
        )
        return None if usual else first(_ARABIC, look)
    sign = look.text[look.start] >= SIGN_NUMERALS[0]
    if left in _LEFT or right in _RIGHT or numeral[-1] == "五" or sign:
        return first(_IN_CHARACTERS, look)
    return None


def with_unit(look: Look) -> tuple[str, str] | None:
    """What the rules of :data:`WITH_UNIT` say that can fire on a numeral of this script, and those of its unit."""
    assert look.measure
    own = _OF_UNIT.get(look.measure.unit.name)
    if own and (refused := first(own, look)):
        return refused
    if look.numeral[0] == "-" and (reason := model(look)):
        return reason, f"{reason}.model"
    if look.start == look.begin and (reason := section(look)):
        return reason, f"{reason}.section"
    return first(_ARABIC_WITH_UNIT if look.arabic else WITH_UNIT, look)
