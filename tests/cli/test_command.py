"""The command line, on a stand-in pipeline: options, words, exit statuses, and what bad input gets."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor.cli import command as cli
from extractor.cli import request
from extractor.model import COLUMNS, REJECTION_COLUMNS
from tests.support import commands, stub_pipeline

HEADER = ",".join(COLUMNS)
SCRIPT = Path(__file__).parents[1] / "support" / "run_with_stub.py"


class Result(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))


Extract = Callable[..., Result]


@pytest.fixture
def extract(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Extract:
    """Run the command in this process."""
    monkeypatch.setitem(sys.modules, "extractor.pipeline", stub_pipeline)
    before = signal.getsignal(signal.SIGTERM)

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as stop:
            cli.main(arguments)
        signal.signal(signal.SIGTERM, before)
        sys.stdout.flush()
        captured = capfdbinary.readouterr()
        status = stop.value.code
        assert isinstance(status, int)
        return Result(status, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    texts = tmp_path / "in"
    texts.mkdir()
    (texts / "a.txt").write_text("2023年培训7期，307人。", encoding="utf-8")
    (texts / "b.txt").write_text("投资18.5亿元。", encoding="utf-8")
    return tmp_path


def spawn(*arguments: str) -> subprocess.Popen[bytes]:
    """Run the command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_csv_when_piped(extract: Extract, folder: Path) -> None:
    result = extract("in")
    assert result.status == 0
    assert result.out.splitlines()[0] == HEADER
    assert [row["text"] for row in result.rows] == ["7期", "307人", "18.5亿元"]
    assert [row["value"] for row in result.rows] == ["7", "307", "1850000000"]
    assert result.err == "extract: 3 figures in 2 articles of 2 sources, 1 numeral rejected\n"


def test_files_and_rejections(extract: Extract, folder: Path) -> None:
    result = extract("in/", "--csv", "out.csv", "--jsonl", "out.jsonl", "--rejected", "no.csv", "-q")
    assert result == (0, "", "")
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines()[0] == HEADER
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["value"] for line in lines] == [7, 307, 1850000000]
    rejected = list(csv.DictReader((folder / "no.csv").open(encoding="utf-8")))
    assert tuple(rejected[0]) == REJECTION_COLUMNS
    assert [(row["text"], row["reason"], row["source"]) for row in rejected] == [
        ("2023年", "date", "in/a.txt")
    ]
    assert sorted(os.listdir(folder)) == ["in", "no.csv", "out.csv", "out.jsonl"]


def test_rejections_to_standard_output_alone(extract: Extract, folder: Path) -> None:
    result = extract("in", "--rejected", "-")
    assert result.out.splitlines()[0] == ",".join(REJECTION_COLUMNS)


def test_standard_input(extract: Extract) -> None:
    result = extract("-", "--jsonl", "-", "-v", stdin="培训7期".encode("gbk"))
    assert json.loads(result.out)["source"] == "-"
    assert "-: gb18030, 1 article, 1 figure, 0 numerals rejected" in result.err


def test_forced_encoding(extract: Extract) -> None:
    assert extract("-", "-e", "big5", stdin="戶數7戶".encode("big5")).rows[0]["unit"] == "戶"
    result = extract("-", "-e", "klingon")
    assert result.status == 2
    assert "not an encoding" in result.err


def test_bad_inputs_cost_the_others_nothing(extract: Extract, folder: Path) -> None:
    (folder / "in" / "0.txt").write_bytes(b"\0\1\2\3" * 99)
    (folder / "in" / "bug.txt").write_text("boom 7期", encoding="utf-8")
    result = extract("nowhere", "in", "in/x*.txt")
    assert result.status == 1
    assert len(result.rows) == 3
    lines = result.err.splitlines()
    assert lines[0] == "extract: nowhere: no such file or folder; check the spelling"
    assert lines[1].startswith("extract: in/0.txt: binary data")
    assert lines[2].startswith("extract: in/bug.txt: could not be examined (RuntimeError: boom)")
    assert lines[3] == "extract: in/x*.txt: the pattern matches nothing; check the spelling"
    assert lines[4].endswith("1 numeral rejected, 4 could not be read")
    assert "Traceback" not in result.err


