"""Explanations to read: each sentence with its numerals in colour, and under it a block for every numeral."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from extractor.context.explaining import Decision
from extractor.model import Figure
from extractor.sources.escapes import escaped
from extractor.trace import Bound, Explanation

FIGURE, ITEM, REJECTED, LABEL = "bold green", "cyan", "red", "dim"
_WIDTH = 12


def render(explanations: Iterable[Explanation], *, color: bool) -> str:
    """The explanations as text, with codes for colours if so asked.

    >>> from extractor.trace import explain
    >>> print(render(explain("发放补贴1200元。"), color=False))  # doctest: +ELLIPSIS
    -:1  发放补贴1200元。
      1200元  figure: 1200 元
        rule        unit.currency: a number with a currency
        unit        元, as written
        item        补贴, on the left, between 发放 (verb) and the figure
        qualifier   exact
        kind        money, by 元
        action      发放
        subject     none named
        period      none governs
        sure        0...
        why item    补贴 ..., then none ...
    ...
    """
    console = Console(
        file=io.StringIO(), width=1_000_000, force_terminal=color, no_color=not color, highlight=False,
        color_system="standard" if color else None,
    )  # fmt: skip
    for _, group in groupby(
        explanations, key=lambda one: (one.outcome.source, one.outcome.article, one.sentence)
    ):
        numerals = list(group)
        console.print(_sentence(numerals))
        for numeral in numerals:
            for line in _block(numeral):
                console.print(line)
        console.print()
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _sentence(numerals: list[Explanation]) -> Text:
    """The place and the sentence; figures, items and rejected numerals each in their colour."""
    first = numerals[0]
    text = Text(escaped(f"{first.outcome.source}:{first.outcome.line}  "), style=LABEL)
    sentence = Text(escaped(first.sentence), style="none")

    plain = sentence.plain == first.sentence

    def at(offset: int) -> int:
        return offset if plain else len(escaped(first.sentence[:offset]))

    for numeral in numerals:
        figure = numeral.figure
        if figure and numeral.item_at >= 0:
            sentence.stylize(ITEM, at(numeral.item_at), at(numeral.item_at + len(figure.item)))
    for numeral in numerals:
        sentence.stylize(
            FIGURE if numeral.figure else REJECTED, at(numeral.at), at(numeral.at + len(numeral.text))
        )
    return text + sentence


def _block(numeral: Explanation) -> Iterator[Text]:
    """What one numeral was taken for, and why."""
    figure, rejection = numeral.figure, numeral.rejection
    if rejection:
        yield Text.assemble("  ", (escaped(numeral.text), REJECTED), f"  no figure: {rejection.reason}")
        yield _line("rule", f"{numeral.rule}: {numeral.says}")
        return
    assert figure is not None
    number = figure.value if figure.value is not None else f"{figure.low} to {figure.high}"
    yield Text.assemble("  ", (escaped(numeral.text), FIGURE), f"  figure: {number} {figure.unit}".rstrip())
    yield _line("rule", f"{numeral.rule}: {numeral.says}")
    if len(numeral.candidates) > 1:
        yield _line("numerals", " and ".join(numeral.candidates))
    if numeral.headers:
        yield from _cell(numeral, figure)
        return
    written = f"written {numeral.unit_written}" if numeral.unit_written else "implied"
    if numeral.unit_written == figure.unit:
        written = "as written"
    yield _line("unit", f"{figure.unit}, {written}" if figure.unit else "none")
    yield _line("item", _item(numeral) if figure.item else "none named")
    by = f", by {numeral.qualifier_words}" if numeral.qualifier_words else ""
    yield _line("qualifier", figure.qualifier + by)
    yield _line("kind", figure.kind + (f", by {numeral.kind_words}" if numeral.kind_words else ""))
    for name, words in _others(figure):
        yield _line(name, words)
    yield _line("sure", f"{figure.confidence:.2f}")
    for decision in numeral.decisions:
        yield _line(f"why {decision.question}", _why(decision))


def _cell(numeral: Explanation, figure: Figure) -> Iterator[Text]:
    """What a number in a cell of a table was taken for, and which header says so."""
    yield _line("cell", figure.locator)
    for name in ("unit", "item", "period"):
        value, where = getattr(figure, name), numeral.headers.get(name, "none")
        yield _line(name, f"{value}, by {where}" if value else "none")
    yield _line("kind", figure.kind + (f", by {numeral.kind_words}" if numeral.kind_words else ""))
    yield from (_line(name, words) for name, words in _others(figure) if name not in ("action", "period"))
    yield _line("sure", f"{figure.confidence:.2f}")


def _others(figure: Figure) -> Iterator[tuple[str, str]]:
    """What else the row says, as far as it says something."""
    origin = {"sentence": "", "article": ", from an earlier sentence"}.get(figure.period_from, "")
    yield "action", figure.action or "none"
    yield "subject", figure.subject or "none named"
    yield "period", figure.period + origin if figure.period else "none governs"
    if figure.per:
        yield "per", figure.per
    if figure.change or figure.basis:
        against = f"against {figure.basis}" if figure.basis else ""
        yield "change", ", ".join(filter(None, (figure.change, against)))


def _why(decision: Decision) -> str:
    """The winner and the runner-up with their shares, and the evidence that parted them."""
    if not decision.runner_up:
        return f"{decision.winner}, the only candidate"
    evidence = "; ".join(f"{piece.weight:+.2f} {piece.name}" for piece in decision.pieces)
    return (
        f"{decision.winner} {decision.share:.2f}, then {decision.runner_up} {decision.runner_up_share:.2f}"
        + (f": {evidence}" if evidence else "")
    )


def _item(numeral: Explanation) -> str:
    assert numeral.figure is not None
    item = numeral.figure.item
    if numeral.item_side == "earlier" and numeral.item_at < 0:
        return f"{item}, from before this sentence"
    side = {"left": "on the left", "right": "on the right", "earlier": "further left"}[numeral.item_side]
    return f"{item}, {side}, between {_bound(numeral.before)} and {_bound(numeral.after)}"


def _bound(bound: Bound | None) -> str:
    if bound is None or bound.role == "figure":
        return "the figure"
    if bound.role in ("start", "end"):
        return f"the {bound.role} of the sentence"
    return f"{bound.words} ({bound.role})"


def _line(label: str, words: str) -> Text:
    return Text.assemble("    ", (label.ljust(_WIDTH), LABEL), escaped(words))
