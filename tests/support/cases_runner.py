"""Read annotated sentences from tests/cases/**/*.toml and compare them with what the pipeline finds.

In: case files as tests/cases/README.md describes them. Out: per case a list of differences in plain words,
empty where everything is right. A badly annotated case raises ``CaseError``, which names file and case.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from extractor.model import Document, Figure

CASES = Path(__file__).parents[1] / "cases"
EXPECTED_TO_PASS = ("wild", "negative")
KNOWN_FAILURES = "known_failures"

QUALIFIERS = frozenset({"exact", "about", "over", "nearly", "under", "at_least", "at_most", "range"})
KINDS = frozenset({
    "money", "ratio", "area", "length", "mass", "volume", "energy", "power", "temperature", "speed", "data",
    "scale", "duration", "age", "person_times", "households", "cadres", "party_members", "people", "training",
    "events", "livestock", "organisations", "places", "projects", "items",
})  # fmt: skip
REASONS = frozenset({"date", "ordinal", "name", "code", "idiom", "article"})
KEYS = frozenset({
    "text", "after", "value", "low", "high", "qualifier", "unit", "kind", "item", "core", "also", "action",
    "per", "change", "basis", "period", "optional",
})  # fmt: skip
NUMERALS = frozenset("0123456789.,０１２３４５６７８９．〇零一二三四五六七八九十百千万亿两")
# Both ends of the interval follow from the value, except where 余, 多, 几 or 数 stand in the numeral.
OPEN_LOW = frozenset({"nearly", "under", "at_most"})
OPEN_HIGH = frozenset({"at_least"})


WEIGHED = ("item", "kind", "per", "change", "basis", "period", "action")
"""What weighed evidence or the words around decide: scored over all cases as a set. Every other field is exact."""


class CaseError(ValueError):
    """A case that is badly annotated; the message names file, case and what is wrong."""


class Difference(NamedTuple):
    """One thing that is not as annotated: the field it concerns and what was expected and found."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


@dataclass(frozen=True)
class Case:
    """An annotated text; ``figures`` and ``rejected`` as in the file, with ``start`` and ``end`` added."""

    id: str
    path: Path
    text: str
    figures: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    title: str | None = None
    place: str | list[str] | None = None


def squash(text: str) -> str:
    """Without blanks and quotation marks, which an item may carry or not.

    >>> squash('“旱 改厕”')
    '旱改厕'
    """
    return re.sub(r"[\s“”\"‘’'「」『』]+", "", text)


def locate(text: str, wanted: str, begin: int) -> tuple[int, int] | None:
    """The first place of ``wanted`` from ``begin`` on that is no tail of a longer number.

    >>> locate("13个村、3个组", "3个", 0)
    (5, 7)
    """
    pattern = r"\s*".join(map(re.escape, re.sub(r"\s+", "", wanted)))
    for match in re.compile(pattern).finditer(text, begin):
        if not (match.group()[0] in NUMERALS and text[: match.start()][-1:] in NUMERALS):
            return match.span()
    return None


def _place(entries: list[dict[str, Any]], text: str, where: str) -> list[dict[str, Any]]:
    """The entries in reading order with their offsets; ``after`` is where the search starts."""
    cursor, placed = 0, []
    for entry in entries:
        begin = cursor
        if "after" in entry:
            begin = text.find(entry["after"], cursor)
            if begin < 0:
                raise CaseError(f"{where}: after = {entry['after']!r} is not in the rest of the text")
            begin += len(entry["after"])
        span = locate(text, entry["text"], begin)
        if span is None:
            raise CaseError(f"{where}: {entry['text']!r} is not in the rest of the text (reading order?)")
        cursor = span[1]
        placed.append({**entry, "start": span[0], "end": span[1]})
    return placed


def _check_figure(figure: dict[str, Any], where: str) -> None:
    """Raise CaseError where the annotation contradicts the format."""
    if unknown := set(figure) - KEYS:
        raise CaseError(f"{where}: unknown keys {sorted(unknown)}")
    if figure.get("optional"):
        return
    qualifier = figure.get("qualifier", "exact")
    if qualifier not in QUALIFIERS:
        raise CaseError(f"{where}: no such qualifier: {qualifier!r}")
    if unknown := set(_several(figure.get("kind", []))) - KINDS:
        raise CaseError(f"{where}: no such kind: {sorted(unknown)}")
    needed = ("low", "high", "unit", "item") if qualifier == "range" else ("value", "unit", "item")
    if missing := [key for key in needed if key not in figure]:
        raise CaseError(f"{where}: {figure['text']!r} lacks {', '.join(missing)}")
    if qualifier == "range" and "value" in figure:
        raise CaseError(f"{where}: a range has no value")
    if squash(figure.get("core", "")) not in squash(figure["item"]):
        raise CaseError(f"{where}: the core {figure['core']!r} is not in the item {figure['item']!r}")


