"""What a run is asked to do, and what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from extractor.engine.task import Content, Finding
from extractor.sources.files import Source, SourceError
from extractor.table.choice import Choice
from extractor.table.columns import FIGURES, Layout
from extractor.table.summary import Aggregate
from extractor.writers import Format

if TYPE_CHECKING:
    from extractor.engine.picking import Pick
    from extractor.numerals.conversion import Conversion
    from extractor.sources.corpora import Fields
    from extractor.trust.reckoning import Reckoning
    from extractor.trust.review import Review


Level = Literal["error", "word", "detail"]

SHOWN = 6
"""Reasons that are named in the closing line."""


class OutputError(Exception):
    """A destination that cannot be written; one line with its name, the reason and the remedy."""


class Stopped(Exception):
    """A run that Ctrl-C has ended; one clause that says what is there of it."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A table to write: its format, the file (``-`` for standard output), and what is in it."""

    format: Format
    target: str
    content: Content = "figures"


@dataclass(slots=True)
class Job:
    """All that a run needs to know.

    ``aggregate`` is written in place of the figures, if there is one; ``sort`` holds columns, ``-`` before
    those that go downwards, ``limit`` is how many rows of figures, or of their sums, are written at most.
    ``watch`` wraps the iterator of the sources, to show progress. ``tell(level, words)`` receives errors,
    words and details; ``layout`` is that of the figures. ``debug`` lets unexpected exceptions through
    instead of naming the source and going on. ``lexicon`` names the user's own word files. ``fields`` tells
    where the records of a corpus have their text. ``jobs`` is the number of processes, ``None`` for as many
    as pay; ``resume`` keeps a journal beside the first output file. ``checks`` asks for the relations
    between figures even where no destination does; ``verbose`` tells that details are heard; ``date`` is
    when sources were published that do not tell it. ``review`` is applied to every document, ``pick`` takes
    rows from the whole table; ``verify`` has the Chinese numerals read again. ``conversion`` gives base values
    in other units; ``weights`` names the user's file of weights.
    """

    paths: Iterable[str]
    destinations: Sequence[Destination]
    tell: Callable[[Level, str], None]
    encoding: str | None = None
    glob: Sequence[str] = ()
    exclude: Sequence[str] = ()
    layout: Layout = FIGURES
    choice: Choice = field(default_factory=Choice)
    sort: Sequence[str] = ()
    limit: int | None = None
    aggregate: Aggregate | None = None
    excel: bool = False
    watch: Callable[[Iterator[Source | SourceError]], Iterator[Source | SourceError]] = iter
    debug: bool = False
    color: bool | None = None
    lexicon: Sequence[str] = ()
    fields: Fields | None = None
    conversion: Conversion | None = None
    jobs: int | None = 1
    resume: bool = False
    checks: bool = False
    verbose: bool = False
    date: str = ""
    review: Review | None = None
    pick: Pick | None = None
    verify: bool = False
    weights: str = ""


@dataclass(slots=True)
class Outcome:
    """What a run did: how many sources, articles, figures and rejected numerals, how many inputs failed, and
    how many files of folders were passed over for which reason. ``picked`` is the number of rows that were picked
    of those chosen, ``reckoning`` what a review came to.
    """

    sources: int = 0
    articles: int = 0
    figures: int = 0
    chosen: int = 0
    rejections: int = 0
    relations: int = 0
    disagreements: int = 0
    facts: int = 0
    conflicts: int = 0
    failures: int = 0
    pipe_closed: bool = False
    passed: Counter[str] = field(default_factory=Counter)
    picked: int | None = None
    reckoning: Reckoning | None = None
    read_again: int = 0
    differing: int = 0
    unexplained: int = 0

    def count(self, finding: Finding) -> None:
        """Add up what was found in a source."""
        self.sources += 1
        self.articles += finding.articles
        self.figures += finding.figures
        self.chosen += finding.chosen
        self.rejections += finding.rejections
        self.relations += len(finding.checks)
        self.disagreements += sum(made.status == "disagrees" for made in finding.checks)
        if finding.readings is not None:
            self.read_again += finding.readings.number
            self.differing += len(finding.readings.differences)
            self.unexplained += sum(not one.form for one in finding.readings.differences)
        if self.reckoning is not None and finding.judged is not None:
            self.reckoning.add(finding.judged)

    def sentence(self) -> str:
        """The closing line.

        >>> Outcome(sources=1, articles=2, figures=30, chosen=5, rejections=41).sentence()
        '5 of 30 figures in 2 articles of 1 source, 41 numerals rejected'
        """
        chosen = f"{self.chosen:,} of " if self.chosen != self.figures else ""
        if self.picked is not None:
            chosen = f"{self.picked:,} picked of {chosen}"
        return (
            f"{chosen}{count(self.figures, 'figure')} in {count(self.articles, 'article')} "
            f"of {count(self.sources, 'source')}, {count(self.rejections, 'numeral')} rejected"
        )

    def pass_over(self, path: str, reason: str) -> None:
        """Count a file or folder inside a folder that is not read."""
        self.passed[reason] += 1

    def passed_over(self) -> str:
        """The closing line about what folders hold besides, "" if that is nothing.

        >>> Outcome(passed=Counter({".pdf": 2, "hidden": 1})).passed_over()
        '3 files of folders passed over: 2 .pdf, 1 hidden'
        """
        most = self.passed.most_common(SHOWN + 1)
        shown = [f"{number:,} {reason}" for reason, number in most[:SHOWN]] + ["…"] * (len(most) > SHOWN)
        total = self.passed.total()
        return f"{count(total, 'file')} of folders passed over: {', '.join(shown)}" if total else ""

    def checked(self) -> str:
        """The closing line about the arithmetic checks.

        >>> Outcome(relations=5, disagreements=1).checked()
        '5 relations checked, 1 disagrees'
        """
        verb = "disagrees" if self.disagreements == 1 else "disagree"
        return f"{count(self.relations, 'relation')} checked, {self.disagreements or 'none'} {verb}"

    def verified(self) -> str:
        """The closing line about the second reader of numerals.

        >>> Outcome(read_again=350, differing=12, unexplained=1).verified()
        '350 Chinese numerals read again by cn2an: 12 read otherwise, 1 of them without a known reason'
        """
        lost = f", {self.unexplained or 'none'} of them without a known reason" if self.differing else ""
        again = f"{count(self.read_again, 'Chinese numeral')} read again by cn2an"
        return f"{again}: {self.differing or 'none'} read otherwise{lost}"

    def gathered(self) -> str:
        """The closing line about facts.

        >>> Outcome(facts=120, conflicts=1).gathered()
        '120 facts, 1 conflict between articles'
        """
        return f"{count(self.facts, 'fact')}, {count(self.conflicts, 'conflict')} between articles"


def count(number: int, noun: str) -> str:
    """A number with its noun, in singular or plural."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
