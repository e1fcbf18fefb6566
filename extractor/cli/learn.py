"""``extract learn REVIEW…``: the words that a review teaches, as a file of ``--lexicon``."""

from __future__ import annotations

import os

import click

from extractor.cli.messages import say
from extractor.engine.atomic import AtomicFile, publish
from extractor.engine.job import count
from extractor.trust.records import ReviewError, read_review

HEAD = """# Words proposed by `extract learn`. Look at each: a word of one page is no word of the language.
# Use the file with --lexicon; docs/lexicon.md tells the format.
"""


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument(
    "reviews",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=str),
    metavar="REVIEW.jsonl...",
)
@click.option("--lexicon", metavar="FILE.toml", type=click.Path(path_type=str),
              help="Write the words to FILE, which must not exist, in place of standard output.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(reviews: tuple[str, ...], lexicon: str | None, quiet: bool) -> int:
    """Propose words of your own from the corrections of a review.

    Units, nouns of kinds, names that are no figures and indicators are tried on the sentences of the review, one by one. Those
    that mend more of its rows than they break are written as a file for --lexicon.
    """
    if lexicon is not None and os.path.lexists(lexicon):
        raise click.UsageError(
            f"--lexicon {lexicon} is there already; name a new file and put the two together by hand."
        )
    try:
        records = read_review(reviews)
    except ReviewError as error:
        raise click.UsageError(str(error)) from error
    from extractor.trust.learning import propose

    found = propose(records)
    if not quiet:
        say(f"extract learn: {count(len(records), 'record')}, {count(len(found), 'word')} proposed")
    if not found:
        return 0
    text = HEAD + "".join(f"\n{one.toml()}\n" for one in found)
    if lexicon is None:
        click.echo(text, nl=False)
        return 0
    try:
        file = AtomicFile(lexicon)
        file.stream().write(text.encode("utf-8", "replace"))
        publish([file])
    except OSError as error:
        say(f"extract learn: {lexicon}: cannot be written ({(error.strerror or str(error)).lower()})")
        return 1
    return 0
