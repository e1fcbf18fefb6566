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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.lexicon.words import lexicon

Span = tuple[int, int]

_HAN = "零〇一二三四五六七八九十百千两几数半"
_PLACEHOLDERS = {
    "N": f"(?>(?:[0-9]{{1,3}}(?![0-9])|[{_HAN}]{{1,5}})[多余]?)",
    "Y": "(?>(?:1[5-9]|20)[0-9][0-9](?![0-9])|[一二][零〇一二三四五六七八九O]{3})",
    "Z": "(?:[5-9][0-9](?![0-9])|[四五六七八九][零〇一二三四五六七八九])",
    "R": "1[0-4][0-9](?![0-9])",
    "M": "(?>(?:1[0-2]|0?[1-9])(?![0-9])|十[一二]?|[一二三四五六七八九])",
    "D": "(?>[0-3]?[0-9](?![0-9])|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)",
    "H": "(?>[0-6]?[0-9](?![0-9])|[二三四五]?十[一二三四五六七八九]?|[零一二三四五六七八九两])",
    "P": "十?[一二三四五六七八九]?(?=五)",
    "-": "[-—~至到]{1,2}",
}
_ORDER = "PDHNMRZY"[::-1]  # the more special first; after them the plain characters
_NUMERALS = frozenset(f"0123456789{_HAN}")
_DASH = re.compile("[-—~至到]{1,2}")
_BRACKET = re.compile(r"\([^()]{2,24}\)")
_BORDERS = frozenset("，。；：！？,;:!?\n()（）、…")
_CLAUSE_BORDERS = re.compile("[，。；：！？,;:!?\n()（）、…]")
_RANK = {"zone": 10, "year": 9, "part": 8, "month": 7, "third": 6, "week": 5, "day": 4, "hour": 3}
_LOOSE_JOIN = {"feast", "event"}
_ALONE_NOT = {"edge", "event", "zone", "tip"}
_MOST_PIECES = 8
_MONTH = re.compile("[0-9一二三四五六七八九十]{1,3} ?月")


class _Piece(NamedTuple):
    """A piece at its place; it joins what is coarser than ``top`` and is followed by what is finer than ``bottom``."""

    start: int
    end: int
    kind: str
    top: int
    bottom: int


class _Form(NamedTuple):
    """What the forms of one entry are, and after what they are none."""

    kind: str
    not_after: tuple[str, ...]


