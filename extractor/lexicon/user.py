"""The user's own words: TOML files that add to the package's lexicon or override it.

The format is that of ``extractor/lexicon/*.toml``; ``docs/lexicon.md`` tells it with examples.
:func:`load` checks every file before anything is used, and tells each mistake with its file and line.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from extractor.lexicon import safe_patterns
from extractor.lexicon.folding import fold
from extractor.lexicon.user_file import LexiconError, UserFile, read
from extractor.lexicon.words import Lexicon, build, own_files, read_toml

QUALIFIERS = ("about", "over", "nearly", "under", "at_least", "at_most")
CLASSES = ("classifier", "measure", "currency", "container", "event", "noun", "date-like")
REASONS = ("date", "ordinal", "name", "code", "idiom", "article", "unit")
VERBS = ("verbs", "verb_nouns", "single", "level", "adverbs", "prepositions", "right_verbs", "indicator")
"""The tables that say what a word does beside a noun phrase; a user's word leaves those of ours."""
NAMES = ("fixed", "idiom")
_CHINESE_NUMERAL = re.compile("[零〇一二三四五六七八九十百千万亿两几数半]")
LARGEST = 10**16
"""What a unit may multiply by: 京, ten thousand times 万亿."""
_REACH = 8
"""How far into a phrase its first numeral may stand, as ``Table.covering`` looks for it."""


# ---- the format --------------------------------------------------------------------------------------------

Check = Callable[[Any], str]
"""Says what is wrong with a value, "" if nothing is."""


def _text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "a text in quotation marks is expected"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "true or false is expected"


def _number(value: Any) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "a number is expected"
    # nan and infinity pass neither comparison; beyond the largest nothing has a name.
    return "" if 0 <= value <= LARGEST else f"a number from 0 to {LARGEST:.0e} is expected"


def _factor(value: Any) -> str:
    return _number(value) or ("" if value > 0 else "a number above 0 is expected")


def _size(value: Any) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST
    return "" if whole else "a whole number above 0 is expected"


