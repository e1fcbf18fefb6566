"""What the weights answer to annotated texts, and to texts that they were not fitted on.

Some evidence looks at the answers given before: the item of the figure before, the period of the article's last
figure. Whoever reads has no annotation to look at, only what was answered, right or wrong. So weights are fitted on
what weights answered that had not seen the text (``answers``), and trust an earlier answer as far as it can be trusted.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from extractor.context.choosing import Asker
from extractor.context.evidence.certainty import Clear
from extractor.context.periods import Moment, Period
from extractor.context.ranking import Weights
from extractor.context.situation import Item
from fitting.corpus import Example

Answer = tuple[Item | None, Clear, int | None, Item | None, Period]
"""The item with how clear it is, the token of the verb, the subject, the period."""
PARTS = 2


def read(example: Example, weights: Weights, moment: Moment) -> list[Answer]:
    """What the weights answer for each figure of a sentence."""
    asker = Asker(example.sentence, weights)
    found: list[Answer] = []
    for situation in example.situations:
        before = found[-1] if found else None
        thing = asker.item(situation, before[0] if before else None)
        verb, _ = asker.action(situation, thing.phrase, before[2] if before else None)
        whose = asker.subject(situation, thing.phrase, before[3] if before else None)
        time = asker.period(situation, example.written, moment, example.place)
        found.append((thing.phrase, thing.clear, verb, whose.phrase, time))
    return found


def moments(
    examples: Sequence[Example], told: Callable[[int, Moment], list[str]]
) -> Iterator[tuple[Example, Moment]]:
    """Each example with what it inherits, asked in order; ``told`` gives, when an example was read, its figures' periods."""
    article: tuple[str, int] | None = None
    last: str | None = None
    block = -1
    held: Counter[str] = Counter()
    for number, example in enumerate(examples):
        if (example.document, example.article) != article:
            article, last, block = (example.document, example.article), None, -1
            held = Counter()
        moment = example.moment._replace(last=last, same_block=block == example.place[0], held=held)
        yield example, moment
        periods = told(number, moment)
        held.update(periods)
        if periods:
            last, block = periods[-1], example.place[0]


def wordings(said: Sequence[Answer]) -> list[str]:
    """The periods of answers."""
    return [answer[4].wording for answer in said]


def read_all(examples: Sequence[Example], weights: Weights) -> list[list[Answer]]:
    """The answers to texts that are read from their beginning."""
    found: list[list[Answer]] = []
    for example, moment in moments(examples, lambda number, _: wordings(found[number])):
        found.append(read(example, weights, moment))
    return found


def answers(
    examples: Sequence[Example], fit: Callable[[Sequence[Example]], Weights], parts: int = PARTS
) -> list[list[Answer]]:
    """For each example the answers of weights that were fitted on other documents."""
    part = [zlib.crc32(f"part {example.document}".encode()) % parts for example in examples]
    found: list[list[Answer]] = [[] for _ in examples]
    for number in range(parts):
        weights = fit([example for example, own in zip(examples, part, strict=True) if own != number])
        held = [index for index, own in enumerate(part) if own == number]
        for index, said in zip(held, read_all([examples[index] for index in held], weights), strict=True):
            found[index] = said
    return found
