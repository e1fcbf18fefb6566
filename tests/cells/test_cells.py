"""The numbers of tables: seventy-seven invented tables in many shapes, and the rules that they do not show."""

from __future__ import annotations

import pytest

from extractor.cells import stacked
from extractor.cells.reading import CellFigure, CellRejection, CellText, read
from extractor.pipeline import examine
from extractor.sources.documents import markdown
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


def values_of(text: str) -> list[tuple[object, ...]]:
    done = markdown.read(text)
    found = [one for part in stacked.parts(done.tables, done.text) for one in read(part, done.text)]
    return [
        (one.subject or one.item, one.number.value, one.unit.name, one.period)
        for one in found
        if isinstance(one, CellFigure)
    ]


def table(*rows: str) -> str:
    first, *rest = (f"| {row} |" for row in rows)
    return "\n".join([first, "|---" * (rows[0].count("|") + 1) + "|", *rest]) + "\n"


@pytest.mark.parametrize(
    ("between", "unit", "times"),
    [
        ("", "元", 10000),
        ("续表", "元", 10000),
        ("表2 收入（续）", "元", 10000),
        ("表3 支出", "", 1),
        ("单位：元", "元", 1),
    ],
)
def test_a_table_that_goes_on_has_the_unit_of_the_one_before(between: str, unit: str, times: int) -> None:
    first = "表2 收入（单位：万元）\n\n" + table("乡镇 | 2021年", "甲乡 | 120")
    found = values_of(
        first
        + f"\n{between}\n\n"
        + ("" if between else "<!-- -->\n\n")
        + table("乡镇 | 2022年", "甲乡 | 130")
    )
    assert [one[1:] for one in found] == [(1200000, "元", "2021年"), (130 * times, unit, "2022年")]


def test_a_table_of_other_headers_does_not_go_on() -> None:
    found = values_of(
        "产值（单位：吨）\n\n"
        + table("乡镇 | 2023年", "甲乡 | 7")
        + "\n<!-- -->\n\n"
        + table("乡镇 | 合作社", "甲乡 | 21")
    )
    assert [one[1:3] for one in found] == [(7, "吨"), (21, "")]


def test_headers_inside_a_table_begin_another() -> None:
    csv = "项目,2020年,2021年\n产值（万元）,1,2\n项目,2022年,2023年\n产值（万元）,3,4\n"
    done = of_text(csv, "a.csv")
    found = examine(done.text, extracted=done).figures
    assert [(one.value, one.period) for one in found] == [
        (10000, "2020年"), (20000, "2021年"), (30000, "2022年"), (40000, "2023年"),
    ]  # fmt: skip
    same = of_text("项目,2020年\n甲（元）,1\n项目,2020年\n乙（元）,3\n", "a.csv")
    assert [one.item for one in examine(same.text, extracted=same).figures] == ["甲", "乙"]


@pytest.mark.parametrize("head", ["产量（吨、万只）", "产量（亿只或万吨）"])
def test_of_units_of_different_sizes_none_is_guessed(head: str) -> None:
    assert figures_of(f"品种,{head}\n生猪,8.6\n山羊,4.2\n") == []


def test_a_label_over_the_table_is_no_header() -> None:
    found = figures_of("编制单位：财政局,,单位：万元\n项目,2022年,2023年\n税收收入,120,130\n")
    assert [(one.subject, one.item, one.number.value, one.period) for one in found] == [
        ("", "税收收入", 1200000, "2022年"), ("", "税收收入", 1300000, "2023年"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "change", "unit"),
    [(120, 100, 20, "元"), (125, 100, 25, "%"), (45, 50, -5, "元"), (45, 50, -10, "%"), (80, 60, 33.3, "%"), (0, 60, -60, "元")],
)  # fmt: skip
def test_the_numbers_tell_whether_a_change_is_an_amount(
    first: int, second: int, change: float, unit: str
) -> None:
    other = {"元": "差旅费,70,30,40", "%": "差旅费,70,35,100"}[unit]
    found = figures_of(
        f"项目（万元）,2023年（万元）,2022年（万元）,增减\n办公费,{first},{second},{change}\n{other}\n"
    )
    assert found[2].unit.name == unit


def test_a_table_without_headers_is_read() -> None:
    done = of_text("河口村,33.5\n上湾村,12\n", "a.csv")
    assert [
        one.number.value
        for part in stacked.parts(done.tables, done.text)
        for one in read(part, done.text)
        if isinstance(one, CellFigure)
    ] == [33.5, 12]


Told = list[tuple[str, str, object, str, str]]


