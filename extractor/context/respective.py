"""分别: several figures told in one go, each with an item, a subject or a period of its own, from a list before them."""

from __future__ import annotations

import functools
from typing import NamedTuple

from extractor.context.sentence import Sentence
from extractor.context.situation import head
from extractor.context.tokens import FIGURE, LINK, MARK, TIME, Token
from extractor.lexicon import patterns as data
from extractor.lexicon.phrases import Span
from extractor.lexicon.words import NAME, PLACE
from extractor.numerals.drafts import Draft

_SUBJECTS = frozenset(("places", "organisations"))
_REACH = 12  # characters before a figure in which 分别 stands


class _Known(NamedTuple):
    """The short lists of ``lists.toml``, by name."""

    between: tuple[str, ...]
    joins: tuple[str, ...]
    each: tuple[str, ...]


@functools.cache
def _known() -> _Known:
    return _Known(**data.word_lists("respective"))


def distribute(sentence: Sentence, written: str) -> None:
    """Gives each of several figures behind 分别 its own member of the list before it. ``written`` is the text as written."""
    text, figures = sentence.text, sentence.figures
    for index, figure in enumerate(figures):
        at = max(
            text.rfind(each, max(sentence.begin, figure.start - _REACH), figure.start)
            for each in _known().each
        )
        if at < 0 or (index and figures[index - 1].end > at):
            continue
        group = _group(text, list(figures[index:]))
        if len(group) < 2:
            continue
        members = _members(sentence, at, len(group))
        if members:
            _assign(sentence, written, group, members)
        for member in group[1:]:
            member.change = member.change or figure.change
            member.basis = member.basis or figure.basis


def _group(text: str, figures: list[Draft]) -> list[Draft]:
    """The figures of one list, which have the same kind of unit."""
    group = figures[:1]
    for following in figures[1:]:
        if (
            text[group[-1].end : following.start] not in _known().between
            or following.unit.kind != group[0].unit.kind
        ):
            break
        group.append(following)
    return group


def _members(sentence: Sentence, at: int, count: int) -> list[list[Token]]:
    """The members of the list of ``count`` that stands before 分别, in its clause or the one before; else nothing."""
    tokens = [token for token in sentence.tokens if token.end <= at]
    for _ in range(2):
        clause: list[Token] = []
        while tokens and tokens[-1].kind != FIGURE and (tokens[-1].kind != MARK or tokens[-1].word in "、()"):
            clause.append(tokens.pop())
        clause.reverse()
        members = _split(clause)
        if len(members) >= count:
            return members[-count:] if len(members) == count else []
        if not tokens or tokens[-1].kind == FIGURE:
            return []
        tokens.pop()
    return []


def _split(clause: list[Token]) -> list[list[Token]]:
    """The members of a list, without the link words behind it."""
    members: list[list[Token]] = [[]]
    for token in clause:
        if token.kind == LINK:
            break
        if token.word in _known().joins:
            members.append([])
        else:
            members[-1].append(token)
    return members if all(members) else []


def _assign(sentence: Sentence, written: str, group: list[Draft], members: list[list[Token]]) -> None:
    """Gives the members out: as periods, as subjects before a shared indicator, or as items."""
    last = members[-1]
    if all(member[-1].kind == TIME for member in members[:-1]) and last[0].kind == TIME:
        shared = _span(last[1:])
        for figure, member in zip(group, members, strict=True):
            time = next(token for token in reversed(member) if token.kind == TIME)
            figure.period, figure.period_from = written[time.start : time.end], "sentence"
            figure.undated = False
            figure.item = shared or figure.item
        return
    indicators = [_indicator(sentence, member) for member in members]
    if indicators[-1] and not any(indicators[:-1]):
        own = next((i for i in range(1, len(last)) if _who(sentence, last[i - 1])), len(last) - 1)
        shared = _span(last[own:])
        name_end = last[own - 1].end
        if (
            last[own].word[0] in sentence.lexicon.sets.place_endings
            and own
            and last[own - 1].marks & (PLACE | NAME)
        ):
            # 西岭 + 村集体收入: the lexicon's word holds the end of the name.
            shared, name_end = (last[own].start + 1, last[-1].end), last[own].start + 1
        for number, (figure, member) in enumerate(zip(group, members, strict=True)):
            figure.item = shared
            own_name = number == len(members) - 1
            name = [token for token in (last[:own] if own_name else member) if token.kind != TIME]
            if name and _who(sentence, name[-1]):
                figure.subject = name[0].start, name_end if own_name else name[-1].end
        return
    for figure, member in zip(group[1:], members[1:], strict=True):
        figure.item = _span(member)
    first = group[0]
    if first.item is None or first.item[1] != members[0][-1].end:
        begin = (
            members[0][-1].start
            if first.item is None or first.item[0] > members[0][-1].start
            else first.item[0]
        )
        first.item = (begin, members[0][-1].end)


def _indicator(sentence: Sentence, member: list[Token]) -> bool:
    return head(sentence, sentence.tokens.index(member[-1]))[1] == "indicator"


def _who(sentence: Sentence, token: Token) -> bool:
    """Whether a word names a place or a body."""
    kind = head(sentence, sentence.tokens.index(token))[0]
    return (
        bool(token.marks & (PLACE | NAME))
        or kind in _SUBJECTS
        or token.word[-1] in sentence.lexicon.sets.place_endings
    )


def _span(tokens: list[Token]) -> Span | None:
    return (tokens[0].start, tokens[-1].end) if tokens else None
