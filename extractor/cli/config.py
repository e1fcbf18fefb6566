"""Settings that hold for a project: ``extract.toml``, or ``[tool.extract]`` in ``pyproject.toml``.

    lexicon = ["words.toml"]
    columns = ["原文", "指标", "数值", "单位"]
    headers = "zh"
    language = "zh"

The first of these files in the current folder or one above it counts, if it belongs to the user (or to root). Options of the
command line win over it. Only ``KEYS`` may be set: nothing that names an output or leaves rows out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from extractor.cli.language import LANGUAGES
from extractor.table.vocabulary import nearest

NAME, SHARED = "extract.toml", "pyproject.toml"
KEYS = (
    "lexicon", "weights", "columns", "headers", "language", "date", "encoding", "glob", "exclude", "jobs", "color",
)  # fmt: skip
LISTS = frozenset({"lexicon", "glob", "exclude"})


def use(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Take the settings for defaults of the other options; a callback of ``--config``."""
    found = settings_of(context, value)
    known = {name for option in context.command.params for name in (option.name or "",)}
    context.default_map = {key: setting for key, setting in found.items() if key in known}
    return value


def settings_of(context: click.Context, path: str | None = None) -> Mapping[str, Any]:
    """The settings of this call, read once. Raises ``UsageError``."""
    if "extractor.settings" not in context.meta:
        if path is None and context.params.get("no_config"):
            found: Mapping[str, Any] = {}
        else:
            place = Path(path) if path is not None else _found(Path.cwd())
            found = _read(place) if place is not None else {}
        context.meta["extractor.settings"] = found
    settings: Mapping[str, Any] = context.meta["extractor.settings"]
    return settings


def _found(folder: Path) -> Path | None:
    """The file that holds for a folder."""
    for place in (folder, *folder.parents):
        for path in (place / NAME, place / SHARED):
            if _ours(path) and (path.name == NAME or _mentions(path)):
                return path
    return None


def _ours(path: Path) -> bool:
    """Whether there is such a file, and it was not put there by another user."""
    try:
        owner = path.stat().st_uid
    except OSError:
        return False
    return not hasattr(os, "geteuid") or owner in (os.geteuid(), 0)


def _mentions(path: Path) -> bool:
    try:
        return "tool.extract" in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # few folders have such a file

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise click.UsageError(
            f"{path}: cannot be read ({(error.strerror or str(error)).lower()})"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path}: is not TOML: {error}") from error
    if path.name == SHARED:
        data = data.get("tool", {}).get("extract", {})
    return dict(_checked(data, path))


def _checked(data: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if key not in KEYS:
            near = nearest(key, KEYS)
            hint = f"did you mean {near!r}?" if near else f"there are {', '.join(KEYS)}"
            raise click.UsageError(f"{path}: {key!r} is not a setting; {hint}")
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str | int) and not isinstance(one, bool) for one in values):
            raise click.UsageError(f"{path}: {key!r} must be a text or a list of texts")
        words = [str(one) for one in values]
        if key == "language" and words not in [[language] for language in LANGUAGES]:
            raise click.UsageError(f"{path}: 'language' is one of {', '.join(LANGUAGES)}")
        if key in ("lexicon", "weights"):
            words = [str(path.parent / word) for word in words]
        yield key, words if key in LISTS else ",".join(words)
