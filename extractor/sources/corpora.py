"""Corpora: files that hold many texts, JSON Lines, CSV, TSV and Parquet, and ZIP archives of texts.

``expand`` stands between ``sources.find`` and the rest: a source that is one text passes through, a corpus
becomes one source per record, named ``corpus.jsonl#ID`` after its identifier or, without one, the number of
the record from 1; a member of an archive is named ``texts.zip/folder/a.txt``. Records are read one at a time
as streams. A record that cannot be read is a ``SourceError`` in its place and costs the others nothing.
"""

from __future__ import annotations

import io
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from extractor.sources import compressed, kinds_of_file
from extractor.sources.compressed import CompressedError
from extractor.sources.encodings import Decoded, DecodingError, decode
from extractor.sources.files import STDIN, Source, SourceError, read_error, standard_input
from extractor.sources.files import SUFFIXES as TEXTS
from extractor.sources.rows import Odd, comma_separated, tab_separated

LINES = (".jsonl", ".ndjson")
TABLES = (".csv", ".tsv", ".tab")
PARQUET = (".parquet",)
CORPORA = LINES + TABLES + PARQUET

PATIENCE = 20
"""Bad records of one corpus that are named one by one; the rest is counted."""
BATCH = 500
"""Records of a Parquet file that are decoded at once."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Where a record has its text and its identifier. ``named`` tells that the user named the text field."""

    text: str = "text"
    id: str | None = None
    named: bool = False


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
                if base.endswith(TEXTS):
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
        missing = _missing(fields, record)
        if missing:
            # The first record speaks for the file: a field that it lacks was most likely misspelt.
            yield SourceError(source.name if first else name, missing)
            if first:
                return
            continue
        first = False
        text, identifier = record[fields.text], record.get(fields.id or "")
        yield _record(source, number, _whole(identifier), _whole(text), fields, encoding)


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
    missing = _missing(fields, header)
    if missing:
        yield SourceError(source.name, missing)
        return
    text_at = header.index(fields.text)
    id_at = header.index(fields.id) if fields.id else -1
    for number, (line, row) in enumerate(rows, start=1):
        if isinstance(row, Odd):
            yield SourceError(f"{source.name}#{number}", f"{row.reason} (line {line}); mend the row")
        elif len(row) <= max(text_at, id_at):
            reason = f"fewer columns than the header (line {line}); mend the row"
            yield SourceError(f"{source.name}#{number}", reason)
        else:
            yield _record(source, number, row[id_at] if fields.id else None, row[text_at], fields, encoding)


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
        missing = _missing(fields, file.schema_arrow.names)
        if missing:
            yield SourceError(source.name, missing)
            return
        columns = [fields.text, *([fields.id] if fields.id else [])]
        numbers = itertools.count(1)
        for batch in file.iter_batches(batch_size=BATCH, columns=columns, use_threads=False):
            texts = batch.column(fields.text)
            ids = batch.column(fields.id) if fields.id else None
            for i in range(batch.num_rows):
                identifier = ids[i].as_py() if ids is not None else None
                yield _record(source, next(numbers), identifier, texts[i].as_py(), fields, "utf-8")
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise CompressedError(f"no readable Parquet ({reason}); write it anew, or leave it out") from error


def _missing(fields: Fields, names: Iterable[str]) -> str:
    """What is wrong with the names of the fields, "" if nothing is."""
    names = list(names)
    for option, name in (("--text-field", fields.text), ("--id-field", fields.id)):
        if name is not None and name not in names:
            shown = ", ".join(map(str, names[:12])) + (", …" if len(names) > 12 else "")
            return f"no field {name!r}; name one of {shown} with {option}"
    return ""


def _record(
    source: Source, number: int, identifier: Any, text: Any, fields: Fields, encoding: str
) -> Source | SourceError:
    """A record as a source; a text of ``None`` is an empty one."""
    name = f"{source.name}#{number if identifier is None or identifier == '' else identifier}"
    name = name.replace("\n", "\\n")
    if text is None:
        text = ""
    if not isinstance(text, str):
        return SourceError(name, f"its field {fields.text!r} is no text; name another with --text-field")
    try:
        name.encode()
        text.encode()
    except UnicodeEncodeError:
        return SourceError(f"{source.name}#{number}", f"not valid {encoding}; name another encoding with -e")
    return Source(name, source.path, Decoded(text, encoding))


def _whole(value: Any) -> Any:
    r"""Text without lone surrogates, which JSON can spell and UTF-8 cannot hold; each becomes one U+FFFD.

    >>> _whole("12\ud800户")
    '12\ufffd户'
    """
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


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
