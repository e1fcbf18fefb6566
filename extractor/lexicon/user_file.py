"""One file of the user's words: its data, and the line on which each entry stands, to name it in a message."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.matching import compiled


class LexiconError(ValueError):
    """Mistakes in the user's files, each one line ``file:line: what is wrong``."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


_HEADER = compiled(r'\s*\[\[?\s*([\w."-]+)\s*\]\]?\s*(?:#.*)?$')
_KEY = compiled(r'\s*([\w-]+|"[^"]*"|\'[^\']*\')\s*=')
_AT_LINE = compiled(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


@dataclass(slots=True)
class UserFile:
    """One file of the user's: its data, and where its entries and keys stand."""

    name: str
    lines: list[str]
    data: dict[str, Any]
    places: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def locate(self) -> None:
        """Note the line of every table and key. Tables written in one line keep the line of their name."""
        table, counts = "", {"": 1}
        for number, line in enumerate(self.lines, 1):
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                table = header[1].strip("\"'")
                counts[table] = counts.get(table, 0) + 1
                self.places[table, counts[table] - 1, ""] = number
            elif key:
                name = key[1].strip("\"'")
                self.places.setdefault((table, counts[table] - 1, name), number)
                if not table:
                    self.places.setdefault((name, 0, ""), number)

    def place(self, table: str, index: int, key: str = "", word: str = "") -> str:
        """``file:line`` of an entry, of a key of it, or of a word in the key's list."""
        number = self.places.get((table, index, key)) or self.places.get((table, index, "")) or 1
        if word:
            ends = sorted(line for line in self.places.values() if line > number)
            for line in range(number, ends[0] if ends else len(self.lines) + 1):
                if f'"{word}"' in self.lines[line - 1] or f"'{word}'" in self.lines[line - 1]:
                    return f"{self.name}:{line}"
        return f"{self.name}:{number}"


def read(name: str) -> UserFile:
    """The file, or ``LexiconError`` if it cannot be read or is no TOML."""
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LexiconError([f"{name}: {(error.strerror or str(error)).lower()}"]) from error
    except UnicodeDecodeError as error:
        raise LexiconError([f"{name}: is not UTF-8, save it in that encoding"]) from error
    except ValueError as error:
        raise LexiconError([f"{name!a}: no valid file name"]) from error
    lines = text.splitlines()
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = found[1] if found and found[1] else max(len(lines), 1)
        raise LexiconError([f"{name}:{line}: {_AT_LINE.sub('', str(error)).lower()}"]) from error
    except RecursionError as error:
        raise LexiconError([f"{name}: lists are nested too deeply"]) from error
    file = UserFile(name, lines, data)
    file.locate()
    return file
