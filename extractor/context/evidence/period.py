"""Evidence for the time expression that governs a figure."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.context.evidence import Asked, Evidence
from extractor.context.periods import Earlier, sort_of
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation
from extractor.lexicon.phrases import Span

_OPENING = frozenset("，。；：、,;:!?？（(“\n \u3000")


def stated(situation: Situation, span: Span) -> list[Asked]:
    """A time expression of the figure's own sentence."""
    sentence = situation.sentence
    figure = sentence.figures[situation.index]
    text, times = sentence.text, sentence.times
    begin, end = span
    wording = text[begin:end]
    sort = sort_of(wording)
    opening = "opening" if begin <= sentence.begin or text[begin - 1] in _OPENING else ""
    if end <= figure.start:
        where = "before"
        gap = text[end : figure.start]
        figures = sum([end <= other.start < figure.start for other in sentence.figures])
        nearer = [time for time in times if end <= time[0] and time[1] <= figure.start]
        openers = sum([text[time[0] - 1] in "，。；：,;" for time in nearer])
    else:
        where = "behind"
        gap = text[figure.end : begin]
        figures = sum([figure.end <= other.start < begin for other in sentence.figures])
        nearer = [time for time in times if figure.end <= time[0] < begin]
        openers = sum([time[1] <= figure.start for time in times])
    crossed = str(min(gap.count("，") + gap.count(",") + 2 * (gap.count("；") + gap.count(";")), 4))
    strong = "strong" if "；" in gap or ";" in gap else ""
    others, opener, count = str(min(len(nearer), 2)), str(min(openers, 2)), str(min(figures, 3))
    before = text[begin - 1] if begin > sentence.begin else "^"
    after = text[end : end + 1]
    of = "的" if "的" in gap else ""
    return [
        (_wording, where, sort, wording, opening, others),
        (_between, where, others, opener, count, crossed, opening, strong, of),
        (where, "gap", gap if len(gap) < 3 else "~", sort),
        (where, "character before", before),
        (where, "next character", after),
        (where, "two characters before", text[max(sentence.begin, begin - 2) : begin]),
    ]


def _wording(where: str, sort: str, wording: str, opening: str, others: str) -> list[Evidence]:
    """What the expression says by itself, and whether it opens a clause. ``others`` counts those nearer to the figure."""
    return [
        (where, "sort, others", sort, others),
        (where, "wording", wording),
        (where, "first character", wording[0], opening),
    ]


def _between(
    where: str, others: str, opener: str, count: str, crossed: str, opening: str, strong: str, of: str
) -> list[Evidence]:
    """What stands between the expression and the figure."""
    return [
        (where, "others", others, opener),
        (where, "figures", count, crossed),
        (where, "opening, others", opening, opener, crossed),
        (where, "strong", strong, others, opening),
        (where, "的 between", of, others, opening),
    ]


def inherited(sentence: Sentence, time: Earlier, role: str, place: tuple[int, int]) -> list[Asked]:
    """A time expression of an earlier sentence, whatever figure asks. ``role`` says which of them it is, ``place`` where the
    sentence stands (block, sentence).
    """
    sort = sort_of(time.wording)
    same = "same" if time.block == place[0] else ""
    far = str(min(place[1] - time.sentence, 4)) if same else "9"
    some = "own" if sentence.times else ""
    opening = "opening" if time.opening else ""
    bare = "" if time.figures else "bare"
    lead = "lead" if time.block <= 1 else ""
    return [
        ("inherited, sort", sort, same, some),
        ("inherited, own", some, role, same),
        ("inherited, opening", opening, same, role, some),
        ("inherited, bare", bare, same, far),
        ("inherited, lead", lead, sort, opening),
        ("inherited, wording", time.wording),
        ("inherited, sentence begins", sentence.word[0], same),
    ]


def account(
    sentence: Sentence, time: Earlier, place: tuple[int, int], held: Mapping[str, int]
) -> list[Asked]:
    """Whether an earlier time dates an account: how it leads its paragraph, and what it governed so far."""
    same = "same" if time.block == place[0] else ""
    first = "" if time.sentence else "first"
    some = "own" if sentence.times else ""
    own = held.get(time.wording, 0)
    governed = str(min(own, 3))
    others = str(min(sum(held.values()) - own - held.get("", 0), 3))
    undated = str(min(held.get("", 0), 3))
    return [
        ("inherited, governed", governed, same, some),
        ("inherited, governed, others", governed, others, undated, same),
        ("inherited, leads, governed", time.leads, first, governed),
    ]


def account_of_none(sentence: Sentence, held: Mapping[str, int]) -> list[Asked]:
    """How many figures of the article no time governed so far, and how many one did."""
    undated = held.get("", 0)
    some = "own" if sentence.times else ""
    return [("none, governed", str(min(undated, 3)), str(min(sum(held.values()) - undated, 3)), some)]


def none(situation: Situation, block: int) -> list[Asked]:
    """That no time governs the figure."""
    sentence = situation.sentence
    times = sentence.times
    figure = sentence.figures[situation.index]
    before = "before" if any([time[1] <= figure.start for time in times]) else ""
    return [
        ("none",),
        ("none, unit", situation.unit, before),
        ("none, follows", situation.follows),
        ("none, sentence begins", sentence.coarse[0], sentence.coarse[1]),
        ("none, block", str(min(block, 4))),
        ("none, change", situation.changed, before),
        ("none, kind", situation.kind),
    ]


def against_last(
    situation: Situation,
    wording: str,
    last: str | None,
    where: str,
    same_block: bool,
) -> list[Asked]:
    """How the choice for a sentence's first figure agrees with the period of the article's last figure."""
    if last is None:
        return []
    figure = situation.sentence.figures[situation.index]
    same = "same" if wording == last else "other"
    block = "block" if same_block else ""
    before = "before" if any([time[1] <= figure.start for time in situation.sentence.times]) else ""
    return [
        ("as last, before", same, where, block, before),
        ("as last, sort", same, where, sort_of(wording) if wording else "-"),
    ]
