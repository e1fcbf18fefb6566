"""The texts that are measured: the seeds' articles and the sentences of our tests, repeated and shuffled with a fixed seed,
so that every run measures the same text.
"""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def articles() -> list[str]:
    """The articles of the seeds, cut at their blank lines."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [part for text in texts for part in re.split(r"\n\s*\n", text) if part.strip()]


@cache
def sentences() -> list[str]:
    """The sentences of our test cases."""
    paths = sorted((ROOT / "tests" / "cases").rglob("*.toml"))
    cases = [case for path in paths for case in tomllib.loads(path.read_text("utf-8")).get("case", [])]
    return [case["text"].replace("\n", "") for case in cases]


def prose(size: int, seed: int = 0) -> str:
    """About ``size`` bytes: articles in random order, every tenth piece some sentences of the tests."""
    chance = random.Random(seed)
    pool, lines = articles(), sentences()
    pieces = []
    while size > 0:
        piece = chance.choice(pool) if chance.random() < 0.9 else "".join(chance.sample(lines, 5))
        pieces.append(piece)
        size -= len(piece.encode()) + 2
    return "\n\n".join(pieces)


def dense(size: int, seed: int = 0) -> str:
    """About ``size`` bytes, every sixteenth piece twenty sentences of our tests: half as many numerals again."""
    chance = random.Random(seed)
    pool, lines = articles(), sentences()
    pieces: list[str] = []
    while size > 0:
        pieces.append("".join(chance.sample(lines, 20)) if len(pieces) % 16 == 15 else chance.choice(pool))
        size -= len(pieces[-1].encode()) + 2
    return "\n\n".join(pieces)


def documents(folder: Path, size: int) -> None:
    """Documents of about 20 kB, ``size`` bytes together."""
    some = [prose(20_000, seed) for seed in range(200)]
    folder.mkdir()
    number = 0
    while size > 0:
        text = some[number % len(some)]
        # Every document is another text: nothing may be remembered from one to the next.
        path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"第{number}号文件\n\n{text}", encoding="utf-8")
        size -= path.stat().st_size
        number += 1
