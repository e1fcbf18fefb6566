"""One pass over the sources: find, read, examine, choose, write to every destination.

``run`` is what the command line does once its options are understood. It knows no option and prints nothing
by itself: words go to ``Job.tell``. Outputs are moved into place at the end, all of them or none.
"""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Literal

from extractor.atomic import AtomicFile
from extractor.choice import Choice, in_order
from extractor.encodings import Decoded
from extractor.model import Document, Figure, Rejection
from extractor.sources import STDIN, Source, SourceError, find, printable, read
from extractor.summary import Aggregate
from extractor.tables import FIGURES, REJECTIONS, Layout, Row
from extractor.writers import Format, Writer

Content = Literal["figures", "rejections"]
Level = Literal["error", "word", "detail"]

BATCH = 2000
"""Rows that are laid out at once, so that a long document needs no second copy of itself."""


class OutputError(Exception):
    """A destination that cannot be written; one line with its name, the reason and the remedy."""


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
    those that go downwards. ``watch`` wraps the iterator of the sources, to show progress. ``tell(level,
    words)`` receives errors, words and details; ``layout`` is that of the figures. ``debug`` lets
    unexpected exceptions through instead of naming the source and going on. ``lexicon`` names the user's own
    word files.
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
    aggregate: Aggregate | None = None
    excel: bool = False
    watch: Callable[[Iterator[Source | SourceError]], Iterator[Source | SourceError]] = iter
    debug: bool = False
    color: bool | None = None
    lexicon: Sequence[str] = ()


@dataclass(slots=True)
class Outcome:
    """What a run did: how many sources, articles, figures and rejected numerals, and how many inputs
    failed.
    """

    sources: int = 0
    articles: int = 0
    figures: int = 0
    chosen: int = 0
    rejections: int = 0
    failures: int = 0
    pipe_closed: bool = False

    def sentence(self) -> str:
        """The closing line.

        >>> Outcome(sources=1, articles=2, figures=30, chosen=5, rejections=41).sentence()
        '5 of 30 figures in 2 articles of 1 source, 41 numerals rejected'
        """
        chosen = f"{self.chosen:,} of " if self.chosen != self.figures else ""
        return (
            f"{chosen}{count(self.figures, 'figure')} in {count(self.articles, 'article')} "
            f"of {count(self.sources, 'source')}, {count(self.rejections, 'numeral')} rejected"
        )


def count(number: int, noun: str) -> str:
    """A number with its noun, in singular or plural."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class StandardOutput:
    """Standard output as the place of a table. ``closed`` once the reader at the other end has gone away."""

    path = target = "-"

    def stream(self) -> BinaryIO:
        """The stream of bytes."""
        if sys.stdout is None:
            raise OSError(errno.EBADF, "is closed")
        return sys.stdout.buffer

    def commit(self) -> None:
        """Send what is still in the buffer."""
        self.stream().flush()

    def discard(self) -> None:
        """What was sent cannot be taken back."""

    @staticmethod
    def silence() -> None:
        """Point standard output at nothing, so the interpreter's last flush cannot fail."""
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, sys.stdout.fileno())
            os.close(null)
        except (OSError, ValueError, AttributeError):
            return


@dataclass(slots=True)
class _Sink:
    """A destination under way; that of an aggregate gets its writer at the end, with its columns."""

    destination: Destination
    output: AtomicFile | StandardOutput
    layout: Layout
    writer: Writer | None = None

    def begin(self, job: Job) -> None:
        self.writer = self.destination.format.writer()(
            self.output, self.layout, excel=job.excel, color=job.color
        )

    def write(self, rows: Sequence[Row]) -> None:
        if self.writer is not None and rows:
            self.writer.write(rows)

    def finish(self) -> None:
        if self.writer is not None:
            self.writer.finish()

    def abort(self) -> None:
        if self.writer is not None:
            self.writer.abort()
        self.output.discard()

    @property
    def name(self) -> str:
        standard = isinstance(self.output, StandardOutput)
        return "standard output" if standard else printable(self.destination.target)


