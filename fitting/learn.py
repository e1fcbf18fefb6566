"""Turns annotated examples into weights: which candidates are right, question by question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extractor.context import candidates as propose
from extractor.context import fields, periods
from extractor.context.choosing import span_of
from extractor.context.evidence import pieces, reach
from extractor.context.ranking import Fitted, Weights
from extractor.context.situation import Item
from fitting import unseen
from fitting.corpus import Example, Gold
from fitting.logit import Groups
from tests.support.scorer import FIELDS
from tests.support.scorer import bare as squash

Said = Sequence[Sequence[unseen.Answer]]
CAUTION = {
    "item": (4, 1.1), "reach": (2, 1.5), "action": (5, 3.0), "subject": (3, 4.0), "subject reach": (3, 3.0),
    "period": (4, 2.0),
}  # fmt: skip
"""For each question how often a piece of evidence must be seen, and how strongly weights are drawn to nought.

Chosen by the likelihood of articles that were held out, four folds.
"""
REAL = 2.0  # what a sentence of a real article counts against one of an invented article
CASE = {"item": 0.8, "reach": 0.2, "action": 0.6}  # the same of a sentence alone, whose annotation tells less
UNKNOWN = "unknown"


def item_right(gold: Gold, text: str) -> bool:
    """As the scorer has it."""
    return FIELDS["item"](gold, {"item": text})


def wording_right(accepted: Iterable[str], text: str) -> bool:
    """As the scorer has it of subjects and periods: one holds the other."""
    return FIELDS["subject"]({"subject": list(accepted)}, {"subject": text})


def wording(example: Example, first: int, last: int) -> str:
    """The words of a phrase as written."""
    tokens = example.sentence.tokens
    return example.written[tokens[first].start : tokens[last].end]


def spans(
    example: Example, ends: Iterable[propose.Candidate], floor: int | None, accept: Callable[[str], int]
) -> list[Item]:
    """The phrases at the candidates' ends that ``accept`` rates highest (0: not right)."""
    rated: dict[int, list[Item]] = {}
    for last, region in ends:
        first = last
        low = floor if floor is not None and region == "R" else -1
        while True:
            rate = accept(squash(wording(example, first, last)))
            if rate:
                rated.setdefault(rate, []).append((first, last, region))
            if not propose.can_reach(example.sentence, first - 1, last, low):
                break
            first -= 1
    return rated[max(rated)] if rated else []


def item_answers(example: Example, index: int) -> tuple[list[Item], bool] | None:
    """The right items of a figure, and whether to name none is right; None without an annotation."""
    gold = example.gold[index]
    if gold is None or gold["item"] is None:
        return None
    exact = {squash(one) for one in gold["exact"]}
    situation = example.situations[index]
    found = spans(
        example,
        propose.item_ends(situation),
        situation.place,
        lambda text: 2 if text in exact else 1 if item_right(gold, text) else 0,
    )
    none = "" in exact
    if found and none and not any(squash(wording(example, a, b)) in exact for a, b, _ in found):
        found = []
    return found, none or (not found and item_right(gold, ""))


def nearest(example: Example, index: int, found: Sequence[Item]) -> Item:
    """The answer next to the number, the longest of them."""
    place = example.situations[index].place
    return min(found, key=lambda one: (abs(one[1] - place), one[0] - one[1]))


def weigh(example: Example, question: str) -> float:
    """What an example counts."""
    if example.kind == "case":
        return CASE[question]
    return 1.0 if example.document.startswith("articles/") else REAL


def fit_items(examples: Sequence[Example], said: Said | None = None) -> tuple[Fitted, Fitted]:
    """The weights for where items end, and for how far phrases reach. ``said`` are answers to the same examples."""
    ends, steps = Groups(), Groups()
    for number, example in enumerate(examples):
        previous: Item | None = None
        for situation in example.situations:
            if said and situation.index:
                previous = said[number][situation.index - 1][0]
            answer = item_answers(example, situation.index)
            if answer is None or not (answer[0] or answer[1]):
                previous = None
                continue
            found, none = answer
            right = {(last, region) for _, last, region in found}
            field = fields.item_field(situation, previous)
            ends.add(
                [evidence for _, evidence in field],
                [float(none if end is None else end in right) for end, _ in field],
                weigh(example, "item"),
            )
            previous = nearest(example, situation.index, found) if found else None
            if found:
                _steps(example, situation.index, found, previous, steps)
    return ends.fit(*CAUTION["item"]), steps.fit(*CAUTION["reach"])


