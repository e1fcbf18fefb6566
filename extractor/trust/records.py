"""The records of a review: what a person said of one row, a line of ``review.jsonl`` each.

``docs/trust.md`` documents the format. Records are bound to the digest of the text and the span in it; the name of the
source is there for people. Whatever is not of that form is a ``ReviewError`` with the file and the line.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from extractor.matching import compiled
from extractor.model import Figure, Value
from extractor.table.columns import CELLS, NUMBERS
from extractor.table.headers import QUALIFIERS

VERDICTS = frozenset({"right", "wrong", "corrected", "deleted", "added"})

_CHOICES = {"qualifier": frozenset(QUALIFIERS), "change": frozenset(("", "up", "down"))}
_DIGEST = compiled("[0-9a-f]{64}")


class ReviewError(ValueError):
    """A file of reviews that cannot be used; one line with the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was said of one row.

    ``cells`` are the corrected cells, ``was`` those that the reviewer saw. ``weight`` is the number of rows that the row
    stands for, 0 where it was not drawn by ``--sample``.
    """

    digest: str
    source: str
    start: int
    end: int
    text: str
    verdict: str
    cells: Mapping[str, Any] = field(default_factory=dict)
    was: Mapping[str, Any] = field(default_factory=dict)
    sentence: str = ""
    weight: float = 0

    @property
    def truth(self) -> dict[str, Any]:
        """The cells as the reviewer wants them; empty where it is only known that something is wrong."""
        known = self.verdict in ("right", "corrected", "added")
        return {**self.was, **self.cells} if known else {}

    def to_dict(self) -> dict[str, Any]:
        """The record as a line of the file has it."""
        made: dict[str, Any] = {
            "digest": self.digest, "source": self.source, "start": self.start, "end": self.end, "text": self.text,
            "verdict": self.verdict,
        }  # fmt: skip
        for name in ("cells", "was", "sentence", "weight"):
            if getattr(self, name):
                made[name] = getattr(self, name)
        return made


def record_of(figure: Figure, digest: str, verdict: str, weight: float = 0, **cells: Any) -> Record:
    """The record that says ``verdict`` of a figure, with the cells that are to be changed."""
    was = {name: getattr(figure, name) for name in CELLS}
    return Record(
        digest, figure.source, figure.start, figure.end, figure.text, verdict, cells, was, figure.sentence, weight
    )  # fmt: skip


def read_review(paths: Iterable[str], kinds: Iterable[str] = ()) -> list[Record]:
    """The records of files; of two about the same span the later one counts. Raises ``ReviewError``.

    ``kinds`` are those that a corrected cell may have; without them any.
    """
    choices = _CHOICES | ({"kind": frozenset(kinds)} if kinds else {})
    found: dict[tuple[str, int, int], Record] = {}
    for path in paths:
        try:
            lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ReviewError(f"{path}: {getattr(error, 'strerror', None) or 'is no UTF-8'}") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                record = _record(line, f"{path}, line {number}", choices)
                key = (record.digest, record.start, record.end)
                found.pop(key, None)
                found[key] = record
    return list(found.values())


def _record(line: str, where: str, choices: Mapping[str, frozenset[str]]) -> Record:
    def refuse(words: str) -> NoReturn:
        raise ReviewError(f"{where}: {words}")

    try:
        made = json.loads(line)
    except ValueError as error:
        refuse(f"is no JSON ({error})")
    if not isinstance(made, dict):
        refuse("is no object")
    digest, start, end = made.get("digest"), made.get("start"), made.get("end")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        refuse("'digest' is no SHA-256")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        refuse("'start' and 'end' are no span")
    if made.get("verdict") not in VERDICTS:
        refuse(f"'verdict' is none of {', '.join(sorted(VERDICTS))}")
    weight = made.get("weight", 0)
    if type(weight) not in (int, float) or not 0 <= weight < float("inf"):
        refuse("'weight' is no number of rows")
    texts = {name: made.get(name, "") for name in ("source", "text", "sentence")}
    for name, text in texts.items():
        if not isinstance(text, str):
            refuse(f"{name!r} is no text")
    cells, was = (_cells(made.get(name, {}), name, refuse) for name in ("cells", "was"))
    for name, known in choices.items():
        if cells.get(name, "") not in known | {""}:
            near = difflib.get_close_matches(str(cells[name]), known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(known - {''}))}"
            refuse(f"{cells[name]!r} is no {name}, {hint}")
    return Record(
        digest,
        texts["source"],
        start,
        end,
        texts["text"],
        made["verdict"],
        cells,
        was,
        texts["sentence"],
        weight,
    )


def _cells(made: Any, where: str, refuse: Any) -> dict[str, str | Value | None]:
    if not isinstance(made, dict):
        refuse(f"{where!r} is no object")
    for name, cell in made.items():
        if name not in CELLS:
            refuse(f"{where!r} has no cell {name!r}; there are {', '.join(CELLS)}")
        if name in NUMBERS:
            if cell is not None and (
                type(cell) not in (int, float) or cell != cell or abs(cell) == float("inf")
            ):
                refuse(f"{name!r} in {where!r} is neither a number nor null")
        elif not isinstance(cell, str):
            refuse(f"{name!r} in {where!r} is no text")
    return {name: made[name] for name in CELLS if name in made}
