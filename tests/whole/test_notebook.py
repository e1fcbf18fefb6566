"""Figures in a notebook: what they show, that nothing in a text is obeyed, and the tour of docs/."""

from __future__ import annotations

import html.parser
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor import Document, Figures
from extractor.pipeline import examine
from extractor.showing import SHOWN
from tests.support.figures import figure
from tests.support.scorer import ROOT

TEXT = "甲村共有113户，户均增收3000余元。\n\n2023年培训7期。"


class Text(html.parser.HTMLParser):
    """The tags and the text of a piece of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += f"{data}|"


def test_figures_are_a_list_that_shows_itself() -> None:
    figures = extractor.extract_text(TEXT)
    assert isinstance(figures, list) and figures == list(figures)
    assert type(figures[:2]) is type(pickle.loads(pickle.dumps(figures))) is Figures
    shown = figures._repr_html_()
    assert shown.count("<mark") == 3
    page = Text(shown)
    assert page.tags.count("tr") == 1 + 2 + 3
    assert "> 3,000|元/户|" in page.text
    assert page.text.endswith("3 figures|")


def test_documents_and_examinations_show_themselves() -> None:
    assert "other numeral" in extractor.examine(TEXT)._repr_html_()
    shown = Text(examine(TEXT)._repr_html_()).text
    assert "3 figures, 1 other numeral" in shown
    assert "0 figures, 0 other numerals" in Document("a.txt", (), (), ())._repr_html_()


def test_nothing_in_a_text_is_obeyed() -> None:
    bad = "<script>1户</script>\u202e&"
    shown = Figures([figure(sentence=bad, text="1户", item="<b>", subject='"><i>')])._repr_html_()
    assert not {"script", "b", "i"} & set(Text(shown).tags)
    assert "\u202e" not in shown and "\\u202e&amp;" in shown


def test_long_lists_are_cut() -> None:
    shown = Text(Figures([figure(start=number) for number in range(SHOWN + 20)])._repr_html_())
    assert shown.text.endswith(f"{SHOWN + 20} figures, the first {SHOWN} of them shown|")
    assert shown.tags.count("tr") == 1 + 1 + SHOWN


def test_dir_shows_the_interface_only() -> None:
    code = "import extractor; extractor.extract_text('1户'); print(*dir(extractor))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.split() == sorted(extractor.__all__)


def test_types_are_seen_from_outside(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "user.py").write_text(
        "import extractor\n\n"
        "figures = extractor.extract_text('1户')\nreveal_type(figures)\nreveal_type(figures[0].value)\nreveal_type(figures[:1])\n"
        "reveal_type(extractor.examine('1户').rejections)\nreveal_type([c.status for c in extractor.check(figures)])\n"
        "for one in extractor.extract(['x'], on_error=print):\n    reveal_type(one)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports", "silent", "--cache-dir", str(tmp_path), "user.py"],
        cwd=tmp_path, env={**os.environ, "MYPYPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    told = [
        line.partition('"')[2].rstrip('"').replace("builtins.", "")
        for line in done.stdout.splitlines()
        if "Revealed" in line
    ]
    assert [name.rpartition("extractor.")[2] if "[" not in name and "|" not in name else name for name in told] == [
        "model.Figures", "int | float | None", "model.Figures", "list[extractor.model.Rejection]", "list[str]", "model.Figure",
    ], done.stdout  # fmt: skip
    assert done.returncode == 0


def test_the_tour_is_of_today() -> None:
    pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    import nbformat

    from tests.support import notebook

    written = nbformat.read(notebook.PAGE, as_version=4)
    assert notebook.outputs(notebook.executed()) == notebook.outputs(written), (
        "run `python -m tests.support.notebook`"
    )
