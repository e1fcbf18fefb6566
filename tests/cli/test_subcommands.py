"""Subcommands: who is called, with which help, and what the shell completes."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result

from extractor.cli import subcommands
from extractor.cli.command import command
from extractor.cli.subcommands import Subcommand


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--loudly", is_flag=True, help="Loudly.")
def greet(paths: tuple[str, ...], loudly: bool) -> int:
    """Greet the paths."""
    click.echo(f"hello {' '.join(paths)}{'!' if loudly else ''}")
    return 7


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    module = types.ModuleType("greeting")
    module.greet = greet  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "greeting", module)
    monkeypatch.setattr(subcommands, "SUBCOMMANDS", {"greet": Subcommand("greeting:greet", "Greets.")})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, prog_name="extract", standalone_mode=False)


def test_the_first_argument_calls(here: Path) -> None:
    done = run("greet", "a", "--loudly")
    assert (done.stdout, done.return_value) == ("hello a!\n", 7)


@pytest.mark.parametrize("arguments", [("greet", "-q"), ("./greet", "-q"), ("-q", "--", "greet")])
def test_a_file_of_that_name_is_a_file(here: Path, arguments: tuple[str, ...]) -> None:
    (here / "greet").write_text("选派18名干部。", encoding="utf-8")
    done = run(*arguments)
    assert "18名" in done.stdout and "hello" not in done.stdout


def test_later_words_are_paths(here: Path) -> None:
    (here / "a.txt").write_text("选派18名干部。", encoding="utf-8")
    done = run("a.txt", "greet")
    assert done.return_value == 1 and "greet" in done.stderr and "18名" in done.stdout


def test_help() -> None:
    assert re.search(r"\n  greet +Greets\.\n", run("--help").stdout)
    told = run("greet", "--help").stdout
    assert told.startswith("Usage: extract greet [OPTIONS] [PATHS]...") and "--loudly" in told


def test_wrong_options_name_the_subcommand() -> None:
    error = run("greet", "--silently").exception
    assert isinstance(error, click.UsageError) and error.ctx is not None
    assert error.ctx.command_path == "extract greet"


def completions(arguments: list[str], incomplete: str) -> list[tuple[str, str]]:
    complete = BashComplete(command, {}, "extract", "_EXTRACT_COMPLETE")
    return [(item.type, item.value) for item in complete.get_completions(arguments, incomplete)]


def test_completion() -> None:
    assert completions([], "gr") == [("plain", "greet"), ("file", "gr")]
    assert completions(["a.txt"], "gr") == [("file", "gr")]
    assert completions([], "--excl") == [("plain", "--exclude")]
    assert completions(["greet"], "--lo") == [("plain", "--loudly")]
