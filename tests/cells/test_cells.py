"""The numbers of tables: forty-five invented tables in ten shapes, and the rules that they do not show."""

from __future__ import annotations

import pytest

from extractor.cells.reading import CellFigure, CellRejection, CellText, read
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


def figures_of(table: str, heading: str = "") -> list[CellFigure]:
    done = of_text(table, "a.csv")
    return [one for one in read(done.tables[0], done.text, heading) if isinstance(one, CellFigure)]


def test_a_cell_tells_where_its_unit_and_item_stand() -> None:
    told, assumed, bare = figures_of("乡镇,产值（万元）,就业率,批次\n甲乡,12,95.1,7\n")
    assert dict(told.why) == {
        "unit": "the header of the column",
        "item": "the header of the column",
        "period": "none",
    }
    assert [dict(one.why)["unit"] for one in (assumed, bare)] == ["custom, for a change or a share", "none"]
    assert told.confidence > assumed.confidence > bare.confidence


def test_the_title_of_the_article_tells_the_period_of_a_table_that_tells_none() -> None:
    table = "乡镇,产值（万元）,2021年产值（万元）\n甲乡,12,11\n"
    assert [one.period for one in figures_of(table, "2022年工作总结")] == ["2022年", "2021年"]
    assert [one.period for one in figures_of(table, "比2022年更好")] == ["", "2021年"]


def test_words_in_a_cell_leave_to_the_headers_what_they_are_about() -> None:
    done = of_text("指标,2022年,比上年增减\n净资产收益率（%）,3.1,减少4.0个百分点\n", "a.csv")
    words = next(
        one for one in read(done.tables[0], done.text) if isinstance(one, CellText) and not one.header
    )
    assert (words.item, words.period) == ("净资产收益率", "2022年")
