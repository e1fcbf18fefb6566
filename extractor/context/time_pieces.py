"""Puts the pieces of a time expression together, from the coarse to the fine: 2023年 8月 5日 上午9时."""

from __future__ import annotations

from typing import NamedTuple

from extractor.context.time_grammar import Grammar, sort_of
from extractor.matching import compiled

_BRACKET = compiled(r"\([^()]{2,24}\)")
RANK = {"zone": 10, "year": 9, "part": 8, "month": 7, "third": 6, "week": 5, "day": 4, "hour": 3}
_LOOSE_JOIN = {"feast", "event"}
_MOST_PIECES = 8


class Piece(NamedTuple):
    """A piece at its place; it joins what is coarser than ``top`` and is followed by what is finer than ``bottom``."""

    start: int
    end: int
    kind: str
    top: int
    bottom: int


def chain_at(text: str, begin: int, start: int, finish: int, grammar: Grammar) -> list[Piece]:
    """The pieces that stand together from ``start`` on."""
    first = piece_at(text, begin, start, finish, grammar, None)
    if first is None:
        return []
    chain = [first]
    ranged = False
    while len(chain) < _MOST_PIECES:
        last = chain[-1]
        following = _next(text, begin, last, finish, grammar)
        if (
            following is None
            and not ranged
            and last.kind in RANK
            and (dash := grammar.dash.match(text, last.end, finish))
        ):
            following = piece_at(text, begin, dash.end(), finish, grammar, None)
            if following is not None and following.kind not in RANK:
                following = None
            ranged = following is not None
        if following is None:
            break
        chain.append(following)
    return chain


def _next(text: str, begin: int, last: Piece, finish: int, grammar: Grammar) -> Piece | None:
    """The piece that goes on where ``last`` ends: straight, over a blank or 的, or in a bracket."""
    at = last.end
    if at >= finish:
        return None
    straight = piece_at(text, begin, at, finish, grammar, last)
    if straight is not None:
        return straight
    if text[at] == " " or text[at] in grammar.known.linking:
        return (
            piece_at(text, begin, at + 1, finish, grammar, last)
            if last.kind in ("year", "span", "week")
            else None
        )
    if last.kind in ("day", "week") and (bracket := _BRACKET.match(text, at, finish)):
        inside = chain_at(text, begin, at + 1, bracket.end() - 1, grammar)
        if inside and inside[-1].end == bracket.end() - 1 and inside[-1].kind in ("day", "third"):
            return Piece(at, bracket.end(), last.kind, last.top, RANK["day"])
    return None


def piece_at(
    text: str, begin: int, start: int, finish: int, grammar: Grammar, last: Piece | None
) -> Piece | None:
    """The longest piece at ``start``; behind ``last`` only one that goes on from it."""
    end = grammar.pieces.end(text, start, finish)
    if end < 0:
        return None
    if last is None and start > begin:
        before = text[start - 1]
        if (text[start] in grammar.numerals and before in grammar.numerals) or (
            before in ".·" and text[start].isdecimal()
        ):
            return None  # inside a number
    sort = sort_of(text[start:end])
    if sort.not_after and text.endswith(sort.not_after, begin, start):
        return None
    if sort.kind == "edge" and last is None:
        return None
    piece = _ranked(text, start, end, sort.kind, grammar)
    return piece if last is None or _joins(last, piece) else None


def _ranked(text: str, start: int, end: int, kind: str, grammar: Grammar) -> Piece:
    rank = RANK.get(kind, 0)
    top = RANK["month"] if kind in ("day", "third") and grammar.month.match(text, start, end) else rank
    return Piece(start, end, kind, top, rank)


def _joins(last: Piece, piece: Piece) -> bool:
    """Whether a piece goes on from the one before it."""
    if piece.kind == "edge":
        return last.kind == "year"
    if piece.kind in _LOOSE_JOIN:
        return last.kind in ("year", "part", "month")
    if last.kind == "span":
        return piece.kind in ("part", "feast")
    if last.kind == "edge":
        return piece.kind in ("month", "feast")
    if last.kind == "feast":
        return piece.kind in ("day", "hour", "span", "bare")
    if piece.kind in ("hour", "tip"):
        return last.kind in ("day", "hour", "tip", "week", "order", "now")
    return 0 < piece.top < last.bottom
