"""What is done with one source, wherever it is done: in this process, in another one, on another machine.

In goes a source, out comes a ``Finding``: counts, and as much of the document as the run needs: the document
itself where it stays in the process, the finished bytes of tables that are written row by row, or the packed
document. Whatever is wrong with a source comes back as a ``SourceError`` and costs the others nothing.
"""

from __future__ import annotations

import functools
import hashlib
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple

from extractor.engine.packing import LARGEST, pack, unpack
from extractor.model import Document, Figure, Rejection
from extractor.sources.documents import dated
from extractor.sources.encodings import Decoded, text_digest
from extractor.sources.files import Source, SourceError, read
from extractor.table.choice import Choice, ChoiceError
from extractor.table.columns import Layout
from extractor.writers import Format, Writer

if TYPE_CHECKING:
    from extractor.checks import Check
    from extractor.engine.resume import Journal
    from extractor.numerals.conversion import Conversion
    from extractor.trust.review import Judged, Review
    from extractor.trust.second_reader import Readings

Examine = Callable[..., Document]
Content = Literal["figures", "rejections", "checks", "facts", "conflicts", "places"]
"""What a table holds. Facts, conflicts and places need the figures of all sources."""
GATHERED: frozenset[Content] = frozenset({"facts", "conflicts", "places"})

BATCH = 2000
"""Rows that are laid out at once, so that a long document needs no second copy of itself."""


