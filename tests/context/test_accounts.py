"""A time that dates an account: what an article remembers of it, what the evidence says, what weights are fitted on."""

from __future__ import annotations

import extractor
from extractor.context.evidence import period as evidence
from extractor.context.periods import History, Period
from extractor.context.ranking import Weights
from extractor.context.times import find
from fitting import corpus, unseen
from tests.context.reading_of import sentence_of

TEXT = "上半年，全县修路12公里。新建桥梁3座。去年底验收的渠道长5公里。"


def _history(*borders: int) -> History:
    history = History(find, TEXT, TEXT)
    low = 0
    for number, high in enumerate(borders):
        history.enter(0, number, "body", low, high, [])
        low = high
    return history


def test_an_earlier_time_tells_how_it_opens_its_sentence() -> None:
    first, second, third = (at + 1 for at, character in enumerate(TEXT) if character == "。")
    (half,) = _history(first, second).moment(0).earlier
    assert half.earlier is not None
    assert (half.earlier.wording, half.earlier.leads) == ("上半年", "comma")
    *_, last = _history(first, second, third, third).moment(0).earlier
    assert last.earlier is not None
    assert (last.earlier.wording, last.earlier.leads) == ("去年底", "open")


def test_an_article_remembers_what_a_time_governed() -> None:
    history = _history(TEXT.index("。") + 1, len(TEXT))
    history.note([Period((0, 3), "上半年", "sentence", 1.0)] * 2 + [Period(None, "", "", 1.0)], 0)
    moment = history.moment(0)
    assert moment.last == "" and moment.held == {"上半年": 2, "": 1}
    (half,) = moment.earlier
    assert half.earlier is not None
    sentence = sentence_of("新建桥梁3座。")
    pieces = evidence.account(sentence, half.earlier, (0, 1), moment.held)
    assert ("inherited, governed", "2", "same", "") in pieces
    assert ("none, governed", "1", "2", "") in evidence.account_of_none(sentence, moment.held)


def test_a_paragraph_is_dated_by_its_lead() -> None:
    text = (
        "平川县上半年经济运行情况\n\n上半年，平川县实现地区生产总值86.4亿元，同比增长5.1%。"
        "全县完成固定资产投资22.3亿元。规模以上工业企业达到61家。"
    )
    found = {figure.text: (figure.period, figure.period_from) for figure in extractor.extract_text(text)}
    assert found["86.4亿元"] == ("上半年", "sentence")
    assert found["22.3亿元"] == found["61家"] == ("上半年", "article")


def test_answers_come_from_weights_that_did_not_see_the_document() -> None:
    examples = [
        example
        for number in range(8)
        for example in corpus.of_text(
            "2023年，全县选派82名干部。修路3公里。", f"made/{number}", [], "article"
        )
    ]
    seen: list[set[str]] = []

    def fit(some: list[corpus.Example]) -> Weights:
        seen.append({example.document for example in some})
        return Weights({})

    said = unseen.answers(examples, fit)
    assert len(seen) == unseen.PARTS and not seen[0] & seen[1]
    assert set.union(*seen) == {example.document for example in examples}
    assert [len(answers) for answers in said] == [len(example.sentence.figures) for example in examples]
