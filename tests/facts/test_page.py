"""docs/series.md: its commands run, and every option of the subcommand is on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.cli.series import command
from tests.support import readme

PAGE = (readme.ROOT / "docs" / "series.md").read_text(encoding="utf-8")
COMMANDS = [line for body in readme.blocks(PAGE, "sh") for line in body.splitlines()]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with readme.sandbox() as place:
        yield place


def test_commands_run(folder: Path) -> None:
    assert len(COMMANDS) > 4
    for line in COMMANDS:
        done = readme.run(line, folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout or "-q" in line or re.search(r"--(csv|xlsx|conflicts)|> ", line)
        for output in re.findall(r"--(?:csv|xlsx|plot|facts|conflicts) ([\w.]+)", line):
            assert (folder / output).stat().st_size


def test_every_option_is_on_the_page() -> None:
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert "--every" in options
    assert not {option for option in options - {"--help"} if f"`{option}" not in PAGE}
