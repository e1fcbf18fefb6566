"""Corpora and compressed files as input."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from extractor import extract
from extractor.sources import compressed, corpora
from extractor.sources.corpora import Fields, expand
from extractor.sources.encodings import Decoded
from extractor.sources.files import Source, SourceError, find, read
from extractor.sources.rows import Odd, comma_separated

TEXTS = ["培训7期，307人。", "发放资金14万元。\n惠及113户。", "修建排水管道5.1千米，“验收”合格。"]
IDS = ["a-1", "b/2", "丙"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(*paths: str, fields: Fields | None = None, encoding: str | None = None) -> list[tuple[str, str]]:
    """The names and texts of all sources; an error fails the test."""
    found = list(expand(find(paths), fields, encoding))
    assert [str(one) for one in found if isinstance(one, SourceError)] == []
    return [(one.name, read(one, encoding).text) for one in found if isinstance(one, Source)]


def errors(*paths: str, fields: Fields | None = None) -> list[str]:
    return [str(one) for one in expand(find(paths), fields) if isinstance(one, SourceError)]


def json_lines(field: str = "text") -> str:
    return "".join(
        json.dumps({"id": name, field: text}, ensure_ascii=False) + "\n"
        for name, text in zip(IDS, TEXTS, strict=True)
    )


def table(delimiter: str = ",", end: str = "\r\n") -> str:
    if delimiter == "\t":  # has no quotation marks
        rows = [
            ("id", "other", "text"),
            *((n, "x", t.replace("\n", " ")) for n, t in zip(IDS, TEXTS, strict=True)),
        ]
        return "".join("\t".join(row) + end for row in rows)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerows([("id", "other", "text"), *((n, "x", t) for n, t in zip(IDS, TEXTS, strict=True))])
    return buffer.getvalue()


def numbered(name: str) -> list[tuple[str, str]]:
    return [(f"{name}#{number}", text) for number, text in enumerate(TEXTS, start=1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_json_lines(here: Path, encoding: str) -> None:
    (here / "c.jsonl").write_bytes(json_lines().encode(encoding))
    assert texts("c.jsonl") == numbered("c.jsonl")
    by_id = texts("c.jsonl", fields=Fields(id="id"))
    assert by_id == [(f"c.jsonl#{name}", text) for name, text in zip(IDS, TEXTS, strict=True)]


@pytest.mark.parametrize(("name", "delimiter"), [("c.csv", ","), ("c.tsv", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables(here: Path, name: str, delimiter: str, encoding: str, end: str) -> None:
    (here / name).write_bytes(table(delimiter, end).encode(encoding))
    expected = numbered(name)
    if delimiter == "\t":  # has no line breaks in a field
        expected = [(source, text.replace("\n", " ")) for source, text in expected]
    assert texts(name) == expected
    assert texts(name, fields=Fields(id="id"))[2] == (f"{name}#丙", TEXTS[2])


def test_parquet(here: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    many = 3 * corpora.BATCH + 7
    rows = pyarrow.table({"id": list(range(many)), "text": [f"培训{i}人。" for i in range(many)]})
    pyarrow.parquet.write_table(rows, "c.parquet", row_group_size=1000)
    found = texts("c.parquet", fields=Fields(id="id"))
    assert len(found) == many
    assert found[1400] == ("c.parquet#1400", "培训1400人。")
    (here / "bad.parquet").write_bytes(b"PAR1" + b"\0" * 50)
    assert "no readable Parquet" in errors("bad.parquet")[0]
    assert "no field 'body'; name one of id, text" in errors("c.parquet", fields=Fields("body"))[0]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_texts_and_corpora(here: Path, suffix: str) -> None:
    if suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        pack = zstandard.ZstdCompressor().compress
    else:
        pack = gzip.compress
    (here / f"a.txt{suffix}").write_bytes(pack(TEXTS[0].encode("gb18030")))
    (here / f"c.jsonl{suffix}").write_bytes(pack(json_lines().encode()))
    # Two members or frames one after another are one text.
    (here / f"d.csv{suffix}").write_bytes(pack(table()[:40].encode()) + pack(table()[40:].encode()))
    assert texts(".") == [(f"./a.txt{suffix}", TEXTS[0]), *numbered(f"./d.csv{suffix}")]
    assert texts(f"c.jsonl{suffix}") == numbered(f"c.jsonl{suffix}")
    assert texts(f"d.csv{suffix}") == numbered(f"d.csv{suffix}")
    (here / f"e.txt{suffix}").write_bytes(pack(TEXTS[0].encode() * 999)[:-9])
    with pytest.raises(SourceError, match="cannot be unpacked"):
        read(Source("e", f"e.txt{suffix}"))
    (here / f"f.jsonl{suffix}").write_bytes(b"no archive")
    assert "cannot be unpacked" in errors(f"f.jsonl{suffix}")[0]


def test_archives(here: Path) -> None:
    with zipfile.ZipFile("t.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("村/b.txt", TEXTS[0].encode("gb18030"))
        archive.writestr("a.md", TEXTS[1])
        archive.writestr("image.png", b"\x89PNG")
        archive.writestr(".hidden.txt", TEXTS[1])
        archive.writestr("c.jsonl", json_lines())
    assert texts("t.zip") == [
        ("t.zip/村/b.txt", TEXTS[0]), ("t.zip/a.md", TEXTS[1]), *numbered("t.zip/c.jsonl")
    ]  # fmt: skip
    (here / "bad.zip").write_bytes(b"PK\3\4 no archive")
    assert "cannot be unpacked" in errors("bad.zip")[0]
    data = bytearray((here / "t.zip").read_bytes())
    data[44] ^= 0xFF
    (here / "broken.zip").write_bytes(data)
    assert [error.split(":")[0] for error in errors("broken.zip")] == ["broken.zip/村/b.txt"]


def test_folders_and_encrypted_members_of_an_archive(here: Path) -> None:
    with zipfile.ZipFile("t.zip", "w") as archive:
        archive.mkdir("村")
        archive.writestr("secret.txt", TEXTS[0])
        archive.writestr("a.txt", TEXTS[1])
    with zipfile.ZipFile("t.zip") as archive:
        at = archive.infolist()[1].header_offset
    data = bytearray((here / "t.zip").read_bytes())
    data[at + 6] |= 1  # the flag in the header of the member and in the directory at the end
    data[data.index(b"PK\1\2", data.index(b"PK\1\2") + 1) + 8] |= 1
    (here / "t.zip").write_bytes(data)
    found = list(expand(find(["t.zip"])))
    assert str(found[0]) == "t.zip/secret.txt: is encrypted; unpack it first"
    assert [one.name for one in found[1:]] == ["t.zip/a.txt"]


def test_a_name_in_no_chinese_encoding_stays(here: Path) -> None:
    with zipfile.ZipFile("t.zip", "w") as archive:
        archive.writestr("caf_.txt", TEXTS[0])
    data = (here / "t.zip").read_bytes()
    (here / "t.zip").write_bytes(data.replace(b"caf_.txt", "café.txt".encode("cp437")))
    assert texts("t.zip") == [("t.zip/café.txt", TEXTS[0])]


def test_missing_libraries_are_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.txt.zst").write_bytes(b"")
    (here / "c.jsonl.zst").write_bytes(b"")
    (here / "c.parquet").write_bytes(b"")
    monkeypatch.setitem(sys.modules, "zstandard", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SourceError, match=r"pip install 'extract-figures\[zstd\]'"):
        read(Source("a.txt.zst", "a.txt.zst"))
    hint = "install with: python -m pip install 'extract-figures["
    assert errors("c.jsonl.zst") == [f"c.jsonl.zst: Zstandard needs zstandard; {hint}zstd]'"]
    assert errors("c.parquet") == [f"c.parquet: Parquet needs pyarrow; {hint}parquet]'"]


def test_parquet_in_a_compressed_file_is_refused(here: Path) -> None:
    (here / "c.parquet.gz").write_bytes(gzip.compress(b"PAR1"))
    assert errors("c.parquet.gz") == [
        "c.parquet.gz: Parquet inside a compressed file cannot be streamed; unpack it first"
    ]


def test_a_corpus_that_cannot_be_opened(here: Path) -> None:
    assert [str(one) for one in expand([Source("c.jsonl", "c.jsonl")])] == [
        "c.jsonl: no such file or folder; check the spelling"
    ]


def test_a_lone_carriage_return_ends_no_row(here: Path) -> None:
    (here / "c.csv").write_bytes(b"text\n7\n8\r9\n10\n")
    assert texts("c.csv") == [("c.csv#1", "7"), ("c.csv#2", "8\r9"), ("c.csv#3", "10")]


def test_tsv_has_no_quotation_marks(here: Path) -> None:
    lines = ["id\ttext", '1\t"三农"工作惠及113户。', '2\t"培训7期', "3\t投资5万元。", "4\t惠及9人。"]
    (here / "t.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert texts("t.tsv", fields=Fields(id="id")) == [
        ("t.tsv#1", '"三农"工作惠及113户。'), ("t.tsv#2", '"培训7期'), ("t.tsv#3", "投资5万元。"), ("t.tsv#4", "惠及9人。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("odd", "line"),
    [
        ('"培训7期', 2),  # never closed
        ('"培训7期"，共', 2),
        ('"培训7期\n续行', 2),
        ('"三农"工作,', 2),
    ],
)
@pytest.mark.parametrize("last", ["", '4,"惠及\n9人"\n', '4,说"好"9人\n', '4,"""好""9人"\n'])
def test_a_stray_quotation_mark_costs_its_own_row(here: Path, odd: str, line: int, last: str) -> None:
    (here / "c.csv").write_text(f"id,text\n1,{odd}\n2,投资5万元。\n3,共8人\n{last}", encoding="utf-8")
    found = list(expand(find(["c.csv"]), Fields(id="id")))
    good = {
        one.name: one.content.text
        for one in found
        if isinstance(one, Source) and isinstance(one.content, Decoded)
    }
    assert good["c.csv#2"] == "投资5万元。" and good["c.csv#3"] == "共8人"
    assert ("c.csv#4" in good) == bool(last)
    bad = [str(one) for one in found if isinstance(one, SourceError)]
    assert bad[0] == f"c.csv#1: a quotation mark that is not closed (line {line}); mend the row"


