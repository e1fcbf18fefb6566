"""The report: one HTML file that opens from disk and needs nothing else, see ``extractor.report``.

Under Chinese headers (``--headers zh``) the page opens in Chinese; ``--columns`` chooses what its table and
exports hold. The page sorts by itself, so the order of rows here is the reading order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.model import Document, Figure
from extractor.report.page import Report
from extractor.sources.encodings import Decoded
from extractor.table.columns import Row
from extractor.writers import base


class Writer(base.Writer):
    """Writes a report. Documents are kept until the end, for the overview stands on top."""

    def begin(self) -> None:
        self._report = Report(
            self.layout.columns, "zh" if self.layout.labels else "en", self.layout.words.get("kind", {}),
            self.layout.headers[len(self.layout.columns) :],
        )  # fmt: skip

    def weigh(self, weights: Mapping[tuple[str, int, int], int]) -> None:
        self._report.weights = weights

    def note(self, document: Document, source: Decoded, figures: Sequence[Figure]) -> None:
        self._report.add(document, source.text, figures, source.document, source.kept)

    def write(self, rows: Sequence[Row]) -> None:
        """Nothing: the figures came with their document."""

    def finish(self) -> None:
        stream = self.output.stream()
        for piece in self._report.html():
            stream.write(piece.encode())
