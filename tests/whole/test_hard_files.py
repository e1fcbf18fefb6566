"""Files, folders, pipes, signals and environments that get in the way, with the real command."""

from __future__ import annotations

import csv
import gzip
import io
import os
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractor
from extractor.sources.files import Source, SourceError, find, read
from tests.support.commands import COMMAND, run, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and devices of POSIX")

TEXT = "2023年，全县选派82名驻村第一书记，投资18.5亿元，惠及群众1332户6855人。\n"
OLD = "the old table\n"


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8"))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def long(folder: Path) -> Path:
    """A folder that keeps the command busy for a while, with an output from before."""
    for number in range(200):
        (folder / "in" / f"{number}.txt").write_text(f"{TEXT * 100}第{number}篇。\n", encoding="utf-8")
    (folder / "out.csv").write_text(OLD, encoding="utf-8")
    return folder


def under_way(folder: Path, *arguments: str, enough: int = 1) -> subprocess.Popen[bytes]:
    """The command, once its temporary file is there and holds something."""
    process = start("in", "--csv", "out.csv", *arguments, cwd=folder)
    for _ in range(3000):
        parts = list(folder.glob(".*.part"))
        if parts and parts[0].stat().st_size >= enough:
            return process
        time.sleep(0.01)
        assert process.poll() is None, process.communicate()
    raise AssertionError("nothing was written")


# What is found in a folder


def test_loops_of_links(folder: Path) -> None:
    (folder / "in" / "deep").mkdir()
    (folder / "in" / "deep" / "up").symlink_to(folder / "in")
    (folder / "in" / "deep" / "self.txt").symlink_to("self.txt")
    (folder / "in" / "one.txt").symlink_to("two.txt")
    (folder / "in" / "two.txt").symlink_to("one.txt")
    (folder / "in" / "again.txt").symlink_to("a.txt")
    result = run("in", cwd=folder)
    assert result.status == 1
    assert len(rows(result.out)) == 4
    assert result.err.count("cannot be read") == 3
    assert "Traceback" not in result.err


def test_ten_thousand_files(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number:05}.txt").write_bytes("3户".encode())
    result = run(str(tmp_path), timeout=300)
    assert result.status == 0
    table = rows(result.out)
    assert [Path(row["source"]).stem for row in table] == [f"{number:05}" for number in range(10_000)]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
@pytest.mark.parametrize(
    "name",
    [
        b"new\nline.txt",
        b"\xff\xfe.txt",
        b"tab\t.txt",
        b"-q.txt",
        b"'\"$(x).txt",
        "县.txt".encode(),
        b"\x1b[31m.txt",
    ],
)
def test_odd_names(tmp_path: Path, name: bytes) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as stream:
        stream.write(TEXT.encode())
    for argument in (os.fsencode(tmp_path), path):
        result = run(argument)
        assert result.status == 0, result.err
        (source,) = {row["source"] for row in rows(result.out)}
        assert "\n" not in source and source.endswith(".txt")
    missing = run(path + b"x")
    assert missing.status == 1
    assert missing.err.count("\n") == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_and_folders(folder: Path) -> None:
    (folder / "in" / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "in" / "b.txt").chmod(0)
    (folder / "in" / "c").mkdir(mode=0)
    result = run("in", cwd=folder)
    (folder / "in" / "c").chmod(0o700)
    assert result.status == 1
    assert len(rows(result.out)) == 4
    assert result.err.count("no permission") == 2


def test_what_cannot_be_read_is_named(folder: Path) -> None:
    """As root, too: reading this file of the system always fails."""
    if not os.path.exists("/proc/self/mem"):
        pytest.skip("needs Linux")
    (folder / "in" / "b.txt").symlink_to("/proc/self/mem")
    result = run("in", cwd=folder)
    assert result.status == 1
    assert len(rows(result.out)) == 4
    assert "in/b.txt: cannot be read" in result.err


def test_pipes_and_devices(folder: Path) -> None:
    os.mkfifo(folder / "in" / "pipe.txt")
    (folder / "in" / "zero.txt").symlink_to("/dev/zero")
    result = run("in", "/dev/zero", cwd=folder)
    assert result.status == 1
    assert len(rows(result.out)) == 4
    assert "in/pipe.txt: no regular file, skipped" in result.err
    assert "in/zero.txt: no regular file, skipped" in result.err
    assert "/dev/zero: a device" in result.err
    assert run("/dev/null").status == 0


def test_a_named_pipe_on_the_command_line_is_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    process = start("pipe", cwd=folder)
    (folder / "pipe").write_bytes(TEXT.encode())
    out, _ = process.communicate(timeout=60)
    assert len(rows(out)) == 4


