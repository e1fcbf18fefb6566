"""What pip would install: its name, its Pythons, what it needs, and that every file that the code reads is in it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

from tests.support.scorer import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DATA = PROJECT["tool"]["setuptools"]["package-data"]
PACKAGE = ROOT / "extractor"


def test_every_file_of_the_package_is_installed() -> None:
    for path in PACKAGE.rglob("*"):
        if not path.is_file() or path.suffix in (".py", ".pyc"):
            continue
        places = [
            fnmatch(path.relative_to(ROOT / name.replace(".", "/")).as_posix(), pattern)
            for name, patterns in DATA.items()
            if path.is_relative_to(ROOT / name.replace(".", "/"))
            for pattern in patterns
        ]
        assert any(places), f"{path} is in no wheel; name it in pyproject.toml"


def test_extras_and_hints_name_the_distribution() -> None:
    name, extras = PROJECT["project"]["name"], PROJECT["project"]["optional-dependencies"]
    assert name == "extract-figures"
    hints = [
        hint
        for path in PACKAGE.rglob("*.py")
        for hint in re.findall(r"([\w-]+)\[(\w+)\]'", path.read_text("utf-8"))
    ]
    assert {hint for hint in hints if hint[0] != name} == set()
    assert {extra for _, extra in hints} <= set(extras)
    named = re.findall(r"'\.\[([\w,]+)\]'", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert {extra for extra in ",".join(named).split(",") if extra} <= set(extras)


def test_the_pythons_that_are_promised() -> None:
    assert PROJECT["project"]["requires-python"].startswith(">=3.11")
    assert [one[-4:] for one in PROJECT["project"]["classifiers"] if "Python :: 3." in one] == [
        "3.11",
        "3.12",
        "3.13",
        "3.14",
    ]


def test_the_main_job_needs_no_extra(tmp_path: object) -> None:
    """What is imported by the command is what an installation without extras brings."""
    needed = {re.split(r"[^\w-]", one)[0].lower() for one in PROJECT["project"]["dependencies"]}
    assert needed == {"click", "cn2an", "markdown-it-py", "regex", "rjieba", "rich", "opencc"}
    code = (
        "import sys, runpy; sys.argv = ['extract', '-', '--csv', '-', '-q']; import io; "
        "sys.stdin = io.TextIOWrapper(io.BytesIO('全村共有113户。'.encode()))\n"
        "try: runpy.run_module('extractor', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print(sorted(n for n in sys.modules if n in ('pandas', 'numpy', 'pyarrow', 'jinja2', 'xlsxwriter', 'cn2an')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ast.literal_eval(done.stdout.splitlines()[-1]) == []
    assert "113户" in done.stdout
