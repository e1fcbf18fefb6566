"""Words that a review teaches: they mend what was corrected, and what breaks other rows is not proposed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli.command import command
from extractor.lexicon.user import load
from extractor.pipeline import examine
from extractor.sources.encodings import text_digest
from extractor.trust.learning import Proposal, propose
from extractor.trust.records import Record, record_of


def said(text: str, figure: str, verdict: str, **cells: Any) -> Record:
    (found,) = (one for one in examine(text, "a.txt").figures if one.text == figure)
    return record_of(found, text_digest(text), verdict, **cells)


REVIEW = [
    said("全院现有病床800张。", "800张", "corrected", kind="beds"),
    said("新区医院增加病床20张。", "20张", "corrected", kind="beds"),
    said("买来课桌20张。", "20张", "right"),
    said("会议室有办公桌12张。", "12张", "right"),
]


def test_a_kind_is_learnt_from_two_corrections() -> None:
    (found,) = propose(REVIEW)
    assert found.entry.table == "kind" and dict(found.entry.keys)["name"] == "beds"
    assert dict(found.entry.keys)["nouns"] == ("病床",)
    assert (found.mended, found.broken) == (2, 0)


def test_a_name_is_learnt_from_a_deleted_figure() -> None:
    text = "我县打造七张王牌，走活一盘棋。"
    (found,) = propose([said(text, "七张", "deleted")])
    assert found.entry.table == "fixed" and found.entry.word == "七张王牌"


def test_what_breaks_as_much_as_it_mends_is_not_proposed() -> None:
    rows = [
        said("全院现有病床800张。", "800张", "corrected", kind="beds"),
        said("新区医院增加病床20张。", "20张", "right"),
    ]
    assert propose(rows) == []


def test_rows_that_are_right_teach_nothing() -> None:
    assert propose([said("培训7期。", "7期", "right"), said("惠及12户。", "12户", "wrong")]) == []


def test_the_file_is_one_that_lexicon_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = "".join(json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in REVIEW)
    Path("review.jsonl").write_text(lines, encoding="utf-8")
    run = CliRunner().invoke
    done = run(command, ["learn", "review.jsonl", "--lexicon", "mine.toml"], standalone_mode=False)
    assert done.return_value == 0 and "4 records, 1 word proposed" in done.stderr
    words = load(["mine.toml"])
    assert examine("县医院添置病床60张。", words=words).figures[0].kind == "beds"
    again = run(command, ["learn", "review.jsonl", "--lexicon", "mine.toml"])
    assert again.exit_code == 2 and "is there already" in again.stderr
    shown = run(command, ["learn", "review.jsonl", "-q"], standalone_mode=False)
    assert shown.stdout == Path("mine.toml").read_text(encoding="utf-8") and shown.stderr == ""


def test_proposals_are_told_with_what_they_do() -> None:
    (found,) = propose(REVIEW)
    assert isinstance(found, Proposal) and "mends 2 rows, breaks 0" in found.toml()
