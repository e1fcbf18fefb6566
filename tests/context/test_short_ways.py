"""What is remembered or passed over for speed says the same as the long way, on the invented articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.context import candidates as propose
from extractor.context import ranking
from extractor.context.evidence import Asked, action, item, pieces, reach, subject
from extractor.context.ranking import Sums, score, weights
from extractor.context.sentence import Sentence
from extractor.context.situation import Situation, _head_of, head, situations
from extractor.context.time_grammar import grammar_of_times
from extractor.context.tokens import QUOTED
from extractor.lexicon.folding import fold
from tests.context.reading_of import sentence_of

ARTICLES = sorted((Path(__file__).parents[1] / "articles" / "texts").glob("*.txt"))[:6]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [fold(path.read_text(encoding="utf-8")) for path in ARTICLES]


@pytest.fixture(scope="module")
def sentences(texts: list[str]) -> list[Sentence]:
    found = [sentence_of(text) for whole in texts for text in re.findall("[^。\n]+。", whole)]
    return [sentence for sentence in found if sentence.figures]


def _asked(situation: Situation) -> Iterator[tuple[str, list[Asked]]]:
    """What is asked about a figure, with the question."""
    sentence = situation.sentence
    for at, region in propose.item_ends(situation):
        yield "item", item.border(sentence, at, region)
        yield "item", item.counted(sentence, at, region, situation)
        if at:
            yield "reach", reach.further(sentence, at, at, region, situation)
    for at, region in propose.action_words(situation):
        yield "action", action.word(sentence, at, region)
        yield "action", action.toward(sentence, at, region, situation, None)
    for at, region in propose.subject_ends(situation):
        yield "subject", subject.name(sentence, at, region)
        yield "subject", subject.toward(sentence, at, region, situation, None)


def test_groups_weigh_what_their_pieces_weigh(sentences: list[Sentence]) -> None:
    own, asked = weights(), 0
    for _ in range(2):  # the second time all is remembered
        for sentence in sentences[:25]:
            for situation in situations(sentence):
                for question, evidence in _asked(situation):
                    assert own.sums[question].of(evidence) == score(own.tables[question], pieces(evidence))
                    asked += 1
    assert asked > 1000


def test_no_more_than_so_many_groups_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_KEPT", 3)
    sums = Sums({("length", "1"): 0.5, ("none",): -1.0})

    def length(count: int) -> list[tuple[str, ...]]:
        return [("length", str(count))]

    for count in (*range(9), *range(9)):
        assert sums.of([(length, count), ("none",)]) == (-0.5 if count == 1 else -1.0)
    assert len(sums) <= 2 + 3


def test_the_head_of_a_word_is_that_of_the_text_before_its_end(sentences: list[Sentence]) -> None:
    asked = 0
    for sentence in sentences:
        for at, token in enumerate(sentence.tokens):
            end = token.end - (token.kind == QUOTED)
            long_way = _head_of(sentence.text[max(sentence.begin, end - 8) : end], sentence.lexicon)
            assert head(sentence, at) == long_way
            asked += long_way != ("-", "other")
    assert asked > 300


def test_a_form_ends_where_the_first_of_its_ends_is(texts: list[str]) -> None:
    tree, asked = grammar_of_times().pieces, 0
    for text in texts:
        for at in range(len(text)):
            first = next((end for end, _ in tree.ends(text, at, len(text))), -1)
            assert tree.end(text, at, len(text)) == first
            asked += first >= 0
    assert asked > 100


def test_words_that_close_a_clause_are_sought_wherever_one_stands(texts: list[str]) -> None:
    closings = grammar_of_times().closings
    slow = closings._replace(first=re.compile(f"[{''.join(closings.beginning)}]"))
    for text in texts:
        found = list(closings.find(text, 0, len(text)))
        assert found == list(slow.find(text, 0, len(text))) and found
