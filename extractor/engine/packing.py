"""Documents as bytes, for the way between processes and for the journal of ``--resume``.

The bytes are compressed JSON, which holds plain values and can run nothing. Texts are kept once, however many
rows share a sentence. ``unpack`` believes nothing: whatever is not of the form that ``pack`` gives is a
``ValueError``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, NoReturn

from extractor.model import Article, Block, Document, Figure, Rejection

LARGEST = 1 << 30
"""Bytes that a document from a journal may unpack to."""

_SIZE = struct.Struct(">Q")


def pack(document: Document) -> bytes:
    """A document as bytes.

    >>> unpack(pack(Document("a.txt", (), (), ()))).source
    'a.txt'
    """
    import json  # only what goes to or comes from another process is packed

    texts: dict[str, int] = {}

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    tables = [_columns(rows, number) for rows in (document.articles, document.figures, document.rejections)]
    blocks = [
        [(block.start, block.end, number(block.role)) for block in article.blocks]
        for article in document.articles
    ]
    plain = json.dumps(
        [number(document.source), *tables, blocks, list(texts)], separators=(",", ":")
    ).encode()
    return _SIZE.pack(len(plain)) + zlib.compress(plain, 1)


def unpack(data: bytes, largest: int | None = None) -> Document:
    """The document of ``pack``. Raises ``ValueError`` for any other bytes, and for more than ``largest``."""
    try:
        source, articles, figures, rejections, blocks, texts = _plain(data, largest)
        if not _all(texts, str) or not isinstance(blocks, list):
            _refuse()
        text = _checked(texts)
        parts = [
            tuple(Block(_whole(start), _whole(end), text(role)) for start, end, role in one) for one in blocks
        ]
        return Document(
            text(source),
            tuple(_rows(Article, articles, text, [parts])),
            tuple(_rows(Figure, figures, text)),
            tuple(_rows(Rejection, rejections, text)),
        )
    except (zlib.error, struct.error, TypeError, IndexError, RecursionError) as error:
        raise ValueError(f"no packed document ({error})") from error


def _names(kind: type[Any]) -> tuple[list[str], list[bool]]:
    """The fields of a record, without the blocks, and whether each is a text."""
    kept = [one for one in fields(kind) if one.name != "blocks"]
    return [one.name for one in kept], [one.type == "str" for one in kept]


def _columns(rows: Sequence[Any], number: Callable[[str], int]) -> list[list[Any]]:
    """The columns of records, with texts as numbers."""
    if not rows:
        return []
    return [
        [number(getattr(row, name)) for row in rows] if textual else [getattr(row, name) for row in rows]
        for name, textual in zip(*_names(type(rows[0])), strict=True)
    ]


def _rows(
    kind: type[Any], columns: list[list[Any]], text: Callable[[Any], str], more: Sequence[Sequence[Any]] = ()
) -> list[Any]:
    """The records of their columns."""
    _, textual = _names(kind)
    if columns == []:
        return []
    cells = [
        [(text if is_text else _number)(cell) for cell in column]
        for column, is_text in zip(columns, textual, strict=True)
    ]
    return [kind(*row) for row in zip(*cells, *more, strict=True)]


def _plain(data: bytes, largest: int | None) -> Any:
    import json

    (size,) = _SIZE.unpack_from(data)
    if size == 0 or (largest is not None and size > largest):  # zlib takes 0 for no bound
        _refuse()
    inflater = zlib.decompressobj()
    plain = inflater.decompress(data[_SIZE.size :], size)
    if len(plain) != size or inflater.unconsumed_tail or inflater.unused_data or not inflater.eof:
        _refuse()
    return json.loads(plain)


def _checked(texts: list[str]) -> Callable[[Any], str]:
    def text(number: Any) -> str:
        return texts[number] if type(number) is int and number >= 0 else _refuse()

    return text


def _whole(cell: Any) -> int:
    return cell if type(cell) is int else _refuse()


def _number(cell: Any) -> Any:
    return cell if cell is None or type(cell) in (int, float, bool) else _refuse()


def _all(cells: Any, kind: type[Any]) -> bool:
    return isinstance(cells, list) and all(type(cell) is kind for cell in cells)


def _refuse() -> NoReturn:
    raise ValueError("no packed document")
