"""Scores a table of figures against the annotations of tests/gold.

    python -m tests.support.scorer              extract the seeds, print every measure beside its floor
    python -m tests.support.scorer --misses     and list what is wrong
    python -m tests.support.scorer out.csv      score a table written before (CSV, or JSON Lines by its suffix)
    python -m tests.support.scorer out.csv --gold FOLDER    against other annotations

A row belongs to the annotated figure with which its span has at least half of their union in common. The
measures: ``precision``, ``recall`` and ``f1`` of the figures; ``row_f1``, the same where only rows count
whose value, qualifier, unit, kind and item are all right; ``full_f1``, where moreover the item is the whole
phrase and subject, period, dates, per and change are right; for every other field the share of found figures
where it is right; ``title`` and ``place``, the share of rows inside an annotated article that are right.
``basis`` is measured where the annotations name one. Exit status 1 if a measure is below its floor.

Two columns are measured twice. ``item`` is right if it holds the core noun and says nothing beyond the phrase,
``item_exact`` only if it is the whole phrase in a fair wording. ``period`` asks for the period that the sentence
states and takes any where it states none, ``period_strict`` for the one that governs the figure, stated or
inherited, and for none where none governs.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold" / "figures"
ARTICLES = ROOT / "tests" / "gold" / "articles.jsonl"
HELD_OUT = ROOT / "tests" / "heldout"
"""Annotated articles on which no weight is fitted."""
FLOORS = ROOT / "tests" / "floors.toml"

HELD_BACK: tuple[str, ...] = ()
"""Beginnings of the names of sources that are not scored yet, to tell later how general the rules are."""

Gold = Mapping[str, Any]
Row = Mapping[str, Any]

_BLANKS_AND_QUOTES = re.compile("[\\s“”\"‘’'「」『』]+")


class Pair(NamedTuple):
    """An annotated figure, the row that was found for it, and which fields of the row are right."""

    gold: Gold
    row: Row
    right: dict[str, bool]


class Misplaced(NamedTuple):
    """A row inside an annotated article whose title or place is wrong."""

    row: Row
    article: Gold
    field: str


@dataclass
class Score:
    """What was found, what is too much and what is missing. Scores of several sources are added up."""

    pairs: list[Pair] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)
    missed: list[Gold] = field(default_factory=list)
    in_articles: int = 0
    misplaced: list[Misplaced] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.pairs += other.pairs
        self.extra += other.extra
        self.missed += other.missed
        self.in_articles += other.in_articles
        self.misplaced += other.misplaced

    def measures(self) -> dict[str, float]:
        """Every measure by name, from 0 to 1."""
        rows, figures = len(self.pairs) + len(self.extra), len(self.pairs) + len(self.missed)
        whole = sum(pair.right["row"] for pair in self.pairs)
        full = sum(pair.right["full"] for pair in self.pairs)
        result = {
            "precision": _share(len(self.pairs), rows),
            "recall": _share(len(self.pairs), figures),
            # The harmonic mean of two shares with the same numerator.
            "f1": _share(2 * len(self.pairs), rows + figures),
            "row_f1": _share(2 * whole, rows + figures),
            "full_f1": _share(2 * full, rows + figures),
        }
        for name in FIELDS:
            marks = [pair.right[name] for pair in self.pairs if name in pair.right]
            if marks or name != "basis":
                result[name] = _share(sum(marks), len(marks))
        if self.in_articles:
            for name in ("title", "place"):
                wrong = sum(miss.field == name for miss in self.misplaced)
                result[name] = 1 - wrong / self.in_articles
        return result


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def bare(text: object) -> str:
    """Text without blanks and quotation marks, which an item may carry or not.

    >>> bare('“一村 一策”方案')
    '一村一策方案'
    """
    return _BLANKS_AND_QUOTES.sub("", str(text or ""))


def _number(cell: object) -> float | None:
    return None if cell in (None, "") else float(str(cell).replace(",", ""))


def _same_number(one: object, other: object) -> bool:
    a, b = _number(one), _number(other)
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def _value(gold: Gold, row: Row) -> bool:
    names = ("low", "high") if gold["qualifier"] == "range" else ("value",)
    return all(_same_number(row[name], gold[name]) for name in names)


def _item(gold: Gold, row: Row) -> bool:
    item = bare(row["item"])
    if item in (bare(gold["item"]), *map(bare, gold["item_also"])):
        return True
    return bare(gold["item_core"]) in item and item in bare(gold["item_max"])


def _item_exact(gold: Gold, row: Row) -> bool:
    """The whole phrase, in one of its fair wordings."""
    wordings = gold.get("exact", [gold["item"], gold["item_max"], *gold["item_also"]])
    return bare(row["item"]) in map(bare, wordings)


def _period(gold: Gold, row: Row) -> bool:
    """One must hold the other. Any period is right where the annotation names none."""
    found = bare(row.get("period"))
    accepted = [bare(period) for period in (gold["period"], *gold.get("period_also", []))]
    return any(not want or want in found or (found and found in want) for want in accepted)


def _worded(key: str, name: str) -> Callable[[Gold, Row], bool]:
    """The column says what the annotation lists under ``key``, or a longer or shorter form of it. Nothing
    is right only where the annotation lists nothing, "".

    >>> right = _worded("subject", "subject")
    >>> right({"subject": ["朗县"]}, {"subject": "林芝市朗县"}), right({"subject": ["朗县"]}, {"subject": ""})
    (True, False)
    """

    def right(gold: Gold, row: Row) -> bool:
        found = bare(row.get(name))
        return any(
            found == want or (len(found) > 1 and len(want) > 1 and (want in found or found in want))
            for want in map(bare, gold.get(key, [""]))
        )

    return right


def _dates(gold: Gold, row: Row) -> bool:
    return [row.get("date_from") or "", row.get("date_to") or ""] == gold.get("dates", ["", ""])


def _action(gold: Gold, row: Row) -> bool:
    found = bare(row.get("action"))
    accepted = [bare(action) for action in gold["action"]]
    return not accepted or any(want in found or (found and found in want) for want in accepted)


def _listed(name: str) -> Callable[[Gold, Row], bool]:
    """The field is what the annotation says, or one of its other right answers."""
    return lambda gold, row: row.get(name, "") in (gold.get(name, ""), *gold.get(f"{name}_also", []))


FIELDS: dict[str, Callable[[Gold, Row], bool]] = {
    "span": lambda gold, row: (int(row["start"]), int(row["end"])) == (gold["start"], gold["end"]),
    "value": _value,
    "qualifier": _listed("qualifier"),
    "unit": _listed("unit"),
    "kind": _listed("kind"),
    "item": _item,
    "item_exact": _item_exact,
    "subject": _worded("subject", "subject"),
    "per": _listed("per"),
    "change": _listed("change"),
    "period": _period,
    "period_strict": _worded("period_full", "period"),
    "dates": _dates,
    "action": _action,
    "basis": lambda gold, row: (
        bare(row.get("basis")) in map(bare, (gold["basis"], *gold.get("basis_also", [])))
    ),
}
WHOLE_ROW = ("value", "qualifier", "unit", "kind", "item")
IN_FULL = (*WHOLE_ROW, "item_exact", "subject", "period_strict", "dates", "per", "change")

# Where the column or the key of the annotation is not called as the measure.
COLUMN = {"item_exact": "item", "period_strict": "period", "dates": "date_from"}
KEY = {"item_exact": "exact", "period_strict": "period_full"}


def _right(gold: Gold, row: Row) -> dict[str, bool]:
    marks = {
        name: bool(test(gold, row)) for name, test in FIELDS.items() if name != "basis" or "basis" in gold
    }
    return marks | {
        "row": all(marks[name] for name in WHOLE_ROW),
        "full": all(marks[name] for name in IN_FULL),
    }


def _overlap(gold: Gold, row: Row) -> float:
    """What two spans have in common, as a share of their union."""
    start, end = int(row["start"]), int(row["end"])
    common = min(gold["end"], end) - max(gold["start"], start)
    return common / (max(gold["end"], end) - min(gold["start"], start)) if common > 0 else 0.0


def score(gold: Iterable[Gold], rows: Iterable[Row], articles: Sequence[Gold] = ()) -> Score:
    """Scores the rows of one source. ``articles`` are the annotated articles of that source."""
    result = Score()
    gold, rows = list(gold), list(rows)
    free = sorted(rows, key=lambda row: int(row["start"]))
    for figure in gold:
        if figure["status"] != "figure":
            continue
        best = max(free, key=lambda row: _overlap(figure, row), default=None)
        if best is None or _overlap(figure, best) < 0.5:
            result.missed.append(figure)
        else:
            free.remove(best)
            result.pairs.append(Pair(figure, best, _right(figure, best)))
    optional = [figure for figure in gold if figure["status"] == "optional"]
    result.extra = [row for row in free if not any(_overlap(figure, row) for figure in optional)]
    for row in rows:
        for article in articles:
            if article["first_line"] <= int(row["line"]) <= article["last_line"]:
                result.in_articles += 1
                result.misplaced += [Misplaced(row, article, name) for name in _misplaced(article, row)]
    return result


def _misplaced(article: Gold, row: Row) -> list[str]:
    title, place = bare(row["title"]), bare(row.get("place"))
    mains = [bare(main) for main in (article["main"], *article["main_also"])]
    places = [bare(name) for name in article["place"]]
    wrong = [] if any(main in title if main else not title for main in mains) else ["title"]
    # A longer or shorter name of the place is right too, a single character is no name.
    known = place in places or (len(place) > 1 and any(p and (p in place or place in p) for p in places))
    return wrong if known else [*wrong, "place"]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_gold(folder: Path = GOLD, held_back: tuple[str, ...] = HELD_BACK) -> dict[str, list[dict[str, Any]]]:
    """The annotations of a folder by the name of their source, without those held back."""
    paths = sorted(path for path in folder.glob("*.jsonl") if not path.name.startswith(held_back))
    return {
        name: [{"source": name, **row} for row in read_lines(path)]
        for path in paths
        for name in [f"{path.stem}.txt"]
    }


def read_articles(path: Path = ARTICLES) -> dict[str, list[dict[str, Any]]]:
    """The annotated articles by the name of their source."""
    result = defaultdict(list)
    for article in read_lines(path):
        result[article["source"]].append(article)
    return dict(result)


def read_table(path: Path) -> list[dict[str, Any]]:
    """The rows of a table that ``extract`` wrote."""
    if path.suffix == ".jsonl":
        return read_lines(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def score_table(
    rows: Iterable[Row],
    gold: Mapping[str, Sequence[Gold]],
    articles: Mapping[str, Sequence[Gold]] | None = None,
) -> Score:
    """Scores a table of several sources. Rows of sources without annotations are left out."""
    by_source = defaultdict(list)
    for row in rows:
        by_source[PurePosixPath(str(row["source"]).replace("\\", "/")).name].append(row)
    total = Score()
    for name, figures in gold.items():
        total.add(score(figures, by_source[name], (articles or {}).get(name, ())))
    return total


def extract_seeds() -> list[dict[str, Any]]:
    """The table of the seeds, as the command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.csv")
        command = [sys.executable, "-m", "extractor", str(SEEDS), "--csv", str(out), "--quiet"]
        subprocess.run(command, check=True, cwd=ROOT)
        return read_table(out)


