"""Explains, numeral by numeral, what a text's numerals were taken for and why.

The explanation is made from what the pipeline found, and looks once more at the words beside it. It decides
nothing and changes nothing: where it cannot tell which word was decisive, that field is empty.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

from extractor.cells import stacked
from extractor.cells.reading import reasons
from extractor.context import reading
from extractor.context.explaining import Decision, decisions
from extractor.context.ranking import Weights, weights
from extractor.lexicon.folding import fold
from extractor.lexicon.phrases import leftwards, rightwards
from extractor.lexicon.words import ADVERB, LEVEL, NOUN, PREPOSITION, TAGGED, VERB, Lexicon, lexicon
from extractor.matching import compiled
from extractor.model import Document, Figure, Rejection
from extractor.numerals import qualifiers
from extractor.numerals.drafts import Draft
from extractor.numerals.scan import Candidate, scan
from extractor.page.layout import CleanText
from extractor.pipeline import examine, laid_out, passages, sentences
from extractor.sources.documents.extracted import Extracted

_BLANK = compiled(r"\s")
_VAGUE = compiled("[余多几来数上两]")


class Bound(NamedTuple):
    """What stands next to an item and ends it: the words, and their part there.

    ``role`` is one of figure, verb, level, adverb, preposition, noun, word, mark, start, end.
    """

    words: str
    role: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one numeral was taken for, and why.

    ``figure`` or ``rejection`` is what it became; the other is None. ``candidates`` are the numerals in it (a
    range has two), ``rule`` the rule that decided and ``says`` what that rule goes by. ``at`` is where the
    text stands in the sentence. For a figure, ``unit_written`` is its unit as the text has it, ``item_side``
    where its item stands (``left``, ``right``, ``earlier`` behind another figure, or ``""``), ``item_at``
    where in the sentence (-1 if not there), ``before`` and ``after`` what bounds the item;
    ``qualifier_words`` and ``kind_words`` are the words that decided the qualifier and the kind; ``decisions``
    tells of item, action, subject and period which candidates were likeliest and what parted them. ``headers`` tells
    of a number in a cell of a table where its unit, its item and its period stand.
    """

    figure: Figure | None
    rejection: Rejection | None
    candidates: tuple[str, ...]
    text: str
    sentence: str
    at: int
    rule: str
    says: str
    unit_written: str = ""
    item_side: str = ""
    item_at: int = -1
    before: Bound | None = None
    after: Bound | None = None
    qualifier_words: str = ""
    kind_words: str = ""
    decisions: tuple[Decision, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> Figure | Rejection:
        """The figure or the rejection."""
        found = self.figure or self.rejection
        assert found is not None
        return found

    def to_dict(self) -> dict[str, Any]:
        """The fields by name as plain values; the figure or the rejection is a dictionary of its own."""
        plain: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Figure | Rejection):
                value = value.to_dict()
            elif isinstance(value, Bound):
                value = value._asdict()
            elif one.name == "decisions":
                value = [
                    made._asdict() | {"pieces": [piece._asdict() for piece in made.pieces]}
                    for made in self.decisions
                ]
            elif isinstance(value, tuple):
                value = list(value)
            plain[one.name] = value
        return plain


def explain(
    text: str,
    source: str = "-",
    words: Lexicon | None = None,
    extracted: Extracted | None = None,
    fallback: str = "",
    fitted: Weights | None = None,
) -> list[Explanation]:
    """The explanations of the text's numerals, in their order in the source.

    ``extracted`` is the document whose text it is, ``fallback`` the date of articles that tell none, ``fitted`` other
    weights, as for ``pipeline.examine``.

    >>> [(one.text, one.rule, one.kind_words) for one in explain("2023年选派82名干部。")]
    [('2023', 'date.year', ''), ('82名', 'unit.classifier', '干部')]
    """
    words = words or lexicon()
    clean, _ = laid_out(text, extracted)
    document = examine(text, source, words, extracted=extracted, fallback=fallback, fitted=fitted)
    chosen = _decisions(clean, document, words, fitted or weights())
    outcomes: list[Figure | Rejection] = [*document.figures, *document.rejections]
    outcomes.sort(key=lambda found: found.start)
    starts = [table.start for table in extracted.tables] if extracted else []
    prose: list[Figure | Rejection] = []
    cells: dict[int, list[Figure | Rejection]] = {}
    for one in outcomes:
        at = bisect.bisect_right(starts, one.start) - 1
        inside = extracted is not None and at >= 0 and one.start < extracted.tables[at].end
        (cells.setdefault(at, []) if inside else prose).append(one)
    reader = _Reader(clean, fold(clean.text), words, _rules(words), chosen)
    spans = sorted(
        span
        for article in document.articles
        for block in article.blocks
        for span in sentences(reader.folded, block.start, block.end)
    )
    found = [
        reader.explain(outcome, candidates, *_sentence(spans, candidates[0].start, len(reader.folded)))
        for outcome, candidates in _numerals(prose, clean, reader.folded)
    ]
    titles = {article.number: article.title for article in document.articles}
    parts = list(stacked.parts(extracted.tables, extracted.text)) if extracted and cells else []
    for at, here in cells.items():
        assert extracted is not None
        title, table = titles.get(here[0].article, ""), extracted.tables[at]
        mine = [part for part in parts if table.start <= part.table.start < table.end]
        headers = dict(told for part in mine for told in reasons(part, extracted.text, title))
        found += [reader.cell(one, extracted.text, headers.get(one.start, {})) for one in here]
    return sorted(found, key=lambda one: one.outcome.start) if cells else found


