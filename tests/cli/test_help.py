"""``extract --help`` in groups and in Chinese, the manual pages, and the settings of a project."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

from extractor.cli import help as helping
from extractor.cli.command import command
from extractor.cli.language import catalogue
from tests.support import manual

OPTIONS = [option for option in command.params if isinstance(option, click.Option)]
CONTEXT = click.Context(command, info_name="extract")


def extract(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE")
    }
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments], capture_output=True, encoding="utf-8", cwd=cwd,
        env={**plain, "PYTHONUTF8": "1", **environment},
    )  # fmt: skip


def test_every_option_stands_in_a_group() -> None:
    sections = helping.sections(command, CONTEXT, "en")
    named = [line.names for section in sections for line in section.lines]
    assert len(named) == len(set(named)) == len(OPTIONS) + 1  # and --help
    assert "Other options" not in [section.title for section in sections], (
        "name them in extractor/cli/help.toml"
    )


def test_every_word_of_help_has_its_chinese() -> None:
    words = [option.help or "" for option in OPTIONS] + [command.epilog or "", manual.SETTINGS]
    words += [" ".join(part.split()) for part in (command.help or "").split("\n\n")]
    words += [entry["title"] for kind in ("group", "example") for entry in helping.data()[kind]]
    assert [text for text in words if text not in catalogue("zh")] == [], "add them to extractor/cli/zh.toml"


@pytest.mark.parametrize("columns", ["80", "120"])
def test_help_fits_the_terminal_in_both_languages(columns: str) -> None:
    english = extract("--help", COLUMNS=columns).stdout
    chinese = extract("--help", COLUMNS=columns, LANG="zh_CN.UTF-8").stdout
    assert "\nRows:\n" in english and "\n选择行：\n" in chinese
    for text in (english, chinese):
        texts = [line for line in text.splitlines() if not line.lstrip().startswith("extract ")]
        assert max(map(cell_len, texts)) <= min(100, int(columns))
        assert not [
            line for line in texts if line.strip()[:1] in "，。；）"[: len(line.strip()[:1])] and line.strip()
        ]
    assert re.findall(r"--[a-z][a-z-]*", english.split("Examples:")[0]) != []
    assert {*re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", english, re.M)} == {
        *re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", chinese, re.M)
    }


def test_a_locale_changes_no_result(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("投资3亿元。", encoding="utf-8")
    assert extract("a.txt", cwd=tmp_path).stdout == extract("a.txt", cwd=tmp_path, LANG="zh_CN.UTF-8").stdout


def test_examples_are_right() -> None:
    for example in helping.examples("en"):
        program, *arguments = shlex.split(example.names)
        assert program == "extract"
        command.make_context("extract", arguments)


@pytest.mark.parametrize("name", [*manual.files()])
def test_installed_files_are_of_today(name: str) -> None:
    assert (manual.FOLDER / name).read_text(encoding="utf-8") == manual.files()[name], (
        "run `python -m tests.support.manual`"
    )


def test_they_are_installed_where_the_system_looks() -> None:
    text = (manual.FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8")
    placed = tomllib.loads(text)["tool"]["setuptools"]["data-files"]
    assert sorted(file for files in placed.values() for file in files) == sorted(
        f"packaging/{name}" for name in manual.files()
    )


@pytest.mark.parametrize("name", ["extract.1", "zh/extract.1"])
def test_the_manual_can_be_read(name: str) -> None:
    if shutil.which("man") is None:
        pytest.skip("no man here")
    done = subprocess.run(
        ["man", "--warnings", "-l", str(manual.FOLDER / name)], capture_output=True, encoding="utf-8",
        env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert "--where" in done.stdout
    assert done.stderr == "" or name.startswith("zh")  # troff warns that it cannot justify Chinese


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("投资3亿元，培训7期。", encoding="utf-8")
    return tmp_path


def test_settings_are_defaults(project: Path) -> None:
    (project / "extract.toml").write_text(
        'columns = ["原文", "类别"]\nheaders = "zh"\nlanguage = "zh"\n', encoding="utf-8"
    )
    below = project / "texts"
    assert extract("a.txt", "-q", cwd=below).stdout.splitlines() == ["原文,类别", "3亿元,金额", "7期,培训"]
    assert (
        extract("a.txt", "-q", "--columns", "text", "--headers", "en", cwd=below).stdout.split()[0] == "text"
    )
    assert extract("a.txt", "-q", "--no-config", cwd=below).stdout.startswith("source,article")
    assert extract("a.txt", "-q", "--summary", cwd=below).stdout.startswith("类别,单位")
    assert extract("--help", cwd=below).stdout.startswith("用法")


def test_settings_of_pyproject_and_of_a_named_file(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.extract]\ncolumns = "text"\n', encoding="utf-8")
    (project / "other.toml").write_text('columns = "unit"\n', encoding="utf-8")
    assert extract("texts", "-q", cwd=project).stdout.split() == ["text", "3亿元", "7期"]
    assert extract("texts", "-q", "--config", "other.toml", cwd=project).stdout.split() == [
        "unit",
        "元",
        "期",
    ]
    (project / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert extract("texts", "-q", cwd=project).stdout.startswith("source,")


def test_a_lexicon_of_the_settings_lies_beside_them(project: Path) -> None:
    (project / "own.toml").write_text(
        '[[kind]]\nname = "courses"\nlabel = "课程"\nanywhere = ["期"]\n', encoding="utf-8"
    )
    (project / "extract.toml").write_text('lexicon = ["own.toml"]\n', encoding="utf-8")
    assert "courses" in extract("--list-kinds", cwd=project / "texts").stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('colums = "text"', "'colums' is not a setting; did you mean 'columns'?"),
        ('csv = "out.csv"', "'csv' is not a setting; there are lexicon"),
        ("columns = 3.5", "must be a text or a list of texts"),
        ('columns = ["texd"]', "did you mean 'text'?"),
        ('language = "fr"', "'language' is one of en, zh"),
        ("columns", "is not TOML"),
    ],
)
def test_mistakes_in_settings_are_told(project: Path, text: str, told: str) -> None:
    (project / "extract.toml").write_text(text, encoding="utf-8")
    done = extract("texts", cwd=project)
    assert done.returncode == 2
    assert told in done.stderr
    assert extract("--help", cwd=project).returncode == 0


def test_settings_of_others_do_not_count(project: Path) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs to give a file away")
    (project / "extract.toml").write_text('columns = "text"\n', encoding="utf-8")
    os.chown(project / "extract.toml", 12345, -1)
    assert extract("texts", "-q", cwd=project).stdout.startswith("source,")
