"""Speed and memory, measured as ratios in one run: ``make bench``.

The texts are the seeds' articles and the sentences of our tests, repeated and shuffled with a fixed seed, so
every run measures the same text. The reference is a bare scan for numerals with one regular expression, the
least that any tool of this kind has to do. Peers are measured where they are installed (extra ``bench``), each
on single lines, as they are meant to be used. Prints one table; writes outside of a temporary folder only what
``--save FILE`` asks for.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import random
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from extractor.pipeline import examine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the Makefile runs this file by its path
from benchmarks import writing

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1_000_000
SCAN = re.compile(
    r"[0-9０-９]+(?:[.．,，][0-9]+)*|[零〇一二三四五六七八九十百千万亿两几数半壹贰叁肆伍陆柒捌玖拾佰仟]+"
)
Row = tuple[str, str, str]


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


def seconds(action: Callable[[], object], repeat: int = 1) -> float:
    """The shortest time of some tries, in seconds of processor time."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def speed(size: float, took: float) -> str:
    return f"{size / MEGABYTE / took:.3g} MB/s"


def dense(size: int, seed: int = 0) -> str:
    """About ``size`` bytes, every sixteenth piece twenty sentences of our tests: half as many numerals again."""
    chance = random.Random(seed)
    pool, lines = articles(), sentences()
    pieces: list[str] = []
    while size > 0:
        pieces.append("".join(chance.sample(lines, 20)) if len(pieces) % 16 == 15 else chance.choice(pool))
        size -= len(pieces[-1].encode()) + 2
    return "\n\n".join(pieces)


def whole_way(size: int) -> Iterator[Row]:
    """The way from text to finished rows against the bare scan, and against the peers."""
    for name, text, most in (("seeds", prose(size), 28), ("dense prose", dense(size), 48)):
        examine(text[:5000])
        numerals = sum(1 for _ in SCAN.finditer(text))
        scan = seconds(lambda text=text: sum(1 for _ in SCAN.finditer(text)), 5)  # type: ignore[misc]
        whole = seconds(lambda text=text: examine(text), 2)  # type: ignore[misc]
        length = len(text.encode())
        yield f"bare scan, {name}, {numerals / length * 1000:.1f} numerals a KB", speed(length, scan), ""
        shown = f"{speed(length, whole)}, {whole / numerals * 1e6:.0f} µs a numeral"
        yield f"whole way, {name}", shown, f"{whole / scan:.0f} times the scan (at most {most})"
        for peer_name, (peer, share) in PEERS.items():
            try:
                call = peer()
            except Exception as error:
                yield peer_name, "not measured", f"{type(error).__name__}: {error}"[:70]
                continue
            lines = [line for line in text[: len(text) // share].splitlines() if line.strip()]
            took = seconds(lambda call=call, lines=lines: _each(call, lines))  # type: ignore[misc]
            rate = sum(len(line.encode()) for line in lines) / took
            yield peer_name, speed(rate, 1), f"{length / whole / rate:.2g} times as long as we (more than 1)"


def once(name: str, folder: Path, most: int) -> Row:
    """Every text of a folder once, in a process that has read one other sentence: nothing is remembered of it."""
    code = (
        "import sys, time; from pathlib import Path; from benchmarks.bench import SCAN, examine;"
        "texts = [path.read_text('utf-8') for path in sorted(Path(sys.argv[1]).glob('*.txt'))];"
        "examine('今年培训7期。'); start = time.process_time();"
        "numerals = sum(sum(1 for _ in SCAN.finditer(text)) for text in texts); scan = time.process_time();"
        "[examine(text) for text in texts];"
        "print(scan - start, time.process_time() - scan, numerals, sum(len(text.encode()) for text in texts))"
    )
    runs = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder)], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        runs.append([float(number) for number in done.stdout.split()])
    scan, whole = min(run[0] for run in runs), min(run[1] for run in runs)
    numerals, size = runs[0][2:]
    shown = f"{speed(size, whole)}, {whole / numerals * 1e6:.0f} µs a numeral"
    return f"every article once, {name}", shown, f"{whole / scan:.0f} times the scan (at most {most})"


