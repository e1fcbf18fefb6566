"""Corpora: files that hold many texts, JSON Lines, CSV, TSV and Parquet, and ZIP archives of texts.

``expand`` stands between ``sources.find`` and the rest: a source that is one text passes through, a corpus
becomes one source per record, named ``corpus.jsonl#ID`` after its identifier or, without one, the number of
the record from 1; a member of an archive is named ``texts.zip/folder/a.txt``. Records are read one at a time
as streams. A record that cannot be read is a ``SourceError`` in its place and costs the others nothing.
"""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from extractor.sources import compressed, kinds_of_file, records
from extractor.sources.compressed import CompressedError
from extractor.sources.documents import sheets
from extractor.sources.documents.extracted import DocumentError, OwnTable
from extractor.sources.encodings import DecodingError, decode
from extractor.sources.files import STDIN, Source, SourceError, as_decoded, read_error, standard_input
from extractor.sources.files import SUFFIXES as TEXTS
from extractor.sources.records import Fields as Fields
from extractor.sources.rows import Odd, Row, comma_separated, tab_separated

LINES = (".jsonl", ".ndjson")
TABLES = (".csv", ".tsv", ".tab")
PARQUET = (".parquet",)
CORPORA = LINES + TABLES + PARQUET

PATIENCE = 20
"""Bad records of one corpus that are named one by one; the rest is counted."""
BATCH = 500
"""Records of a Parquet file that are decoded at once."""


def expand(
    found: Iterable[Source | SourceError], fields: Fields | None = None, encoding: str | None = None
) -> Iterator[Source | SourceError]:
    """The sources, with every corpus and archive replaced by its texts.

    >>> list(expand([Source("a.txt", "a.txt")]))
    [Source(name='a.txt', path='a.txt')]
    """
    fields = fields or Fields()
    for one in found:
        reader = None if isinstance(one, SourceError) else _reader(one, fields)
        if isinstance(one, SourceError) or reader is None:
            yield one
        else:
            yield from _patiently(one, reader(one, fields, encoding))


Reader = Callable[[Source, Fields, "str | None"], Iterator["Source | SourceError"]]


def _reader(source: Source, fields: Fields) -> Reader | None:
    if source.content is not None:
        return None
    if source.path == STDIN:
        return _stream if fields.named else None
    if compressed.suffix(source.path) == compressed.ZIP:
        return _archive
    return _stream if is_corpus(source.path) else None


def is_corpus(path: str) -> bool:
    """Whether a file holds many texts, to judge by its name.

    >>> is_corpus("a.jsonl.gz"), is_corpus("b.zip"), is_corpus("c.txt.gz")
    (True, True, False)
    """
    return compressed.suffix(path) == compressed.ZIP or compressed.bare(path).lower().endswith(CORPORA)


def _patiently(source: Source, records: Iterator[Source | SourceError]) -> Iterator[Source | SourceError]:
    """The records; after many bad ones the rest of those is counted, so a wrong file floods no screen."""
    bad = 0
    try:
        for record in records:
            if isinstance(record, SourceError) and not record.skipped:
                bad += 1
                if bad > PATIENCE:
                    continue
            yield record
    except OSError as error:
        yield read_error(source.name, error)
    except (CompressedError, DecodingError) as error:
        yield SourceError(source.name, str(error))
    except MemoryError:
        raise
    except Exception as error:  # one bad corpus never costs the others
        reason = f"could not be read ({type(error).__name__}: {error}); this is a bug, please report it"
        yield SourceError(source.name, reason)
    if bad > PATIENCE:
        yield SourceError(source.name, f"{bad - PATIENCE:,} more of its records could not be read")


