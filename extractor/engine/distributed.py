"""More than one machine: extraction on a Dask cluster, into a folder of Parquet files.

The sources are dealt into partitions, each of which a worker reads, examines and writes as one file,
``part-00000.parquet`` and so on: the texts never pass through the machine that asked. The files in the order
of their names hold the same rows as a local run. A file is written beside its place and moved there, and
carries a digest of everything it depends on (the texts, their names, the rules, the choice), so a run that
was interrupted, or a task that is done twice because its worker died, finds what is done and writes nothing
twice.

Workers must see the paths under the same names: a shared file system, or the URLs of an object store
(``s3://``, ``gs://`` …, through fsspec). Needs ``extractor[dask]``.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import posixpath
import re
import stat
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from extractor.engine.job import Outcome
from extractor.engine.partitions import PARTITION_BYTES, as_source, fetched, file_digest, find_all, partitions
from extractor.engine.task import BATCH, Task, rules_digest
from extractor.sources.corpora import Fields, expand
from extractor.sources.encodings import Decoded
from extractor.sources.files import Source, SourceError
from extractor.table.choice import Choice
from extractor.table.columns import FIGURES, Layout
from extractor.writers import by_name

if TYPE_CHECKING:
    from dask.bag import Bag
    from distributed import Client, Future

MANIFEST = "_extract.json"
"""The list of the files of the last run that was finished, for readers and for the next run."""
FACTS = "extract"
"""The key under which a file tells, in its metadata, what it depends on and what was found."""
COUNTED = ("sources", "articles", "figures", "chosen", "rejections", "failures")

_PART = re.compile(r"part-[0-9]{5,}\.parquet")
_TEMPORARY = re.compile(r"\.(?:part-[0-9]{5,}\.parquet|_extract\.json)\.[0-9a-f]{32}\.tmp")


@dataclass(frozen=True, slots=True)
class Plan:
    """What every partition has in common; it travels to the workers."""

    out: str
    encoding: str | None = None
    lexicon: Sequence[str] = ()
    fields: Fields = field(default_factory=Fields)
    choice: Choice = field(default_factory=Choice)
    layout: Layout = FIGURES

    def settings(self) -> str:
        """What the rows depend on besides the texts, as text; the same in every process."""
        choice = self.choice
        # Sets are printed in an order of their own in every process.
        kept = [sorted(choice.kinds), sorted(choice.units), sorted(choice.qualifiers)]
        rest = [choice.item and choice.item.pattern, choice.smallest, choice.largest, repr(choice.where)]
        layout = [
            self.layout.columns,
            dict(self.layout.labels),
            {k: dict(v) for k, v in self.layout.words.items()},
        ]
        return repr([rules_digest(tuple(self.lexicon)), self.encoding, self.fields, kept, rest, layout])


@dataclass(frozen=True, slots=True)
class Part:
    """What became of a partition: its file, the counts, the errors in one line each, and whether the file was
    there already."""

    name: str
    counts: Mapping[str, int]
    errors: tuple[str, ...] = ()
    kept: bool = False


def extract(
    paths_or_bag: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | Bag,
    client: Client,
    out: str | os.PathLike[str] = "figures.parquet",
    *,
    encoding: str | None = None,
    lexicon: Sequence[str] = (),
    fields: Fields | None = None,
    choice: Choice | None = None,
    layout: Layout = FIGURES,
    glob: Sequence[str] = (),
    exclude: Sequence[str] = (),
    partition_bytes: int = PARTITION_BYTES,
    tell: Callable[[str], None] = lambda words: None,
) -> Outcome:
    """The figures of many sources, computed by the workers of ``client``, as Parquet files in a folder.

    ``paths_or_bag`` is what the command line takes (paths, folders, patterns, corpora), or a ``dask.bag.Bag``
    whose elements are texts, pairs of a name and a text, or records with the fields of ``fields``. Errors are
    passed to ``tell``, one line each, and counted in the outcome; they cost the others nothing. A second call
    with the same arguments goes on where the first was interrupted. Raises ``OSError`` where the folder
    ``out`` cannot be written.
    """
    plan = Plan(os.fspath(out), encoding, tuple(lexicon), fields or Fields(), choice or Choice(), layout)
    _Folder(plan.out).make()
    outcome = Outcome()
    done: list[Part] = []
    if hasattr(paths_or_bag, "to_delayed"):
        waiting = (
            (f"partition {index}", client.compute(_delayed(plan, index, part)))
            for index, part in enumerate(paths_or_bag.to_delayed())
        )
    else:
        paths = [paths_or_bag] if isinstance(paths_or_bag, str | os.PathLike) else paths_or_bag
        found = _without_errors(find_all(paths, glob, exclude), outcome, tell)
        waiting = (
            (sources[0].name, client.submit(_write_sources, plan, index, sources, pure=False))
            for index, sources in enumerate(partitions(found, partition_bytes))
        )
    for name, future in _finished(waiting, 4 * max(1, sum(client.nthreads().values()))):
        _take(name, future, outcome, done, tell)
    _tidy(plan, done)
    return outcome


def _finished(waiting: Iterator[tuple[str, Future]], ahead: int) -> Iterator[tuple[str, Future]]:
    """The futures as they finish. No more than ``ahead`` are under way: a million partitions need not wait in
    the memory of the scheduler.
    """
    from distributed import as_completed

    names: dict[Future, str] = {}
    running = as_completed()
    for name, future in itertools.islice(waiting, ahead):
        names[future] = name
        running.add(future)
    try:
        for future in running:
            yield names.pop(future), future
            for name, following in itertools.islice(waiting, 1):
                names[following] = name
                running.add(following)
    finally:
        for future in names:
            future.cancel()


def _take(name: str, future: Future, outcome: Outcome, done: list[Part], tell: Callable[[str], None]) -> None:
    """Add up what became of a partition. One whose workers die again and again is an error of its own."""
    from distributed.scheduler import KilledWorker

    try:
        part = future.result()
    except KilledWorker as error:
        outcome.failures += 1
        tell(
            f"{name}: and what is with it in a partition was given up, its workers died ({error}); "
            "make partitions smaller, or give the workers more memory"
        )
        return
    future.release()
    done.append(part)
    for key, number in part.counts.items():
        setattr(outcome, key, getattr(outcome, key) + number)
    for words in part.errors:
        tell(words)


def _without_errors(
    found: Iterable[Source | SourceError], outcome: Outcome, tell: Callable[[str], None]
) -> Iterator[Source]:
    for one in found:
        if isinstance(one, Source):
            yield one
        else:
            outcome.failures += not one.skipped
            tell(str(one))


def _write_sources(plan: Plan, index: int, sources: Sequence[Source]) -> Part:
    """On a worker: write the partition of some files, unless it is there already."""
    digest = hashlib.sha256(plan.settings().encode())
    for source in sources:
        digest.update(b"\0" + source.name.encode("utf-8", "surrogatepass") + b"\0")
        try:
            digest.update(file_digest(source.path))
        except OSError as error:
            digest.update(str(error).encode())
    found = expand(map(fetched, sources), plan.fields, plan.encoding)
    return _write(plan, index, digest.hexdigest(), found)


def _write_bag(plan: Plan, index: int, elements: Iterable[Any]) -> Part:
    """On a worker: write the partition of some elements of a bag."""
    digest = hashlib.sha256(plan.settings().encode())
    found = [
        as_source(index, number, element, plan.fields) for number, element in enumerate(elements, start=1)
    ]
    for one in found:
        content = (
            one.content.text if isinstance(one, Source) and isinstance(one.content, Decoded) else str(one)
        )
        digest.update(b"\0".join(part.encode("utf-8", "surrogatepass") for part in (one.name, content, "")))
    return _write(plan, index, digest.hexdigest(), found)


def _delayed(plan: Plan, index: int, part: Any) -> Any:
    import dask

    return dask.delayed(_write_bag, pure=False)(plan, index, part)


def _write(plan: Plan, index: int, digest: str, found: Iterable[Source | SourceError]) -> Part:
    """On a worker: examine what was found and write its rows as one file, unless that is there already."""
    folder = _Folder(plan.out)
    name = f"part-{index:05}.parquet"
    facts = folder.facts(name)
    if facts.get("digest") == digest:
        return Part(name, facts["counts"], tuple(facts["errors"]), kept=True)
    task = Task(plan.encoding, plan.lexicon, plan.choice)
    outcome = Outcome()
    errors = []
    with folder.writing(name) as output:
        writer = by_name("parquet").writer()(output, plan.layout)
        for one in found:
            result = task.perform(one) if isinstance(one, Source) else one
            if isinstance(result, SourceError):
                errors.append(str(result))
                outcome.failures += not result.skipped
                continue
            outcome.count(result)
            document = result.document
            assert document is not None
            figures = plan.choice.chosen(document.figures)
            for start in range(0, len(figures), BATCH):
                writer.write(plan.layout.rows(figures[start : start + BATCH]))
        counts = {key: getattr(outcome, key) for key in COUNTED}
        writer.annotate({FACTS: json.dumps({"digest": digest, "counts": counts, "errors": errors})})
        writer.finish()
    return Part(name, counts, tuple(errors))


def _tidy(plan: Plan, done: Sequence[Part]) -> None:
    """Write the list of the files, and remove what earlier runs left: parts that are no more, files half
    written by workers that died.
    """
    folder = _Folder(plan.out)
    if not done:
        _write(plan, 0, "", [])
        done = [Part("part-00000.parquet", {})]
    names = sorted(part.name for part in done)
    folder.tidy(names)
    with folder.writing(MANIFEST) as output:
        output.stream().write(json.dumps({"files": names}, indent=1).encode() + b"\n")


class _Folder:
    """The folder of the result, on a file system or in an object store."""

    def __init__(self, out: str) -> None:
        self._system: Any = None
        self._root = out
        if "://" in out:
            import fsspec
            from fsspec.implementations.local import LocalFileSystem

            system, self._root = fsspec.core.url_to_fs(out)
            # file:// is a folder as any other, where files are moved into place.
            self._system = None if isinstance(system, LocalFileSystem) else system

    def make(self) -> None:
        """Make the folder. Raises ``OSError``."""
        if self._system is None:
            os.makedirs(self._root, exist_ok=True)
        else:
            self._system.makedirs(self._root, exist_ok=True)

    def facts(self, name: str) -> dict[str, Any]:
        """What a part of ours tells of itself; nothing if there is none, or somebody else may have put it there."""
        import pyarrow
        import pyarrow.parquet

        try:
            if self._system is None and not self._own(self._path(name)):
                return {}
            with self._open(self._path(name), "rb") as stream:
                metadata = pyarrow.parquet.read_metadata(stream).metadata or {}
            facts = json.loads(metadata.get(FACTS.encode(), b"{}"))
        except (OSError, ValueError, RecursionError, pyarrow.ArrowException):
            return {}
        return facts if _are_facts(facts) else {}

    def _own(self, path: str) -> bool:
        """Whether a file is one that only this user, or the owner of the folder, can have written."""
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or sys.platform == "win32":
            return stat.S_ISREG(status.st_mode)
        return status.st_uid in (os.geteuid(), os.stat(self._root).st_uid) and not status.st_mode & 0o002

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[_Place]:
        """A file that is there whole when the block ends well, and not at all when it does not.

        An object store shows an object when its writing is closed; a file is moved into place.
        """
        target = self._path(name)
        path = target if self._system else self._path(f".{name}.{uuid.uuid4().hex}.tmp")
        stream = self._open(path, "wb")
        try:
            yield _Place(path, target, stream)
            if self._system is None:
                stream.flush()
                os.fsync(stream.fileno())
            stream.close()
        except BaseException:
            if self._system is None:
                stream.close()
                os.unlink(path)
            elif hasattr(stream, "discard"):
                stream.discard()
            raise
        if self._system is None:
            os.replace(path, target)

    def tidy(self, names: Sequence[str]) -> None:
        """Remove our files that are not of ``names``; only what carries our mark or our way of naming."""
        paths = os.listdir(self._root) if self._system is None else self._system.ls(self._root, detail=False)
        for name in map(posixpath.basename, paths):
            stale = _PART.fullmatch(name) and name not in names and self.facts(name)
            if stale or _TEMPORARY.fullmatch(name):
                with contextlib.suppress(OSError):
                    os.unlink(self._path(name)) if self._system is None else self._system.rm(self._path(name))

    def _path(self, name: str) -> str:
        return os.path.join(self._root, name) if self._system is None else f"{self._root}/{name}"

    def _open(self, path: str, mode: str) -> Any:
        return open(path, mode) if self._system is None else self._system.open(path, mode)


def _are_facts(facts: Any) -> bool:
    """Whether this is what ``_write`` noted in a part."""
    if not isinstance(facts, dict) or not isinstance(facts.get("digest"), str):
        return False
    counts, errors = facts.get("counts"), facts.get("errors")
    return (
        isinstance(counts, dict)
        and sorted(counts) == sorted(COUNTED)
        and all(type(number) is int and number >= 0 for number in counts.values())
        and isinstance(errors, list)
        and all(isinstance(error, str) for error in errors)
    )


@dataclass(slots=True)
class _Place:
    """The output of a writer, see ``extractor.writers.base.Output``."""

    path: str
    target: str
    _stream: BinaryIO

    def stream(self) -> BinaryIO:
        return self._stream
