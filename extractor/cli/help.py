"""``extract --help``: the options in groups, examples at the end, in the language of the locale.

The groups and examples are data (``help.toml``). An option that stands in no group is shown in a last one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import click

from extractor.cli import subcommands
from extractor.cli.language import said, wanted
from extractor.packaged import packaged

LEFT = 26
"""Cells for the names of the options; a longer one has its text on the next line."""
_NOT_LAST = frozenset("（“『「‘(")
_NOT_FIRST = frozenset("，。；：、）”』」！？,.;:)")


class Line(NamedTuple):
    """An option as help shows it."""

    names: str
    text: str


class Section(NamedTuple):
    """A group of options."""

    title: str
    lines: list[Line]


@functools.cache
def data() -> Mapping[str, Any]:
    """The content of ``help.toml``."""
    import tomllib

    return tomllib.loads(packaged("cli", "help.toml").read_text(encoding="utf-8"))


def sections(command: click.Command, context: click.Context, language: str) -> list[Section]:
    """The options of a command in their groups, every option in exactly one."""
    shown = {}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record is not None:
            long = next((name for name in parameter.opts if name.startswith("--")), parameter.opts[0])
            help_text = getattr(parameter, "help", None) or ""
            shown[long.lstrip("-")] = Line(record[0], said(help_text, language))
    found = []
    for group in data()["group"]:
        lines = [shown.pop(name) for name in group["options"] if name in shown]
        if lines:
            found.append(Section(said(group["title"], language), lines))
    return [*found, Section(said("Other options", language), list(shown.values()))] if shown else found


def examples(language: str) -> Iterator[Line]:
    """The examples: the command, and what it is for."""
    for example in data()["example"]:
        yield Line(example["command"], said(example["title"], language))


def language_of(context: click.Context) -> str:
    """The language of this call: that of the settings, or that of the locale."""
    from extractor.cli.config import settings_of

    try:
        return str(settings_of(context).get("language") or wanted())
    except click.UsageError:  # whoever asks for help is not to be told of settings
        return wanted()


class Command(subcommands.Dispatcher):
    """A command with subcommands whose help is grouped and translated."""

    def format_help(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        language = language_of(context)
        width = formatter.width
        usage = " ".join(self.collect_usage_pieces(context))
        out = [f"{said('Usage:', language)} {context.command_path} {usage}", ""]
        for paragraph in (self.help or "").split("\n\n"):
            text = said(" ".join(paragraph.split()), language)
            out += [f"  {line}" for line in wrapped(text, width - 2)] + [""]
        for section in sections(self, context, language):
            out.append(f"{section.title}{':' if language == 'en' else '：'}")
            for line in section.lines:
                out += _beside(line, width)
            out.append("")
        out.append(said("Subcommands (each has a --help):", language))
        for name, one in subcommands.SUBCOMMANDS.items():
            out += _beside(Line(name, said(one.summary, language)), width)
        out += ["", said("Examples:", language)]
        for example in examples(language):
            out += [f"  # {example.text}", f"  {example.names}"]
        out += ["", *wrapped(said(self.epilog or "", language), width)]
        formatter.write("\n".join(out).rstrip("\n") + "\n")


def _beside(line: Line, width: int) -> list[str]:
    """An option with its text beside it, or under it where its names are long."""
    texts = wrapped(line.text, max(20, width - LEFT - 4))
    pad = " " * (LEFT + 4)
    if len(line.names) <= LEFT:
        texts[0] = f"  {line.names:<{LEFT}}  {texts[0]}"
        return [texts[0], *(pad + text for text in texts[1:])]
    return [f"  {line.names}", *(pad + text for text in texts)]


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of a width in cells. Chinese is broken between any two characters, but no line begins with a stop.

    >>> wrapped("写入文件，或写到标准输出。", 12)
    ['写入文件，或', '写到标准输', '出。']
    >>> wrapped("Write to FILE.", 9)
    ['Write to', 'FILE.']
    """
    from rich.cells import cell_len

    lines, line = [], ""
    for word in _words(text):
        if line and cell_len(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


def _words(text: str) -> Iterator[str]:
    """Pieces that are not broken: words with the blank behind them, Chinese characters with the stops behind them."""
    word = ""
    for index, character in enumerate(text):
        word += character
        following = text[index + 1 : index + 2]
        if not following or following in _NOT_FIRST or character in _NOT_LAST:
            continue
        if character == " " or ord(character) > 0x2E7F or ord(following) > 0x2E7F:
            yield word
            word = ""
    if word:
        yield word
