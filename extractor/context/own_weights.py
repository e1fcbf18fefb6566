"""Weights of the user's own: a TOML file of what is added to the package's, as ``extract learn --weights`` writes it.

The tables and keys are those of ``weights.toml``: a table for each question, evidence joined by ``|``. Raises
``WeightsError`` for a file that is none; its message is one line with the name and the reason.
"""

from __future__ import annotations

import functools
import hashlib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from extractor.context.evidence import Evidence
from extractor.context.ranking import QUESTIONS, Fitted, Weights, weights
from extractor.packaged import packaged

LARGEST = 100.0
LEARNT_ON = "learnt_on"
SMALLEST = 0.05
"""Changes nearer to nought than this are left out."""


class WeightsError(ValueError):
    """A file of weights that cannot be used."""


def added(base: Weights, changes: Mapping[str, Fitted]) -> Weights:
    """The weights with what is added to them.

    >>> added(Weights({"item": {("a",): 1.0}}), {"item": {("a",): 0.5, ("b",): 2.0}}).item
    {('a',): 1.5, ('b',): 2.0}
    """
    tables: dict[str, Fitted] = dict(base.tables)
    for question, change in changes.items():
        table = dict(tables[question])
        for piece, weight in change.items():
            table[piece] = table.get(piece, 0.0) + weight
        tables[question] = table
    return Weights(tables)


def text_of(changes: Mapping[str, Fitted], about: str) -> str:
    """The file of changes; ``about`` is its head."""
    lines = [*(f"# {line}" for line in about.splitlines()), f'{LEARNT_ON} = "{_package()}"']
    for question, table in changes.items():
        kept = {"|".join(piece): weight for piece, weight in table.items() if _kept(piece, weight)}
        lines += ["", f"[{question.replace(' ', '_')}]"]
        lines += [
            f"{json.dumps(name, ensure_ascii=False)} = {weight:.2f}" for name, weight in sorted(kept.items())
        ]
    return "\n".join(lines) + "\n"


def _kept(piece: Evidence, weight: float) -> bool:
    return abs(weight) >= SMALLEST and not any("|" in part for part in piece)


@functools.cache
def load(path: str) -> Weights:
    """The package's weights with those of the file."""
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WeightsError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise WeightsError(f"{path}: is no TOML ({error})") from error
    learnt_on = data.pop(LEARNT_ON, None)
    changes: dict[str, Fitted] = {}
    for name, table in data.items():
        question = name.replace("_", " ")
        if question not in QUESTIONS or not isinstance(table, dict):
            there = ", ".join(one.replace(" ", "_") for one in QUESTIONS)
            raise WeightsError(f"{path}: {name!r} is no question; there are {there}")
        for key, weight in table.items():
            if type(weight) not in (int, float) or not abs(weight) <= LARGEST:
                raise WeightsError(
                    f"{path}: {key!r} in {name!r} weighs no number from -{LARGEST:.0f} to {LARGEST:.0f}"
                )
        changes[question] = {tuple(key.split("|")): float(weight) for key, weight in table.items()}
    if learnt_on != _package():
        raise WeightsError(
            f"{path}: was not learnt with the weights of this version; run `extract learn REVIEW.jsonl --weights FILE.toml` again"
        )
    return added(weights(), changes)


@functools.cache
def _package() -> str:
    """What tells the package's weights from those of another version."""
    text = packaged("context", "weights.toml").read_bytes()
    return hashlib.sha256(text).hexdigest()[:12]
