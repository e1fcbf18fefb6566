"""``extract series``: how an indicator moves, by place or subject and period."""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import Any

import click

from extractor.cli import inputs
from extractor.cli.options import Expression, Regex
from extractor.cli.request import destinations_of, fields_of, layout_of, paths_of, terminal
from extractor.cli.shared import format_options, words
from extractor.engine.job import Destination, Job, Outcome, OutputError, count
from extractor.engine.run import run
from extractor.facts.given import TableError, is_table, read_table
from extractor.facts.periods import SPANS
from extractor.facts.series import Series
from extractor.table.choice import Choice
from extractor.writers import FORMATS

EPILOG = (
    "Exit status: 0 done, 1 an input or output failed (the rest is done), 2 wrong options, 3 nothing found."
)
_FORMATS = sorted(name for name, format in FORMATS.items() if not format.file_only)
_COLUMNS = 80  # of bars that go elsewhere than to a terminal
_UNUSED: dict[str, Any] = {
    "rejected": None,
    "checks": None,
    "resume": False,
    "summary": False,
    "pivot": None,
    "pivot_value": "count",
    "columns": [],
    "limit": None,
    "sort": "",
    "keep": (),
    "date_field": None,
    "title_field": None,
}
"""What ``extract`` asks and this command does not."""


@click.command(
    epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.argument("paths", nargs=-1, metavar="PATHS...", type=click.Path(path_type=str, allow_dash=True))
@click.option("--item", required=True, metavar="ITEM", help="The item, or words of it: 可支配收入, GDP.")
@click.option("--subject", type=Regex(), metavar="REGEX", help="Keep places and subjects that match.")
@click.option("--where", type=Expression(words), metavar="EXPR",
              help="Keep figures of which EXPR is true, as for extract.")  # fmt: skip
@click.option("--min-confidence", "confidence", type=click.FloatRange(0, 1), metavar="N",
              help="Keep figures with a confidence of N (0 to 1) and more.")  # fmt: skip
@click.option("--every", type=click.Choice(SPANS), help="Keep periods of this length only.")
@click.option("--unit", metavar="UNIT", help="Write values in UNIT; else in the one most used.")
@click.option("--long/--wide", default=True, help="A row per cell with its source, or a column per period.")
@click.option("--exact", is_flag=True, help="Join no synonyms: the item as it is written, and no other.")
@click.option("--plot", metavar="FILE", type=click.Path(path_type=str),
              help="Draw the levels to a .png or .svg file; - draws bars on the terminal.")  # fmt: skip
@partial(format_options, tables=True)
@click.option(
    "-o", "--output", "outputs", multiple=True, metavar="FILE", type=click.Path(path_type=str),
    help="Write to FILE in the format of its suffix.",
)  # fmt: skip
@click.option(
    "-f", "--format", "shown", type=click.Choice(_FORMATS), help="Write to standard output in this format."
)
@click.option("--excel", is_flag=True, help="Make CSV open correctly by double click in Excel and WPS.")
@click.option("--headers", type=click.Choice(["en", "zh"]), default="en", help="Language of the headers.")
@click.option("--no-header", is_flag=True, help="Write no header line.")
@inputs.input_options
def command(paths: tuple[str, ...], item: str, quiet: bool, debug: bool, **options: Any) -> int:
    """How an indicator moves: one item by place or subject and period, in one unit.

    PATHS are texts and folders, as for extract, or tables that it wrote as CSV. Items of one meaning are joined
    (GDP and 地区生产总值), levels, changes and plans are rows of their own, a gap is empty, and what
    articles disagree about is marked.
    """
    if not paths and options["files_from"] is None:
        raise click.UsageError("Name at least one file or folder, or - for standard input.")
    options = {**_UNUSED, **options}
    if options["plot"]:
        _check_plot(options["plot"])
    series = Series(
        item,
        wide=not options["long"],
        exact=options["exact"],
        unit=options["unit"] or "",
        every=options["every"] or "",
    )
    choice = Choice(confidence=options["confidence"], where=options["where"])
    names = paths_of(paths, options["files_from"])
    tables = [name for name in names if is_table(name)]
    tell = inputs.teller(verbose=False, quiet=quiet)
    for name in tables:
        _add_table(series, name, choice)
    series.subject = options["subject"]
    destinations = _destinations(options)
    series.sources = any(one.format.name != "table" for one in destinations)
    job = Job(
        paths=[name for name in names if name not in tables],
        destinations=destinations,
        tell=tell,
        encoding=options["encoding"],
        glob=options["glob"],
        exclude=options["exclude"],
        layout=layout_of(options),
        choice=choice,
        aggregate=series,
        excel=options["excel"],
        debug=debug,
        lexicon=options["lexicon"],
        weights=options["weights"],
        fields=fields_of(options),
        jobs=options["jobs"],
        color=inputs.color("auto"),
    )
    outcome = run(job)
    if options["plot"] and series.lines():
        _plot(series, options["plot"], job)
    return _closing(series, outcome, job, item)


def _add_table(series: Series, name: str, choice: Choice) -> None:
    try:
        series.add(choice.chosen(tuple(read_table(name))))
    except (TableError, OSError) as error:
        raise click.UsageError(f"{name} cannot be read: {error}") from error


def _destinations(options: dict[str, Any]) -> list[Destination]:
    """Where tables go. Bars on standard output take the place of the table that is shown where none is asked for."""
    if options["plot"] != "-":
        return destinations_of(options)
    if not any([options["shown"], *options["outputs"], *(options.get(name) for name in FORMATS)]):
        return [Destination(FORMATS["csv"], os.devnull)]
    found = destinations_of(options)
    if any(one.target == "-" for one in found):
        raise click.UsageError("Two outputs to standard output; give the table of --plot - a file.")
    return found


def _check_plot(target: str) -> None:
    from extractor.facts.plot import PlotError, check

    if target == "-":
        return
    try:
        check(target)
    except PlotError as error:
        raise click.UsageError(str(error)) from error


def _plot(series: Series, target: str, job: Job) -> None:
    from extractor.facts.plot import PlotError, draw, panels

    made, left = panels(series)
    if not made:
        job.tell("word", "nothing to draw")
        return
    if target == "-":
        from extractor.facts import bars

        columns = shutil.get_terminal_size((_COLUMNS, 24)).columns if terminal() else _COLUMNS
        click.echo(bars.draw(made, columns), nl=False)
    else:
        try:
            draw(made, target)
        except (PlotError, OSError) as error:
            raise OutputError(f"{target}: {error}") from error
    if left:
        drawn = "the plot" if target == "-" else target
        job.tell(
            "word",
            f"{drawn} leaves out {count(left, 'cell')}: changes, plans, other lengths of period, lone points",
        )


def _closing(series: Series, outcome: Outcome, job: Job, item: str) -> int:
    """Say how it went, above all what was joined and what is marked; the exit status."""
    lines = series.lines()
    for name, others in series.joined().items():
        job.tell("word", f"{name} joins {', '.join(others)}; --exact keeps them apart")
    if series.undated:
        job.tell("word", f"{count(series.undated, 'figure')} of no known day or place left out")
    marked = series.conflicts()
    told = f", {count(marked, 'cell')} with another value as well" if marked else ""
    cells = sum(map(len, lines.values()))
    job.tell("word", f"{count(cells, 'cell')} in {len(lines)} series of {item}{told}")
    if outcome.failures:
        return 1
    return 0 if lines or outcome.pipe_closed else 3
