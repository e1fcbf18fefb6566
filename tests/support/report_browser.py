"""Chromium for the tests of the report, and a corpus of any size to measure with.

``python -m tests.support.report_browser`` writes the report of 2,000 articles with 50,000 figures and prints how
large it is, how long it takes to open, and how smoothly it scrolls.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from extractor.model import Document, Figure
from extractor.pipeline import examine
from extractor.sources.encodings import Decoded
from extractor.table.columns import FIGURES, Layout
from extractor.table.headers import chinese
from extractor.writers.html import Writer

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REQUIRED = os.environ.get("EXTRACT_BROWSER_TESTS") == "required"
MISSING = (
    "Chromium is not installed"
    if CHROMIUM is None
    else "Playwright is not installed"
    if find_spec("playwright") is None
    else ""
)
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--mute-audio",
)  # fmt: skip


@dataclass
class File:
    """An output as writers expect it."""

    path: str
    target: str = ""
    _stream: Any = field(default=None)

    def stream(self) -> Any:
        if self._stream is None:
            self._stream = open(self.path, "wb")  # noqa: SIM115 - closed by write_report
        return self._stream


def write_report(
    path: Path, documents: list[tuple[Document, str]], *, zh: bool = False, layout: Layout = FIGURES
) -> Path:
    """The report of documents with their texts."""
    file = File(str(path))
    writer = Writer(file, chinese(layout) if zh else layout)
    for document, text in documents:
        writer.note(document, Decoded(text, "utf-8"), document.figures)
    writer.finish()
    file.stream().close()
    return path


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium under Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield chromium
        finally:
            chromium.close()


@dataclass
class Watch:
    """What a page did that it must not do: errors, and requests for anything but itself."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def follow(self, page: Any) -> None:
        page.on(
            "console",
            lambda message: message.type in ("error", "warning") and self.errors.append(message.text),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))


def corpus(articles: int, figures: int, per_source: int = 20) -> Iterator[tuple[Document, str]]:
    """Documents with so many articles and about so many figures in all, in sentences of our own."""
    each = max(1, figures // articles)
    for source in range(0, articles, per_source):
        pages = [_article(number, each) for number in range(source, min(source + per_source, articles))]
        text = "\n\n\n".join(pages)
        yield examine(text, f"corpus/{source // per_source:04}.txt"), text


def _article(number: int, figures: int) -> str:
    county = "东南西北中"[number % 5] + "山河湖川原"[number // 5 % 5] + "县"
    lines = [f"{county}抓产业促增收第{number + 1}辑", "本报记者 张三"]
    sentence = (
        "今年以来，{0}培训群众{1}人次，发放补贴{2}.5万元，新建蔬菜大棚{3}座，惠及农户{4}户，"
        "种植青稞{5}亩，道路两旁绿树成荫，村民的日子越过越好，干部和群众一起谋划来年的产业发展。"
    )
    written = 0
    paragraph = ""
    while written < figures:
        numbers = [number % 97 + written + 3 + i * 7 for i in range(5)]
        paragraph += sentence.format(county, *numbers)
        written += 5
        if written % 10 == 0 or written >= figures:
            lines.append(paragraph)
            paragraph = ""
    return "\n\n".join(lines)


def opened(page: Any, address: str) -> tuple[float, float]:
    """Open a report. How long it takes until its table stands, and how long the page's main thread works for
    that in its own processor time; on an idle machine the two are near, on a busy one the clock tells more.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    waited = time.perf_counter() - began
    metrics = session.send("Performance.getMetrics")["metrics"]
    return waited, next(one["value"] for one in metrics if one["name"] == "TaskDuration")


SCROLL = """async (selector) => {
  const pane = document.querySelector(selector);
  const frames = [];
  let before = performance.now();
  for (let i = 0; i < 120; i++) {
    pane.scrollTop += 120;
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    frames.push(now - before);
    before = now;
  }
  frames.sort((a, b) => a - b);
  return [frames[60], frames[114], frames[119]];
}"""
"""Scrolls a notch of the wheel per frame, for 120 frames; the median, the 95th percentile and the longest of the
times between them in ms."""


def measure(articles: int = 2000, figures: int = 50_000) -> None:
    """Print the size and the speed of a large report."""
    with tempfile.TemporaryDirectory() as folder:
        documents = list(corpus(articles, figures))
        found = sum(len(document.figures) for document, _ in documents)
        count = sum(len(document.articles) for document, _ in documents)
        characters = sum(len(text) for _, text in documents)
        began = time.perf_counter()
        path = write_report(Path(folder, "report.html"), documents)
        print(f"{count:,} articles, {found:,} figures, {characters:,} characters")
        print(f"written in {time.perf_counter() - began:.1f} s, {path.stat().st_size / 1e6:.1f} MB")
        with browser() as chromium:
            for _ in range(3):
                page = chromium.new_page(viewport={"width": 1440, "height": 900})
                waited, worked = opened(page, path.as_uri())
                print(f"open {waited:.2f} s, main thread {worked:.2f} s")
                for selector in ("#articles", "#table .tabulator-tableholder"):
                    page.evaluate("document.getElementById('work').scrollIntoView()")
                    median, late, worst = page.evaluate(SCROLL, selector)
                    times = f"{median:.0f} ms median, {late:.0f} ms 95 %, {worst:.0f} ms worst"
                    print(f"  {selector}: frames {times}")
                heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
                print(f"  {heap:.0f} MB of JavaScript heap")
                page.close()


def figures_of(documents: list[tuple[Document, str]]) -> list[Figure]:
    """All figures in reading order."""
    return [figure for document, _ in documents for figure in document.figures]


if __name__ == "__main__":
    measure(*map(int, sys.argv[1:]))
