"""Inputs: find files, folders, globs and standard input, read their bytes, decode them.

``find`` turns what the user named into sources, in a stable order, one at a time; ``read`` gives the text
of one. Neither stops at a bad input: ``find`` yields a ``SourceError`` in its place and ``read`` raises
one. Its text is one line that names the input and says what to do.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from typing import Any, BinaryIO

from extractor.matching import compiled
from extractor.sources import compressed, documents, kinds_of_file
from extractor.sources.documents.extracted import DocumentError, Extracted, OwnTable
from extractor.sources.encodings import Decoded, DecodingError, decode
from extractor.sources.escapes import escaped

TEXTS = (".txt", ".md")
SUFFIXES = (*TEXTS, *documents.SUFFIXES)
"""What is read of a folder, also compressed; a file that is named itself may end in anything."""
PACKED = (".docx", ".xlsx", ".epub")
"""Documents that are ZIP archives; one of that name without their parts is broken."""
WEB = ("http://", "https://", "ftp://")

_MARKED = compiled(rb"(?:\xef\xbb\xbf)?\s*<")
_CHARSET = compiled(
    rb"""<(?:meta\b[^>]{0,200}charset|\?xml[^>]{0,80}encoding)\s*=\s*["']?([\w-]{1,30})""", re.I
)

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """An input to read: its name in the table and the path to open (``-`` for standard input).

    ``content`` is what has been read already, as of a record of a corpus: its bytes or its text.
    """

    name: str
    path: str
    content: bytes | Decoded | None = field(default=None, repr=False)

    def size(self) -> int:
        """About how many bytes there are to read, 0 where nobody can tell."""
        if self.content is not None:
            # Chinese characters have three bytes in UTF-8.
            return len(self.content) if isinstance(self.content, bytes) else 3 * len(self.content.text)
        try:
            return os.path.getsize(self.path) if self.path != STDIN else 0
        except OSError:
            return 0


class SourceError(Exception):
    """An input that cannot be read. ``name`` is the input, ``str()`` one line with the reason and the remedy.

    ``skipped`` marks an input that nobody named and that is passed over with a word, which is no failure.
    """

    def __init__(self, name: str, reason: str, *, skipped: bool = False) -> None:
        super().__init__(escaped(f"{printable(name)}: {reason}"))
        self.name = name
        self.reason = reason
        self.skipped = skipped

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(SourceError, skipped=self.skipped), (self.name, self.reason)


Passed = Callable[[str, str], None]
"""Is told the path and the reason of what is passed over in a folder."""


class _Seen:
    """Files and folders that were met, by device and inode.

    A bit for each: the inodes of a folder lie close together, so that a million files take some megabytes.
    """

    def __init__(self) -> None:
        self._bits: dict[tuple[int, int], int] = {}

    def first_time(self, status: os.stat_result) -> bool:
        """Whether it was not met before; it is from now on."""
        page, bit = (status.st_dev, status.st_ino >> 6), 1 << (status.st_ino & 63)
        bits = self._bits.get(page, 0)
        self._bits[page] = bits | bit
        return not bits & bit


@dataclass(slots=True)
class _Walk:
    """What one search keeps in mind: the choice of names, whom to tell what is passed over, what was seen."""

    glob: Sequence[str]
    exclude: Sequence[str]
    passed: Passed
    outputs: frozenset[str] = frozenset()
    seen: _Seen = field(default_factory=_Seen)
    stdin: bool = False


def find(
    paths: Iterable[str | os.PathLike[str]],
    *,
    glob: Sequence[str] = (),
    exclude: Sequence[str] = (),
    passed: Passed = lambda path, reason: None,
    outputs: Iterable[str] = (),
) -> Iterator[Source | SourceError]:
    """The sources behind ``paths``, in the order given; the files of a folder in the order of their names'
    bytes.

    A folder is searched with all below it for texts and documents (``SUFFIXES``), or for names that match one of
    ``glob``; hidden files and folders are left out, links are followed, and what was met before is not met
    again, so a circle of links ends. ``exclude`` leaves out files and folders below a folder, by name or by
    path; ``passed`` is told what was left out and why; ``outputs`` are tables that
    are being written, which no folder gives. A path that does not exist but has ``*``, ``?`` or ``[``
    in it is expanded. ``-`` is standard input.

    >>> list(find(["no/such.txt"]))
    [SourceError('no/such.txt: no such file or folder; check the spelling')]
    """
    real = frozenset(os.path.realpath(path) for path in outputs)
    walk = _Walk(tuple(glob), tuple(exclude), passed, real)
    for path in paths:
        yield from _named(os.fspath(path), walk)