def _steps(
    example: Example, index: int, found: Sequence[Item], chosen: Item | None, steps: Groups, region: str = ""
) -> None:
    """Adds the decisions by which the chosen phrase was reached: on, on, stop. Where both are right none is added."""
    assert chosen is not None
    situation = example.situations[index]
    last, side = chosen[1], region or chosen[2]
    starts = {first for first, end, _ in found if end == last}
    farthest = min(starts)
    floor = situation.place if side == "R" else -1
    first = last
    while propose.can_reach(example.sentence, first - 1, last, floor):
        if first not in starts or first == farthest:
            steps.yes_no(
                pieces(reach.further(example.sentence, first, last, side, situation)),
                first > farthest,
                weigh(example, "reach"),
            )
        if first <= farthest:
            return
        first -= 1


def action_answers(example: Example, index: int) -> tuple[list[bool], bool] | None:
    """Which proposed words are right, and whether none is."""
    gold = example.gold[index]
    if gold is None or gold["action"] is None:
        return None
    words = [squash(wording(example, at, at)) for at, _ in propose.action_words(example.situations[index])]
    accepted = [squash(one) for one in gold["action"]]
    right = [word in accepted for word in words]
    if not any(right):
        right = [action_right(gold, word) for word in words]
    return right, not accepted or bool(gold.get("action_none"))


def action_right(gold: Gold, word: str) -> bool:
    """As the scorer has it: one holds the other."""
    word = squash(word)
    return any(squash(one) in word or (word and word in squash(one)) for one in gold["action"])


def fit_actions(
    examples: Sequence[Example], items: Sequence[Sequence[Item | None]], said: Said | None = None
) -> Fitted:
    """The weights for the verb."""
    groups = Groups()
    for number, (example, chosen) in enumerate(zip(examples, items, strict=True)):
        sentence = example.sentence
        previous: int | None = None
        for situation, thing in zip(example.situations, chosen, strict=True):
            if said and situation.index:
                previous = said[number][situation.index - 1][2]
            answer = action_answers(example, situation.index)
            words = propose.action_words(situation)
            if answer is None:
                previous = None
                continue
            right, none = answer
            span = span_of(sentence, thing)
            field = fields.action_field(situation, span, previous)
            groups.add(
                [evidence for _, evidence in field],
                [float(none) * (0.5 if any(right) else 1), *map(float, right)],
                weigh(example, "action"),
            )
            near = [at for (at, _), good in zip(words, right, strict=True) if good]
            previous = min(near, key=lambda at: abs(at - situation.place)) if near else None
    return groups.fit(*CAUTION["action"])


def subject_answers(example: Example, index: int) -> tuple[list[Item], bool, bool] | None:
    """The right subjects, whether none is right, and whether the subjects are right to the letter."""
    gold = example.gold[index]
    if gold is None or "subject" not in gold:
        return None
    accepted = {squash(one) for one in gold["subject"]}
    found = spans(
        example,
        propose.subject_ends(example.situations[index]),
        None,
        lambda text: 2 if text in accepted else 1 if text and wording_right(accepted - {""}, text) else 0,
    )
    return found, "" in accepted, any(squash(wording(example, a, b)) in accepted for a, b, _ in found)


