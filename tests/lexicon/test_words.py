"""The word lists of the lexicon hold what their headers promise.

Only data is checked here: no word twice, numerals where they belong, an example for every group.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor

LEXICON = Path(extractor.__file__).parent / "lexicon"
FILES = ("idioms", "names", "verbs", "indicators", "dates")
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两几数半伍陆0123456789")
TEMPLATES = {("names", "form"), ("dates", "span"), ("dates", "optional")}
REASONS = {"date", "ordinal", "name", "code", "idiom", "article"}
MINIMUM = {
    ("idioms", "idiom"): 800,
    ("names", "fixed"): 250,
    ("verbs", "verbs"): 900,
    ("verbs", "verb_nouns"): 250,
    ("indicators", "indicator"): 400,
    ("dates", "word"): 200,
}

Group = dict[str, Any]


def load(name: str) -> dict[str, list[Group]]:
    return tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8"))


def groups() -> list[tuple[str, str, Group]]:
    return [(name, table, group) for name in FILES for table, found in load(name).items() for group in found]


def words(name: str, table: str) -> list[str]:
    return [word for group in load(name)[table] for word in group["words"]]


def used(name: str, table: str, word: str, example: str) -> bool:
    """Is the word, or a case of the template, in the example?"""
    if (name, table) not in TEMPLATES:
        return word in example
    pattern = re.escape(word).replace("N", "[零一二三四五六七八九十两几0-9]+").replace("X", "[一-龥]")
    return re.search(pattern, example) is not None


@pytest.mark.parametrize("name", FILES)
def test_no_word_stands_twice_in_a_table(name: str) -> None:
    for table in load(name):
        found = words(name, table)
        assert sorted(found) == sorted(set(found)), (name, table)


@pytest.mark.parametrize(("name", "table", "group"), groups())
def test_every_group_has_a_note_and_an_example_that_uses_it(name: str, table: str, group: Group) -> None:
    assert group["note"].strip()
    assert group["examples"]
    for example in group["examples"]:
        assert any(used(name, table, word, example) for word in group["words"]), example


@pytest.mark.parametrize(("name", "table", "group"), groups())
def test_words_are_clean(name: str, table: str, group: Group) -> None:
    for word in group["words"]:
        assert word == word.strip() and word
        assert not re.search(r"[\s，。、；：“”（）０-９]", word), word


@pytest.mark.parametrize(("name", "table"), MINIMUM)
def test_lists_are_broad(name: str, table: str) -> None:
    assert len(words(name, table)) >= MINIMUM[name, table]


def test_every_idiom_holds_a_numeral_character() -> None:
    assert [word for word in words("idioms", "idiom") if not NUMERALS & set(word)] == []


def test_every_fixed_name_holds_a_numeral() -> None:
    # Ranks and groups of powers are written with digits (5A, G20), which count as well.
    assert [word for word in words("names", "fixed") if not NUMERALS & set(word)] == []


def test_a_word_has_one_home_among_idioms_and_names() -> None:
    assert set(words("idioms", "idiom")) & set(words("names", "fixed")) == set()


def test_idioms_give_a_known_reason() -> None:
    assert {group["reason"] for group in load("idioms")["idiom"]} <= REASONS


def test_amounts_are_not_listed_as_idioms() -> None:
    amounts = "一家 一天 一年 一次 一户 一半 三轮 五台 四处 八成 三角 百克 千卡 三个 两人 一处 三组 二期"
    always = {
        word for group in load("idioms")["idiom"] if "not_after" not in group for word in group["words"]
    }
    assert set(amounts.split()) & always == set()


def test_templates_have_a_numeral_slot() -> None:
    for name, table in sorted(TEMPLATES):
        numbered = [word for word in words(name, table) if "N" in word or NUMERALS & set(word)]
        assert sorted(numbered) == sorted(words(name, table))


def test_verbs_and_verb_nouns_are_apart() -> None:
    assert set(words("verbs", "verbs")) & set(words("verbs", "verb_nouns")) == set()


def test_single_verbs_are_single_and_flagged() -> None:
    for group in load("verbs")["single"]:
        assert isinstance(group["safe"], bool)
        assert all(len(word) == 1 for word in group["words"])


def test_level_verbs_say_which_way() -> None:
    assert {group["change"] for group in load("verbs")["level"]} == {"up", "down", "level"}


def test_abstract_nouns_say_when() -> None:
    for table in ("abstract", "form"):
        assert {group["when"] for group in load("names")[table]} == {"always", "quoted"}


def test_time_words_hold_no_number() -> None:
    # 上半年, 同一天 and the like are words; a number proper would be found by the scan for numerals.
    number = re.compile("[二三四五六七八九十百千万亿两几0-9]")
    assert [word for word in words("dates", "word") if number.search(word)] == []


def test_words_are_simplified() -> None:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    # 著, 乾 and 藉 are simplified characters of their own in some words; opencc would change them.
    own = re.compile("[著乾藉]")
    for name, table, group in groups():
        text = " ".join(word for word in group["words"] if not own.search(word))
        assert convert(text) == text, (name, table)
