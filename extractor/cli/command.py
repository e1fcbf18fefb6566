"""The command line: options in, exit status out. It knows no rule and no format beyond the registry.

Exit statuses: 0 done; 1 an input could not be read or an output not written (the other inputs are in the
table); 2 wrong options; 3 no figure was found and ``--fail-if-empty`` was given; 4 figures of an article
disagree and ``--strict-checks`` was given; 130 stopped by Ctrl-C, 143 by SIGTERM,
129 by SIGHUP. A reader that closes the
pipe early (``| head``) is no error.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import click

from extractor import __version__
from extractor.cli import config, inputs, request
from extractor.cli.help import Command
from extractor.cli.messages import guard, say, show
from extractor.cli.request import (
    aggregate_of,
    choice_of,
    destinations_of,
    doubts_of,
    fields_of,
    layout_of,
    paths_of,
)
from extractor.cli.shared import choice_options, format_options, words
from extractor.cli.subcommands import complete_paths
from extractor.cli.trusting import pick_of, review_of, tell_reckoning, trust_options
from extractor.engine.job import Job, Outcome, OutputError, Stopped
from extractor.engine.run import run
from extractor.sources.files import Source, SourceError, find
from extractor.writers import FORMATS

EPILOG = (
    "Exit status: 0 done, 1 an input or output failed (the rest is done), 2 wrong options, "
    "3 nothing found with --fail-if-empty, 4 figures disagree with --strict-checks."
)


def _date(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from extractor.sources.documents import dated

    if value and not (found := dated.of_field(value)):
        raise click.BadParameter(f"{value!r} is not a date; write 2023-08-15, 2023-08 or 2023")
    return found if value else ""


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from extractor.table.headers import lexicon_version

        click.echo(f"extract {__version__} (lexicon {lexicon_version()})")
        context.exit()


@click.command(
    cls=Command,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[OPTIONS]",
)
@click.argument("paths", nargs=-1, metavar="PATHS...", type=click.Path(path_type=str, allow_dash=True),
                shell_complete=complete_paths)  # fmt: skip
@click.option("--no-config", is_flag=True, is_eager=True, help="Ignore extract.toml and pyproject.toml.")
@click.option("--config", metavar="FILE", is_eager=True, expose_value=False, callback=config.use,
              type=click.Path(path_type=str), help="Take defaults from FILE instead of extract.toml.")  # fmt: skip
@format_options
@click.option(
    "-o", "--output", "outputs", multiple=True, metavar="FILE", type=click.Path(path_type=str),
    help="Write to FILE in the format of its suffix.",
)  # fmt: skip
@click.option(
    "-f", "--format", "shown", type=click.Choice(sorted(n for n, f in FORMATS.items() if not f.file_only)),
    help="Write to standard output in this format.",
)  # fmt: skip
@click.option("--excel", is_flag=True, help="Make CSV open correctly by double click in Excel and WPS.")
@click.option("--rejected", metavar="FILE", type=click.Path(path_type=str, allow_dash=True),
              help="Write the numerals that are no figures, each with the reason, to FILE or -.")  # fmt: skip
@click.option("--checks", metavar="FILE", type=click.Path(path_type=str, allow_dash=True),
              help="Write to FILE or - which totals, shares, rates and changes add up.")  # fmt: skip
@click.option("--facts", metavar="FILE", type=click.Path(path_type=str, allow_dash=True),
              help="Write each fact once, with how many articles tell it and which, to FILE or -.")  # fmt: skip
@click.option("--conflicts", metavar="FILE", type=click.Path(path_type=str, allow_dash=True),
              help="Write the facts of which articles tell different values to FILE or -.")  # fmt: skip
@click.option("--places", metavar="FILE", type=click.Path(path_type=str, allow_dash=True),
              help="Write each place with its levels and its official code to FILE or -.")  # fmt: skip
@click.option("--strict-checks", is_flag=True, help="Exit with status 4 if figures of an article disagree.")
@choice_options
@trust_options
@click.option(
    "--lexicon", multiple=True, is_eager=True, callback=inputs.lexicon, metavar="FILE.toml",
    type=click.Path(path_type=str), help="Add units, kinds, names and verbs of your own.",
)  # fmt: skip
@click.option("--weights", metavar="FILE.toml", callback=inputs.weights, type=click.Path(path_type=str),
              help="Use the weights that extract learn has fitted to your own texts.")  # fmt: skip
@click.option("--unit-system", type=click.Choice(["metric", "chinese"]), default="metric",
              help="The units of base_value: 平方米, 千克, 米 or 亩, 斤, 里.")  # fmt: skip
@click.option("--rates", metavar="FILE.csv", callback=inputs.rates, type=click.Path(path_type=str),
              help="Give base_value of money in 元 by this table of currency, rate and year.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Show what every numeral was taken for, and why.")
@click.option("--text", is_flag=True, help="Show the text that was read, to which start and end refer.")
@click.option("--list-kinds", "listed", flag_value="kinds", help="Show the kinds, with examples.")
@click.option("--list-units", "listed", flag_value="units", help="Show the units, with examples.")
@click.option("--list-rules", "listed", flag_value="rules", help="Show the rules, with examples.")
@click.option("--files-from", metavar="FILE", type=click.Path(exists=True, allow_dash=True, dir_okay=False),
              help="Read more paths from FILE or -, one per line or each ended by NUL.")  # fmt: skip
@click.option(
    "--glob",
    multiple=True,
    metavar="GLOB",
    help="In folders, read the files that match instead of all texts and documents.",
)
@click.option("--exclude", multiple=True, metavar="GLOB", help="In folders, leave out the files that match.")
@click.option(
    "-e", "--encoding", metavar="NAME", callback=inputs.encoding, help="Read every input in this encoding."
)
@click.option("--text-field", metavar="NAME",
              help="The field of .jsonl, .csv and .parquet files that holds the text ('text').")  # fmt: skip
@click.option("--id-field", metavar="NAME", help="The field that names a record; without it, its number.")
@click.option("--date-field", metavar="NAME", help="The field that tells when a record was published.")
@click.option("--title-field", metavar="NAME", help="The field that holds the title of a record.")
@click.option(
    "--keep", multiple=True, metavar="FIELD,…", help="Fields of records that every row gets besides."
)
@click.option("--date", metavar="DATE", callback=_date,
              help="When sources were published that tell it neither in text, metadata nor name: 2023-08-15, 2023-08, 2023.")  # fmt: skip
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(min=1),
              help="Work in N processes, by default in all cores when there is much to do.")  # fmt: skip
@click.option("--resume", is_flag=True, help="Keep a journal beside the output; go on after a kill.")
@click.option("--cluster", metavar="ADDRESS",
              help="Work on a Dask cluster; --parquet names the folder to write to.")  # fmt: skip
@click.option("--cluster-wait", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=60,
              help="Give up a cluster that has had no scheduler or worker for so long (60).")  # fmt: skip
@click.option("--partition", metavar="MB", type=click.FloatRange(min=0, min_open=True), default=32,
              help="Megabytes of text per file that a cluster writes (32).")  # fmt: skip
@click.option("--fail-if-empty", is_flag=True, help="Exit with status 3 if the table has no row.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto",
              help="Colour the table; auto follows NO_COLOR.")  # fmt: skip
@click.option(
    "-v", "--verbose", is_flag=True, help="Tell the encoding of every source and what was found in it."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
              help="Show the version and that of the lexicon.")  # fmt: skip
def command(paths: tuple[str, ...], verbose: bool, quiet: bool, debug: bool, **options: Any) -> int:
    """Figures of Chinese newspaper and government prose as a tidy table.

    PATHS are texts and documents (web pages, Word, PDF, EPUB, Excel, Markdown, subtitles), folders of them or -
    for standard input. Without an output
    option the table is shown on the terminal, or written as CSV where standard output is a pipe or a file.
    """
    if options["listed"]:
        from extractor.cli.inspection import show_list

        form = options["shown"] or ("table" if request.terminal() else "csv")
        show_list(options["listed"], words(), form, color=inputs.color(options["color"]))
        return 0
    if not paths and options["files_from"] is None:
        raise click.UsageError("Name at least one file or folder, or - for standard input.")
    job = Job(
        paths=paths_of(paths, options["files_from"]),
        destinations=destinations_of(options),
        tell=inputs.teller(verbose=verbose, quiet=quiet),
        verbose=verbose,
        encoding=options["encoding"],
        glob=options["glob"],
        exclude=options["exclude"],
        layout=layout_of(options),
        choice=choice_of(options),
        sort=options["sort"],
        limit=options["limit"],
        aggregate=aggregate_of(options),
        excel=options["excel"],
        debug=debug,
        lexicon=options["lexicon"],
        weights=options["weights"],
        fields=fields_of(options),
        jobs=options["jobs"],
        resume=options["resume"],
        checks=options["strict_checks"],
        date=options["date"],
        color=inputs.color(options["color"]),
        review=review_of(options),
        pick=pick_of(options),
        verify=options["verify"],
        conversion=inputs.conversion(options["unit_system"], options["rates"]),
    )
    for doubt in doubts_of(options):
        job.tell("word", doubt)
    if options["cluster"]:
        outcome = _on_cluster(job, options)
        return _closing(outcome, job, fail_if_empty=options["fail_if_empty"], strict=False)
    if not quiet and sys.stderr.isatty() and not _shows_rows(job):
        job.watch = lambda found: _watch(found, job)
    if options["text"]:
        from extractor.cli.inspection import show_texts

        return 1 if show_texts(job) else 0
    if options["explain"]:
        return _explain(job, options)
    outcome = run(job)
    return _closing(outcome, job, fail_if_empty=options["fail_if_empty"], strict=options["strict_checks"])


def _explain(job: Job, options: dict[str, Any]) -> int:
    """Show what every numeral was taken for; the exit status."""
    from extractor.cli.inspection import show_explanations

    if any(one.target != "-" for one in job.destinations) or options["shown"] not in (None, "table", "jsonl"):
        raise click.UsageError("--explain shows no table; use it alone, or with -f jsonl.")
    return 1 if show_explanations(job, lines=options["shown"] == "jsonl") else 0


def _on_cluster(job: Job, options: dict[str, Any]) -> Outcome:
    """The job done by a Dask cluster, which writes a folder of Parquet files."""
    names = [destination.format.name for destination in job.destinations]
    if job.weights:
        raise click.UsageError("--weights does not go with --cluster; its workers have no such file.")
    if job.conversion:
        raise click.UsageError(
            "--cluster gives base values in metric units; leave --unit-system and --rates."
        )
    if names != ["parquet"] or job.destinations[0].target == "-" or job.sort or job.aggregate or job.limit:
        raise click.UsageError("--cluster writes --parquet FOLDER and nothing else, unsorted and whole.")
    from extractor.cli.cluster import on_cluster

    return on_cluster(
        job,
        options["cluster"],
        partition_bytes=int(options["partition"] * 1e6),
        patience=options["cluster_wait"],
    )


def _shows_rows(job: Job) -> bool:
    """Whether rows run over the terminal while the work goes on, where a bar would be in the way."""
    return request.terminal() and any(destination.target == "-" for destination in job.destinations)


def _watch(found: Iterator[Source | SourceError], job: Job) -> Iterator[Source | SourceError]:
    from extractor.engine.progress import watched

    return watched(found, lambda: find(job.paths, glob=job.glob, exclude=job.exclude))


def _closing(outcome: Outcome, job: Job, *, fail_if_empty: bool, strict: bool) -> int:
    """Say how it went; the exit status."""
    if outcome.pipe_closed:
        return 0
    if not outcome.sources and not outcome.failures:
        job.tell("word", "no texts found; folders are searched for texts and documents")
    if passed := outcome.passed_over():
        job.tell("word", passed + ("" if job.verbose else "; -v names them"))
    failed = f", {outcome.failures} could not be read" if outcome.failures else ""
    cut = job.limit is not None and job.aggregate is None and outcome.chosen > job.limit
    job.tell("word", outcome.sentence() + failed + (f"; written: the first {job.limit}" if cut else ""))
    if job.checks or any(destination.content == "checks" for destination in job.destinations):
        job.tell("word", outcome.checked())
    tell_reckoning(outcome, job)
    if any(destination.content in ("facts", "conflicts") for destination in job.destinations):
        job.tell("word", outcome.gathered())
    if "place_code" in job.layout.columns or any(one.content == "places" for one in job.destinations):
        from extractor.facts.places import library

        if not library():
            job.tell(
                "word", "places have no codes; install with: python -m pip install 'extract-figures[places]'"
            )
    if outcome.failures:
        return 1
    if strict and outcome.disagreements:
        return 4
    return 3 if fail_if_empty and not outcome.chosen else 0


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command ``extract``: run, and end the process with the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    guard()
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # Arrow's own allocator keeps 15 MB more
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, _stop)
    try:
        status = command.main(arguments, prog_name="extract", standalone_mode=False)
    except click.ClickException as error:
        show(error)
        status = error.exit_code
    except OutputError as error:
        say(f"extract: {error}")
        status = 1
    except Stopped as error:
        say(f"extract: stopped, {error}")
        status = 130
    except click.Abort:
        told = "the same command goes on from here" if "--resume" in arguments else "nothing was written"
        say(f"extract: stopped, {told}")
        status = 130
    except Exception as error:
        if "--debug" in arguments:
            raise
        many = isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)
        say(
            "extract: too many open files; allow more (ulimit -n 256), or use -j 1; nothing was written"
            if many
            else f"extract: unexpected {type(error).__name__}: {error}; a bug, --debug shows the traceback"
        )
        status = 1
    sys.exit(status)


def _stop(number: int, frame: object) -> NoReturn:
    """End on a signal as an exception does, so that temporary files are removed."""
    sys.exit(128 + number)
