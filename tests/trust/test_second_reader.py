"""The second reader of numerals: what it confirms, what explains a difference, and what a difference does."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli.command import command
from extractor.pipeline import examine
from extractor.trust.second_reader import DOUBTED, verified
from tests.support.scorer import ROOT


def form(text: str) -> str | None:
    """The form that explains the one difference in a text, ``None`` if there is none."""
    _, readings = verified(examine(text))
    assert readings.number >= 1
    (found,) = readings.differences or (None,)
    return found.form if found else None


@pytest.mark.parametrize(
    "text",
    [
        "投资十八亿五千万元。", "投资1.2亿元。", "修路68万5千米。", "参加两百人。", "发放壹佰贰拾叁元。", "占比百分之五。",
        "完成三分之二。", "完成九成。", "完成九成五。", "补助三至五万元。", "旅客6萬1,300人次。", "降温零下十五度。",
        "装机35万千瓦。", "走了两百米。", "重三两。", "气压九百百帕。",
    ],
)  # fmt: skip
def test_two_readers_agree(text: str) -> None:
    if examine(text).figures:
        assert form(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("惠及三十几万人。", "vague"), ("惠及两三百人。", "neighbours"), ("栽树四五十棵。", "neighbours"),
        ("聚集上万人。", "bare multiplier"), ("花了两年半。", "half"), ("补助五元六角。", "several units"),
        ("投资1.07万亿元。", "decimal before 万亿"),
    ],
)  # fmt: skip
def test_a_known_form_explains_a_difference(text: str, reason: str) -> None:
    assert form(text) == reason


def test_a_difference_without_a_reason_lowers_the_confidence() -> None:
    document = examine("投资十八亿元，惠及三十几万人。")
    wrong = replace(document, figures=(replace(document.figures[0], value=18), document.figures[1]))
    after, readings = verified(wrong)
    assert [one.form for one in readings.differences] == ["", "vague"]
    assert after.figures[0].confidence == DOUBTED and after.figures[1] == document.figures[1]
    assert str(readings.differences[0]).endswith("十八亿元 is 18, cn2an reads 1800000000; look at it")


def test_on_the_seeds_few_rows_differ_and_none_without_a_reason() -> None:
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        _, readings = verified(examine(path.read_text(encoding="utf-8")))
        assert [str(one) for one in readings.differences if not one.form] == []


def test_the_command_lists_the_differences(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("投资十八亿元，惠及三十几万人。", encoding="utf-8")
    run = CliRunner().invoke
    done = run(command, [str(path), "--verify", "-v"], standalone_mode=False)
    assert "三十几万人 is 300000, cn2an reads" in done.stderr and "(vague)" in done.stderr
    assert "2 Chinese numerals read again by cn2an: 1 read otherwise, none of them without" in done.stderr
    assert "(vague)" not in run(command, [str(path), "--verify"], standalone_mode=False).stderr


def test_cn2an_is_loaded_by_verify_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("投资十八亿元。", encoding="utf-8")
    code = (
        "import sys; from extractor.cli.command import command; "
        "command.main(sys.argv[1:], standalone_mode=False); print('cn2an' in sys.modules)"
    )
    for options, loaded in (([], "False"), (["--verify"], "True")):
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), "-q", *options],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.stdout.splitlines()[-1] == loaded
