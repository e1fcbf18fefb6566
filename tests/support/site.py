"""The site of the documentation, in build/site.

    python -m tests.support.site      put the pages together and build it (make docs)

The pages are those of the tree, in the same folders, so that their links to one another hold. Pages of options are made
of the command, the tour of its notebook; a link to any other file of the tree leads to a copy of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from extractor.cli import help as helping
from extractor.cli.command import command
from extractor.cli.language import said

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md", "examples/README.md",
         "tests/cases/README.md", "tests/gold/README.md")  # fmt: skip
_LINK = re.compile(r"\]\(([^)#:]+)(#[^)]*)?\)")


def put_together(target: Path) -> None:
    """The pages in a folder, with what they link to."""
    pages = [path for pattern in PAGES for path in sorted(ROOT.glob(pattern))]
    for path in pages:
        place = target / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        for link, _ in _LINK.findall(text):
            linked = (path.parent / link).resolve()
            if linked.is_file() and linked not in pages:
                copy = target / linked.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(linked, copy)
            elif linked.is_dir() and (linked / "README.md") in pages:
                text = text.replace(f"]({link})", f"]({link.rstrip('/')}/README.md)")
        place.write_text(text, encoding="utf-8")
    for language, name in (("en", "options.md"), ("zh", "options.zh.md")):
        (target / "docs" / name).write_text(options(language), encoding="utf-8")
    (target / "docs" / "tour.md").write_text(tour(), encoding="utf-8")


def options(language: str) -> str:
    """The options as a page, in the groups of --help."""
    context = click.Context(command, info_name="extract")
    out = [f"# {said('OPTIONS', language).capitalize()}", ""]
    for section in helping.sections(command, context, language):
        out += [f"## {section.title}", "", f"| {said('Option', language)} | |", "| --- | --- |"]
        # A stroke stands for itself inside backticks.
        out += [f"| `{line.names}` | {line.text} |" for line in section.lines]
        out.append("")
    out += [f"## {said('EXAMPLES', language).capitalize()}", ""]
    for example in helping.examples(language):
        out += [
            f"{example.text}:" if language == "en" else f"{example.text}：",
            "",
            f"```sh\n{example.names}\n```",
            "",
        ]
    return "\n".join(out)


def tour() -> str:
    """The notebook as a page, with what its cells show."""
    import json

    cells: list[dict[str, Any]] = json.loads((ROOT / "docs" / "tour.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    out = []
    for cell in cells:
        source = "".join(cell["source"])
        out.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for one in cell.get("outputs", ()):
            data = one.get("data", {})
            shown = "".join(data.get("text/html", ""))
            # A blank line would end the block of HTML.
            out.append(
                re.sub(r"\n\s*\n", "\n", shown)
                if shown
                else f"```\n{''.join(data.get('text/plain', ''))}\n```"
            )
    return "\n\n".join(out) + "\n"


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site; its pages stand in ``folder/pages``, the site in ``folder/site``."""
    shutil.rmtree(folder / "pages", ignore_errors=True)
    put_together(folder / "pages")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("build/", f"{folder.as_posix()}/")
    file = folder / "mkdocs.yml"
    file.write_text(settings, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(file)], capture_output=True, text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip


if __name__ == "__main__":
    done = build(ROOT / "build")
    sys.stderr.write(done.stderr)
    sys.exit(done.returncode)
