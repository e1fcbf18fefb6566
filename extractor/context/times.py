"""Finds the time expressions of a text: one grammar for all of them, its words in ``lexicon/times.toml``.

An expression is put together from pieces: an opener (截至), pieces of the calendar from the coarse to the fine
(2023年 8月 5日 上午9时), a range of two of them (去年10月至今年2月), an amount of time that says when (三年间), a
holiday or a stage of work (春运期间), and a closer (以来, 期间). A clause that ends in a word of time is an expression
as well (项目投产后). Which expression governs a figure is not decided here.

Pieces are looked up in a tree of characters, so that nothing backtracks; text without the first characters of a piece
is passed over by one search for a set of characters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extractor.lexicon.words import lexicon

Span = tuple[int, int]

_HAN = "零〇一二三四五六七八九十百千两几数半"
_PLACEHOLDERS = {
    "N": re.compile(f"(?:[0-9]{{1,3}}(?![0-9])|[{_HAN}]{{1,5}})[多余]?"),
    "Y": re.compile("(?:1[5-9]|20)[0-9][0-9](?![0-9])|[一二][零〇一二三四五六七八九O]{3}"),
    "Z": re.compile("[5-9][0-9](?![0-9])|[四五六七八九][零〇一二三四五六七八九]"),
    "R": re.compile("1[0-4][0-9](?![0-9])"),
    "M": re.compile("(?:1[0-2]|0?[1-9])(?![0-9])|十[一二]?|[一二三四五六七八九]"),
    "D": re.compile("[0-3]?[0-9](?![0-9])|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?"),
    "H": re.compile("[0-6]?[0-9](?![0-9])|[二三四五]?十[一二三四五六七八九]?|[零一二三四五六七八九两]"),
    "P": re.compile("十?[一二三四五六七八九]?(?=五)"),
    "-": re.compile("[-—~至到]{1,2}"),
}
_NUMERALS = frozenset(f"0123456789{_HAN}")
_DASH = re.compile("[-—~至到]{1,2}")
_BORDERS = frozenset("，。；：！？,;:!?\n()（）、…")
_CLAUSE_BORDERS = re.compile("[，。；：！？,;:!?\n()（）、…]")
_RANK = {"zone": 10, "year": 9, "part": 8, "month": 7, "third": 6, "week": 5, "day": 4, "hour": 3}
_LOOSE_JOIN = {"feast", "event"}
_ALONE_NOT = {"edge", "event", "zone"}
_MOST_PIECES = 8
_MONTH = re.compile("[0-9一二三四五六七八九十]{1,3}月")


class _Kind(NamedTuple):
    """What a piece is and beside what it is none."""

    name: str
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


class _Piece(NamedTuple):
    """A piece at its place; it joins what is coarser than ``top`` and is followed by what is finer than ``bottom``."""

    start: int
    end: int
    kind: str
    top: int
    bottom: int


@dataclass(slots=True)
class _Node:
    """A node of the tree: the next characters, the next placeholders, what ends here."""

    characters: dict[str, _Node] = field(default_factory=dict)
    places: dict[str, _Node] = field(default_factory=dict)
    kinds: list[_Kind] = field(default_factory=list)

    def add(self, form: str, kind: _Kind) -> None:
        node = self
        for sign in form:
            branch = node.places if sign in _PLACEHOLDERS else node.characters
            node = branch.setdefault(sign, _Node())
        node.kinds.append(kind)


@dataclass(frozen=True, slots=True)
class _Words:
    """A word beside an expression and the conditions under which it counts."""

    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    border: bool = False
    after: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    longest: int = 0
    shortest: int = 1
    comma: bool = False
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The data of ``times.toml``, ready for use."""

    pieces: _Node
    closers: _Node
    begins: re.Pattern[str]
    openers: Mapping[str, _Words]
    closing: Mapping[str, _Words]
    clauses: tuple[tuple[re.Pattern[str], _Words], ...]
    no_clause: tuple[str, ...]
    leads: re.Pattern[str]
    before: tuple[str, ...]
    behind: tuple[str, ...]


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
    grammar = _grammar()
    found = [
        span
        for span in _expressions(text, begin, finish, grammar)
        if not _is_amount(span, figures) and not _is_basis(text, begin, finish, span, figures, grammar)
    ]
    found += [span for span in _clauses(text, begin, finish, grammar) if all(end != span[1] for _, end in figures)]
    return _outermost(found)


