"""docs/api.md is what the docstrings say, and every public name has one."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

import extractor
from extractor.model import COLUMNS
from tests.support import reference


def test_the_page_is_up_to_date() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), (
        "run `python -m tests.support.reference`"
    )


@pytest.mark.parametrize("name", [name for name in extractor.__all__ if not name.startswith("_")])
def test_public_names_are_documented(name: str) -> None:
    thing = getattr(extractor, name)
    assert inspect.getdoc(thing)
    assert f"### {name}\n" in reference.PAGE.read_text(encoding="utf-8")
    if not inspect.isclass(thing):
        assert ">>>" in inspect.getdoc(thing)


def test_figures_and_articles_are_frozen_and_give_dictionaries() -> None:
    (figure,) = extractor.extract_text("发放补贴1200元。")
    assert tuple(figure.to_dict()) == COLUMNS
    assert figure.to_dict()["value"] == 1200
    with pytest.raises(dataclasses.FrozenInstanceError):
        figure.value = 3
    article = extractor.Article(1, "题", "", "", "article", 1, 1)
    assert article.to_dict()["title"] == "题"
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.title = ""
    (one,) = extractor.explain("发放补贴1200元。")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.text = ""
    assert one.to_dict()["figure"] == figure.to_dict()
