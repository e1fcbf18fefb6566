r"""Tab-separated values as IANA registered them: no quotes; a tab or line break in a cell becomes a blank.

Made for ``cut``, ``sort`` and ``awk``. Readers that know quotes must be told that there are none
(``pandas.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE)``).
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.matching import compiled
from extractor.table.columns import Row, spell
from extractor.writers import base

_BREAKS = compiled(r"[\t\r\n]+")


class Writer(base.Writer):
    """Writes TSV."""

    def begin(self) -> None:
        if self.layout.header:
            self.write([tuple(self.layout.headers)])

    def write(self, rows: Sequence[Row]) -> None:
        lines = ("\t".join(_BREAKS.sub(" ", spell(cell)) for cell in row) + "\n" for row in rows)
        self.output.stream().write("".join(lines).encode())