def _each(call: Callable[[str], object], lines: list[str]) -> None:
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for line in lines:
            # Several of them raise on odd numerals; that is their time as well.
            with contextlib.suppress(Exception):
                call(line)


def _cn2an() -> Callable[[str], object]:
    transform: Callable[[str], object] = import_module("cn2an").transform
    return transform


def _chinese2digits() -> Callable[[str], object]:
    call: Callable[[str], object] = import_module("chinese2digits").takeNumberFromString
    return call


def _jionlp() -> Callable[[str], object]:
    with contextlib.redirect_stdout(io.StringIO()):
        jionlp = import_module("jionlp")
    return lambda line: (jionlp.ner.extract_money(line), jionlp.ner.extract_time(line))


def _recognizers() -> Callable[[str], object]:
    suite, culture = import_module("recognizers_number_with_unit"), "zh-cn"
    return lambda line: (suite.recognize_currency(line, culture), suite.recognize_dimension(line, culture))


PEERS: dict[str, tuple[Callable[[], Callable[[str], object]], int]] = {
    "cn2an.transform": (_cn2an, 1),
    "chinese2digits": (_chinese2digits, 1),
    "jionlp (money, time)": (_jionlp, 4),
    "recognizers-text": (_recognizers, 40),
}
"""How to get a peer, and which part of the text the slow ones are given."""


def growth(largest: int) -> Iterator[Row]:
    """Time per megabyte of one document of growing size, on many lines and on one."""
    examine(prose(5000))
    for name, on_one in (("many lines", False), ("one line", True)):
        per_megabyte = []
        size = largest // 16
        while size <= largest:
            text = prose(size)
            if on_one:
                text = text.replace("\n", "")
            per_megabyte.append(seconds(lambda text=text: examine(text)) / len(text.encode()) * MEGABYTE)  # type: ignore[misc]
            size *= 2
        worst = max(per_megabyte) / min(per_megabyte) - 1
        shown = " ".join(f"{took:.2f}" for took in per_megabyte)
        sizes = f"{largest / 16 / MEGABYTE:g} … {largest / MEGABYTE:g} MB"
        yield f"one document of {sizes}, {name}", f"{shown} s/MB", f"{worst:+.0%} at most (15%)"


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


