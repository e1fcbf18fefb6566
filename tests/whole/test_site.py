"""The site of the documentation: it builds, every link in it leads somewhere, and a broken one is seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import site
from tests.support.scorer import ROOT


def test_the_site_builds_and_is_complete(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    pytest.importorskip("material")
    done = site.build(tmp_path)
    assert done.returncode == 0, done.stderr
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    nav = re.findall(r"^ +- .*?: ([\w./]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")} <= set(nav)
    for page in nav:
        assert (tmp_path / "pages" / page).exists()
    assert "https://fonts." not in home
    tour = (tmp_path / "site" / "docs" / "tour.html").read_text(encoding="utf-8")
    assert tour.count("<mark") > 5


def test_a_broken_link_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("mkdocs")
    pytest.importorskip("material")
    monkeypatch.setattr(site, "tour", lambda: "[gone](gone.md) and [no head](shell.md#no-such-head)\n")
    done = site.build(tmp_path)
    assert done.returncode != 0
    assert "gone.md" in done.stderr and "no-such-head" in done.stderr


def test_the_pages_of_options_name_every_option() -> None:
    for language in ("en", "zh"):
        page = site.options(language)
        assert page.count("\n| `") == len(site.command.params)  # the paths are no option, --help is one
