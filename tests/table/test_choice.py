"""A user's pattern for items is matched, and given up on where it would take for ever."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
import regex

from extractor.table import choice
from extractor.table.choice import Choice, ChoiceError
from tests.table.test_columns import FIGURE


def test_a_pattern_is_searched_for_in_the_item() -> None:
    kept = [
        item
        for item in ("村民", "a村", "7")
        if Choice(item=regex.compile(r"^\p{Han}")).keeps(replace(FIGURE, item=item))
    ]
    assert kept == ["村民"]


def test_a_choice_goes_to_other_processes() -> None:
    chosen = Choice(item=regex.compile("村"))
    assert pickle.loads(pickle.dumps(chosen)).keeps(replace(FIGURE, item="村民"))


def test_a_pattern_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "PATIENCE", 0.05)
    slow = Choice(item=regex.compile("^(村|村村|[村民])*$"))
    with pytest.raises(ChoiceError, match=r"takes more than 0[.]05 second for the item '村村"):
        slow.keeps(replace(FIGURE, item="村" * 40 + "1"))
