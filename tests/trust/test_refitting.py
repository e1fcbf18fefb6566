"""Weights fitted to a review: a habit of a genre is learnt, slips are refused, and few rows are not taken."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from extractor.cli.command import command
from extractor.context.own_weights import LEARNT_ON, WeightsError, added, load, text_of
from extractor.context.ranking import Weights, weights
from extractor.engine.task import rules_digest
from extractor.pipeline import examine
from extractor.sources.encodings import text_digest
from extractor.trust.lessons import bare, lessons
from extractor.trust.records import Record, record_of
from extractor.trust.refitting import Tried, learnt, tried

CROPS = ["青稞", "小麦", "油菜", "玉米", "花生", "大豆", "苹果", "柑橘", "茶叶", "烤烟", "土豆", "红薯"]
VILLAGES = ["东河村", "西岭村", "南坪村", "北沟村", "上湾村", "下坝村"]
Truth = Callable[[str, str], str]
"""From the crop and the item as read to the item that the reviewer wants."""


def texts() -> list[tuple[str, list[str]]]:
    """Texts of invented sentences, each with the crops in it."""
    found = []
    for number, village in enumerate(VILLAGES):
        crops = [CROPS[(number * 5 + at) % len(CROPS)] for at in range(10)]
        lines = [f"{village}种植{crop}{30 + 7 * at}亩，产量达到{5 + at}吨。" for at, crop in enumerate(crops)]
        found.append(("\n".join(lines) + "\n", crops))
    return found


def reviewed(truth: Truth) -> list[Record]:
    """A review of all rows of the texts."""
    records = []
    for text, crops in texts():
        digest = text_digest(text)
        figures = examine(text, "a.txt").figures
        assert len(figures) == 2 * len(crops)
        for number, figure in enumerate(figures):
            wanted = truth(crops[number // 2], figure.item)
            cells = {} if wanted == figure.item else {"item": wanted}
            records.append(record_of(figure, digest, "corrected" if cells else "right", **cells))
    return records


def habit(crop: str, item: str) -> str:
    """This genre wants the crop where the text says 产量."""
    return crop if item.endswith("产量") else item


def written(path: Path, records: Sequence[Record]) -> str:
    lines = [json.dumps(one.to_dict(), ensure_ascii=False) for one in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number, (text, _) in enumerate(texts()):
        Path(f"{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def learn(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["learn", *arguments], standalone_mode=False)


def extracted(*arguments: str) -> list[dict[str, str]]:
    done = CliRunner().invoke(command, [*arguments, "-f", "csv", "-j", "1"], standalone_mode=False)
    assert done.exception is None, done.exception
    return list(csv.DictReader(io.StringIO(done.stdout)))


def renamed(records: list[Record]) -> list[Record]:
    """The same as rows of other texts."""
    return [
        Record(one.digest[::-1], "b" + one.source, one.start, one.end, one.text, one.verdict, one.cells, one.was, one.sentence)
        for one in records
    ]  # fmt: skip


def test_every_checked_row_is_found_in_its_sentence() -> None:
    made = lessons(reviewed(lambda crop, item: item))
    assert sum(len(one.truths) for one in made) == 120
    marks = [right for one in made for right in one.right(weights()).values()]
    assert sum(marks) / len(marks) > 0.95  # what the whole text says besides changes little


def test_a_habit_is_learnt_and_holds_for_texts_held_out() -> None:
    made = lessons(reviewed(habit))
    item = next(one for one in tried(made, weights()) if one.question == "item")
    assert item.helps and item.mended >= 40 and item.broken <= 3
    new = added(weights(), learnt(made, weights(), ["item"]))
    sentence = "高桥村种植葡萄44亩，产量达到9吨。"
    assert examine(sentence).figures[1].item == "产量"
    assert examine(sentence, fitted=new).figures[1].item == "葡萄"
    assert examine(sentence, fitted=new).figures[0].item == "葡萄"


def test_slips_are_refused() -> None:
    chance = random.Random(4)
    made = lessons(reviewed(lambda crop, item: "村" if chance.random() < 0.2 else item))
    assert not any(one.helps for one in tried(made, weights()))


def test_more_mended_than_broken_may_still_be_chance() -> None:
    assert Tried("item", 300, 200, 12, 1).helps
    assert not Tried("item", 300, 200, 12, 6).helps
    assert not Tried("item", 300, 200, 0, 0).helps


def test_the_command_writes_what_helps_and_extract_uses_it(folder: Path) -> None:
    review = written(folder / "review.jsonl", reviewed(habit) + renamed(reviewed(habit)))
    done = learn(review, "--weights", "mine.toml")
    assert done.return_value == 0, done.output
    assert "240 checked rows of 12 texts" in done.stderr and "helps" in done.stderr
    assert "[item]" in Path("mine.toml").read_text(encoding="utf-8")
    before, after = extracted("0.txt"), extracted("0.txt", "--weights", "mine.toml")
    assert before[1]["item"].endswith("产量") and after[1]["item"] == texts()[0][1][0]
    Path("extract.toml").write_text('weights = "mine.toml"\n', encoding="utf-8")
    assert extracted("0.txt") == after
    again = learn(review, "--weights", "mine.toml")
    assert again.exception is not None and "there already" in str(again.exception)
    told = CliRunner().invoke(command, ["0.txt", "--explain"], standalone_mode=False)
    assert f"item        {texts()[0][1][0]}" in told.stdout
    assert rules_digest(weights="mine.toml") != rules_digest()


def test_slips_write_nothing(folder: Path) -> None:
    chance = random.Random(4)
    slip: Truth = lambda crop, item: "村" if chance.random() < 0.2 else item  # noqa: E731
    slips = reviewed(slip) + renamed(reviewed(slip))
    done = learn(written(folder / "review.jsonl", slips), "--weights", "mine.toml")
    assert done.return_value == 0 and "no weights were written" in done.stderr
    assert not Path("mine.toml").exists()


def test_few_rows_are_not_taken(folder: Path) -> None:
    done = learn(written(folder / "review.jsonl", reviewed(habit)), "--weights", "mine.toml")
    assert "needs 200 checked rows of 3 texts" in str(done.exception) and "there are 120 of 6" in str(
        done.exception
    )
    assert not Path("mine.toml").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[item\n", "is no TOML"),
        ('[noun]\n"a" = 1.0\n', "'noun' is no question; there are item, reach"),
        ('[item]\n"a" = "heavy"\n', "'a' in 'item' weighs no number"),
        ('[item]\n"a" = nan\n', "'a' in 'item' weighs no number"),
        (f'{LEARNT_ON} = "0123456789ab"\n[item]\n"a" = 1.0\n', "not learnt with the weights of this version"),
    ],
)
def test_what_are_no_weights_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WeightsError, match=".*".join(words.split("."))) as error:
        load(str(path))
    assert str(path) in str(error.value)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    piece: tuple[str, ...] = ("last word", '"', "\\")
    changes: dict[str, Any] = {"subject reach": {piece: 0.75, ("small",): 0.01}}
    path = tmp_path / "mine.toml"
    path.write_text(text_of(changes, "of a test"), encoding="utf-8")
    read = load(str(path))
    assert read.subject_reach[piece] == 0.75 and ("small",) not in read.subject_reach
    assert isinstance(read, Weights) and read.tables["item"] == weights().tables["item"]


def test_blanks_and_quotation_marks_are_not_heard() -> None:
    assert bare("“一村 一策”") == "一村一策"
