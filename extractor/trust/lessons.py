"""What a review teaches about the choices of ``context/``: its sentences, read again, with the answers of the reviewer.

In: the records of a review. Out: a lesson for every checked row whose figure is found in its sentence. A sentence is read by
itself, so the period, which hangs on the sentences before, is not learnt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.context import candidates as propose
from extractor.context import fields, reading
from extractor.context.choosing import Asker, span_of
from extractor.context.evidence import pieces, reach
from extractor.context.ranking import Fitted, Weights, score
from extractor.context.sentence import Sentence
from extractor.context.situation import Item, Situation, situations
from extractor.lexicon.words import lexicon
from extractor.matching import compiled
from extractor.numerals.drafts import Draft
from extractor.page import articles, layout
from extractor.pipeline import passages
from extractor.trust.logit import Option, narrowed
from extractor.trust.records import Record

ASKED = ("item", "action", "subject")
TABLES = {"item": ("item", "reach"), "action": ("action",), "subject": ("subject", "subject reach")}
"""The tables of weights that answer each question."""
Choices = dict[str, list[list[Option]]]
_UNHEARD = compiled("[\\s“”\"‘’'「」『』]+")


def bare(text: str) -> str:
    """Without blanks and quotation marks, which an item may carry or not."""
    return _UNHEARD.sub("", text)


@dataclass(slots=True)
class Lesson:
    """A sentence of a document with what a reviewer says of its figures, by their index: item, action and subject."""

    document: str
    sentence: Sentence
    written: str
    where: list[Situation]
    truths: dict[int, dict[str, str]]

    def words(self, phrase: Item | None) -> str:
        span = span_of(self.sentence, phrase)
        return self.written[slice(*span)] if span else ""

    def answers(self, weights: Weights) -> list[tuple[Item | None, int | None, Item | None]]:
        """What the weights say of each figure: item, verb, subject."""
        asker = Asker(self.sentence, weights)
        found: list[tuple[Item | None, int | None, Item | None]] = []
        for situation in self.where:
            item, verb, subject = found[-1] if found else (None, None, None)
            thing = asker.item(situation, item).phrase
            action, _ = asker.action(situation, thing, verb)
            found.append((thing, action, asker.subject(situation, thing, subject).phrase))
        return found

    def right(self, weights: Weights) -> dict[tuple[int, str], bool]:
        """Which of the reviewed answers the weights have right, by figure and question."""
        marks = {}
        for index, answer in enumerate(self.answers(weights)):
            item, verb, subject = answer
            told = {
                "item": self.words(item),
                "action": "" if verb is None else self.words((verb, verb, "")),
                "subject": self.words(subject),
            }
            for name, truth in self.truths.get(index, {}).items():
                marks[index, name] = bare(told[name]) == bare(truth)
        return marks

    def choices(self, weights: Weights) -> Iterator[tuple[str, list[Option]]]:
        """The choices with a right answer among their candidates, each with the table that weighs it."""
        given = self.answers(weights)
        for index, truth in sorted(self.truths.items()):
            situation = self.where[index]
            before = given[index - 1] if index else (None, None, None)
            span = span_of(self.sentence, given[index][0])
            if "item" in truth:
                found = self._phrases(propose.item_ends(situation), truth["item"], situation.place)
                field = fields.item_field(situation, before[0])
                yield from self._ends("item", field, found, weights.item, truth["item"])
                yield from self._steps("reach", found, situation, weights.reach, situation.place)
            if "subject" in truth:
                found = self._phrases(propose.subject_ends(situation), truth["subject"], None)
                field = fields.subject_field(situation, span, before[2])
                yield from self._ends("subject", field, found, weights.subject, truth["subject"])
                yield from self._steps("subject reach", found, situation, weights.subject_reach, None)
            if "action" in truth:
                field = fields.action_field(situation, span, before[1])
                wanted = [
                    bare("" if end is None else self.words((end[0], end[0], ""))) == bare(truth["action"])
                    for end, _ in field
                ]
                if any(wanted):
                    yield "action", _options([evidence for _, evidence in field], wanted, weights.action)

    def _phrases(self, ends: Sequence[propose.Candidate], truth: str, place: int | None) -> list[Item]:
        """The phrases that read as the truth does."""
        found: list[Item] = []
        for last, region in ends:
            low = place if place is not None and region == "R" else -1
            first = last
            while bare(self.words((first, last, region))) != bare(truth):
                if not propose.can_reach(self.sentence, first - 1, last, low):
                    break
                first -= 1
            else:
                found.append((first, last, region))
        return found

    def _ends(
        self, name: str, field: fields.Field, found: Sequence[Item], table: Fitted, truth: str
    ) -> Iterator[tuple[str, list[Option]]]:
        """The choice of where a phrase ends."""
        ends = {(last, region) for _, last, region in found}
        wanted = [not truth if end is None else end in ends for end, _ in field]
        if any(wanted):
            yield name, _options([evidence for _, evidence in field], wanted, table)

    def _steps(
        self, name: str, found: Sequence[Item], situation: Situation, table: Fitted, place: int | None
    ) -> Iterator[tuple[str, list[Option]]]:
        """The choices by which the nearest right phrase is reached: on, on, stop."""
        if not found:
            return
        begin, last, region = min(found, key=lambda one: abs(one[1] - situation.place))
        side = region if place is not None else "S"
        low = place if place is not None and region == "R" else -1
        for first in range(last, begin - 1, -1):
            if propose.can_reach(self.sentence, first - 1, last, low):
                evidence = pieces(reach.further(self.sentence, first, last, side, situation))
                on = first > begin
                yield name, [Option(evidence, score(table, evidence), on), Option((), 0.0, not on)]


def _options(
    evidence: Sequence[Sequence[tuple[str, ...]]], wanted: Sequence[bool], table: Fitted
) -> list[Option]:
    return narrowed(
        [Option(one, score(table, one), right) for one, right in zip(evidence, wanted, strict=True)]
    )


def lessons(records: Sequence[Record]) -> list[Lesson]:
    """The lessons of a review, in its order."""
    sentences: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        if record.sentence and record.truth:
            sentences[record.digest, record.sentence].append(record)
    return [
        lesson for (digest, text), some in sentences.items() for lesson in _of_sentence(digest, text, some)
    ]


def _of_sentence(digest: str, text: str, records: Sequence[Record]) -> Iterator[Lesson]:
    words = lexicon()
    clean = layout.clean(text)
    left = _by_text(records)
    for passage in passages(clean, articles.split(clean), words):
        figures = [one for one in passage.results if isinstance(one, Draft)]
        written = ["".join(clean.text[one.start : one.end].split()) for one in figures]
        truths = {}
        for name, same in left.items():
            places = [index for index, one in enumerate(written) if one == name]
            if len(places) == len(same):  # else it is not known which of them was checked
                for index, record in zip(places, same, strict=True):
                    truths[index] = {key: str(record.truth[key]) for key in ASKED if key in record.truth}
        if truths:
            reading.qualify(passage.text, passage.begin, passage.finish, figures, words)
            sentence = Sentence(
                passage.text, passage.begin, passage.finish, figures, passage.history.times(), words
            )
            yield Lesson(digest, sentence, clean.text, situations(sentence), truths)


def _by_text(records: Sequence[Record]) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda one: one.start):
        found["".join(record.text.split())].append(record)
    return found
