"""The numbers and the words of a cell taken apart: digits as a value, the span of a number, headers that repeat one another."""

from __future__ import annotations

from extractor.model import Value
from extractor.sources.documents.extracted import Cell


def value(digits: str) -> Value:
    digits = digits.replace(",", "").replace(" ", "")
    return float(digits) if "." in digits else int(digits)


def times(value: Value, times: int, digits: str) -> Value:
    """A decimal times a whole number without the noise of binary fractions."""
    if isinstance(value, int):
        return value * times
    one = int(10 ** len(digits.rpartition(".")[2]))
    scaled = round(value * one) * times
    return scaled // one if scaled % one == 0 else scaled / one


def span(text: str, cell: Cell, note: str) -> tuple[int, int]:
    """The number in a cell, without the mark of a note."""
    end = cell.end - len(note)
    return cell.start, max(cell.start + 1, len(text[:end].rstrip()) if note else end)


def without(name: str, rest: str) -> str:
    """The header of a column without what that of the row says before it: 教育支出 | 支出决算数."""
    said = next((n for n in range(len(rest) - 1, 1, -1) if rest[:n] in name), 0)
    return rest[said:]


def says(name: str, rest: str) -> bool:
    """Whether the header of a row says what that of a column does: 发电量 is a 产量."""
    return rest in name or (len(rest) == 2 and rest[-1] in "量额值" and name.endswith(rest[-1]))
