"""The numbers of tables: forty invented tables in ten shapes, and the rules that they do not show."""

from __future__ import annotations

import pytest

from extractor.cells.reading import CellFigure, CellRejection, read
from extractor.sources.documents.sheets import of_text
from tests.cells.tables import measure, samples

FLOORS = {"found": 0.99, "value": 0.995, "unit": 0.995, "item": 0.95, "subject": 0.95, "period": 0.95}


def test_the_tables_are_in_ten_shapes() -> None:
    shapes = [sample.shape for sample in samples()]
    assert len(shapes) >= 40
    assert len(set(shapes)) >= 10


@pytest.mark.parametrize("part", FLOORS)
def test_cells_are_read_well_enough(part: str) -> None:
    results = [(right, told) for _, name, right, told in measure() if name == part]
    wrong = [told for right, told in results if not right]
    assert len(wrong) <= (1 - FLOORS[part]) * len(results), "\n".join(wrong)


def test_no_number_is_a_figure_that_is_none() -> None:
    assert [told for _, part, _, told in measure() if part == "extra"] == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("▲3.2", "code"), ("(12", "code")],
)
def test_what_cannot_be_read_for_certain_is_rejected(cell: str, reason: str) -> None:
    done = of_text(f"指标,数值\n甲,1\n乙,{cell}\n", "a.csv")
    found = [one for one in read(done.tables[0], done.text) if one.start > 10]
    assert all(not isinstance(one, CellFigure) for one in found)
    assert {one.reason for one in found if isinstance(one, CellRejection)} <= {reason}


def test_the_mark_of_a_note_is_not_part_of_the_number() -> None:
    done = of_text("指标,产值（元）\n甲,12.5①\n乙,7\n", "a.csv")
    figures = [one for one in read(done.tables[0], done.text) if isinstance(one, CellFigure)]
    assert [done.text[one.start : one.end] for one in figures] == ["12.5", "7"]
