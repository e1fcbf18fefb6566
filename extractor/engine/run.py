"""One pass over the sources: find, read, examine, choose, write to every destination.

``run`` is what the command line does once its options are understood. It knows no option and prints nothing
by itself: words go to ``Job.tell``. Outputs are moved into place at the end, all of them or none.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from extractor.engine.atomic import AtomicDatabase, AtomicFile, publish
from extractor.engine.job import Destination, Job, Outcome, OutputError, count
from extractor.engine.leftovers import is_leftover
from extractor.engine.packing import unpack
from extractor.engine.sinks import Sink, output_of, write_objects
from extractor.engine.standard import StandardOutput
from extractor.engine.task import GATHERED, Content, Finding, Table, Task, rules_digest
from extractor.model import Figure
from extractor.sources.files import STDIN, Source, SourceError, find, printable
from extractor.table.choice import in_order
from extractor.table.columns import REJECTIONS, Layout
from extractor.writers import Writer

if TYPE_CHECKING:
    from extractor.engine.picking import Picking
    from extractor.engine.resume import Journal
    from extractor.facts.gather import Gatherer
    from extractor.facts.places import Places


@dataclass(slots=True)
class _Run:
    job: Job
    outcome: Outcome = field(default_factory=Outcome)
    sinks: list[Sink] = field(default_factory=list)
    waiting: list[Figure] = field(default_factory=list)
    kept: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What is kept of the record of each figure that waits, by the identity of the figure."""
    written: int = 0
    picking: Picking | None = None
    gatherer: Gatherer | None = None
    places: Places | None = None

    def open(self) -> None:
        """Open every destination, before any work is done."""
        if self.job.pick is not None:
            from extractor.engine.picking import Picking

            self.picking = Picking(self.job.pick)
        for number, destination in enumerate(self.job.destinations):
            try:
                output = output_of(destination)
            except OSError as error:
                raise _failure(destination.target, error) from error
            layout = _layout_of(destination, self.job)
            if self.picking is not None and destination.content == "figures":
                layout = self.picking.layout(layout)
            sink = Sink(number, destination, output, layout)
            self.sinks.append(sink)
        self.each(lambda sink: None if self._aggregated(sink) else sink.begin(self.job))
        if _gathers(self.job, "facts", "conflicts"):
            from extractor.facts.gather import Gatherer

            self.gatherer = Gatherer()
        if _gathers(self.job, "places"):
            from extractor.facts.places import Places

            self.places = Places()

    def _aggregated(self, sink: Sink) -> bool:
        return self.job.aggregate is not None and sink.destination.content == "figures"

    def each(self, action: Callable[[Sink], None]) -> None:
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

    def add(self, finding: Finding) -> None:
        """Count what was found in a source and write what was chosen of it."""
        job = self.job
        self.outcome.count(finding)
        for one in finding.readings.differences if finding.readings else ():
            job.tell("detail" if one.form else "word", str(one))
        if finding.chunks:
            self.each(lambda sink: sink.send(finding.chunks[sink.number]))
            return
        document = finding.document or unpack(finding.packed)
        figures = job.choice.chosen(document.figures)
        if self.gatherer is not None:
            self.gatherer.add(figures)
        if self.places is not None:
            self.places.add(figures)
        if job.limit is not None and not job.sort and job.aggregate is None and self.picking is None:
            figures = figures[: job.limit - self.written]
            self.written += len(figures)
        if job.aggregate is not None:
            job.aggregate.add(figures)
        elif self.picking is not None:
            self.picking.add(document, finding, figures)
        elif job.sort:
            self.waiting.extend(figures)
            if job.layout.kept:
                self.kept.update((id(figure), finding.decoded.kept) for figure in figures)
        kept = finding.decoded.kept

        def write(sink: Sink) -> None:
            if sink.destination.content == "rejections":
                write_objects(sink, document.rejections, kept)
            elif sink.destination.content == "checks":
                write_objects(sink, finding.checks)
            elif sink.writer is not None and self.picking is None and sink.destination.content == "figures":
                sink.writer.note(document, finding.decoded, figures)
                if not job.sort:
                    write_objects(sink, figures, kept)

        self.each(write)

    def passed(self, path: str, reason: str) -> None:
        """A file or folder inside a folder that is not read. What runs leave beside an output counts for none."""
        if not is_leftover(path):
            self.outcome.pass_over(path, reason)
            self.job.tell("detail", f"{printable(path)}: passed over ({reason})")

    def fail(self, error: SourceError) -> None:
        """An input that failed, or one that was passed over with a word."""
        if error.skipped:
            self.job.tell("word", str(error))
            return
        self.outcome.failures += 1
        self.job.tell("error", str(error))

    def close(self) -> None:
        """Write what had to wait, finish every table, and only then move them into place."""
        if self.job.aggregate is not None:
            self.each(self._write_aggregate)
        elif self.picking is not None:
            self.picking.close()
            self.outcome.picked = len(self.picking.rows)
            self.each(self._write_picked)
        elif self.job.sort:
            ordered = in_order(self.waiting, self.job.sort)[: self.job.limit]
            self.each(
                lambda sink: (
                    self._write_ordered(sink, ordered) if sink.destination.content == "figures" else None
                )
            )
        if self.gatherer is not None:
            self._write_facts(self.gatherer)
        if self.places is not None:
            rows = self.places.rows()
            self.each(lambda sink: sink.write(rows) if sink.destination.content == "places" else None)
        self.each(Sink.finish)
        self.each(lambda sink: sink.output.commit() if isinstance(sink.output, StandardOutput) else None)
        files = {sink.output: sink.name for sink in self.sinks if isinstance(sink.output, AtomicFile)}
        self.sinks.clear()
        try:
            publish(tuple(files))
        except BrokenPipeError:
            self.outcome.pipe_closed = True
        except OSError as error:
            raise _failure(error.filename, error) from error
        for file, name in files.items():
            for source in file.replaced if isinstance(file, AtomicDatabase) else ():
                self.job.tell("word", f"{source}: had another content in {name}, its rows were replaced")

    def _write_ordered(self, sink: Sink, ordered: Sequence[Figure]) -> None:
        """Figures of all sources in another order, runs of the same record together."""
        for kept, group in groupby(ordered, key=lambda figure: self.kept.get(id(figure), ())):
            write_objects(sink, list(group), kept)

    def _write_aggregate(self, sink: Sink) -> None:
        if self.job.aggregate is not None and self._aggregated(sink):
            sink.layout = self.job.aggregate.layout(self.job.layout)
            sink.begin(self.job)
            sink.write(self.job.aggregate.rows(sink.layout)[: self.job.limit])

    def _write_picked(self, sink: Sink) -> None:
        if self.picking is None or sink.writer is None or sink.destination.content != "figures":
            return
        sink.writer.weigh(self.picking.weights)
        for document, decoded, figures in self.picking.documents():
            sink.writer.note(document, decoded, figures)
        rows = self.picking.rows
        write_objects(sink, in_order(rows, self.job.sort) if self.job.sort else rows)

    def _write_facts(self, gatherer: Gatherer) -> None:
        """Write the facts and the conflicts, now that every source is known."""
        from extractor.facts.conflicts import conflicts
        from extractor.facts.tables import conflict_rows, fact_rows

        groups = list(gatherer.groups())
        facts = [fact for group in groups for fact in group]
        found = conflicts(groups)
        self.outcome.facts, self.outcome.conflicts = len(facts), len(found)

        def write(sink: Sink) -> None:
            if sink.destination.content == "facts":
                sink.write(fact_rows(facts, sink.layout))
            elif sink.destination.content == "conflicts":
                sink.write(conflict_rows(found, sink.layout))

        self.each(write)

    def keep_files(self) -> None:
        """Let go of the files, which stay as they were; standard output goes on."""
        for sink in [sink for sink in self.sinks if sink.destination.target != "-"]:
            self.sinks.remove(sink)
            sink.abort()

    def abort(self) -> None:
        """Let go of everything; no file is left or changed."""
        for sink in self.sinks:
            sink.abort()


