"""The parts of the READMEs and of docs/architecture.md that a command writes, and the commands in them.

    python -m tests.support.readme      write the parts anew

Written anew are

* what stands between ``<!-- output: COMMAND -->`` and ``<!-- end -->``: the output of the command,
* what stands between ``<!-- accuracy -->`` and ``<!-- end -->``: the floors of tests/floors.toml,
* in a block marked ``console``, what follows a line ``$ COMMAND``: what the command says.

Blocks marked ``sh`` hold commands, one per line, which tests/whole/test_readme.py runs; of ``make`` only the recipe
is looked up. Blocks marked ``python`` hold sessions, which it runs too. Commands run in a folder of their own
with a copy of the seeds and of examples/corpus.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.scorer import HELD_OUT, ROOT, read_floors, read_gold, read_lines

READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = (*READMES, ROOT / "docs" / "architecture.md")

_GENERATED = re.compile(r"(<!-- (?:output: (?P<command>[^\n]+)|accuracy) -->\n).*?(<!-- end -->)", re.DOTALL)
_BLOCK = re.compile(r"^```(?P<mark>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_PROMPT = re.compile(r"^\$ ", re.MULTILINE)

MEASURES = {
    "precision": ("precision of the figures", "数字的精确率"),
    "recall": ("recall of the figures", "数字的召回率"),
    "f1": ("f1 of the figures", "数字的 f1"),
    "row_f1": ("f1 of whole rows", "整行的 f1"),
    "value": ("value", "数值"),
    "qualifier": ("qualifier", "限定"),
    "unit": ("unit", "单位"),
    "kind": ("kind", "类别"),
    "item": ("item, its core at least", "对象（至少核心词）"),
    "item_exact": ("item, the whole phrase", "对象（整个词组）"),
    "subject": ("subject", "主体"),
    "per": ("per", "每"),
    "period": ("period, where the sentence states one", "时间（句中写明的）"),
    "period_strict": ("period, stated or inherited", "时间（写明或承前）"),
    "change": ("change", "增减"),
    "action": ("action", "动词"),
    "title": ("title", "标题"),
    "place": ("place", "地点"),
}


def blocks(text: str, mark: str) -> list[str]:
    """The code blocks of a README that are marked so.

    >>> blocks("```sh\\nls\\n```\\n", "sh")
    ['ls\\n']
    """
    return [match["body"] for match in _BLOCK.finditer(text) if match["mark"] == mark]


@contextmanager
def sandbox() -> Iterator[Path]:
    """A folder with a copy of the seeds and of the invented corpus, and, in ``bin``, the command of this checkout."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        shutil.copytree(ROOT / "examples" / "corpus", folder / "examples" / "corpus")
        command = folder / "bin" / "extract"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extractor "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        yield folder


def run(command: str, folder: Path, *, everything: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs a shell command in the sandbox. ``everything``: standard error goes to standard output."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
    }
    stderr = subprocess.STDOUT if everything else subprocess.PIPE
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        encoding="utf-8",
    )


def accuracy(chinese: bool) -> str:
    """The floors as a table, and on how much text they stand."""
    floors, gold = read_floors(), read_gold()
    figures = sum(row["status"] == "figure" for rows in gold.values() for row in rows)
    paths = list((HELD_OUT / "figures").glob("*.jsonl"))
    articles, held = len(paths), sum(row["status"] == "figure" for path in paths for row in read_lines(path))
    if chinese:
        lines = [
            f"{len(gold)} 个标注版面，{figures} 个数字。权重也在这些版面上拟合过；最后一列是 {articles} 篇没有用来拟合的文章"
            f"（`tests/heldout`，{held} 个数字），新文本大致如此：",
            "", "| 指标 | 版面原样 | 再加报纸断行 | 未参与拟合的文章 |",
        ]  # fmt: skip
    else:
        lines = [
            f"{figures} figures on {len(gold)} annotated pages. The weights were fitted on these pages too; the last column is"
            f" {articles} articles on which nothing was fitted (`tests/heldout`, {held} figures), and tells what new text can expect:",
            "", "| measure | pages as they are | with more breaks | articles not fitted on |",
        ]  # fmt: skip
    lines += ["| --- | ---: | ---: | ---: |"]
    for name, floor in floors["seeds"].items():
        others = [floors["newspaper"].get(name), floors["heldout"].get(name)]
        beside = " | ".join("" if share is None else f"{share:.3f}" for share in others)
        lines.append(f"| {MEASURES[name][chinese]} | {floor:.3f} | {beside} |")
    return "\n".join(lines)


def renewed(text: str, chinese: bool, folder: Path) -> str:
    """The text of a README with its generated parts written anew."""

    def generated(match: re.Match[str]) -> str:
        command = match["command"]
        body = run(command, folder).stdout.strip() if command else accuracy(chinese)
        return f"{match[1]}\n{body}\n\n{match[3]}"

    def session(match: re.Match[str]) -> str:
        if match["mark"] != "console":
            return match.group()
        commands = [part.split("\n", 1)[0] for part in _PROMPT.split(match["body"])[1:]]
        said = [f"$ {command}\n{run(command, folder, everything=True).stdout}" for command in commands]
        return "```console\n" + "".join(said) + "```"

    return _BLOCK.sub(session, _GENERATED.sub(generated, text))


def refresh() -> None:
    """Writes the generated parts of both READMEs, and of the page on the architecture, anew."""
    with sandbox() as folder:
        for path in PAGES:
            if path.exists():
                path.write_text(
                    renewed(path.read_text(encoding="utf-8"), path.name.endswith(".zh.md"), folder),
                    encoding="utf-8",
                )


if __name__ == "__main__":
    refresh()
