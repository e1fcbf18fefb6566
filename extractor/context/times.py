"""Finds the time expressions of a text: one grammar for all of them, its words in ``lexicon/times.toml``.

An expression is put together from pieces: an opener (截至), pieces of the calendar from the coarse to the fine
(2023年 8月 5日 上午9时), a range of two of them (去年10月至今年2月), an amount of time that says when (三年间), a
holiday or a stage of work (春运期间), and a closer (以来, 期间). A clause that ends in a word of time is an expression
as well (项目投产后). Which expression governs a figure is not decided here.

Pieces are looked up in a tree of characters, so that nothing backtracks; text without the first characters of a piece
is passed over by one search for a set of characters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.context.time_clauses import BORDERS, clauses
from extractor.context.time_grammar import Grammar, grammar_of_times
from extractor.context.time_pieces import Piece, chain_at, piece_at
from extractor.lexicon.phrases import Span
from extractor.matching import compiled

_CLAUSE_BORDERS = compiled("[，。；：！？,;:!?\n()（）、…]")
_LIST_REACH, _LIST_FIGURES = 60, 6  # how far behind a list of times is looked for what shares it out
_LONGEST_MEMBER = 8  # characters of a year or a month and what joins the next one to it
_ALONE_NOT = {"edge", "event", "zone", "tip"}


def find(text: str, begin: int, finish: int, figures: Sequence[Span] = ()) -> list[Span]:
    """The spans of the time expressions between ``begin`` and ``finish`` of folded text, in order.

    >>> sentence = "截至2023年底,全县建成大棚68座,比上年增加3座;项目投产后,年产值达2亿元"
    >>> [sentence[start:end] for start, end in find(sentence, 0, len(sentence))]
    ['截至2023年底', '项目投产后']

    No span lies in another. An amount of time that is one of ``figures`` is no time, unless a word behind it makes it
    one; what something is compared with (比上年) is none but where a figure of its own follows (比上年的9%):

    >>> find("工期缩短近20天", 0, 8, figures=[(5, 8)])
    []
    >>> find("近20天里培训32人", 0, 10, figures=[(1, 4)])
    [(0, 5)]
    """
    grammar = grammar_of_times()
    found = list(_expressions(text, begin, finish, figures, grammar))
    found += [
        span for span in clauses(text, begin, finish, grammar) if all(end != span[1] for _, end in figures)
    ]
    return _listed(_outermost(found), text, finish, figures, grammar)


def _listed(
    spans: list[Span], text: str, finish: int, figures: Sequence[Span], grammar: Grammar
) -> list[Span]:
    """Joins years or months that are told as one time (2022年、2023年共培训5300人), not those that share out figures."""
    kept: list[Span] = []
    for start, end in spans:
        if (
            kept
            and grammar.joins.fullmatch(text, kept[-1][1], start)
            and grammar.member.fullmatch(text, start, end)
            and grammar.members.fullmatch(text, *kept[-1])
            and not _share(text, end, finish, figures, grammar)
        ):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept


def _share(text: str, end: int, finish: int, figures: Sequence[Span], grammar: Grammar) -> bool:
    """Whether the figures behind a list of times are given out to them: 分别为12亿元和15亿元, or a list of figures."""
    if grammar.shares.search(text, end, min(finish, end + _LIST_REACH)):
        return True
    at = bisect_left(figures, (end, end))
    behind = figures[at : at + _LIST_FIGURES]
    return any(grammar.joins.fullmatch(text, first[1], second[0]) for first, second in pairwise(behind))


def _outermost(spans: list[Span]) -> list[Span]:
    """The spans that lie in no other, in order; of two that overlap the first one."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
        elif end > kept[-1][1]:  # 今年5月|新一轮轮换启动以来
            kept[-1] = (kept[-1][0], end)
    return kept


def _expressions(
    text: str, begin: int, finish: int, figures: Sequence[Span], grammar: Grammar
) -> Iterator[Span]:
    at = begin
    for match in grammar.begins.finditer(text, begin, finish):
        start = match.start()
        if start < at or not (text[start] in grammar.singles or text[start : start + 2] in grammar.pairs):
            continue
        chain = chain_at(text, begin, start, finish, grammar)
        if not chain:
            continue
        opened = _opener(text, begin, start, grammar)
        end = _closer(text, chain[-1].end, finish, chain, grammar)
        closed = end > chain[-1].end
        if not closed and len(chain) > 1 and chain[-1].kind == "event":
            chain.pop()  # 2022年培训农民3000人: the act of the sentence, and no time as in 2022年培训期间
            end = _closer(text, chain[-1].end, finish, chain, grammar)
            closed = end > chain[-1].end
        if closed and (joined := _after_closer(text, begin, end, finish, chain, grammar)):
            end = joined
        at = end
        if not (closed or opened < start) and all(piece.kind in _ALONE_NOT for piece in chain):
            continue
        if not _is_amount(start, end, chain, figures) and not _is_basis(text, opened, end, figures, grammar):
            yield opened, end


def _opener(text: str, begin: int, start: int, grammar: Grammar) -> int:
    """Where the expression begins if a word that opens it stands before its first piece."""
    stop = start - 1 if start - 1 > begin and text[start - 1] == " " else start
    for length in (4, 3, 2, 1):
        first = stop - length
        if first < begin:
            continue
        words = grammar.openers.get(text[first:stop])
        if words is None or (words.not_after and text.endswith(words.not_after, begin, first)):
            continue
        if words.border and not (
            first == begin or text[first - 1] in BORDERS or text.endswith(words.after, begin, first)
        ):
            continue
        return first
    return start


def _closer(text: str, end: int, finish: int, chain: list[Piece], grammar: Grammar) -> int:
    """Where the expression ends with the words that close it."""
    kinds = {piece.kind for piece in chain}
    for _ in range(2):
        best = end
        for words, classes in grammar.closers.get(text[end : end + 1], ()):
            if not classes or not classes.isdisjoint(kinds):
                best = max(best, words.end(text, end, finish))
        if best == end:
            break
        end = best
    return end


def _after_closer(text: str, begin: int, end: int, finish: int, chain: list[Piece], grammar: Grammar) -> int:
    """The end of a season behind 四年前的, 0 if none follows."""
    if chain[-1].kind != "span" or not text.startswith(grammar.known.linking, end):
        return 0
    season = piece_at(text, begin, end + 1, finish, grammar, chain[-1])
    return season.end if season else 0


def _is_amount(start: int, end: int, chain: list[Piece], figures: Sequence[Span]) -> bool:
    """Whether the first piece is a figure, or an amount of time ends with one: 工期180天."""
    if not figures:
        return False
    amount = all(piece.kind in ("span", "bare") for piece in chain)
    return any(
        (amount and start < figure_end == end) or (first <= start and end <= figure_end)
        for first, figure_end in figures
    )


def _is_basis(text: str, start: int, end: int, figures: Sequence[Span], grammar: Grammar) -> bool:
    """Whether something is compared with the time and no figure of its own follows (较2020年的11亿元)."""
    compared = text.endswith(grammar.before, 0, start) and not grammar.listed.search(
        text, max(0, start - _LONGEST_MEMBER), start
    )
    if compared or text.startswith(grammar.behind, end):
        return not any(
            0 < figure - end <= 12
            and any(word in text[end:figure] for word in grammar.known.linking)
            and not _CLAUSE_BORDERS.search(text, end, figure)
            for figure, _ in figures
        )
    return False
