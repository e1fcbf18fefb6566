"""Patterns and short lists that stand in the lexicon: each says what it finds, and finds it in its example."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.lexicon.patterns import patterns

FILES = sorted((Path(extractor.__file__).parent / "lexicon").glob("*.toml"))
TABLES = ("pattern", "pattern_piece", "word_list")
FOUND = [
    (table, entry)
    for data in (tomllib.loads(file.read_text(encoding="utf-8")) for file in FILES)
    for table in TABLES
    for entry in data.get(table, ())
]


def name(found: tuple[str, dict[str, Any]]) -> str:
    return f"{found[0]} {found[1]['of']} {found[1]['name']}"


@pytest.mark.parametrize("found", FOUND, ids=name)
def test_every_entry_has_a_note_and_an_example_that_works(found: tuple[str, dict[str, Any]]) -> None:
    table, entry = found
    keys = {"of", "name", "note", "example", "words" if table == "word_list" else "pattern"}
    assert set(entry) == keys
    assert entry["note"].strip()
    if table == "pattern":
        match = patterns(entry["of"])[entry["name"]].search(entry["example"])
        assert match and match.group()
    elif table == "word_list":
        assert any(word in entry["example"] for word in entry["words"])


def test_no_name_stands_twice() -> None:
    names = Counter(map(name, FOUND))
    assert [found for found, times in names.items() if times > 1] == []


def test_every_piece_stands_in_a_pattern() -> None:
    for table, piece in FOUND:
        if table == "pattern_piece":
            users = [e for t, e in FOUND if t != "word_list" and e["of"] == piece["of"]]
            assert any(f"{{{piece['name']}}}" in one["pattern"] for one in users), piece["name"]
