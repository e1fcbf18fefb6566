"""What the command line shows in place of a table: what the tool knows, and why a numeral was taken for what.

Everything goes to standard output; a reader that closes the pipe early is no error.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from extractor.engine.job import Job
from extractor.engine.standard import StandardOutput
from extractor.lexicon.words import Lexicon
from extractor.matching import compiled
from extractor.sources.documents import dated
from extractor.sources.encodings import Decoded
from extractor.sources.files import SourceError, find, read
from extractor.writers import FORMATS

_CHINESE = compiled("[\u4e00-\u9fff]")
_SUFFIX = compiled(r"\.[A-Za-z][A-Za-z0-9]{0,6}$")


def show_list(name: str, lexicon: Lexicon, format: str, *, color: bool) -> None:
    """The kinds, units or rules as a table. ``OSError`` if it cannot be written."""
    from extractor.cli.listing import LISTS

    layout, rows = LISTS[name]
    output = StandardOutput(plain=FORMATS[format].rowwise)
    try:
        writer = FORMATS[format].writer()(output, layout, color=color)
        writer.write(rows(lexicon))
        writer.finish()
        output.commit()
    except BrokenPipeError:
        output.silence()


def show_explanations(job: Job, *, lines: bool) -> int:
    """Every numeral of the job's texts with what it was taken for; how many inputs could not be read.

    A path that names no file and looks like a text is taken as the text itself, see ``is_text``. ``lines``
    gives JSON Lines.
    """
    from extractor.cli.explained import render
    from extractor.context import own_weights
    from extractor.lexicon.user import load
    from extractor.trace import explain

    words = load(job.lexicon) if job.lexicon else None
    fitted = own_weights.load(job.weights) if job.weights else None
    failures = 0
    output = StandardOutput(plain=lines)
    try:
        for found in _texts(job):
            if isinstance(found, SourceError):
                job.tell("word" if found.skipped else "error", str(found))
                failures += not found.skipped
                continue
            name, decoded = found
            day = dated.of_source(decoded.document, name) or job.date
            explanations = explain(decoded.text, name, words, decoded.document, day, fitted)
            if lines:
                shown = "".join(json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in explanations)
            else:
                shown = render(explanations, color=bool(job.color))
            output.stream().write(shown.encode())
        output.commit()
    except BrokenPipeError:
        output.silence()
    return failures


def show_texts(job: Job) -> int:
    """The text of every source as it was read, to which all offsets refer; how many inputs could not be read."""
    failures = 0
    output = StandardOutput(plain=True)
    try:
        for found in _texts(job):
            if isinstance(found, SourceError):
                job.tell("word" if found.skipped else "error", str(found))
                failures += not found.skipped
                continue
            output.stream().write(found[1].text.encode("utf-8", "replace"))
        output.commit()
    except BrokenPipeError:
        output.silence()
    return failures


def _texts(job: Job) -> Iterator[tuple[str, Decoded] | SourceError]:
    """The name and the content of every source, or why it cannot be read."""
    from extractor.sources.corpora import expand

    for path in job.paths:
        if is_text(path):
            yield "-", Decoded(path, "utf-8")
            continue
        for found in expand(find([path], glob=job.glob, exclude=job.exclude), job.fields, job.encoding):
            if isinstance(found, SourceError):
                yield found
                continue
            try:
                yield found.name, read(found, job.encoding)
            except SourceError as error:
                yield error


def is_text(path: str) -> bool:
    """Whether an argument is a text: it holds Chinese characters, and no file has or could have that name.

    >>> is_text("投资18.5亿元"), is_text("简报.txt"), is_text("目录/简报")
    (True, False, False)
    """
    if not _CHINESE.search(path) or "/" in path or _SUFFIX.search(path):
        return False
    return not os.path.lexists(path)
