"""One pass over the sources: find, read, examine, choose, write to every destination.

``run`` is what the command line does once its options are understood. It knows no option and prints nothing
by itself: words go to ``Job.tell``. Outputs are moved into place at the end, all of them or none.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from extractor.atomic import AtomicFile
from extractor.encodings import Decoded
from extractor.model import Document, Figure, Rejection
from extractor.sources import STDIN, Source, SourceError, find, printable, read
from extractor.tables import FIGURES, REJECTIONS, Layout
from extractor.writers import Format, Output, Writer

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

    ``tell(level, words)`` receives errors, words and details; ``layout`` is that of the figures. ``debug``
    lets unexpected exceptions through instead of naming the source and going on.
    """

    paths: Sequence[str]
    destinations: Sequence[Destination]
    tell: Callable[[Level, str], None]
    encoding: str | None = None
    layout: Layout = FIGURES
    debug: bool = False
    color: bool | None = None


@dataclass(slots=True)
class Outcome:
    """What a run did: how many sources, articles, figures and rejected numerals, and how many inputs
    failed.
    """

    sources: int = 0
    articles: int = 0
    figures: int = 0
    rejections: int = 0
    failures: int = 0
    pipe_closed: bool = False

    def sentence(self) -> str:
        """The closing line.

        >>> Outcome(sources=1, articles=2, figures=30, rejections=41).sentence()
        '30 figures in 2 articles of 1 source, 41 numerals rejected'
        """
        return (
            f"{count(self.figures, 'figure')} in {count(self.articles, 'article')} "
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
    """A destination under way."""

    destination: Destination
    output: AtomicFile | StandardOutput
    layout: Layout
    writer: Writer

    @property
    def name(self) -> str:
        standard = isinstance(self.output, StandardOutput)
        return "standard output" if standard else printable(self.destination.target)


@dataclass(slots=True)
class _Run:
    job: Job
    outcome: Outcome = field(default_factory=Outcome)
    sinks: list[_Sink] = field(default_factory=list)

    def open(self) -> None:
        for destination in self.job.destinations:
            layout = self.job.layout if destination.content == "figures" else self._rejections()
            output: AtomicFile | StandardOutput | None = None
            try:
                output = StandardOutput() if destination.target == "-" else AtomicFile(destination.target)
                writer = _open(destination, output, layout, self.job)
            except BrokenPipeError:
                self._pipe_closed()
            except OSError as error:
                if output is not None:
                    output.discard()
                raise _failure(destination.target, error) from error
            else:
                self.sinks.append(_Sink(destination, output, layout, writer))

    def _rejections(self) -> Layout:
        layout = self.job.layout
        return Layout(REJECTIONS.columns, layout.labels, {}, layout.words, layout.header)

    def each(self, action: Callable[[_Sink], None]) -> None:
        """Do something with every sink; one whose reader has gone away is dropped, any other failure ends
        the run.
        """
        for sink in list(self.sinks):
            try:
                action(sink)
            except BrokenPipeError:
                self.sinks.remove(sink)
                sink.writer.abort()
                sink.output.discard()
                self._pipe_closed()
            except OSError as error:
                if isinstance(sink.output, StandardOutput):
                    sink.output.silence()
                raise _failure(sink.name, error) from error

    def _pipe_closed(self) -> None:
        self.outcome.pipe_closed = True
        StandardOutput.silence()

    def add(self, document: Document, source: Decoded) -> None:
        outcome = self.outcome
        figures = document.figures
        outcome.sources += 1
        outcome.articles += len(document.articles)
        outcome.figures += len(figures)
        outcome.rejections += len(document.rejections)

        def write(sink: _Sink) -> None:
            found: Sequence[Figure | Rejection] = document.rejections
            if sink.destination.content == "figures":
                sink.writer.note(document, source, figures)
                found = figures
            for start in range(0, len(found), BATCH):
                sink.writer.write(sink.layout.rows(found[start : start + BATCH]))

        self.each(write)

    def fail(self, name: str, words: str) -> None:
        self.outcome.failures += 1
        self.job.tell("error", words)

    def close(self) -> None:
        """Finish every table first, then move them into place."""
        self.each(lambda sink: sink.writer.finish())
        self.each(lambda sink: sink.output.commit())
        self.sinks.clear()

    def abort(self) -> None:
        for sink in self.sinks:
            sink.writer.abort()
            sink.output.discard()


def run(job: Job) -> Outcome:
    """Do the job. Raises ``OutputError`` if a destination cannot be written; then no file is left or
    changed.
    """
    state = _Run(job)
    try:
        state.open()
        for found in find(job.paths):
            if not state.sinks:
                break
            if isinstance(found, SourceError):
                if found.skipped:
                    job.tell("word", str(found))
                else:
                    state.fail(found.name, str(found))
                continue
            _refuse_output(found, job.destinations)
            _one(found, state)
        state.close()
    except BaseException:
        state.abort()
        raise
    return state.outcome


def _one(source: Source, state: _Run) -> None:
    """Read and examine one source; whatever is wrong with it costs the others nothing."""
    from extractor.pipeline import examine

    job = state.job
    try:
        decoded = read(source, job.encoding)
        document = examine(decoded.text, source.name)
    except SourceError as error:
        state.fail(source.name, str(error))
        return
    except Exception as error:
        if job.debug:
            raise
        state.fail(
            source.name,
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


def _open(destination: Destination, output: Output, layout: Layout, job: Job) -> Writer:
    return destination.format.writer()(output, layout, color=job.color)


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
