"""What differs between two tables of the same texts: rows added, removed, changed.

In: rows by column name, as ``read_rows`` gives them. Out: ``Change`` objects in the order of the new table, removed rows
where they stood. Rows belong together by source, span and text; of the rest by source, sentence and text (the text around
them moved), or by source, text, item and subject (the sentence changed); of the rest by source and spans that share at
least half (the figure is read longer or shorter now). A row that only moved, or whose sentence changed elsewhere, has not
changed: offsets, lines, sentences and titles are not compared, nor is the confidence.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from extractor.lexicon.words import lexicon
from extractor.table.columns import spell

Cells = Mapping[str, str]

NOT_COMPARED = frozenset(
    ("source", "article", "title", "sentence", "start", "end", "line", "locator", "confidence", "weight")
)


class TableError(ValueError):
    """A table that cannot be read; one line with its name and the reason."""


class Change(NamedTuple):
    """A row that differs: as it was (``None`` if it is new), as it is (``None`` if it is gone), the columns that differ."""

    before: Cells | None
    after: Cells | None
    columns: tuple[str, ...] = ()

    @property
    def sort(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def row(self) -> Cells:
        """The row as it is, or as it was."""
        return self.after if self.after is not None else self.before or {}


def read_rows(path: str) -> list[Cells]:
    """The rows of a table that ``extract`` wrote: CSV, TSV or JSON Lines by suffix, with English or Chinese headers.

    Raises ``TableError``.
    """
    suffix = Path(path).suffix.lower()
    try:
        if suffix in (".jsonl", ".ndjson"):
            with open(path, encoding="utf-8") as stream:
                made = [json.loads(line) for line in stream if line.strip()]
            rows = [{name: spell(cell) for name, cell in row.items()} for row in made]
        else:
            with open(path, encoding="utf-8-sig", newline="") as stream:
                tab = suffix in (".tsv", ".tab")
                reader = csv.DictReader(
                    stream, delimiter="\t" if tab else ",", quoting=csv.QUOTE_NONE if tab else 0
                )
                rows = [dict(row) for row in reader]
    except OSError as error:
        raise TableError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from error
    except (UnicodeDecodeError, csv.Error, ValueError, AttributeError) as error:
        raise TableError(f"{path}: is no table in UTF-8; name a .csv, .tsv or .jsonl file") from error
    names = {word: name for name, word in lexicon().data["headers"]["columns"].items()}
    rows = [{names.get(name, name): cell for name, cell in row.items()} for row in rows]
    if any(None in row or None in row.values() for row in rows):
        raise TableError(f"{path}: a row has more or fewer cells than the header")
    if rows and not {"text", "sentence", "start"} & rows[0].keys():
        raise TableError(
            f"{path}: has none of the columns text, sentence and start, so its rows cannot be told apart"
        )
    return list[Cells](rows)


def compare(old: Sequence[Cells], new: Sequence[Cells], columns: Sequence[str] = ()) -> list[Change]:
    """The rows that differ. ``columns`` are those to compare, by default all that both tables have and that tell of the figure.
    Where the tables share no source, as after a move, sources go by the last part of their name.

    >>> row = {"source": "a.txt", "start": "3", "end": "5", "text": "7期", "item": "培训"}
    >>> [(one.sort, one.columns) for one in compare([row], [{**row, "item": "夜校"}])]
    [('changed', ('item',))]
    >>> compare([row], [{**row, "start": "9", "end": "11"}])
    []
    """
    if {row.get("source") for row in old}.isdisjoint(row.get("source") for row in new):
        old, new = _by_name(old), _by_name(new)
    both = [name for name in (new[0] if new else ()) if old and name in old[0]]
    compared = list(columns) or [name for name in both if name not in NOT_COMPARED]
    partner = _partners(old, new)
    gone = set(range(len(old))) - set(partner.values())
    found: list[tuple[float, int, Change]] = []
    following = len(old)  # a new row stands before the next one that both tables have
    for place in reversed(range(len(new))):
        after, at = new[place], partner.get(place)
        if at is None:
            found.append((following - 0.5, place, Change(None, after)))
            continue
        following = at
        differing = tuple(name for name in compared if old[at].get(name, "") != after.get(name, ""))
        if differing:
            found.append((at, place, Change(old[at], after, differing)))
    found += [(at, -1, Change(old[at], None)) for at in gone]
    return [change for *_, change in sorted(found, key=lambda one: one[:2])]


def _by_name(rows: Sequence[Cells]) -> list[Cells]:
    """The rows with the last part of the source's name only."""
    return [{**row, "source": re.split(r"[/\\\\]", row.get("source", ""))[-1]} for row in rows]


def _partners(old: Sequence[Cells], new: Sequence[Cells]) -> dict[int, int]:
    """For rows of the new table the row of the old one that they belong to."""
    partner: dict[int, int] = {}
    free_old, free_new = list(range(len(old))), list(range(len(new)))
    for key in (_by_span, _by_content, _by_words):
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(free_old):
            waiting[key(old[at])].append(at)
        for place in free_new:
            if same := waiting.get(key(new[place])):
                partner[place] = same.pop()
        taken = set(partner.values())
        free_old = [at for at in free_old if at not in taken]
        free_new = [place for place in free_new if place not in partner]
    sources: dict[str, list[int]] = defaultdict(list)
    for at in free_old:
        sources[old[at].get("source", "")].append(at)
    for place in free_new:
        rest = sources[new[place].get("source", "")]
        best = max(rest, key=lambda at: _shared(old[at], new[place]), default=None)
        if best is not None and _shared(old[best], new[place]) >= 0.5:
            partner[place] = best
            rest.remove(best)
    return partner


def _by_span(row: Cells) -> Hashable:
    return tuple(row.get(name, "") for name in ("source", "start", "end", "text", "sentence"))


def _by_content(row: Cells) -> Hashable:
    return tuple(row.get(name, "") for name in ("source", "sentence", "text"))


def _by_words(row: Cells) -> Hashable:
    return tuple(row.get(name, "") for name in ("source", "text", "item", "subject"))


def _shared(one: Cells, other: Cells) -> float:
    """What two spans have in common, as a share of their union."""
    try:
        first, second = ((int(row["start"]), int(row["end"])) for row in (one, other))
    except (KeyError, ValueError):
        return 0.0
    common = min(first[1], second[1]) - max(first[0], second[0])
    union = max(first[1], second[1]) - min(first[0], second[0])
    return common / union if union > 0 else 0.0


def cells(changes: Sequence[Change]) -> Iterator[tuple[str, ...]]:
    """The changes as rows of a table: an added or removed row is a line, a changed one a line per column."""
    for change in changes:
        row = change.row
        head = (change.sort, *(row.get(name, "") for name in ("source", "line", "text")))
        if change.sort != "changed":
            yield (*head, "", "", "")
        for name in change.columns:
            before, after = change.before or {}, change.after or {}
            yield (*head, name, before.get(name, ""), after.get(name, ""))


CHANGE_COLUMNS = ("change", "source", "line", "text", "column", "old", "new")