def test_debug_shows_the_traceback(folder: Path) -> None:
    (folder / "bug.txt").write_text("boom", encoding="utf-8")
    process = spawn("bug.txt", "--debug", "--csv", "out.csv")
    _, errors = process.communicate()
    assert b"Traceback" in errors
    assert process.returncode == 1
    assert sorted(os.listdir(folder)) == ["bug.txt", "in"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("in", "--nonsense"),
        ("in", "--csv", "-", "--jsonl", "-"),
        ("in", "--csv", "x", "--tsv", "x"),
        ("in", "--sqlite", "-"),
        ("in", "--rejected", "no.sqlite"),
    ],
)
def test_wrong_options(extract: Extract, folder: Path, arguments: tuple[str, ...]) -> None:
    result = extract(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert "Usage: extract" in result.err
    assert os.listdir(folder) == ["in"]


def test_empty_inputs_give_the_header(extract: Extract, folder: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "none").mkdir()
    result = extract("empty.txt", "none")
    assert (result.status, result.out) == (0, HEADER + "\n")
    assert "empty.txt: empty" in result.err
    result = extract("none", "--csv", "out.csv")
    assert result.status == 0
    assert (folder / "out.csv").read_text(encoding="utf-8") == HEADER + "\n"
    assert "no texts found" in result.err


def test_output_is_whole_or_absent(extract: Extract, folder: Path) -> None:
    result = extract("in", "--csv", "no/such/out.csv", "--jsonl", "out.jsonl")
    assert result.status == 1
    assert result.err == (
        "extract: no/such/out.csv: cannot be written (its folder does not exist, create it first)\n"
    )
    assert extract("in", "--csv", "in").status == 1
    assert os.listdir(folder) == ["in"]


def test_never_over_an_input(extract: Extract, folder: Path) -> None:
    before = (folder / "in" / "b.txt").read_bytes()
    (folder / "link.csv").symlink_to(folder / "in" / "b.txt")
    for target in ("in/b.txt", "./in/../in/b.txt", "link.csv"):
        result = extract("in", "--csv", target, "--jsonl", "out.jsonl")
        assert result.status == 1
        assert "is an input as well" in result.err
    assert (folder / "in" / "b.txt").read_bytes() == before
    assert sorted(os.listdir(folder)) == ["in", "link.csv"]


def test_a_replaced_file_keeps_its_mode(extract: Extract, folder: Path) -> None:
    (folder / "out.csv").touch(mode=0o640)
    (folder / "out.csv").chmod(0o640)
    extract("in", "--csv", "out.csv")
    assert (folder / "out.csv").stat().st_mode & 0o777 == 0o640


def test_devices_are_written_directly(extract: Extract, folder: Path) -> None:
    assert extract("in", "--csv", os.devnull).status == 0
    assert not Path(os.devnull).is_file()


def test_closed_pipe_ends_quietly(folder: Path) -> None:
    (folder / "in" / "long.txt").write_text("培训7期。" * 5_000, encoding="utf-8")
    process = spawn("in", "--csv", "-", "--jsonl", "out.jsonl")
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().decode() == HEADER + "\n"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    assert (folder / "out.jsonl").read_bytes().count(b"\n") == 5_003


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_full_disk_is_told(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        process = subprocess.run([sys.executable, str(SCRIPT), "in"], stdout=full, stderr=subprocess.PIPE)
    assert process.returncode == 1
    assert process.stderr == b"extract: standard output: cannot be written (no space left on device)\n"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_leave_nothing_behind(folder: Path, number: signal.Signals, status: int) -> None:
    process = spawn("-", "--csv", "out.csv")
    for _ in range(200):
        if len(os.listdir(folder)) > 1:
            break
        time.sleep(0.05)
    time.sleep(0.2)
    process.send_signal(number)
    assert process.wait(timeout=20) == status
    assert os.listdir(folder) == ["in"]
    process.communicate()


def test_table_on_a_terminal(extract: Extract, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "terminal", lambda: True)
    result = extract("in")
    assert "1,850,000,000 元" in result.out
    assert "in/a.txt" in result.out
    assert HEADER not in result.out
    assert extract("in", "--xlsx", "-").status == 2


def test_version_and_help(extract: Extract) -> None:
    assert extract("--version").out.startswith("extract 0.")
    help_text = extract("--help").out
    for option in cli.command.params:
        assert option.param_type_name == "argument" or option.opts[0] in help_text


def test_as_a_module() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "extractor", "--version"], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("extract ")


def test_same_bytes_whatever_the_hash_seed(folder: Path) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, str(SCRIPT), "in", "-q"],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONUTF8": "0"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_several_destinations_in_one_pass(extract: Extract, folder: Path) -> None:
    outputs = ["out.csv", "out.xlsx", "out.parquet", "out.db", "out.md", "out.tsv"]
    result = extract("in", *(word for name in outputs for word in ("-o", name)), "-f", "jsonl", "-q")
    assert result.status == 0
    assert len(result.out.splitlines()) == 3
    assert sorted(os.listdir(folder)) == sorted([*outputs, "in"])
    result = extract("in", "-o", "table.doc")
    assert result.status == 2
    assert "unknown suffix; there are .csv" in result.err