def fit_subjects(
    examples: Sequence[Example], items: Sequence[Sequence[Item | None]], said: Said | None = None
) -> tuple[Fitted, Fitted]:
    """The weights for whose figure it is."""
    groups, steps = Groups(), Groups()
    for number, (example, chosen) in enumerate(zip(examples, items, strict=True)):
        sentence = example.sentence
        previous: Item | None = None
        for situation, thing in zip(example.situations, chosen, strict=True):
            if said and situation.index:
                previous = said[number][situation.index - 1][3]
            answer = subject_answers(example, situation.index)
            if answer is None:
                previous = None
                continue
            found, none, exact = answer
            span = span_of(sentence, thing)
            right = {(last, region) for _, last, region in found}
            field = fields.subject_field(situation, span, previous)
            empty = float(none) * (0.5 if found else 1)
            groups.add(
                [evidence for _, evidence in field],
                [empty if end is None else float(end in right) for end, _ in field],
                weigh(example, "subject"),
            )
            previous = nearest(example, situation.index, found) if found else None
            if found and exact:
                _steps(example, situation.index, found, previous, steps, "S")
    return groups.fit(*CAUTION["subject"]), steps.fit(*CAUTION["subject reach"])


def period_answers(
    example: Example, index: int, proposed: Sequence[periods.Candidate]
) -> tuple[list[bool], bool] | None:
    """Which proposed time expressions are right, and whether none is."""
    gold = example.gold[index]
    if gold is None or "period_full" not in gold:
        return None
    accepted = [one for one in gold["period_full"] if one]
    words = [period_wording(example, one) for one in proposed]
    right = [bool(accepted) and wording_right(accepted, word) for word in words]
    source = gold.get("period_from", "")
    own = [bool(one.span) == (source == "sentence") for one in proposed]
    for narrower in (own, [squash(word) in {squash(one) for one in accepted} for word in words]):
        both = [a and b for a, b in zip(right, narrower, strict=True)]
        right = both if any(both) else right
    return right, "" in gold["period_full"]


def period_wording(example: Example, candidate: periods.Candidate) -> str:
    if candidate.span:
        return example.written[slice(*candidate.span)]
    assert candidate.earlier is not None
    return candidate.earlier.wording


def fit_periods(examples: Sequence[Example], said: Said | None = None) -> Fitted:
    """The weights for the governing period."""
    groups = Groups()

    def told(number: int, moment: periods.Moment) -> list[str]:
        return unseen.wordings(said[number]) if said else _right_periods(examples[number], moment)

    for example, moment in unseen.moments(examples, told):
        for situation in example.situations:
            proposed = periods.candidates(situation, moment)
            answer = period_answers(example, situation.index, proposed)
            if answer is None:
                continue
            right, none = answer
            field = fields.period_field(situation, example.written, moment, example.place)
            groups.add(
                [time.evidence for time in field],
                [float(none), *map(float, right)],
                weigh(example, "period"),
            )
    return groups.fit(*CAUTION["period"])


def _right_periods(example: Example, moment: periods.Moment) -> list[str]:
    """The right periods of the figures that have one annotated."""
    found = []
    for situation in example.situations:
        proposed = periods.candidates(situation, moment)
        answer = period_answers(example, situation.index, proposed)
        if answer is not None:
            right = (
                period_wording(example, one) for one, good in zip(proposed, answer[0], strict=True) if good
            )
            found.append(next(right, ""))
    return found


def right_items(example: Example) -> list[Item | None]:
    """The annotated items, as far as they are among the candidates."""
    found: list[Item | None] = []
    for situation in example.situations:
        answer = item_answers(example, situation.index)
        found.append(nearest(example, situation.index, answer[0]) if answer and answer[0] else None)
    return found


def fit(examples: Sequence[Example]) -> Weights:
    """The weights of all questions, fitted on what is answered to texts that were not fitted on."""
    return fit_on(examples, unseen.answers(examples, fit_on))


def fit_on(examples: Sequence[Example], said: Said | None = None) -> Weights:
    """The weights of all questions. ``said`` are answers to the same examples; without them earlier answers are right."""
    items = [[answer[0] for answer in one] for one in said] if said else list(map(right_items, examples))
    ends, reached = fit_items(examples, said)
    subjects, subject_reach = fit_subjects(examples, items, said)
    return Weights({
        "item": ends,
        "reach": reached,
        "action": fit_actions(examples, items, said),
        "subject": subjects,
        "subject reach": subject_reach,
        "period": fit_periods(examples, said),
    })  # fmt: skip
