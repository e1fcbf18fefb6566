"""How the cost of one document grows with its size, on many lines and on one.

By instructions where valgrind is asked for, which counts the same on a busy machine, but takes fifty times as long; by
processor time otherwise.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.texts import ROOT

MEGABYTE = 1_000_000
STEPS = 5
_CODE = """
import sys, time
from benchmarks.texts import prose
from extractor.pipeline import examine
size, on_one = int(sys.argv[1]), sys.argv[2] == "one line"
text = prose(size)
examine(prose(5000))
start = time.process_time()
if size:
    examine(text.replace("\\n", "") if on_one else text)
print(time.process_time() - start, len(text.encode()))
"""


def growth(largest: int, counted: bool) -> Iterator[tuple[str, str, float]]:
    """What is measured, the cost of a megabyte at each size, and by how much the worst is above the least."""
    for lines in ("many lines", "one line"):
        sizes = [largest >> step for step in range(STEPS)][::-1]
        start = _cost(0, lines, counted)[0] if counted else 0
        costs = []
        for size in sizes:
            cost, length = _cost(size, lines, counted)
            costs.append((cost - start) / length * MEGABYTE)
        unit, scale, by = ("billion instructions", 1e9, "instructions") if counted else ("s", 1, "time")
        shown = " ".join(f"{cost / scale:.3g}" for cost in costs)
        name = f"growth by {by}, {sizes[0] / MEGABYTE:g} … {largest / MEGABYTE:g} MB, {lines}"
        yield name, f"{shown} {unit} a MB", max(costs) / min(costs) - 1


def _cost(size: int, lines: str, counted: bool) -> tuple[float, int]:
    """The cost of a document in a process of its own, and its bytes."""
    command = [sys.executable, "-c", _CODE, str(size), lines]
    if counted:
        command[:0] = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    took, length = done.stdout.split()
    if not counted:
        return float(took), int(length)
    (line,) = [line for line in done.stderr.splitlines() if "I " in line and "refs" in line]
    return float(line.split()[-1].replace(",", "")), int(length)
