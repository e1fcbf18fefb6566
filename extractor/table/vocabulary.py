"""What people call columns and values: the names of the table, and their Chinese words from the lexicon.

Both are understood wherever a column or a value is asked for, whatever the language of the headers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extractor.lexicon.words import Lexicon, lexicon
from extractor.model import COLUMNS
from extractor.table.headers import QUALIFIERS

CLOSED = ("kind", "qualifier", "change", "period_from")
"""The columns that hold a few fixed values."""


def columns() -> dict[str, str]:
    """The columns by all their names.

    >>> columns()["value"], columns()["数值"]
    ('value', 'value')
    """
    chinese: Mapping[str, str] = lexicon().data["headers"]["columns"]
    return {name: name for name in COLUMNS} | {chinese[name]: name for name in COLUMNS if name in chinese}


def values(column: str, words: Lexicon | None = None) -> dict[str, str]:
    """The values of a column that has fixed ones, by all their names; none for another column. The kinds are those
    of ``words``, or of the package.

    >>> values("kind")["金额"], values("qualifier")["约"], values("item")
    ('money', 'about', {})
    """
    if column not in CLOSED:
        return {}
    kinds = (words or lexicon()).kinds
    chinese: Mapping[str, str] = kinds.labels if column == "kind" else lexicon().data["headers"][column]
    names = {"kind": kinds.names, "qualifier": QUALIFIERS}.get(column, tuple(chinese))
    return {chinese[name]: name for name in names if name in chinese} | {name: name for name in names}


def nearest(word: str, words: Iterable[str]) -> str:
    """The word that was likely meant, "" if none is near.

    >>> nearest("mony", ["money", "area"]), nearest("类型", ["类别", "单位"]), nearest("x", ["money"])
    ('money', '类别', '')
    """
    import difflib  # only for what is written wrongly

    near = difflib.get_close_matches(word, list(words), 1, 0.5 if len(word) < 4 else 0.6)
    return near[0] if near else ""


def doubtful(column: str, value: str, words: Lexicon | None = None) -> str:
    """Why no row can have this value in this column, in a sentence; "" if one can.

    >>> doubtful("kind", "mony")
    "no row has the kind 'mony'; did you mean 'money'?"
    >>> doubtful("unit", "名"), doubtful("unit", "元"), doubtful("item", "x")
    ("no row has the unit '名'; did you mean '人'?", '', '')
    """
    if column in CLOSED:
        known = values(column, words)
        if value in known or (value == "" and column not in ("kind", "qualifier")):
            return ""
        return _told(column, value, nearest(value, known), list(dict.fromkeys(known.values())))
    if column in ("unit", "base_unit"):
        return _unit(column, value, words or lexicon())
    return ""


def _unit(column: str, value: str, words: Lexicon) -> str:
    names = {entry["name"] for entry in words.data["unit"]}
    if not value or value in names or any(sign in value for sign in "/(（"):
        return ""
    spelled = {spelling: entry["name"] for entry in words.data["unit"] for spelling in entry["spellings"]}
    slips: Mapping[str, str] = words.data["unit_slips"]
    near = spelled.get(value) or slips.get(value) or nearest(value, names)
    return _told(column, value, near, ["元", "人", "户", "个", "%"], more=True)


def _told(column: str, value: str, near: str, some: list[str], *, more: bool = False) -> str:
    hint = f"did you mean {near!r}?" if near else f"there are {', '.join(some)}{' …' if more else ''}"
    return f"no row has the {column.replace('_', ' ')} {value!r}; {hint}"