@dataclass(slots=True)
class _Run:
    job: Job
    outcome: Outcome = field(default_factory=Outcome)
    sinks: list[_Sink] = field(default_factory=list)
    waiting: list[Figure] = field(default_factory=list)

    def open(self) -> None:
        """Open every destination, before any work is done."""
        for destination in self.job.destinations:
            figures = destination.content == "figures"
            layout = self.job.layout if figures else replace(self.job.layout, columns=REJECTIONS.columns)
            try:
                output = StandardOutput() if destination.target == "-" else AtomicFile(destination.target)
            except OSError as error:
                raise _failure(destination.target, error) from error
            sink = _Sink(destination, output, layout)
            self.sinks.append(sink)
        self.each(lambda sink: None if self._aggregated(sink) else sink.begin(self.job))

    def _aggregated(self, sink: _Sink) -> bool:
        return self.job.aggregate is not None and sink.destination.content == "figures"

    def each(self, action: Callable[[_Sink], None]) -> None:
        """Do something with every sink; one whose reader has gone away is dropped, any other failure ends
        the run.
        """
        for sink in list(self.sinks):
            try:
                action(sink)
            except BrokenPipeError:
                self.sinks.remove(sink)
                sink.abort()
                self.outcome.pipe_closed = True
                StandardOutput.silence()
            except OSError as error:
                if isinstance(sink.output, StandardOutput):
                    sink.output.silence()
                raise _failure(sink.name, error) from error

    def add(self, document: Document, source: Decoded) -> None:
        """Count what was found in a document and write what was chosen of it."""
        job, outcome = self.job, self.outcome
        keeps = job.choice.keeps
        everything = job.choice.everything
        figures = document.figures if everything else tuple(f for f in document.figures if keeps(f))
        outcome.sources += 1
        outcome.articles += len(document.articles)
        outcome.figures += len(document.figures)
        outcome.chosen += len(figures)
        outcome.rejections += len(document.rejections)
        if job.aggregate is not None:
            job.aggregate.add(figures)
        elif job.sort:
            self.waiting.extend(figures)

        def write(sink: _Sink) -> None:
            if sink.destination.content == "rejections":
                _write(sink, document.rejections)
            elif sink.writer is not None:
                sink.writer.note(document, source, figures)
                if not job.sort:
                    _write(sink, figures)

        self.each(write)

    def fail(self, words: str) -> None:
        """An input that failed."""
        self.outcome.failures += 1
        self.job.tell("error", words)

    def close(self) -> None:
        """Write what had to wait, finish every table, and only then move them into place."""
        if self.job.aggregate is not None:
            self.each(self._write_aggregate)
        elif self.job.sort:
            ordered = in_order(self.waiting, self.job.sort)
            self.each(lambda sink: _write(sink, ordered) if sink.destination.content == "figures" else None)
        self.each(_Sink.finish)
        self.each(lambda sink: sink.output.commit())
        self.sinks.clear()

    def _write_aggregate(self, sink: _Sink) -> None:
        if self.job.aggregate is not None and self._aggregated(sink):
            sink.layout = self.job.aggregate.layout(self.job.layout)
            sink.begin(self.job)
            sink.write(self.job.aggregate.rows(sink.layout))

    def abort(self) -> None:
        """Let go of everything; no file is left or changed."""
        for sink in self.sinks:
            sink.abort()


def _write(sink: _Sink, found: Sequence[Figure | Rejection]) -> None:
    for start in range(0, len(found), BATCH):
        sink.write(sink.layout.rows(found[start : start + BATCH]))


def run(job: Job) -> Outcome:
    """Do the job. Raises ``OutputError`` if a destination cannot be written; then no file is left or
    changed.
    """
    examine = examiner(job.lexicon)
    state = _Run(job)
    try:
        state.open()
        for found in job.watch(find(job.paths, glob=job.glob, exclude=job.exclude)):
            if not state.sinks:
                break
            if isinstance(found, SourceError):
                if found.skipped:
                    job.tell("word", str(found))
                else:
                    state.fail(str(found))
                continue
            _refuse_output(found, job.destinations)
            _one(found, state, examine)
        state.close()
    except BaseException:
        state.abort()
        raise
    return state.outcome


def examiner(files: Sequence[str]) -> Callable[[str, str], Document]:
    """What examines a text: the pipeline, with the words of the user's files if there are any."""
    from extractor.pipeline import examine

    if not files:
        return examine
    from extractor.user_lexicon import load

    return functools.partial(examine, words=load(files))


def _one(source: Source, state: _Run, examine: Callable[[str, str], Document]) -> None:
    """Read and examine one source; whatever is wrong with it costs the others nothing."""
    job = state.job
    try:
        decoded = read(source, job.encoding)
        document = examine(decoded.text, source.name)
    except SourceError as error:
        state.fail(str(error))
        return
    except Exception as error:
        if job.debug:
            raise
        state.fail(
            f"{source.name}: could not be examined ({type(error).__name__}: {error}); "
            "this is a bug, please report it with the output of --debug",
        )
        return
    _describe(document, decoded, job)
    state.add(document, decoded)


def _describe(document: Document, decoded: Decoded, job: Job) -> None:
    if not decoded.text.strip():
        job.tell("word", f"{document.source}: empty")
    job.tell(
        "detail",
        f"{document.source}: {decoded.encoding}, {count(len(document.articles), 'article')}, "
        f"{count(len(document.figures), 'figure')}, {count(len(document.rejections), 'numeral')} rejected",
    )


def _refuse_output(source: Source, destinations: Sequence[Destination]) -> None:
    """Stop before an input would be replaced by an output."""
    if source.path == STDIN:
        return
    for destination in destinations:
        try:
            same = destination.target != "-" and os.path.samefile(source.path, destination.target)
        except OSError:
            continue
        if same and not os.path.samefile(source.path, os.devnull):
            raise OutputError(
                f"{printable(destination.target)}: is an input as well and would be replaced; "
                "choose another output file"
            )


def _failure(name: str, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"{name if name != '-' else 'standard output'}: cannot be written ({reason})")
