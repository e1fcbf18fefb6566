"""Where people read the report: in their language, with filters in the address, in a low window, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.checks import STATUSES, check
from extractor.pipeline import examine
from extractor.report import labels
from tests.support import report_browser
from tests.support.report_browser import Watch, write_report

TEXT = (
    "东山县抓产业促增收\n\n本报记者 张三\n\n今年以来，东山县培训群众120人次，发放补贴3.5万元。"
    "现有23名党员，其中本地党员18名，占支部党员人数的78%。应改造80户，已改造60户，剩余30户。\n"
)

browser_only = pytest.mark.skipif(
    bool(report_browser.MISSING) and not report_browser.REQUIRED, reason=report_browser.MISSING
)
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    assert not report_browser.MISSING, report_browser.MISSING
    with report_browser.browser() as found:
        yield found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_report(tmp_path / "report.html", [(examine(TEXT, "a.txt"), TEXT)])


@pytest.fixture
def open_page(chromium: Any, path: Path) -> Iterator[Open]:
    watch = Watch()

    def open_page(hash: str = "", report: Path = path, **options: Any) -> Any:
        page = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **options}).new_page()
        watch.follow(page)
        page.goto(report.as_uri() + hash)
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        return page

    yield open_page
    assert watch.errors == []


def shown(page: Any) -> str:
    page.wait_for_timeout(300)
    return str(page.text_content("#count"))


@browser_only
def test_the_report_opens_in_the_browsers_language_and_remembers_the_choice(
    open_page: Open, path: Path
) -> None:
    titles = {language: words["title"] for language, words in labels.interface().items()}
    page = open_page(locale="zh-CN")
    assert page.title() == titles["zh"] and page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.inner_text("#overview h2") == labels.interface()["zh"]["overview"]
    page.click("#language")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.title() == titles["en"]
    assert open_page(locale="en-GB").title() == titles["en"]
    assert open_page(locale="de-DE").title() == titles["en"]


@browser_only
def test_a_report_that_was_asked_for_in_chinese_is_chinese(open_page: Open, tmp_path: Path) -> None:
    report = write_report(tmp_path / "zh.html", [(examine(TEXT, "a.txt"), TEXT)], zh=True)
    assert open_page(report=report, locale="en-US").title() == labels.interface()["zh"]["title"]


@browser_only
def test_relations_are_told_in_the_language_of_the_page(open_page: Open) -> None:
    page = open_page(locale="zh-CN")
    told = page.inner_text(".checks")
    assert "据“其中、占”为占比关系" in told and "不符：文中写30，按其他数字为20" in told
    assert not re.search("[a-z]{3}", told)
    page.click("#language")
    assert "the text states 30, its other numbers give 20" in page.inner_text(".checks")


def test_every_status_has_chinese_words() -> None:
    made = {one.status: one for one in check(examine(TEXT, "a.txt").figures)}
    assert {"rounds", "disagrees"} <= made.keys()
    for one in made.values():
        assert not re.search("[a-z]", labels.explanation(one))
    assert set(STATUSES) <= labels.data()["zh_explained"].keys()


@browser_only
def test_search_and_filters_are_in_the_address(open_page: Open) -> None:
    page = open_page()
    page.fill("#search", "党员 现有")
    assert shown(page).startswith("3 of")
    page.click(".chip:has-text('party members')")
    page.select_option("#filter-unit", "=人")
    page.fill("#smallest", "20")
    assert shown(page).startswith("1 of")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    address = page.evaluate("location.href")
    assert "q=" in address and "kind=party_members" in address and "min=20" in address and "f=" in address
    again = open_page("#" + address.split("#")[1])
    assert shown(again).startswith("1 of")
    assert again.input_value("#search") == "党员 现有" and again.input_value("#smallest") == "20"
    assert again.input_value("#filter-unit") == "=人"
    assert again.get_attribute(".chip:has-text('party members')", "aria-pressed") == "true"
    assert again.inner_text("#inspector h3").startswith("23名")
    again.click("#language")
    again.wait_for_selector("html[data-ready]")
    assert again.locator("#table .tabulator-row").count() == 1
    again.click("#language")
    again.wait_for_selector("html[data-ready]")
    again.click("#reset")
    again.keyboard.press("Escape")
    assert again.evaluate("location.hash") == ""
    again.evaluate("location.hash = 'kind=money'")
    assert shown(again).startswith("1 of")
    again.evaluate("location.hash = 'f=1'")  # a link to a figure leaves the filters
    assert shown(again).startswith("1 of")
    empty = open_page("#kind=nonsense&unit=%E2%80%93&min=many&article=0")
    assert shown(empty).startswith("0 of")


@browser_only
def test_the_overview_makes_room_for_the_table(open_page: Open) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})

    def top() -> float:
        return float(page.evaluate("document.querySelector('#table').getBoundingClientRect().top"))

    assert page.locator("#overview details").get_attribute("open") is not None
    page.fill("#search", "党员")
    shown(page)
    assert page.locator("#overview details").get_attribute("open") is None
    assert top() < 400
    page.click("#overview summary")
    page.fill("#search", "培训")
    shown(page)
    assert page.locator("#overview details").get_attribute("open") is not None  # opened on purpose


@browser_only
def test_a_phone_shows_the_value(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.tap("[data-tab=tabular]")
    for name in ("item", "value", "unit"):
        box = page.locator(f".tabulator-col[tabulator-field={name}]").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, name


def test_kinds_and_columns_are_named_as_people_say_them() -> None:
    from extractor.table.headers import kinds

    words = labels.names(kinds())
    assert not [word for word in words["en"]["kind"].values() if "_" in word]
    assert not [word for word in words["en"]["column"].values() if "_" in word]
    assert all(re.search("[\u4e00-\u9fff]", word) for word in words["zh"]["kind"].values())