def test_a_file_that_vanishes_or_shrinks(folder: Path) -> None:
    for name in "bcd":
        (folder / "in" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    errors: list[SourceError] = []
    figures: Iterator[extractor.Figure] = extractor.extract([folder / "in"], on_error=errors.append)
    next(figures)
    (folder / "in" / "b.txt").unlink()
    (folder / "in" / "c.txt").write_bytes(TEXT.encode()[:20])
    assert [Path(figure.source).name for figure in figures] == ["a.txt"] * 3 + ["d.txt"] * 4
    assert [str(error).split(": ")[0][-5:] for error in errors] == [
        "b.txt"
    ]  # the start of c.txt is read, with a word

    (source,) = find([folder / "in" / "d.txt"])
    assert isinstance(source, Source)
    (folder / "in" / "d.txt").unlink()
    with pytest.raises(SourceError, match="no such file"):
        read(source)


def test_files_change_under_the_running_command(long: Path) -> None:
    process = under_way(long)
    for number in range(20, 60):
        path = long / "in" / f"{number}.txt"
        path.unlink() if number % 2 else path.write_bytes(b"")
    _, errors = process.communicate(timeout=120)
    assert process.returncode in (0, 1)
    assert b"Traceback" not in errors and b"bug" not in errors
    assert rows((long / "out.csv").read_bytes())


# Where the table goes


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("format", ["csv", "jsonl", "tsv", "markdown"])
def test_full_disk(folder: Path, format: str) -> None:
    result = run("in", f"--{format}", "/dev/full", cwd=folder)
    assert result.status == 1
    assert result.err == "extract: /dev/full: cannot be written (no space left on device)\n"
    with open("/dev/full", "wb") as full:
        process = start("in", "--format", format, cwd=folder, stdout=full)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors == b"extract: standard output: cannot be written (no space left on device)\n"


@pytest.mark.parametrize("format", ["csv", "jsonl", "xlsx", "parquet", "sqlite", "html"])
def test_missing_folder(folder: Path, format: str) -> None:
    result = run("in", f"--{format}", "no/where/out", cwd=folder)
    assert result.status == 1
    assert "its folder does not exist" in result.err
    assert sorted(os.listdir(folder)) == ["in"]


def test_onto_an_input(folder: Path) -> None:
    (folder / "link.csv").symlink_to("in/a.txt")
    os.link(folder / "in" / "a.txt", folder / "hard.csv")
    for target in ("in/a.txt", "link.csv", "hard.csv", "in/../in/a.txt"):
        result = run("in", "--csv", target, cwd=folder)
        assert result.status == 1
        assert "is an input" in result.err
        assert (folder / "in" / "a.txt").read_text(encoding="utf-8") == TEXT
    assert sorted(os.listdir(folder)) == ["hard.csv", "in", "link.csv"]


@pytest.mark.parametrize("format", ["csv", "jsonl", "table", "markdown"])
def test_closed_pipe(long: Path, format: str) -> None:
    process = start("in", "--format", format, cwd=long)
    assert process.stdout and process.stderr
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    assert process.wait(60) == 0
    assert b"Traceback" not in errors and b"Exception" not in errors


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_the_old_table_and_nothing_else(long: Path, jobs: str) -> None:
    process = under_way(long, "-j", jobs)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert (long / "out.csv").read_text(encoding="utf-8") == OLD
    assert sorted(os.listdir(long)) == ["in", "out.csv"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_kill_leaves_the_old_table(long: Path, jobs: str) -> None:
    process = under_way(long, "-j", jobs)
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert (long / "out.csv").read_text(encoding="utf-8") == OLD
    assert run("in/0.txt", "--csv", "out.csv", cwd=long).status == 0
    assert rows((long / "out.csv").read_bytes())


def test_two_runs_write_the_same_table(long: Path) -> None:
    expected = run("in", cwd=long).out
    both = [start("in", "--csv", "out.csv", "-q", cwd=long) for _ in range(2)]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, b"")
    assert (long / "out.csv").read_bytes() == expected
    assert sorted(os.listdir(long)) == ["in", "out.csv"]


# Around the command


def test_locale_of_c(folder: Path) -> None:
    (folder / "in" / "县.txt").write_text(TEXT, encoding="utf-8")
    plain = run("in", cwd=folder)
    for settings in (
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
    ):
        for arguments in (
            (),
            ("--format", "jsonl"),
            ("--format", "table"),
            ("--explain",),
            ("--list-kinds",),
        ):
            result = run("in", *arguments, cwd=folder, env=settings)
            assert result.status == 0, (settings, arguments, result)
        assert run("in", cwd=folder, env=settings).out == plain.out


@pytest.mark.parametrize("home", ["/proc", "/dev/null", "/no/where", ""])
def test_home_that_cannot_be_written(folder: Path, home: str) -> None:
    environment = {"HOME": home, "XDG_CACHE_HOME": "", "EXTRACT_CACHE": ""}
    environment.pop("EXTRACT_CACHE")
    result = run("in", cwd=folder, env=environment)
    assert result.status == 0
    assert len(rows(result.out)) == 4


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('touch owned')",
        "().__class__.__bases__[0].__subclasses__()",
        "[x for x in (1,)]",
        "(lambda: 1)()",
        "value.__class__ == 1",
        "f'{open(\"owned\", \"w\")}' == ''",
        "item[0] == 'a'",
        "open('owned','w')",
        "value if value else value",
        "(x := value) > 1",
        "value > 9**9**9**9",
        "value == " + "(" * 500 + "1" + ")" * 500,
        "item == 'a' * 10**10",
        "not " * 400 + "value",
        "value > 1\nimport os",
        "'\0'",
        "",
        "#",
        "@value > 1",
        "`value` > 1",
    ],
)
def test_hostile_conditions_run_nothing(folder: Path, expression: str) -> None:
    if "\0" in expression:
        pytest.skip("no argument can hold it")
    result = run("in", "--where", expression, cwd=folder)
    assert result.status == 2
    assert "Traceback" not in result.err
    assert sorted(os.listdir(folder)) == ["in"]


