"""Numbers that name a thing: telephone and document numbers, types, scores."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.lexicon.patterns import patterns
from extractor.matching import compiled
from extractor.numerals.rejects.look import Look

_DOTTED = compiled(r"[0-9]\.[0-9]+\.")


class Patterns(NamedTuple):
    """The patterns of ``rejects.toml`` for this module, by name."""

    final_round: re.Pattern[str]
    to_number: re.Pattern[str]
    from_number: re.Pattern[str]
    code_before: re.Pattern[str]
    code_after: re.Pattern[str]
    score: re.Pattern[str]
    score_before: re.Pattern[str]
    below_zero: re.Pattern[str]


@functools.cache
def _told() -> Patterns:
    return Patterns(**patterns("codes"))


def latin(look: Look) -> str:
    """Digits glued to Latin letters: C919, G318, COVID-19, 5G, 3D, A4; not an acronym before an amount (GDP1228亿元)."""
    before = look.before(4)
    if before:
        last = before[-1]
        glued = last == "-" and len(before) > 1 and before[-2].isascii() and before[-2].isalnum()
        if glued or last in "#_@\\" or last == "." or (last.isascii() and last.isalpha()):
            acronym = len(before) > 1 and before[-2].isascii() and before[-2].isalpha() and last.isalpha()
            unit = look.unit_ahead
            if not (
                (acronym and unit and not unit[0][0].isalpha())
                or (acronym and unit and not unit[0].isascii())
            ):
                return "code"
        if last == "/" and len(before) > 1 and before[-2].isascii():
            return "code"
    after = look.after(3)
    if after and after[0].isascii() and after[0].isalpha() and look.arabic and not look.unit_ahead:
        return "code"
    bold = look.before(2) == "**"  # as Markdown has it
    if (look.before(1) in ("×", "*", "✕") and not bold) or after[:1] in ("×", "✕"):
        return "code"
    if after[:1] in ("_", "@", "\\") or after[:2] == "A级":
        return "code"
    return ""


def number_code(look: Look) -> str:
    """Telephone, document, stock and identity numbers, addresses: no unit, long, or told as such by the words around."""
    numeral = look.numeral
    if not look.arabic:
        return ""
    if look.before(2) in ("东经", "西经", "北纬", "南纬"):
        return "code"
    if _told().code_before.search(look.before(24)) and not look.unit_ahead:
        return "code"
    if (
        len(numeral) > 30
        or (numeral.count("-") > 1 and not _told().below_zero.match(numeral))
        or _DOTTED.search(numeral)
    ):
        return "code"
    if look.before(1) in ("〔", "[", "【") and look.after(1) in ("〕", "]", "】"):
        return "code"
    if look.before(1) in ("〕", "]") and look.after(1) == "号":
        return "code"
    if look.before(1) == "." and look.before(2)[:1].isdigit():
        return "code"
    plain = numeral.isdecimal()
    many = len(numeral) >= 5 and (numeral[-2:] != "00" or len(numeral) > 12)
    if plain and (many or (numeral[0] == "0" and len(numeral) > 1)) and not look.unit_ahead:
        return "code"
    if plain and len(numeral) in (3, 5) and _told().code_after.search(look.after(3)):
        return "code"
    if look.before(1) == "(" and look.after(1) == ")" and plain and len(numeral) >= 4:
        return "code"
    return ""


def score(look: Look) -> str:
    """The score of a match and other proportions: 21比15, 3:1."""
    if _told().score.search(look.after(5)) or _told().score_before.search(look.before(5)):
        return "code"
    if (look.after(1) == ":" and look.after(2)[1:].isdigit()) or (
        look.before(1) == ":" and look.before(2)[:1].isdigit()
    ):
        return "code"
    if _told().final_round.match(look.after(2)) and "/" in look.numeral:
        return "name"
    if look.after(1) == "比" and _told().to_number.match(look.after(2)) and not look.measure:
        return "code"
    if look.before(1) == "比" and _told().from_number.search(look.before(2)):
        return "code"
    return ""
