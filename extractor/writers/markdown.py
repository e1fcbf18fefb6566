"""A table in GitHub's Markdown; numbers stand to the right, a ``|`` or line break in a cell is made
harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.table.columns import Row, spell
from extractor.writers import base


class Writer(base.Writer):
    """Writes Markdown. The header is part of the format and is always written."""

    def begin(self) -> None:
        rule = ["---" if kind == "text" else "---:" for kind in self.layout.types]
        self.output.stream().write((line(self.layout.headers) + line(rule)).encode())

    def write(self, rows: Sequence[Row]) -> None:
        self.output.stream().write("".join(line(map(spell, row)) for row in rows).encode())


def line(cells: Iterable[str]) -> str:
    r"""A line of the table.

    >>> line(["12户", "a|b"])
    '| 12户 | a\\|b |\n'
    """
    escaped = (" ".join(cell.replace("\\", "\\\\").replace("|", "\\|").split()) for cell in cells)
    return "| " + " | ".join(escaped) + " |\n"
