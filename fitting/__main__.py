"""``make fit``: fits the weights of context/ on all annotated texts there are, and says how good they are on others.

The seeds, ``tests/articles`` and ``tests/cases`` are always taken; ``--more DIR`` adds a folder of annotated articles
(``texts/NAME.txt``, ``figures/NAME.jsonl``) that is not part of the project.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.context.ranking import Fitted, Weights
from fitting import corpus, folds, learn

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "extractor" / "context" / "weights.toml"
SMALLEST = {"certainty": 0.05}  # weights nearer to nought than this are left out
_SMALLEST = 0.1  # of other questions


def examples(more: Sequence[Path]) -> Iterator[corpus.Example]:
    """Everything annotated."""
    yield from corpus.of_folder(ROOT / "tests" / "gold", ROOT / "seeds")
    yield from corpus.of_folder(ROOT / "tests" / "articles")
    yield from corpus.of_cases()
    for folder in more:
        yield from corpus.of_folder(folder, ROOT / "seeds" if folder.name == "gold" else None)


def written(weights: Weights, about: Sequence[str]) -> str:
    """The weights as TOML: a table for each question, one piece of evidence a line."""
    lines = [f"# {line}".rstrip() for line in about]
    for question, table in weights.tables.items():
        lines += ["", f"[{question.replace(' ', '_')}]", *_lines(table, SMALLEST.get(question, _SMALLEST))]
    return "\n".join(lines) + "\n"


def _lines(table: Fitted, smallest: float) -> list[str]:
    kept = {"|".join(evidence): weight for evidence, weight in table.items() if abs(weight) >= smallest}
    return [f"{json.dumps(name, ensure_ascii=False)} = {weight:.2f}" for name, weight in sorted(kept.items())]


def main() -> None:
    """Fits, prints the cross-validation, and writes the weights unless ``--dry-run``."""
    parser = argparse.ArgumentParser(
        prog="python -m fitting", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--more", type=Path, action="append", default=[], metavar="DIR", help="a folder of annotated articles"
    )
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args()
    found = list(examples(options.more))
    marks = folds.cross_validate(found, options.folds)
    summary = folds.table(marks)
    for name, (count, shares) in summary.items():
        print(
            f"{name:14}{count:6}  " + "  ".join(f"{measure} {share:.3f}" for measure, share in shares.items())
        )
    fitted = learn.fit(found)
    weights = Weights({**fitted.tables, "certainty": folds.fit_certainty(marks)})
    figures = sum(gold is not None for example in found for gold in example.gold)
    about = [
        "What each piece of evidence weighs. Written by `make fit`; do not edit by hand.",
        f"Fitted on {figures} annotated figures: tests/gold, tests/articles, tests/cases"
        + "".join(f", {folder.name}" for folder in options.more)
        + ".",
        "Evidence is named in extractor/context/evidence/; its values follow, joined by |.",
    ]
    if not options.dry_run:
        WEIGHTS.write_text(written(weights, about), encoding="utf-8")


if __name__ == "__main__":
    main()
