"""Speed and memory, measured as ratios in one run: ``make bench``.

The texts are in ``benchmarks/texts.py``; docs/speed.md tells how each part is measured. The reference is a bare
scan for numerals with one regular expression, the least that any tool of this kind has to do. Peers are measured
where they are installed (extra ``bench``), each on single lines, as they are meant to be used. Prints one table;
writes outside of a temporary folder only what ``--save FILE`` asks for.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import re
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from extractor.pipeline import examine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the Makefile runs this file by its path
from benchmarks import growing, writing
from benchmarks.texts import ROOT, dense, documents, prose

MEGABYTE = 1_000_000
SCAN = re.compile(
    r"[0-9０-９]+(?:[.．,，][0-9]+)*|[零〇一二三四五六七八九十百千万亿两几数半壹贰叁肆伍陆柒捌玖拾佰仟]+"
)
Row = tuple[str, str, str]


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


def target(value: float, bound: str, limit: float) -> str:
    """A target, ``at most`` or ``at least`` a number, and whether it is met.

    >>> target(1.2, "at most", 1.3), target(1.75, "at least", 1.8)
    ('(at most 1.3, met)', '(at least 1.8, not met)')
    """
    met = value <= limit if bound == "at most" else value >= limit
    return f"({bound} {limit:g}, {'met' if met else 'not met'})"


def compiled() -> bool:
    """Whether the modules that read a sentence are those of the compiled wheel."""
    return not (sys.modules["extractor.pipeline"].__file__ or "").endswith(".py")


def whole_way(size: int) -> Iterator[Row]:
    """The way from text to finished rows against the bare scan, and against the peers."""
    build, limits = ("compiled", (16, 28)) if compiled() else ("pure Python", (28, 48))
    for name, text, most in (("seeds", prose(size), limits[0]), ("dense prose", dense(size), limits[1])):
        examine(text[:5000])
        numerals = sum(1 for _ in SCAN.finditer(text))
        scan = seconds(lambda text=text: sum(1 for _ in SCAN.finditer(text)), 5)  # type: ignore[misc]
        whole = seconds(lambda text=text: examine(text), 2)  # type: ignore[misc]
        length = len(text.encode())
        yield f"bare scan, {name}, {numerals / length * 1000:.1f} numerals a KB", speed(length, scan), ""
        shown = f"{speed(length, whole)}, {whole / numerals * 1e6:.0f} µs a numeral"
        times = f"{whole / scan:.0f} times the scan {target(whole / scan, 'at most', most)}"
        yield f"repeated text, {name}, {build}", shown, times
        for peer_name, (peer, share) in PEERS.items():
            try:
                call = peer()
            except Exception as error:
                yield peer_name, "not measured", f"{type(error).__name__}: {error}"[:70]
                continue
            lines = [line for line in text[: len(text) // share].splitlines() if line.strip()]
            took = seconds(lambda call=call, lines=lines: _each(call, lines))  # type: ignore[misc]
            rate = sum(len(line.encode()) for line in lines) / took
            yield peer_name, speed(rate, 1), f"{length / whole / rate:.2g} times as long as we"


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
    density = f"{numerals / size * 1000:.1f} numerals a KB"
    times = f"{whole / scan:.0f} times the scan {target(whole / scan, 'at most', most)}"
    return f"every article once, a fresh process, {name}, {density}", shown, times


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


class Ran(NamedTuple):
    """What a run took: seconds by the clock, processor time of all its processes, peak memory of the first process."""

    clock: float
    busy: float
    peak: int


def command(*arguments: str) -> Ran:
    """Run ``extract``."""
    # What a process has used before it becomes another one counts for that one too in ru_maxrss; not in VmHWM.
    code = (
        "import re, resource, sys; from pathlib import Path; from extractor.cli.command import main\n"
        "try: main(sys.argv[1:])\n"
        "finally:\n"
        "    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "    peak = used[0].ru_maxrss * (1 if sys.platform == 'darwin' else 1024)\n"
        "    status = Path('/proc/self/status')\n"
        "    if status.exists(): peak = int(re.search(r'VmHWM:\\s*(\\d+)', status.read_text())[1]) * 1024\n"
        "    print(sum(one.ru_utime + one.ru_stime for one in used), peak)"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    busy, peak = done.stdout.split()
    return Ran(time.monotonic() - start, float(busy), int(peak))


def processes(size: int, folder: Path) -> Iterator[Row]:
    """The whole way of a corpus: two processes against one, into each format for corpora, what a terabyte would cost at
    that rate, and the peak memory of the first process over a part of the documents and over all.

    The ratio goes by processor time, two processes that are equally busy, so that others on the machine do not count
    for it; that of the clock stands beside it.
    """
    documents(folder / "all", size)
    documents(folder / "part", size // 10)
    name = f"{size / MEGABYTE:g} MB of documents"
    small = Ran(0, 0, 0)
    peaks = []
    for option, least in (("csv", 1.85), ("parquet", 1.8), ("sqlite", 0)):
        outputs = [folder / f"{jobs}.{option}" for jobs in (0, 1, 2)]
        if option == "csv":
            small = command(str(folder / "part"), "--csv", str(outputs[0]), "-q", "-j", "2")
        one = command(str(folder / "all"), f"--{option}", str(outputs[1]), "-q", "-j", "1")
        two = command(str(folder / "all"), f"--{option}", str(outputs[2]), "-q", "-j", "2")
        peaks.append(two.peak)
        ratio = 2 * one.busy / two.busy
        shown = f"{ratio:.2f} times " + (target(ratio, "at least", least) if least else "")
        shown += f", by the clock {one.clock / two.clock:.2f}"
        if option == "csv":
            shown += f", {'' if _digest(outputs[1]) == _digest(outputs[2]) else 'NOT '}the same bytes"
        yield f"{name} into {option}, -j 1 and -j 2", f"{one.busy:.1f} s, {two.busy:.1f} s", shown
        peak = f"first process {two.peak / MEGABYTE:.0f} MB"
        if option == "parquet":
            peak += f" {target(two.peak / MEGABYTE, 'at most', 150)}"
        cost = f"a terabyte: {two.busy / size * 1e12 / 3600:,.0f} core hours, {peak}"
        yield f"the same, -j 2, {option}", f"{speed(size, two.busy / 2)} on two cores", cost
    shown = f"{small.peak / MEGABYTE:.0f} MB, {peaks[0] / MEGABYTE:.0f} MB"
    times = peaks[0] / small.peak
    yield (
        f"memory over {size / 10 / MEGABYTE:g} MB and {name}",
        shown,
        f"{times:.2f} times {target(times, 'at most', 1.1)}",
    )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def startup(folder: Path) -> Iterator[Row]:
    """Extraction of the seeds against the start of Python with two libraries, and what of it are our own imports and
    tables, in processor time.
    """
    libraries = "import click, regex"
    code = "import sys; from extractor.cli.command import main; main(sys.argv[1:])"
    # Everything that a run imports and loads, without a text to read.
    loading = "import extractor.cli.command, extractor.engine.run; from extractor.engine.task import Task; Task().warm()"
    bare, ours, own = (
        _started(*arguments)
        for arguments in (
            (libraries,), (code, "seeds", "--csv", str(folder / "s.csv"), "-q"), (f"{libraries}; {loading}",),
        )
    )  # fmt: skip
    yield (
        f"start, extract seeds/ --csv, {libraries}",
        f"{ours:.2f} s, {bare:.2f} s",
        f"{ours / bare:.1f} times {target(ours / bare, 'at most', 5)}",
    )
    share = (own - bare) / bare
    yield (
        "of it our own imports and tables",
        f"{own - bare:.2f} s",
        f"{share:.1f} times {target(share, 'at most', 1)}",
    )


def _started(code: str, *arguments: str) -> float:
    """The least processor time of some processes that run a piece of Python."""
    took = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(took)


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
        ran = command(str(folder / name), "--csv", str(folder / "d.csv"), "-q")
        yield (
            f"document {name[2:]}",
            f"{ran.busy:.2f} s, {ran.peak / MEGABYTE:.0f} MB",
            f"{len(data) / 1000:,.0f} kB",
        )


PARTS = ("speed", "once", "growth", "processes", "startup", "writers", "formats")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[], metavar="PART", help=f"any of {', '.join(PARTS)}")
    parser.add_argument("--size", type=float, default=2, metavar="MB", help="text for the part speed (2)")
    parser.add_argument(
        "--growth", type=float, default=16, metavar="MB", help="the largest document of growth (16)"
    )
    parser.add_argument(
        "--documents", type=float, default=100, metavar="MB", help="the corpus of processes (100)"
    )
    parser.add_argument(
        "--instructions", action="store_true", help="growth by instructions, for which valgrind is needed"
    )
    parser.add_argument(
        "--rows", type=int, default=writing.ROWS, metavar="N", help="for the part writers (20000)"
    )
    parser.add_argument(
        "--articles", type=Path, metavar="DIR", help="articles to read once, *.txt, besides the seeds"
    )
    parser.add_argument("--save", metavar="FILE", help="write the table to FILE as well")
    options = parser.parse_args()
    chosen = options.parts or PARTS
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    others = [(options.articles.name, options.articles, 90)] if options.articles else []
    lines = ["| what | measured | ratio (target) |", "| --- | --- | --- |"]
    print("\n".join(lines), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: dict[str, Callable[[], Iterator[Row]]] = {
            "speed": lambda: whole_way(int(options.size * MEGABYTE)),
            "once": lambda: (once(*one) for one in (("seeds", ROOT / "seeds", 50), *others)),
            "growth": lambda: (
                (name, shown, f"{worst:+.0%} {target(worst * 100, 'at most', 10)}")
                for name, shown, worst in growing.growth(int(options.growth * MEGABYTE), options.instructions)
            ),
            "processes": lambda: processes(int(options.documents * MEGABYTE), folder),
            "startup": lambda: startup(folder),
            "writers": lambda: writing.compared(prose(200_000), folder, options.rows),
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