def run(job: Job) -> Outcome:
    """Do the job. Raises ``OutputError`` if a destination cannot be written; then no file is left or
    changed.
    """
    state = _Run(job)
    if job.review is not None:
        from extractor.trust.reckoning import Reckoning

        state.outcome.reckoning = Reckoning(job.review.records)
    journal = None
    try:
        journal = _journal(job)
        _work(job, state, journal)
        if state.outcome.failures and not state.outcome.sources:
            # Every input failed: a table of an earlier run is worth more than an empty one.
            state.keep_files()
        state.close()
    except BaseException:
        state.abort()
        if journal is not None:
            journal.close(done=False)
        raise
    if journal is not None:
        journal.close(done=True)
    return state.outcome


def _journal(job: Job) -> Journal | None:
    """The journal beside the first output, if the run is to be resumable."""
    target = next((one.target for one in job.destinations if one.target != "-"), None)
    if not job.resume or target is None:
        return None
    from extractor.engine.resume import SUFFIX, Journal

    own = (job.conversion, job.weights) if job.conversion or job.weights else ()
    try:
        return Journal(target, rules_digest(tuple(job.lexicon), *own))
    except OSError as error:
        raise _failure(target + SUFFIX, error) from error


def _work(job: Job, state: _Run, journal: Journal | None) -> None:
    """Take in source after source, as long as somebody reads what is written."""
    from extractor.engine import jobs
    from extractor.sources.corpora import expand

    task = _task(job, journal)
    task.load()
    state.open()
    outputs = [one.target for one in job.destinations if one.target != STDIN]
    sources = find(job.paths, glob=job.glob, exclude=job.exclude, passed=state.passed, outputs=outputs)
    found = expand(job.watch(sources), job.fields, job.encoding)
    number, found = jobs.decide(found, 1 if job.debug else job.jobs)
    if number == 1:
        task.tables = ()
    results = jobs.work(_harmless(found, job), task, number)
    with contextlib.closing(results):
        for result in results:
            if isinstance(result, SourceError):
                state.fail(result)
                continue
            _describe(result, job)
            if journal is not None and not result.recalled:
                try:
                    journal.record(result.digest, result.source, result.packed)
                except OSError as error:
                    raise _failure(journal.path, error) from error
            state.add(result)
            if not state.sinks:
                return


