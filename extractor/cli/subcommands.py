"""Subcommands: ``extract series PATHS…`` beside ``extract PATHS…``.

The first argument that is the name of a subcommand, and of no file or folder here, calls it; ``./series`` and
``-- series`` are paths always. To add one, write a module with a click command and a line in ``SUBCOMMANDS``; it is
imported when it is called and not before.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Subcommand(NamedTuple):
    """Where the click command is (``package.module:name``), and the line about it in the help of ``extract``."""

    where: str
    summary: str

    def load(self) -> click.Command:
        """The click command, imported now."""
        module, _, name = self.where.partition(":")
        found: click.Command = getattr(importlib.import_module(module), name)
        return found


SUBCOMMANDS: dict[str, Subcommand] = {
    "diff": Subcommand("extractor.cli.diff:command", "What differs between two tables."),
    "learn": Subcommand("extractor.cli.learn:command", "Words of your own, from a review."),
    "series": Subcommand("extractor.cli.series:command", "How an indicator moves, by place and period."),
}


def called(arguments: Sequence[str]) -> str:
    """The name of the subcommand that the arguments call, "" if none.

    >>> called(["seeds/", "--csv", "out.csv"]), called(["--", "series"]), called([])
    ('', '', '')
    """
    first = arguments[0] if arguments else ""
    return first if first in SUBCOMMANDS and not os.path.lexists(first) else ""


class Dispatcher(click.Command):
    """A command that hands over to a subcommand where the first argument calls one."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command that is called, which completion of the shell asks as well."""
        if name := called(args):
            subcommand = SUBCOMMANDS[name].load()
            return subcommand.make_context(f"{info_name} {name}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that the context belongs to."""
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and below them the subcommands."""
        super().format_options(ctx, formatter)
        if SUBCOMMANDS:
            with formatter.section("Subcommands (each has a --help)"):
                formatter.write_dl([(name, one.summary) for name, one in SUBCOMMANDS.items()])


def complete_paths(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """What may stand in the place of a path: a file, and as the first word a subcommand."""
    from click.shell_completion import CompletionItem

    first = not context.params.get(parameter.name or "")
    names = [name for name in SUBCOMMANDS if first and name.startswith(incomplete)]
    return [*(CompletionItem(name) for name in names), CompletionItem(incomplete, type="file")]
