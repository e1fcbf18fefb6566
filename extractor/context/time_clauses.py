"""Clauses that say when: 项目投产后, 自开馆以来."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.context.time_grammar import Condition, Grammar
from extractor.lexicon.phrases import Span

BORDERS = frozenset("，。；：！？,;:!?\n()（）、…")


def clauses(text: str, begin: int, finish: int, grammar: Grammar) -> Iterator[Span]:
    """The clauses that say when: 项目投产后, 自开馆以来."""
    for at, end, entry in grammar.closings.find(text, begin, finish):
        if (text[at].isdecimal() and at > begin and text[at - 1].isdecimal()) or grammar.calendar.match(
            text, at
        ):
            continue  # a year of the calendar and no amount of years: 小河村2022年，
        start = _clause_start(text, begin, at, end, grammar.clauses[entry], grammar)
        if start >= 0:
            yield start, end


def _clause_start(text: str, begin: int, at: int, end: int, words: Condition, grammar: Grammar) -> int:
    """Where the clause begins that the words at ``text[at:end]`` close, -1 if it is none."""
    lowest = max(begin, at - words.longest - 1)
    start = at
    while start > lowest and text[start - 1] not in BORDERS:
        start -= 1
    if words.longest and start == lowest and start > begin and text[start - 1] not in BORDERS:
        # The clause is long; it counts from a word that opens it.
        known = grammar.known
        openers = known.opens_long if words.comma else known.opens_long + known.opens_clause
        inner = max(text.rfind(word, start, at) for word in openers)
        if inner < 0:
            return -1
        start = inner
    opened = start
    if text.startswith(grammar.known.linking, end):  # 由试点前的11%提升到29%
        inner = max(text.rfind(word, start, at) for word in grammar.known.origin)
        if inner < 0 and words.comma:
            return -1
        start = inner + 1 if inner >= 0 else start
        if text[at] in grammar.numerals and any(one.isdecimal() for one in text[start:at]):
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
