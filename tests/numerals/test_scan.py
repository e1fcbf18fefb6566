"""The scan finds every numeral once, whole, and in linear time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.lexicon.folding import fold
from extractor.numerals.numbers import parse
from extractor.numerals.scan import NUMERAL_CHARS, scan
from tests.support.writers_of_numbers import WRITERS

CASES = Path(__file__).parents[1] / "cases" / "numerals.txt"
ALPHABET = NUMERAL_CHARS + "上成余多来点分之,，.-~—至到/ 年月%人户米克瓦之以计一十百千万两三五〇0159"


def cases() -> list[tuple[str, list[str]]]:
    lines = [line.partition("#")[0] for line in CASES.read_text(encoding="utf-8").splitlines()]
    sides = [line.partition("=>") for line in lines if line.strip()]
    return [
        (text.strip(), [x.strip() for x in told.split(" / ") if x.strip() != "-"]) for text, _, told in sides
    ]


@pytest.mark.parametrize(("text", "told"), cases(), ids=[text for text, _ in cases()])
def test_case(text: str, told: list[str]) -> None:
    assert [found.text for found in scan(fold(text))] == told


def check(text: str) -> None:
    """Every numeral character in exactly one candidate; candidates in order and as they stand in the text."""
    covered = 0
    end = 0
    for found in scan(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        covered += sum(character in NUMERAL_CHARS for character in found.text)
        end = found.end
    assert covered == sum(character in NUMERAL_CHARS for character in text)


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_no_numeral_is_skipped(text: str) -> None:
    check(text)


@given(st.text())
def test_no_numeral_is_skipped_in_any_text(text: str) -> None:
    check(text)
    check(fold(text))


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_candidates_are_read_or_refused(text: str) -> None:
    for found in scan(text):
        try:
            parse(found.text)
        except ValueError as error:
            assert "not a number" in str(error)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
@settings(deadline=None)  # OpenCC loads its dictionaries once
@given(number=st.integers(0, 10**16) | st.text("00000123456789", min_size=1, max_size=16).map(int))
def test_every_spelling_is_one_candidate(writer, number: int) -> None:  # type: ignore[no-untyped-def]
    text = writer(number)
    if text is not None:
        folded = fold(text)
        assert [found.text for found in scan(f"全县共{folded}户,")] == [folded]


PIECES = """
1 1, 1,234 1，234， 1. 1- 1/ 一 一两 三两 两 十 百分之 千分之千
上万 成万 成万上 万零 3万 3万零5 3亿2千万 一点 一点一
三点五十 数 数千 数以 几 10余 10多 10来 一至 1到 - -1 1~- 半 壹 壹佰 一千 千米 万亿 万万 1万 亿亿
"""


@pytest.mark.parametrize("piece", [*PIECES.split(), "1 234 ", "1 - ", "1 "])
def test_time_grows_with_the_text(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    for _ in scan(text):
        pass
    assert time.process_time() - start < 3.0  # about 0.3 s when linear, minutes when not
