"""Options of the command line that belong together, put on the command by a decorator each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractor.cli.options import Expression, Quantity, Regex, Word, Words
from extractor.table import vocabulary
from extractor.table.summary import VALUES
from extractor.writers import FORMATS

if TYPE_CHECKING:
    from extractor.lexicon.words import Lexicon


Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def kinds() -> Sequence[str]:
    return words().kinds.names


def words() -> Lexicon:
    """The lexicon of this call: with the words of ``--lexicon``, which is read before the other options."""
    context = click.get_current_context(silent=True)
    files = context.meta.get("extractor.lexicon", ()) if context else ()
    if files:
        from extractor.lexicon.user import load

        return load(files)
    from extractor.lexicon.words import lexicon

    return lexicon()


def _values(column: str) -> Callable[[], Mapping[str, str]]:
    """The values of a column by all their names, for an option."""
    return lambda: vocabulary.values(column, words())


def all_columns() -> Mapping[str, str]:
    """The columns by all their names, and those that are made on demand."""
    from extractor.facts.columns import EXTRA

    chinese = words().data["headers"]["columns"]
    return {**vocabulary.columns(), **{key: name for name in EXTRA for key in (name, chinese[name])}}


def format_options(command: Decorated, *, tables: bool = False) -> Decorated:
    """One option per format of the registry; ``tables``: only of those that can hold any table."""
    for format in reversed(FORMATS.values()):
        if format.suffixes and not (tables and format.file_only):
            where = "FILE" if format.file_only else "FILE or -"
            command = click.option(
                f"--{format.name}",
                metavar="FILE",
                type=click.Path(allow_dash=not format.file_only, path_type=str),
                help=f"Write {format.summary} to {where}.",
            )(command)
    return command


def choice_options(command: Decorated) -> Decorated:
    """The options that choose rows and columns."""
    options = (
        click.option(
            "--kind", "kinds", multiple=True, type=Words(_values("kind")), metavar="KIND,…", help="Keep kinds."
        ),
        click.option("--unit", "units", multiple=True, metavar="UNIT,…", help="Keep units."),
        click.option(
            "--qualifier", "qualifiers", multiple=True, type=Words(_values("qualifier")), metavar="QUALIFIER,…",
            help="Keep qualifiers (exact, about, over, …).",
        ),
        click.option("--item", type=Regex(), metavar="REGEX", help="Keep items that match."),
        click.option("--subject", type=Regex(), metavar="REGEX", help="Keep subjects that match."),
        click.option(
            "--min", "smallest", type=Quantity(words), metavar="N", help="Keep values of N (1亿, or 100公顷 in any unit of area) and more."
        ),
        click.option("--max", "largest", type=Quantity(words), metavar="N", help="Keep values of N (or 3万亩) and less."),
        click.option(
            "--min-confidence", "confidence", type=click.FloatRange(0, 1), metavar="N",
            help="Keep rows with a confidence of N (0 to 1) and more.",
        ),
        click.option(
            "--where", type=Expression(words), metavar="EXPR",
            help="Keep rows of which EXPR is true: kind == 'money' and value > 1亿.",
        ),
        click.option(
            "--columns", type=Words(all_columns), metavar="NAME,…",
            help="Write these columns, in this order; on demand: value_zh, province, city, county, township, village, place_code.",
        ),
        click.option(
            "--sort", type=Words(vocabulary.columns, signs="-"), default="", metavar="NAME,…",
            help="Sort by columns; -NAME sorts downwards.",
        ),
        click.option(
            "--limit", type=click.IntRange(min=1), metavar="N", help="Write the first N rows, after sorting."
        ),
        click.option("--no-header", is_flag=True, help="Write no header line."),
        click.option(
            "--headers", type=click.Choice(["en", "zh"]), default="en",
            help="Language of the headers and of kinds, qualifiers and reasons.",
        ),
        click.option("--summary", is_flag=True, help="Write one row per kind and unit instead."),
        click.option(
            "--pivot", nargs=2, type=Word(vocabulary.columns), metavar="ROWS COLUMNS",
            help="Write how many figures there are per value of two columns.",
        ),
        click.option(
            "--value", "pivot_value", type=click.Choice(VALUES), default="count",
            help="What --pivot writes: how many, or per unit the sum, the largest or the median.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command
