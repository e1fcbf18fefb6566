"""The words of the page in both languages, and colour, underline and sign of every kind.

They are data: ``labels.toml`` for what only the report shows, the lexicon for what other outputs show too.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.matching import compiled
from extractor.packaged import packaged

if TYPE_CHECKING:
    from extractor.checks import Check

Words = dict[str, dict[str, str]]

_NAMES = compiled("[^0-9A-Za-z]")


class Mark(NamedTuple):
    """How a kind is shown: its family, its sign in Chinese and in English."""

    family: str
    zh: str
    en: str


class Family(NamedTuple):
    """Colour on light and on dark ground, and the underline."""

    light: str
    dark: str
    line: str


@functools.cache
def data() -> Mapping[str, Any]:
    """The content of ``labels.toml``."""
    return tomllib.loads(packaged("report", "labels.toml").read_text(encoding="utf-8"))


def interface() -> Words:
    """The words of the page itself, by language."""
    return {"en": dict(data()["en"]), "zh": dict(data()["zh"])}


def names(kinds: Iterable[str], kind_labels: Mapping[str, str] | None = None) -> dict[str, Words]:
    """What columns, kinds, qualifiers, changes, origins of periods and reasons are called: language, then column, then value.

    ``kind_labels`` adds to the Chinese names of kinds that the package has.

    >>> words = names(["money", "person_times"])
    >>> words["en"]["kind"]["person_times"], words["zh"]["kind"]["money"], words["en"]["column"]["unit"]
    ('attendances', '金额', 'unit')
    """
    from extractor.checks import RELATIONS, STATUSES
    from extractor.checks.evidence import labels as check_words
    from extractor.lexicon.words import lexicon
    from extractor.model import COLUMNS
    from extractor.table.headers import QUALIFIERS

    headers: Mapping[str, Mapping[str, str]] = lexicon().data["headers"]
    labels = {**lexicon().kinds.labels, **(kind_labels or {})}
    kinds = list(kinds)

    def english(section: str, values: Iterable[str]) -> dict[str, str]:
        told = data().get(f"en_{section}", {})
        return {value: told.get(value, value.replace("_", " ")) for value in values}

    return {
        "en": {
            "column": english("column", COLUMNS),
            "kind": english("kind", kinds),
            "qualifier": english("qualifier", QUALIFIERS),
            "change": english("change", headers["change"]),
            "period_from": english("period_from", headers["period_from"]),
            "reason": english("reason", headers["reason"]),
            "relation": english("relation", RELATIONS),
            "status": english("status", STATUSES),
        },
        "zh": {
            "column": {name: headers["columns"].get(name, name) for name in COLUMNS},
            "kind": {kind: labels.get(kind, kind) for kind in kinds},
            "qualifier": dict(headers["qualifier"]),
            "change": dict(headers["change"]),
            "period_from": dict(headers["period_from"]),
            "reason": dict(headers["reason"]),
            "relation": check_words()["relation"],
            "status": check_words()["status"],
        },
    }


_EXPLAINED = compiled("(?:an? (?P<relation>\\w+), told by (?P<words>.*); )?(?P<rest>.*)", re.DOTALL)
_STATED = compiled("the text states (.{0,200}), its other numbers give (.*)", re.DOTALL)


def explanation(made: Check) -> str:
    """What a check says, in Chinese; its own words are English.

    >>> from extractor import check, extract_text
    >>> explanation(check(extract_text("现有23名党员，其中本地党员18名，占支部党员人数的78%。"))[0])
    '据“其中、占”为占比关系；按所写精度，数字相符'
    """
    found = _EXPLAINED.fullmatch(made.explanation)
    told = data()["zh_explained"]
    stated = _STATED.fullmatch(found["rest"]) if found else None
    words = told[made.status].format(*stated.groups()) if stated else told[made.status].partition("：")[0]
    if not found or not found["words"]:
        return str(words)
    relation = names(())["zh"]["relation"].get(made.relation, made.relation)
    return str(told["evidence"].format(found["words"].replace(", ", "、"), relation, words))


def mark(kind: str) -> Mark:
    """How a kind is shown; a kind that only a user's own lexicon knows is grey with a dot.

    >>> mark("money").family, mark("own").zh
    ('gold', '•')
    """
    found = data()["marks"].get(kind)
    return Mark(*found) if found else Mark("grey", "•", "•")


def families() -> dict[str, Family]:
    """The families by name."""
    return {name: Family(*values) for name, values in data()["families"].items()}


def css_string(text: str) -> str:
    r"""A text as a string of CSS; nothing in it can end the string or the style sheet.

    >>> css_string('m²"</style>')
    '"m\\b2 \\22 \\3c \\2f style\\3e "'
    """
    return '"' + _NAMES.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"'
