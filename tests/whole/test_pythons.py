"""The table of the seeds has the same bytes under every Python that is there.

``EXTRACT_PYTHONS`` names interpreters that have the package installed, parted as in ``PATH``; ``.ci/pythons`` makes an
environment for each that it finds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHONS = [python for python in os.environ.get("EXTRACT_PYTHONS", "").split(os.pathsep) if python]


def table(python: str) -> bytes:
    """The table of the seeds, made by an interpreter that sees nothing of this one's environment."""
    command = [python, "-m", "extractor", "seeds", "--csv", "-", "--quiet"]
    bare = {"PATH": os.defpath, "EXTRACT_CACHE": ""}
    return subprocess.run(command, check=True, cwd=ROOT, env=bare, stdout=subprocess.PIPE).stdout


@cache
def own() -> bytes:
    return table(sys.executable)


@pytest.mark.skipif(not PYTHONS, reason="EXTRACT_PYTHONS names no other interpreters")
@pytest.mark.parametrize("python", PYTHONS)
def test_other_pythons_give_the_same_bytes(python: str) -> None:
    assert table(python) == own()
    assert own().count(b"\n") > 200
