"""The recipes of examples/, their output, and the page that shows both.

    python -m tests.support.examples      run every recipe and write examples/README.md anew

A recipe is a ``.sh`` or ``.py`` file whose first line is its title. It runs in a folder of its own that holds
``texts/``, ``corpus/`` and ``documents/``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "examples"
PAGE = FOLDER / "README.md"
ORDER = (
    "largest_investments.sh", "households_per_village.sh", "cadres_per_county.py", "training.py",
    "one_indicator.sh", "chart.py", "excel.py", "database.py", "through_jq.sh", "places_and_kinds.sh",
    "own_words.sh", "why.sh", "series.sh", "conflicts.sh",
    "folder_of_documents.sh", "web_page.sh", "word_report.sh", "pdf_page.sh",
    "text_of_a_pdf.sh", "book.sh", "workbook.sh", "price_list.sh", "news_in_markdown.sh", "subtitles.sh",
)  # fmt: skip
NEEDS = {
    "chart.py": "matplotlib", "excel.py": "xlsxwriter", "through_jq.sh": "jq",
    "folder_of_documents.sh": "pdfplumber", "web_page.sh": "trafilatura", "word_report.sh": "mammoth",
    "pdf_page.sh": "pdfplumber", "text_of_a_pdf.sh": "pdfplumber", "workbook.sh": "openpyxl",
}  # fmt: skip
HEAD = """# Recipes

Each recipe runs in this folder, on the invented bulletins in `texts/`, articles in `corpus/` and
documents in `documents/`, and is followed by its output.
`python -m tests.support.examples` runs them all and writes this page anew; a test runs them and compares.
"""


def missing(name: str) -> str:
    """What a recipe needs and is not installed, "" if nothing."""
    need = NEEDS.get(name, "")
    return "" if not need or shutil.which(need) or find_spec(need) else need


def run(name: str, folder: Path) -> str:
    """What a recipe prints, run in ``folder``. Raises ``CalledProcessError`` if it fails."""
    for given in ("texts", "corpus", "documents"):
        shutil.copytree(FOLDER / given, folder / given)
    command = [sys.executable] if name.endswith(".py") else ["bash", "-eo", "pipefail"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "MPLCONFIGDIR": str(folder)}
    done = subprocess.run(
        [*command, str(FOLDER / name)], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def section(name: str, output: str) -> str:
    """A recipe with its title and output, as the page shows it."""
    title, _, code = (FOLDER / name).read_text(encoding="utf-8").partition("\n")
    mark = "python" if name.endswith(".py") else "sh"
    image = "\n![The chart](chart.png)\n" if name == "chart.py" else ""
    head = f"\n## {title.removeprefix('# ')}\n\n[{name}]({name})\n"
    return f"{head}\n```{mark}\n{code}```\n\n```\n{output}```\n{image}"


def shown(name: str) -> str:
    """The section of a recipe as it stands on the page."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"\n## [^\n]+\n\n\[{re.escape(name)}\].*?(?=\n## |\Z)", page, re.DOTALL)
    return found.group() if found else ""


def refresh() -> None:
    """Run every recipe and write the page; what cannot run here keeps its section."""
    sections = []
    for name in ORDER:
        with tempfile.TemporaryDirectory() as folder:
            if missing(name):
                sections.append(shown(name))
                continue
            sections.append(section(name, run(name, Path(folder))))
            if name == "chart.py":
                shutil.copy(Path(folder) / "chart.png", FOLDER / "chart.png")
    PAGE.write_text(HEAD + "".join(sections), encoding="utf-8")


if __name__ == "__main__":
    refresh()
