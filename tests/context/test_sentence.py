"""A sentence is cut once: words, links, times, quoted names, clauses."""

from __future__ import annotations

import pytest

from extractor.context.sentence import BRACKET, FIGURE, LINK, QUALIFIER, QUOTED, TIME
from tests.context.reading_of import sentence_of


def words(text: str, kind: str) -> list[str]:
    return [token.word for token in sentence_of(text).tokens if token.kind == kind]


def test_tokens_cover_the_sentence_in_order() -> None:
    text = "2023年，清溪县选派82名“双强”书记(含副书记)，投资约18.5亿元，同比增长6.2%。"
    sentence = sentence_of(text)
    assert "".join(token.word for token in sentence.tokens) == sentence.text
    assert [sentence.tokens[at].word for at in sentence.at] == ["82名", "18.5亿元", "6.2%"]


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("2023年，清溪县选派82名书记。", TIME, ["2023年"]),
        ("建成“向阳”驿站12座。", QUOTED, ["“向阳”"]),
        ("“夜间义诊角”办了60次。", QUOTED, ["“夜间义诊角”"]),
        ("“今年下乡，明年上山”的有60人。", TIME, ["今年", "明年"]),  # what somebody said is no name
        ("“今年”卖出60件。", TIME, ["今年"]),
        ("新建泵站(房)3座。", BRACKET, ["(房)"]),
        ("签约额达3亿元。", LINK, ["达"]),
        ("装机比重达6%。", LINK, ["达"]),  # 重达 is a link, 比重 a word
        ("全市税收增长8%。", LINK, ["增长"]),
        ("粗铜10月合约跌2%。", TIME, []),
        ("造林面积约30亩。", QUALIFIER, ["约"]),
        ("产值同比增长8%。", LINK, ["同比增长"]),
        ("养牛30头、羊50只。", FIGURE, ["30头", "50只"]),
    ],
)
def test_sorts_of_tokens(text: str, kind: str, wanted: list[str]) -> None:
    assert words(text, kind) == wanted


def test_clauses_are_counted() -> None:
    sentence = sentence_of("全县有村12个，其中山村5个；乡3个。")
    assert [sentence.tokens[at].clause for at in sentence.at] == [0, 1, 2]


def test_links_are_no_part_of_words() -> None:
    """The dictionary would glue 由 and 了 to what stands beside them."""
    (link,) = sentence_of("亩均成本下降了3%。").links
    assert link.direction == "down"
