"""What the figures of a sentence are about: the one place that knows in which order the questions are asked.

Rules read what is decided by construction: the qualifier, the change with its basis, the rate, lists told with 分别.
What a figure counts, its verb, its subject and its period are chosen among candidates by weighted evidence.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from extractor.context import kinds, links, owners, parallels, rates, respective
from extractor.context.choosing import Asker, span_of
from extractor.context.evidence import certainty
from extractor.context.evidence.certainty import Clear
from extractor.context.heads import head_of
from extractor.context.periods import History, Moment, Period
from extractor.context.ranking import Weights, certain, weights
from extractor.context.sentence import Sentence
from extractor.context.situation import Item, Situation, situations
from extractor.context.undated import undated
from extractor.lexicon.patterns import word_lists
from extractor.lexicon.phrases import STOP, Span
from extractor.lexicon.words import Lexicon
from extractor.matching import compiled
from extractor.numerals import qualifiers
from extractor.numerals.drafts import Draft

_STRONG = compiled("[。；;！？]")
_QUOTES = '“”‘’"'


@functools.cache
def _listed() -> tuple[str, ...]:
    """What stands between figures that share what was said of the first one."""
    return word_lists("reading")["listed"]


@functools.cache
def _again() -> tuple[str, ...]:
    """What stands between two tellings of one change."""
    return word_lists("reading")["again"]


class Reading(NamedTuple):
    """A sentence that was read, with what was chosen for each of its figures."""

    sentence: Sentence
    situations: list[Situation]
    items: list[Item | None]
    spans: list[Span | None]
    verbs: list[int | None]
    subjects: list[Item | None]
    periods: list[Period]
    moment: Moment
    place: tuple[int, int]


def read(
    text: str,
    written: str,
    begin: int,
    finish: int,
    figures: list[Draft],
    lexicon: Lexicon,
    history: History,
    place: tuple[int, int],
    fitted: Weights | None = None,
) -> Reading:
    """Fills in what every figure of the sentence ``text[begin:finish]`` (folded) is about, from left to right.

    ``written`` is the same text as written; ``history`` knows the article's earlier times, ``place`` is the number of
    the block and of the sentence in it. ``fitted`` are other weights than the package's. Returns what was chosen.
    """
    qualify(text, begin, finish, figures, lexicon)
    sentence = Sentence(text, begin, finish, figures, history.times(), lexicon)
    fitted = fitted or weights()
    asker = Asker(sentence, fitted)
    where = situations(sentence)
    items: list[Item | None] = []
    clear: list[Clear] = []
    for situation, figure in zip(where, figures, strict=True):
        choice = asker.item(situation, items[-1] if items else None)
        items.append(choice.phrase)
        figure.item = span_of(sentence, choice.phrase)
        clear.append(choice.clear)
    _changes(sentence, where)
    spans = [span_of(sentence, item) for item in items]
    verbs: list[int | None] = []
    subjects: list[Item | None] = []
    named: list[Item | None] = []
    chosen: list[Period] = []
    moment = history.moment(place[0])
    for situation, figure, item in zip(where, figures, items, strict=True):
        verb, _ = asker.action(situation, item, verbs[-1] if verbs else None)
        verbs.append(verb)
        figure.action = None if verb is None else (sentence.tokens[verb].start, sentence.tokens[verb].end)
        subject = asker.subject(situation, item, subjects[-1] if subjects else None)
        subjects.append(subject.phrase)
        figure.subject = span_of(sentence, subject.phrase)
        named.append(owners.alone(sentence, item, verb, subject.phrase))
        figure.item = span_of(sentence, named[-1])
        period = asker.period(situation, written, moment, place)
        chosen.append(period)
        figure.period, figure.period_from = period.wording, period.source
        figure.undated = history.doubted(period, undated(sentence, figure, period.span))
    history.note(chosen, place[0])
    respective.distribute(sentence, written)
    parallels.carry(sentence, written)
    _kinds_and_rates(sentence)
    for index, figure in enumerate(figures):
        figure.head = head_of(text, figure.item, lexicon)
        span = span_of(sentence, named[index])
        often = history.named(written[slice(*span)] if span else "")
        evidence = certainty.row(index, where, named, clear, figure.kind, often)
        figure.confidence = certain(fitted.certainty, evidence)
    return Reading(sentence, where, items, spans, verbs, subjects, chosen, moment, place)


def qualify(text: str, begin: int, finish: int, figures: list[Draft], lexicon: Lexicon) -> None:
    """Notes how exact the wording of each figure is, and where the words that say so begin."""
    previous: Draft | None = None
    shared = ""
    for figure in figures:
        stated, figure.qualified = qualifiers.before(text, begin, figure.start, lexicon)
        if not stated and shared and previous and text[previous.end : figure.start] in _listed():
            # 分别突破400亿和500亿元: the qualifier holds for the list.
            stated = shared if previous.unit.kind == figure.unit.kind else ""
        listed = "分别" in text[max(begin, figure.start - 10) : figure.start]
        shared = stated if stated and (shared == stated or listed) else ""
        behind = qualifiers.after(text, figure.end, finish, lexicon)
        figure.number = qualifiers.apply(figure.number, stated, behind)
        previous = figure


def _changes(sentence: Sentence, where: list[Situation]) -> None:
    """Notes by how much something changed and against what; a basis named once holds for the clauses that follow."""
    basis: Span | None = None
    low = sentence.begin
    for situation, figure in zip(where, sentence.figures, strict=True):
        change = links.read(sentence, situation.index, low)
        figure.change = change.direction or _shared_change(sentence, situation.index)
        basis = change.basis or basis
        figure.basis = change.compared or change.basis or (basis if figure.change else None)
        low = figure.end


def _shared_change(sentence: Sentence, index: int) -> str:
    """The change of the figure before where this one tells the same again or the next of a list: 跌12点或0.6%, 增长5%、8%."""
    if not index:
        return ""
    before, figure = sentence.figures[index - 1], sentence.figures[index]
    between = sentence.text[before.end : figure.start]
    listed = between in _listed() and before.unit.name == figure.unit.name
    return before.change if listed or (between in _again() and figure.unit.kind == "ratio") else ""


def _kinds_and_rates(sentence: Sentence) -> None:
    """The kind of each figure, by its unit and item, and what a rate is per."""
    text, lexicon = sentence.text, sentence.lexicon
    previous: Draft | None = None
    earlier: dict[str, Draft] = {}
    low = sentence.begin
    for figure in sentence.figures:
        item = text[slice(*figure.item)].strip(_QUOTES) if figure.item else ""
        figure.kind, figure.unit_name = kinds.kind_of(figure.unit, figure.spelling, item, lexicon)
        if not item and not figure.unit.kind:
            figure.kind = kinds.of_the_same(text, earlier, figure) or figure.kind  # 有村67个，无债的只有8个
        elif item:
            earlier[figure.unit_name] = figure
        ratio = figure.unit.kind == "ratio"
        figure.per = figure.per or rates.find(text, sentence.begin, low, figure.start, lexicon, ratio)
        if (
            not figure.per
            and previous
            and previous.per
            and previous.unit.name == figure.unit.name
            and _carries(text, previous, figure)
        ):
            figure.per = previous.per
        low = max(figure.end, figure.item[1] if figure.item and figure.item[0] >= figure.end else 0)
        previous = figure


def _carries(text: str, previous: Draft, figure: Draft) -> bool:
    """Whether a rate holds for the next figure too: 由860元提高到1120元, 小龙虾125公斤、优质稻500公斤."""
    between = text[previous.end : figure.start]
    if rates.closed(text, previous.start, figure.start):
        return False
    if not STOP.search(between) or rates.leads_on(between):
        return True
    if (
        previous.per in rates.known().carried
        and between.count("，") + between.count(",") == 1
        and not _STRONG.search(between)
    ):
        return figure.action is not None
    if not figure.change:
        return False
    if figure.item is None:
        return figure.basis is not None and between[:1] in "，,"  # 人均报销780元，比上年多240元
    return figure.item == previous.item
