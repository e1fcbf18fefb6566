"""Apache Parquet with typed columns, a row group per batch of rows, written while the sources are read.

Text is ``string`` with null for empty, offsets are ``int64``, numbers that may be absent and shares ``double``. A
whole number beyond 2**53 is the nearest double; every other value is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow
import pyarrow.parquet

from extractor.table.columns import Row
from extractor.writers import base
from extractor.writers.arrow import TYPES, column

GROUP = 20_000
"""Rows in a row group, which is in memory until it is full."""
PIECE = 2000
"""Rows that become arrays together; arrays take a third of the room of the rows."""


class Writer(base.Writer):
    """Writes Parquet."""

    def begin(self) -> None:
        self._types = self.layout.types
        self._schema = pyarrow.schema(
            [(header, TYPES[kind]) for header, kind in zip(self.layout.headers, self._types, strict=True)]
        )
        self._file = pyarrow.parquet.ParquetWriter(self.output.stream(), self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._pieces: list[pyarrow.RecordBatch] = []

    def write(self, rows: Sequence[Row]) -> None:
        self._rows.extend(rows)
        if len(self._rows) >= PIECE:
            self._turn()
        if sum(piece.num_rows for piece in self._pieces) >= GROUP:
            self._group()

    def annotate(self, facts: Mapping[str, str]) -> None:
        self._file.add_key_value_metadata(facts)

    def finish(self) -> None:
        if self._rows:
            self._turn()
        if self._pieces:
            self._group()
        self._file.close()

    def abort(self) -> None:
        self._file.close()

    def _turn(self) -> None:
        """Turn the rows that wait into arrays."""
        columns = zip(*self._rows, strict=True)
        arrays = [column(cells, kind) for cells, kind in zip(columns, self._types, strict=True)]
        self._rows.clear()
        self._pieces.append(pyarrow.RecordBatch.from_arrays(arrays, schema=self._schema))

    def _group(self) -> None:
        table = pyarrow.Table.from_batches(self._pieces)
        self._pieces.clear()
        self._file.write_table(table)
