"""How sure the reading of a cell is: by where its unit and its item stand.

The confidence of prose is measured on annotated articles. That of cells is an order set by hand: told beside the number is
surer than told above the table, and that surer than what is assumed.

>>> confidence(COLUMN, BOTH) > confidence(ABOVE, BOTH) > confidence(ASSUMED, BOTH) > confidence(NONE, ABOVE)
True
"""

from __future__ import annotations

CELL = "the cell"
UNITS = "the column of units"
COLUMN = "the header of the column"
ROW = "the header of the row"
BOTH = "the headers of row and column"
ABOVE = "the lines above the table"
IMPLIED = "what the words of the header imply"
ASSUMED = "custom, for a change or a share"
COLUMNS = "the headers of the other columns"
INHERITED = "the header of the row above of which it is a part"
UNSURE = "units of which none is told for this number"
NONE = "none"

_UNITS = {
    CELL: 0.97,
    UNITS: 0.97,
    COLUMN: 0.97,
    ROW: 0.97,
    COLUMNS: 0.93,
    INHERITED: 0.93,
    ABOVE: 0.95,
    IMPLIED: 0.92,
    ASSUMED: 0.9,
    NONE: 0.75,
    UNSURE: 0.75,
}
_ITEMS = {ABOVE: 0.92, NONE: 0.85}


def confidence(unit: str, item: str) -> float:
    """The confidence of a cell whose unit and item stand there."""
    return round(_UNITS[unit] * _ITEMS.get(item, 1.0), 2)