def read(source: Source, encoding: str | None = None) -> Decoded:
    """The text of a source and its encoding, detected unless ``encoding`` forces one.

    Raises ``SourceError`` where it cannot be read or is no text. Line ends are not translated: offsets in
    the text are those of the file.
    """
    if isinstance(source.content, Decoded):
        return source.content
    data = source.content if source.content is not None else raw(source)
    kind = kinds_of_file.of_bytes(data[: kinds_of_file.HEAD])
    try:
        if kind is not None:
            document, decoded = documents.of_bytes(kind, data, source.name), None
        else:
            decoded = decode(data, _declared(data) if encoding is None else encoding)
            kind = kinds_of_file.of_text(decoded.text)
            document = documents.of_text(kind, decoded.text, source.name)
    except (DecodingError, DocumentError) as error:
        raise SourceError(source.name, str(error), skipped=isinstance(error, OwnTable)) from error
    if document is not None:
        return as_decoded(document, decoded)
    if decoded is not None and kind is None:
        return decoded
    if kind is kinds_of_file.ZIP and source.name.lower().endswith(PACKED):
        raise SourceError(source.name, "is a broken document; save it anew, or leave it out")
    raise SourceError(source.name, kind.advice if kind else "no text")


def as_decoded(document: Extracted, decoded: Decoded | None = None) -> Decoded:
    """The text of a document; ``decoded`` is what it was read from, if that was text."""
    warnings = (decoded.warning if decoded else "", document.warning)
    return Decoded(document.text, document.format, "; ".join(filter(None, warnings)), document)


def _declared(data: bytes) -> str | None:
    """The encoding that a web page declares, if it is one; what the bytes are shows itself otherwise."""
    match = _CHARSET.search(data[:1024])
    name = match[1].decode("ascii").lower() if match and _MARKED.match(data[:1024]) else ""
    if not name:
        return None
    if name.startswith("gb"):
        name = "gb18030"
    try:
        data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return name


def raw(source: Source) -> bytes:
    """The bytes of a source, unpacked if they are compressed. Raises ``SourceError``."""
    try:
        return standard_input().read() if source.path == STDIN else compressed.whole(source.path)
    except OSError as error:
        raise read_error(source.name, error) from error
    except compressed.CompressedError as error:
        raise SourceError(source.name, str(error)) from error