class _Words(NamedTuple):
    """The conditions under which a word beside an expression counts, as ``times.toml`` tells them."""

    not_after: tuple[str, ...]
    border: bool
    after: tuple[str, ...]
    longest: int
    shortest: int
    comma: bool
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The data of ``times.toml``, ready for use."""

    begins: re.Pattern[str]
    singles: frozenset[str]
    pairs: frozenset[str]
    pieces: re.Pattern[str]
    forms: tuple[tuple[re.Pattern[str], _Form], ...]
    openers: Mapping[str, _Words]
    closers: Mapping[str, tuple[tuple[re.Pattern[str], frozenset[str]], ...]]
    clause: re.Pattern[str]
    clauses: tuple[_Words, ...]
    no_clause: tuple[tuple[str, ...], ...]
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
    found = list(_expressions(text, begin, finish, figures, grammar))
    found += [
        span for span in _clauses(text, begin, finish, grammar) if all(end != span[1] for _, end in figures)
    ]
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


def _expressions(
    text: str, begin: int, finish: int, figures: Sequence[Span], grammar: _Grammar
) -> Iterator[Span]:
    at = begin
    for match in grammar.begins.finditer(text, begin, finish):
        start = match.start()
        if start < at or not (text[start] in grammar.singles or text[start : start + 2] in grammar.pairs):
            continue
        chain = _chain(text, begin, start, finish, grammar)
        if not chain:
            continue
        opened = _opener(text, begin, start, grammar)
        end = _closer(text, chain[-1].end, finish, chain, grammar)
        closed = end > chain[-1].end
        if closed and (joined := _after_closer(text, begin, end, finish, chain, grammar)):
            end = joined
        at = end
        if not (closed or opened < start) and all(piece.kind in _ALONE_NOT for piece in chain):
            continue
        if not _is_amount(start, end, chain, figures) and not _is_basis(text, opened, end, figures, grammar):
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
        if (
            following is None
            and not ranged
            and last.kind in _RANK
            and (dash := _DASH.match(text, last.end, finish))
        ):
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
        return (
            _piece(text, begin, at + 1, finish, grammar, last)
            if last.kind in ("year", "span", "week")
            else None
        )
    if last.kind in ("day", "week") and (bracket := _BRACKET.match(text, at, finish)):
        inside = _chain(text, begin, at + 1, bracket.end() - 1, grammar)
        if inside and inside[-1].end == bracket.end() - 1 and inside[-1].kind in ("day", "third"):
            return _Piece(at, bracket.end(), last.kind, last.top, _RANK["day"])
    return None


def _piece(
    text: str, begin: int, start: int, finish: int, grammar: _Grammar, last: _Piece | None
) -> _Piece | None:
    """The longest piece at ``start``; behind ``last`` only one that goes on from it."""
    match = grammar.pieces.match(text, start, finish)
    if match is None:
        return None
    if last is None and start > begin:
        before = text[start - 1]
        if (text[start] in _NUMERALS and before in _NUMERALS) or (before in ".·" and text[start].isdecimal()):
            return None  # inside a number
    form = _form(match.group())
    if form.not_after and text.endswith(form.not_after, begin, start):
        return None
    if form.kind == "edge" and last is None:
        return None
    piece = _ranked(text, start, match.end(), form.kind)
    return piece if last is None or _joins(last, piece) else None


@functools.lru_cache(4096)
def _form(words: str) -> _Form:
    """What a piece is that the pattern of all pieces has found."""
    grammar = _grammar()
    return next((form for pattern, form in grammar.forms if pattern.fullmatch(words)), _Form("now", ()))


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
    if piece.kind in ("hour", "tip"):
        return last.kind in ("day", "hour", "tip", "week", "order", "now")
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


def _closer(text: str, end: int, finish: int, chain: list[_Piece], grammar: _Grammar) -> int:
    """Where the expression ends with the words that close it."""
    kinds = {piece.kind for piece in chain}
    for _ in range(2):
        best = end
        for pattern, classes in grammar.closers.get(text[end : end + 1], ()):
            if not classes or not classes.isdisjoint(kinds):
                match = pattern.match(text, end, finish)
                if match is not None and match.end() > best:
                    best = match.end()
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


def _is_amount(start: int, end: int, chain: list[_Piece], figures: Sequence[Span]) -> bool:
    """Whether the first piece is a figure, or an amount of time ends with one: 工期180天."""
    if not figures:
        return False
    amount = all(piece.kind in ("span", "bare") for piece in chain)
    return any(
        (amount and start < figure_end == end) or (first <= start and end <= figure_end)
        for first, figure_end in figures
    )


def _is_basis(text: str, start: int, end: int, figures: Sequence[Span], grammar: _Grammar) -> bool:
    """Whether something is compared with the time and no figure of its own follows (较2020年的11亿元)."""
    if text.endswith(grammar.before, 0, start) or text.startswith(grammar.behind, end):
        return not any(
            0 < figure - end <= 12
            and "的" in text[end:figure]
            and not _CLAUSE_BORDERS.search(text, end, figure)
            for figure, _ in figures
        )
    return False


# ---- clauses ----


def _clauses(text: str, begin: int, finish: int, grammar: _Grammar) -> Iterator[Span]:
    """The clauses that say when: 项目投产后, 自开馆以来."""
    for match in grammar.clause.finditer(text, begin, finish):
        start = _clause_start(text, begin, match, grammar.clauses[(match.lastindex or 1) - 1], grammar)
        if start >= 0:
            yield start, match.end()


def _clause_start(text: str, begin: int, match: re.Match[str], words: _Words, grammar: _Grammar) -> int:
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
        if text[at] in _NUMERALS and any(one.isdecimal() for one in text[start:at]):
            return -1  # 从2018年的3000人涨到2023年的1.6万人: two times with their figures
    lead = grammar.leads.match(text, start, at)
    if lead is not None:
        start = lead.end()
    if words.opened and not text.startswith(words.opened, opened):
        return -1
    if at - start < words.shortest and words.longest:
        return -1
    if text.endswith(grammar.no_clause[min(end - at, 3)], start, end) or text.startswith(
        grammar.before, start, end
    ):
        return -1
    return opened if words.opened else start


# ---- the data ----


@functools.cache
def _grammar() -> _Grammar:
    """The grammar of the package's own lexicon, built at the first call."""
    data = lexicon().data
    all_forms: dict[str, tuple[str, ...]] = {}
    kinds = []
    for entry in data["time"]:
        not_before = tuple(entry.get("not_before", ()))
        forms = {form: not_before for form in entry["forms"] if form not in all_forms}
        all_forms.update(forms)
        kinds.append(
            (re.compile(_tree_pattern(forms)), _Form(entry["class"], tuple(entry.get("not_after", ()))))
        )
    closers: dict[str, list[tuple[re.Pattern[str], frozenset[str]]]] = {}
    for entry in data["time_closer"]:
        pattern = re.compile(
            _tree_pattern({word: tuple(entry.get("not_before", ())) for word in entry["words"]})
        )
        classes = frozenset(entry["classes"]) - {"*"}
        for first in {word[0] for word in entry["words"]}:
            closers.setdefault(first, []).append((pattern, classes))
    basis = {
        where: tuple(
            word for entry in data["time_basis"] if entry["where"] == where for word in entry["words"]
        )
        for where in ("before", "behind")
    }
    leads = sorted((word for entry in data["time_lead"] for word in entry["words"]), key=len, reverse=True)
    return _Grammar(
        begins=_beginning(all_forms),
        singles=frozenset(
            {form[0] for form in all_forms if len(form) == 1 or form[1] in _PLACEHOLDERS} | _NUMERALS
        ),
        pairs=frozenset(form[:2] for form in all_forms),
        pieces=re.compile(_tree_pattern(all_forms)),
        forms=tuple(kinds),
        openers={word: _words(entry) for entry in data["time_opener"] for word in entry["words"]},
        closers={first: tuple(found) for first, found in closers.items()},
        clause=_closing(data["time_clause"]),
        clauses=tuple(_words(entry) for entry in data["time_clause"]),
        no_clause=tuple(
            tuple(word for entry in data["time_no_clause"] for word in entry["words"] if len(word) > length)
            for length in range(4)
        ),
        leads=re.compile("(?:" + "|".join(leads) + ")"),
        before=basis["before"],
        behind=basis["behind"],
    )