def _archive(source: Source, fields: Fields, encoding: str | None) -> Iterator[Source | SourceError]:
    """The texts and corpora of a ZIP archive, in the order of the archive."""
    for member in compressed.members(source.path):
        name = f"{source.name}/{member.name}"
        base = os.path.basename(member.name).lower()
        if base.startswith(".") or not base.endswith(TEXTS + CORPORA):
            continue
        try:
            with member.opened() as stream:
                if base.endswith(TEXTS) and not base.endswith(CORPORA):
                    yield Source(name, source.path, compressed.bounded(stream))
                else:
                    yield from _records(Source(name, source.path), base, stream, fields, encoding)
        except (CompressedError, DecodingError) as error:
            yield SourceError(name, str(error))


def _stream(source: Source, fields: Fields, encoding: str | None) -> Iterator[Source | SourceError]:
    """The records of a corpus in a file of its own, or of JSON Lines on standard input."""
    if source.path == STDIN:
        yield from _json_lines(source, standard_input(), fields, encoding)
        return
    with compressed.opened(source.path) as stream:
        yield from _records(source, compressed.bare(source.path).lower(), stream, fields, encoding)


def _records(
    source: Source, name: str, stream: BinaryIO, fields: Fields, encoding: str | None
) -> Iterator[Source | SourceError]:
    if name.endswith(PARQUET):
        return _parquet(source, stream, fields)
    if name.endswith(LINES):
        return _json_lines(source, stream, fields, encoding)
    return _table(source, stream, fields, encoding, "," if name.endswith(".csv") else "\t")


def _json_lines(
    source: Source, stream: BinaryIO, fields: Fields, encoding: str | None
) -> Iterator[Source | SourceError]:
    """One object per line. Lines are decoded one by one, so a broken one is one bad record."""
    import json

    encoding, lines = _lines(stream, encoding)
    first = True
    for number, line in enumerate(lines, start=1):
        line = line.removeprefix("\ufeff") if number == 1 else line
        if not line.strip():
            continue
        name = f"{source.name}#{number}"
        try:
            line.encode()
            record = json.loads(line)
        except UnicodeEncodeError:
            yield SourceError(name, f"not valid {encoding}; name another encoding with -e")
            continue
        except (ValueError, RecursionError) as error:
            yield SourceError(name, f"no JSON ({error}); one object per line is read")
            continue
        if not isinstance(record, dict):
            yield SourceError(name, "no JSON object; one object per line is read")
            continue
        missing = records.missing(fields, record)
        if missing:
            # The first record speaks for the file: a field that it lacks was most likely misspelt.
            yield SourceError(source.name if first else name, missing)
            if first:
                return
            continue
        first = False
        text, identifier = record[fields.text], record.get(fields.id or "")
        told = [record.get(name) if name else None for name in fields.besides]
        yield records.of(
            source, number, records.whole(identifier), records.whole(text), fields, encoding, told
        )


def _table(
    source: Source, stream: BinaryIO, fields: Fields, encoding: str | None, delimiter: str
) -> Iterator[Source | SourceError]:
    """CSV and TSV with a header; quoted fields of CSV may hold line breaks, which stay as they are."""
    encoding, lines = _lines(stream, encoding)
    rows = comma_separated(lines) if delimiter == "," else tab_separated(lines)
    _, header = next(rows, (0, None))
    if header is None:
        return
    if isinstance(header, Odd):
        yield SourceError(source.name, f"{header.reason} in its header; mend it")
        return
    header[0:1] = [name.removeprefix("\ufeff") for name in header[0:1]]
    if not fields.named and sheets.is_ours(header):
        yield SourceError(source.name, str(OwnTable()), skipped=True)
        return
    missing = records.missing(fields, header)
    if missing and not fields.named and fields.id is None:
        yield _as_document(source, header, rows, encoding)
        return
    if missing:
        yield SourceError(source.name, missing)
        return
    text_at = header.index(fields.text)
    id_at = header.index(fields.id) if fields.id else -1
    told_at = [header.index(name) if name else -1 for name in fields.besides]
    for number, (line, row) in enumerate(rows, start=1):
        if isinstance(row, Odd):
            yield SourceError(f"{source.name}#{number}", f"{row.reason} (line {line}); mend the row")
        elif len(row) <= max(text_at, id_at, *told_at):
            reason = f"fewer columns than the header (line {line}); mend the row"
            yield SourceError(f"{source.name}#{number}", reason)
        else:
            told = [row[at] if at >= 0 else None for at in told_at]
            identifier = row[id_at] if fields.id else None
            yield records.of(source, number, identifier, row[text_at], fields, encoding, told)


