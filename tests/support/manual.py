"""packaging/: the manual pages and the completion scripts that pip installs, made of the command itself.

python -m tests.support.manual      write them anew
"""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from extractor.cli import help as helping
from extractor.cli.command import command
from extractor.cli.language import said

FOLDER = Path(__file__).parents[2] / "packaging"
SCRIPTS = {"bash": "extract.bash", "zsh": "_extract", "fish": "extract.fish"}
SETTINGS = (
    "Settings of a project stand in extract.toml, or under [tool.extract] in pyproject.toml, in the current folder or one above"
    " it. The keys are the options lexicon, weights, columns, headers, encoding, glob, exclude, jobs and color, and language for this"
    " help."
)


def roff(text: str) -> str:
    """Text as a line of roff, in which nothing is a request.

    >>> roff("-a\\\\b")
    '\\\\-a\\\\eb'
    """
    line = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line[:1] in (".", "'") else line


def page(language: str) -> str:
    """The manual page in a language."""
    context = click.Context(command, info_name="extract")

    def head(title: str) -> str:
        return f".SH {said(title, language)}"

    first, *others = [said(" ".join(part.split()), language) for part in (command.help or "").split("\n\n")]
    out = ['.TH EXTRACT 1 "" "extract"', head("NAME"), f"extract \\- {roff(first.rstrip('.。'))}", head("SYNOPSIS"),
           ".B extract", roff(" ".join(command.collect_usage_pieces(context))), head("DESCRIPTION"),
           *(roff(text) for text in others), head("OPTIONS")]  # fmt: skip
    for section in helping.sections(command, context, language):
        out.append(f".SS {roff(section.title)}")
        for line in section.lines:
            out += [".TP", f".B {roff(line.names)}", roff(line.text)]
    out.append(head("SETTINGS"))
    out.append(roff(said(SETTINGS, language)))
    out.append(head("EXAMPLES"))
    for example in helping.examples(language):
        out += [".PP", roff(example.text), ".PP", ".nf", ".RS", roff(example.names), ".RE", ".fi"]
    out += [
        head("EXIT STATUS"),
        roff(said(command.epilog or "", language).partition(" " if language == "en" else "：")[2]),
    ]
    return "\n".join(out) + "\n"


def script(shell: str) -> str:
    """What makes a shell complete the command; it asks the command itself."""
    made = get_completion_class(shell)
    assert made is not None
    return made.source_template % made(command, {}, "extract", "_EXTRACT_COMPLETE").source_vars() + "\n"


def files() -> dict[str, str]:
    """All files by name."""
    scripts = {name: script(shell) for shell, name in SCRIPTS.items()}
    return {"extract.1": page("en"), "zh/extract.1": page("zh"), **scripts}


if __name__ == "__main__":
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
