"""Kept patterns are those that ``re.compile`` makes, and where they can't be kept it makes them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import cache, matching

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of its own, and a process that has compiled nothing."""
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path))
    monkeypatch.setattr(matching, "_new", {})
    monkeypatch.setattr(matching.atexit, "register", lambda function: None)
    matching._kept.cache_clear()
    yield tmp_path
    matching._kept.cache_clear()


def next_process() -> None:
    """What was compiled is kept, as at the end of the process."""
    matching._keep()
    matching._new.clear()
    matching._kept.cache_clear()


def table(folder: str, seed: str = "0") -> bytes:
    """The table of the seeds, by a process that hashes with another seed and so has its sets in another order."""
    return subprocess.run(
        [sys.executable, "-m", "extractor", "seeds", "-q", "--checks", os.devnull],
        env={**os.environ, "EXTRACT_CACHE": folder, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout


def test_what_a_run_keeps_is_what_re_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = table("")
    assert table(str(tmp_path)) == without
    (file,) = tmp_path.glob("patterns-*")
    before = file.stat().st_mtime_ns
    assert table(str(tmp_path), "1") == table(str(tmp_path), "2") == without
    assert file.stat().st_mtime_ns == before, "a pattern is made of a set in its chance order"
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path))
    found = cache.read(matching._NAME)
    assert found is not None
    assert len(found["patterns"]) > 300
    for (pattern, flags), parts in found["patterns"].items():
        made = matching._pattern(pattern, *parts)
        plain = re.compile(pattern, flags)
        assert made == plain  # compares the code
        assert (made.groups, made.groupindex, made.flags) == (plain.groups, plain.groupindex, plain.flags)


def test_nothing_is_compiled_twice(folder: Path) -> None:
    first = matching.compiled("(?P<a>x)(y)?", re.IGNORECASE)
    next_process()
    again = matching.compiled("(?P<a>x)(y)?", re.IGNORECASE)
    assert not matching._new
    match = again.match("X")
    assert first == again and match is not None and match.lastgroup == "a" and match.groupdict() == {"a": "X"}
    assert matching.compiled(b"x").match(b"x")


@pytest.mark.parametrize(
    "parts", [(32, b"\xff\xff\xff\xff", (None,)), (32, b"\1", (None,)), (32,), None, (32, "", 3)]
)
def test_what_is_odd_is_compiled_anew(folder: Path, parts: object) -> None:
    cache.write(matching._NAME, {"build": matching._build(), "patterns": {("x+", 0): parts}}, matching._NAME)
    found = matching.compiled("x+").match("xx")
    assert found is not None and found.group() == "xx"


def test_another_build_of_python_keeps_its_own(folder: Path) -> None:
    cache.write(matching._NAME, {"build": "3.9", "patterns": {("x", 0): (32, b"", (None,))}}, matching._NAME)
    assert matching._kept() == {}
    assert matching.compiled("x").match("x")


def test_an_unknown_python_is_left_to_re(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_build", lambda: "")
    assert matching.compiled("x") == re.compile("x")
    assert not matching._new


def test_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_CACHE", "")
    monkeypatch.setattr(matching, "_new", {})
    matching._kept.cache_clear()
    assert matching.compiled("x") == re.compile("x")
    assert not matching._new
    matching._kept.cache_clear()


def test_what_grows_too_large_begins_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matching.compiled("abc")
    next_process()
    monkeypatch.setattr(matching, "_LARGEST", 100)
    matching.compiled("def")
    next_process()
    assert set(matching._kept() or {}) == {("def", 0)}


def test_mistakes_are_told_as_re_tells_them(folder: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        matching.compiled("(")


def test_patterns_of_ours_are_made_here() -> None:
    """What ``re.compile`` may do: patterns that a text, a name or a user makes."""
    others = {"matching.py", "lexicon/user.py", "checks/passage.py", "engine/leftovers.py"}
    package = ROOT / "extractor"
    using = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "re.compile(" in path.read_text(encoding="utf-8")
    }
    assert using == others, "use extractor.matching.compiled, which keeps what it makes"
