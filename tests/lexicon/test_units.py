"""The word lists of units and kinds keep the rules that their first lines state.

`kind_of` below is the order of decisions of kinds.toml in its plainest form: it shows that what
the file says can be carried out, and is no part of the program.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

LEXICON = Path(__file__).parents[2] / "extractor" / "lexicon"
KINDS = [
    "money",
    "ratio",
    "area",
    "length",
    "mass",
    "volume",
    "energy",
    "power",
    "temperature",
    "speed",
    "data",
    "scale",
    "duration",
    "age",
    "person_times",
    "households",
    "cadres",
    "party_members",
    "people",
    "training",
    "events",
    "livestock",
    "organisations",
    "places",
    "projects",
    "items",
]
CLASSES = {"measure", "currency", "classifier", "container", "event", "noun", "date-like"}
REQUIRED = {"name", "spellings", "kind", "class", "example"}
OPTIONAL = {"weak", "not_before", "times", "plus", "qualifier", "series", "size", "also", "signs", "needs"}
DIGIT = r"[0-9.一二两三四五六七八九十百千万亿余多几]"
JOINTS = re.compile(r"[、和及与]")
MARKS = "”’\"'」』》）) "


@cache
def units() -> list[dict[str, Any]]:
    return tomllib.loads((LEXICON / "units.toml").read_text(encoding="utf-8"))["unit"]  # type: ignore[no-any-return]


@cache
def kinds_file() -> dict[str, Any]:
    return tomllib.loads((LEXICON / "kinds.toml").read_text(encoding="utf-8"))


def names() -> set[str]:
    return {u["name"] for u in units()} | {p["name"] for p in kinds_file()["pair"] if "name" in p}


def ends(text: str, nouns: list[str]) -> int:
    """Length of the longest noun at the end of the text; 0 if none."""
    return max((len(n) for n in nouns if text.rstrip(MARKS).endswith(n.rstrip(MARKS))), default=0)


def kind_of(spelling: str, item: str) -> str:
    """The kind of a unit as spelled and an item, by the order that kinds.toml states."""
    entry = next((u for u in units() if spelling in u["spellings"]), {"name": spelling, "kind": ""})
    unit, data = entry["name"], kinds_file()
    for pair in data["pair"]:
        if (spelling in pair["units"] or unit in pair["units"]) and ends(item, pair["nouns"]):
            return str(pair["kind"])
    for kind in data["kind"]:
        bare = item
        for word in kind.get("except", []):
            bare = bare.replace(word, "　")
        if unit in kind.get("anywhere", []) and any(n in bare for n in kind["nouns"]):
            return str(kind["name"])
    if entry["kind"]:
        return str(entry["kind"])
    for part in reversed(JOINTS.split(item)):
        found = [
            (ends(part, k["nouns"]), k["name"])
            for k in data["kind"]
            if {unit, "*"} & set(k.get("at_end", []))
        ]
        length, name = max(found, key=lambda pair: pair[0])
        if length:
            return str(name)
    decided = next((k["name"] for k in data["kind"] if unit in k["units"]), None)
    return str(decided or data["unit_only"].get(unit, "items"))


def test_a_spelling_belongs_to_one_unit() -> None:
    seen: set[str] = set()
    for spelling in (s for u in units() for s in u["spellings"]):
        assert spelling not in seen, spelling
        seen.add(spelling)


def test_there_are_many() -> None:
    assert len(units()) > 500
    assert sum(u["class"] in {"classifier", "container", "event"} for u in units()) > 200


@pytest.mark.parametrize("unit", units(), ids=lambda u: f"{u['name']}-{u['spellings'][0]}")
def test_a_unit_is_whole(unit: dict[str, Any]) -> None:
    assert set(unit) >= REQUIRED
    assert set(unit) <= REQUIRED | OPTIONAL
    assert unit["name"] and unit["spellings"]
    assert unit["kind"] in {"", *KINDS}
    assert unit["class"] in CLASSES
    assert any(re.search(DIGIT + re.escape(s), unit["example"]) for s in unit["spellings"]), unit["example"]
    assert ("series" in unit) == ("size" in unit)
    assert isinstance(unit.get("size", 1), int)


def test_no_continuation_hides_a_longer_unit() -> None:
    """`not_before` must not shut out a spelling that another entry lists: the longer one wins anyway."""
    spellings = {s for u in units() for s in u["spellings"]}
    for unit in units():
        for spelling in unit["spellings"]:
            for rest in unit.get("not_before", []):
                assert spelling + rest not in spellings, spelling + rest


def test_series_have_one_smallest_unit() -> None:
    series: dict[str, list[int]] = {}
    for unit in units():
        for entry in (unit, *unit.get("also", [])):
            if "series" in entry:
                series.setdefault(entry["series"], []).append(entry["size"])
    for name, sizes in series.items():
        assert all(max(sizes) % size == 0 for size in sizes), name


def test_kinds_stand_in_the_order_of_the_contract() -> None:
    assert [k["name"] for k in kinds_file()["kind"]] == KINDS


def test_a_noun_decides_one_kind() -> None:
    seen: dict[str, str] = {}
    for kind in kinds_file()["kind"]:
        for noun in kind["nouns"]:
            assert noun not in seen, (noun, kind["name"], seen[noun])
            seen[noun] = kind["name"]


def test_units_of_the_kinds_are_known() -> None:
    data = kinds_file()
    known = names() | {s for u in units() for s in u["spellings"]} | {"", "*"}
    for kind in data["kind"]:
        for key in ("units", "anywhere", "at_end"):
            assert set(kind.get(key, [])) <= known, (kind["name"], set(kind.get(key, [])) - known)
        assert kind["examples"] and kind["label"]
    for pair in data["pair"]:
        assert set(pair["units"]) <= known
        assert pair["kind"] in KINDS
    for unit, kind in data["unit_only"].items():
        assert unit in known and kind in KINDS


@pytest.mark.parametrize(
    ("spelling", "item", "kind"),
    [
        ("名", "驻村第一书记", "cadres"),
        ("名", "村干部、致富带头人", "cadres"),
        ("名", "党员致富带头人", "party_members"),
        ("位", "班主任", "people"),
        ("人", "网格员", "people"),
        ("人", "", "people"),
        ("个", "孩子", "people"),
        ("", "村民", "people"),
        ("", "党员", "party_members"),
        ("期", "养殖技术培训", "training"),
        ("场", "篮球赛", "events"),
        ("次", "主题活动", "events"),
        ("个", "村和居委会、社区", "places"),
        ("件", "矛盾纠纷", "events"),
        ("件", "难题", "items"),
        ("只", "绵羊", "livestock"),
        ("只", "基金", "items"),
        ("口", "机井", "items"),
        ("口", "", "people"),
        ("户", "加工企业", "organisations"),
        ("户", "脱贫户", "households"),
        ("个", "党员中心户", "households"),
        ("个", "基层党组织", "organisations"),
        ("个", "驻村工作队", "organisations"),
        ("家", "茶馆", "organisations"),
        ("家", "", "organisations"),
        ("个", "村(社区)", "places"),
        ("个", "示范点", "places"),
        ("个", "安置点", "places"),
        ("个", "实训基地", "items"),
        ("个", "奶源供应点", "items"),
        ("个", "“党员示范岗”", "items"),
        ("处", "垃圾转运站", "items"),
        ("个", "便民服务站", "organisations"),
        ("项", "供水工程", "projects"),
        ("个", "产业项目", "projects"),
        ("册", "党课教材", "items"),
        ("亩", "村", "area"),
        ("块", "石碑", "items"),
        ("块", "", "money"),
    ],
)
def test_the_kind_of_an_item(spelling: str, item: str, kind: str) -> None:
    assert kind_of(spelling, item) == kind
