"""Reviews: applied to the texts that they were made of, counted, and refused where they are none."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from extractor.cli.command import command
from extractor.model import Document
from extractor.pipeline import examine
from extractor.sources.encodings import text_digest
from extractor.trust.reckoning import Reckoning
from extractor.trust.records import Record, ReviewError, read_review, record_of
from extractor.trust.review import Review
from tests.support.invariants import squash

TEXT = "白石镇办班忙\n\n2023年，白石镇培训7期、307人，新建大棚12座，发放补贴3.5万元。第一书记走访农户48户。\n"


def document(text: str = TEXT) -> Document:
    return examine(text, "a.txt")


def written(folder: Path, *records: Record) -> Path:
    path = folder / "review.jsonl"
    path.write_text(
        "".join(json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in records), encoding="utf-8"
    )
    return path


def applied(*records: Record, text: str = TEXT) -> tuple[Document, Reckoning]:
    reckoning = Reckoning(records)
    reviewed, judged = Review(records).apply(document(text), text)
    reckoning.add(judged)
    return reviewed, reckoning


def said(figure: str, verdict: str, weight: float = 0, **cells: Any) -> Record:
    (found,) = (one for one in document().figures if one.text == figure)
    return record_of(found, text_digest(TEXT), verdict, weight, **cells)


def test_each_verdict_does_its_work() -> None:
    at = TEXT.index("2023年")
    missed = Record(text_digest(TEXT), "a.txt", at, at + 5, "2023年", "added", {"value": 2023, "unit": "年"})
    reviewed, reckoning = applied(
        said("7期", "right"), said("307人", "corrected", item="学员"), said("12座", "wrong"),
        said("48户", "deleted"), missed,
    )  # fmt: skip
    before = {one.text: one for one in document().figures}
    after = {one.text: one for one in reviewed.figures}
    assert after["7期"] == replace(before["7期"], rule="unit.event review.right", confidence=1)
    assert after["307人"].item == "学员" and after["307人"].rule.endswith(" review.corrected")
    assert after["12座"] == replace(before["12座"], rule=after["12座"].rule, confidence=0)
    assert after["12座"].rule.endswith(" review.wrong")
    assert after["3.5万元"] == before["3.5万元"]  # of which nothing was said
    assert "48户" not in after
    new = after["2023年"]
    assert (new.value, new.low, new.high, new.unit, new.rule) == (2023, 2023, 2023, "年", "review.added")
    assert new.title == "白石镇办班忙" and new.line == 3 and new.text in new.sentence
    assert [one.start for one in reviewed.figures] == sorted(one.start for one in reviewed.figures)
    assert reckoning.estimates()["row"][:2] == (1, 4)
    assert reckoning.estimates()["item"][:2] == (1, 2)
    assert reckoning.estimates()["figure"][:2] == (3, 4)


def test_every_numeral_is_still_in_one_row_and_every_row_at_its_place() -> None:
    at = TEXT.index("2023年")
    missed = Record(text_digest(TEXT), "a.txt", at, at + 5, "2023年", "added", {"value": 2023})
    reviewed, _ = applied(said("48户", "deleted"), missed)
    assert len(reviewed.figures) + len(reviewed.rejections) == len(document().figures) + len(
        document().rejections
    )
    spans = [(one.start, one.end) for one in (*reviewed.figures, *reviewed.rejections)]
    assert len(set(spans)) == len(spans)
    for one in (*reviewed.figures, *reviewed.rejections):
        assert squash(TEXT[one.start : one.end]) == one.text


def test_what_follows_from_a_corrected_cell() -> None:
    reviewed, _ = applied(said("3.5万元", "corrected", value=36000, period="上半年"))
    (row,) = (one for one in reviewed.figures if one.text == "3.5万元")
    assert (row.low, row.high, row.base_value) == (36000, 36000, 36000)
    assert (row.period_from, row.date_from, row.date_to) == ("article", "", "")


def test_a_review_survives_a_better_run() -> None:
    """What was corrected is found now: nothing is left to correct, and the table before it counts as right."""
    (old,) = (one for one in document().figures if one.text == "307人")
    record = record_of(
        replace(old, item="期", start=old.start + 1), text_digest(TEXT), "corrected", item=old.item
    )
    reviewed, reckoning = applied(record)
    (row,) = (one for one in reviewed.figures if one.text == "307人")
    assert row.item == old.item and row.rule.endswith("review.right")
    assert reckoning.estimates()["row"][:2] == (1, 1)


def test_a_confirmed_row_that_a_later_run_loses_is_put_back() -> None:
    record = said("307人", "right")
    reckoning = Reckoning([record])
    lost = replace(document(), figures=tuple(one for one in document().figures if one.text != "307人"))
    reviewed, judged = Review([record]).apply(lost, TEXT)
    reckoning.add(judged)
    (row,) = (one for one in reviewed.figures if one.text == "307人")
    assert (row.item, row.value, row.rule) == (record.was["item"], 307, "review.added")
    assert any("put back" in line for line in reckoning.lines())


def test_a_changed_source_is_told_and_another_name_is_none() -> None:
    record = said("7期", "corrected", item="夜校")
    _, reckoning = applied(record, text=TEXT + "完。")
    assert list(reckoning.warnings()) == [
        "a.txt: has changed since it was reviewed, 1 row of the review not applied"
    ]
    renamed = Review([record]).apply(examine(TEXT, "b.txt"), TEXT)[0]
    assert renamed.figures[0].item == "夜校"
    reckoning = Reckoning([record])
    assert list(reckoning.warnings()) == ["1 row of the review about texts that are not among these"]


def test_a_sample_tells_of_the_table_and_other_rows_do_not() -> None:
    drawn = [said("7期", "right", 10), said("307人", "corrected", 30, item="学员")]
    _, reckoning = applied(*drawn, said("12座", "wrong"))
    assert reckoning.estimates()["row"][:3] == (1, 2, 0.25)
    assert "2 rows drawn that stand for 40" in "\n".join(reckoning.lines())
    _, reckoning = applied(said("12座", "wrong"))
    assert "not drawn by --sample" in "\n".join(reckoning.lines())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "is no JSON"),
        ("[]", "is no object"),
        ('{"digest": "x"}', "'digest' is no SHA-256"),
        ('{"start": 3, "end": 3}', "are no span"),
        ('{"start": true}', "are no span"),
        ('{"verdict": "good"}', "'verdict' is none of added, corrected"),
        ('{"weight": -1}', "no number of rows"),
        ('{"cells": {"itme": "x"}}', "no cell 'itme'"),
        ('{"cells": {"value": "3"}}', "neither a number nor null"),
        ('{"cells": {"value": NaN}}', "neither a number nor null"),
        ('{"was": {"unit": 3}}', "is no text"),
        ('{"sentence": 3}', "is no text"),
        ('{"cells": {"qualifier": "abot"}}', "did you mean 'about'?"),
        ('{"cells": {"change": "more"}}', "there are down, up"),
        ('{"cells": {"kind": "mony"}}', "did you mean 'money'?"),
    ],
)
def test_what_is_no_review_is_refused_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    right = said("7期", "right").to_dict()
    path = tmp_path / "review.jsonl"
    given = line if line in ("{", "[]") else json.dumps(right | json.loads(line))
    path.write_text(json.dumps(right) + "\n\n" + given + "\n", encoding="utf-8")
    with pytest.raises(ReviewError, match="line 3: ") as error:
        read_review([str(path)], kinds=["money", "people"])
    assert words in str(error.value)


def test_the_later_record_of_a_span_counts(tmp_path: Path) -> None:
    path = written(tmp_path, said("7期", "wrong"), said("307人", "right"), said("7期", "right"))
    assert [one.verdict for one in read_review([str(path)])] == ["right", "right"]


# On the command line


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(command, list(arguments), standalone_mode=False)


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_sample_and_review_on_the_command_line(extract: Callable[..., Result], tmp_path: Path) -> None:
    sample = extract("a.txt", "--sample", "3", "--seed", "5")
    assert len(rows(sample)) == 3 and sum(int(row["weight"]) for row in rows(sample)) == 5
    assert "3 picked of 5 figures" in sample.stderr
    assert "权重" in extract("a.txt", "--sample", "3", "--headers", "zh").stdout
    written(tmp_path, said("7期", "right", 3), said("307人", "corrected", 2, item="学员"))
    done = extract("a.txt", "--review", "review.jsonl", "-j", "2")
    assert [row["item"] for row in rows(done)][1] == "学员"
    assert "reviewed: 1 right, 1 corrected" in done.stderr
    assert "value     2 of 2 (≥ 3" in done.stderr
    assert not extract("a.txt", "--review", "review.jsonl", "-q").stderr


def test_doubtful_on_the_command_line(extract: Callable[..., Result]) -> None:
    (row,) = rows(extract("a.txt", "--doubtful"))
    assert float(row["confidence"]) == min(figure.confidence for figure in document().figures)


def test_a_figure_that_its_article_contradicts_is_shown_first(extract: Callable[..., Result]) -> None:
    """Surer rows stand before less sure ones where a relation contradicts them; ``--checks`` need not be asked for."""
    odd = "常住户80户已完成改造60户，剩余30户。另外又种了若干，其中三成归村里，余下的归12个。"
    Path("a.txt").write_text(TEXT + odd, encoding="utf-8")
    assert [row["status"] for row in rows(extract("a.txt", "--checks", "-"))] == ["disagrees"]
    first = rows(extract("a.txt", "--doubtful"))
    least = min(figure.confidence for figure in examine(TEXT + odd).figures)
    assert first[0]["text"] in ("80户", "60户", "30户")
    assert float(first[0]["confidence"]) > least


@pytest.mark.parametrize(
    "options",
    [
        ("--sample", "3", "--doubtful"),
        ("--sample", "3", "--summary"),
        ("--doubtful", "--resume", "--csv", "x.csv"),
        ("--review", "review.jsonl", "--resume", "--csv", "x.csv"),
        ("--review", "a.txt"),
        ("--review", "none.jsonl"),
    ],
)
def test_what_does_not_go_together(
    extract: Callable[..., Result], tmp_path: Path, options: tuple[str, ...]
) -> None:
    written(tmp_path, said("7期", "right"))
    assert extract("a.txt", *options).exit_code == 2 or extract("a.txt", *options).exception is not None
    assert not Path("x.csv").exists()


def test_processes_and_formats_see_the_same_review(extract: Callable[..., Result], tmp_path: Path) -> None:
    Path("b.txt").write_text(TEXT.replace("7期", "8期"), encoding="utf-8")
    written(tmp_path, said("307人", "corrected", item="学员"), said("48户", "deleted"))
    one = extract("a.txt", "b.txt", "--review", "review.jsonl", "-j", "1", "--rejected", "r.csv")
    two = extract("a.txt", "b.txt", "--review", "review.jsonl", "-j", "2", "--sort", "source")
    assert rows(one) == rows(two)
    assert [row["rule"] for row in rows(one) if "review" in row["rule"]] == ["unit.noun review.corrected"]
    assert "review.deleted" in Path("r.csv").read_text(encoding="utf-8")
