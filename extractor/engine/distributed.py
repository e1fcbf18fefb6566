"""More than one machine: extraction on a Dask cluster, into a folder of Parquet files.

The sources are dealt into partitions, each of which a worker reads, examines and writes as one file,
``part-00000.parquet`` and so on: the texts never pass through the machine that asked. The files in the order
of their names hold the same rows as a local run. A file is written beside its place and moved there, and
carries a digest of everything it depends on (the texts, their names, the rules, the choice), so a run that
was interrupted, or a task that is done twice because its worker died, finds what is done and writes nothing
twice.

Workers must see the paths under the same names: a shared file system, or the URLs of an object store
(``s3://``, ``gs://`` …, through fsspec). Needs ``extract-figures[dask]``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractor.engine.job import Outcome
from extractor.engine.partitions import PARTITION_BYTES, as_source, fetched, file_digest, find_all, partitions
from extractor.engine.parts import COUNTED, FACTS, MANIFEST, Folder
from extractor.engine.task import BATCH, Task, rules_digest
from extractor.engine.waiting import PATIENCE, Finished, finished
from extractor.sources.corpora import Fields, expand
from extractor.sources.encodings import Decoded
from extractor.sources.files import Source, SourceError
from extractor.table.choice import Choice
from extractor.table.columns import FIGURES, Layout
from extractor.writers import by_name

if TYPE_CHECKING:
    from dask.bag import Bag
    from distributed import Client


@dataclass(frozen=True, slots=True)
class Plan:
    """What every partition has in common; it travels to the workers."""

    out: str
    encoding: str | None = None
    lexicon: Sequence[str] = ()
    fields: Fields = field(default_factory=Fields)
    choice: Choice = field(default_factory=Choice)
    layout: Layout = FIGURES
    date: str = ""

    def settings(self) -> str:
        """What the rows depend on besides the texts, as text; the same in every process."""
        choice = self.choice
        # Sets are printed in an order of their own in every process.
        kept = [sorted(choice.kinds), sorted(choice.units), sorted(choice.qualifiers)]
        patterns = [pattern and pattern.pattern for pattern in (choice.item, choice.subject)]
        rest = [*patterns, choice.smallest, choice.largest, choice.confidence, repr(choice.where)]
        layout = [
            self.layout.columns,
            dict(self.layout.labels),
            {k: dict(v) for k, v in self.layout.words.items()},
        ]
        return repr(
            [rules_digest(tuple(self.lexicon)), self.encoding, self.fields, kept, rest, layout, self.date]
        )


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
    patience: float = PATIENCE,
    date: str = "",
) -> Outcome:
    """The figures of many sources, computed by the workers of ``client``, as Parquet files in a folder.

    ``paths_or_bag`` is what the command line takes (paths, folders, patterns, corpora), or a ``dask.bag.Bag``
    whose elements are texts, pairs of a name and a text, or records with the fields of ``fields``. Errors are
    passed to ``tell``, one line each, and counted in the outcome; they cost the others nothing. A second call
    with the same arguments goes on where the first was interrupted. ``date`` is when sources were published
    that do not tell it. Raises ``OSError`` where the folder
    ``out`` cannot be written, ``ClusterLost`` where no worker is there for ``patience`` seconds, or the
    scheduler is gone.
    """
    plan = Plan(
        os.fspath(out), encoding, tuple(lexicon), fields or Fields(), choice or Choice(), layout, date
    )
    Folder(plan.out).make()
    outcome = Outcome()
    done: list[Part] = []
    if hasattr(paths_or_bag, "to_delayed"):
        waiting = (
            (f"partition {index}", client.compute(_delayed(plan, index, part)))
            for index, part in enumerate(paths_or_bag.to_delayed())
        )
    else:
        paths = [paths_or_bag] if isinstance(paths_or_bag, str | os.PathLike) else paths_or_bag
        found = _without_errors(find_all(paths, glob, exclude, outcome.pass_over), outcome, tell)
        waiting = (
            (sources[0].name, client.submit(_write_sources, plan, index, sources, pure=False))
            for index, sources in enumerate(partitions(found, partition_bytes))
        )
    for name, future in finished(waiting, client, patience):
        _take(name, future, outcome, done, tell)
    _tidy(plan, done)
    return outcome


def _take(
    name: str, future: Finished, outcome: Outcome, done: list[Part], tell: Callable[[str], None]
) -> None:
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
    folder = Folder(plan.out)
    name = f"part-{index:05}.parquet"
    facts = folder.facts(name)
    if facts.get("digest") == digest:
        return Part(name, facts["counts"], tuple(facts["errors"]), kept=True)
    task = Task(plan.encoding, plan.lexicon, plan.choice, date=plan.date)
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
                writer.write(plan.layout.rows(figures[start : start + BATCH], result.decoded.kept))
        counts = {key: getattr(outcome, key) for key in COUNTED}
        writer.annotate({FACTS: json.dumps({"digest": digest, "counts": counts, "errors": errors})})
        writer.finish()
    return Part(name, counts, tuple(errors))


def _tidy(plan: Plan, done: Sequence[Part]) -> None:
    """Write the list of the files, and remove what earlier runs left: parts that are no more, files half
    written by workers that died.
    """
    folder = Folder(plan.out)
    if not done:
        _write(plan, 0, "", [])
        done = [Part("part-00000.parquet", {})]
    names = sorted(part.name for part in done)
    folder.tidy(names)
    with folder.writing(MANIFEST) as output:
        output.stream().write(json.dumps({"files": names}, indent=1).encode() + b"\n")
