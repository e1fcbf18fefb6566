"""The records of a corpus: which of their fields are asked for, and a record as a source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.sources.documents import dated
from extractor.sources.documents.extracted import Extracted, Metadata
from extractor.sources.encodings import Decoded
from extractor.sources.files import Source, SourceError


@dataclass(frozen=True, slots=True)
class Fields:
    """Where a record has its text, its identifier, its date and its title. ``named`` tells that the user named the
    text field; ``keep`` are fields that every row of the record gets besides its columns.
    """

    text: str = "text"
    id: str | None = None
    named: bool = False
    date: str | None = None
    title: str | None = None
    keep: tuple[str, ...] = ()

    @property
    def besides(self) -> tuple[str | None, ...]:
        """What is read of a record besides its text and its identifier: date, title, and what is kept."""
        return (self.date, self.title, *self.keep)


def missing(fields: Fields, names: Iterable[str]) -> str:
    """What is wrong with the names of the fields, "" if nothing is."""
    names = list(names)
    options = (
        ("--text-field", fields.text), ("--id-field", fields.id),
        ("--date-field", fields.date), ("--title-field", fields.title), *(("--keep", name) for name in fields.keep),
    )  # fmt: skip
    for option, name in options:
        if name is not None and name not in names:
            shown = ", ".join(map(str, names[:12])) + (", …" if len(names) > 12 else "")
            return f"no field {name!r}; name one of {shown} with {option}"
    return ""


def of(
    source: Source,
    number: int,
    identifier: Any,
    text: Any,
    fields: Fields,
    encoding: str,
    told: Sequence[Any] = (),
) -> Source | SourceError:
    """A record as a source; a text of ``None`` is an empty one. ``told`` are the values of ``fields.besides``."""
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
    return Source(name, source.path, decoded(text, encoding, told))


def decoded(text: str, encoding: str, told: Sequence[Any] = ()) -> Decoded:
    """The text of a record with what it tells besides: its date, its title, what is kept of it."""
    date, title, *kept = map(spelled, told) if told else ("", "")
    known = Metadata(title.strip(), dated.of_field(date))
    document = Extracted(text, "record", metadata=known, wrapped=True) if date or title else None
    return Decoded(text, encoding, document=document, kept=tuple(kept))


def spelled(value: Any) -> str:
    """A value of a record as text.

    >>> [spelled(value) for value in ("甲", None, 7, True, ["甲", 1])]
    ['甲', '', '7', 'true', '["甲", 1]']
    """
    if value is None or isinstance(value, str):
        return str(whole(value or ""))
    if isinstance(value, bool | list | dict):
        import json

        return str(whole(json.dumps(value, ensure_ascii=False, default=str)))
    return str(value)


def whole(value: Any) -> Any:
    r"""Text without lone surrogates, which JSON can spell and UTF-8 cannot hold; each becomes one U+FFFD.

    >>> whole("12\ud800户")
    '12\ufffd户'
    """
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
