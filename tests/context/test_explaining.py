"""--explain shows for each question winner, runner-up, their shares, and the evidence that parted them."""

from __future__ import annotations

from pathlib import Path

import extractor
from tests.support.commands import run


def test_decisions_of_a_figure() -> None:
    (numeral,) = [one for one in extractor.explain("县委组织部选派82名驻村干部。") if one.figure]
    assert [decision.question for decision in numeral.decisions] == ["item", "action", "subject", "period"]
    item = numeral.decisions[0]
    assert item.winner.endswith("干部") and item.runner_up and item.share > item.runner_up_share
    assert 0 < len(item.pieces) <= 5
    assert all(piece.weight for piece in item.pieces)
    assert item.margin == item.share - item.runner_up_share


def test_pieces_are_named_as_in_the_file_of_weights() -> None:
    weights = Path(extractor.__file__).parent / "context" / "weights.toml"
    names = weights.read_text(encoding="utf-8")
    (numeral,) = [one for one in extractor.explain("县委组织部选派82名驻村干部。") if one.figure]
    assert all(f'"{piece.name}" = ' in names for decision in numeral.decisions for piece in decision.pieces)


def test_the_command_shows_them() -> None:
    shown = run("--explain", "-", stdin="2023年，青石乡新修水渠12公里，同比增长8%。".encode()).out.decode()
    for label in (
        "action",
        "subject",
        "period",
        "change",
        "why item",
        "why action",
        "why subject",
        "why period",
    ):
        assert label in shown
