"""Patterns made of the forms of ``lexicon/times.toml``: trees of characters, in which a capital stands for numerals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

HAN = "零〇一二三四五六七八九十百千两几数半"
PLACEHOLDERS = {
    "N": f"(?>(?:[0-9]{{1,3}}(?![0-9])|[{HAN}]{{1,5}})[多余]?)",
    "Y": "(?>(?:1[5-9]|20)[0-9][0-9](?![0-9])|[一二][零〇一二三四五六七八九O]{3})",
    "Z": "(?:[5-9][0-9](?![0-9])|[四五六七八九][零〇一二三四五六七八九])",
    "R": "1[0-4][0-9](?![0-9])",
    "M": "(?>(?:1[0-2]|0?[1-9])(?![0-9])|十[一二]?|[一二三四五六七八九])",
    "D": "(?>[0-3]?[0-9](?![0-9])|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)",
    "H": "(?>[0-6]?[0-9](?![0-9])|[二三四五]?十[一二三四五六七八九]?|[零一二三四五六七八九两])",
    "P": "十?[一二三四五六七八九]?(?=五)",
    "-": "[-—~至到]{1,2}",
}
_ORDER = "PDHNMRZY"[::-1]  # the more special first; after them the plain characters
NUMERALS = frozenset(f"0123456789{HAN}")


def closing(entries: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    """A pattern with a group for each entry, for the words that close a clause."""
    parts = []
    for entry in entries:
        words = tree_pattern(dict.fromkeys(entry["words"], ()))
        parts.append(f"({words}(?=[，,的]|$))" if entry.get("comma") else f"({words})")
    firsts = {word[0] for entry in entries for word in entry["words"]} - PLACEHOLDERS.keys()
    return re.compile(f"(?=[{''.join(sorted(firsts | NUMERALS))}])(?:{'|'.join(parts)})")


def beginning(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the places where a piece can begin, which has to be quick before it is exact.

    A numeral counts where a word of time can follow it; a number of things is passed over.
    """
    plain: set[str] = set()
    second: set[str] = set()
    behind: set[str] = set()
    for form in forms:
        if form[0] not in PLACEHOLDERS:
            plain.add(form[0])
            second.update("0123456789" + HAN if form[1:2] in PLACEHOLDERS else form[1:2])
        elif form[1:2] not in PLACEHOLDERS:
            behind.add(form[1:2])
    numerals = "".join(sorted(NUMERALS))
    numeral = f"(?<=[{numerals}])(?<![{numerals}][{numerals}])(?=[{numerals}]{{0,4}}+[多余]? ?[-—~至到{re.escape(''.join(behind))}])"
    word = f"(?<=[{''.join(sorted(plain))}])(?=[{re.escape(''.join(sorted(second)))}])"
    return re.compile(f"[{numerals}{''.join(sorted(plain))}](?:{word}|{numeral}|(?<=周))")


def tree_pattern(forms: Mapping[str, tuple[str, ...]]) -> str:
    """A pattern for the longest of the forms, as a tree of their characters, so that none is tried in vain.

    >>> tree_pattern({"今年": (), "今天": (), "今年底": ("部",)})
    '今(?:天|年(?:底(?!部)|))'
    """
    branches: dict[str, dict[str, tuple[str, ...]]] = {}
    for form, not_before in forms.items():
        if form:
            branches.setdefault(form[0], {})[form[1:]] = not_before
    parts = []
    for sign in sorted(branches, key=lambda sign: (_ORDER.find(sign), sign)):
        own = PLACEHOLDERS[sign] if sign in PLACEHOLDERS else re.escape(sign)
        blank = " ?" if sign in PLACEHOLDERS else ""
        parts.append(f"{own}{blank}{tree_pattern(branches[sign])}")
    if "" in forms:
        longer = "|".join(map(re.escape, forms[""]))
        parts.append(f"(?!{longer})" if longer else "")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
