"""JSON: one array of objects, a row on a line each; the objects are those of JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

from extractor.table.columns import Row
from extractor.writers import base


class Writer(base.Writer):
    """Writes a JSON array in UTF-8, characters as they are; rows are not kept."""

    def begin(self) -> None:
        self._headers = self.layout.headers
        self._before = "[\n"

    def write(self, rows: Sequence[Row]) -> None:
        encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
        pieces = []
        for row in rows:
            pieces.append(self._before + encode(dict(zip(self._headers, row, strict=True))))
            self._before = ",\n"
        self.output.stream().write("".join(pieces).encode())

    def finish(self) -> None:
        self.output.stream().write(b"[]\n" if self._before == "[\n" else b"\n]\n")
