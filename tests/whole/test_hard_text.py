"""Texts that are huge, damaged or hostile: the whole way takes them, in time that grows with their length."""

from __future__ import annotations

import gc
import os
import sys
import time
import unicodedata

import pytest

from extractor.pipeline import examine
from extractor.sources.encodings import DecodingError, decode
from tests.support.invariants import check_bytes, check_layout, check_text

FULL = bool(os.environ.get("FULL_SIZE"))
"""Whether growth is measured on large texts (``FULL_SIZE=1``); without it on small ones, which takes seconds."""
LARGE = FULL or bool(os.environ.get("CI"))
"""Whether the largest texts are read at full size, as in CI: 100 MB on one line, ten million digits."""

SENTENCE = "全县选派82名驻村第一书记，投资18.5亿元。"

# One long line or many: what could make a rule look back, look ahead or remember without bound.
REPEATED = [
    *"1十万零两几数半多余来上成第年月日人个元%。，、 \n(“\"《【[-—~/+:·的和县村者\u3000\0\u200b",
    "一个", "12人", "有3个村", "1,", "1，", "1.", "1-", "1、", "1和", "亿亿", "三分之", "百分之", "从1", "每1", "占1",
    "近1", "第一", "同比增长1%", "2023年", "5月1日", "1。", "1\n", "12人\n", "1\n\n", "电话1", "12月", "12:", "3比1",
    "1~", "+1", "1+", "“1”", "“1", "(1", "(1)", "(记者 ", "图①", "上万", "1/", "1元/", "1km", "a1", "http://a1",
    "其中1人", "比上年1人", "县1", "3人，", "3万元、", "1 ", "\u30001", "—1", "1.2.3", "1万2千", "一步", "两不", "近三年",
    "每年", "至2023", "民国1", "十分", "A-1", "No.1", "增长", "增长1", "“三会一课”", "驻村干部3", "—\n", "\n\n", "\r", "\r\n",
    "“甲 ", "\"甲 乙", "摄\n\n", "本报讯(记者 ", "本报记者 甲\n",
]  # fmt: skip


def seconds(text: str) -> float:
    """Processor time of the whole way; the better of two, so that a pause of the machine is no growth."""
    best = float("inf")
    for _ in range(2):
        gc.collect()
        begin = time.process_time()
        examine(text)
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize("unit", REPEATED, ids=[ascii(unit) for unit in REPEATED])
def test_cost_grows_with_the_length(unit: str) -> None:
    small, large = unit * (1500 // len(unit)), unit * (12_000 // len(unit))
    examine(small)
    # Eight times the text in eight times the time; four times as much is left for caches and a busy machine.
    # A square would be 64 times.
    before = max(seconds(small), 0.004)
    assert seconds(large) < before * 8 * 3


def test_growth_of_prose_on_one_line_and_on_many() -> None:
    for unit in (SENTENCE, SENTENCE + "\n", SENTENCE[:-1] + "，"):
        size = 10_000 if FULL else 40
        examine(unit * size)
        one, eight = max(seconds(unit * size), 0.01), seconds(unit * size * 8)
        assert eight < one * 8 * (1.15 if FULL else 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        " ",
        "1",
        "一",
        "万",
        "。",
        "\0",
        "\ufeff",
        "\ud800",
        "\udc00",
        "𠀀",
        "\u200b",
        "a",
        "-",
        "“",
        "(",
        "\x1a",
    ],
    ids=ascii,
)
def test_nothing_and_one_character(text: str) -> None:
    check_text(text)
    check_layout(text)


@pytest.mark.parametrize("byte", [0, 9, 10, 13, 26, 49, 65, 127, 128, 0xE4, 0xFF])
def test_one_byte(byte: int) -> None:
    check_bytes(bytes([byte]))


@pytest.mark.parametrize(
    "unit", ["1", "万", "“", "(", "《", '"', "零", "第", "\0", "\u200b", "。"], ids=ascii
)
def test_a_million_of_one_character(unit: str) -> None:
    times = (10_000_000 if unit == "1" else 1_000_000) if LARGE else 20_000
    document = examine(unit * times)
    assert len(document.figures) + len(document.rejections) <= times