def _task(job: Job, journal: Journal | None) -> Task:
    """What is to be done with every source. Rows that need no others are made where they are found."""
    alone = not (job.aggregate or job.sort or job.limit or job.pick or _gathers(job, *GATHERED))
    rowwise = alone and all(one.format.rowwise for one in job.destinations)
    tables = [
        Table(one.format, replace(_layout_of(one, job), header=False), one.content, job.excel)
        for one in job.destinations
    ]
    return Task(
        encoding=job.encoding,
        lexicon=tuple(job.lexicon),
        choice=job.choice,
        tables=tables if rowwise else (),
        packed=not rowwise,
        texts=any(one.format.writer().note is not Writer.note for one in job.destinations),
        debug=job.debug,
        checks=job.checks or job.pick is not None or any(one.content == "checks" for one in job.destinations),
        journal=journal,
        date=job.date,
        review=job.review,
        weights=job.weights,
        verify=job.verify,
        conversion=job.conversion,
    )


def _layout_of(destination: Destination, job: Job) -> Layout:
    if destination.content == "checks":
        from extractor.table.relations import layout as of_checks

        return of_checks(job.layout, marks=destination.format.name == "checks")
    if destination.content in GATHERED:
        from extractor.facts.tables import COLUMNS, layout

        return layout(COLUMNS[destination.content, destination.format.name == "table"], job.layout)
    return job.layout if destination.content == "figures" else replace(job.layout, columns=REJECTIONS.columns)


def _gathers(job: Job, *contents: Content) -> bool:
    """Whether a table is asked for that needs the figures of all sources together."""
    return any(destination.content in contents for destination in job.destinations)


def _harmless(found: Iterable[Source | SourceError], job: Job) -> Iterator[Source | SourceError]:
    """The sources, none of which is an output."""
    last = ""
    for one in found:
        if isinstance(one, Source) and one.path != last:
            _refuse_output(one, job.destinations)
            last = one.path
        yield one


def _describe(finding: Finding, job: Job) -> None:
    if finding.blank:
        job.tell("word", f"{finding.source}: empty")
    if finding.decoded.warning:
        job.tell("word", f"{finding.source}: read, but {finding.decoded.warning}")
    job.tell(
        "detail",
        f"{finding.source}: {finding.decoded.encoding}, {count(finding.articles, 'article')}, "
        f"{count(finding.figures, 'figure')}, {count(finding.rejections, 'numeral')} rejected",
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
