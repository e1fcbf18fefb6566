"""All candidates of a question with all their evidence: what fitting learns from and what ``--explain`` shows.

``choosing`` weighs the same evidence, but what no figure changes only once a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.context import candidates as propose
from extractor.context import periods
from extractor.context.candidates import Candidate
from extractor.context.evidence import Asked, Evidence, action, item, period, pieces, subject
from extractor.context.periods import Moment
from extractor.context.situation import Item, Situation
from extractor.lexicon.phrases import Span

Field = list[tuple[Candidate | None, list[Evidence]]]
"""Candidates with their evidence; None stands for an empty answer and comes first."""


def item_field(situation: Situation, previous: Item | None) -> Field:
    """Where the item can end."""
    sentence = situation.sentence
    field: Field = [(None, pieces(item.none()))]
    for end in propose.item_ends(situation):
        at, region = end
        field.append((end, pieces([
            *item.border(sentence, at, region),
            *item.counted(sentence, at, region, situation),
            *item.between(sentence, at, region, situation),
            *item.against(at, region, situation, previous),
        ])))  # fmt: skip
    return field


def action_field(situation: Situation, thing: Span | None, previous: int | None) -> Field:
    """Which word can be the verb. ``thing`` is where the item stands in the text."""
    sentence = situation.sentence
    field: Field = [(None, pieces(action.none(situation, thing)))]
    for word in propose.action_words(situation):
        at, region = word
        field.append((word, pieces([
            *action.word(sentence, at, region),
            *action.toward(sentence, at, region, situation, thing),
            *action.against(at, situation, previous),
        ])))  # fmt: skip
    return field


def subject_field(situation: Situation, thing: Span | None, previous: Item | None) -> Field:
    """Where the subject's name can end."""
    sentence = situation.sentence
    field: Field = [(None, pieces(subject.none(situation, thing, previous)))]
    for end in propose.subject_ends(situation):
        at, region = end
        field.append((end, pieces([
            *subject.name(sentence, at, region),
            *subject.toward(sentence, at, region, situation, thing),
            *subject.against(sentence, at, region, situation, previous),
        ])))  # fmt: skip
    return field


class Time(NamedTuple):
    """A time expression that may govern (None: none does), with its wording and its evidence."""

    candidate: periods.Candidate | None
    wording: str
    evidence: list[Evidence]


def period_field(situation: Situation, written: str, moment: Moment, place: tuple[int, int]) -> list[Time]:
    """Which time expressions can govern. ``written`` is the text as written, ``place`` the figure's block and sentence."""
    sentence = situation.sentence
    found: Sequence[periods.Candidate | None] = [None, *periods.candidates(situation, moment)]
    field = []
    for candidate in found:
        if candidate is None:
            where, wording = "none", ""
            evidence: list[Asked] = period.none(situation, place[0])
            evidence += period.account_of_none(sentence, moment.held)
        elif candidate.span:
            where, wording = "own", written[slice(*candidate.span)]
            evidence = period.stated(situation, candidate.span)
        else:
            assert candidate.earlier is not None
            where, wording = "earlier", candidate.earlier.wording
            evidence = period.inherited(sentence, candidate.earlier, candidate.role, place)
            evidence += period.account(sentence, candidate.earlier, place, moment.held)
        if not situation.index:
            evidence += period.against_last(situation, wording, moment.last, where, moment.same_block)
        field.append(Time(candidate, wording, pieces(evidence)))
    return field