def _words(entry: Mapping[str, Any]) -> _Words:
    return _Words(
        tuple(entry.get("not_after", ())),
        entry.get("border", False),
        tuple(entry.get("after", ())),
        entry.get("longest", 0),
        entry.get("shortest", 1),
        entry.get("comma", False),
        tuple(entry.get("opened", ())),
    )


def _closing(entries: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    """A pattern with a group for each entry, for the words that close a clause."""
    parts = []
    for entry in entries:
        words = _tree_pattern(dict.fromkeys(entry["words"], ()))
        parts.append(f"({words}(?=[，,的]|$))" if entry.get("comma") else f"({words})")
    firsts = {word[0] for entry in entries for word in entry["words"]} - _PLACEHOLDERS.keys()
    return re.compile(f"(?=[{''.join(sorted(firsts | _NUMERALS))}])(?:{'|'.join(parts)})")


def _beginning(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the places where a piece can begin, which has to be quick before it is exact.

    A numeral counts where a word of time can follow it; a number of things is passed over.
    """
    plain: set[str] = set()
    second: set[str] = set()
    behind: set[str] = set()
    for form in forms:
        if form[0] not in _PLACEHOLDERS:
            plain.add(form[0])
            second.update("0123456789" + _HAN if form[1:2] in _PLACEHOLDERS else form[1:2])
        elif form[1:2] not in _PLACEHOLDERS:
            behind.add(form[1:2])
    numerals = "".join(sorted(_NUMERALS))
    numeral = f"(?<=[{numerals}])(?<![{numerals}][{numerals}])(?=[{numerals}]{{0,4}}+[多余]? ?[-—~至到{re.escape(''.join(behind))}])"
    word = f"(?<=[{''.join(sorted(plain))}])(?=[{re.escape(''.join(sorted(second)))}])"
    return re.compile(f"[{numerals}{''.join(sorted(plain))}](?:{word}|{numeral}|(?<=周))")


def _tree_pattern(forms: Mapping[str, tuple[str, ...]]) -> str:
    """A pattern for the longest of the forms, as a tree of their characters, so that none is tried in vain.

    >>> _tree_pattern({"今年": (), "今天": (), "今年底": ("部",)})
    '今(?:天|年(?:底(?!部)|))'
    """
    branches: dict[str, dict[str, tuple[str, ...]]] = {}
    for form, not_before in forms.items():
        if form:
            branches.setdefault(form[0], {})[form[1:]] = not_before
    parts = []
    for sign in sorted(branches, key=lambda sign: (_ORDER.find(sign), sign)):
        own = _PLACEHOLDERS[sign] if sign in _PLACEHOLDERS else re.escape(sign)
        blank = " ?" if sign in _PLACEHOLDERS else ""
        parts.append(f"{own}{blank}{_tree_pattern(branches[sign])}")
    if "" in forms:
        longer = "|".join(map(re.escape, forms[""]))
        parts.append(f"(?!{longer})" if longer else "")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
