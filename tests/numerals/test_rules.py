"""Every rule is in lexicon/rules.toml, with an example that gives it; the lists of kinds, units and rules."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli.command import command
from extractor.cli.listing import kinds, rules, units
from extractor.lexicon.words import lexicon
from extractor.numerals import rejects
from extractor.pipeline import examine
from extractor.sources.files import Source, read

ROOT = Path(__file__).parents[2]
REASON = re.compile(r'"(date|ordinal|name|code|idiom|article)"')
NEVER = {
    "name.unreadable",
    # 年级 and 年代 are taken by earlier rules.
    "ordinal.calendar_unit",
}
"""Names that could be built from the code and that no text gives."""


@cache
def listed() -> dict[str, dict[str, str]]:
    return {entry["name"]: entry for entry in lexicon().data["rule"]}


def given_by_figures() -> Iterator[str]:
    """The names in the modules that decide: arguments of drafts and refusals, and what their ``rule`` is set to."""
    folder = ROOT / "extractor" / "numerals"
    trees = [
        ast.parse((folder / f"{name}.py").read_text("utf-8")) for name in ("figures", "deciding", "bare")
    ]
    for node in chain.from_iterable(map(ast.walk, trees)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"Draft": 6, "Refusal": 3}.get(node.func.id)
            values = node.args[place : place + 1] if place else []
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == "rule":
            values = [node.value]
        else:
            continue
        for value in values:
            choices = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
            yield from (one.value for one in choices if isinstance(one, ast.Constant))


def sources() -> list[str]:
    """The text of the modules of rejections, one file or a package of several."""
    path = Path(rejects.__file__ or "")
    paths = sorted(path.parent.glob("*.py")) if path.name == "__init__.py" else [path]
    return [path.read_text(encoding="utf-8") for path in paths]


def functions() -> dict[str, str]:
    """The text of every function in them, by its name; from the files, for compiled functions do not know theirs."""
    found = {}
    for source in sources():
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = ast.get_source_segment(source, node) or ""
    return found


def in_the_code() -> set[str]:
    """The names that the sources of the rules can give."""
    texts = functions()
    names = {
        f"{reason}.{name}"
        for name, rule in (*rejects.BEFORE_UNIT, *rejects.WITH_UNIT)
        for reason in REASON.findall(texts[rule.__name__].rpartition('"""')[2])
    }
    for source in sources():
        names |= set(re.findall(r'"((?:code|idiom)\.\w+)"', source))
    names |= set(given_by_figures())
    names |= {f"unit.{unit.group}" for unit in lexicon().units.words.values()}
    names |= {f"{idiom.reason}.idiom" for idiom in lexicon().idioms.words.values()}
    return names - NEVER


def test_every_name_in_the_code_is_listed() -> None:
    assert in_the_code() - set(listed()) == set()


def test_every_name_that_texts_give_is_listed() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "cases").rglob("*.toml"))]
    given = {
        found.rule
        for text in texts
        for document in [examine(text)]
        for found in (*document.figures, *document.rejections)
    }
    assert given - set(listed()) == set()


@pytest.mark.parametrize("name", sorted(listed()))
def test_the_example_gives_the_rule(name: str) -> None:
    entry = listed()[name]
    assert entry["says"] and entry["numeral"] in entry["example"]
    decoded = read(Source("a.md", "a.md", entry["example"].encode()))
    document = examine(decoded.text, extracted=decoded.document)
    found = [(one.rule, one.text) for one in (*document.figures, *document.rejections)]
    assert (name, entry["numeral"]) in found


def test_no_rule_stands_twice() -> None:
    assert len(listed()) == len(lexicon().data["rule"])


def shown(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert result.return_value == 0
    return result


def test_lists_on_the_command_line() -> None:
    table = list(csv.DictReader(io.StringIO(shown("--list-kinds").stdout)))
    assert [row["kind"] for row in table] == list(lexicon().kinds.names)
    assert all(row["label"] and row["example"] for row in table)
    lines = [json.loads(line) for line in shown("--list-units", "-f", "jsonl").stdout.splitlines()]
    assert [tuple(line.values()) for line in lines] == units(lexicon())
    table = list(csv.DictReader(io.StringIO(shown("--list-rules").stdout)))
    assert [tuple(row.values()) for row in table] == rules(lexicon())
    assert "郊" not in shown("--list-kinds", "-f", "table").stdout


def test_lists_know_the_users_words(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[kind]]\nname = "catch"\nlabel = "渔获"\nnouns = ["带鱼"]\nexamples = ["带鱼3吨"]\n', "utf-8"
    )
    first = shown("--list-kinds", "--lexicon", str(own)).stdout.splitlines()[1]
    assert first == "catch,渔获,1,带鱼3吨"
    assert kinds(lexicon())[0][0] == "money"
