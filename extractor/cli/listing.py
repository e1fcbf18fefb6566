"""What the tool knows, as small tables with an example each: its kinds, units and rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractor.lexicon.words import Lexicon
from extractor.table.columns import Layout, Row

KINDS = Layout(columns=("kind", "label", "nouns", "example"), other_types={"nouns": "whole"})
UNITS = Layout(columns=("unit", "spellings", "kind", "class", "example"))
RULES = Layout(columns=("rule", "says", "numeral", "example"))


def kinds(lexicon: Lexicon) -> list[Row]:
    """The kinds in their order: name, Chinese label, how many nouns decide it, an example.

    >>> from extractor.lexicon.words import lexicon
    >>> kinds(lexicon())[0][:2]
    ('money', '金额')
    """
    return [
        (entry["name"], entry["label"], len(entry["nouns"]), "; ".join(entry["examples"]))
        for entry in lexicon.data["kind"]
    ]


def units(lexicon: Lexicon) -> list[Row]:
    """The units in the order of the lexicon: name, spellings, kind and class, an example.

    >>> from extractor.lexicon.words import lexicon
    >>> [row[1] for row in units(lexicon()) if row[0] == "亩"]
    ['亩, 市亩']
    """
    return [
        (
            entry["name"],
            ", ".join(entry["spellings"]),
            entry["kind"],
            entry["class"],
            entry.get("example", ""),
        )
        for entry in lexicon.data["unit"]
        if entry["spellings"]
    ]


def rules(lexicon: Lexicon) -> list[Row]:
    """The rules: name, what it goes by, the numeral and the sentence of an example.

    >>> from extractor.lexicon.words import lexicon
    >>> rules(lexicon())[0][0], rules(lexicon())[0][2]
    ('unit.classifier', '18名')
    """
    return [
        (entry["name"], entry["says"], entry["numeral"], entry["example"]) for entry in lexicon.data["rule"]
    ]


LISTS: Mapping[str, tuple[Layout, Callable[[Lexicon], list[Row]]]] = {
    "kinds": (KINDS, kinds),
    "units": (UNITS, units),
    "rules": (RULES, rules),
}
