"""A review in Chromium: with the keyboard alone, exported, loaded again, applied by the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli.command import command
from extractor.model import Document, Figure
from extractor.pipeline import examine
from extractor.sources.encodings import text_digest
from extractor.table.columns import CELLS, FIGURES, spell
from extractor.trust.records import read_review, record_of
from extractor.trust.review import Review
from tests.support import report_browser
from tests.support.report_browser import Watch, write_report

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))

pytestmark = pytest.mark.skipif(
    bool(report_browser.MISSING) and not report_browser.REQUIRED, reason=report_browser.MISSING
)


def seeds() -> list[tuple[Document, str]]:
    texts = [(SEEDS / name).read_bytes().decode() for name in NAMES]
    return [(examine(text, f"{SEEDS}/{name}"), text) for name, text in zip(NAMES, texts, strict=True)]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("review") / "report.html", seeds())


@pytest.fixture
def context() -> Iterator[Any]:
    assert not report_browser.MISSING, report_browser.MISSING
    with report_browser.browser() as chromium:
        yield chromium.new_context(viewport={"width": 1440, "height": 900})


def opened(context: Any, path: Path) -> tuple[Any, Watch]:
    page, watch = context.new_page(), Watch()
    watch.follow(page)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    return page, watch


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.localName"))


def fill(page: Any, **cells: str) -> None:
    """Go through the form with the Tab key, write the cells, and send it off with Enter."""
    for _ in range(len(CELLS) + 1):
        name = focused(page)
        if name in cells:
            text = cells.pop(name)
            if page.evaluate("document.activeElement.localName") == "select":
                page.keyboard.type(text)
            else:
                page.keyboard.press("Control+a")
                page.keyboard.type(text) if text else page.keyboard.press("Delete")
        if not cells:
            break
        page.keyboard.press("Tab")
    assert not cells
    page.keyboard.press("Enter")


def saved(page: Any, path: Path) -> Path:
    with page.expect_download() as download:
        page.keyboard.press("s")
    assert download.value.suggested_filename == "review.jsonl"
    download.value.save_as(path)
    return path


def selected(page: Any) -> int:
    return int(page.evaluate("location.hash").removeprefix("#f=") or 0)


def test_a_review_by_keyboard_gives_the_corrected_table(context: Any, report: Path, tmp_path: Path) -> None:
    page, watch = opened(context, report)
    figures = report_browser.figures_of(seeds())
    keys = page.keyboard
    keys.press("y")  # nothing is selected yet: this begins
    assert selected(page) == 1
    keys.press("y")
    assert selected(page) == 2
    keys.press("n")
    keys.press("d")
    keys.press("c")
    fill(page, value="1.2亿", unit="元", kind="money", item="总投资", subject="甲县", period="2022年")
    assert selected(page) == 5
    keys.press("c")
    fill(page, item="")
    keys.press("y")
    keys.press("u")  # nothing to take back on the seventh
    keys.press("ArrowUp")
    keys.press("u")
    keys.press("a")
    assert focused(page) == "text"
    article = next(a for d, _ in seeds() for a in d.articles)
    text = next(text for _, text in seeds())
    assert article.number == 1
    missed = page.evaluate("extractReview.articleText(0)")[4:7]
    fill(page, text=missed, value="12", unit="人")
    assert page.text_content("#review-told").endswith(missed)
    file = saved(page, tmp_path / "review.jsonl")
    records = read_review([str(file)])
    assert [one.verdict for one in records if one.verdict != "added"] == [
        "right", "wrong", "deleted", "corrected", "corrected",
    ]  # fmt: skip
    (added,) = (one for one in records if one.verdict == "added")
    assert "".join(text[added.start : added.end].split()) == "".join(missed.split())

    done = CliRunner().invoke(
        command, [str(SEEDS), "--review", str(file), "-f", "csv", "-j", "1"], standalone_mode=False
    )
    table = list(csv.reader(io.StringIO(done.stdout)))[1:]
    wanted = [one for d, t in seeds() for one in Review(records).apply(d, t)[0].figures]
    assert table == [[spell(cell) for cell in row] for row in FIGURES.rows(wanted)]
    rows = {(one.source, one.start): one for one in wanted}

    def now(number: int) -> Figure | None:
        return rows.get((figures[number - 1].source, figures[number - 1].start))

    fourth, fifth = now(4), now(5)
    assert fourth and (fourth.value, fourth.low, fourth.unit, fourth.kind) == (
        120000000,
        120000000,
        "元",
        "money",
    )
    assert (fourth.item, fourth.subject, fourth.period) == ("总投资", "甲县", "2022年")
    assert fifth and fifth.item == "" and fifth.rule.endswith(" review.corrected")
    assert now(3) is None and now(2).confidence == 0 and now(6) == figures[5]  # type: ignore[union-attr]
    assert (figures[0].source, added.start) in rows and rows[figures[0].source, added.start].value == 12
    assert "reviewed: 1 right, 2 corrected, 1 wrong, 1 deleted, 1 added" in done.stderr
    assert watch.errors == []


def test_a_review_is_kept_and_loaded_again(context: Any, report: Path, tmp_path: Path) -> None:
    page, _ = opened(context, report)
    for key in "yynyd":
        page.keyboard.press(key)
    first = saved(page, tmp_path / "first.jsonl").read_text(encoding="utf-8")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.text_content("#review-count").startswith("4 /")
    assert saved(page, tmp_path / "again.jsonl").read_text(encoding="utf-8") == first
    page.evaluate("localStorage.clear()")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.text_content("#review-count") == ""
    (tmp_path / "more.jsonl").write_text(
        first + first.splitlines()[0].replace('"digest": "', '"digest": "0')[:80] + "\n{}\n", encoding="utf-8"
    )
    page.set_input_files("#review-file", tmp_path / "more.jsonl")
    page.wait_for_selector("#review-count:text-matches('^4 /')")
    assert "4 rows loaded" in page.text_content("#review-told")
    assert "2 lines that are no records" in page.text_content("#review-told")
    assert saved(page, tmp_path / "again.jsonl").read_text(encoding="utf-8") == first
    page.evaluate("document.getElementById('work').scrollIntoView()")
    page.click("#review summary")
    page.select_option("#review-show", "=none")
    page.wait_for_timeout(300)
    total = len(report_browser.figures_of(seeds()))
    assert page.text_content("#count").split()[0] == str(total - 4)


def test_offsets_of_marked_text_are_those_of_the_source(context: Any, report: Path) -> None:
    """Every figure, taken for marked text, has the span that the table gives it."""
    page, _ = opened(context, report)
    spans = page.evaluate(
        """() => {
          window.dispatchEvent(new Event('beforeprint'));
          const sections = [...document.querySelectorAll('#articles article')];
          const found = [];
          sections.forEach((section, at) => {
            let passed = 0;
            const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const node = walker.currentNode;
              if (!node.parentElement.closest('p:not(.where), h3, h4')) continue;
              const end = passed + node.data.length;
              if (node.parentElement.localName === 'mark') found.push(extractReview.spanOf(at, passed, end));
              passed = end;
            }
          });
          return found;
        }"""
    )
    assert spans == [[one.start, one.end] for one in report_browser.figures_of(seeds())]


def test_a_figure_marked_with_the_mouse(context: Any, tmp_path: Path) -> None:
    text = "山村一页\n\n全村种植青稞45亩，修\n\n渠三里\u202e长，𠀀村养羊若干只，办班7期。\n"
    page, watch = opened(context, write_report(tmp_path / "one.html", [(examine(text, "a.txt"), text)]))
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById('articles'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf('若干只');
            if (at < 0 || walker.currentNode.parentElement.closest('noscript')) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 3);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
          }
        }"""
    )
    page.keyboard.press("a")
    assert focused(page) == "value"
    page.keyboard.type("12345678901234567890")
    page.keyboard.press("Enter")
    (record,) = read_review([str(saved(page, tmp_path / "review.jsonl"))])
    assert text[record.start : record.end] == "若干只" and record.cells["value"] == 12345678901234567890
    assert page.text_content("#review-added").startswith("若干只")
    page.keyboard.press("a")
    fill(page, text="没有", value="3")
    assert page.get_attribute("#correction [name=text]", "aria-invalid") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#correction").count() == 0
    assert watch.errors == []


