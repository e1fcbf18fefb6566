"""Random inputs over every parser: what must hold is told by ``invariants``.

Without settings a few hundred examples, always the same. In CI (``CI`` in the environment) 20,000, drawn anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import invariants
from tests.whole.test_properties import texts

CORPUS = Path(__file__).parents[2] / "fuzz" / "corpus"
CI = bool(os.environ.get("CI"))


def examples(number: int) -> settings:
    """Settings for so many examples in CI, a fiftieth of them elsewhere."""
    return settings(
        max_examples=number if CI else number // 50,
        derandomize=not CI,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


SIGNS = "0123456789零一二三四五六七八九十百千万亿两几数半余多来上成点分之第年月日-~—至到.,%‰/ ０９壹贰萬億兩\ud800\u200b\0"
OPERATORS = "( ) [ ] , and or not in == != < <= > >= + - * / // % & | ~ . @ # ** :="
WHERE = [
    *OPERATORS.split(), "value", "low", "high", "item", "unit", "kind", "sentence", "1", "2.5", "-3", "'a'", "'县'",
    " ", "\n", "lambda", "if", "else", "f'{value}'", "__class__", "0x1F", "1e999", "1j", "'", '"', "\0", "９", "值",
]  # fmt: skip


@examples(3000)
@given(texts())
def test_text(text: str) -> None:
    invariants.check_text(text)


@examples(1000)
@given(st.text(max_size=300))
def test_any_characters(text: str) -> None:
    invariants.check_text(text)


@examples(5000)
@given(texts())
def test_layout(text: str) -> None:
    invariants.check_layout(text)


@examples(3000)
@given(st.binary(max_size=200))
def test_bytes(data: bytes) -> None:
    invariants.check_bytes(data)


@examples(2500)
@given(
    st.text(max_size=60),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "big5hkscs"]),
    st.integers(0, 120),
)
def test_cut_bytes(text: str, encoding: str, end: int) -> None:
    invariants.check_bytes(text.encode(encoding, "ignore")[:end])


@examples(3500)
@given(st.text(SIGNS, max_size=40))
def test_numbers(text: str) -> None:
    invariants.check_number(text)


@examples(2000)
@given(st.lists(st.sampled_from(WHERE), max_size=12))
def test_where(parts: list[str]) -> None:
    invariants.check_where(" ".join(parts))


@pytest.mark.parametrize("target", ["text", "layout", "bytes", "number", "where"])
def test_corpus(target: str) -> None:
    files = sorted((CORPUS / target).iterdir())
    assert files
    check = getattr(invariants, f"check_{target}")
    for file in files:
        data = file.read_bytes()
        check(data if target == "bytes" else data.decode("utf-8", "surrogateescape"))
