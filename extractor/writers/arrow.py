"""Columns of cells as Arrow arrays.

``pyarrow.array`` would make them too, but it imports pandas wherever that is installed, which takes half a second and as
much memory as thirty thousand rows.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow

from extractor.table.columns import Cell, ColumnType

TYPES: Mapping[ColumnType, Any] = {
    "text": pyarrow.string(),
    "whole": pyarrow.int64(),
    "number": pyarrow.float64(),
    "share": pyarrow.float64(),
}


def column(cells: Sequence[Cell], kind: ColumnType) -> Any:
    """The array of a column. Text that is empty and numbers that are absent are null.

    >>> column(["元", "", "户"], "text").to_pylist(), column([3, None, 0.5], "number").to_pylist()
    (['元', None, '户'], [3.0, None, 0.5])
    """
    if kind == "text":
        builder = pyarrow.lib.StringBuilder()
        builder.append_values([cell or None for cell in cells])
        return builder.finish()
    code = "q" if kind == "whole" else "d"
    numbers: Any = cells
    there = None
    if None in cells:
        numbers = [0 if cell is None else cell for cell in cells]
        there = _bits([cell is not None for cell in cells])
    return pyarrow.Array.from_buffers(
        TYPES[kind], len(cells), [there, pyarrow.py_buffer(array(code, numbers))]
    )


def _bits(there: Sequence[bool]) -> Any:
    """Which cells are there: a bit for each, the first one lowest."""
    digits = "".join(["1" if one else "0" for one in reversed(there)])
    return pyarrow.py_buffer(int(digits, 2).to_bytes(-(-len(there) // 8), "little"))
