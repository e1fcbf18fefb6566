"""What the options ask for: the paths, the destinations, the layout, the choice, the sums.

A wrong combination is a ``UsageError``, in one line with what would be right.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from extractor.cli.shared import kinds, words
from extractor.engine.job import Destination
from extractor.engine.task import GATHERED, Content
from extractor.table.choice import Choice
from extractor.table.columns import FIGURES, Layout
from extractor.table.summary import Aggregate, Pivot, Summary, ValuePivot
from extractor.writers import FORMATS, Format, MissingLibrary, by_suffix

if TYPE_CHECKING:
    from extractor.sources.corpora import Fields

CHECKS = Format("checks", (), "the arithmetic checks to read on the terminal", "checks")
"""How ``--checks -`` looks on a terminal. It shows nothing else, hence it is not in ``FORMATS``."""


def fields_of(options: dict[str, Any]) -> Fields:
    """Where records have their text. With a text field standard input is JSON Lines."""
    from extractor.sources.corpora import Fields

    name = options["text_field"]
    return Fields(
        name or "text", options["id_field"], named=name is not None,
        date=options["date_field"], title=options["title_field"], keep=_kept(options),
    )  # fmt: skip


def _kept(options: dict[str, Any]) -> tuple[str, ...]:
    """The fields of ``--keep``, each once."""
    names = (name.strip() for value in options["keep"] for name in value.split(","))
    return tuple(dict.fromkeys(filter(None, names)))


def paths_of(paths: Sequence[str], list_file: str | None) -> list[str]:
    """The paths of the command line and those of ``--files-from``."""
    if list_file is None:
        return list(paths)
    if list_file == "-" and "-" in paths:
        raise click.UsageError("Standard input holds either a text or the list of --files-from.")
    with click.open_file(list_file, "rb") as stream:
        listed = stream.read()
    names = listed.split(b"\0") if b"\0" in listed else listed.splitlines()
    return [*paths, *(os.fsdecode(name) for name in names if name)]


def destinations_of(options: dict[str, Any]) -> list[Destination]:
    """What is to be written where. Raises ``UsageError`` where two would write to the same place."""
    chosen = [
        Destination(format, options[name])
        for name, format in FORMATS.items()
        if options.get(name) is not None
    ]
    for target in options["outputs"]:
        format = by_suffix(target)
        if format is None:
            suffixes = ", ".join(suffix for known in FORMATS.values() for suffix in known.suffixes)
            raise click.UsageError(f"--output {target}: unknown suffix; there are {suffixes}.")
        chosen.append(Destination(format, target))
    if options["shown"] is not None:
        chosen.append(Destination(FORMATS[options["shown"]], "-"))
    if options["rejected"] is not None:
        target = options["rejected"]
        chosen.append(Destination(by_suffix(target) or FORMATS["csv"], target, "rejections"))
    if options["checks"] is not None:
        target = options["checks"]
        readable = CHECKS if target == "-" and terminal() else FORMATS["csv"]
        chosen.append(Destination(by_suffix(target) or readable, target, "checks"))
    contents: tuple[Content, ...] = ("facts", "conflicts", "places")
    for content in contents:
        if (target := options.get(content)) is not None:
            format = by_suffix(target) or FORMATS["table" if target == "-" and terminal() else "csv"]
            chosen.append(Destination(format, target, content))
    tables = [destination for destination in chosen if destination.content == "figures"]
    if not tables and all(destination.target != "-" for destination in chosen):
        chosen.insert(0, Destination(FORMATS["table" if terminal() else "csv"], "-"))
    if options["excel"] and all(destination.format.name != "csv" for destination in chosen):
        raise click.UsageError("--excel is about CSV; use it with --csv FILE, or write --xlsx FILE.")
    if options["resume"] and all(destination.target == "-" for destination in chosen):
        raise click.UsageError("--resume needs an output file, beside which it keeps its journal.")
    if options["limit"] and options["sort"] and any(one.format.name == "html" for one in chosen):
        raise click.UsageError("A report sorts by itself; use --limit with --html without --sort.")
    _check_targets([destination.target for destination in chosen])
    for destination in chosen:
        _check_format(destination.format, destination, options)
    return chosen


def _check_targets(targets: Sequence[str]) -> None:
    places = [target if target == "-" else os.path.realpath(target) for target in targets]
    for target, place in zip(targets, places, strict=True):
        if places.count(place) > 1 and place != os.devnull:
            raise click.UsageError(
                f"Two outputs to {'standard output' if target == '-' else target}; give each its own."
            )


def _check_format(format: Format, destination: Destination, options: dict[str, Any]) -> None:
    if format.file_only and destination.content == "rejections":
        raise click.UsageError(f"--rejected cannot be {format.name}; name a .csv, .tsv, .jsonl or .md file.")
    if format.file_only and destination.content in GATHERED:
        raise click.UsageError(
            f"--{destination.content} cannot be {format.name}; name a .csv, .tsv, .jsonl, .md or .xlsx file."
        )
    if format.file_only and destination.content == "checks":
        raise click.UsageError(f"--checks cannot be {format.name}; name a .csv, .tsv, .jsonl or .md file.")
    if format.file_only and (options["summary"] or options["pivot"]):
        raise click.UsageError(f"A summary cannot be {format.name}; name another format.")
    if format.file_only and destination.target == "-":
        raise click.UsageError(f"--{format.name} needs a file, it cannot go to standard output.")
    if format.binary and destination.target == "-" and terminal():
        raise click.UsageError(f"{format.name} cannot be shown on a terminal; name a file, or pipe it.")
    try:
        format.writer()
    except MissingLibrary as error:
        raise click.UsageError(str(error)) from error


def layout_of(options: dict[str, Any]) -> Layout:
    layout = FIGURES
    if options["columns"]:
        if len(set(options["columns"])) < len(options["columns"]):
            raise click.UsageError("--columns names a column twice.")
        from extractor.facts.columns import EXTRA

        extra = {name: EXTRA[name] for name in options["columns"] if name in EXTRA}
        layout = replace(layout, columns=tuple(options["columns"]), computed=extra)
    if options["headers"] == "zh":
        from extractor.table.headers import chinese

        layout = chinese(layout, words())
    return replace(layout, header=not options["no_header"], kept=_kept(options))


def choice_of(options: dict[str, Any]) -> Choice:
    return Choice(
        kinds=frozenset(kind for value in options["kinds"] for kind in value),
        units=frozenset(_units(options)),
        qualifiers=frozenset(qualifier for value in options["qualifiers"] for qualifier in value),
        item=options["item"],
        subject=options["subject"],
        smallest=options["smallest"],
        largest=options["largest"],
        confidence=options["confidence"],
        where=options["where"],
    )


def _units(options: dict[str, Any]) -> list[str]:
    units = (unit.strip() for value in options["units"] for unit in value.replace("，", ",").split(","))
    return [unit for unit in units if unit]


def doubts_of(options: dict[str, Any]) -> list[str]:
    """What is asked for and no row can have, a sentence each."""
    from extractor.table.vocabulary import doubtful

    told = [f"--unit: {doubt}" for unit in _units(options) if (doubt := doubtful("unit", unit, words()))]
    where = options["where"]
    return told + [f"--where: {doubt}" for doubt in (where.warnings if where else ())]


def aggregate_of(options: dict[str, Any]) -> Aggregate | None:
    if options["summary"] and options["pivot"]:
        raise click.UsageError("Use either --summary or --pivot.")
    context = click.get_current_context(silent=True)
    asked = context is None or context.get_parameter_source("columns") is not ParameterSource.DEFAULT_MAP
    if (options["summary"] or options["pivot"]) and ((options["columns"] and asked) or options["sort"]):
        raise click.UsageError("--columns and --sort are about figures, not about a summary.")
    if options["summary"]:
        return Summary(kinds())
    if options["pivot_value"] != "count":
        if not options["pivot"]:
            raise click.UsageError("--value says what the cells of --pivot hold; name its two columns.")
        down, across = options["pivot"]
        return ValuePivot(down, across, options["pivot_value"])
    return Pivot(*options["pivot"]) if options["pivot"] else None


def terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()