def _outermost(spans: list[Span]) -> list[Span]:
    """The spans that lie in no other, in order; of two that overlap the first one."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
        elif end > kept[-1][1]:  # 今年5月|新一轮轮换启动以来
            kept[-1] = (kept[-1][0], end)
    return kept


# ---- expressions that are put together from pieces ----


def _expressions(text: str, begin: int, finish: int, grammar: _Grammar) -> Iterator[Span]:
    at = begin
    while match := grammar.begins.search(text, at, finish):
        start = match.start()
        chain = _chain(text, begin, start, finish, grammar)
        if not chain:
            at = start + 1
            continue
        opened = _opener(text, begin, start, grammar)
        end = _closer(text, chain[-1].end, finish, {piece.kind for piece in chain}, grammar)
        closed = end > chain[-1].end
        if closed and (joined := _after_closer(text, begin, end, finish, chain, grammar)):
            end = joined
        at = max(end, start + 1)
        if closed or opened < start or not all(piece.kind in _ALONE_NOT for piece in chain):
            yield opened, end


def _chain(text: str, begin: int, start: int, finish: int, grammar: _Grammar) -> list[_Piece]:
    """The pieces that stand together from ``start`` on."""
    first = _piece(text, begin, start, finish, grammar, None)
    if first is None:
        return []
    chain = [first]
    ranged = False
    while len(chain) < _MOST_PIECES:
        last = chain[-1]
        following = _next(text, begin, last, finish, grammar)
        if following is None and not ranged and last.kind in _RANK and (dash := _DASH.match(text, last.end, finish)):
            following = _piece(text, begin, dash.end(), finish, grammar, None)
            if following is not None and following.kind not in _RANK:
                following = None
            ranged = following is not None
        if following is None:
            break
        chain.append(following)
    return chain


def _next(text: str, begin: int, last: _Piece, finish: int, grammar: _Grammar) -> _Piece | None:
    """The piece that goes on where ``last`` ends: straight, over a blank or 的, or in a bracket."""
    at = last.end
    if at >= finish:
        return None
    straight = _piece(text, begin, at, finish, grammar, last)
    if straight is not None:
        return straight
    if text[at] in " 的":
        return _piece(text, begin, at + 1, finish, grammar, last) if last.kind in ("year", "span", "week") else None
    if text[at] == "(" and last.kind in ("day", "week"):
        inside = _chain(text, begin, at + 1, finish, grammar)
        if inside and inside[-1].end < finish and text[inside[-1].end] == ")" and inside[-1].kind in ("day", "third"):
            return _Piece(at, inside[-1].end + 1, last.kind, last.top, _RANK["day"])
    return None


def _piece(
    text: str, begin: int, start: int, finish: int, grammar: _Grammar, last: _Piece | None
) -> _Piece | None:
    """The longest piece at ``start``; behind ``last`` only one that goes on from it."""
    if start >= finish:
        return None
    best: _Piece | None = None
    inside_numeral = start > begin and text[start] in _NUMERALS and text[start - 1] in _NUMERALS
    inside_numeral = inside_numeral or (start > begin and text[start - 1] in ".·" and text[start].isdecimal())
    for end, kind in _matches(grammar.pieces, text, start, finish):
        if best is not None and end <= best.end:
            continue
        if (inside_numeral and last is None) or text.startswith(kind.not_before, end):
            continue
        if kind.not_after and text.endswith(kind.not_after, begin, start):
            continue
        piece = _ranked(text, start, end, kind.name)
        if last is None:
            if kind.name == "edge":
                continue
        elif not _joins(last, piece):
            continue
        best = piece
    return best


def _matches(node: _Node, text: str, at: int, finish: int) -> Iterator[tuple[int, _Kind]]:
    """Every form of the tree that stands at ``at``: where it ends, and what it is."""
    for kind in node.kinds:
        yield at, kind
    if at >= finish:
        return
    following = node.characters.get(text[at])
    if following is not None:
        yield from _matches(following, text, at + 1, finish)
    for place, next_node in node.places.items():
        match = _PLACEHOLDERS[place].match(text, at, finish)
        if match is not None:
            end = match.end()
            if text.startswith(" ", end) and end + 1 < finish and text[end + 1] in next_node.characters:
                end += 1
            yield from _matches(next_node, text, end, finish)


def _ranked(text: str, start: int, end: int, kind: str) -> _Piece:
    rank = _RANK.get(kind, 0)
    top = _RANK["month"] if kind in ("day", "third") and _MONTH.match(text, start, end) else rank
    return _Piece(start, end, kind, top, rank)


def _joins(last: _Piece, piece: _Piece) -> bool:
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
    if piece.kind == "hour":
        return last.kind in ("day", "hour", "week", "order", "now")
    return 0 < piece.top < last.bottom


# ---- what stands before and behind ----


def _opener(text: str, begin: int, start: int, grammar: _Grammar) -> int:
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
            first == begin or text[first - 1] in _BORDERS or text.endswith(words.after, begin, first)
        ):
            continue
        return first
    return start


def _closer(text: str, end: int, finish: int, kinds: set[str], grammar: _Grammar) -> int:
    """Where the expression ends with the words that close it."""
    for _ in range(2):
        best = end
        for stop, kind in _matches(grammar.closers, text, end, finish):
            words = grammar.closing[kind.name]
            if stop <= best or not (words.classes & kinds or "*" in words.classes):
                continue
            if not text.startswith(words.not_before, stop):
                best = stop
        if best == end:
            break
        end = best
    return end


def _after_closer(
    text: str, begin: int, end: int, finish: int, chain: list[_Piece], grammar: _Grammar
) -> int:
    """The end of a season behind 四年前的, 0 if none follows."""
    if chain[-1].kind != "span" or not text.startswith("的", end):
        return 0
    season = _piece(text, begin, end + 1, finish, grammar, chain[-1])
    return season.end if season else 0


def _is_amount(span: Span, figures: Sequence[Span]) -> bool:
    """Whether an expression ends with a figure, or is one: 工期180天."""
    return any(span[0] < end and span[1] <= end and start < span[1] for start, end in figures)


def _is_basis(
    text: str, begin: int, finish: int, span: Span, figures: Sequence[Span], grammar: _Grammar
) -> bool:
    """Whether something is compared with the time and no figure of its own follows (较2020年的11亿元)."""
    start, end = span
    if text.endswith(grammar.before, begin, start) or text.startswith(grammar.behind, end):
        return not any(
            0 < figure - end <= 12 and "的" in text[end:figure] and not _CLAUSE_BORDERS.search(text, end, figure)
            for figure, _ in figures
        )
    return False


# ---- clauses ----


def _clauses(text: str, begin: int, finish: int, grammar: _Grammar) -> Iterator[Span]:
    """The clauses that say when: 项目投产后, 自开馆以来."""
    for pattern, words in grammar.clauses:
        for match in pattern.finditer(text, begin, finish):
            start = _clause_start(text, begin, match, words, grammar)
            if start >= 0:
                yield start, match.end()


def _clause_start(
    text: str, begin: int, match: re.Match[str], words: _Words, grammar: _Grammar
) -> int:
    """Where the clause begins that the match closes, -1 if it is none."""
    at, end = match.span()
    lowest = max(begin, at - words.longest - 1)
    start = at
    while start > lowest and text[start - 1] not in _BORDERS:
        start -= 1
    if words.longest and start == lowest and start > begin and text[start - 1] not in _BORDERS:
        # The clause is long; it counts from a word that opens it.
        inner = max(text.rfind("自", start, at), text.rfind("在", start, at) if not words.comma else -1)
        if inner < 0:
            return -1
        start = inner
    opened = start
    if text.startswith("的", end):  # 由试点前的11%提升到29%
        inner = max(text.rfind("由", start, at), text.rfind("从", start, at))
        if inner < 0 and words.comma:
            return -1
        start = inner + 1 if inner >= 0 else start
    lead = grammar.leads.match(text, start, at)
    if lead is not None:
        start = lead.end()
    if words.opened and not text.startswith(words.opened, opened):
        return -1
    if at - start < words.shortest and words.longest:
        return -1
    if text.endswith(grammar.no_clause, start, end) or text.startswith(grammar.before, start, end):
        return -1
    return opened if words.opened else start


# ---- the data ----


@functools.cache
def _grammar() -> _Grammar:
    """The grammar of the package's own lexicon, built at the first call."""
    data = lexicon().data
    pieces, closers = _Node(), _Node()
    for entry in data["time"]:
        kind = _Kind(entry["class"], tuple(entry.get("not_before", ())), tuple(entry.get("not_after", ())))
        for form in entry["forms"]:
            pieces.add(form, kind)
    closing: dict[str, _Words] = {}
    for number, entry in enumerate(data["time_closer"]):
        closing[str(number)] = _words(entry)
        for form in entry["words"]:
            closers.add(form, _Kind(str(number), (), ()))
    openers = {word: _words(entry) for entry in data["time_opener"] for word in entry["words"]}
    clauses = tuple((_closing_pattern(entry), _words(entry)) for entry in data["time_clause"])
    basis = {
        where: tuple(word for entry in data["time_basis"] if entry["where"] == where for word in entry["words"])
        for where in ("before", "behind")
    }
    leads = sorted((word for entry in data["time_lead"] for word in entry["words"]), key=len, reverse=True)
    return _Grammar(
        pieces,
        closers,
        _beginning(pieces),
        openers,
        closing,
        clauses,
        tuple(word for entry in data["time_no_clause"] for word in entry["words"]),
        re.compile("(?:" + "|".join(leads) + ")"),
        basis["before"],
        basis["behind"],
    )