def command(*arguments: str) -> tuple[float, int]:
    """Run ``extract``; the seconds it took and the peak memory in bytes of its largest process."""
    code = (
        "import resource, subprocess, sys;"
        "status = subprocess.call([sys.executable, '-m', 'extractor', *sys.argv[1:]]);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(status)"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    return time.monotonic() - start, int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def processes(size: int, folder: Path) -> Iterator[Row]:
    """Two processes against one, over many documents, into each format for corpora; what a terabyte would take at
    that rate; peak memory over a part of the documents and over all.
    """
    documents(folder / "all", size)
    documents(folder / "part", size // 10)
    name = f"{size / MEGABYTE:g} MB of documents"
    small = large = 0
    for option, least in (("csv", 1.85), ("parquet", 1.8), ("sqlite", 0)):
        outputs = [folder / f"{jobs}.{option}" for jobs in (0, 1, 2)]
        if option == "csv":
            _, small = command(str(folder / "part"), "--csv", str(outputs[0]), "-q", "-j", "2")
        one, _ = command(str(folder / "all"), f"--{option}", str(outputs[1]), "-q", "-j", "1")
        two, peak = command(str(folder / "all"), f"--{option}", str(outputs[2]), "-q", "-j", "2")
        large = large or peak
        ratio = f"{one / two:.2f} times" + (f" (at least {least})" if least else "")
        if option == "csv":
            ratio += f", {'' if _digest(outputs[1]) == _digest(outputs[2]) else 'NOT '}the same bytes"
        yield f"{name} into {option}, -j 1 and -j 2", f"{one:.1f} s, {two:.1f} s", ratio
        hours = two / size * 1e12 / 3600 * 2
        yield (
            f"the same, -j 2, peak {peak / MEGABYTE:.0f} MB",
            speed(size, two),
            f"a terabyte: {hours:,.0f} core hours",
        )
    shown = f"{small / MEGABYTE:.0f} MB, {large / MEGABYTE:.0f} MB"
    yield (
        f"peak memory over {size / 10 / MEGABYTE:g} MB and {name}",
        shown,
        f"{large / small:.2f} times (200 MB, 1.00)",
    )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def startup(folder: Path) -> Iterator[Row]:
    """Extraction of the seeds against the start of Python with two libraries."""
    ours = [sys.executable, "-m", "extractor", "seeds", "--csv", str(folder / "s.csv"), "-q"]
    times = []
    for arguments in ([sys.executable, "-c", "import click, regex"], ours):
        took = []
        for _ in range(5):
            start = time.monotonic()
            subprocess.run(arguments, check=True, cwd=ROOT)
            took.append(time.monotonic() - start)
        times.append(min(took))
    yield (
        "extract seeds/ --csv, import click, regex",
        f"{times[1]:.2f} s, {times[0]:.2f} s",
        (f"{times[1] / times[0]:.1f} times (at most 5)"),
    )


def formats(folder: Path) -> Iterator[Row]:
    """Documents of each format, about a hundred pages of text each: time and the peak of memory."""
    from tests.support import documents as made

    lines = [line for line in prose(300_000).split("\n") if line.strip()]
    rows = [[f"第{n}村", n, n * 2.5] for n in range(5000)]
    table = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in rows[:500])
    pages = [
        ([(50.0, 800.0 - 16 * at, 10.0, line[:40]) for at, line in enumerate(lines[first : first + 45])], [])
        for first in range(0, len(lines), 45)
    ]
    body = "".join(map(made.paragraph, lines))
    html = "".join(f"<p>{line}</p>" for line in lines)
    for name, data in {
        "a.html": f"<html><body>{html}<table>{table}</table></body></html>".encode(),
        "a.docx": made.docx(body),
        "a.pdf": made.pdf(pages),
        "a.epub": made.epub([html]),
        "a.xlsx": made.xlsx([["村", "户数（户）", "收入（万元）"], *rows]),
        "a.md": ("# 汇编\n\n" + "\n\n".join(lines)).encode(),
        "a.txt": "\n".join(lines).encode(),
    }.items():
        (folder / name).write_bytes(data)
        took, memory = command(str(folder / name), "--csv", str(folder / "d.csv"), "-q")
        yield (
            f"document {name[2:]}",
            f"{took:.2f} s, {memory / MEGABYTE:.0f} MB",
            f"{len(data) / 1000:,.0f} kB",
        )


PARTS = ("speed", "once", "growth", "processes", "startup", "writers", "formats")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[], metavar="PART", help=f"any of {', '.join(PARTS)}")
    parser.add_argument("--size", type=float, default=2, metavar="MB", help="text for the whole way (2)")
    parser.add_argument("--growth", type=float, default=16, metavar="MB", help="the largest document (16)")
    parser.add_argument("--documents", type=float, default=200, metavar="MB", help="for processes (200)")
    parser.add_argument("--texts", type=Path, metavar="DIR", help="other articles to read once")
    parser.add_argument("--save", metavar="FILE", help="write the table to FILE as well")
    options = parser.parse_args()
    chosen = options.parts or PARTS
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    others = [(options.texts.name, options.texts, 90)] if options.texts else []
    lines = ["| what | measured | ratio (target) |", "| --- | --- | --- |"]
    print("\n".join(lines), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: dict[str, Callable[[], Iterator[Row]]] = {
            "speed": lambda: whole_way(int(options.size * MEGABYTE)),
            "once": lambda: (once(*one) for one in (("seeds", ROOT / "seeds", 50), *others)),
            "growth": lambda: growth(int(options.growth * MEGABYTE)),
            "processes": lambda: processes(int(options.documents * MEGABYTE), folder),
            "startup": lambda: startup(folder),
            "writers": lambda: writing.compared(prose(MEGABYTE), folder),
            "formats": lambda: formats(folder),
        }
        for part in chosen:
            for row in parts[part]():
                lines.append(f"| {' | '.join(row)} |")
                print(lines[-1], flush=True)
    if options.save:
        Path(options.save).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
