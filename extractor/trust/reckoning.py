"""What a review comes to: how many rows were checked, which share of each column is right, and what no longer fits.

Judgements come in document by document, in any number; the words come out at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.trust.accuracy import Estimate, estimate
from extractor.trust.records import Record
from extractor.trust.review import JUDGED, Judged

SHOWN = ("row", "figure", *JUDGED)
"""What is told: whole rows, whether they are figures at all, and the columns."""


@dataclass(slots=True)
class Reckoning:
    """Judgements under way."""

    records: Sequence[Record]
    marks: dict[int, dict[str, bool]] = field(default_factory=dict)
    unfound: set[int] = field(default_factory=set)
    changed: dict[int, None] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def add(self, judged: Judged) -> None:
        """Take in what was found of one document; of a text that comes twice the first counts."""
        for place, marks in judged.marks:
            self.marks.setdefault(place, marks)
        self.unfound.update(judged.unfound)
        self.changed.update(dict.fromkeys(judged.changed))
        self.seen.add(judged.digest)

    @property
    def sampled(self) -> bool:
        """Whether checked rows were drawn by chance, so that they tell of the whole table."""
        return any(self.records[place].weight for place in self.marks)

    def estimates(self) -> dict[str, Estimate]:
        """The share of right rows and cells, by column; from the rows of a sample alone if there is one."""
        sampled = self.sampled
        found: dict[str, list[tuple[bool, float]]] = {name: [] for name in SHOWN}
        for place, marks in sorted(self.marks.items()):
            record = self.records[place]
            if record.verdict == "added" or (sampled and not record.weight):
                continue
            for name, right in marks.items():
                found[name].append((right, record.weight or 1))
        return {name: estimate(marks) for name, marks in found.items() if marks}

    def warnings(self) -> Iterator[str]:
        """What no longer fits, a line each."""
        lost = [place for place in self.changed if self.records[place].digest not in self.seen]
        for source, number in Counter(self.records[place].source for place in lost).items():
            yield f"{source}: has changed since it was reviewed, {_rows(number)} of the review not applied"
        absent = sum(record.digest not in self.seen for record in self.records) - len(lost)
        if absent:
            yield f"{_rows(absent)} of the review about texts that are not among these"

    def lines(self) -> Iterator[str]:
        """What was checked, and the accuracy per column."""
        verdicts = Counter(self.records[place].verdict for place in {*self.marks, *self.unfound})
        told = [f"{verdicts[name]:,} {name}" for name in ("right", "corrected", "wrong", "deleted", "added")]
        yield (
            f"reviewed: {', '.join(one for one in told if not one.startswith('0 '))}"
            if verdicts
            else "reviewed: none"
        )
        lost = sum(self.records[place].verdict in ("right", "corrected") for place in self.unfound)
        if lost:
            yield f"{_rows(lost)} that the rules no longer find, put back as reviewed"
        estimates = self.estimates()
        if not estimates:
            return
        rows = estimates["row"].checked
        total = sum(self.records[place].weight for place in self.marks)
        if self.sampled:
            yield f"accuracy of the table before the corrections, from {rows:,} rows drawn that stand for {total:,.0f}:"
        else:
            yield f"accuracy of {rows:,} rows before the corrections; they were not drawn by --sample and tell of no others:"
        for name, one in estimates.items():
            yield f"  {name:9} {one}"


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"