def _case(raw: dict[str, Any], path: Path) -> Case:
    where = f"{path.parent.name}/{path.name}: {raw.get('id', '(a case without id)')}"
    if unknown := set(raw) - {"id", "text", "figures", "rejected", "title", "place"}:
        raise CaseError(f"{where}: unknown keys {sorted(unknown)}")
    if not raw.get("id") or not raw.get("text"):
        raise CaseError(f"{where}: id and text are needed")
    for figure in raw.get("figures", []):
        _check_figure(figure, where)
    for entry in raw.get("rejected", []):
        reasons = set(_several(entry.get("reason", [])))
        if not reasons <= REASONS or set(entry) - {"text", "reason", "after"}:
            raise CaseError(f"{where}: a rejected entry has text, reason and after, not {entry}")
    return Case(
        id=raw["id"],
        path=path,
        text=raw["text"],
        figures=_place(raw.get("figures", []), raw["text"], where),
        rejected=_place(raw.get("rejected", []), raw["text"], where),
        title=raw.get("title"),
        place=raw.get("place"),
    )


def read_cases(path: Path) -> list[Case]:
    """The cases of one file in their order. Raises CaseError where the file is not as the format wants."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CaseError(f"{path.parent.name}/{path.name}: {error}") from error
    if unknown := set(data) - {"case"}:
        raise CaseError(f"{path.parent.name}/{path.name}: [[case]] expected, not {sorted(unknown)}")
    return [_case(raw, path) for raw in data.get("case", [])]


def case_files(*folders: str) -> list[Path]:
    """The case files of the named folders below tests/cases, sorted."""
    return sorted(path for folder in folders for path in (CASES / folder).glob("*.toml"))


def load_cases(*folders: str) -> Iterator[Case]:
    """All cases of the named folders below tests/cases (wild, negative, known_failures)."""
    for path in case_files(*folders):
        yield from read_cases(path)


def run_case(case: Case) -> list[Difference]:
    """Run the pipeline over the text of a case and tell what differs. An exception counts as a difference."""
    from extractor.pipeline import examine  # not at the top, so that cases can be checked without a pipeline

    try:
        document = examine(case.text, "case")
    except Exception as error:  # a crash is a failing case like any other, and must not hide the rest
        return [Difference("crash", f"{type(error).__name__}: {error}")]
    return compare(case, document)


def is_exact(differences: Iterable[Difference]) -> bool:
    """Whether what must be exact is right: what is a figure, its value, unit and qualifier, and the rejections."""
    return all(difference.field in WEIGHED for difference in differences)


def compare(case: Case, document: Document) -> list[Difference]:
    """What differs between the annotation of a case and the document that the pipeline made of its text."""
    differences: list[Difference] = []
    free = list(document.figures)
    for expected in sorted(case.figures, key=lambda entry: bool(entry.get("optional"))):
        match = max(free, key=lambda f: _overlap(expected, f.start, f.end), default=None)
        if match is None or _overlap(expected, match.start, match.end) < 0.5:
            if not expected.get("optional"):
                differences.append(Difference("missed", f"{expected['text']} is not found"))
            continue
        free.remove(match)
        if not expected.get("optional"):
            differences.extend(_compare_figure(expected, match))
    optional = [entry for entry in case.figures if entry.get("optional")]
    for figure in free:
        if not any(_overlap(entry, figure.start, figure.end) > 0 for entry in optional):
            differences.append(Difference("extra", f"{figure.text} ({figure.kind}, {figure.rule})"))
    for entry in case.rejected:
        differences.extend(_compare_rejected(entry, document))
    for figure in document.figures:
        if case.title is not None and squash(figure.title) != squash(case.title):
            differences.append(_differ("title", figure.text, case.title, figure.title))
        if case.place is not None and figure.place not in _several(case.place):
            differences.append(_differ("place", figure.text, case.place, figure.place))
    return differences


def _differ(name: str, text: str, wanted: object, found: object) -> Difference:
    return Difference(name, f"{text}: {wanted!r} expected, not {found!r}")


def _compare_figure(expected: dict[str, Any], figure: Figure) -> Iterator[Difference]:
    """The fields of a found figure that are not as annotated."""
    text = expected["text"]
    if (figure.start, figure.end) != (expected["start"], expected["end"]):
        yield _differ("span", text, text, figure.text)
    qualifier = expected.get("qualifier", "exact")
    if qualifier == "range":
        wanted, found = (expected["low"], expected["high"]), (figure.low, figure.high)
        if figure.value is not None or not all(_close(a, b) for a, b in zip(wanted, found, strict=True)):
            yield _differ("value", text, wanted, found)
    elif not _close(expected["value"], figure.value):
        yield _differ("value", text, expected["value"], figure.value)
    else:
        low, high = _bounds(expected, figure)
        if not (_close(low, figure.low) and _close(high, figure.high)):
            yield _differ("bounds", text, (low, high), (figure.low, figure.high))
    if figure.qualifier != qualifier:
        yield _differ("qualifier", text, qualifier, figure.qualifier)
    if not _item_right(expected, figure.item):
        yield _differ("item", text, expected["item"], figure.item)
    for name in ("unit", "kind", "per", "change"):
        if name in expected and getattr(figure, name) not in _several(expected[name]):
            yield _differ(name, text, expected[name], getattr(figure, name))
    if expected.get("action") and not any(_contained(a, figure.action) for a in _several(expected["action"])):
        yield _differ("action", text, expected["action"], figure.action)
    if "basis" in expected and squash(figure.basis) not in map(squash, _several(expected["basis"])):
        yield _differ("basis", text, expected["basis"], figure.basis)
    if expected.get("period") and not any(_contained(p, figure.period) for p in _several(expected["period"])):
        yield _differ("period", text, expected["period"], figure.period)


def _compare_rejected(entry: dict[str, Any], document: Document) -> Iterator[Difference]:
    """A numeral that is said to be rejected must be, and under its reason where one is given."""
    found = [r for r in document.rejections if _overlap(entry, r.start, r.end) > 0]
    if not found:
        if not any(_overlap(entry, f.start, f.end) > 0 for f in document.figures):  # else it is told as extra
            yield Difference("rejected", f"{entry['text']} is neither a figure nor rejected")
    elif "reason" in entry and not {r.reason for r in found} & set(_several(entry["reason"])):
        yield _differ("reason", entry["text"], entry["reason"], found[0].reason)


def _item_right(expected: dict[str, Any], item: str) -> bool:
    """Whether a found item lies between core and longest item, or is one of the others that are accepted."""
    found, longest = squash(item), squash(expected["item"])
    if found in {longest, *map(squash, expected.get("also", []))}:
        return True
    return bool(found) and squash(expected.get("core", longest)) in found and found in longest


def _bounds(expected: dict[str, Any], figure: Figure) -> tuple[Any, Any]:
    """The bounds that an annotation demands: those given, else those that follow; else whatever was found."""
    qualifier, value = expected.get("qualifier", "exact"), expected["value"]
    low, high = figure.low, figure.high
    if qualifier == "exact":
        low = high = value
    elif qualifier in OPEN_LOW:
        low, high = None, value
    elif qualifier in OPEN_HIGH:
        low, high = value, None
    low, high = expected.get("low", low), expected.get("high", high)
    return (None if low == "open" else low), (None if high == "open" else high)


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _contained(wanted: str, found: str) -> bool:
    """Whether one holds the other; two empty strings are equal, an empty one is in no other."""
    wanted, found = squash(wanted), squash(found)
    return wanted == found or (bool(wanted) and bool(found) and (wanted in found or found in wanted))


def _close(wanted: float | None, found: float | None) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return abs(wanted - found) <= 1e-6 * max(1.0, abs(wanted), abs(found))


def _overlap(expected: dict[str, Any], start: int, end: int) -> float:
    """The common part of two spans over their union."""
    common = min(expected["end"], end) - max(expected["start"], start)
    return common / (max(expected["end"], end) - min(expected["start"], start)) if common > 0 else 0.0


def describe(case: Case, differences: Iterable[Difference]) -> str:
    """The case and its differences for a reader."""
    head = [f"{case.id} ({case.path.parent.name}/{case.path.name})", f"  {case.text}"]
    return "\n".join(head + [f"  - {difference}" for difference in differences])