def score_seeds() -> Score:
    """Scores the table of the seeds against the project's annotations."""
    return score_table(extract_seeds(), read_gold(), read_articles())


def read_floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """The floors by section and measure."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def misses(total: Score) -> Iterable[str]:
    """A line for everything that is wrong: source, offset and text of the figure, what is wrong with it."""
    for gold in total.missed:
        yield f"{_at(gold)}  missed, item {gold['item']}"
    for row in total.extra:
        yield f"{_at(row)}  extra, item {row['item']!r} in {row['sentence']}"
    for pair in total.pairs:
        for name, right in pair.right.items():
            if name == "span" and not right:
                yield f"{_at(pair.gold)}  span: {pair.row['text']}"
            elif name == "item_exact" and not pair.right["item"]:
                continue  # said already
            elif name not in ("row", "full") and not right:
                column, key = COLUMN.get(name, name), KEY.get(name, name)
                yield f"{_at(pair.gold)}  {name}: {pair.row.get(column, '')!r} for {pair.gold.get(key, '')!r}"
    for miss in total.misplaced:
        want = miss.article["main" if miss.field == "title" else "place"]
        yield f"{_at(miss.row)}  {miss.field}: {miss.row[miss.field]!r} for {want!r}"


def _at(figure: Gold | Row) -> str:
    return f"{PurePosixPath(str(figure['source'])).name}@{figure['start']} {figure['text']}"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.support.scorer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("table", type=Path, nargs="?", help="a table written before")
    parser.add_argument("--gold", type=Path, help="a folder of annotations, in place of the project's")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    options = parser.parse_args()

    rows = read_table(options.table) if options.table else extract_seeds()
    own = options.gold is None
    gold = read_gold() if own else read_gold(options.gold, ())
    total = score_table(rows, gold, read_articles() if own else None)
    floors = read_floors().get("seeds", {}) if own else {}
    print(
        f"{len(gold)} sources: {len(total.pairs)} found, {len(total.extra)} extra, {len(total.missed)} missed"
    )
    below = False
    for name, value in total.measures().items():
        floor = floors.get(name)
        fails = floor is not None and value < floor
        below |= fails
        print(
            f"{name:13} {value:.4f}" + ("" if floor is None else f"  floor {floor:.3f}" + "  BELOW" * fails)
        )
    if options.misses:
        print("\n".join(misses(total)))
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
