"""What the READMEs say is so: their commands run, their numbers and excerpts are those of today."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from extractor.cli.subcommands import SUBCOMMANDS
from extractor.model import COLUMNS
from extractor.table.headers import kinds
from tests.support import readme
from tests.support.readme import READMES, blocks
from tests.support.scorer import ROOT

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in READMES}
COMMANDS = sorted(
    {line for text in TEXTS.values() for body in blocks(text, "sh") for line in body.splitlines()}
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with readme.sandbox() as place:
        yield place


@cache
def help_text(*subcommand: str) -> str:
    command = [sys.executable, "-m", "extractor", *subcommand, "--help"]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    return text.partition("Examples:")[0]


@pytest.mark.parametrize("page", readme.PAGES, ids=lambda page: page.name)
def test_generated_parts_are_those_of_today(page: Path, folder: Path) -> None:
    text = page.read_text(encoding="utf-8")
    now = readme.renewed(text, page.name.endswith(".zh.md"), folder)
    assert text == now, "write them anew with `python -m tests.support.readme`"


def test_every_folder_is_on_the_page_of_the_architecture() -> None:
    page = readme.PAGES[-1].read_text(encoding="utf-8")
    folders = {path.parent.name for path in (ROOT / "extractor").glob("*/__init__.py")}
    assert "numerals" in folders
    assert not {name for name in folders if f"`{name}/`" not in page}
    assert not [
        path
        for path in re.findall(r"`((?:\w+/)+\w+\.\w+)`", page)
        if not (ROOT / "extractor" / path).exists()
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(command: str, folder: Path) -> None:
    if command.startswith("make "):  # the tests are run by make themselves, so only look the recipe up
        subprocess.run(
            ["make", "--dry-run", *shlex.split(command)[1:]], cwd=ROOT, check=True, capture_output=True
        )
        return
    if "--plot" in command:
        pytest.importorskip("matplotlib")
    done = readme.run(command, folder)
    assert done.returncode == 0, done.stderr
    for output in re.findall(r"--(?:csv|rejected|jsonl|output) (\S+\.\w+)", command):
        assert (folder / output).stat().st_size


@pytest.mark.parametrize("name", TEXTS)
def test_python_sessions_run(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    bodies = blocks(TEXTS[name], "python")
    assert bodies
    for number, body in enumerate(bodies):
        runner.run(parser.get_doctest(body, {}, f"{name}:{number}", name, 0))
    assert not runner.failures


@pytest.mark.parametrize("name", TEXTS)
def test_every_option_is_named(name: str) -> None:
    options = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", help_text()))
    assert "--csv" in options and "-o" in options
    assert not {option for option in options if f"`{option}`" not in TEXTS[name]}


@pytest.mark.parametrize("name", TEXTS)
def test_no_option_is_named_that_does_not_exist(name: str) -> None:
    named = set(re.findall(r"`(--?[a-z][\w-]*)`", TEXTS[name]))
    known = "".join(map(help_text, ("--help", *SUBCOMMANDS)))
    assert not {option for option in named if not re.search(rf"(?<![\w-]){option}(?![\w-])", known)}


@pytest.mark.parametrize("name", TEXTS)
def test_every_column_is_told_in_order(name: str) -> None:
    table = [line.split("|")[1] for line in TEXTS[name].splitlines() if line.startswith("| `")]
    named = [column for cell in table for column in re.findall(r"`(\w+)`", cell)]
    first = named.index("source")
    assert tuple(named[first : first + len(COLUMNS)]) == COLUMNS


@pytest.mark.parametrize("name", TEXTS)
def test_every_kind_and_exit_status_is_told(name: str) -> None:
    assert not [kind for kind in kinds() if f"`{kind}`" not in TEXTS[name]]
    assert re.findall(r"^\| (\d) \|", TEXTS[name], re.MULTILINE) == ["0", "1", "2", "3", "4"]


def test_links_lead_somewhere() -> None:
    for name in (*TEXTS, "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name} links to {target}"


def test_both_readmes_have_the_same_commands() -> None:
    english, chinese = TEXTS.values()
    assert blocks(english, "sh") == blocks(chinese, "sh")
    assert len(re.findall("^## ", english, re.MULTILINE)) == len(re.findall("^## ", chinese, re.MULTILINE))