def told(csv: str) -> Told:
    return [(one.subject, one.item, one.number.value, one.unit.name, one.period) for one in figures_of(csv)]


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        # Two halves beside one another.
        ("乡镇,户数（户）,乡镇,户数（户）\n甲乡,12,丙乡,15\n", [("甲乡", "户数", 12, "户", ""), ("丙乡", "户数", 15, "户", "")]),
        ("年份,产值（元）,年份,产值（元）\n2019,12,2021,15\n", [("", "产值", 12, "元", "2019"), ("", "产值", 15, "元", "2021")]),
        # Names and values in turn; codes are none.
        ("建筑面积,1200平方米,联系电话,13800001234\n总投资,350万元,工期,180天\n",
         [("", "建筑面积", 1200, "平方米", ""), ("", "总投资", 3500000, "元", ""), ("", "工期", 180, "天", "")]),
        ("邮政编码,675000,总人口（万人）,3.2\n电话,0876-2123456,面积（亩）,1200\n",
         [("", "总人口", 32000, "人", ""), ("", "面积", 1200, "亩", "")]),
        # The cell tells its own size.
        ("项目,金额（万元）\n水渠,3.2亿\n公路,12.5万\n桥,80\n",
         [("", "水渠", 320000000, "元", ""), ("", "公路", 125000, "元", ""), ("", "桥", 800000, "元", "")]),
        # Marks and forecasts behind years, sums in a column of years.
        ("年份,产值（元）\n2022*,12\n2023（预计）,13\n年均增长(%),0.5\n",
         [("", "产值", 12, "元", "2022"), ("", "产值", 13, "元", "2023"), ("", "年均产值", 0.5, "%", "")]),
        # A number without unit that can only be a telephone.
        ("乡镇,联系方式\n甲乡,13800001234\n", []),
    ],
)  # fmt: skip
def test_more_shapes(csv: str, expected: Told) -> None:
    assert told(csv) == expected


@pytest.mark.parametrize(
    ("unit", "column", "value", "name"),
    [("万人", "总人口", 321000, "人"), ("千人", "从业人员", 32100, "人"), ("人", "教师", 32.1, "人"),
     ("万元", "总人口", 32.1, "人"), ("万元", "户数", 32.1, "户")],
)  # fmt: skip
def test_the_unit_of_the_table_is_that_of_a_header_that_implies_it(
    unit: str, column: str, value: float, name: str
) -> None:
    found = values_of(f"各地情况（单位：{unit}）\n\n" + table(f"地区 | {column}", "甲县 | 32.1"))
    assert [one[1:3] for one in found] == [(value, name)]


@pytest.mark.parametrize(
    ("cell", "low", "high", "qualifier"),
    [
        ("≥12.5", 125000, None, "at_least"), ("不低于12", 120000, None, "at_least"), ("3000以上", 30000000, None, "at_least"),
        ("≤5", None, 50000, "at_most"), ("<5", None, 50000, "under"), (">5", 50000, None, "over"), ("8—10", 80000, 100000, "range"),
        ("约120", None, None, "about"), ("120左右", None, None, "about"), ("近50", None, 500000, "nearly"),
    ],
)  # fmt: skip
def test_a_number_that_is_only_bounded(
    cell: str, low: float | None, high: float | None, qualifier: str
) -> None:
    first, second = figures_of(f"项目,目标（万元）,完成（万元）\n水渠,{cell},13.1\n")
    assert (first.number.low, first.number.high, first.number.qualifier) == (low, high, qualifier)
    assert (first.item, first.unit.name, second.item) == ("水渠目标", "元", "水渠完成")


@pytest.mark.parametrize("cell", ["3-1", "2023-12", "1/3", "1.2.3", "2023-2025", "约定3次", "7-3"])
def test_what_only_looks_like_bounds_is_none(cell: str) -> None:
    assert [
        one.number.value
        for one in figures_of(f"项目,目标（万元）,完成（万元）\n水渠,{cell},13.1\n公路,8,9\n")
    ] == [131000, 80000, 90000]


@pytest.mark.parametrize("name", ["0—14", "60以上", "80—89", "60岁及以上", "10—20亩"])
def test_classes_name_rows(name: str) -> None:
    (only,) = figures_of(f"年龄段,人数\n{name},120\n")
    assert (only.number.value, only.unit.name) == (120, "人")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("单位：公顷，吨", [(12, "公顷"), (50, "")]),
        ("（单位：亩、公斤）", [(12, "亩"), (50, "")]),
        ("单位：公顷，下同", [(12, "公顷"), (50, "公顷")]),
        ("单位：万亩；万吨", [(120000, "亩"), (500000, "")]),
    ],
)
def test_of_several_units_above_none_is_given_to_all(line: str, expected: list[tuple[int, str]]) -> None:
    found = values_of(f"{line}\n\n" + table("作物 | 面积 | 产量", "小麦 | 12 | 50"))
    assert [one[1:3] for one in found] == expected
