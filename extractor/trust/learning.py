"""Words that a review teaches: units, nouns of kinds, names that are no figures, indicators.

In: the records of a review, which hold the sentences. Out: proposals, each an entry for a file of ``--lexicon`` with what it
does to the sentences of the review: how many checked rows it mends, how many it breaks. Only those are kept that mend more
rows than they break. A sentence is read by itself, so periods and other things carried over from before are not looked at.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from extractor.lexicon.user import load
from extractor.lexicon.user_file import LexiconError
from extractor.lexicon.words import Lexicon
from extractor.matching import compiled
from extractor.model import Figure
from extractor.pipeline import examine
from extractor.trust.records import Record

COMPARED = ("value", "unit", "kind", "item")
MOST = 60
"""Proposals that are tried, those of the most records first."""
_NUMBER = compiled("^[0-9０-９.,，%％零〇一二三四五六七八九十百千万亿萬億两兩几数余多半第]+")
_NAME = compiled("[零〇一二三四五六七八九十百千万亿两几数半]")
_WORD = compiled("[\u4e00-\u9fff]{1,8}")


class Entry(NamedTuple):
    """An entry of a lexicon: its table, its keys, and the word by which its sentences are found."""

    table: str
    keys: tuple[tuple[str, Any], ...]
    word: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry with the number of checked rows that it mends and breaks."""

    entry: Entry
    mended: int
    broken: int

    def toml(self) -> str:
        """The entry as a file of ``--lexicon`` has it.

        >>> print(Proposal(Entry("fixed", (("words", ("五进门",)),), "五进门"), 2, 0).toml())
        [[fixed]]
        words = ["五进门"]
        note = "of a review: mends 2 rows, breaks 0"
        """
        return _toml(
            self.entry,
            f"of a review: mends {self.mended} {'row' if self.mended == 1 else 'rows'}, breaks {self.broken}",
        )


def propose(records: Sequence[Record]) -> list[Proposal]:
    """The entries that mend more of the checked rows than they break, the most useful first."""
    checked = [
        record for record in records if record.sentence and (record.truth or record.verdict == "deleted")
    ]
    counts = Counter(entry for record in checked for entry in _entries(record))
    kept: list[Proposal] = []
    done: set[tuple[str, str]] = set()
    for entry, _ in sorted(
        counts.items(), key=lambda one: (-one[1], one[0].table, one[0].word, len(one[0].keys))
    ):
        if len(done) >= MOST or (entry.table, entry.word) in done:
            continue
        tried = _try(entry, [record for record in checked if entry.word in record.sentence])
        if tried is not None and tried.mended > tried.broken:
            kept.append(tried)
            done.add((entry.table, entry.word))
    return sorted(kept, key=lambda one: (one.broken - one.mended, one.entry.table, one.entry.word))


def _entries(record: Record) -> Iterator[Entry]:
    """What a record could teach."""
    truth, cells = record.truth, record.cells
    number = _NUMBER.match(record.text)
    behind = record.text[number.end() :] if number else ""
    unit, kind, item = (str(truth.get(name, "")) for name in ("unit", "kind", "item"))
    if record.verdict == "deleted":
        at = record.sentence.find(record.text)
        after = _WORD.match(record.sentence, at + len(record.text)) if at >= 0 else None
        for length in (2, 3, 4) if after else ():
            if len(after[0]) >= length and _NAME.search(record.text):  # type: ignore[index]
                phrase = record.text + after[0][:length]  # type: ignore[index]
                yield Entry("fixed", (("words", (phrase,)),), phrase)
        if (
            record.was.get("item")
            and record.text + str(record.was["item"]) in record.sentence
            and _NAME.search(record.text)
        ):
            phrase = record.text + str(record.was["item"])
            yield Entry("fixed", (("words", (phrase,)),), phrase)
        return
    if ("unit" in cells or record.verdict == "added") and unit and behind:
        keys = [("name", unit), ("spellings", (behind,)), ("class", "classifier"), ("example", record.text)]
        yield Entry("unit", (*keys, ("kind", kind)) if kind else tuple(keys), behind)
    if "kind" in cells and item:
        for length in sorted({2, 3, 4, min(len(item), 8)}):
            noun = item[-length:]
            if len(item) >= length and _WORD.fullmatch(noun):
                yield Entry("kind", (("name", kind), ("nouns", (noun,))), noun)
                if unit:
                    yield Entry("kind", (("name", kind), ("nouns", (noun,)), ("anywhere", (unit,))), noun)
    if "item" in cells and _WORD.fullmatch(item) and len(item) > 1:
        yield Entry("indicator", (("words", (item,)),), item)


def _try(entry: Entry, records: Iterable[Record]) -> Proposal | None:
    """What an entry does to the checked rows; ``None`` where no lexicon can have it."""
    words = _lexicon(entry)
    if words is None:
        return None
    mended = broken = 0
    for record in records:
        before, after = _right(record, None), _right(record, words)
        mended += after > before
        broken += after < before
    return Proposal(entry, mended, broken)


def _lexicon(entry: Entry) -> Lexicon | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mine.toml")
        path.write_text(_toml(entry), encoding="utf-8")
        try:
            return load([str(path)])
        except LexiconError:
            return None


def _right(record: Record, words: Lexicon | None) -> int:
    """How many cells of the record's row come out right; of a figure that is none, whether it is not reported."""
    found = [figure for figure in examine(record.sentence, words=words).figures if figure.text == record.text]
    if record.verdict == "deleted":
        return not found
    if not found:
        return -1
    truth = record.truth
    return max(_matches(figure, truth) for figure in found)


def _matches(figure: Figure, truth: dict[str, Any]) -> int:
    return sum(getattr(figure, name) == truth[name] for name in COMPARED if name in truth)


def _toml(entry: Entry, note: str = "") -> str:
    def spelled(value: Any) -> str:
        return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)

    lines = [f"[[{entry.table}]]", *(f"{name} = {spelled(value)}" for name, value in entry.keys)]
    return "\n".join([*lines, f"note = {spelled(note)}"] if note else lines)