def test_a_checking_sheet_holds_the_drawn_rows_and_their_weights(context: Any, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    done = CliRunner().invoke(
        command, [str(SEEDS), "--sample", "20", "--html", str(sheet)], standalone_mode=False
    )
    assert done.return_value == 0
    page, _ = opened(context, sheet)
    assert page.text_content("#review-count") == "0 / 20"
    assert page.locator("#articles article").count() < sum(len(d.articles) for d, _ in seeds())
    for _ in range(21):
        page.keyboard.press("y")
    assert page.text_content("#review-count") == "20 / 20"
    records = read_review([str(saved(page, tmp_path / "review.jsonl"))])
    assert sum(one.weight for one in records) == len(report_browser.figures_of(seeds()))
    whole, _ = opened(context, write_report(tmp_path / "report.html", seeds()))
    assert whole.text_content("#review-count").startswith("20 /")
    starts = [(one.source, one.start) for one in report_browser.figures_of(seeds())]
    number = 1 + starts.index((records[0].source, records[0].start))
    whole.evaluate(f"location.hash = '#f={number}'")
    whole.wait_for_selector(f"mark.selected[id='f={number}']")
    whole.keyboard.press("n")  # judged anew in another page, it still stands for as many rows
    again = read_review([str(saved(whole, tmp_path / "again.jsonl"))])
    assert (again[0].verdict, again[0].weight) == ("wrong", records[0].weight)
    told = (
        CliRunner()
        .invoke(command, [str(SEEDS), "--review", str(tmp_path / "review.jsonl")], standalone_mode=False)
        .stderr
    )
    assert "row       20 of 20 (≥ 84%)" in told


def test_the_most_doubtful_row_stands_first(context: Any, tmp_path: Path) -> None:
    sheet = tmp_path / "doubtful.html"
    done = CliRunner().invoke(
        command, [str(SEEDS), "--doubtful", "--html", str(sheet)], standalone_mode=False
    )
    assert done.return_value == 0
    page, _ = opened(context, sheet)
    shares = page.evaluate("extractReport.active().numbers.map((n) => extractReport.rows[n - 1].confidence)")
    assert shares == sorted(shares) and len(shares) == -(-len(report_browser.figures_of(seeds())) // 5)
    page.keyboard.press("ArrowDown")
    assert extract_number(page.inner_text("#inspector")) == f"{shares[0]:.0%}".replace("%", " %")


def extract_number(told: str) -> str:
    """The confidence as the inspector tells it."""
    return told.split("confidence\n")[1].split("\n")[0].strip()


def test_hostile_records_stay_text(context: Any, report: Path, tmp_path: Path) -> None:
    bad = "<img src=x onerror=window.pwned=1></script><script>window.pwned=2</script>"
    figure, (document, text) = report_browser.figures_of(seeds())[0], seeds()[0]
    right = record_of(figure, text_digest(text), "corrected", item=bad).to_dict()
    added = right | {"start": 1, "end": 3, "text": bad, "verdict": "added", "was": {}}
    strange = right | {"cells": {bad: bad, "__proto__": {"a": 1}}, "start": 5, "end": 7}
    path = tmp_path / "hostile.jsonl"
    path.write_text("\n".join(map(json.dumps, (right, added, strange))), encoding="utf-8")
    page, watch = opened(context, report)
    page.set_input_files("#review-file", path)
    page.wait_for_selector("#review-told:text-matches('.')")
    page.keyboard.press("ArrowDown")
    assert bad in page.text_content("#inspector") and bad in page.text_content("#review-added")
    assert page.evaluate("window.pwned") is None and page.locator("#tabular img").count() == 0
    assert document.figures[0] == figure and watch.errors == []