class Finding(NamedTuple):
    """What was found in a source.

    ``decoded`` is the source's text, empty where nobody asked for it, its encoding and what is kept. ``digest`` is the
    SHA-256 of the text where a journal wants it. ``chunks`` are the bytes of the task's tables, ``packed`` is
    the document (see ``pack``); ``recalled`` tells that it came from a journal. ``judged`` is what a review says,
    ``readings`` what a second reader of the numerals came to.
    """

    source: str
    decoded: Decoded
    blank: bool
    digest: str
    articles: int
    figures: int
    chosen: int
    rejections: int
    document: Document | None = None
    chunks: tuple[bytes, ...] = ()
    packed: bytes = b""
    recalled: bool = False
    checks: tuple[Check, ...] = ()
    judged: Judged | None = None
    readings: Readings | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are turned into bytes where they are found."""

    format: Format
    layout: Layout
    content: Content
    excel: bool = False


@dataclass(slots=True)
class Task:
    """What to do with every source.

    ``lexicon`` names the user's word files and ``examine`` is what examines a text. ``tables`` are to come
    back as chunks, ``packed`` asks for the packed document and ``texts`` for the text besides; in the process
    itself (``here``) all comes back as it is. ``journal`` remembers what was found in an interrupted run.
    ``review`` is applied to what was found, before anything looks at it, and with ``verify`` its Chinese numerals are
    read again; neither goes with a journal. ``weights`` names the user's file of weights.
    """

    encoding: str | None = None
    lexicon: Sequence[str] = ()
    choice: Choice = field(default_factory=Choice)
    tables: Sequence[Table] = ()
    packed: bool = False
    texts: bool = False
    here: bool = True
    debug: bool = False
    checks: bool = False
    journal: Journal | None = None
    date: str = ""
    review: Review | None = None
    verify: bool = False
    examine: Examine | None = None
    conversion: Conversion | None = None
    weights: str = ""
    _renderers: list[_Renderer] | None = None

    def load(self) -> Examine:
        """What examines a text, loaded on first use."""
        if self.examine is None:
            self.examine = examiner(self.lexicon, self.conversion, self.weights)
        return self.examine

    def warm(self) -> None:
        """Load rules and words to the last one, so that processes forked from this one share them."""
        self.load()("投资1亿元，惠及群众12户。", "-")

    def perform(self, source: Source) -> Finding | SourceError:
        """Read and examine a source."""
        try:
            decoded = read(source, self.encoding)
            digest = source_digest(decoded, self.date) if self.journal else ""
            document = self._recalled(digest, source.name)
            recalled = document is not None
            if document is None:
                document = self._examined(decoded, source)
            judged = readings = None
            if self.verify:
                from extractor.trust.second_reader import verified

                document, readings = verified(document)
            if self.review is not None:
                document, judged = self.review.apply(document, decoded.text)
            checks = self._check(document)
            chosen = self.choice.chosen(document.figures)
        except SourceError as error:
            return error
        except ChoiceError as error:
            return SourceError(source.name, str(error))
        except Exception as error:
            if self.debug:
                raise
            return SourceError(
                source.name,
                f"could not be examined ({type(error).__name__}: {error}); "
                "this is a bug, please report it with the output of --debug",
            )
        remember = self.journal is not None and not recalled
        return Finding(
            source.name,
            decoded if self.here or self.texts else decoded._replace(text="", document=None),
            not decoded.text or decoded.text.isspace(),
            digest,
            len(document.articles),
            len(document.figures),
            len(chosen),
            len(document.rejections),
            document if self.here else None,
            () if self.here else self._rendered(document, chosen, checks, decoded.kept),
            pack(document) if remember or (self.packed and not self.here) else b"",
            recalled,
            checks,
            judged,
            readings,
        )

    def _examined(self, decoded: Decoded, source: Source) -> Document:
        """What the pipeline finds in a text, which is told what is known of it besides."""
        known: dict[str, Any] = {}
        if decoded.document is not None:
            known["extracted"] = decoded.document
        if day := dated.of_source(decoded.document, source.name) or self.date:
            known["fallback"] = day
        return self.load()(decoded.text, source.name, **known)

    def _recalled(self, digest: str, name: str) -> Document | None:
        """What an earlier run found in a source, if the journal has a record of it that can be read."""
        packed = self.journal.recall(digest, name) if self.journal else None
        try:
            document = unpack(packed, LARGEST) if packed else None
        except ValueError:
            return None
        return document if document and document.source == name else None

    def _check(self, document: Document) -> tuple[Check, ...]:
        """The relations between the figures of a document, if they are asked for."""
        if not self.checks:
            return ()
        from extractor.checks import check

        return tuple(check(document.figures))

    def _rendered(
        self, document: Document, chosen: Sequence[Figure], checks: Sequence[Check], kept: tuple[str, ...]
    ) -> tuple[bytes, ...]:
        if self._renderers is None:
            self._renderers = [_Renderer(table) for table in self.tables]
        rows: dict[Content, Sequence[Figure | Rejection | Check]] = {
            "figures": chosen,
            "rejections": document.rejections,
            "checks": checks,
        }
        return tuple(renderer.bytes(rows[renderer.content], kept) for renderer in self._renderers)


def examiner(files: Sequence[str], conversion: Conversion | None = None, weights: str = "") -> Examine:
    """What examines a text: the pipeline, with the words of the user's files, and the user's units and weights if there
    are any.
    """
    from extractor.pipeline import examine

    if conversion is not None:
        return functools.partial(_converted, examiner(files, weights=weights), conversion)
    own: dict[str, Any] = {}
    if files:
        from extractor.lexicon.user import load

        own["words"] = load(files)
    if weights:
        from extractor.context import own_weights

        own["fitted"] = own_weights.load(weights)
    return functools.partial(examine, **own) if own else examine


def _converted(examine: Examine, conversion: Conversion, text: str, source: str, **known: Any) -> Document:
    return conversion(examine(text, source, **known))


def source_digest(decoded: Decoded, date: str = "") -> str:
    """The SHA-256 of what is examined: a text, what a document tells besides, and the ``date`` that is given."""
    if decoded.document is None and not date:
        return text_digest(decoded.text)
    return text_digest(f"{decoded.text}{decoded.document}{date}")


@cache
def rules_digest(
    lexicon: tuple[str, ...] = (), conversion: Conversion | None = None, weights: str = ""
) -> str:
    """A digest of all that the result depends on besides the text: our modules, our words, the user's words, units and
    weights, and the version of Python.
    """
    digest = hashlib.sha256(f"{sys.version}{conversion or ''}".encode())
    package = Path(__file__).parent.parent
    for path in sorted((*package.rglob("*.py"), *package.rglob("*.toml"))):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in (*lexicon, *filter(None, [weights])):
        digest.update(Path(name).read_bytes() + b"\0")
    return digest.hexdigest()


class _Memory:
    """An output in memory, for a writer whose bytes go elsewhere."""

    path = target = ""

    def __init__(self) -> None:
        self._stream = io.BytesIO()

    def stream(self) -> BinaryIO:
        return self._stream

    def take(self) -> bytes:
        """What was written since it was asked for last."""
        data = self._stream.getvalue()
        self._stream.seek(0)
        self._stream.truncate()
        return data


class _Renderer:
    """Turns figures, rejections or checks into the bytes of their rows, without what goes before them."""

    def __init__(self, table: Table) -> None:
        self.content = table.content
        self._layout = table.layout
        self._memory = _Memory()
        self._writer: Writer = table.format.writer()(self._memory, table.layout, excel=table.excel)
        self._memory.take()

    def bytes(self, found: Sequence[Figure | Rejection | Check], kept: tuple[str, ...]) -> bytes:
        for start in range(0, len(found), BATCH):
            self._writer.write(self._layout.rows(found[start : start + BATCH], kept))
        return self._memory.take()
