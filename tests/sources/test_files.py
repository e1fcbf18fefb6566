"""Finding inputs and decoding them."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import sys
import zipfile
from pathlib import Path

import pytest

from extractor import extract
from extractor.sources import files
from extractor.sources.corpora import expand
from extractor.sources.encodings import DecodingError, decode
from extractor.sources.files import Source, SourceError, find, read

TEXT = "全镇共有3个行政村，113户495人，2023年发放资金14万元。\r\n培训党员307人次。"
TRADITIONAL = "全鎮共有3個村里，113戶495人，去年發放補助款14萬元。\r\n培訓學員307人次。"


def names(*paths: str, **options: tuple[str, ...]) -> list[str]:
    return [found.name for found in find(paths, **options)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "B.TXT", "c.csv", ".hidden.txt", "sub/d.txt", ".git/e.txt", "sub/乙.txt"):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT, encoding="utf-8")
    return tmp_path / "in"


def test_folder_in_order_of_bytes_without_hidden(folder: Path) -> None:
    expected = ["in/B.TXT", "in/a.md", "in/b.txt", "in/c.csv", "in/sub/d.txt", "in/sub/乙.txt"]
    assert names("in") == names("in/") == expected


def test_files_as_named_and_once(folder: Path) -> None:
    assert names("in/c.csv", "./in/c.csv", "in/.hidden.txt") == ["in/c.csv", "in/.hidden.txt"]
    assert names("in/b.txt", "in")[0] == "in/b.txt"
    assert len(names("in/b.txt", "in")) == 6


def test_glob_given_literally(folder: Path) -> None:
    assert names("in/*.txt") == ["in/b.txt"]
    assert names("in/**/*.txt") == ["in/b.txt", "in/sub/d.txt", "in/sub/乙.txt"]
    (folder / "x[1].txt").write_text(TEXT, encoding="utf-8")
    assert names("in/x[1].txt") == ["in/x[1].txt"]
    (error,) = find(["in/*.doc"])
    assert isinstance(error, SourceError)
    assert "matches nothing" in str(error)


def test_glob_and_exclude_below_a_folder(folder: Path) -> None:
    assert names("in", glob=("*.csv",)) == ["in/c.csv"]
    assert names("in", exclude=("sub",)) == ["in/B.TXT", "in/a.md", "in/b.txt", "in/c.csv"]
    assert names("in", exclude=("sub/d*", "*.md")) == ["in/B.TXT", "in/b.txt", "in/c.csv", "in/sub/乙.txt"]


def test_loops_and_dead_links(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "again.txt").symlink_to(folder / "b.txt")
    (folder / "dead.txt").symlink_to(folder / "nowhere")
    found = list(find(["in"]))
    assert [f.name for f in found if isinstance(f, Source)].count("in/again.txt") == 1
    assert sum(isinstance(f, Source) for f in found) == 6
    assert [str(f) for f in found if isinstance(f, SourceError)] == [
        "in/dead.txt: no such file or folder; check the spelling"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_pipes_in_folders_are_skipped_with_a_word(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (error,) = [found for found in find(["in"]) if isinstance(found, SourceError)]
    assert error.skipped
    assert "in/pipe.txt" in str(error)


def test_errors_name_the_file_and_the_remedy(folder: Path) -> None:
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    with pytest.raises(SourceError, match=r"in/image\.txt: an image, not a plain text"):
        read(Source("in/image.txt", "in/image.txt"))
    (folder / "data.txt").write_bytes(bytes(range(256)) * 8)
    with pytest.raises(SourceError, match=r"in/data\.txt: binary data.*-e"):
        read(Source("in/data.txt", "in/data.txt"))
    with pytest.raises(SourceError, match=r"not valid utf-8 \(byte 3: .*-e"):
        read(Source("-", str(_write(folder / "g.txt", TEXT.encode("gbk")))), "utf-8")
    assert [str(error) for error in find(["in/\0"])] == ["in/\\x00: no valid file name; check the spelling"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    with pytest.raises(SourceError, match="no permission"):
        read(Source("in/b.txt", "in/b.txt"))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    (source,) = find(["-", "-"])
    assert isinstance(source, Source)
    assert source.name == "-"
    assert read(source)[:3] == (TEXT, "gb18030", "")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_encodings_of_simplified_text(encoding: str, named: str) -> None:
    assert decode(TEXT.encode(encoding))[:3] == (TEXT, named, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "gb18030", "big5", "big5hkscs"])
def test_encodings_of_traditional_text(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("length", [12, 16, 20])
def test_short_pieces(length: int) -> None:
    for text, encodings in ((TEXT, ("gb18030", "utf-16-le")), (TRADITIONAL, ("big5", "gb18030"))):
        for start in range(len(text) - length):
            piece = text[start : start + length]
            for encoding in encodings:
                assert decode(piece.encode(encoding)).text == piece


def test_line_ends_and_inner_marks_stay() -> None:
    assert decode(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"
    assert decode("\ufeff甲\ufeff乙".encode()).text == "甲\ufeff乙"
    assert decode(b"")[:3] == ("", "utf-8", "")


@pytest.mark.parametrize("data", [b"\0" * 64, bytes(range(256)), b"\x7fELF" + b"\x01\0\0\x05\xfe" * 50])
def test_binary_data(data: bytes) -> None:
    with pytest.raises(DecodingError):
        decode(data)


@pytest.mark.parametrize(
    ("data", "encoding", "told"),
    [
        (b"+2AA-", "utf-7", "not valid utf-7 (character 1 is half of one); name another with -e"),
        (b"a-99999999999", "punycode", "not valid punycode ("),
    ],
)
def test_a_forced_encoding_that_gives_no_text(data: bytes, encoding: str, told: str) -> None:
    with pytest.raises(DecodingError) as failed:
        decode(data, encoding)
    assert str(failed.value).startswith(told)
    assert "with -e" in str(failed.value)


def test_a_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may list everything, so the answer of the system is put in its mouth."""
    listed = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(find(["in"]))
    assert [one.name for one in found if isinstance(one, Source)] == [
        "in/B.TXT", "in/a.md", "in/b.txt", "in/c.csv",
    ]  # fmt: skip
    assert [str(one) for one in found if isinstance(one, SourceError)] == [
        "in/sub: no permission to read it; change its mode, or leave it out"
    ]