def standard_input() -> BinaryIO:
    """The bytes of standard input. ``OSError`` where it is closed (``<&-``)."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer


def read_error(name: str, error: OSError) -> SourceError:
    """An input that the system does not let us read."""
    return SourceError(name, _remedy(error))


def printable(name: str) -> str:
    """A file name as UTF-8 can carry it; bytes that are no UTF-8 become replacement characters.

    >>> printable("seeds/a.txt")
    'seeds/a.txt'
    """
    return os.fsencode(name).decode("utf-8", "replace").replace("\n", "\\n")


def _named(path: str, walk: _Walk) -> Iterator[Source | SourceError]:
    """The sources behind one path of the command line."""
    if path == STDIN:
        if not walk.stdin:
            walk.stdin = True
            yield Source(STDIN, STDIN)
        return
    if path.lower().startswith(WEB):
        yield SourceError(
            path, "nothing is downloaded; save the page in the browser (Ctrl+S) and name the file"
        )
        return
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        import glob as globbing

        if globbing.has_magic(path) and not isinstance(error, ValueError):
            yield from _matches(path, walk)
        else:
            reason = (
                _remedy(error) if isinstance(error, OSError) else "no valid file name; check the spelling"
            )
            yield SourceError(path, reason)
        return
    if stat.S_ISDIR(status.st_mode):
        if walk.seen.first_time(status):
            yield from _below(path, walk)
    elif _device(status) and os.path.realpath(path) != os.devnull:
        yield SourceError(path, "a device, not a text; leave it out, or use - for standard input")
    elif walk.seen.first_time(status):
        yield Source(_name(path), path)


def _matches(pattern: str, walk: _Walk) -> Iterator[Source | SourceError]:
    """The sources behind a pattern that the shell did not expand."""
    import glob as globbing

    try:
        paths = sorted(globbing.iglob(pattern, recursive=True), key=os.fsencode)
    except RecursionError:
        yield SourceError(pattern, "the folders are nested too deeply for a pattern; name the folder itself")
        return
    if not paths:
        yield SourceError(pattern, "the pattern matches nothing; check the spelling")
    for path in paths:
        yield from _named(path, walk)


def _below(top: str, walk: _Walk) -> Iterator[Source | SourceError]:
    """The sources of a folder, however deeply its folders are nested."""
    # A folder, its path below the top for ``exclude``, and the names in it that are still to be looked at.
    levels: list[tuple[str, str, Iterator[str]]] = []

    def enter(folder: str, inside: str) -> Iterator[SourceError]:
        try:
            with os.scandir(folder) as entries:
                names = sorted((entry.name for entry in entries), key=os.fsencode)
        except OSError as error:
            yield SourceError(folder, _remedy(error))
        else:
            levels.append((folder, inside, iter(names)))

    yield from enter(top, "")
    while levels:
        folder, inside, names = levels[-1]
        name = next(names, None)
        if name is None:
            levels.pop()
            continue
        below = f"{inside}/{name}" if inside else name
        path = os.path.join(folder, name)
        if name.startswith(".") or _any_match(walk.exclude, name, below):
            walk.passed(path, "hidden" if name.startswith(".") else "excluded")
            continue
        try:
            status = os.stat(path)
        except OSError as error:
            if _wanted(name, below, walk) or error.errno == errno.ENAMETOOLONG:
                yield SourceError(path, _remedy(error))
            else:
                walk.passed(path, "cannot be read")
            continue
        if stat.S_ISDIR(status.st_mode):
            if walk.seen.first_time(status):
                yield from enter(path, below)
        elif not _wanted(name, below, walk):
            walk.passed(path, _other(name, walk))
        elif walk.outputs and not name.endswith(TEXTS) and os.path.realpath(path) in walk.outputs:
            walk.passed(path, "the output")
        elif not stat.S_ISREG(status.st_mode):
            yield SourceError(
                path, "no regular file, skipped; name it on the command line to read it", skipped=True
            )
        elif walk.seen.first_time(status):
            yield Source(_name(path), path)
        else:
            walk.passed(path, "met before")


def _other(name: str, walk: _Walk) -> str:
    """Why a name is not wanted."""
    return "not of --glob" if walk.glob else os.path.splitext(name)[1].lower() or "without suffix"


def _wanted(name: str, below: str, walk: _Walk) -> bool:
    if walk.glob:
        return _any_match(walk.glob, name, below)
    return compressed.bare(name).lower().endswith(SUFFIXES)


def _any_match(patterns: Sequence[str], name: str, below: str) -> bool:
    return any(fnmatchcase(name, pattern) or fnmatchcase(below, pattern) for pattern in patterns)


def _device(status: os.stat_result) -> bool:
    return stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode) or stat.S_ISSOCK(status.st_mode)


def _name(path: str) -> str:
    """The path as the table shows it: slashes forward on every system."""
    return printable(path.replace(os.sep, "/"))


def _remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "no such file or folder; check the spelling"
    if isinstance(error, PermissionError):
        return "no permission to read it; change its mode, or leave it out"
    reason = (error.strerror or str(error)).lower()
    return f"cannot be read ({reason}); check the file, or leave it out"
