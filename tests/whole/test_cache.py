"""What is kept in the cache folder: quick, never stale, never trusted blindly, never needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import cache as kept
from extractor.lexicon.words import own_files, read_toml


class Parser:
    """Counts how often it is asked."""

    def __init__(self, data: object = None) -> None:
        self.data = {"a": [1, 2.5, True], "词": {"x": "一"}} if data is None else data
        self.calls = 0

    def __call__(self, files: object) -> dict[str, object]:
        self.calls += 1
        return self.data  # type: ignore[return-value]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("EXTRACT_CACHE", str(folder))
    return folder


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    file = tmp_path / "a.toml"
    file.write_text("a = 1\n", encoding="utf-8")
    return [file]


def only(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_parsed_once(cache: Path, lists: list[Path]) -> None:
    parse = Parser()
    assert kept.load(lists, parse) == kept.load(lists, parse) == parse.data
    assert parse.calls == 1
    assert only(cache).stat().st_mode & 0o077 == 0


def test_the_package_lists_come_back_as_they_are(cache: Path) -> None:
    parsed = read_toml(own_files())
    assert kept.load(own_files(), read_toml) == parsed
    assert kept.load(own_files(), Parser("not asked")) == parsed  # type: ignore[arg-type]


def test_changed_lists_are_read_anew_and_old_ones_forgotten(cache: Path, lists: list[Path]) -> None:
    parse = Parser()
    kept.load(lists, parse)
    lists[0].write_text("a = 2\n", encoding="utf-8")
    kept.load(lists, parse)
    assert parse.calls == 2
    only(cache)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"{}", b"0" * 64 + b"\n{}", b"\x80\x04c__builtin__\nexec\n.", b"[" * 10_000, b"\xff\xfe"],
    ids=["empty", "line", "no checksum", "wrong checksum", "pickle", "deep", "bytes"],
)
def test_damaged_files_are_replaced(cache: Path, lists: list[Path], content: bytes) -> None:
    parse = Parser()
    kept.load(lists, parse)
    file = only(cache)
    file.write_bytes(content)
    assert kept.load(lists, parse) == parse.data
    assert parse.calls == 2
    assert kept.load(lists, parse) == parse.data
    assert parse.calls == 2


@pytest.mark.parametrize("payload", [b"", b"[\0\0\0\0", b"i\3\0\0\0", b"{", b"\xff"])
def test_no_mapping_is_no_cache(cache: Path, lists: list[Path], payload: bytes) -> None:
    import hashlib

    parse = Parser()
    kept.load(lists, parse)
    only(cache).write_bytes(hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
    assert kept.load(lists, parse) == parse.data
    assert parse.calls == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
def test_files_that_others_can_write_are_not_used(cache: Path, lists: list[Path]) -> None:
    parse = Parser()
    kept.load(lists, parse)
    only(cache).chmod(0o666)
    kept.load(lists, parse)
    assert parse.calls == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no links")
def test_links_are_not_followed(cache: Path, lists: list[Path]) -> None:
    parse = Parser()
    kept.load(lists, parse)
    file = only(cache)
    elsewhere = file.with_name("elsewhere")
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    assert kept.load(lists, parse) == parse.data
    assert parse.calls == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_files_of_others_are_not_used(cache: Path, lists: list[Path]) -> None:
    parse = Parser()
    kept.load(lists, parse)
    os.chown(only(cache), 65534, 65534)
    kept.load(lists, parse)
    assert parse.calls == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_named_pipe_in_its_place_blocks_nothing(cache: Path, lists: list[Path]) -> None:
    parse = Parser()
    kept.load(lists, parse)
    file = only(cache)
    file.unlink()
    os.mkfifo(file)
    assert kept.load(lists, parse) == parse.data


@pytest.mark.parametrize("folder", ["", "/dev/null/x", "/proc/nowhere", "a\0b"])
def test_no_folder_to_write_to(monkeypatch: pytest.MonkeyPatch, lists: list[Path], folder: str) -> None:
    monkeypatch.setattr(kept, "folder", lambda: folder)
    parse = Parser()
    assert kept.load(lists, parse) == kept.load(lists, parse) == parse.data


def test_what_is_no_plain_data_is_not_kept(cache: Path, lists: list[Path]) -> None:
    parse = Parser({"day": object()})
    assert kept.load(lists, parse) == parse.data
    assert not cache.exists() or list(cache.iterdir()) == []


def test_an_interruption_leaves_nothing_behind(
    cache: Path, lists: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*names: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        kept.load(lists, Parser())
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    ("platform", "environment", "end"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/extractor"),
        ("linux", {}, "/home/me/.cache/extractor"),
        ("darwin", {}, "/home/me/Library/Caches/extractor"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/extractor"),
    ],
)
def test_folders(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], end: str
) -> None:
    for name in ("EXTRACT_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os.path, "expanduser", lambda path: "/home/me")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert kept.folder() == end


def test_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXTRACT_CACHE", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert kept.folder() == ""


def test_the_table_is_the_same_with_and_without(tmp_path: Path) -> None:
    def table(cache: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", "extractor", "-", "-q"],
            input="全县投资18.5亿元，惠及113户。".encode(),
            env={**os.environ, "EXTRACT_CACHE": cache},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout

    without = table("")
    assert table(str(tmp_path / "c")) == table(str(tmp_path / "c")) == without
    assert b"113" in without