@pytest.mark.parametrize("text", ["好,的", '说"好"', '"', "一\n二", "一\r\n二", "", " 空 ", '"一"\n,"二"'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_those_of_the_usual_reader(text: str, end: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=end).writerows([("1", text), (text, "2"), ("3", "4")])
    lines = buffer.getvalue().splitlines(keepends=True)
    assert [row for _, row in comma_separated(lines)] == list(csv.reader(lines))


def test_odd_rows_take_time_in_proportion() -> None:
    lines = ['1,"a\n', "2,b\n", '3,"""c\n'] * 20_000 + ['4,"\n'] + ["5,e\n"] * 40_000
    assert sum(isinstance(row, Odd) for _, row in comma_separated(lines)) >= 30_000


def test_a_text_that_is_here_is_not_read_again() -> None:
    source = Source("c.jsonl", "c.jsonl", Decoded("培训7期", "utf-8"))
    assert list(expand([source])) == [source]


def test_the_encoding_of_a_corpus_can_be_forced(here: Path) -> None:
    (here / "c.jsonl").write_bytes(json_lines().encode("utf-16-le"))
    assert texts("c.jsonl", encoding="utf-16-le") == numbered("c.jsonl")


def test_memory_that_runs_out_is_no_broken_file() -> None:
    class Exhausted(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise MemoryError

    guard = compressed.Guard(Exhausted(), compressed.Budget(10))
    with pytest.raises(MemoryError):
        guard.read(1)
    guard.close()
    guard.close()
    assert guard.closed


def test_a_frame_of_many_blocks(here: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    lines = "".join(f"第{n}行培训{n * 7919 % 10007}人。\n" for n in range(5_000))
    packed = zstandard.ZstdCompressor().compress(lines.encode())
    assert len(packed) > 4_096  # it is read by the kilobyte
    (here / "a.txt.zst").write_bytes(packed)
    assert texts("a.txt.zst") == [("a.txt.zst", lines)]


def test_names_of_members_in_gbk(here: Path) -> None:
    info = zipfile.ZipInfo("placeholde.txt")
    with zipfile.ZipFile("t.zip", "w") as archive:
        archive.writestr(info, TEXTS[0])
    data = (here / "t.zip").read_bytes()
    (here / "t.zip").write_bytes(data.replace(b"placeholde.txt", "乡村振兴事.txt".encode("gb18030")))
    assert texts("t.zip") == [("t.zip/乡村振兴事.txt", TEXTS[0])]


def test_a_bomb_is_stopped(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "FREE", 1 << 16)
    bomb = gzip.compress(b" " * (8 << 20))
    assert len(bomb) * 200 < 8 << 20
    (here / "bomb.txt.gz").write_bytes(bomb)
    (here / "bomb.jsonl.gz").write_bytes(bomb)
    with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b" " * (8 << 20))
        archive.writestr("a.txt", TEXTS[0])
    with pytest.raises(SourceError, match=r"bomb\.txt\.gz: grows to more than 200 times its size"):
        read(Source("bomb.txt.gz", "bomb.txt.gz"))
    assert "grows to more" in errors("bomb.jsonl.gz")[0]
    found = list(expand(find(["bomb.zip"])))
    assert "grows to more" in str(found[0])
    assert isinstance(found[1], Source)


def test_the_members_of_an_archive_have_one_bound(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "FREE", 1 << 20)
    monkeypatch.setattr(compressed, "GROWTH", 1)
    with zipfile.ZipFile("t.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.txt", "乡" * 100_000)
    found = list(expand(find(["t.zip"])))
    assert sum(isinstance(one, Source) for one in found) == 4 * (1 << 20) // 300_000 == 13
    assert "t.zip/19.txt: grows to more than" in str(found[-1])


def test_members_that_lie_over_one_another_are_refused(here: Path) -> None:
    """A hundred names for one member, as in the bombs of David Fifield."""
    data = TEXTS[0].encode()
    member = (zlib.crc32(data), len(data), len(data), 6)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, *member, 0) + b"00.txt" + data
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 0, *member, 0, 0, 0, 0, 0, 0)
    entries = b"".join(entry + b"%02d.txt" % number for number in range(100))
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 100, 100, len(entries), len(local), 0)
    (here / "t.zip").write_bytes(local + entries + end)
    assert errors("t.zip") == [
        "t.zip: has members that lie over one another, which no packer makes; leave it out"
    ]


