"""What must hold for any file: corpora, archives, journals, word lists. They raise ``AssertionError``."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import struct
import tempfile
import time
import warnings
import zlib

from extractor.engine.packing import pack, unpack
from extractor.engine.resume import Journal
from extractor.lexicon import safe_patterns
from extractor.lexicon.user import _load, load
from extractor.lexicon.user_file import LexiconError
from extractor.sources import kinds_of_file
from extractor.sources.corpora import Fields, expand
from extractor.sources.escapes import escaped
from extractor.sources.files import Source, SourceError, read
from extractor.sources.rows import Odd, comma_separated, tab_separated

_FOLDER = tempfile.TemporaryDirectory()
_SLOW = 2.0


def check_rows(text: str) -> None:
    """Rows of CSV and TSV: an odd one costs its own line only, and whole ones are those of the usual reader."""

    def body(line: str) -> str:
        return line.removesuffix("\n").removesuffix("\r")

    lines = io.StringIO(text, newline="\n").readlines()
    rows = list(comma_separated(lines))
    starts = [number for number, _ in rows]
    assert starts == sorted(set(starts)) and set(starts) <= set(range(1, len(lines) + 1))
    for number, row in rows:
        following = next((line for line in range(number, len(lines)) if body(lines[line])), None)
        assert not isinstance(row, Odd) or following is None or following + 1 in starts
    if not any(isinstance(row, Odd) for _, row in rows) and "\r" not in text and "\0" not in text:
        with contextlib.suppress(csv.Error):
            assert [row for _, row in rows] == [row for row in csv.reader(lines, strict=True) if row]
    fields = [row for _, row in tab_separated(lines) if not isinstance(row, Odd)]
    assert sum(map(len, fields)) == sum(line.count("\t") + 1 for line in lines if body(line))


def check_packed(data: bytes) -> None:
    """A record of a journal: a document that packs to itself, or ``ValueError``."""
    try:
        document = unpack(data, 1 << 22)
    except ValueError:
        return
    assert unpack(pack(document)) == document


def check_plain(data: bytes) -> None:
    """A record of a journal whose frame is right, whatever is inside."""
    check_packed(struct.pack(">Q", len(data)) + zlib.compress(data, 1))


def check_journal(data: bytes) -> None:
    """A journal of any bytes: refused, or remembering what was recorded, and nothing that was not."""
    target = os.path.join(_FOLDER.name, "out.csv")
    with open(target + ".resume", "wb") as stream:
        stream.write(data)
    os.chmod(target + ".resume", 0o600)
    try:
        journal = Journal(target, "rules")
    except OSError as error:
        assert "remove it to start anew" in str(error)
        return
    assert journal.recall("1", "b.txt") is None
    journal.record("1", "b.txt", b"found")
    journal.close(done=False)
    journal = Journal(target, "rules")
    assert journal.recall("1", "b.txt") == b"found"
    assert journal.recall("2", "b.txt") is None
    journal.close(done=True)
    assert os.listdir(_FOLDER.name) == []


def check_pattern(pattern: str) -> None:
    """A user's pattern: refused, or quick in the few characters that it is tried on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning):
        safe_patterns.problem(pattern)
        return
    if safe_patterns.problem(pattern):
        return
    began = time.perf_counter()
    for text in ("约约约约约约", "约不约不约不", "aaaaaa", "大大大大大不", pattern[:6]):
        compiled.search(text)
    assert time.perf_counter() - began < _SLOW, pattern


def check_lexicon(data: bytes) -> None:
    """A file of words: taken, or every mistake told with the file."""
    path = os.path.join(_FOLDER.name, "own.toml")
    with open(path, "wb") as stream:
        stream.write(data)
    _load.cache_clear()
    try:
        load([path])
    except LexiconError as error:
        assert error.problems and all("own.toml" in problem for problem in error.problems)
    finally:
        os.unlink(path)


def check_shown(text: str) -> None:
    """Text for a terminal: nothing that it obeys is left, and the rest is as it was."""
    shown = escaped(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode()
    assert escaped(shown) == shown


def check_file(data: bytes) -> None:
    """A file of any bytes under any suffix: sources and errors, no other exception."""
    kinds_of_file.of_bytes(data[: kinds_of_file.HEAD])
    suffixes = (".txt", ".csv", ".tsv", ".jsonl", ".zip", ".txt.gz", ".jsonl.zst", ".parquet")
    suffix = suffixes[data[0] % len(suffixes)] if data else ".txt"
    path = os.path.join(_FOLDER.name, "a" + suffix)
    with open(path, "wb") as stream:
        stream.write(data[1:])
    try:
        for found in expand([Source("a" + suffix, path)], Fields()):
            try:
                decoded = read(found) if isinstance(found, Source) else None
            except SourceError as error:
                found = error
            else:
                assert decoded is None or decoded.encoding
            if isinstance(found, SourceError):
                assert "a bug" not in str(found), found
                assert str(found) and "\n" not in str(found) and "\x1b" not in str(found)
    finally:
        os.unlink(path)
