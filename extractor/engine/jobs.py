"""Work on many sources in several processes, with the results in the order of the sources.

Sources go out in batches of about equal size, one batch to a process at a time, and a few finished batches
may wait for their turn: memory does not grow with the number of sources, and a slow reader of the results
slows the work down. A process that dies (out of memory, say) is replaced; what it was at is tried again
one by one, and a source that kills its process twice is an error as any other.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from extractor.engine.task import Finding, Task
from extractor.sources.files import STDIN, Source, SourceError, raw

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Found = Source | SourceError
Result = Finding | SourceError

BATCH_BYTES = 256 << 10
"""Bytes of text in a batch: enough to make the way there and back cheap, few enough to share fairly."""
BATCH_SOURCES = 200
MUCH = 1 << 20
"""Bytes of text from which several processes pay; less is done sooner than they would have started."""
AHEAD = 6
"""Batches per process that may be under way or wait for their turn."""


def cores() -> int:
    """The processors that this process may use."""
    with contextlib.suppress(AttributeError, OSError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def decide(found: Iterable[Found], wish: int | None) -> tuple[int, Iterator[Found]]:
    """How many processes to use, and the sources. Without a wish all processors are used for much work.

    >>> decide([Source("a.txt", "no/such/a.txt")], None)[0]
    1
    """
    if wish is not None:
        return max(1, wish), iter(found)
    number = cores()
    rest = iter(found)
    if number == 1:
        return 1, rest
    seen: list[Found] = []
    size = 0
    for one in rest:
        seen.append(one)
        size += one.size() if isinstance(one, Source) else 0
        if size >= MUCH or len(seen) >= 10 * BATCH_SOURCES:
            return number, itertools.chain(seen, rest)
    return 1, iter(seen)


def work(found: Iterable[Found], task: Task, jobs: int = 1) -> Generator[Result, None, None]:
    """What was found in every source, in their order; errors that come with the sources keep their place.

    With more than one job the task's ``here`` must be off, and documents come back as chunks or packed.
    Close the iterator to stop early; the processes end with it.
    """
    if jobs == 1:
        for one in found:
            yield one if isinstance(one, SourceError) else task.perform(one)
        return
    task = replace(task, here=False)
    task.warm()
    pool = _Pool(task, jobs)
    try:
        yield from pool.results(_batches(found))
    finally:
        pool.close()


@dataclass(slots=True)
class _Slot:
    """A batch on its way: the result of each of its sources, ``None`` for what is still to come."""

    results: list[Result | None]

    def ready(self) -> bool:
        return all(result is not None for result in self.results)


@dataclass(slots=True)
class _Unit:
    """Work for one process: sources of a slot, and their places there."""

    slot: _Slot
    places: list[int]
    sources: list[Source]
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    unit: _Unit | None = None


@dataclass(slots=True)
class _Pool:
    task: Task
    jobs: int
    workers: list[_Worker] = field(default_factory=list)
    again: deque[_Unit] = field(default_factory=deque)

    def results(self, batches: Iterator[list[Found]]) -> Iterator[Result]:
        """The results of all batches, in order."""
        waiting: deque[_Slot] = deque()
        fresh = self._units(batches, waiting)
        exhausted = False
        while True:
            while not exhausted and len(waiting) < AHEAD * self.jobs and (worker := self._idle()):
                unit = self.again.popleft() if self.again else next(fresh, None)
                if unit is None:
                    exhausted = True
                else:
                    self._give(worker, unit)
            while self.again and (worker := self._idle()):
                self._give(worker, self.again.popleft())
            while waiting and waiting[0].ready():
                for result in waiting.popleft().results:
                    assert result is not None
                    yield result
            if waiting and not waiting[0].ready():
                self._collect()
            elif exhausted and not waiting:
                return

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()

    def _units(self, batches: Iterator[list[Found]], waiting: deque[_Slot]) -> Iterator[_Unit]:
        for batch in batches:
            slot = _Slot([one if isinstance(one, SourceError) else None for one in batch])
            waiting.append(slot)
            places = [place for place, one in enumerate(batch) if isinstance(one, Source)]
            if places:
                yield _Unit(slot, places, [one for one in batch if isinstance(one, Source)])

    def _idle(self) -> _Worker | None:
        """A process without work; a new one as long as there are fewer than wanted."""
        for worker in self.workers:
            if worker.unit is None:
                return worker
        return self._start() if len(self.workers) < self.jobs else None

    def _start(self) -> _Worker:
        import multiprocessing  # only for several processes

        # Forked processes share the rules and words that are loaded already. Elsewhere than on Linux forking
        # is unsafe or impossible.
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        ours, theirs = context.Pipe()
        others = [ours, *(worker.pipe for worker in self.workers)] if sys.platform == "linux" else []
        task = self.task if sys.platform == "linux" else replace(self.task, examine=None)
        process = context.Process(target=_serve, args=(theirs, task, others), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _give(self, worker: _Worker, unit: _Unit) -> None:
        worker.unit = unit
        # A process that has just died is met by _collect, which gives its work to another one.
        with contextlib.suppress(OSError):
            worker.pipe.send(unit.sources)

    def _collect(self) -> None:
        """Wait for some process, and take in what it has done."""
        from multiprocessing.connection import wait

        busy = {worker.pipe: worker for worker in self.workers if worker.unit}
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]
            unit = worker.unit
            assert unit is not None
            try:
                results = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker, unit)
                continue
            worker.unit = None
            if isinstance(results, BaseException):
                raise results
            for place, result in zip(unit.places, results, strict=True):
                unit.slot.results[place] = result

    def _bury(self, worker: _Worker, unit: _Unit) -> None:
        """A process has died: its sources are tried again one by one, a single one twice."""
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        single = len(unit.sources) == 1
        if single and unit.tries:
            unit.slot.results[unit.places[0]] = SourceError(
                unit.sources[0].name,
                f"the process that examined it died twice ({_end(worker.process.exitcode)}); "
                "split it, leave it out, or give the machine more memory",
            )
            return
        for place, source in zip(unit.places, unit.sources, strict=True):
            self.again.append(_Unit(unit.slot, [place], [source], tries=unit.tries + single))


def _end(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"status {code}"


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """The sources in batches of about ``BATCH_BYTES``. Standard input is read here: others have none."""
    batch: list[Found] = []
    size = 0
    for one in found:
        if isinstance(one, Source) and one.path == STDIN and one.content is None:
            try:
                one = replace(one, content=raw(one))
            except SourceError as error:
                one = error
        batch.append(one)
        size += one.size() if isinstance(one, Source) else 0
        if size >= BATCH_BYTES or len(batch) >= BATCH_SOURCES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _serve(pipe: Connection, task: Task, others: list[Connection]) -> None:
    """The life of a process: take sources, send back what was found, until the other end closes."""
    # Ctrl-C goes to all processes of the terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        # Inherited ends of the parent: as long as one is open here, nobody learns that the parent has died.
        other.close()
    while True:
        try:
            sources: list[Source] = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: list[Result] | BaseException = [task.perform(source) for source in sources]
        except Exception as error:
            answer = error
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionError):
            return
