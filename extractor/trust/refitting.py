"""Weights for one's own genre from a review: the package's, moved by what was corrected, where that is seen to help.

In: lessons. Out: for every question what is to be added to its weights, and what that does to texts that were held out.
A question's weights are only to be changed where the answers mended, in all columns, outnumber those broken by more than
chance (a sign test on texts that the weights were not fitted on), so that a review of slips changes nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.context.own_weights import added
from extractor.context.ranking import Fitted, Weights
from extractor.trust.lessons import ASKED, TABLES, Choices, Lesson
from extractor.trust.logit import changes

ROWS = 200
"""Fewer checked rows teach nothing that can be told from chance."""
TEXTS = 3
FOLDS = 5
CHANCE = 0.01
"""How likely so good a result may be by chance, for each question."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What new weights of a question do to the rows that were held out: of the ``answers`` in all reviewed columns how many
    were right before, and how many are mended and broken.
    """

    question: str
    answers: int
    before: int
    mended: int
    broken: int

    @property
    def helps(self) -> bool:
        return self.mended > self.broken and chance(self.mended, self.broken) <= CHANCE

    def sentence(self) -> str:
        """One line.

        >>> Tried("item", 600, 550, 30, 2).sentence()
        'item     550 of 600 answers right before, 578 after: 30 mended, 2 broken; helps'
        """
        after = self.before + self.mended - self.broken
        verdict = "helps" if self.helps else "no gain beyond chance, left as it is"
        return (
            f"{self.question:8} {self.before} of {self.answers} answers right before, {after} after: "
            f"{self.mended} mended, {self.broken} broken; {verdict}"
        )


def chance(mended: int, broken: int) -> float:
    """How likely it is that so many of the changed rows or more are mended, if each is by the toss of a coin.

    >>> chance(3, 0), round(chance(20, 5), 4)
    (0.125, 0.002)
    """
    total = mended + broken
    return float(sum(math.comb(total, more) for more in range(mended, total + 1)) / 2**total)


def tried(lessons: Sequence[Lesson], base: Weights) -> list[Tried]:
    """What learning does to texts that are held out, for each question by itself; each text is in one of the folds."""
    texts = sorted({lesson.document for lesson in lessons})
    fold_of = {text: at % min(FOLDS, len(texts)) for at, text in enumerate(texts)}
    choices = [_choices(lesson, base) for lesson in lessons]
    before = [lesson.right(base) for lesson in lessons]
    right = sum(sum(marks.values()) for marks in before)
    counts = {name: [0, 0] for name in ASKED}
    for fold in sorted(set(fold_of.values())):
        held = [fold_of[lesson.document] == fold for lesson in lessons]
        rest = [made for made, out in zip(choices, held, strict=True) if not out]
        for name, count in counts.items():
            new = added(base, _learnt(rest, (name,)))
            for lesson, marks, out in zip(lessons, before, held, strict=True):
                if out:
                    for answer, good in lesson.right(new).items():
                        count[0] += good and not marks[answer]
                        count[1] += marks[answer] and not good
    return [Tried(name, sum(map(len, before)), right, *count) for name, count in counts.items()]


def learnt(lessons: Sequence[Lesson], base: Weights, questions: Sequence[str]) -> dict[str, Fitted]:
    """What is to be added to the weights of the questions, from all lessons."""
    return _learnt([_choices(lesson, base) for lesson in lessons], questions)


def _choices(lesson: Lesson, base: Weights) -> Choices:
    found: Choices = defaultdict(list)
    for table, options in lesson.choices(base):
        found[table].append(options)
    return found


def _learnt(made: Sequence[Choices], questions: Sequence[str]) -> dict[str, Fitted]:
    tables = [table for question in questions for table in TABLES[question]]
    return {table: changes([options for one in made for options in one.get(table, ())]) for table in tables}
