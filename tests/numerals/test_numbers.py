"""Numerals are read as what they say: cases by hand, and every spelling of a number read back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.lexicon.folding import fold
from extractor.model import Number
from extractor.numerals.numbers import parse, parse_number
from extractor.numerals.scan import scan
from tests.support.writers_of_numbers import ONES, WRITERS, chinese, with_liang

CASES = Path(__file__).parents[1] / "cases" / "numbers.txt"


def cases() -> list[tuple[str, str]]:
    lines = [line.partition("#")[0] for line in CASES.read_text(encoding="utf-8").splitlines()]
    sides = [line.partition("=>") for line in lines if line.strip()]
    return [(text.strip(), told.strip()) for text, _, told in sides]


def expected(told: str) -> Number:
    """The right side of a case. A number alone is exact, an empty field is an open side."""
    fields = [field.strip() for field in told.split("|")]
    if len(fields) == 1:
        fields = [fields[0]] * 3 + ["exact"]
    value, low, high = (float(x) if "." in x else int(x) if x else None for x in fields[:3])
    return Number(value, low, high, fields[3])


def test_there_are_enough_cases_and_none_twice() -> None:
    texts = [text for text, _ in cases()]
    assert len(texts) >= 200
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("text", "told"), cases(), ids=[text for text, _ in cases()])
def test_case(text: str, told: str) -> None:
    if told == "none":
        with pytest.raises(ValueError, match="not a number"):
            parse_number(text)
    else:
        number = parse_number(text)
        assert number == expected(told)
        assert [type(x) for x in number] == [type(x) for x in expected(told)]


def sizes() -> st.SearchStrategy[int]:
    """Numbers of every length, with many zeros among the digits as in prose."""
    digits = st.sampled_from("00000123456789")
    return st.integers(0, 10**16) | st.text(digits, min_size=1, max_size=16).map(int)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
@settings(deadline=None)  # OpenCC loads its dictionaries once
@given(number=sizes())
@example(number=0)
@example(number=10)
@example(number=23000)
@example(number=20_0002_0020)
@example(number=3_2000_0000)
@example(number=1_0001_0001_0001)
@example(number=10**16)
def test_every_spelling_is_read_back(writer, number: int) -> None:  # type: ignore[no-untyped-def]
    text = writer(number)
    if text is not None:
        assert parse(fold(text)) == Number(number, number, number)


@settings(deadline=None)  # cn2an loads slowly
@given(number=st.integers(1, 10**12))
def test_cn2an_agrees(number: int) -> None:
    import cn2an

    text = chinese(number)
    assert parse(text).value == cn2an.cn2an(text, "strict")


@given(st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False))
def test_decimals(number) -> None:  # type: ignore[no-untyped-def]
    assert parse(str(number)).value == float(number)
    whole, _, places = str(number).partition(".")
    if places:
        spoken = chinese(int(whole)) + "点" + "".join(ONES[int(digit)] for digit in places)
        assert parse(spoken).value == float(number)
        if number < 10**4:
            assert parse(spoken + "万").value == float(number * 10**4)


@given(first=st.integers(1, 9), zeros=st.integers(1, 3), unit=st.sampled_from(["", "万", "亿", "万亿"]))
def test_one_step_more(first: int, zeros: int, unit: str) -> None:
    scale = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[unit]
    step = 10**zeros * scale
    told = Number(first * step, first * step, (first + 1) * step, "over")
    stated = first * 10**zeros
    assert parse(f"{stated}余{unit}") == parse(f"{stated}多{unit}") == told
    assert parse(f"{with_liang(stated)}余{unit}") == parse(f"{with_liang(stated)}多{unit}") == told
    if unit:
        assert parse(f"{stated}{unit}余") == told
    if zeros == 1:
        assert parse(f"{chinese(stated)}几{unit}") == told


@given(low=st.integers(0, 10**9), more=st.integers(1, 10**9), mark=st.sampled_from("-~—至到"))
def test_ranges(low: int, more: int, mark: str) -> None:
    high = low + more
    told = Number(None, low, high, "range")
    assert parse(f"{low}{mark}{high}") == told
    assert parse(f"{low}万{mark}{high}万") == Number(None, low * 10**4, high * 10**4, "range")
    assert parse(f"{low}{mark}{high}万") == Number(None, low * 10**4, high * 10**4, "range")


@given(digit=st.integers(1, 8), unit=st.sampled_from(["", "十", "百", "千", "万", "十万", "百万", "亿"]))
def test_neighbours(digit: int, unit: str) -> None:
    scale = 1
    for character in unit:
        scale *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[character]
    text = f"{ONES[digit]}{ONES[digit + 1]}{unit}"
    assert parse(text) == Number(None, digit * scale, (digit + 1) * scale, "range")


@given(st.text(alphabet="0129.,-~至到零〇一二三五九十百千万亿两几数半上成余多来点分之/ 以计廿", max_size=12))
def test_anything_else_is_a_value_error(text: str) -> None:
    try:
        number = parse(text)
    except ValueError as error:
        assert "not a number" in str(error)
    else:
        assert None in (number.low, number.high) or number.low <= number.high  # type: ignore[operator]
        assert (number.value is None) == (number.qualifier == "range")


@pytest.mark.parametrize("text", ["9" * 10**7, "九" * 10**6, "1," * 10**6, "十" * 59, "9" * 31, "1.5" * 20])
def test_endless_numerals_are_refused_at_once(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ValueError, match="not a number"):
        parse(text)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize("text", ["十12", "2百150", "3千2000", "百120"])
def test_a_part_as_large_as_what_it_follows_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse(text)


def test_both_doors_read_alike() -> None:
    """What the scan finds in a text is read by ``parse_number`` as it is by the reader of the text."""
    from tests.whole.test_meaning import sentences

    for _, text in sentences():
        for found in scan(fold(text)):
            try:
                number = parse(found.text)
            except ValueError:
                continue
            assert parse_number(text[found.start : found.end]) == number, found
