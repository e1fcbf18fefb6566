"""Reads ``tables.txt`` and ``more_tables.txt`` and measures what is found: ``python -m tests.cells.tables`` lists what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractor.cells.reading import CellFigure, read
from extractor.lexicon.folding import fold
from extractor.sources.documents import markup
from extractor.sources.documents.extracted import Extract

FILES = [Path(__file__).with_name(name) for name in ("tables.txt", "more_tables.txt")]
PARTS = ("found", "value", "unit", "item", "subject", "period")
COVERED = "<<"
"""A square of a row that a cell above covers."""
_CELL = re.compile(r"(.*?)(?:\^(\d+))?(?:_(\d+))?$", re.S)


@dataclass
class Sample:
    """A table: its HTML, and for every cell that is a figure what it should give."""

    shape: str
    above: list[str] = field(default_factory=list)
    head: list[list[str]] = field(default_factory=list)
    columns: list[dict[str, str]] = field(default_factory=list)
    rows: list[tuple[list[str], dict[str, str]]] = field(default_factory=list)

    def html(self) -> str:
        lines = [f"<p>{line}</p>" for line in self.above] + ["<table>"]
        for row in [*self.head, *(cells for cells, _ in self.rows)]:
            lines.append("<tr>" + "".join(_td(cell) for cell in row if cell != COVERED) + "</tr>")
        return "\n".join([*lines, "</table>"])


def samples() -> list[Sample]:
    found: list[Sample] = []
    for line in (line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("== "):
            found.append(Sample(line[3:]))
        elif not found or not line.strip():
            continue
        elif line.startswith("> "):
            found[-1].above.append(line[2:])
        elif line.startswith("# "):
            found[-1].head.append(_cells(line[2:]))
        elif line.startswith("@ "):
            found[-1].columns = [_keys(cell) for cell in _cells(line[2:])]
        else:
            cells, _, keys = line.partition("=>")
            found[-1].rows.append((_cells(cells), _keys(keys)))
    return found


def measure() -> Iterator[tuple[str, str, bool, str]]:
    """For each cell and part: the shape, the part, whether it is right, and a line about it. ``extra`` are figures too many."""
    for number, sample in enumerate(samples(), 1):
        extract = Extract("html")
        markup.write(markup.parse(sample.html()), extract)
        done = extract.done()
        got = {one.start: one for one in read(done.tables[0], done.text) if isinstance(one, CellFigure)}
        cells = {(cell.row, cell.column): cell for cell in done.tables[0].cells}
        for at, (texts, keys) in enumerate(sample.rows):
            for column, text in enumerate(texts):
                wants = sample.columns[column]
                if "n" in wants or "-" in wants or not re.search(r"\d", text):
                    continue
                cell = cells[at + len(sample.head), column]
                one = got.pop(cell.start, None)
                told = f"{number} {sample.shape} {'|'.join(texts[:2])} [{column}] {text}"
                yield (
                    sample.shape,
                    "found",
                    one is not None or not re.fullmatch(r"[-+(]?[\d,.]+\)?%?", text),
                    told,
                )
                if one is None:
                    continue
                joined = {**wants, **keys}
                if wants.get("c") or "%" in text:
                    joined["u"], joined["x"] = wants.get("u", "%"), wants.get("x", "1")
                plain = text.replace(",", "").rstrip("%").replace("+", "").replace("−", "-")
                amount = re.fullmatch(r"([-(]?[\d.]+)\)?(万?)\w*", plain)
                assert amount is not None, plain
                value = float(amount[1].replace("(", "-")) * (10000 if amount[2] else 1)
                value *= float(joined.get("x", 1))
                items = [a + b for a in _either(keys.get("i")) for b in _either(wants.get("i"))]
                items += [b + a for a in _either(keys.get("i")) for b in _either(wants.get("i"))]
                for part, right, what in (
                    (
                        "value",
                        abs((one.number.value or 0) - value) < 1e-9 * max(1, abs(value)),
                        one.number.value,
                    ),
                    ("unit", one.unit.name in joined.get("u", "").split(";"), one.unit.name),
                    ("item", one.item in map(fold, items), one.item),
                    ("subject", one.subject in _either(joined.get("s")), one.subject),
                    ("period", fold(one.period) in map(fold, _either(joined.get("p"))), one.period),
                ):
                    yield sample.shape, part, right, f"{told}: {what!r}"
        for one in got.values():
            yield (
                sample.shape,
                "extra",
                False,
                f"{number} {sample.shape} {one.sentence}: {one.item!r} {one.number.value}",
            )


def _td(cell: str) -> str:
    match = _CELL.fullmatch(cell)
    assert match is not None
    text, columns, rows = match.groups()
    return f"<td colspan={columns or 1} rowspan={rows or 1}>{text}</td>"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _keys(text: str) -> dict[str, str]:
    pairs = (word.partition("=") for word in text.split())
    return {key: value or ("" if is_set else "yes") for key, is_set, value in pairs}


def _either(text: str | None) -> list[str]:
    return (text or "").split("/")


def main() -> None:
    counts: dict[str, list[int]] = {}
    for _, part, right, told in measure():
        counts.setdefault(part, [0, 0])[0] += right
        counts[part][1] += 1
        if not right:
            print(part, told)
    for part, (right, whole) in counts.items():
        print(f"{part}: {right} of {whole}, {right / whole:.3f}")


if __name__ == "__main__":
    main()
