"""The command line: options in, exit status out. It knows no rule and no format beyond the registry.

Exit statuses: 0 done; 1 an input could not be read or an output not written (the other inputs are in the
table); 2 wrong options; 130 stopped by Ctrl-C, 143 by SIGTERM. A reader that closes the pipe early (``|
head``) is no error.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

import click

from extractor import __version__
from extractor.encodings import known
from extractor.run import Destination, Job, Level, Outcome, OutputError, run
from extractor.writers import FORMATS, Format, MissingLibrary, by_suffix

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

EPILOG = "Exit status: 0 done, 1 an input or output failed (the rest is done), 2 wrong options."


def _format_options(command: Decorated) -> Decorated:
    """One option per format of the registry."""
    for format in reversed(FORMATS.values()):
        if format.suffixes:
            where = "FILE" if format.file_only else "FILE (- for standard output)"
            command = click.option(
                f"--{format.name}",
                metavar="FILE",
                type=click.Path(allow_dash=not format.file_only, path_type=str),
                help=f"Write the table as {format.summary} to {where}.",
            )(command)
    return command


def _known_encoding(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not known(value):
        raise click.BadParameter(
            f"{value!r} is no encoding that Python knows, try utf-8, gb18030, big5 or utf-16"
        )
    return value


@click.command(
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[OPTIONS]",
)
@click.argument("paths", nargs=-1, metavar="PATHS...")
@_format_options
@click.option(
    "--rejected", metavar="FILE", help="Write the numerals that are no figures, with the reason, to FILE."
)
@click.option(
    "-e", "--encoding", metavar="NAME", callback=_known_encoding, help="Read every input in this encoding."
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Say for every source what was found and in which encoding."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.version_option(__version__, prog_name="extract", message="%(prog)s %(version)s")
def command(
    paths: tuple[str, ...],
    rejected: str | None,
    encoding: str | None,
    verbose: bool,
    quiet: bool,
    debug: bool,
    **files: str | None,
) -> int:
    """Figures of Chinese newspaper and government prose as a tidy table.

    PATHS are texts, folders (searched for .txt and .md files) or - for standard input. Without an output
    option the table is shown on the terminal, or written as CSV where standard output is a pipe or a file.
    """
    if not paths:
        raise click.UsageError("Name at least one file or folder, or - for standard input.")
    destinations = _destinations(files, rejected)
    job = Job(
        paths=paths,
        destinations=destinations,
        tell=_teller(verbose=verbose, quiet=quiet),
        encoding=encoding,
        debug=debug,
        color=_terminal(),
    )
    outcome = run(job)
    return _closing(outcome, job)


def _destinations(files: dict[str, str | None], rejected: str | None) -> list[Destination]:
    """What is to be written where. Raises ``UsageError`` where two would write to the same place."""
    chosen = [Destination(FORMATS[name], target) for name, target in files.items() if target is not None]
    if rejected is not None:
        chosen.append(Destination(by_suffix(rejected) or FORMATS["csv"], rejected, "rejections"))
    standard = [destination for destination in chosen if destination.target == "-"]
    if not standard and all(destination.content == "rejections" for destination in chosen):
        chosen.insert(0, Destination(FORMATS["table" if _terminal() else "csv"], "-"))
    targets = [destination.target for destination in chosen]
    for target in targets:
        if targets.count(target) > 1:
            place = "standard output" if target == "-" else target
            raise click.UsageError(f"Two outputs to {place}; give each its own.")
    for destination in chosen:
        _check(destination.format, destination)
    return chosen


def _check(format: Format, destination: Destination) -> None:
    if destination.content == "rejections" and format.file_only:
        raise click.UsageError(f"--rejected cannot be {format.name}; name a .csv, .tsv, .jsonl or .md file.")
    if destination.target == "-" and format.file_only:
        raise click.UsageError(f"--{format.name} needs a file, it cannot go to standard output.")
    if destination.target == "-" and format.binary and _terminal():
        raise click.UsageError(f"{format.name} is no text to show on a terminal; name a file, or pipe it.")
    try:
        format.writer()
    except MissingLibrary as error:
        raise click.UsageError(str(error)) from error


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _teller(*, verbose: bool, quiet: bool) -> Callable[[Level, str], None]:
    """Words for standard error: errors always, words unless quiet, details if asked for."""

    def tell(level: Level, words: str) -> None:
        if level == "error" or (level == "word" and not quiet) or (level == "detail" and verbose):
            click.echo(f"extract: {words}", err=True)

    return tell


def _closing(outcome: Outcome, job: Job) -> int:
    """Say how it went; the exit status."""
    if outcome.pipe_closed:
        return 0
    if not outcome.sources and not outcome.failures:
        job.tell("word", "no texts found; folders are searched for .txt and .md files")
    failed = f", {outcome.failures} could not be read" if outcome.failures else ""
    job.tell("word", outcome.sentence() + failed)
    return 1 if outcome.failures else 0


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command ``extract``: run, and end the process with the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _stop)
    try:
        status = command.main(arguments, prog_name="extract", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except OutputError as error:
        click.echo(f"extract: {error}", err=True)
        status = 1
    except click.Abort:
        click.echo("extract: stopped, nothing was written", err=True)
        status = 130
    except Exception as error:
        if "--debug" in arguments:
            raise
        click.echo(
            f"extract: unexpected {type(error).__name__}: {error}; a bug, --debug shows the traceback",
            err=True,
        )
        status = 1
    sys.exit(status)


def _stop(number: int, frame: object) -> NoReturn:
    """End on a signal as an exception does, so that temporary files are removed."""
    sys.exit(128 + number)