def _decisions(
    clean: CleanText, document: Document, words: Lexicon, fitted: Weights
) -> dict[int, tuple[Decision, ...]]:
    """The decisions about each figure, by where it starts in the source: the sentences are read once more."""
    found = {}
    for passage in passages(clean, document.articles, words):
        figures = [result for result in passage.results if isinstance(result, Draft)]
        if figures:
            seen = reading.read(
                passage.text,
                clean.text,
                passage.begin,
                passage.finish,
                figures,
                words,
                passage.history,
                passage.place,
                fitted,
            )
            for index, figure in enumerate(figures):
                start, _ = clean.span(figure.start, figure.end)
                found[start] = decisions(seen, index, clean.text, fitted)
    return found


def _rules(words: Lexicon) -> Mapping[str, str]:
    return {entry["name"]: entry["says"] for entry in words.data.get("rule", ())}


def _numerals(
    outcomes: Sequence[Figure | Rejection], clean: CleanText, folded: str
) -> Iterator[tuple[Figure | Rejection, list[Candidate]]]:
    """The outcomes with the numerals that are inside them."""
    starts = [outcome.start for outcome in outcomes]
    inside: dict[int, list[Candidate]] = {}
    for candidate in scan(folded):
        start, _ = clean.span(candidate.start, candidate.end)
        index = bisect.bisect_right(starts, start) - 1
        if index >= 0 and start < outcomes[index].end:
            here = inside.setdefault(index, [])
            # 千 of 5.1千米 and 百 of 3个百分点 belong to the unit.
            adjacent = here and folded[here[-1].end : candidate.start] in ("", "个")
            if not (adjacent and candidate.text in ("百", "千")):
                here.append(candidate)
    for index in sorted(inside):
        yield outcomes[index], inside[index]


def _sentence(spans: Sequence[tuple[int, int]], at: int, end: int) -> tuple[int, int]:
    """The span of the sentence around ``at``."""
    index = bisect.bisect_right(spans, (at, end + 1)) - 1
    found = spans[index] if index >= 0 else (0, end)
    return found if found[0] <= at < found[1] else (0, end)


