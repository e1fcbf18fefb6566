"""Every recipe of examples/ runs and prints what examples/README.md shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import examples


def test_every_recipe_is_on_the_page() -> None:
    found = {path.name for path in examples.FOLDER.iterdir() if path.suffix in (".sh", ".py")}
    assert found == set(examples.ORDER)
    assert len(found) >= 8


@pytest.mark.parametrize("name", examples.ORDER)
def test_recipe(name: str, tmp_path: Path) -> None:
    if examples.missing(name):
        pytest.skip(f"{examples.missing(name)} is not installed here")
    output = examples.run(name, tmp_path)
    assert output.strip()
    wanted = examples.section(name, output)
    assert examples.shown(name) == wanted, "run `python -m tests.support.examples` and look at what changed"
    if name == "chart.py":
        assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
        assert (examples.FOLDER / "chart.png").read_bytes().startswith(b"\x89PNG")
