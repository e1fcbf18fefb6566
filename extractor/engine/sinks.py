"""A destination under way: where its bytes go, and the writer that makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.engine.atomic import AtomicDatabase, AtomicFile
from extractor.engine.job import Destination, Job
from extractor.engine.standard import StandardOutput
from extractor.engine.task import BATCH
from extractor.model import Figure, Rejection
from extractor.sources.files import printable
from extractor.table.columns import Layout, Row
from extractor.writers import Writer

if TYPE_CHECKING:
    from extractor.checks import Check


@dataclass(slots=True)
class Sink:
    """A destination under way; that of an aggregate gets its writer at the end, with its columns."""

    number: int
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

    def send(self, data: bytes) -> None:
        """Write rows that are bytes already."""
        if data:
            self.output.stream().write(data)

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


def output_of(destination: Destination) -> AtomicFile | StandardOutput:
    if destination.target == "-":
        return StandardOutput(plain=destination.format.rowwise)
    database = destination.format.writer().merges
    return AtomicDatabase(destination.target) if database else AtomicFile(destination.target)


def write_objects(
    sink: Sink, found: Sequence[Figure | Rejection | Check], kept: tuple[str, ...] = ()
) -> None:
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        if sink.writer is not None and sink.destination.content == "figures":
            sink.writer.announce([one for one in batch if isinstance(one, Figure)])
        sink.write(sink.layout.rows(batch, kept))
