"""The arithmetic checks to read on a terminal: disagreements first, the figures marked in their sentence."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from extractor.checks import STATUSES
from extractor.checks.claims import spans
from extractor.sources.escapes import escaped
from extractor.table.columns import Row
from extractor.writers import base

ORDER = ("disagrees", "open", "rounds", "agrees")
STYLES = {"disagrees": "bold red", "open": "yellow", "rounds": "green", "agrees": "green"}
NARROWEST, WIDEST = 60, 120


class Writer(base.Writer):
    """Keeps the rows to the end, for the disagreements of all sources stand on top."""

    def begin(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._names: dict[Any, str] = {word: name for name, word in self._words().items()}

    def _words(self) -> dict[str, str]:
        given = self.layout.words.get("status", {})
        return {name: given.get(name, name) for name in STATUSES}

    def write(self, rows: Sequence[Row]) -> None:
        self._rows += [dict(zip(self.layout.columns, row, strict=True)) for row in rows]

    def finish(self) -> None:
        console = Console(
            file=io.StringIO(),
            width=max(NARROWEST, min(Console().width, WIDEST)),
            force_terminal=bool(self.color),
            no_color=not self.color,
            highlight=False,
        )
        for row in sorted(self._rows, key=lambda row: ORDER.index(self._names[row["status"]])):
            style = STYLES[self._names[row["status"]]]
            head = Text.assemble(
                (str(row["status"]), style), "  ", (escaped(row["expression"]), "bold"), "  "
            )
            console.print(
                head + Text(escaped(f"{row['relation']}  {row['source']}:{row['article']}"), style="dim")
            )
            console.print(_marked(row["sentence"], row["marks"], style))
            console.print(Text(escaped(row.get("explanation") or row["explanation_zh"]), style="dim"))
            console.print()
        text = console.file.getvalue()  # type: ignore[attr-defined]
        self.output.stream().write("".join(f"{line.rstrip()}\n" for line in text.splitlines()).encode())


def _marked(sentence: str, marks: str, style: str) -> Text:
    """The sentence with its figures in brackets, and in colour where there is one.

    >>> _marked("已改造60户，剩余20户。", "3-6 9-12", "red").plain
    '已改造【60户】，剩余【20户】。'
    """
    text, end = Text(), 0
    for start, stop in sorted(spans(marks)):
        text.append(escaped(sentence[end:start])).append(f"【{escaped(sentence[start:stop])}】", style=style)
        end = stop
    return text.append(escaped(sentence[end:]))
