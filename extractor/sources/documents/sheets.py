"""Tables that are files of their own: Excel workbooks by openpyxl, and CSV and TSV.

A sheet can hold several tables, parted by empty rows, each with a title and a unit above and notes below: rows with one
cell are text. Excel's cells are shown as they are stored, a percentage as one; each is named as Excel names it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.matching import compiled
from extractor.model import COLUMNS, REJECTION_COLUMNS
from extractor.sources import rows
from extractor.sources.documents.extracted import (
    DocumentError,
    Extract,
    Extracted,
    Given,
    Metadata,
    OwnTable,
    plain,
)

if TYPE_CHECKING:
    from extractor.sources.documents.packed import Parts

LARGEST_SHEETS = 48 << 20
"""Bytes of the sheets of a workbook; openpyxl needs fifty times as much memory."""
CELLS = 2_000_000
_OURS = (
    frozenset(COLUMNS) | frozenset(REJECTION_COLUMNS),
    frozenset(("来源", "文章序号", "标题", "原文", "数值", "单位")),
)

_TELLING = frozenset(("value", "low", "high", "unit", "start", "end", "rule"))
"""Without one of these, source, title and text are the columns of somebody's corpus."""
_MANY = 12
"""So many of our columns no other table has, whatever stands behind them."""

_UNRECKONED = compiled(rb"(?:</f>|<f(?:\s[^<>]{0,200})?/>)\s{0,4}(?:<v\s{0,4}/>|<v>\s{0,4}</v>)?\s{0,4}</c>")
Line = list[Given]


def is_ours(header: Sequence[str]) -> bool:
    """Whether a table is one that we wrote: its headers are names of our columns, what is kept of records apart.

    >>> is_ours(["source", "title", "value"]), is_ours(["title", "value"]), is_ours(["来源", "文章序号", "标题", "地点"])
    (True, False, True)
    >>> is_ours(["source", "title", "text"]), is_ours([*COLUMNS, "region"])
    (False, True)
    """
    english, chinese = _OURS
    ours = english.intersection(header)
    whole = 2 < len(ours) == len(header) and not ours.isdisjoint(_TELLING)
    return whole or len(ours) >= _MANY or len(chinese.intersection(header)) > 2


def read(data: bytes, name: str = "") -> Extracted:
    """A workbook. Raises ``DocumentError``, and ``ImportError`` where openpyxl is missing."""
    import openpyxl

    from extractor.sources.documents.packed import Parts

    parts = Parts(data)
    parts.refuse_entities()
    size = sum(info.file_size for part, info in parts.names.items() if part.startswith("xl/worksheets/"))
    if size > LARGEST_SHEETS:
        raise DocumentError(f"has sheets of more than {LARGEST_SHEETS >> 20} MiB; save them as CSV")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except ImportError:
        raise
    except Exception as error:  # a broken part makes openpyxl fail in many ways
        raise DocumentError(
            f"is broken ({type(error).__name__}: {error}); save it anew, or leave it out"
        ) from error
    extract = Extract("xlsx")
    hidden = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden += 1
            continue
        lines = _lines(sheet)
        if lines and is_ours([cell.text for cell in lines[0] if cell.text]):
            raise OwnTable
        write(lines, extract, sheet.title)
    properties = book.properties
    created = properties.created.date().isoformat() if properties.created else ""
    author = properties.creator or ""
    metadata = Metadata(plain(properties.title or ""), created, "" if author == "openpyxl" else plain(author))
    told = [f"{hidden} hidden sheets were left out"] if hidden else []
    if unreckoned := _unreckoned(parts):
        told.append(
            f"{unreckoned} formulas hold no result and were left out; open and save it in a spreadsheet program"
        )
    return extract.done(metadata, warning="; ".join(told))


def _unreckoned(parts: Parts) -> int:
    """How many formulas hold no result: a library wrote them, and no program has reckoned them since."""
    sheets = [part for part in parts.names if part.startswith("xl/worksheets/") and part.endswith(".xml")]
    return sum(len(_UNRECKONED.findall(parts.read(sheet))) for sheet in sheets)


