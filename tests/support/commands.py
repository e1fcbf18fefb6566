"""Runs the real command in a process of its own, for tests of signals, pipes, files and environments."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

COMMAND = (sys.executable, "-m", "extractor")


class Result(NamedTuple):
    """Exit status, standard output and standard error."""

    status: int
    out: bytes
    err: str


def start(*arguments: str | bytes, **options: Any) -> subprocess.Popen[bytes]:
    """The command under way."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*COMMAND, *arguments], **(streams | options))


def run(
    *arguments: str | bytes,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> Result:
    """The command from start to end. Raises ``TimeoutExpired`` where it takes too long."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **env} if env else None,
        timeout=timeout,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr.decode())
