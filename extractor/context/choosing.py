"""Answers each question of a figure with the candidate whose evidence weighs most."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nlargest
from typing import NamedTuple

from extractor.context import candidates as propose
from extractor.context.candidates import Candidate
from extractor.context.evidence import Asked, action, item, period, reach, subject
from extractor.context.evidence.certainty import Clear
from extractor.context.periods import Moment, Period
from extractor.context.ranking import Sums, Weights, entropy, odds, probabilities
from extractor.context.sentence import Sentence
from extractor.context.situation import Item, Situation
from extractor.lexicon.phrases import Span

_WORTH = 0.05  # candidates less likely than this are not followed
_UNLIKELY = 0.03
_BEHIND = 3.0  # candidates that by themselves weigh so much less than the best are not weighed in full
_FOLLOWED = 6  # and of the others no more than this
_VERBS = 10  # the same for verbs, which depend more on the figure
Static = Callable[[Sentence, int, str], list[Asked]]


class Choice(NamedTuple):
    """The chosen phrase (None: the sentence names none) and its probability; of an item also how clear the choice was."""

    phrase: Item | None
    probability: float
    clear: Clear = Clear()


def span_of(sentence: Sentence, phrase: Item | None) -> Span | None:
    """Where a phrase stands in the text."""
    return None if phrase is None else (sentence.tokens[phrase[0]].start, sentence.tokens[phrase[1]].end)


def _promising(
    own: list[float], candidates: list[Candidate], before: int | None, most: int = _FOLLOWED
) -> list[tuple[float, Candidate]]:
    """The candidates that are worth a second look with their ``own`` weight: those that look best by themselves, and the
    answer given before.
    """
    weighed = zip(own, candidates, strict=True)
    if len(own) < 2:
        return list(weighed)
    best = sorted(own, reverse=True)
    border = max(best[min(most, len(best)) - 1], best[0] - _BEHIND)
    return [(weight, one) for weight, one in weighed if weight >= border or one[0] == before]


class Asker:
    """Asks the questions of one sentence's figures, from left to right. What no figure changes is weighed once."""

    def __init__(self, sentence: Sentence, weights: Weights) -> None:
        self.sentence, self.sums = sentence, weights.sums
        self._borders: dict[Candidate, float] = {}
        self._words: dict[Candidate, float] = {}
        self._names: dict[Candidate, float] = {}
        self._earlier: list[float] | None = None

    def item(self, situation: Situation, previous: Item | None) -> Choice:
        """What the figure counts or measures."""
        ends = propose.item_ends(situation)
        sums = self.sums["item"]
        scores = [sums.of(item.none())]
        weighed = self._static(self._borders, sums, item.border, ends)
        promising = _promising(weighed, ends, previous[1] if previous else None)
        ends = []
        for own, end in promising:
            at, region = end
            evidence = item.counted(self.sentence, at, region, situation)
            evidence += item.between(self.sentence, at, region, situation)
            evidence += item.against(at, region, situation, previous)
            scores.append(own + sums.of(evidence))
            ends.append(end)
        shares = probabilities(scores)
        best = Choice(None, shares[0])
        for (last, region), share in zip(ends, shares[1:], strict=True):
            if share > _WORTH and share > best.probability:
                first, certain = self._begin(self.sums["reach"], last, region, situation)
                if share * certain > best.probability:
                    best = Choice((first, last, region), share * certain)
        likeliest, second = nlargest(2, [*shares, 0.0])
        begins = best.probability / likeliest
        clear = Clear(likeliest, second, shares[0], begins, entropy(shares), max(scores))
        return best._replace(clear=clear)

    def _static(
        self, known: dict[Candidate, float], sums: Sums, evidence: Static, candidates: list[Candidate]
    ) -> list[float]:
        """What speaks for candidates whatever figure asks, weighed once a sentence."""
        found = []
        for candidate in candidates:
            weight = known.get(candidate)
            if weight is None:
                weight = known[candidate] = sums.of(evidence(self.sentence, *candidate))
            found.append(weight)
        return found

    def _begin(self, sums: Sums, last: int, region: str, situation: Situation) -> tuple[int, float]:
        """Where the phrase that ends with a token most likely begins, and how likely."""
        sentence = self.sentence
        floor = situation.place if region == "R" else -1
        first, reached = last, 1.0
        best = (last, 0.0)
        while True:
            further = 0.0
            if propose.can_reach(sentence, first - 1, last, floor):
                further = odds(sums.of(reach.further(sentence, first, last, region, situation)))
            here = reached * (1 - further)
            if here > best[1] and propose.can_begin(sentence.tokens[first]):
                best = (first, here)
            reached *= further
            if reached < max(_UNLIKELY, best[1]):
                return best
            first -= 1

    def action(
        self, situation: Situation, object_: Item | None, previous: int | None
    ) -> tuple[int | None, float]:
        """The token of the verb that the figure completes, or None."""
        sentence, sums = self.sentence, self.sums["action"]
        span = span_of(sentence, object_)
        scores = [sums.of(action.none(situation, span))]
        proposed = propose.action_words(situation)
        weighed = self._static(self._words, sums, action.word, proposed)
        words = []
        for own, word in _promising(weighed, proposed, previous, _VERBS):
            evidence = action.toward(sentence, *word, situation, span)
            evidence += action.against(word[0], situation, previous)
            scores.append(own + sums.of(evidence))
            words.append(word)
        shares = probabilities(scores)
        best = max(range(len(shares)), key=shares.__getitem__)
        return words[best - 1][0] if best else None, shares[best]

    def subject(self, situation: Situation, object_: Item | None, previous: Item | None) -> Choice:
        """Whose figure it is."""
        sentence, sums = self.sentence, self.sums["subject"]
        span = span_of(sentence, object_)
        scores = [sums.of(subject.none(situation, span, previous))]
        proposed = propose.subject_ends(situation)
        weighed = self._static(self._names, sums, subject.name, proposed)
        ends = []
        for own, end in _promising(weighed, proposed, previous[1] if previous else None):
            evidence = subject.toward(sentence, *end, situation, span)
            evidence += subject.against(sentence, *end, situation, previous)
            scores.append(own + sums.of(evidence))
            ends.append(end)
        shares = probabilities(scores)
        best = max(range(len(shares)), key=shares.__getitem__)
        if not best:
            return Choice(None, shares[0])
        last, region = ends[best - 1]
        first, certain = self._begin(self.sums["subject reach"], last, "S", situation)
        return Choice((first, last, region), shares[best] * certain)

    def period(
        self,
        situation: Situation,
        written: str,
        moment: Moment,
        place: tuple[int, int],
    ) -> Period:
        """The time expression that governs the figure. ``written`` is the text as written, ``place`` block and sentence."""
        sentence, sums = self.sentence, self.sums["period"]
        none = period.none(situation, place[0]) + period.account_of_none(sentence, moment.held)
        stated = [period.stated(situation, span) for span in sentence.times]
        scores = [*[sums.of(evidence) for evidence in [none, *stated]], *self._inherited(moment, place)]
        found: list[tuple[Span | None, str, str]] = [
            (None, "", "none"),
            *[(span, written[slice(*span)], "own") for span in sentence.times],
            *[(None, earlier.wording, "earlier") for _, earlier, _ in moment.earlier if earlier],
        ]
        if not situation.index:
            for number, (_, wording, where) in enumerate(found):
                evidence = period.against_last(situation, wording, moment.last, where, moment.same_block)
                scores[number] += sums.of(evidence)
        shares = probabilities(scores)
        best = max(range(len(shares)), key=shares.__getitem__)
        span, wording, where = found[best]
        return Period(
            span, wording, {"none": "", "own": "sentence", "earlier": "article"}[where], shares[best]
        )

    def _inherited(self, moment: Moment, place: tuple[int, int]) -> list[float]:
        """What speaks for the earlier times whatever figure asks, weighed once a sentence."""
        if self._earlier is None:
            sentence, sums = self.sentence, self.sums["period"]
            self._earlier = []
            for _, earlier, role in moment.earlier:
                assert earlier is not None
                evidence = period.inherited(sentence, earlier, role, place)
                evidence += period.account(sentence, earlier, place, moment.held)
                self._earlier.append(sums.of(evidence))
        return self._earlier