def test_a_folder_named_twice_and_links_that_are_not_wanted(folder: Path) -> None:
    (folder / "dead.png").symlink_to(folder / "nowhere")
    assert names("in/sub", "in/sub") == ["in/sub/d.txt", "in/sub/乙.txt"]
    assert all(isinstance(one, Source) for one in find(["in"]))


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(SourceError("a.txt", "is a pipe", skipped=True)))
    assert (str(error), error.skipped) == ("a.txt: is a pipe", True)


def test_without_a_word_for_errors_they_follow_the_figures(folder: Path) -> None:
    (folder / "a.md").write_bytes(b"\0\1\2\3" * 99)
    os.mkfifo(folder / "pipe.txt")
    figures = extract(["in", "nowhere"])
    found = []
    with pytest.raises(ExceptionGroup, match="some inputs could not be read") as failed:
        found.extend(figures)
    assert len(failed.value.exceptions) == 2  # the pipe is skipped
    told: list[SourceError] = []
    assert list(extract(["in", "nowhere"], on_error=told.append)) == found != []
    assert [str(error) for error in told] == [str(error) for error in failed.value.exceptions]


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_text_that_is_cut_off_inside_a_character(encoding: str) -> None:
    text = TRADITIONAL if encoding == "big5" else TEXT
    for cut in (1, 2) if encoding == "utf-8" else (1,):
        decoded = decode((text[:-1] + "人").encode(encoding)[:-cut])
        assert decoded[:3] == (text[:-1] + "\ufffd", encoding, "its last character is cut off")
    assert decode(TEXT.encode("utf-16")[:-1]).warning == "its last character is cut off"
    assert decode((TEXT + "人").encode()[:-1], "utf-8").text == TEXT + "\ufffd"
    with pytest.raises(DecodingError):
        decode("一".encode() + b"\xff" + "二".encode(), "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_with_a_stray_nul(encoding: str) -> None:
    for at in range(0, len(TEXT), 7):
        text = TEXT[:at] + "\0" + TEXT[at:]
        decoded = decode(text.encode(encoding))
        assert decoded[:3] == (text.replace("\0", "\ufffd"), encoding, "1 NUL byte in it")
    assert decode((TEXT * 99 + "\0\0\0").encode(encoding)).warning == "3 NUL bytes in it"
    with pytest.raises(DecodingError):
        decode((TEXT + "\0" * 9).encode(encoding))


def packed(*names: str, first: tuple[str, str] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if first:
            archive.writestr(*first)
        for name in names:
            archive.writestr(name, "全村共有113户。")
    return stream.getvalue()


KINDS = {
    "an OpenDocument file": packed(
        "content.xml", first=("mimetype", "application/vnd.oasis.opendocument.text")
    ),
    "a ZIP archive": packed("a.txt"),
    "compressed with gzip": gzip.compress(TEXT.encode()),
    "an image": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "an old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
    "an SQLite database": b"SQLite format 3\0" + bytes(99),
    "sound or video": b"\0\0\0\x18ftypmp42",
    "an archive": b"Rar!\x1a\x07\0",
}


@pytest.mark.parametrize("called", KINDS)
@pytest.mark.parametrize("name", ["a.txt", "b.dat", "c.jsonl"])
def test_what_is_no_text_is_named(folder: Path, called: str, name: str) -> None:
    path = _write(folder / name, KINDS[called])
    if name == "c.jsonl" and KINDS[called][:1] in b"<\xef1W\xff":
        pytest.skip("of characters, which are no JSON in any case")
    (found,) = expand(find([str(path)]))
    if isinstance(found, Source):
        with pytest.raises(SourceError) as failed:
            read(found)
        found = failed.value
    assert found.reason.startswith(called)
    assert "not a plain text; " in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "<p>一段话，培训7期。",
        "PK赛中，7人",
        "BM公司投资3万元，共有员工5万人",
        "%PDF 是格式",
        "1\n00:00 开始",
        "MZ 7户",
        "ID3 7户",
    ],
)
def test_texts_that_begin_like_something_else(text: str) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert read(Source("a", "a", text.encode(encoding))).text == text