def _as_document(
    source: Source, header: list[str], rest: Iterator[Row], encoding: str
) -> Source | SourceError:
    """A table without a field of texts is a table of figures."""
    numbered: list[tuple[int, list[str]]] = [(1, header)]
    cells = 0
    for number, row in rest:
        if not isinstance(row, Odd):
            cells += len(row)
            if cells > sheets.CELLS:
                break
            numbered.append((number, row))
    try:
        document = sheets.of_rows(numbered)
        document.text.encode()
    except DocumentError as error:
        return SourceError(source.name, str(error))
    except UnicodeEncodeError:
        return SourceError(source.name, f"not valid {encoding}; name another encoding with -e")
    return Source(source.name, source.path, as_decoded(document))


def _parquet(source: Source, stream: BinaryIO, fields: Fields) -> Iterator[Source | SourceError]:
    """The rows of a Parquet file; only the two columns are decoded, a batch at a time."""
    if not stream.seekable() or isinstance(getattr(stream, "raw", None), compressed.Guard):
        raise CompressedError("Parquet inside a compressed file cannot be streamed; unpack it first")
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise CompressedError(
            "Parquet needs pyarrow; install with: python -m pip install 'extract-figures[parquet]'"
        ) from None
    try:
        file = pyarrow.parquet.ParquetFile(stream)
        missing = records.missing(fields, file.schema_arrow.names)
        if missing:
            yield SourceError(source.name, missing)
            return
        columns = list(dict.fromkeys(filter(None, (fields.text, fields.id, *fields.besides))))
        numbers = itertools.count(1)
        for batch in file.iter_batches(batch_size=BATCH, columns=columns, use_threads=False):
            texts = batch.column(fields.text)
            ids = batch.column(fields.id) if fields.id else None
            for i in range(batch.num_rows):
                identifier = ids[i].as_py() if ids is not None else None
                told = [batch.column(name)[i].as_py() if name else None for name in fields.besides]
                text = texts[i].as_py()
                yield records.of(source, next(numbers), identifier, text, fields, "utf-8", told)
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise CompressedError(f"no readable Parquet ({reason}); write it anew, or leave it out") from error


def _lines(stream: BinaryIO, encoding: str | None) -> tuple[str, Iterator[str]]:
    """The encoding of a stream and its lines, with their ends; bytes that are none become surrogates.

    The encoding is told from the beginning, cut at a line's end, since no character may be cut.
    """
    buffered = io.BufferedReader(_Raw(stream), compressed.BUFFER)
    kind = kinds_of_file.of_bytes(buffered.peek()[: kinds_of_file.HEAD])
    if kind is not None:
        raise DecodingError(kind.advice)
    if encoding is None:
        head = buffered.peek()
        whole = head[: head.rfind(b"\n") + 1] or head
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16"
        else:
            try:
                encoding = decode(whole).encoding
            except DecodingError:
                encoding = "utf-8"
    # newline="\n": only a line feed ends a line, so a lone CR or U+2028 in a text cannot cut a record.
    text = io.TextIOWrapper(buffered, encoding, errors=_errors(encoding), newline="\n")
    return encoding, _bounded(text)


def _errors(encoding: str) -> str:
    """How undecodable bytes are kept: as surrogates, which the codecs of wide characters cannot do."""
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    limit = compressed.LARGEST_TEXT
    while line := text.readline(limit):
        if len(line) >= limit:
            raise CompressedError(f"a line of more than {limit >> 20} million characters; make it several")
        yield line


class _Raw(io.RawIOBase):
    """Any stream of bytes as a raw one, so that it can be peeked into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
