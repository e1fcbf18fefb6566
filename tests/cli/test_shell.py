"""The shell manners that docs/shell.md tells: its commands run, completion works, explanations are shown."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor.cli import command as cli
from extractor.cli.command import command
from extractor.trace import explain

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "shell.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.+?)```", DOCUMENT, re.S) for line in block.splitlines() if line
]
BIN = Path(sys.executable).parent


def shell(line: str, *, executable: str = "bash", **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **variables}
    return subprocess.run(
        [executable, "-c", line], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize("line", COMMANDS)
def test_documented_commands(line: str) -> None:
    result = shell("set -o pipefail; " + line)
    # `head` may end before its writer, which is then told by the signal; `extract` itself ends quietly.
    assert result.returncode in (0, 141)
    assert result.stdout
    assert "Traceback" not in result.stderr and "Broken pipe" not in result.stderr


def test_exit_statuses_are_documented() -> None:
    told = [*re.findall(r"\b(\d+) [a-z]", cli.EPILOG), "130", "143"]
    assert re.findall(r"^\| (\d+) \| ", DOCUMENT, re.M) == told


def test_options_of_the_page_exist() -> None:
    options = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"`(--?[a-z][\w-]*)`", DOCUMENT)) <= options


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_script_is_accepted_by_the_shell(name: str) -> None:
    line = f"_EXTRACT_COMPLETE={name}_source"
    assert line in DOCUMENT
    script = shell("extract", **dict([line.split("=")])).stdout
    assert "_EXTRACT_COMPLETE" in script
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed here")
    before = "autoload -U compinit && compinit -u -D; " if name == "zsh" else ""
    assert shell(before + script, executable=name).stderr == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("extract --kin", "--kind"),
        ("extract --kind mo", "money"),
        ("extract --columns source,ti", "source,title"),
        ("extract --format js", "jsonl"),
        ("extract --list-", "--list-rules"),
    ],
)
@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion(name: str, words: str, expected: str) -> None:
    position = {"COMP_CWORD": words.split()[-1] if name == "fish" else str(len(words.split()) - 1)}
    result = shell("extract", _EXTRACT_COMPLETE=f"{name}_complete", COMP_WORDS=words, **position)
    assert result.returncode == 0
    assert expected in re.split(r"[\s,]?plain[,\s]|\s", result.stdout)


def test_bash_completes_for_real() -> None:
    """In bash itself: the function that the script defines fills COMPREPLY."""
    line = (
        'eval "$(_EXTRACT_COMPLETE=bash_source extract)"; COMP_WORDS=(extract --kind mo); COMP_CWORD=2; '
        '_extract_completion extract; echo "${COMPREPLY[@]}"'
    )
    assert shell(line).stdout == "money\n"


def test_version_names_the_lexicon() -> None:
    version = shell("extract --version").stdout
    assert re.fullmatch(
        rf"extract {re.escape(extractor.__version__)} \(lexicon \d+\.\d+\+[0-9a-f]{{8}}\)\n", version
    )


TEXT = "2023年，全县选派18名技术骨干，发放补贴近2万元，每户补助2至3万元。第一批惠及群众60余户。"


def test_every_numeral_is_explained_once() -> None:
    explanations = explain(TEXT)
    document = extractor.examine(TEXT)
    assert [one.outcome for one in explanations] == sorted(
        (*document.figures, *document.rejections), key=lambda found: found.start
    )
    for one in explanations:
        assert one.sentence[one.at : one.at + len(one.text)] == one.text
        assert one.says
        if one.figure and one.item_at >= 0:
            assert one.sentence[one.item_at :].startswith(one.figure.item)


def test_what_an_explanation_tells() -> None:
    by_text = {one.text: one for one in explain(TEXT)}
    staff, grant, each, some = (by_text[text] for text in ("18名", "2万元", "2至3万元", "60余户"))
    assert staff.item_side == "right" and staff.before is not None and staff.after is not None
    assert (staff.before.role, staff.after.words, staff.kind_words) == ("figure", "，", "技术骨干")
    assert grant.item_side == "left" and grant.before is not None and grant.before.words == "发放"
    assert (grant.qualifier_words, grant.unit_written, grant.kind_words) == ("近", "元", "元")
    assert each.figure is not None and each.figure.qualifier == "range"
    assert some.qualifier_words == "余"
    assert by_text["2023"].rejection is not None and by_text["2023"].rejection.reason == "date"


def test_explanations_through_layout_breaks_and_in_seeds() -> None:
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        document = extractor.examine(text)
        explanations = explain(text)
        assert len(explanations) == len(document.figures) + len(document.rejections)
        json.dumps([one.to_dict() for one in explanations])


def test_explain_on_the_command_line(tmp_path: Path) -> None:
    from click.testing import CliRunner

    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    run = CliRunner().invoke
    told = run(command, ["--explain", TEXT, "--color", "never"], standalone_mode=False)
    assert told.return_value == 0 and "\x1b" not in told.stdout
    for words in (
        "18名  figure: 18 人",
        "between the figure and ， (mark)",
        "qualifier   nearly, by 近",
        "no figure: date",
    ):
        assert words in told.stdout
    assert "\x1b[" in run(command, ["--explain", TEXT, "--color", "always"]).stdout
    lines = run(command, ["--explain", str(path), "-f", "jsonl"]).stdout.splitlines()
    assert [json.loads(line)["text"] for line in lines] == [one.text for one in explain(TEXT)]
    missing = run(command, ["--explain", "nowhere.txt"], standalone_mode=False)
    assert missing.return_value == 1 and "no such file" in missing.stderr
    assert run(command, ["--explain", TEXT, "--csv", "x.csv"]).exit_code == 2


def test_an_explanation_names_every_numeral_and_the_bounds() -> None:
    from extractor.cli.explained import render

    told = render(explain("补贴3万元至5万元。下降3个百分点。其中女性占45%。"), color=False)
    for line in (
        "3万元至5万元  figure: 30000 to 50000 元",
        "numerals    3万 and 5万",
        "unit        百分点, written 个百分点",
        "item        补贴, on the left, between the start of the sentence and the figure",
        "item        女性, on the left, between 其中 (preposition) and 占 (level)",
    ):
        assert line in told
    assert told.count("numerals ") == 1