def test_folders_nested_deeper_than_python_can_call(folder: Path) -> None:
    top = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(1200):
            os.mkdir("d")
            os.chdir("d")
        Path("z.txt").write_text(TEXT, encoding="utf-8")
        os.chdir(top)
        assert [name[-5:] for name in names("in") if "/d/" in name] == ["z.txt"]
        (error,) = find(["in/**/*.doc"])
        assert isinstance(error, SourceError)
        assert "nested too deeply" in error.reason or "matches nothing" in error.reason
    finally:  # shutil.rmtree, by which pytest cleans up, cannot go that deep
        os.chdir(folder.joinpath(*["d"] * 1200))
        os.unlink("z.txt")
        for _ in range(1200):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(top)


def test_what_a_folder_holds_besides_is_told(folder: Path) -> None:
    for name in ("x.DOC", "README", "sub/y.doc", "no.txt/z"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    (folder / "dead.png").symlink_to(folder / "nowhere")
    passed: list[tuple[str, str]] = []
    list(find(["in"], exclude=("B*",), passed=lambda path, reason: passed.append((path, reason))))
    assert sorted(passed) == [
        ("in/.git", "hidden"), ("in/.hidden.txt", "hidden"), ("in/B.TXT", "excluded"), ("in/README", "without suffix"),
        ("in/dead.png", "cannot be read"), ("in/no.txt/z", "without suffix"), ("in/sub/y.doc", ".doc"),
        ("in/x.DOC", ".doc"),
    ]  # fmt: skip


def test_what_was_met_takes_little_memory() -> None:
    import tracemalloc

    seen = files._Seen()
    tracemalloc.start()
    for number in range(100_000):
        status = os.stat_result((0o100644, 7_000_000 + number, 65024, 1, 0, 0, 0, 0, 0, 0))
        assert seen.first_time(status)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 1_000_000
    assert not seen.first_time(os.stat_result((0o100644, 7_000_007, 65024, 1, 0, 0, 0, 0, 0, 0)))
    assert seen.first_time(os.stat_result((0o100644, 7_000_007, 65025, 1, 0, 0, 0, 0, 0, 0)))