def test_hundreds_of_megabytes_on_one_line() -> None:
    size = 200_000_000 if FULL else 100_000_000 if LARGE else 4_000_000
    piece = SENTENCE.replace("\n", "") + "全县干部群众齐心协力建设家乡。" * 300
    times = size // len(piece.encode()) + 1
    document = examine(piece * times)
    assert len(document.figures) == 2 * times
    assert document.figures[-1].start > len(piece) * (times - 1)


def test_a_sentence_without_end_is_read_in_pieces() -> None:
    text = "选派82名干部，" * 3000
    document = check_text(text)
    assert [figure.text for figure in document.figures] == ["82名"] * 3000
    assert max(len(figure.sentence) for figure in document.figures) < 2500


@pytest.mark.parametrize("plane", range(17))
def test_every_plane(plane: int) -> None:
    step = 7 if FULL else 97
    characters = [chr(code) for code in range(plane << 16, (plane + 1) << 16, step)]
    check_text("3个".join(characters[i] + characters[-1 - i] for i in range(0, len(characters) // 2, 3)))
    check_layout("".join(characters))


def test_every_numeric_character_is_taken() -> None:
    numeric = [chr(c) for c in range(sys.maxunicode) if unicodedata.numeric(chr(c), None) is not None]
    check_text("，".join(f"{c}户{c}" for c in numeric))


@pytest.mark.parametrize("half", ["\ud800", "\udfff", "\udc80", "\ud83d\ude00"], ids=ascii)
def test_lone_surrogates_are_kept_and_hurt_nothing(half: str) -> None:
    text = f"全县{half}选派82名{half}干部{half}，{half}18.5{half}亿元。"
    document = check_text(text)
    assert document.figures[0].text == "82名"
    assert half in document.figures[0].sentence


@pytest.mark.parametrize("odd", [*"\u200b\u200c\u200d\u2060\ufeff\u00ad\0\x7f\x85\u202e\u0301"], ids=ascii)
@pytest.mark.parametrize(
    "place", ["全县选派{}82名干部。", "选派8{}2名干部。", "选派82{}名干部。", "选派82名{}干部。", "{}"]
)
def test_invisible_characters(odd: str, place: str) -> None:
    check_text(place.format(odd))
    check_text(place.format(odd * 500))


@pytest.mark.parametrize(
    "end", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\n\r"], ids=ascii
)
def test_line_ends(end: str) -> None:
    text = f"某县见闻{end}全县选派82名干部。{end}{end}投资18.5亿元。{end}"
    document = check_text(text)
    assert [figure.text for figure in document.figures] == ["82名", "18.5亿元"]
    lines = {"\r": [2, 4], "\n": [2, 4], "\r\n": [2, 4], "\n\r": [3, 6]}.get(end, [1, 1])
    assert [figure.line for figure in document.figures] == lines


TEXT = "某县见闻\n全县选派82名驻村第一书记，投资18.5亿元，惠及群众1332户6855人。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
def test_cut_anywhere(encoding: str) -> None:
    data = TEXT.encode(encoding)
    for end in range(len(data)):
        check_bytes(data[:end])
        check_bytes(data[end:])
        check_bytes(data[:end] + b"\xff" + data[end:])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_mixed_encodings_are_told_and_not_guessed() -> None:
    whole = TEXT.encode() + TEXT.encode("gb18030")
    try:
        text = decode(whole).text
    except DecodingError as error:
        assert "-e" in str(error)
    else:
        assert check_text(text)
    for pair in (("gb18030", "big5"), ("utf-8", "utf-16-le"), ("utf-16-le", "gb18030")):
        one, other = (("全縣113戶\n" if name == "big5" else TEXT).encode(name) for name in pair)
        check_bytes(one + other)
        check_bytes(other + one)


@pytest.mark.parametrize("opening", [*"“‘「『《（([【\"'<{"])
def test_deep_nests(opening: str) -> None:
    closing = {"“": "”", "「": "」", "《": "》", "（": "）", "(": ")", "[": "]", "【": "】"}.get(
        opening, opening
    )
    check_text(f"{opening * 2000}82名干部{closing * 2000}")
    check_text(f"{opening}1{closing}" * 500)
