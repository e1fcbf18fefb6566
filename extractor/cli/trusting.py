"""The options about trust: rows drawn or doubted, and reviews applied."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractor.cli.shared import kinds
from extractor.engine.job import Job, Outcome

if TYPE_CHECKING:
    from extractor.engine.picking import Pick
    from extractor.trust.review import Review

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def trust_options(command: Decorated) -> Decorated:
    """The options that check a table and correct it."""
    options = (
        click.option(
            "--sample", metavar="N", type=click.IntRange(min=1),
            help="Write N rows drawn by chance, to check; with --html a checking sheet.",
        ),
        click.option("--seed", metavar="S", type=int, default=1, help="Draw another sample (1)."),
        click.option(
            "--doubtful", is_flag=True, help="Write the fifth of the rows that a person should look at first."
        ),
        click.option(
            "--review", "reviews", multiple=True, metavar="FILE.jsonl",
            type=click.Path(exists=True, dir_okay=False, path_type=str),
            help="Apply the corrections of a review and tell the accuracy.",
        ),
        click.option(
            "--verify", is_flag=True, help="Read Chinese numerals again with cn2an and tell where it differs."
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def pick_of(options: dict[str, Any]) -> Pick | None:
    """What is to be picked of the table. Raises ``UsageError`` for what goes together with no pick."""
    if options["sample"] is None and not options["doubtful"]:
        return None
    if options["sample"] is not None and options["doubtful"]:
        raise click.UsageError("Use either --sample or --doubtful.")
    name = "--doubtful" if options["doubtful"] else "--sample"
    for other in ("summary", "pivot", "resume", "cluster"):
        if options[other]:
            raise click.UsageError(f"{name} picks rows of the whole table; --{other} does not go with it.")
    from extractor.engine.picking import Pick

    return Pick(options["sample"], options["seed"])


def review_of(options: dict[str, Any]) -> Review | None:
    """The review to apply. Raises ``UsageError`` for one that cannot be used."""
    for name in ("review", "verify"):
        for other in ("resume", "cluster"):
            if options["reviews" if name == "review" else name] and options[other]:
                raise click.UsageError(f"--{name} does not go with --{other}; run once more without it.")
    if not options["reviews"]:
        return None
    from extractor.trust.records import ReviewError, read_review
    from extractor.trust.review import Review

    try:
        return Review(read_review(options["reviews"], kinds()))
    except ReviewError as error:
        raise click.UsageError(f"--review {error}") from error


def tell_reckoning(outcome: Outcome, job: Job) -> None:
    """Say what a review came to."""
    if job.verify:
        job.tell("word", outcome.verified())
    if outcome.reckoning is None:
        return
    for warning in outcome.reckoning.warnings():
        job.tell("word", warning)
    for line in outcome.reckoning.lines():
        job.tell("word", line)
