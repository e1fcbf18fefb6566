"""``extract learn REVIEW…``: the words that a review teaches, as a file of ``--lexicon``, and weights fitted to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import click

from extractor.cli.messages import say
from extractor.engine.atomic import AtomicFile, publish
from extractor.engine.job import count
from extractor.trust.records import Record, ReviewError, read_review

HEAD = """# Words proposed by `extract learn`. Look at each: a word of one page is no word of the language.
# Use the file with --lexicon; docs/lexicon.md tells the format.
"""

WEIGHTS_HEAD = """Written by `extract learn`: what is added to the weights of extract. Use the file with --weights.
Fitted to {rows} checked rows of {texts} texts; tried in {folds} parts, each on texts held out:
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
@click.option("--weights", metavar="FILE.toml", type=click.Path(path_type=str),
              help="Fit the weights to 200 checked rows or more; write them to FILE if they help on texts held out.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(reviews: tuple[str, ...], lexicon: str | None, weights: str | None, quiet: bool) -> int:
    """Propose words of your own from the corrections of a review, or fit the weights to them.

    Units, nouns of kinds, names that are no figures and indicators are tried on the sentences of the review, one by one. Those
    that mend more of its rows than they break are written as a file for --lexicon.

    With --weights the choice of item, action and subject is fitted to the checked rows, for the --weights of extract. It is
    tried on texts that it was not fitted on, and written only where it mends more than chance would.
    """
    for name, target in (("lexicon", lexicon), ("weights", weights)):
        if target is not None and os.path.lexists(target):
            end = " and put the two together by hand" if name == "lexicon" else ""
            raise click.UsageError(f"--{name} {target} is there already; name a new file{end}.")
    try:
        records = read_review(reviews)
    except ReviewError as error:
        raise click.UsageError(str(error)) from error
    tell = (lambda words: None) if quiet else (lambda words: say(f"extract learn: {words}"))
    if weights is not None:
        status = _weights(records, weights, tell)
        if status or lexicon is None:
            return status
    return _words(records, lexicon, tell)


def _words(records: Sequence[Record], target: str | None, tell: Callable[[str], None]) -> int:
    """Propose words; the exit status."""
    from extractor.trust.learning import propose

    found = propose(records)
    tell(f"{count(len(records), 'record')}, {count(len(found), 'word')} proposed")
    if not found:
        return 0
    text = HEAD + "".join(f"\n{one.toml()}\n" for one in found)
    if target is None:
        click.echo(text, nl=False)
        return 0
    return _written(target, text)


def _weights(records: Sequence[Record], target: str, tell: Callable[[str], None]) -> int:
    """Fit weights, say whether they help, and write them if they do; the exit status."""
    from extractor.context.own_weights import text_of
    from extractor.context.ranking import weights
    from extractor.trust.lessons import lessons
    from extractor.trust.refitting import FOLDS, ROWS, TEXTS, learnt, tried

    found = lessons(records)
    rows, texts = sum(len(one.truths) for one in found), len({one.document for one in found})
    if rows < ROWS or texts < TEXTS:
        raise click.UsageError(
            f"--weights needs {ROWS} checked rows of {TEXTS} texts or more, right or corrected, with their sentences; "
            f"there are {rows} of {texts}."
        )
    tell(
        f"{count(rows, 'checked row')} of {count(texts, 'text')}, each answered by weights fitted without its text:"
    )
    results = tried(found, weights())
    for one in results:
        tell(one.sentence())
    questions = [one.question for one in results if one.helps]
    if not questions:
        tell(f"no weights were written, for none would help; {target} is not there")
        return 0
    about = WEIGHTS_HEAD.format(rows=rows, texts=texts, folds=min(FOLDS, texts))
    about += "\n".join(one.sentence() for one in results)
    return _written(target, text_of(learnt(found, weights(), questions), about))


def _written(target: str, text: str) -> int:
    try:
        file = AtomicFile(target)
        file.stream().write(text.encode("utf-8", "replace"))
        publish([file])
    except OSError as error:
        say(f"extract learn: {target}: cannot be written ({(error.strerror or str(error)).lower()})")
        return 1
    return 0
