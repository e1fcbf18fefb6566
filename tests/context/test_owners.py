"""The owner that an item begins with is its subject and no part of it, and its verb is its action."""

from __future__ import annotations

import pytest

from extractor.context import owners
from extractor.context.sentence import Sentence
from extractor.lexicon.words import lexicon


def _phrase(sentence: Sentence, text: str) -> tuple[int, int, str]:
    begin = sentence.text.index(text)
    tokens = sentence.tokens
    first = next(at for at, token in enumerate(tokens) if token.start == begin)
    last = next(at for at, token in enumerate(tokens) if token.end == begin + len(text))
    return first, last, "L"


@pytest.mark.parametrize(
    ("text", "item", "subject", "left"),
    [
        ("全乡森林覆盖率很高", "全乡森林覆盖率", "全乡", "森林覆盖率"),
        ("全乡的森林覆盖率很高", "全乡的森林覆盖率", "全乡", "森林覆盖率"),
        ("农民人均收入很高", "农民人均收入", "农民", "农民人均收入"),  # no place and no body
        ("全乡和邻乡森林很多", "全乡和邻乡森林", "全乡", "全乡和邻乡森林"),  # one of two owners
        ("森林覆盖率很高", "森林覆盖率", "", "森林覆盖率"),
        ("云岭县GDP很高", "县GDP", "云岭", "GDP"),
    ],
)
def test_the_item_is_told_without_its_owner(text: str, item: str, subject: str, left: str) -> None:
    sentence = Sentence(text, 0, len(text), [], [], lexicon())
    found = owners.without(sentence, _phrase(sentence, item), _phrase(sentence, subject) if subject else None)
    assert found is not None
    assert text[sentence.tokens[found[0]].start : sentence.tokens[found[1]].end] == left


@pytest.mark.parametrize(
    ("text", "item", "verb", "left"),
    [
        ("合作社加工肉鸡很多", "合作社加工肉鸡", "加工", "肉鸡"),
        ("销售生猪很多", "销售生猪", "销售", "生猪"),
        ("加工羊毛产量很大", "加工羊毛产量", "加工", "加工羊毛产量"),  # the name of an indicator
        ("加工的肉鸡很多", "加工的肉鸡", "加工", "加工的肉鸡"),
        ("肉鸡加工很多", "肉鸡加工", "加工", "肉鸡加工"),  # nothing is left behind it
    ],
)
def test_the_item_is_told_without_its_verb(text: str, item: str, verb: str, left: str) -> None:
    sentence = Sentence(text, 0, len(text), [], [], lexicon())
    found = owners.without_verb(sentence, _phrase(sentence, item), _phrase(sentence, verb)[0])
    assert found is not None
    assert text[sentence.tokens[found[0]].start : sentence.tokens[found[1]].end] == left