def test_all_or_none_of_the_outputs(extract: Extract, folder: Path) -> None:
    (folder / "out.db").write_text("no database" * 100, encoding="utf-8")
    result = extract("in", "-o", "out.csv", "-o", "out.db")
    assert result.status == 1
    assert "name another file" in result.err
    assert sorted(os.listdir(folder)) == ["in", "out.db"]


def test_missing_library_is_named(extract: Extract, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.writers.util.find_spec", lambda name: None)
    result = extract("in", "--xlsx", "out.xlsx")
    assert result.status == 2
    assert "xlsx needs xlsxwriter; install with: python -m pip install 'extract-figures[xlsx]'" in result.err


def test_excel(extract: Extract, folder: Path) -> None:
    extract("in", "--csv", "out.csv", "--excel")
    assert (folder / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfsource,article")
    assert extract("in", "--jsonl", "-", "--excel").status == 2


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (("--kind", "money"), ["18.5亿元"]),
        (("--kind", "money,people"), ["307人", "18.5亿元"]),
        (("--unit", "期", "--unit", "人"), ["7期", "307人"]),
        (("--qualifier", "about"), []),
        (("--min", "307", "--max", "2e9"), ["307人", "18.5亿元"]),
        (("--min", "1亿"), ["18.5亿元"]),
        (("--where", "unit == '人' or value < 10"), ["7期", "307人"]),
        (("--item", "^$"), ["7期", "307人", "18.5亿元"]),
        (("--subject", "^$"), ["7期", "307人", "18.5亿元"]),
        (("--subject", "村"), []),
        (("--min-confidence", "0.9"), ["7期", "307人", "18.5亿元"]),
        (("--min-confidence", "0.91"), []),
        (("--min-confidence", "0.5", "--kind", "money"), ["18.5亿元"]),
        (("--where", "confidence < 0.91 and base_unit == '人'"), ["307人"]),
        (("--sort", "-value"), ["18.5亿元", "307人", "7期"]),
        (("--sort", "kind,-value"), ["7期", "18.5亿元", "307人"]),
    ],
)
def test_choosing(extract: Extract, folder: Path, options: tuple[str, ...], texts: list[str]) -> None:
    result = extract("in", *options)
    assert result.status == 0
    assert [row["text"] for row in result.rows] == texts


def test_closing_line_tells_how_many_were_chosen(extract: Extract, folder: Path) -> None:
    result = extract("in", "--kind", "money")
    assert result.err.startswith("extract: 1 of 3 figures in 2 articles")


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (("--kind", "mony"), "did you mean 'money'?"),
        (("--columns", "text,valeu"), "did you mean 'value'?"),
        (("--columns", "text,text"), "twice"),
        (("--sort", "-valu"), "did you mean 'value'?"),
        (("--item", "("), "not a regular expression"),
        (("--subject", "("), "not a regular expression"),
        (("--min", "many"), "is not a number"),
        (("--min-confidence", "90"), "is not in the range 0<=x<=1"),
        (("--min-confidence", "high"), "is not a valid float"),
        (("--min", "nan"), "is not a number"),
        (("--where", "value.real > 3"), "attributes are not allowed"),
        (("--summary", "--pivot", "kind", "unit"), "either"),
        (("--summary", "--sqlite", "x.db"), "name another format"),
        (("--files-from", "nowhere"), "does not exist"),
    ],
)
def test_wrong_choices(extract: Extract, folder: Path, options: tuple[str, ...], hint: str) -> None:
    result = extract("in", *options)
    assert result.status == 2
    assert hint in result.err


