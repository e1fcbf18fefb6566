"""What every command asks about its inputs and about how it speaks: callbacks, and options for subcommands."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractor.cli.messages import say
from extractor.cli.request import terminal
from extractor.engine.job import Level
from extractor.sources.encodings import known

if TYPE_CHECKING:
    from extractor.numerals.conversion import Conversion

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def encoding(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The name of an encoding, checked."""
    if value is not None and not known(value):
        raise click.BadParameter(f"{value!r} is not an encoding; try utf-8, gb18030, big5 or utf-16")
    return value


def lexicon(context: click.Context, parameter: click.Parameter, files: tuple[str, ...]) -> tuple[str, ...]:
    """The user's word files, read now, so that the other options know their words."""
    if files:
        from extractor.lexicon.user import load
        from extractor.lexicon.user_file import LexiconError

        try:
            load(files)
        except LexiconError as error:
            raise click.UsageError(f"--lexicon cannot be used:\n{error}") from error
    context.meta["extractor.lexicon"] = files
    return files


def weights(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """The user's file of weights, read now, so that a mistake in it is told before the work begins."""
    if value is None:
        return ""
    from extractor.context.own_weights import WeightsError, load

    try:
        load(value)
    except WeightsError as error:
        raise click.UsageError(f"--weights {error}") from error
    return value


def color(wish: str) -> bool:
    """Whether to colour, see https://no-color.org."""
    if wish != "auto":
        return wish == "always"
    return terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def teller(*, verbose: bool, quiet: bool) -> Callable[[Level, str], None]:
    """Words for standard error: errors always, words unless quiet, details if asked for."""

    def tell(level: Level, words: str) -> None:
        if level == "error" or (level == "word" and not quiet) or (level == "detail" and verbose):
            say(f"extract: {words}")

    return tell


def rates(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
    """The rates of a file, read and checked."""
    if value is None:
        return ()
    from extractor.numerals.conversion import RatesError, read_rates

    try:
        return read_rates(value)
    except (RatesError, OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"--rates cannot be used: {error}") from error


def conversion(system: str, rates: Any) -> Conversion | None:
    """What turns base values into the units asked for, None where they are as they should be."""
    if system == "metric" and not rates:
        return None
    from extractor.numerals.conversion import Conversion

    return Conversion(system, rates)


def input_options(command: Decorated) -> Decorated:
    """The options of a subcommand about its inputs and its words."""
    options = (
        click.option("--files-from", metavar="FILE", type=click.Path(exists=True, allow_dash=True, dir_okay=False),
                     help="Read more paths from FILE or -, one per line or ended by NUL."),
        click.option("--glob", multiple=True, metavar="GLOB", help="In folders, read what matches, not .txt and .md."),
        click.option("--exclude", multiple=True, metavar="GLOB", help="In folders, leave out what matches."),
        click.option("-e", "--encoding", metavar="NAME", callback=encoding, help="Read every input in this encoding."),
        click.option("--text-field", metavar="NAME",
                     help="The field of .jsonl, .csv and .parquet files that holds the text ('text')."),
        click.option("--id-field", metavar="NAME", help="The field that names a record; without it, its number."),
        click.option("--lexicon", multiple=True, is_eager=True, callback=lexicon, metavar="FILE.toml",
                     type=click.Path(path_type=str), help="Add units, kinds, names and verbs of your own."),
        click.option("--weights", metavar="FILE.toml", callback=weights, type=click.Path(path_type=str),
                     help="Use the weights that extract learn has fitted to your own texts."),
        click.option("-j", "--jobs", metavar="N", type=click.IntRange(min=1), help="Work in N processes."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command
