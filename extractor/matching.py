"""Patterns of ``re``, compiled once and kept: compiling what one article needs takes longer than reading it.

``compiled`` is ``re.compile`` for the patterns of this package. The code that ``re`` makes of each is kept in the cache
folder, for this build of Python alone, and handed to ``re`` again, which checks it. Where anything is not as expected,
``re.compile`` does it all. The tests compare both under every version of Python.
"""

from __future__ import annotations

import atexit
import functools
import re
import sys
from typing import Any, AnyStr

from extractor import cache

_NAME = f"patterns-{sys.implementation.cache_tag}"
_FORM = 1  # of what is kept of a pattern; another form, another number
_LARGEST = 4_000_000  # bytes of code; ours have a fifth of it. Beyond, what is kept begins anew
_new: dict[Any, Any] = {}
"""What was compiled in this process and is not kept yet: flags, code and names of groups by pattern and flags."""


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern as ``re.compile`` gives it. For patterns of ours, not for those made of a text.

    >>> compiled("(?P<year>[0-9]{4})年").match("2023年")["year"]
    '2023'
    """
    asked = (pattern, int(flags))
    kept = _kept()
    if kept is not None:
        try:
            parts = kept.get(asked) or _new.get(asked)
            if parts is None:
                parts = _parts(*asked)
                if not _new:
                    atexit.register(_keep)
                _new[asked] = parts
            return _pattern(pattern, *parts)
        except Exception:  # another `re` than we know, or no pattern, which `re.compile` tells
            pass
    return re.compile(pattern, flags)


def _parts(pattern: str | bytes, flags: int) -> tuple[int, bytes, tuple[str | None, ...]]:
    """What ``re.compile`` would make of a pattern: all its flags, its code and the names of its groups."""
    from array import array

    compiler: Any = re._compiler  # type: ignore[attr-defined]
    parsed = compiler._parser.parse(pattern, flags)
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    return flags | parsed.state.flags, array("I", compiler._code(parsed, flags)).tobytes(), tuple(names)


def _pattern(pattern: AnyStr, flags: int, code: bytes, names: tuple[str | None, ...]) -> re.Pattern[AnyStr]:
    """The pattern of what ``_parts`` gave."""
    numbers = {name: number for number, name in enumerate(names) if name}
    codes = memoryview(code).cast("I").tolist()
    made: re.Pattern[AnyStr] = _sre().compile(pattern, flags, codes, len(names) - 1, numbers, names)
    return made


@functools.cache
def _sre() -> Any:
    import _sre  # type: ignore[import-not-found]

    return _sre


@functools.cache
def _build() -> str:
    """Names this build of Python, "" if its ``re`` is not known to work as is expected here."""
    if sys.implementation.name != "cpython" or not (3, 11) <= sys.version_info[:2] <= (3, 14):
        return ""
    return (
        f"{_FORM} {sys.version} {sys.byteorder} {_sre().MAGIC}"
        if memoryview(b"").cast("I").itemsize == _sre().CODESIZE
        else ""
    )


@functools.cache
def _kept() -> dict[Any, Any] | None:
    """What is kept, of which some may be missing; ``None`` where nothing is."""
    if not _build() or not cache.folder():
        return None
    found = cache.read(_NAME)
    return found.get("patterns", {}) if found and found.get("build") == _build() else {}


def _keep() -> None:
    """Keeps what is new beside what other processes have kept meanwhile."""
    _kept.cache_clear()
    together = {**(_kept() or {}), **_new}
    try:
        size = sum(len(code) for _, code, _ in together.values())
    except (TypeError, ValueError):  # what was kept has another form
        size = _LARGEST + 1
    cache.write(_NAME, {"build": _build(), "patterns": together if size <= _LARGEST else _new}, instead=_NAME)
