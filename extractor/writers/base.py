"""What every writer offers, and what it writes to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import BinaryIO, ClassVar, Protocol

from extractor.model import Document, Figure
from extractor.sources.encodings import Decoded
from extractor.table.columns import Layout, Row


class Output(Protocol):
    """Where a writer puts its bytes: a stream, or for libraries that insist on it a path.

    ``target`` is the file as it will be called in the end, which may exist from an earlier run.
    """

    path: str
    target: str

    def stream(self) -> BinaryIO: ...


class Writer(ABC):
    """Writes a table row by row. The owner of the output commits it after ``finish`` or discards it after
    ``abort``. ``merges`` tells that the output is a database whose rows go into the one that is there.
    """

    merges: ClassVar[bool] = False

    def __init__(
        self, output: Output, layout: Layout, *, excel: bool = False, color: bool | None = None
    ) -> None:
        """``excel`` asks for text that spreadsheets open correctly, ``color`` forces or forbids colours."""
        self.output = output
        self.layout = layout
        self.excel = excel
        self.color = color
        self.begin()

    @abstractmethod
    def begin(self) -> None:
        """Write what goes before the first row, the header above all."""

    @abstractmethod
    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows."""

    def note(self, document: Document, source: Decoded, figures: Sequence[Figure]) -> None:  # noqa: B027
        """Take notice of a document whose rows follow, with those of its figures that were chosen."""

    def announce(self, figures: Sequence[Figure]) -> None:  # noqa: B027
        """Take notice of the figures whose rows follow next, in the order of the table."""

    def weigh(self, weights: Mapping[tuple[str, int, int], int]) -> None:  # noqa: B027
        """Take notice that the rows were picked, before they come: by source and span, how many rows each stands for,
        0 where they were not drawn by chance.
        """

    def annotate(self, facts: Mapping[str, str]) -> None:  # noqa: B027
        """Keep facts about the table in the file, where the format has a place for them."""

    def finish(self) -> None:  # noqa: B027
        """Write what goes after the last row."""

    def abort(self) -> None:  # noqa: B027
        """Let go of everything open; the output will be discarded."""
