"""Waiting for a Dask cluster, as long as there is hope: a cluster without workers, or without its scheduler, is told."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 60.0
"""Seconds to wait for a scheduler or a worker."""
LOOK = 1.0
"""Seconds between two looks at the cluster."""
PAUSE = 0.02
AHEAD = 4
"""Partitions per thread that may be under way: a million need not wait in the memory of the scheduler."""


class ClusterLost(Exception):
    """Nobody is there to do the work; one clause that says who is missing."""


def finished(
    waiting: Iterator[tuple[str, Future]], client: Client, patience: float = PATIENCE
) -> Iterator[tuple[str, Finished]]:
    """The named futures as they finish, a few of them under way at a time. Raises ``ClusterLost``."""
    from distributed import as_completed

    ahead = AHEAD * max(1, _threads(client, patience))
    names: dict[Future, str] = {}
    running = as_completed()

    def more(number: int) -> None:
        for name, future in itertools.islice(waiting, number):
            names[future] = name
            running.add(future)

    try:
        more(ahead)
        hope = _Hope(client, patience)
        while names:
            if not running.has_ready():
                hope.check()
                time.sleep(PAUSE)
                continue
            hope.renew()
            for future in running.next_batch(block=False):
                yield names.pop(future), Finished(future, hope)
                more(1)
    finally:
        if names and client.status == "running":
            with contextlib.suppress(Exception):
                client.cancel(list(names), force=True)


class Finished:
    """A future that has finished; its result may still be lost with its worker, and be made anew."""

    def __init__(self, future: Future, hope: _Hope) -> None:
        self._future = future
        self._hope = hope

    def result(self) -> Any:
        """What came out of it. Raises what was raised there, and ``ClusterLost``."""
        from concurrent.futures import CancelledError

        from distributed.comm.core import CommClosedError

        while True:
            try:
                return self._future.result(timeout=LOOK)
            except TimeoutError:
                if self._future.status == "error":
                    raise
                self._hope.check()
            except (CancelledError, CommClosedError) as error:
                raise ClusterLost("the scheduler is gone") from error

    def release(self) -> None:
        """Let go of it."""
        self._future.release()


class _Hope:
    """Whether the work can still be done. A partition may take as long as it likes, if only a worker is there."""

    def __init__(self, client: Client, patience: float) -> None:
        self._client = client
        self._patience = patience
        self.renew()

    def renew(self) -> None:
        """Something was done."""
        self._seen = self._looked = time.monotonic()

    def check(self) -> None:
        """Look at the cluster now and then. Raises ``ClusterLost``."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        self._looked = now
        if self._client.status in ("closing", "closed"):
            raise ClusterLost("the scheduler is gone")
        with contextlib.suppress(Exception):  # whatever a connection that breaks gives
            if self._client.nthreads():
                self._seen = time.monotonic()
        if time.monotonic() - self._seen > self._patience:
            raise ClusterLost(f"no worker is there for {self._patience:g} seconds")


def _threads(client: Client, patience: float) -> int:
    """How many threads the workers have, once the first of them is there."""
    try:
        client.wait_for_workers(1, timeout=patience)
        return sum(client.nthreads().values())
    except (TimeoutError, OSError) as error:  # OSError: the connection to the scheduler
        if client.status in ("closing", "closed"):
            raise ClusterLost("the scheduler is gone") from error
        raise ClusterLost(f"no worker has joined for {patience:g} seconds") from error
