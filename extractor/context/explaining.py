"""Why a choice was made: winner, runner-up, and the pieces of evidence that parted them most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.context.evidence import Evidence
from extractor.context.fields import Field, action_field, item_field, period_field, subject_field
from extractor.context.ranking import Fitted, Weights, probabilities, score
from extractor.context.reading import Reading
from extractor.context.sentence import Sentence

_SHOWN = 5


class Piece(NamedTuple):
    """A piece of evidence as ``weights.toml`` names it, and what it gave the winner over the runner-up."""

    name: str
    weight: float


class Decision(NamedTuple):
    """One question about a figure: the two likeliest answers, where they end, with their shares, and what parted them.

    ``runner_up`` is "" and its share 0 where there was no other candidate; an empty answer is "none".
    """

    question: str
    winner: str
    share: float
    runner_up: str
    runner_up_share: float
    pieces: tuple[Piece, ...]

    @property
    def margin(self) -> float:
        """By how much the winner is likelier."""
        return self.share - self.runner_up_share


def decisions(reading: Reading, index: int, written: str, weights: Weights) -> tuple[Decision, ...]:
    """The decisions about figure ``index`` of a sentence that was read: item, action, subject, period."""
    situation = reading.situations[index]
    sentence = reading.sentence
    thing = reading.spans[index]
    before = index - 1
    item = item_field(situation, reading.items[before] if index else None)
    verb = action_field(situation, thing, reading.verbs[before] if index else None)
    whose = subject_field(situation, thing, reading.subjects[before] if index else None)
    times = period_field(situation, written, reading.moment, reading.place)
    return (
        _decide("item", *_named(sentence, written, item), weights.item),
        _decide("action", *_named(sentence, written, verb), weights.action),
        _decide("subject", *_named(sentence, written, whose), weights.subject),
        _decide(
            "period",
            [time.wording or "none" for time in times],
            [time.evidence for time in times],
            weights.period,
        ),
    )


def _named(sentence: Sentence, written: str, field: Field) -> tuple[list[str], list[list[Evidence]]]:
    """The candidates as the text writes them: of a phrase the last word, which is where the question is decided."""
    names = []
    for candidate, _ in field:
        if candidate is None:
            names.append("none")
        else:
            token = sentence.tokens[candidate[0]]
            names.append(written[token.start : token.end])
    return names, [evidence for _, evidence in field]


def _decide(
    question: str, names: Sequence[str], evidence: Sequence[list[Evidence]], fitted: Fitted
) -> Decision:
    shares = probabilities([score(fitted, found) for found in evidence])
    order = sorted(range(len(shares)), key=lambda number: -shares[number])
    first = order[0]
    if len(order) == 1:
        return Decision(question, names[first], shares[first], "", 0.0, ())
    second = order[1]
    gain: dict[Evidence, float] = {}
    for sign, number in ((1, first), (-1, second)):
        for piece in evidence[number]:
            gain[piece] = gain.get(piece, 0.0) + sign * fitted.get(piece, 0.0)
    heaviest = sorted(gain.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:_SHOWN]
    shown = tuple(Piece("|".join(piece), round(weight, 2)) for piece, weight in heaviest if weight)
    return Decision(question, names[first], shares[first], names[second], shares[second], shown)
