"""Every entry of ``rates.toml`` finds the rate in its examples."""

from __future__ import annotations

from typing import Any

import pytest

import extractor
from extractor.lexicon.words import lexicon


@pytest.mark.parametrize("entry", lexicon().data["rate"], ids=lambda entry: entry["examples"][0])
def test_examples_have_a_rate(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        (figure,) = extractor.extract_text(f"据介绍，{example}。")
        assert figure.per in entry["words"], example
