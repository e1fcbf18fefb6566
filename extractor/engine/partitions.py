"""Sources dealt into partitions: found by path or URL, cut into parts of like size, fetched where they are needed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.sources import records
from extractor.sources.corpora import Fields, is_corpus
from extractor.sources.files import SUFFIXES, Passed, Source, SourceError, find, read_error

PARTITION_BYTES = 32 << 20
"""Bytes of text in a partition: some seconds of work, and some ten megabytes of Parquet."""
PARTITION_SOURCES = 10_000


def find_all(
    paths: Iterable[str | os.PathLike[str]],
    glob: Sequence[str],
    exclude: Sequence[str],
    passed: Passed = lambda path, reason: None,
) -> Iterator[Source | SourceError]:
    """The sources behind paths and URLs; a URL may be a pattern, or a folder that ends in ``/``, of which corpora and
    tables are left out: none is read at a URL.
    """
    for place in paths:
        path = os.fspath(place)
        if "://" not in path:
            yield from find([path], glob=glob, exclude=exclude, passed=passed)
            continue
        import fsspec

        system, inner = fsspec.core.url_to_fs(path)
        if path.endswith("/"):
            inside = sorted(system.find(inner))
            names = [one for one in inside if one.lower().endswith(SUFFIXES) and not is_corpus(one)]
        else:
            names = sorted(system.glob(inner)) if "*" in inner else [inner]
        for name in names:
            url = system.unstrip_protocol(name)
            yield Source(url, url)


def partitions(found: Iterable[Source], size: int) -> Iterator[list[Source]]:
    """The sources in partitions of about ``size`` bytes; a corpus, which is many texts, has its own."""
    part: list[Source] = []
    filled = 0
    for one in found:
        alone = is_corpus(one.path)
        if part and (alone or filled >= size or len(part) >= PARTITION_SOURCES):
            yield part
            part, filled = [], 0
        part.append(one)
        filled += one.size() if "://" not in one.path else size // 100
        if alone:
            yield part
            part, filled = [], 0
    if part:
        yield part


def as_source(index: int, number: int, element: Any, fields: Fields) -> Source | SourceError:
    """An element of a bag as a source: a text, a pair of a name and a text, or a record."""
    name = f"{index:05}#{number}"
    told: list[Any] = []
    if isinstance(element, Mapping):
        name = str(element.get(fields.id, name)) if fields.id else name
        text = element.get(fields.text)
        told = [element.get(field) if field else None for field in fields.besides]
    elif isinstance(element, str):
        text = element
    else:
        name, text = element
    if not isinstance(text, str):
        return SourceError(name, f"no text in its field {fields.text!r}")
    return Source(name, name, records.decoded(text, "utf-8", told))


def fetched(source: Source) -> Source | SourceError:
    """A source whose bytes are here, where it is named by a URL."""
    if "://" not in source.path:
        return source
    if is_corpus(source.path):
        return SourceError(source.name, "a corpus or archive at a URL; read it with dask.bag, or mount it")
    import fsspec

    try:
        with fsspec.open(source.path, "rb") as stream:
            return replace(source, content=stream.read())
    except OSError as error:
        return read_error(source.name, error)


def file_digest(path: str) -> bytes:
    """The SHA-256 of a file, or of an object and the time at which it was changed, as its store tells it."""
    if "://" in path:
        import fsspec

        system, inner = fsspec.core.url_to_fs(path)
        return hashlib.sha256(str(system.ukey(inner)).encode()).digest()
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
