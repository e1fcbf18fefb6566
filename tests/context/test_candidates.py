"""What is proposed as item, verb and subject, and words that the dictionary glued to what stands beside them."""

from __future__ import annotations

import pytest

from extractor.context import candidates
from extractor.context.situation import situations
from extractor.lexicon.phrases import segment
from extractor.lexicon.words import NOUN, lexicon
from tests.context.reading_of import sentence_of


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("沟里有小二型水库3座。", "有|小二型"),
        ("摊主一天只收5元。", "只|收"),
        ("村里跟商户签了3份合同。", "签|了"),
        ("新创建绿色车间3个。", "新|创建"),
        ("邻近12个乡通了班车。", "乡|通"),
        ("店里正缺会计2名。", "正|缺"),
        ("食品价格比上年上涨1.8%。", "价格|比"),
        ("全线贯通的有3条。", "全线|贯通"),
        ("代表团从琼浦出发，走了3天。", "从|琼浦"),
    ],
)
def test_function_characters_are_cut_off(text: str, cut: str) -> None:
    words = [token.word for token in sentence_of(text).tokens]
    assert "|".join(words).find(cut) >= 0, words


@pytest.mark.parametrize("word", ["失能", "曾国钊", "各大", "新华社", "从业者"])
def test_other_words_stay_whole(word: str) -> None:
    assert segment(word, 0, len(word), lexicon())[0].end == len(word)


def test_people_in_general_are_nobody_by_name() -> None:
    (word,) = segment("农村居民", 0, 4, lexicon())
    assert word.marks == NOUN


def proposed(text: str, question: str) -> list[tuple[str, str]]:
    """The words that are proposed for the first figure, with their regions."""
    situation = situations(sentence_of(text))[0]
    tokens = situation.sentence.tokens
    return [(tokens[at].word, region) for at, region in getattr(candidates, question)(situation)]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("他在县城购房1套。", "购房"),
        ("教研组命制了试卷12套。", "命制"),
        ("村民喝上了12公里外的泉水。", "喝上"),
        ("队伍经过3个村。", "经过"),
        ("销量比上年多30件。", "多"),
    ],
)
def test_words_that_may_be_verbs(text: str, verb: str) -> None:
    assert verb in [word for word, _ in proposed(text, "action_words")]


@pytest.mark.parametrize("word", ["海洋牧场", "学校", "干部"])
def test_a_noun_is_no_verb(word: str) -> None:
    assert word not in [found for found, _ in proposed(f"增加5个{word}。", "action_words")]


@pytest.mark.parametrize(
    ("text", "owner"),
    [("72岁的渔民沈阿根搬进新居。", "渔民"), ("海拔2380米的金盆水库开工。", "水库")],
)
def test_whose_figure_it_is_can_stand_behind_it(text: str, owner: str) -> None:
    assert (owner, "R") in proposed(text, "subject_ends")


def test_what_is_counted_is_no_subject_behind_the_number() -> None:
    assert proposed("建成12座水库。", "subject_ends") == []


def test_no_item_ends_with_a_function_word_or_a_milestone() -> None:
    words = [word for word, _ in proposed("全省税收已突破300亿元大关。", "item_ends")]
    assert "税收" in words
    assert not {"已", "大关"} & set(words)
    assert ("台阶", "R") in proposed("税收连上3个台阶。", "item_ends")


def test_a_measure_can_be_an_attribute_of_what_is_counted() -> None:
    assert ("机组", "R") in proposed("安装4台容量35万千瓦的机组。", "item_ends")
    assert ("女工", "R") not in proposed("招收12名男工5名女工。", "item_ends")


@pytest.mark.parametrize("text", ["十三是改造水渠5条。", "一是改造水渠5条，二是修桥2座。"])
def test_what_counts_points_is_no_verb(text: str) -> None:
    words = [word for word, _ in proposed(text, "action_words")]
    assert "改造" in words
    assert not [word for word in words if word.endswith("是")]
