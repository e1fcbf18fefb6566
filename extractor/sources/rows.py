"""The rows of CSV and TSV, one at a time, where a stray quotation mark costs its own row and no other.

The usual reader takes everything between a stray mark and the next one, many rows later, for one field, and
says nothing. Here a mark that opens a field must be closed before a comma or the end of a line. Where it is
not, its line is odd, and reading goes on with the line behind it. TSV has no quotation marks: they are text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.matching import compiled

LARGEST = 256 << 20
"""Characters that a quoted field may have."""

_INSIDE = compiled(r'(?>[^"]*(?:""[^"]*)*)')
_BLANKS = compiled(" *+")


class Odd(NamedTuple):
    """What is wrong with a row."""

    reason: str


Row = tuple[int, list[str] | Odd]
"""The number of its first line, and its fields."""


def tab_separated(lines: Iterable[str]) -> Iterator[Row]:
    r"""The rows of TSV; empty lines are left out.

    >>> list(tab_separated(['a\t"b\n', "\n", "c\td"]))
    [(1, ['a', '"b']), (3, ['c', 'd'])]
    """
    for number, line in enumerate(lines, start=1):
        if body := _body(line):
            yield number, body.split("\t")


def comma_separated(lines: Iterable[str]) -> Iterator[Row]:
    r"""The rows of CSV; empty lines are left out.

    >>> list(comma_separated(['1,"a\n', 'b"\n', '2,"c\n', '3,"d"\n', "4,5\" e\n"]))
    [(1, ['1', 'a\nb']), (3, Odd(reason='a quotation mark that is not closed')), (4, ['3', 'd']), (5, ['4', '5" e'])]
    """
    reader = _Lines(lines)
    while (line := reader.next()) is not None:
        number = reader.number
        reader.began()
        if '"' in line:
            fields = _fields(line, reader)
            if isinstance(fields, Odd):
                reader.back()
            yield number, fields
        elif body := _body(line):
            yield number, body.split(",")


class _Lines:
    """Lines that can be read again from the second of a row on."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.number = 0
        self._lines = iter(lines)
        self._ahead: deque[str] = deque()
        self._taken: list[str] = []

    def next(self) -> str | None:
        line = self._ahead.popleft() if self._ahead else next(self._lines, None)
        if line is not None:
            self.number += 1
            self._taken.append(line)
        return line

    def began(self) -> None:
        """The line that was read last is the first of a row."""
        self._taken.clear()

    def back(self) -> None:
        """Read the lines behind the first one of the row again."""
        self._ahead.extendleft(reversed(self._taken))
        self.number -= len(self._taken)
        self._taken.clear()


def _fields(line: str, reader: _Lines) -> list[str] | Odd:
    """The fields of a row that begins with a line and may reach over the next ones."""
    fields: list[str] = []
    at = 0
    while True:
        if line.startswith('"', at):
            parts: list[str] = []
            size, at = 0, at + 1
            while (end := _end(line, at)) == len(line):
                parts.append(line[at:])
                size += len(line)
                following = reader.next()
                if following is None or size > LARGEST:
                    return Odd("a quotation mark that is not closed")
                line, at = following, 0
            parts.append(line[at:end])
            fields.append("".join(parts).replace('""', '"'))
            at = _BLANKS.match(line, end + 1).end()  # type: ignore[union-attr]
            if line.startswith(",", at):
                at += 1
            elif _body(line[at:]):
                return Odd("a quotation mark that is not closed")
            else:
                return fields
        else:
            comma = line.find(",", at)
            if comma < 0:
                return [*fields, _body(line[at:])]
            fields.append(line[at:comma])
            at = comma + 1


def _end(line: str, at: int) -> int:
    """Where the closing mark of a quoted field is, the end of the line if that has none."""
    match = _INSIDE.match(line, at)
    assert match is not None
    return match.end()


def _body(line: str) -> str:
    """A line without its end."""
    return line.removesuffix("\n").removesuffix("\r")