def test_columns_headers_and_no_header(extract: Extract, folder: Path) -> None:
    assert extract("in", "--columns", "value,unit").out.splitlines()[:2] == ["value,unit", "7,期"]
    assert extract("in", "--columns", "value,kind", "--headers", "zh").out.splitlines()[0] == "数值,类别"
    assert extract("in", "--columns", "value,unit", "--no-header", "-f", "tsv").out.startswith("7\t期\n")
    assert extract("in", "--rejected", "-", "--headers", "zh").out.splitlines()[0].startswith("来源,文章序号")


def test_summary_and_pivot(extract: Extract, folder: Path) -> None:
    result = extract("in", "--summary")
    assert result.out.splitlines()[0] == "kind,unit,figures,smallest,median,largest,articles,examples"
    assert result.rows[0]["largest"] == "1850000000"
    assert [row["kind"] for row in result.rows] == ["money", "people", "items"]
    result = extract("in", "--pivot", "source", "kind")
    assert result.out.splitlines() == [
        "source,items,money,people,total", "in/a.txt,1,0,1,2", "in/b.txt,0,1,0,1"
    ]  # fmt: skip
    assert extract("in", "--summary", "-o", "sum.xlsx").status == 0
    assert "1,850,000,000" in extract("in", "--summary", "-f", "table").out
    assert extract("in", "--summary", "--headers", "zh").out.startswith("类别,单位,数据条数")


@pytest.mark.parametrize("end", [b"\n", b"\0", b"\r\n"])
def test_files_from(extract: Extract, folder: Path, end: bytes) -> None:
    result = extract("--files-from", "-", stdin=end.join([b"in/b.txt", b"in/a.txt", b""]))
    assert [row["source"] for row in result.rows] == ["in/b.txt", "in/a.txt", "in/a.txt"]
    assert extract("--files-from", "-", "-").status == 2


def test_glob_and_exclude(extract: Extract, folder: Path) -> None:
    assert len(extract("in", "--glob", "b.*").rows) == 1
    assert len(extract("in", "--exclude", "b.*").rows) == 2


def test_fail_if_empty(extract: Extract, folder: Path) -> None:
    assert extract("in", "--fail-if-empty").status == 0
    assert extract("in", "--kind", "area", "--fail-if-empty").status == 3


def test_color(extract: Extract, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" in extract("in", "-f", "table", "--color", "always").out
    assert "\x1b[" not in extract("in", "-f", "table").out
    monkeypatch.setattr(request, "terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in extract("in").out
    assert "\x1b[" in extract("in", "--color", "always").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    script = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**os.environ, "_EXTRACT_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
    )
    if shell == "bash" and "bash" in script.stderr.lower():
        pytest.skip("no bash of version 4.4 or later here")
    assert "_EXTRACT_COMPLETE" in script.stdout
    words = {"COMP_WORDS": "extract --kind mo", "COMP_CWORD": "mo" if shell == "fish" else "2"}
    answer = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**os.environ, **words, "_EXTRACT_COMPLETE": f"{shell}_complete"},
        capture_output=True,
        text=True,
    )
    assert "money" in answer.stdout


