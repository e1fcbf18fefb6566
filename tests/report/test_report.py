"""The report: what is in the file, and how it behaves in Chromium.

Where Chromium or Playwright is missing the browser's part is skipped, except where ``.ci/run`` demands it.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.model import COLUMNS, Document, Figure
from extractor.pipeline import examine
from extractor.report import labels
from extractor.report.visible import visible
from extractor.table.columns import FIGURES, Layout, column_type, spell
from extractor.table.headers import chinese
from tests.support import report_browser
from tests.support.report_browser import Watch, write_report

SEEDS = Path(__file__).parents[2] / "seeds"
VENDOR = Path(labels.__file__).parent / "vendor"
OUR_TEXT = "东山县抓产业促增收\n\n本报记者 张三\n\n今年以来，东山县培训群众120人次，发放补贴3.5万元。第一书记走访农户。\n"

browser_only = pytest.mark.skipif(
    bool(report_browser.MISSING) and not report_browser.REQUIRED, reason=report_browser.MISSING
)

HOSTILE = (
    "</script><script>window.pwned=1</script>",
    "</noscript><img src=x onerror=window.pwned=2>",
    "<!--<script>",
    "]]></style><svg onload=window.pwned=3>",
    "javascript:window.pwned=4\"'`",
    "{{7*7}}{% raw %}${window.pwned=5}",
    "&lt;b&gt;",
)
HIDDEN = "甲\x00乙\u202e丙\u2066丁\u2028戊"


def seeds() -> list[tuple[Document, str]]:
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found.append((examine(text, f"seeds/{path.name}"), text))
    return found


def hostile() -> list[tuple[Document, str]]:
    """Documents with every hostile text in the source, the file name, titles and words."""
    found = []
    for number, bad in enumerate((*HOSTILE, HIDDEN)):
        text = f"{bad}标题\n\n本报记者 张三\n\n{bad}发放补贴{number + 3}万元，{bad}培训群众12人次。第一书记{bad}\n"
        document = examine(text, f"{bad}.txt")
        names = {name for name in COLUMNS if column_type(name) == "text"} - {"source", "sentence", "text"}
        words: dict[str, Any] = dict.fromkeys(names - {"kind", "qualifier", "change"}, bad)
        figures = tuple(replace(figure, **words) for figure in document.figures)
        figures = (replace(figures[0], kind=bad, qualifier=bad, change=bad), *figures[1:])
        articles = tuple(replace(article, title=bad, place=bad) for article in document.articles)
        rejections = tuple(replace(one, reason=bad, rule=bad) for one in document.rejections)
        found.append((replace(document, figures=figures, articles=articles, rejections=rejections), text))
    return found


# The file


def data_of(page: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert match
    data: dict[str, Any] = json.loads(match[1])
    return data


def column(data: dict[str, Any], name: str) -> list[Any]:
    cells = data[name]
    return cells if isinstance(cells, list) else [cells["of"][i] for i in cells["at"]]


@pytest.fixture(scope="module")
def documents() -> list[tuple[Document, str]]:
    return seeds()


@pytest.fixture(scope="module")
def report(documents: list[tuple[Document, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("report") / "report.html", documents)


def test_the_seeds_weigh_little_and_give_the_same_bytes(
    report: Path, documents: list[tuple[Document, str]], tmp_path: Path
) -> None:
    assert report.stat().st_size < 1_500_000
    assert write_report(tmp_path / "again.html", documents).read_bytes() == report.read_bytes()


def test_the_data_is_the_table(report: Path, documents: list[tuple[Document, str]]) -> None:
    data = data_of(report.read_text(encoding="utf-8"))
    figures = report_browser.figures_of(documents)
    for name in set(COLUMNS) - {"source", "article", "title", "place"}:
        assert column(data["figures"], name) == [getattr(figure, name) for figure in figures], name
    sources = [data["sources"][data["articles"]["source"][at]] for at in data["figures"]["at"]]
    assert sources == [figure.source for figure in figures]


def test_every_figure_and_rejection_is_marked_where_it_stands(
    report: Path, documents: list[tuple[Document, str]]
) -> None:
    page = report.read_text(encoding="utf-8")
    marks = re.findall(r'<mark id="f=(\d+)"[^>]*>(.*?)</mark>', page)
    figures = report_browser.figures_of(documents)
    assert [int(number) for number, _ in marks] == list(range(1, len(figures) + 1))
    squashed = [re.sub(r"\s", "", html.unescape(text)) for _, text in marks]
    assert squashed == [figure.text for figure in figures]
    rejected = re.findall(r'<i id="r=\d+"[^>]*>(.*?)</i>', page)
    assert len(rejected) == sum(len(document.rejections) for document, _ in documents)


def test_the_articles_hold_all_of_the_text(report: Path, documents: list[tuple[Document, str]]) -> None:
    articles = re.findall(r"<article [^>]*>(.*?)</article>", report.read_text(encoding="utf-8"), re.DOTALL)
    shown = "".join(re.sub(r'<p class="where">.*?</p>', "", article) for article in articles)
    told = re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]+>", "", shown)))
    assert told == re.sub(r"\s", "", visible("".join(text for _, text in documents)))


def test_the_policy_names_the_hash_of_every_script_and_style(report: Path) -> None:
    page = report.read_text(encoding="utf-8")
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy and "http" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(scripts) == 4 and len(styles) >= 3
    for text in (*scripts, *styles):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy


def test_the_vendored_files_are_the_ones_that_were_pinned() -> None:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").split("\n")
    pinned = {name: digest for digest, name in (line.split() for line in lines if line)}
    assert set(pinned) == {path.name for path in VENDOR.iterdir()} - {"README.md", "SHA256SUMS"}
    for name, digest in pinned.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_both_languages_say_the_same_and_every_kind_has_a_sign() -> None:
    from extractor.table.headers import kinds

    words = labels.interface()
    assert words["en"].keys() == words["zh"].keys()
    assert all(labels.mark(kind).zh != "•" for kind in kinds())
    assert {labels.mark(kind).family for kind in kinds()} <= labels.families().keys()
    signs = [(labels.mark(kind).zh, labels.mark(kind).family) for kind in kinds()]
    assert len(set(signs)) == len(signs)


def test_hostile_text_stays_text_in_the_file(tmp_path: Path) -> None:
    page = write_report(tmp_path / "hostile.html", hostile()).read_text(encoding="utf-8")
    assert "\x00" not in page and "\u202e" not in page and "\u2028" not in page
    assert page.count("<script") == 5 and page.count("</script") == 5
    assert not re.search(r"<(img|svg on)", page)
    assert {*HOSTILE, HIDDEN} <= set(column(data_of(page)["figures"], "item"))


def test_numbers_that_javascript_would_round_travel_as_digits(tmp_path: Path) -> None:
    document = examine("投资12元。")
    large = replace(document.figures[0], value=2**60 + 1, low=2**60 + 1, high=None)
    page = write_report(tmp_path / "large.html", [(replace(document, figures=(large,)), "投资12元。")])
    data = data_of(page.read_text(encoding="utf-8"))
    assert data["figures"]["value"] == ["1152921504606846977"]
    assert data["figures"]["high"] == [None]


def test_nothing_found_and_chosen_figures_only(tmp_path: Path) -> None:
    page = write_report(tmp_path / "none.html", [(examine("山高水长。"), "山高水长。")]).read_text(
        encoding="utf-8"
    )
    assert labels.interface()["en"]["nothing_found"] in page and "山高水长" in page
    document = examine(OUR_TEXT)
    few = replace(document, figures=document.figures[:1])
    page = write_report(tmp_path / "few.html", [(few, OUR_TEXT)]).read_text(encoding="utf-8")
    assert page.count("<mark ") == 1


def doubtful() -> tuple[Document, str]:
    """A document whose first figure is less sure than the mark, the second as sure as it."""
    document = examine(OUR_TEXT)
    first, second, *others = document.figures
    first = replace(
        first, confidence=0.594, subject="东山县", head="群众甲", period_from="article", date_from="2023-01-01",
        date_to="", base_value=1.25, base_unit="千人次", locator="p. 12", published="2023-08-15",
    )  # fmt: skip
    figures = (first, replace(second, confidence=0.6), *others)
    return replace(document, figures=figures), OUR_TEXT


def test_rows_of_low_confidence_are_marked_without_javascript(tmp_path: Path) -> None:
    page = write_report(tmp_path / "doubtful.html", [doubtful()]).read_text(encoding="utf-8")
    rows = re.findall(r'<tr( class="unsure")?><td><a href="#f=(\d+)"', page)
    assert [(bool(marked), number) for marked, number in rows][:2] == [(True, "1"), (False, "2")]
    assert labels.interface()["en"]["help_unsure"] in page


# In the browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    assert not report_browser.MISSING, report_browser.MISSING
    with report_browser.browser() as found:
        yield found


Open = Callable[..., Any]


@pytest.fixture
def open_page(chromium: Any, report: Path) -> Iterator[Open]:
    """Opens the report of the seeds or another; afterwards no error may have come and no request gone out."""
    watch = Watch()
    contexts = []

    def open_page(path: Path = report, hash: str = "", width: int = 1440, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        page.goto(path.as_uri() + hash)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]", timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.errors == []
    assert [url for url in watch.requests if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.fixture
def figures(documents: list[tuple[Document, str]]) -> list[Figure]:
    return report_browser.figures_of(documents)


def shown(page: Any) -> int:
    """The number of rows that pass the filters, as the page tells it."""
    page.wait_for_timeout(350)
    return int(page.text_content("#count").split()[0].replace(",", ""))


def exported(page: Any, format: str) -> str:
    with page.expect_download() as download:
        page.click(f"#export-{format}")
    assert download.value.suggested_filename == f"figures.{format}"
    return Path(download.value.path()).read_bytes().decode()


def in_pane(page: Any, selector: str, pane: str) -> bool:
    inside: bool = page.evaluate(
        """([selector, pane]) => {
          const [box, frame] = [selector, pane].map((one) => document.querySelector(one).getBoundingClientRect());
          return box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1 && frame.top >= -1;
        }""",
        [selector, pane],
    )
    return inside


@browser_only
def test_without_javascript_all_is_there(open_page: Open, figures: list[Figure]) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator("#articles mark").count() == len(figures)
    assert page.locator("#tabular tbody tr").count() == len(figures)
    assert page.locator("#articles mark").first.is_visible()
    assert not page.locator("#filters").is_visible()
    page.click("label[for=show-rejected]")
    content = "getComputedStyle(document.querySelector('#articles i[id]'), '::after').content"
    assert page.locator("#show-rejected").is_checked() and content


@browser_only
def test_as_many_highlights_as_rows(open_page: Open, figures: list[Figure]) -> None:
    page = open_page()
    assert shown(page) == len(figures)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")  # sets every article
    assert page.locator("#articles mark").count() == len(figures)
    assert page.locator("#print tbody tr").count() == len(figures)
    assert page.locator("#articles noscript").count() == 0


@browser_only
def test_a_click_on_a_row_shows_the_figure_and_back(open_page: Open, figures: list[Figure]) -> None:
    page = open_page()
    page.evaluate("document.getElementById('work').scrollIntoView()")
    page.click("#table .tabulator-row >> nth=5")
    assert page.get_attribute("mark.selected", "id") == "f=6"
    page.wait_for_timeout(200)
    assert in_pane(page, "mark.selected", "#articles")
    assert page.evaluate("document.querySelector('mark.selected').classList.contains('flash')")
    assert page.evaluate("location.hash") == "#f=6"
    assert figures[5].sentence[:20] in page.text_content("#inspector")
    last = len(figures)
    page.evaluate("document.getElementById('articles').scrollTop = 1e9")
    page.wait_for_selector(f"[id='f={last}']")
    page.click(f"[id='f={last}']")
    page.wait_for_selector(f"#table .tabulator-row.chosen >> text={figures[-1].text}")
    page.wait_for_timeout(500)
    assert in_pane(page, "#table .tabulator-row.chosen", "#table")
    assert page.evaluate("location.hash") == f"#f={last}"
    for part in (figures[-1].rule, figures[-1].source, f"{figures[-1].start}–{figures[-1].end}"):
        assert part in page.text_content("#inspector")


@browser_only
@pytest.mark.parametrize("name", ["unit", "qualifier", "place", "period"])
def test_each_list_filters(open_page: Open, figures: list[Figure], name: str) -> None:
    page = open_page()
    values = sorted({getattr(figure, name) for figure in figures})
    for value in (values[0], values[-1]):
        page.select_option(f"#filter-{name}", f"={value}")
        assert shown(page) == sum(getattr(figure, name) == value for figure in figures)
    page.click("#reset")
    assert shown(page) == len(figures)


@browser_only
def test_article_source_kind_and_value_filter(open_page: Open, figures: list[Figure]) -> None:
    page = open_page()
    page.select_option("#filter-article", "s1")
    name = sorted({figure.source for figure in figures})[1]
    assert shown(page) == sum(figure.source == name for figure in figures)
    page.select_option("#filter-article", "=0")
    first = figures[0]
    assert shown(page) == sum((f.source, f.article) == (first.source, first.article) for f in figures)
    assert page.locator("#articles article:not([hidden])").count() == 1
    page.click("#reset")
    page.click(".chip:has-text('money')")
    assert shown(page) == sum(figure.kind == "money" for figure in figures)
    page.fill("#smallest", "100万")
    page.fill("#largest", "1亿")

    def size(figure: Figure) -> float:
        bound = figure.low if figure.low is not None else figure.high
        return float(figure.value if figure.value is not None else bound if bound is not None else -1)

    assert shown(page) == sum(f.kind == "money" and 1e6 <= size(f) <= 1e8 for f in figures)
    assert page.locator("#articles mark.out").count() > 0
    page.fill("#largest", "many")
    assert page.get_attribute("#largest", "aria-invalid") == "true"


@browser_only
def test_search_sort_and_export(open_page: Open, figures: list[Figure], tmp_path: Path) -> None:
    page = open_page()
    page.fill("#search", "党员 2023")
    texts = ("text", "subject", "item", "action", "unit", "place", "period", "title", "sentence", "source")
    wanted = [
        figure
        for figure in figures
        if all(word in "\n".join(getattr(figure, name) for name in texts) for word in ("党员", "2023"))
    ]
    assert 0 < len(wanted) < len(figures)
    assert shown(page) == len(wanted)
    rows = [[spell(cell) for cell in row] for row in FIGURES.rows(wanted)]
    text = exported(page, "csv")
    assert text.startswith("\ufeffsource,article,") and text.endswith("\r\n")
    heading, *found = csv.reader(io.StringIO(text[1:], newline=""))
    assert heading == list(COLUMNS)
    assert found == rows
    objects = json.loads(exported(page, "json"))
    assert objects == [dict(zip(COLUMNS, row, strict=True)) for row in FIGURES.rows(wanted)]
    page.evaluate("document.getElementById('work').scrollIntoView()")
    page.click(".tabulator-col[tabulator-field=value] .tabulator-col-title")
    values = [one["value"] for one in json.loads(exported(page, "json")) if one["value"] is not None]
    assert values == sorted(values)
    page.fill("#search", "no such words")
    assert shown(page) == 0
    assert page.is_visible(".tabulator-placeholder")


@browser_only
@pytest.mark.parametrize("zh", [False, True])
def test_low_confidence_is_marked_and_told(open_page: Open, tmp_path: Path, zh: bool) -> None:
    page = open_page(write_report(tmp_path / "doubtful.html", [doubtful()], zh=zh))
    words = labels.interface()["zh" if zh else "en"]
    assert page.locator("#table .tabulator-row.unsure").count() == 1
    mark = "getComputedStyle(document.querySelector('.unsure .tabulator-cell[tabulator-field=n]'), '::after').content"
    assert page.evaluate(mark) == '"?"'
    page.evaluate("document.getElementById('work').scrollIntoView()")
    page.click("#table .tabulator-row >> nth=0")
    told = page.text_content("#inspector")
    origin = labels.names(())["zh" if zh else "en"]["period_from"]["article"]
    for part in (
        words["unsure"],
        "59 %",
        "东山县",
        "群众甲",
        origin,
        "2023-01-01 – …",
        "1.25 千人次",
        "p. 12",
        "2023-08-15",
    ):
        assert part in told, part
    page.click("#table .tabulator-row >> nth=1")
    assert words["unsure"] not in page.text_content("#inspector")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#print tr.unsure").count() == 1


@browser_only
def test_keyboard(open_page: Open, figures: list[Figure]) -> None:
    page = open_page()

    def selected() -> str:
        return str(page.evaluate("location.hash"))

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert selected() == "#f=2"
    page.keyboard.press("ArrowUp")
    assert selected() == "#f=1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert selected() == "#f=2"
    page.keyboard.press("/")
    page.keyboard.type("?党员")
    assert page.input_value("#search") == "?党员"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('help').open")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('help').open")
    page.keyboard.press("Escape")
    assert selected().startswith("#q=")  # of the search alone
    page.keyboard.press("r")
    assert page.is_checked("#show-rejected")


@browser_only
def test_the_address_names_the_selection(open_page: Open, figures: list[Figure]) -> None:
    number = len(figures) // 2
    page = open_page(hash=f"#f={number}")
    assert page.get_attribute("mark.selected", "id") == f"f={number}"
    page.wait_for_timeout(300)
    assert in_pane(page, "mark.selected", "#articles")
    assert in_pane(page, "#table .tabulator-row.chosen", "#table")
    page.evaluate("location.hash = '#f=3'")
    page.wait_for_selector("mark.selected[id='f=3']")
    page.evaluate("location.hash = '#f=999999'")
    page.wait_for_timeout(100)
    assert page.get_attribute("mark.selected", "id") == "f=3"
    page.evaluate("document.getElementById('top').scrollIntoView()")
    page.click("#overview a[href^='#f='] >> nth=0")
    page.wait_for_selector("mark.selected:not([id='f=3'])")


@browser_only
def test_rejected_numerals_show_their_reason(open_page: Open) -> None:
    page = open_page()
    after = "getComputedStyle(document.querySelector('#articles i[id]'), '::after').content"
    assert page.evaluate(after) == "none"
    page.click("label[for=show-rejected]")
    assert page.evaluate(after) != "none"
    page.click("#articles i[id] >> nth=0")
    assert labels.interface()["en"]["why_rejected"] in page.text_content("#inspector")
    assert page.evaluate("location.hash") == ""


@browser_only
def test_chinese_and_english(open_page: Open, tmp_path: Path, documents: list[tuple[Document, str]]) -> None:
    path = write_report(tmp_path / "zh.html", documents, zh=True)
    page = open_page(path)
    assert page.title() == labels.interface()["zh"]["title"]
    assert page.is_visible(".tabulator-col-title >> text=数值")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    heading = exported(page, "csv").lstrip("\ufeff").split("\r\n")[0]
    assert heading == ",".join(chinese(FIGURES).headers)
    page.click("#language")
    assert page.is_visible(".tabulator-col-title >> text=value")
    assert page.is_visible(".chip >> text=households")
    for place, key in (("#overview h2", "overview"), (".chart h3", "per_kind"), ("#reading h2", "reading")):
        assert page.inner_text(f"{place} >> nth=0").strip() == labels.interface()["en"][key]


@browser_only
def test_columns_that_were_chosen(open_page: Open, tmp_path: Path) -> None:
    layout = Layout(columns=("item", "value"))
    page = open_page(write_report(tmp_path / "few.html", [(examine(OUR_TEXT), OUR_TEXT)], layout=layout))
    assert page.locator(".tabulator-col-title").all_text_contents() == ["#", "item", "value"]
    assert exported(page, "csv").startswith("\ufeffitem,value\r\n")


@browser_only
def test_light_dark_phone_and_paper(open_page: Open, figures: list[Figure]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = open_page(color_scheme="light"), open_page(color_scheme="dark")
    assert light.evaluate(ground) != dark.evaluate(ground)
    light.click("#theme")
    assert light.evaluate(ground) == dark.evaluate(ground)
    phone = open_page(width=390, has_touch=True, is_mobile=True)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.tap("[data-tab=tabular]")
    phone.tap("#table .tabulator-row >> nth=2")
    assert phone.is_visible("mark.selected") and phone.is_visible("#inspector")
    phone.wait_for_timeout(200)
    assert in_pane(phone, "mark.selected", "#articles")
    paper = open_page()
    assert paper.pdf(format="A4").startswith(b"%PDF")


@browser_only
def test_hostile_text_is_shown_and_never_runs(open_page: Open, tmp_path: Path) -> None:
    documents = hostile()
    kinds = {figure.kind: figure.kind for figure in report_browser.figures_of(documents)}
    layout = Layout(words={"kind": kinds})
    page = open_page(write_report(tmp_path / "hostile.html", documents, layout=layout))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.click("label[for=show-rejected]")
    for language in range(2):
        told = "\n".join(
            page.text_content(part) for part in ("#articles", "#print", "#selects", "#overview", "#chips")
        )
        for bad in (*HOSTILE, HIDDEN):
            assert told.count(visible(bad)) >= 10, (language, bad)
        for number in range(1, len(report_browser.figures_of(documents)) + 1):
            page.evaluate(f"location.hash = '#f={number}'")
            page.wait_for_selector(f"mark.selected[id='f={number}']")
        assert page.evaluate("window.pwned") is None
        assert page.locator("img, iframe, object, embed, [onerror], [onload], #work svg").count() == 0
        assert page.locator("script").count() == 5
        assert page.locator("a:not([href^='#'])").count() == 0
        page.click("#language")
    rows = list(csv.reader(io.StringIO(exported(page, "csv").lstrip("\ufeff"), newline="")))
    assert {*HOSTILE, HIDDEN} <= {row[COLUMNS.index("item")] for row in rows}


@browser_only
def test_a_large_corpus_shows_only_what_is_seen(open_page: Open, tmp_path: Path, chromium: Any) -> None:
    # How long it takes to open is measured by ``python -m tests.support.report_browser``; this is what makes it short.
    documents = list(report_browser.corpus(2000, 25_000))
    path = write_report(tmp_path / "large.html", documents)
    page = chromium.new_page()
    report_browser.opened(page, path.as_uri())
    assert page.locator("#articles mark").count() < 2000
    assert page.locator("#table .tabulator-row").count() < 200
    assert page.evaluate("document.querySelectorAll('article').length") == 2000
    page.close()
    still = open_page(path, java_script_enabled=False)
    assert labels.interface()["en"]["static_cut"] in still.text_content("#tabular")
    assert still.locator("#articles mark").count() == len(report_browser.figures_of(documents))