def _words(entry: Mapping[str, Any]) -> _Words:
    return _Words(
        tuple(entry.get("not_before", ())),
        tuple(entry.get("not_after", ())),
        entry.get("border", False),
        tuple(entry.get("after", ())),
        frozenset(entry.get("classes", ())),
        entry.get("longest", 0),
        entry.get("shortest", 1),
        entry.get("comma", False),
        tuple(entry.get("opened", ())),
    )


def _closing_pattern(entry: Mapping[str, Any]) -> re.Pattern[str]:
    """A pattern of the words that close a clause, the longest first."""
    words = sorted(entry["words"], key=len, reverse=True)
    choice = "|".join(_PLACEHOLDERS["N"].pattern.join(map(re.escape, word.split("N"))) for word in words)
    return re.compile(f"(?:{choice})(?=[，,的]|$)" if entry.get("comma") else f"(?:{choice})")


def _beginning(tree: _Node) -> re.Pattern[str]:
    """A pattern for the first two characters of a piece, so that the rest of the text costs little."""
    singles: set[str] = set()
    pairs: list[str] = []
    for first, node in tree.characters.items():
        if node.kinds or node.places:
            singles.add(first)
        else:
            pairs.append(f"{first}[{re.escape(''.join(sorted(node.characters)))}]")
    return re.compile("|".join([f"[{re.escape(''.join(sorted(singles)))}0-9{_HAN}廿]", *sorted(pairs)]))
