"""JSON Lines: one object per row, with the columns as keys in their order; an absent number is ``null``."""

from __future__ import annotations

import json
from collections.abc import Sequence

from extractor.table.columns import Row
from extractor.writers import base


class Writer(base.Writer):
    """Writes JSON Lines in UTF-8, characters as they are."""

    def begin(self) -> None:
        self._headers = self.layout.headers

    def write(self, rows: Sequence[Row]) -> None:
        encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
        lines = (encode(dict(zip(self._headers, row, strict=True))) + "\n" for row in rows)
        self.output.stream().write("".join(lines).encode())
