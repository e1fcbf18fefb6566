"""The arithmetic checks against the cases of ``tests/cases/checks``.

A case has ``text`` and ``checks``, the relations that are found in it in the order of the text: each with
its ``relation``, ``status`` and ``expression``. ``checks = []`` says that there is none: numbers
that happen to fit, parts of an open list, different times, units or places.
"""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from extractor import check, extract_text
from extractor.checks import CHECK_COLUMNS, RELATIONS, RULES, STATUSES
from extractor.checks.claims import spans
from extractor.checks.evidence import _data, partitions, pattern, words
from extractor.checks.quantities import Interval, divide, growth, multiply, quantity, shrinkage, subtract
from extractor.pipeline import examine

FILES = sorted((Path(__file__).parents[1] / "cases" / "checks").glob("*.toml"))
CASES: list[dict[str, Any]] = [
    case for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
RELATED = [case for case in CASES if case["checks"]]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = check(extract_text(case["text"]))
    wanted = case["checks"]
    assert [(made.relation, made.status) for made in found] == [(w["relation"], w["status"]) for w in wanted]
    assert [made.expression for made in found] == [w["expression"] for w in wanted]


def test_there_are_enough_cases_and_as_many_without_a_relation() -> None:
    assert len(CASES) >= 150
    assert 2 * len(RELATED) <= len(CASES)
    assert {check["relation"] for case in RELATED for check in case["checks"]} == set(RELATIONS)
    assert {check["status"] for case in RELATED for check in case["checks"]} == set(STATUSES)
    assert len({case["id"] for case in CASES}) == len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", RELATED, ids=[case["id"] for case in RELATED])
def test_a_check_can_be_found_again(case: dict[str, Any]) -> None:
    """Its offsets are those of figures, its marks hold their text, and an evidence word is named."""
    text = case["text"]
    figures = {(f.start, f.end): f for f in extract_text(text)}
    for made in check(list(figures.values())):
        assert len(made.spans) > 1
        for span, (start, end) in zip(made.spans, spans(made.marks), strict=True):
            assert made.sentence[start:end] == figures[span].text
        assert made.difference == pytest.approx(made.stated - made.computed, abs=1e-5)
        assert f"{made.relation}, told by " in made.explanation
        assert tuple(made.to_dict()) == CHECK_COLUMNS


def corruptions(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    """The text with one digit of one of the figures changed, for every digit and every other digit."""
    return [
        text[:at] + other + text[at + 1 :]
        for start, end in spans
        for at in range(start, end)
        if text[at].isdecimal()
        for other in "123456789"
        if other != text[at]
    ]


def caught(text: str) -> tuple[int, int]:
    """How many corruptions inside the relations of a text end in ``disagrees``, and how many there are."""
    done = total = 0
    for made in check(extract_text(text)):
        if made.status in ("agrees", "rounds"):
            for changed in corruptions(text, made.spans):
                total += 1
                done += any(again.status == "disagrees" for again in check(extract_text(changed)))
    return done, total


@pytest.mark.parametrize(
    "text",
    [
        "全村应改造80户，已改造60户，剩余20户。",
        "参加活动的有男生30名、女生25名，合计55名。",
        "全村764人每人分得1.5万元，分红总额1146万元。",
        "合作社收入由20万元增加到30万元，增长50%。",
        "共抽检100批次，合格95批次，合格率95%。",
        "全村412人实现总收入803.4万元，人均收入1.95万元。",
        "收入由20万元增至50万元，是原来的2.5倍。",
    ],
)
def test_a_changed_digit_is_caught(text: str) -> None:
    done, total = caught(text)
    assert done / total >= 0.8, f"{done} of {total}"


def test_figures_of_different_articles_and_sources_are_kept_apart() -> None:
    first = examine("全村应改造80户，已改造60户。", "a.txt").figures
    second = examine("剩余20户。", "b.txt").figures
    assert check([*first, *second]) == []


def test_one_figure_or_none_is_nothing_to_check() -> None:
    assert check([]) == []
    assert check(extract_text("全村应改造80户。")) == []


def test_a_sentence_in_between_parts_whole_and_parts() -> None:
    """What is not known to follow is not put together."""
    near = "全村60户分为两类。甲类标注20户，乙类标注40户。"
    far = (
        "全村60户分为两类。"
        + "这项工作得到了群众的好评和上级的充分肯定。" * 2
        + "甲类标注20户，乙类标注40户。"
    )
    assert [made.status for made in check(extract_text(near))] == ["agrees"]
    assert check(extract_text(far)) == []


def test_layout_breaks_do_not_part_what_belongs_together() -> None:
    text = "全村现有23名党员,其中本地党员18名。\n占支部党员人数的78%。"
    assert [made.expression for made in check(extract_text(text))] == ["18 / 23 = 78.26% ≈ 78%"]


def test_traditional_characters_and_full_width_digits() -> None:
    found = check(extract_text("全村應改造８０戶，已改造６０戶，剩餘２０戶。"))
    assert [made.status for made in found] == ["agrees"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("投资18.5亿元。", 1_845_000_000, 1_855_000_000),
        ("投资1,146万元。", 11_455_000, 11_465_000),
        ("选派82名干部。", 82, 82),
        ("人口2.65万人。", 26_450, 26_550),
        ("创收60余万元。", 600_000, 700_000),
        ("收入约100万元。", 945_000, 1_055_000),
        ("占78%。", 77.5, 78.5),
        ("占九成。", 85, 95),
    ],
)
def test_written_precision(text: str, low: float, high: float) -> None:
    [figure] = extract_text(text)
    near = quantity(figure).near
    assert (near.low, near.high) == (Fraction(str(low)), Fraction(str(high)))


def test_open_sides_stay_open() -> None:
    [figure] = extract_text("收入超过100万元。")
    assert quantity(figure).far.high is None
    assert quantity(figure).far.low is not None


def test_interval_arithmetic() -> None:
    def span(low: int, high: int) -> Interval:
        return Interval(Fraction(low), Fraction(high))

    assert subtract([span(10, 12), span(3, 4)]) == span(6, 9)
    assert multiply([span(2, 3), span(5, 7)]) == span(10, 21)
    assert divide([span(6, 8), span(1, 2)]) == span(3, 8)
    assert divide([span(6, 8), span(0, 2)]) == Interval(Fraction(3), None)
    assert growth([span(10, 10), span(15, 15)]) == shrinkage([span(20, 20), span(10, 10)]) == span(50, 50)


def test_every_evidence_group_has_an_example_with_one_of_its_words() -> None:
    for group in _data()["evidence"]:
        assert group["examples"]
        assert any(word in example for word in group["words"] for example in group["examples"]), group["role"]
        assert len(set(group["words"])) == len(group["words"]), group["role"]
    assert len({group["role"] for group in _data()["evidence"]}) == len(_data()["evidence"])


def test_every_partition_is_found_in_its_example() -> None:
    entries = _data()["partition"]
    assert len(entries) == len(partitions())
    for entry in entries:
        for example in entry["examples"]:
            found = check(extract_text(example))
            assert [made.relation for made in found] == ["sum"], example
            assert found[0].status == "agrees", example


def test_roles_in_patterns_exist() -> None:
    with pytest.raises(KeyError):
        words("no such role")
    assert pattern("{rest}").search("剩余20户")


def test_rules_cover_the_relations() -> None:
    assert sorted(RULES) == sorted(RELATIONS)
