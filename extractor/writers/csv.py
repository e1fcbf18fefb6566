r"""CSV as in RFC 4180, in UTF-8.

Lines end in ``\n``, which every reader takes and which keeps shell pipelines free of stray ``\r``. For
Excel and WPS (``--excel``) the file opens with a byte order mark, lines end in ``\r\n``, and text that a
spreadsheet would run as a formula is led by an apostrophe, see
https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from extractor.table.columns import Cell, Row, spell
from extractor.writers import base

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Writer(base.Writer):
    """Writes CSV."""

    def begin(self) -> None:
        self._fractions = [at for at, kind in enumerate(self.layout.types) if kind in ("number", "share")]
        if self.excel:
            self.output.stream().write("\ufeff".encode())
        if self.layout.header:
            self.write([tuple(self.layout.headers)])

    def write(self, rows: Sequence[Row]) -> None:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n" if self.excel else "\n")
        if self.excel:
            writer.writerows([harmless(cell) for cell in row] for row in rows)
        else:
            writer.writerows(map(self._spelled, rows))
        self.output.stream().write(buffer.getvalue().encode())

    def _spelled(self, row: Row) -> Row:
        """The row, in which floats that the csv module would write as 12.0 or 1e-05 are text already."""
        for at in self._fractions:
            cell = row[at]
            if type(cell) is float and (cell.is_integer() or -0.0001 < cell < 0.0001):
                return tuple(spell(one) if type(one) is float else one for one in row)
        return row


def harmless(cell: Cell) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless(-5), harmless("投资")
    ("'=1+1", '-5', '投资')
    """
    text = spell(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text