def of_text(text: str, name: str = "") -> Extracted:
    r"""A table in a text.

    >>> done = of_text("乡镇,户数\n甲乡,40\n", "a.csv")
    >>> [cell.name for cell in done.tables[0].cells]
    ['A1', 'B1', 'A2', 'B2']
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="\n")
    read_rows = rows.tab_separated if name.lower().endswith((".tsv", ".tab")) else rows.comma_separated
    return of_rows(
        [(number, fields) for number, fields in read_rows(lines) if not isinstance(fields, rows.Odd)]
    )


def of_rows(numbered: Sequence[tuple[int, Sequence[str]]]) -> Extracted:
    """A table by its rows, each with the number of its line."""
    extract = Extract("csv")
    if sum(len(fields) for _, fields in numbered) > CELLS:
        raise DocumentError(
            f"a table of more than {CELLS:,} cells; name the field of its texts with --text-field"
        )
    lines: list[Line] = []
    last = 0
    for number, fields in numbered:
        if lines and number > last + 1 + sum(cell.text.count("\n") for cell in lines[-1]):
            lines.append([])
        last = number
        lines.append([Given(field, name=f"{_letters(at)}{number}") for at, field in enumerate(fields)])
    write(lines, extract, "")
    return extract.done()


def write(lines: list[Line], extract: Extract, sheet: str) -> None:
    """Writes the tables and texts of a sheet."""
    block: list[Line] = []
    for line in [*lines, []]:
        if any(plain(cell.text) for cell in line):
            block.append(line)
        elif block:
            _block(block, extract, sheet)
            block = []


def _block(block: list[Line], extract: Extract, sheet: str) -> None:
    """Rows without an empty one between: titles, a table, notes."""
    where = f"{sheet}!" if sheet else ""
    begin = 0
    while begin < len(block) and _lone(block[begin]):
        begin += 1
    end = len(block)
    while end > begin and _lone(block[end - 1]):
        end -= 1
    if end - begin < 2:
        begin = end = len(block)
    for line in block[:begin]:
        _text(line, extract, where)
    if begin < end:
        extract.table(
            [[cell._replace(name=f"{where}{cell.name}") for cell in line] for line in block[begin:end]],
            locator=sheet or f"表{len(extract.tables) + 1}",
        )
    for line in block[end:]:
        _text(line, extract, where)


def _text(line: Line, extract: Extract, where: str) -> None:
    for cell in line:
        if plain(cell.text):
            extract.paragraph(cell.text, locator=f"{where}{cell.name}")


def _lone(line: Line) -> bool:
    """Whether a row holds one cell with words: a title, a unit, a note."""
    filled = [plain(cell.text) for cell in line if plain(cell.text)]
    return len(filled) == 1 and not filled[0].replace(".", "").replace(",", "").isdigit()


def _lines(sheet: Any) -> list[Line]:
    """The rows of a sheet with merged cells where they begin."""
    if (sheet.max_row or 0) * (sheet.max_column or 0) > 10 * CELLS:
        raise DocumentError(f"has a sheet {sheet.title!r} of too many cells; save its table as CSV")
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    inside: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        if merged.size["rows"] * merged.size["columns"] > 20_000:
            continue
        spans[merged.min_row, merged.min_col] = merged.size["rows"], merged.size["columns"]
        inside.update((row, column) for row, column in merged.cells)
    lines: list[Line] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        line: Line = []
        for at, cell in enumerate(row, 1):
            if (number, at) in inside and (number, at) not in spans:
                continue
            height, width = spans.get((number, at), (1, 1))
            line.append(Given(_shown(cell), height, width, name=f"{_letters(at - 1)}{number}"))
        lines.append(line)
    return lines


def _shown(cell: Any) -> str:
    """The value of a cell as text."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        number = Decimal(format(value, ".15g"))
        if "%" in (cell.number_format or ""):
            return f"{_decimal(number * 100)}%"
        return _decimal(number)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _decimal(number: Decimal) -> str:
    shown = format(number, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _letters(at: int) -> str:
    """The name of a column, from 0.

    >>> _letters(0), _letters(25), _letters(26), _letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    at += 1
    while at:
        at, digit = divmod(at - 1, 26)
        name = chr(65 + digit) + name
    return name
