"""``--cluster``: the work is done by a Dask cluster, and whatever befalls that is told in one line."""

from __future__ import annotations

import contextlib
import logging

import click

from extractor.engine.job import Job, Outcome, OutputError, Stopped


def on_cluster(job: Job, address: str, *, partition_bytes: int, patience: float) -> Outcome:
    """Do the job on the cluster whose scheduler is at ``address``. Raises ``OutputError`` and ``Stopped``."""
    try:
        from distributed import Client

        from extractor.engine import distributed
        from extractor.engine.waiting import ClusterLost
    except ImportError:
        hint = "install with: python -m pip install 'extract-figures[dask]'"
        raise click.UsageError(f"--cluster needs distributed; {hint}") from None
    out = job.destinations[0].target
    _hush()
    try:
        client = Client(address, timeout=patience)
    except (OSError, ValueError) as error:
        raise OutputError(f"{address}: no Dask scheduler there ({error})") from error
    try:
        return distributed.extract(
            job.paths, client, out,
            encoding=job.encoding, lexicon=job.lexicon, fields=job.fields, choice=job.choice,
            layout=job.layout, glob=job.glob, exclude=job.exclude,
            partition_bytes=partition_bytes, tell=lambda words: job.tell("error", words), patience=patience,
            date=job.date,
        )  # fmt: skip
    except ClusterLost as error:
        remedy = f"start one with: dask worker {address}" if "worker" in str(error) else "start it again"
        raise OutputError(f"{address}: {error}, {remedy}; {_there(out)}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{out}: cannot be written ({reason})") from error
    except KeyboardInterrupt:
        raise Stopped(_there(out)) from None
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=2)


def _there(out: str) -> str:
    """What is in the folder already."""
    from extractor.engine.parts import Folder

    parts = Folder(out).parts()
    if not parts:
        return "nothing was written"
    named = parts[0] if len(parts) == 1 else f"{parts[0]} to {parts[-1]}"
    number = f"{len(parts)} part is" if len(parts) == 1 else f"{len(parts)} parts are"
    return f"{number} in {out} ({named}), the same command goes on from there"


def _hush() -> None:
    """Keep Dask's own messages, which come with tracebacks, from standard error."""
    for name in ("distributed", "tornado", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