def _words(value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        return 'a list of words is expected: ["甲", "乙"]'
    bad = next((word for word in value if not word or re.search(r"\s", word)), None)
    return "" if bad is None else f"{bad!r} is empty or holds a blank"


def _units(value: Any) -> str:
    # "" is a number without a unit, "*" any unit.
    return _words([word for word in value if word] if isinstance(value, list) else value)


def _patterns(value: Any) -> str:
    wrong = _words(value)
    if wrong:
        return wrong
    for pattern in value:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # of a class that a later Python will read otherwise
                compiled = re.compile(pattern)
        except (re.error, RecursionError, OverflowError, Warning) as error:
            return f"bad pattern {pattern!r}: {error}"
        if compiled.groups:
            return f"bad pattern {pattern!r}: write (?:…) for (…)"
        if slow := safe_patterns.problem(pattern):
            return f"bad pattern {pattern!r}: {slow}"
        if compiled.match(""):
            return f"bad pattern {pattern!r}: it matches nothing at all"
    return ""


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        return "" if value in choices else f"{value!r} is none of {', '.join(choices)}"

    return check


def _examples(value: Any) -> str:
    texts = isinstance(value, list) and all(isinstance(text, str) for text in value)
    return "" if texts else 'a list of texts is expected: ["…"]'


class _Format(NamedTuple):
    """The keys of a table's entries, with the check of each; which of them must be there."""

    keys: dict[str, Check]
    required: tuple[str, ...] = ("words",)


_NOTES: dict[str, Check] = {"note": _text, "examples": _examples}
_GROUP: dict[str, Check] = {"words": _words, **_NOTES}
_NAME: dict[str, Check] = {**_GROUP, "reason": _one_of(*REASONS), "not_before": _words, "not_after": _words}

FORMAT: dict[str, _Format] = {
    "unit": _Format(
        {
            "name": _text, "spellings": _words, "kind": _text, "class": _one_of(*CLASSES), "example": _text,
            "weak": _flag, "not_before": _words, "times": _factor, "plus": _number, "note": _text,
            "qualifier": _one_of(*QUALIFIERS), "series": _text, "size": _size, "signs": _words, "needs": _words,
        },
        ("name", "spellings"),
    ),
    "kind": _Format(
        {
            "name": _text, "label": _text, "units": _words, "nouns": _words, "anywhere": _units,
            "at_end": _units, "except": _words, **_NOTES,
        },
        ("name",),
    ),
    "pair": _Format(
        {"units": _words, "nouns": _words, "kind": _text, "name": _text, **_NOTES}, ("units", "nouns", "kind")
    ),
    "qualifier": _Format(
        {"name": _one_of(*QUALIFIERS), "before": _patterns, "after": _patterns, **_NOTES}, ("name",)
    ),
    "fixed": _Format(_NAME),
    "idiom": _Format(_NAME),
    "abstract": _Format({**_GROUP, "when": _one_of("always", "quoted")}, ("words", "when")),
    "verbs": _Format(_GROUP),
    "verb_nouns": _Format({**_GROUP, "becomes_item": _flag}),
    "single": _Format({**_GROUP, "safe": _flag}),
    "level": _Format({**_GROUP, "change": _one_of("up", "down", "level")}, ("words", "change")),
    "adverbs": _Format(_GROUP),
    "prepositions": _Format(_GROUP),
    "right_verbs": _Format(_GROUP),
    "indicator": _Format({**_GROUP, "kind": _text}),
    "duration": _Format(_GROUP),
    "era": _Format(_GROUP),
}  # fmt: skip
REMOVE: dict[str, Check] = {"units": _words, "nouns": _words, "names": _words, "verbs": _words}


# ---- reading and checking ----------------------------------------------------------------------------------


def _unknown(name: str, known: Iterable[str], what: str) -> str:
    known = list(known)
    import difflib  # only for what is written wrongly

    near = difflib.get_close_matches(name, known, 1)
    return f"unknown {what} {name!r}, " + (
        f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    )


def _entries(file: UserFile) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The entries of the file's lists of tables."""
    for table in FORMAT:
        for index, entry in enumerate(file.data.get(table, ())):
            yield table, index, entry


def _check_form(file: UserFile) -> Iterator[str]:
    """Unknown tables and keys, wrong types, bad patterns."""
    for table, value in file.data.items():
        at = file.place(table, 0)
        if table == "unit_only":
            wrong = not isinstance(value, dict) or any(not isinstance(kind, str) for kind in value.values())
            if wrong:
                yield f'{at}: [unit_only] holds lines of the form 尾 = "livestock"'
        elif table == "remove":
            if not isinstance(value, dict):
                yield f"{at}: remove is one table, write [remove]"
            else:
                yield from _check_keys(file, table, 0, value, REMOVE)
        elif table not in FORMAT:
            yield f"{at}: " + _unknown(table, (*FORMAT, "unit_only", "remove"), "table")
        elif not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            yield f"{at}: {table} is a list of tables, write [[{table}]]"
        else:
            for index, entry in enumerate(value):
                keys, required = FORMAT[table]
                yield from _check_keys(file, table, index, entry, keys)
                missing = [key for key in required if key not in entry]
                if missing:
                    yield f"{file.place(table, index)}: [[{table}]] needs {' and '.join(missing)}"


def _check_keys(
    file: UserFile, table: str, index: int, entry: dict[str, Any], keys: dict[str, Check]
) -> Iterator[str]:
    for key, value in entry.items():
        at = file.place(table, index, key)
        if key not in keys:
            yield f"{at}: " + _unknown(key, keys, f"key of {table}")
        elif wrong := keys[key](value):
            yield f"{at}: {key}: {wrong}"


def _check_sense(files: list[UserFile], kinds: set[str]) -> Iterator[str]:
    """Duplicates, kinds that do not exist, names without a numeral."""
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        for table, index, entry in _entries(file):
            key = {"unit": "spellings", "kind": "nouns"}.get(table, "words")
            for word in entry.get(key, ()):
                at = file.place(table, index, key, word)
                first = seen.setdefault((table, fold(word)), at)
                if first != at or entry[key].count(word) > 1:
                    yield f"{at}: {word!r} stands twice in {table}" + (
                        f", first in {first}" if first != at else ""
                    )
                if table in NAMES:
                    found = _CHINESE_NUMERAL.search(fold(word))
                    if not found or found.start() >= _REACH:
                        yield f"{at}: {word!r} holds no Chinese numeral among its first {_REACH} characters"
            if table == "kind":
                first = seen.setdefault(
                    ("name of kind", f"{file.name} {entry['name']}"), file.place(table, index)
                )
                if first != file.place(table, index):
                    yield f"{file.place(table, index)}: kind {entry['name']!r} stands twice, first in {first}"
            elif "kind" in entry and entry["kind"] not in kinds and table != "indicator":
                yield f"{file.place(table, index, 'kind')}: " + _unknown(entry["kind"], sorted(kinds), "kind")
        for unit, kind in file.data.get("unit_only", {}).items():
            if kind not in kinds:
                yield f"{file.place('unit_only', 0, unit)}: " + _unknown(kind, sorted(kinds), "kind")


# ---- merging -----------------------------------------------------------------------------------------------


def _without(groups: list[dict[str, Any]], key: str, words: set[str]) -> list[dict[str, Any]]:
    """The groups without some words of one of their lists; ours are copied, not changed."""
    return [
        {**group, key: [word for word in group[key] if word not in words]}
        if words & set(group.get(key, ()))
        else group
        for group in groups
    ]


def _folded(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with its words as the text will be when they are sought in it."""
    lists = ("spellings", "words", "nouns", "before", "after", "except", "not_before", "not_after")
    return {key: [fold(word) for word in value] if key in lists else value for key, value in entry.items()}


def _merge(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Our data with that of the user's files, whose words replace ours."""
    data = dict(ours)
    new = {table: [_folded(entry) for entry in theirs.get(table, ())] for table in FORMAT}

    def words(tables: Iterable[str], key: str = "words") -> set[str]:
        return {word for table in tables for entry in new[table] for word in entry.get(key, ())}

    spelled = {entry["name"]: entry for entry in reversed(data["unit"])}
    units = []
    for entry in new["unit"]:
        known = spelled.get(entry["name"], {"kind": "", "class": "classifier"})
        units.append({"kind": known["kind"], "class": known["class"], **entry})
    data["unit"] = _without(data["unit"], "spellings", words(["unit"], "spellings")) + units
    data["kind"] = _merge_kinds(_without(data["kind"], "nouns", words(["kind"], "nouns")), new["kind"])
    data["pair"] = data.get("pair", []) + new["pair"]
    data["unit_only"] = {**data.get("unit_only", {}), **theirs.get("unit_only", {})}
    for side in ("before", "after"):
        data["qualifier"] = _without(data["qualifier"], side, words(["qualifier"], side))
    data["qualifier"] = new["qualifier"] + data["qualifier"]
    for family in (NAMES, VERBS, ("abstract",), ("duration",), ("era",)):
        own = words(family)
        for table in family:
            data[table] = _without(data.get(table, []), "words", own) + new[table]
    return data


def _merge_kinds(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Kinds of ours with the user's words, after the user's own kinds, which so decide first."""
    known = {entry["name"]: {**entry} for entry in ours}
    new: dict[str, dict[str, Any]] = {}
    for entry in theirs:
        name = entry["name"]
        lists = {key: value for key, value in entry.items() if isinstance(value, list)}
        if name in known or name in new:
            kind = known.get(name) or new[name]
            for key, value in lists.items():
                kind[key] = kind.get(key, []) + [word for word in value if word not in kind.get(key, [])]
            kind["label"] = entry.get("label", kind["label"])
        else:
            kind = new[name] = {
                "name": name,
                "label": name,
                "units": [],
                "nouns": [],
                "at_end": ["*"],
                **entry,
            }
            kind.setdefault("examples", [""])
        if "except" in kind:
            kind["except"] = [word for word in kind["except"] if word not in entry.get("nouns", ())]
    return [*new.values(), *known.values()]


def _remove(data: dict[str, Any], files: list[UserFile]) -> Iterator[str]:
    """Takes out of our data what ``[remove]`` names; tells what is not there."""
    homes: dict[str, tuple[tuple[str, ...], str]] = {
        "units": (("unit",), "spellings"),
        "nouns": (("kind",), "nouns"),
        "names": (NAMES, "words"),
        "verbs": (VERBS, "words"),
    }
    for file in files:
        for key, values in file.data.get("remove", {}).items():
            tables, field_name = homes[key]
            here = {word for table in tables for entry in data[table] for word in entry.get(field_name, ())}
            for word in values:
                if fold(word) not in here:
                    at = file.place("remove", 0, key, word)
                    yield f"{at}: {word!r} is none of our {key}, nothing to remove"
            gone = {fold(word) for word in values}
            for table in tables:
                data[table] = _without(data[table], field_name, gone)


def load(files: Iterable[str]) -> Lexicon:
    """The package's lexicon with the words of the user's files, which count where both know a word.

    ``files`` are paths of TOML files. Raises ``LexiconError``, which names every mistake with its file and
    line. The lexicon of the same files is built once in a process.
    """
    return _load(tuple(str(file) for file in files))


@functools.lru_cache(maxsize=4)
def _load(names: tuple[str, ...]) -> Lexicon:
    files, problems = [], []
    for name in names:
        try:
            files.append(read(name))
        except LexiconError as error:
            problems += error.problems
    for file in files:
        problems += _check_form(file)
    if problems:
        raise LexiconError(problems)
    data = read_toml(own_files())
    theirs: dict[str, Any] = {}
    for file in files:
        for table, value in file.data.items():
            known = theirs.get(table)
            theirs[table] = (
                value if known is None else {**known, **value} if isinstance(value, dict) else known + value
            )
    kinds = {entry["name"] for entry in (*data["kind"], *theirs.get("kind", ()))}
    problems = [*_check_sense(files, kinds), *_remove(data, files)]
    if problems:
        raise LexiconError(problems)
    return build(_merge(data, theirs))
