"""Cross-validation by document: how right the answers are on texts that the weights were not fitted on."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from extractor.context import kinds, owners
from extractor.context.evidence import Evidence, certainty
from extractor.context.ranking import Fitted, Weights
from extractor.lexicon.folding import fold
from extractor.lexicon.words import lexicon
from extractor.numerals.drafts import Draft
from fitting import learn, unseen
from fitting.corpus import Example, Gold
from fitting.logit import Groups
from tests.support.scorer import FIELDS, WHOLE_ROW

MEASURES = ("row", "item", "item_exact", "action", "action_none", "subject", "period_strict")


class Mark(NamedTuple):
    """How one figure was answered: which measures are right (absent: not annotated), and the evidence of certainty."""

    document: str
    kind: str
    figure: str
    certainty: list[Evidence]
    right: dict[str, bool]
    said: dict[str, str]
    gold: dict[str, object]
    sentence: str


def fold_of(document: str, folds: int) -> int:
    """The fold of a document, by its name."""
    return zlib.crc32(document.encode()) % folds


def judge(examples: Sequence[Example], weights: Weights) -> list[Mark]:
    """The answers of the weights to examples, beside the annotations."""
    marks = []
    told: Counter[tuple[str, int, str]] = Counter()
    for example, answers in zip(examples, unseen.read_all(examples, weights), strict=True):
        named = [owners.alone(example.sentence, thing, verb, whose) for thing, _, verb, whose, _ in answers]
        clear = [answer[1] for answer in answers]
        for index, (gold, figure, (_, _, verb, whose, time)) in enumerate(
            zip(example.gold, example.sentence.figures, answers, strict=True)
        ):
            thing = named[index]
            name = learn.wording(example, *thing[:2]) if thing else ""
            often = told[example.document, example.article, name]
            told[example.document, example.article, name] += 1
            if gold is None:
                continue
            said = {
                "item": name,
                "action": "" if verb is None else learn.wording(example, verb, verb),
                "subject": learn.wording(example, whose[0], whose[1]) if whose else "",
                "period": time.wording,
            }
            right = {name: FIELDS[name](gold, said) for name in ("item", "item_exact")}
            if "value" in gold:
                right["row"] = _row_right(gold, figure, said["item"])
            if gold["action"]:
                right["action"] = FIELDS["action"](gold, said)
            elif gold["action"] is not None:
                right["action_none"] = not said["action"]
            if "subject" in gold:
                right["subject"] = FIELDS["subject"](gold, said)
                right["period_strict"] = FIELDS["period_strict"](gold, said)
            text = example.sentence.text[figure.start : figure.end]
            kind, _ = _kind(figure, said["item"])
            evidence = certainty.row(index, example.situations, named, clear, kind, often)
            marks.append(
                Mark(
                    example.document,
                    example.kind,
                    text,
                    evidence,
                    right,
                    said,
                    gold,
                    example.written[example.sentence.begin : example.sentence.finish].strip(),
                )
            )
    return marks


def _row_right(gold: Gold, figure: Draft, item: str) -> bool:
    """Whether value, qualifier, unit, kind and item are right."""
    kind, unit = _kind(figure, item)
    row = figure.number._asdict() | {"kind": kind, "unit": unit, "item": item}
    return all(FIELDS[name](gold, row) for name in WHOLE_ROW)


def _kind(figure: Draft, item: str) -> tuple[str, str]:
    """The kind of a figure with an item, and the name of its unit."""
    return kinds.kind_of(figure.unit, figure.spelling, fold(item).strip('“”‘’"'), lexicon())


def fit_certainty(marks: Iterable[Mark]) -> Fitted:
    """The weights of certainty, from answers to texts that the other weights were not fitted on."""
    groups = Groups()
    for mark in marks:
        if "row" in mark.right:
            weight = 1.0 if mark.document.startswith("articles/") else learn.REAL
            groups.yes_no(mark.certainty, mark.right["row"], weight)
    return groups.fit(5, 8.0)


def one_fold(examples: Sequence[Example], fold: int, folds: int) -> list[Mark]:
    """The marks of one fold, fitted on the others."""
    rest = [example for example in examples if fold_of(example.document, folds) != fold]
    held = [example for example in examples if fold_of(example.document, folds) == fold]
    return judge(held, learn.fit(rest))


def cross_validate(examples: Sequence[Example], folds: int = 4, processes: int = 2) -> list[Mark]:
    """The marks of every figure, each judged by weights that were not fitted on its document."""
    global _SHARED
    _SHARED = examples
    with ProcessPoolExecutor(processes) as pool:
        found = pool.map(_run, [(fold, folds) for fold in range(folds)])
        return [mark for marks in found for mark in marks]


_SHARED: Sequence[Example] = ()


def _run(job: tuple[int, int]) -> list[Mark]:
    return one_fold(_SHARED, *job)


def table(marks: Iterable[Mark]) -> dict[str, tuple[int, dict[str, float]]]:
    """For each collection the number of figures and the share that is right, measure by measure."""
    seen: dict[str, Counter[str]] = {}
    for mark in marks:
        for name in (mark.document.split("/")[0], "all articles" if mark.kind == "article" else "cases"):
            count = seen.setdefault(name, Counter())
            count["figures"] += 1
            for measure, right in mark.right.items():
                count[measure, "of"] += 1
                count[measure] += right
    return {
        name: (count["figures"], {m: count[m] / count[m, "of"] for m in MEASURES if count[m, "of"]})
        for name, count in sorted(seen.items())
    }