def test_spreadsheet_formulas(folder: Path) -> None:
    text = '=HYPERLINK("http://x",3)投资18.5亿元。\n\n+1+1培训7期。\n\n@SUM(A1)共3户。\n\n\t-2+3|cmd选派82名干部。'
    (folder / "in" / "a.txt").write_text(text, encoding="utf-8")
    table = rows(run("in", "--csv", "-", "--excel", cwd=folder).out.removeprefix(b"\xef\xbb\xbf"))
    assert table
    for row in table:
        for name, cell in row.items():
            if name not in ("value", "low", "high"):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)
    plain = rows(run("in", cwd=folder).out)
    assert any(row["sentence"].startswith("=") for row in plain)
    openpyxl = pytest.importorskip("openpyxl")
    assert run("in", "--xlsx", "out.xlsx", cwd=folder).status == 0
    sheet = openpyxl.load_workbook(folder / "out.xlsx").worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_hostile_lexicon(folder: Path) -> None:
    for number, content in enumerate(
        [
            b"\xff\xfe",
            b"[" * 20_000,
            b"a = " + b"[" * 20_000,
            b"x" * 1_000_000,
            b"[[unit]]\nname = 3\n",
            b'[[unit]]\nname = "(a+)+$"\nkind = "items"\nclass = "classifier"\nspellings = ["(a+)+$"]\n',
            "a = '县'\n".encode() * 2,
        ]
    ):
        (folder / "own.toml").write_bytes(content)
        result = run("in", "--lexicon", "own.toml", cwd=folder, timeout=20)
        assert result.status in (0, 1, 2), (number, result)
        assert "Traceback" not in result.err and "bug" not in result.err, (number, result)
        assert result.status == 0 or "own.toml" in result.err


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:约+)+",
        "(?:约|约)*不",
        "约*约*约*约*不",
        "(?:约?){40}约{40}",
        "约?" * 30,
        "(?:约{1,9}){1,9}",
        "约{1000000}",
        "约{2,}",
    ],
)
def test_catastrophic_patterns_of_a_lexicon_are_refused(folder: Path, pattern: str) -> None:
    (folder / "own.toml").write_text(
        f"[[qualifier]]\nname = 'about'\nbefore = ['{pattern}']\n", encoding="utf-8"
    )
    (folder / "in" / "a.txt").write_text("约" * 5000 + "3户。", encoding="utf-8")
    result = run("in", "--lexicon", "own.toml", cwd=folder, timeout=30)
    assert result.status in (1, 2)
    assert "own.toml" in result.err and "bad pattern" in result.err, result.err


def test_compressed_bombs(folder: Path) -> None:
    size = 300 << 20
    with gzip.open(folder / "in" / "bomb.txt.gz", "wb") as stream:
        for _ in range(size >> 20):
            stream.write(bytes(1 << 20))
    with zipfile.ZipFile(folder / "in" / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"1" * size)
        archive.writestr("b.txt", TEXT)
    result = run("in", "in/bomb.txt.gz", "in/bomb.zip", cwd=folder)
    assert result.status == 1
    assert "Traceback" not in result.err and "bug" not in result.err
    assert len(rows(result.out)) >= 4


def test_modes_of_new_files_follow_the_umask(folder: Path) -> None:
    command = f"umask 027; exec {' '.join(COMMAND)} in --csv out.csv"
    subprocess.run(["sh", "-c", command], cwd=folder, check=True, stderr=subprocess.DEVNULL)
    assert stat.S_IMODE((folder / "out.csv").stat().st_mode) == 0o640