def test_progress_counts_every_source(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.engine import progress
    from extractor.sources.files import find

    monkeypatch.setattr(progress, "PATIENCE", -1)
    found = list(find(["in", "nowhere"]))
    watched = progress.watched(iter(found), lambda: find(["in", "nowhere"]))
    assert list(watched) == found


def test_a_table_is_kept_where_every_input_fails(extract: Extract, folder: Path) -> None:
    (folder / "out.csv").write_text("an earlier table\n", encoding="utf-8")
    result = extract("nowhere", "--csv", "out.csv", "-f", "jsonl")
    assert (result.status, result.out) == (1, "")
    assert (folder / "out.csv").read_text(encoding="utf-8") == "an earlier table\n"
    assert extract("nowhere", "-f", "csv").out == HEADER + "\n"
    assert sorted(os.listdir(folder)) == ["in", "out.csv"]


def test_summaries_take_no_columns_and_no_order(extract: Extract, folder: Path) -> None:
    for options in (("--summary", "--columns", "value"), ("--pivot", "kind", "place", "--sort", "value")):
        result = extract("in", *options)
        assert result.status == 2
        assert "--columns and --sort are about figures, not about a summary." in result.err


def test_a_bug_is_told_without_a_traceback(
    extract: Extract, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(cli, "run", broken)
    result = extract("in")
    assert (result.status, result.out) == (1, "")
    assert result.err == "extract: unexpected RuntimeError: boom; a bug, --debug shows the traceback\n"


def test_a_bar_shows_only_where_no_rows_do(
    extract: Extract, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.engine import progress

    barred: list[object] = []
    quick = progress.watched
    monkeypatch.setattr(
        progress, "watched", lambda found, again: quick(found, lambda: barred.append(1) or [])
    )
    monkeypatch.setattr(progress, "PATIENCE", -1)
    monkeypatch.setattr(request, "terminal", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    for options, bars in (((), 0), (("--csv", "out.csv", "-q"), 0), (("--csv", "out.csv"), 1)):
        assert extract("in", *options).status == 0
        assert len(barred) == bars


def test_short_work_shows_no_bar(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.engine import progress
    from extractor.sources.files import Source, SourceError

    monkeypatch.setattr(progress, "PATIENCE", 9_999)
    found = [Source("in/a.txt", "in/a.txt"), Source("gone", "gone"), SourceError("b", "no text")]
    assert list(progress.watched(iter(found), lambda: pytest.fail("no bar, nothing to count"))) == found


@pytest.mark.parametrize(
    "options",
    [
        ("--csv", "out.csv"), ("--parquet", "-"), (), ("--parquet", "out", "--sort", "value"),
        ("--parquet", "out", "--csv", "out.csv"), ("--parquet", "out", "--summary"),
    ],
)  # fmt: skip
def test_a_cluster_writes_a_folder_of_parquet_only(
    extract: Extract, folder: Path, options: tuple[str, ...]
) -> None:
    result = extract("in", "--cluster", "tcp://127.0.0.1:1", *options)
    assert result.status == 2
    assert "--cluster writes --parquet FOLDER and nothing else, unsorted and whole." in result.err
    assert os.listdir(folder) == ["in"]


def test_a_cluster_without_the_library(
    extract: Extract, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = extract("in", "--cluster", "tcp://127.0.0.1:1", "--parquet", "out")
    assert result.status == 2
    assert (
        "--cluster needs distributed; install with: python -m pip install 'extract-figures[dask]'"
        in result.err
    )


def test_a_cluster_that_is_not_there(extract: Extract, folder: Path) -> None:
    pytest.importorskip("distributed")
    result = extract("in", "--cluster", "tcp://127.0.0.1:1", "--parquet", "out", "--cluster-wait", "0.2")
    assert result.status == 1
    assert result.err.splitlines()[-1].startswith("extract: tcp://127.0.0.1:1: no Dask scheduler there (")
    result = extract("in", "--cluster", "no address", "--parquet", "out")
    assert "extract: no address: no Dask scheduler there (" in result.err


def test_a_journal_that_cannot_be_written(
    extract: Extract, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.engine import resume

    def full(journal: object, *record: object) -> None:
        raise OSError(0, "database or disk is full")

    monkeypatch.setattr(resume.Journal, "record", full)
    result = extract("in", "--csv", "out.csv", "--resume")
    assert result.status == 1
    assert "out.csv.resume: cannot be written (" in result.err
    assert not (folder / "out.csv").exists()


def test_closed_standard_output(extract: Extract, folder: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" "{SCRIPT}" in --csv - >&-', shell=True, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (1, "extract: standard output: cannot be written (is closed)\n")


@pytest.mark.parametrize("arguments", [("--list-units",), ("--explain", "in")])
def test_a_reader_that_goes_away_early_is_no_error(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "in" / "a.txt").write_text("培训7期，惠及8户。\n" * 300, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_explain_tells_what_cannot_be_read(folder: Path) -> None:
    (folder / "in" / "a.txt").write_bytes(b"\0\1\2\3" * 99)
    result = commands.run("--explain", "in", "-f", "jsonl")
    assert result.status == 1
    assert result.err.startswith("extract: in/a.txt: binary data, not text;")
    assert [json.loads(line)["text"] for line in result.out.splitlines()] == ["18.5亿元"]
