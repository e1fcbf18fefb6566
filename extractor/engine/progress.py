"""A progress bar on standard error, for work that takes longer than a moment.

rich is imported when the bar first shows, so short work pays nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator

from extractor.sources.files import Source, SourceError

Found = Source | SourceError

PATIENCE = 1.0
"""Seconds of work before a bar shows."""


def watched(found: Iterator[Found], again: Callable[[], Iterable[Found]]) -> Iterator[Found]:
    """The same sources, with a bar for the work done between one and the next.

    ``again`` finds the sources once more, to count them and their bytes; it is called when the bar shows.
    """
    began = time.monotonic()
    done = 0
    for count, one in enumerate(found):
        if time.monotonic() - began > PATIENCE:
            yield from _with_bar(one, found, again, done, count)
            return
        yield one
        done += _size(one)


def _with_bar(
    first: Found, rest: Iterator[Found], again: Callable[[], Iterable[Found]], done: int, count: int
) -> Iterator[Found]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    sizes = [_size(one) for one in again()]
    columns = (
        TextColumn("{task.fields[count]:,}/{task.fields[all]:,} texts"),
        BarColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=sum(sizes), completed=done, count=count, all=len(sizes))
        one: Found | None = first
        while one is not None:
            yield one
            count += 1
            progress.update(task, advance=_size(one), count=count)
            one = next(rest, None)


def _size(found: Found) -> int:
    try:
        return os.path.getsize(found.path) if isinstance(found, Source) else 0
    except OSError:
        return 0