def test_a_member_without_a_name_costs_the_others_nothing(here: Path) -> None:
    """Found by fuzzing."""
    with zipfile.ZipFile("t.zip", "w") as archive:
        archive.writestr("a.txt", TEXTS[0])
        archive.writestr("b.txt", TEXTS[1])
    data = (here / "t.zip").read_bytes()
    (here / "t.zip").write_bytes(data.replace(b"b.txt", b"\0.txt"))
    assert zipfile.ZipFile("t.zip").namelist() == ["a.txt", ""]
    assert texts("t.zip") == [("t.zip/a.txt", TEXTS[0])]


def test_a_bug_in_a_reader_costs_the_others_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "c.jsonl").write_text(json_lines(), encoding="utf-8")
    (here / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    monkeypatch.setattr(corpora.records, "missing", lambda fields, names: 1 / 0)
    found = list(expand(find(["c.jsonl", "a.txt"])))
    assert str(found[0]).startswith("c.jsonl: could not be read (ZeroDivisionError: ")
    assert [one.name for one in found[1:]] == ["a.txt"]


def test_one_text_is_bounded(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "LARGEST_TEXT", 1 << 20)
    (here / "a.txt.gz").write_bytes(gzip.compress(b"7" * (2 << 20)))
    (here / "c.jsonl").write_bytes(b'{"text": "' + b"7" * (2 << 20) + b'"}\n')
    (here / "c.csv").write_bytes(b"text\n" + b"7" * (2 << 20))
    with pytest.raises(SourceError, match="more than 1 MiB in one text"):
        read(Source("a.txt.gz", "a.txt.gz"))
    assert "a line of more than" in errors("c.jsonl")[0]
    assert "a line of more than" in errors("c.csv")[0]


def test_a_bad_record_costs_the_others_nothing(here: Path) -> None:
    lines = [
        b'{"text": "7\xe6\x9c\x9f"}', b"{", b"[1]", b'{"text": 7}', b'{"text": "\xff"}', b'{"other": ""}',
        b"", b'{"text": null}', b'{"text": "8\\ud800\\u671f"}', b"[" * 100_000,
    ]  # fmt: skip
    (here / "c.jsonl").write_bytes(b"\n".join(lines))
    found = list(expand(find(["c.jsonl"])))
    good = [one.content for one in found if isinstance(one, Source)]
    assert good == [Decoded("7期", "utf-8"), Decoded("", "utf-8"), Decoded("8\ufffd期", "utf-8")]
    bad = [str(one) for one in found if isinstance(one, SourceError)]
    assert [error.split(":")[0] for error in bad] == [f"c.jsonl#{n}" for n in (2, 3, 4, 5, 6, 10)]
    (here / "c.csv").write_bytes(b'id,text\n1\n2,7\xe6\x9c\x9f\n3,\xff\xfe\n4,"open')
    assert [error.split(":")[0] for error in errors("c.csv")] == ["c.csv#1", "c.csv#3", "c.csv#4"]


def test_many_bad_records_are_counted(here: Path) -> None:
    (here / "c.jsonl").write_text('{"text": ""}\n' + "{\n" * 1000, encoding="utf-8")
    assert len(errors("c.jsonl")) == corpora.PATIENCE + 1
    assert errors("c.jsonl")[-1] == "c.jsonl: 980 more of its records could not be read"


def test_a_missing_field_is_told_once(here: Path) -> None:
    (here / "c.jsonl").write_text('{"body": "7"}\n' * 100, encoding="utf-8")
    assert errors("c.jsonl") == ["c.jsonl: no field 'text'; name one of body with --text-field"]
    fields = Fields("body", "key")
    assert errors("c.jsonl", fields=fields) == ["c.jsonl: no field 'key'; name one of body with --id-field"]
    (here / "c.csv").write_text("body\n7\n", encoding="utf-8")
    assert texts("c.csv") == [("c.csv", "body\n7\n")]  # a table without texts is one of figures
    assert "no field 'text'" in errors("c.csv", fields=Fields("text", named=True))[0]
    (here / "empty.csv").touch()
    (here / "empty.jsonl").touch()
    assert texts("empty.csv", "empty.jsonl") == []


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json_lines("body").encode())))
    assert texts("-", fields=Fields("body", named=True)) == numbered("-")


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    told = "-: cannot be read (standard input is closed); check the file, or leave it out"
    assert errors("-", fields=Fields("body", named=True)) == [told]
    with pytest.raises(SourceError) as failed:
        read(Source("-", "-"))
    assert str(failed.value) == told


def test_records_are_read_one_at_a_time(here: Path) -> None:
    with gzip.open("c.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as stream:
        for number in range(200_000):
            stream.write(f'{{"text": "培训{number}期"}}\n')
    found = expand(find(["c.jsonl.gz"]))
    assert next(found) == Source("c.jsonl.gz#1", "c.jsonl.gz", Decoded("培训0期", "utf-8"))


def test_in_python(here: Path) -> None:
    (here / "c.csv").write_text("name,body\n甲,培训7期。\n", encoding="utf-8")
    (figure,) = extract("c.csv", text_field="body", id_field="name")
    assert (figure.source, figure.text) == ("c.csv#甲", "7期")