@dataclass(slots=True)
class _Reader:
    """Looks at the words beside an outcome."""

    clean: CleanText
    folded: str
    words: Lexicon
    says: Mapping[str, str]
    chosen: Mapping[int, tuple[Decision, ...]]

    def explain(
        self, outcome: Figure | Rejection, candidates: list[Candidate], begin: int, finish: int
    ) -> Explanation:
        """One outcome; ``begin`` and ``finish`` are the borders of its sentence in the clean text."""
        wording = self.clean.text[begin:finish]
        shift = begin + len(wording) - len(wording.lstrip())
        start = candidates[0].start
        plain = Explanation(
            figure=None,
            rejection=None,
            candidates=tuple(candidate.text for candidate in candidates),
            text=outcome.text,
            sentence=outcome.sentence,
            at=start - shift,
            rule=outcome.rule,
            says=self.says.get(outcome.rule, ""),
        )
        if isinstance(outcome, Rejection):
            return replace(plain, rejection=outcome)
        end = self._end(start, outcome.text)
        side, item = self._item(outcome, start, end, begin, finish)
        before = after = None
        if item and side == "right":
            before = self._next(end, item[0]) or Bound(outcome.text, "figure")
            after = self._next(item[1], finish) or Bound("", "end")
        elif item:
            before = self._previous(begin, item[0]) or Bound("", "start")
            after = self._next(item[1], start) or Bound(outcome.text, "figure")
        return replace(
            plain,
            figure=outcome,
            unit_written=_BLANK.sub("", self.clean.text[max(candidates[-1].end, start) : end]),
            item_side=side,
            item_at=item[0] - shift if item else -1,
            before=before,
            after=after,
            qualifier_words=self._qualifier(outcome, start, end, begin, finish),
            kind_words=self._kind(outcome),
            decisions=self.chosen.get(outcome.start, ()),
        )

    def cell(self, outcome: Figure | Rejection, text: str, headers: Mapping[str, str]) -> Explanation:
        """An outcome in a table of a document, where its ``headers`` say what words say elsewhere."""
        line = text.rfind("\n", 0, outcome.start) + 1
        return Explanation(
            figure=None if isinstance(outcome, Rejection) else outcome,
            rejection=outcome if isinstance(outcome, Rejection) else None,
            candidates=(outcome.text,),
            text=outcome.text,
            sentence=outcome.sentence,
            at=len(text[line : outcome.start].lstrip()),
            rule=outcome.rule,
            says=self.says.get(outcome.rule, ""),
            kind_words="" if isinstance(outcome, Rejection) else self._kind(outcome),
            headers=headers,
        )

    def _end(self, start: int, text: str) -> int:
        """Where the figure ends in the clean text, which may hold blanks that ``text`` does not show."""
        at, left = start, len(text)
        while left and at < len(self.clean.text):
            left -= not self.clean.text[at].isspace()
            at += 1
        return at

    def _item(
        self, figure: Figure, start: int, end: int, begin: int, finish: int
    ) -> tuple[str, tuple[int, int] | None]:
        """On which side of the figure its item stands, and where: the occurrence nearest to the figure."""
        if not figure.item:
            return "", None
        length = len(figure.item)
        left = self.clean.text.rfind(figure.item, begin, start)
        right = self.clean.text.find(figure.item, end, finish)
        if left < 0 and right < 0:
            return "earlier", None
        if right >= 0 and (left < 0 or right - end <= start - left - length):
            return "right", (right, right + length)
        between = any(scan(self.folded[left + length : start]))
        return "earlier" if between else "left", (left, left + length)

    def _previous(self, begin: int, at: int) -> Bound | None:
        """The word or mark before ``at``."""
        found = leftwards(self.folded, begin, at, self.words)
        if found:
            return Bound(self.clean.text[found[0].start : found[0].end], _role(found[0].marks))
        return Bound(self.clean.text[at - 1], "mark") if at > begin else None

    def _next(self, at: int, finish: int) -> Bound | None:
        """The word or mark at ``at``, if ``finish`` does not come first."""
        if at >= finish:
            return None
        found = rightwards(self.folded, at, finish, self.words)
        if found:
            return Bound(self.clean.text[found[0].start : found[0].end], _role(found[0].marks))
        return Bound(self.clean.text[at], "mark")

    def _qualifier(self, figure: Figure, start: int, end: int, begin: int, finish: int) -> str:
        """The words that made the qualifier: beside the figure, or inside its numeral."""
        if figure.qualifier == "exact":
            return ""
        name, where = qualifiers.before(self.folded, begin, start, self.words)
        if name == figure.qualifier:
            return self.clean.text[where:start]
        name, where = qualifiers.behind(self.folded, end, finish, self.words)
        if name == figure.qualifier:
            return self.clean.text[end:where]
        vague = _VAGUE.findall(fold(figure.text))
        return vague[0] if vague and figure.qualifier in ("over", "about") else ""

    def _kind(self, figure: Figure) -> str:
        """The noun of the item that decided the kind, or the unit."""
        kinds = self.words.kinds
        item = fold(figure.item).strip("“”‘’\"'()[]《》")
        for kind, pattern in kinds.anywhere.get(figure.unit, ()):
            nouns = [found[1] for found in pattern.finditer(item) if found[1]]
            if nouns and kind == figure.kind:
                return str(nouns[0])
        parts = [part for part in re.split("[、和及与]", item) if part]
        for part in reversed(parts):
            found = kinds.ends.ending(part, len(part))
            if found and found[1][0] == figure.kind and found[1][1] & {figure.unit, "*"}:
                return found[0]
        return figure.unit


def _role(marks: int) -> str:
    """The part that a word plays at the border of a noun phrase."""
    if marks & NOUN:
        return "noun"
    if marks & LEVEL:
        return "level"
    if marks & (VERB | TAGGED):
        return "verb"
    if marks & PREPOSITION:
        return "preposition"
    return "adverb" if marks & ADVERB else "word"
