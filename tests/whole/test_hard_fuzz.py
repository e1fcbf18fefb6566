"""Random inputs over every parser: what must hold is told by ``invariants``.

A few hundred examples; in CI (``CI`` in the environment) twelve times as many. They are always the same, so that a
change lands or fails for what it changed; ``FUZZ=1`` draws four times the number of CI anew, and ``fuzz/run.py`` does
it for hours.
"""

from __future__ import annotations

import gzip
import io
import os
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.engine.packing import pack
from extractor.engine.resume import Journal
from tests.support import invariants, invariants_of_files, stub_pipeline
from tests.whole.test_properties import texts

CORPUS = Path(__file__).parents[2] / "fuzz" / "corpus"
DRAWN = bool(os.environ.get("FUZZ"))
SHARE = 1 if DRAWN else 4 if os.environ.get("CI") else 50


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", "培训7期。")
        packed.writestr("c.csv", 'id,text\n1,"培训7期"\n')
    return stream.getvalue()


def journal() -> bytes:
    """A journal with three records; its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        written = Journal(f"{folder}/out.csv", "rules")
        for number in range(3):
            written.record(str(number), "a.txt", bytes([number]) * 50)
        written.close(done=False)
        return Path(f"{folder}/out.csv.resume").read_bytes()


PACKED = pack(stub_pipeline.examine("题\n2023年培训7期，1.5万人。#又", "a.txt"))
JOURNAL = journal()
FILES = (
    archive(), gzip.compress("培训7期。".encode()), 'id,text\n1,"培训7期"\n2,"投资\n'.encode(), '{"text": "7期"}\n'.encode(),
    b"%PDF-1.7\n", "<html>培训7期".encode("utf-16"), "投资18.5亿元".encode("gb18030"), b"PAR1" + bytes(50) + b"PAR1",
)  # fmt: skip


def examples(number: int) -> settings:
    """Settings for so many examples where they are drawn anew, a quarter of them in CI, a fiftieth elsewhere."""
    return settings(
        max_examples=number // SHARE,
        derandomize=not DRAWN,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


SIGNS = "0123456789零一二三四五六七八九十百千万亿两几数半余多来上成点分之第年月日-~—至到.,%‰/ ０９壹贰萬億兩\ud800\u200b\0"
OPERATORS = "( ) [ ] , and or not in == != < <= > >= + - * / // % & | ~ . @ # ** :="
WHERE = [
    *OPERATORS.split(), "value", "low", "high", "item", "unit", "kind", "sentence", "1", "2.5", "-3", "'a'", "'县'",
    " ", "\n", "lambda", "if", "else", "f'{value}'", "__class__", "0x1F", "1e999", "1j", "'", '"', "\0", "９", "值",
]  # fmt: skip


@examples(3000)
@given(texts())
def test_text(text: str) -> None:
    invariants.check_text(text)


@examples(1000)
@given(st.text(max_size=300))
def test_any_characters(text: str) -> None:
    invariants.check_text(text)


@examples(5000)
@given(texts())
def test_layout(text: str) -> None:
    invariants.check_layout(text)


@examples(3000)
@given(st.binary(max_size=200))
def test_bytes(data: bytes) -> None:
    invariants.check_bytes(data)


@examples(2500)
@given(
    st.text(max_size=60),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "big5hkscs"]),
    st.integers(0, 120),
)
def test_cut_bytes(text: str, encoding: str, end: int) -> None:
    invariants.check_bytes(text.encode(encoding, "ignore")[:end])


@examples(3500)
@given(st.text(SIGNS, max_size=40))
def test_numbers(text: str) -> None:
    invariants.check_number(text)


@examples(2000)
@given(st.lists(st.sampled_from(WHERE), max_size=12))
def test_where(parts: list[str]) -> None:
    invariants.check_where(" ".join(parts))


@pytest.mark.parametrize("target", ["text", "layout", "bytes", "number", "where"])
def test_corpus(target: str) -> None:
    files = sorted((CORPUS / target).iterdir())
    assert files
    check = getattr(invariants, f"check_{target}")
    for file in files:
        data = file.read_bytes()
        check(data if target == "bytes" else data.decode("utf-8", "surrogateescape"))


# Files


@examples(5000)
@given(st.text('",\n\r\t a万', max_size=60))
def test_rows(text: str) -> None:
    invariants_of_files.check_rows(text)


def damaged(data: bytes, changes: list[tuple[int, int]], end: int) -> bytes:
    """Bytes with some of them changed, cut off at an end."""
    changed = bytearray(data)
    for at, value in changes:
        changed[at % len(changed)] = value
    return bytes(changed[: end % (len(changed) + 1)])


CHANGES = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=6)


@examples(3000)
@given(CHANGES, st.integers(0, 1 << 20))
def test_packed_documents(changes: list[tuple[int, int]], end: int) -> None:
    plain = zlib.decompress(PACKED[8:])
    other = damaged(plain, changes, len(plain))
    invariants_of_files.check_packed(struct.pack(">Q", len(other)) + zlib.compress(other))
    invariants_of_files.check_packed(damaged(PACKED, changes, end))


@examples(3000)
@given(CHANGES, st.integers(0, 1 << 20))
def test_journals(changes: list[tuple[int, int]], end: int) -> None:
    invariants_of_files.check_journal(damaged(JOURNAL, changes, end))


@examples(3000)
@given(st.text("约不大a(?:|)[]{}1,2=!<>^$.\\\\?i", max_size=40))
def test_patterns(pattern: str) -> None:
    invariants_of_files.check_pattern(pattern)


@examples(2000)
@given(st.text(max_size=200))
def test_text_for_a_terminal(text: str) -> None:
    invariants_of_files.check_shown(text)


@examples(2500)
@given(st.integers(0, 255), st.sampled_from(range(len(FILES))), CHANGES, st.integers(0, 1 << 20))
def test_files(suffix: int, file: int, changes: list[tuple[int, int]], end: int) -> None:
    invariants_of_files.check_file(bytes([suffix]) + damaged(FILES[file], changes, end))
