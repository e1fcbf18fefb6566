"""docs/tour.ipynb: a notebook with its outputs, executed anew by

python -m tests.support.notebook
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "tour.ipynb"


def executed() -> Any:
    """The notebook, run from its first cell to the last. Raises ``CellExecutionError``."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(PAGE, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(PAGE.parent)}}
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata = {}  # times of the run
        for one in cell.get("outputs", ()):
            if "text/html" in one.get("data", {}):
                one["data"].pop("text/plain", None)  # says the same, and every column besides
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return notebook


def outputs(notebook: Any) -> list[Any]:
    """What the cells print and show, without what differs between two runs."""
    return [
        [
            re.sub(r"0x[0-9a-f]+", "0x", str(one.get("data") or one.get("text")))
            for one in cell.get("outputs", ())
        ]
        for cell in notebook.cells
    ]


if __name__ == "__main__":
    import nbformat

    nbformat.write(executed(), PAGE)
