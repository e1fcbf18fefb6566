"""Fills the templates. Every text of a source goes through Jinja2's autoescape or the JSON of ``payload``.

The page allows no network and no script but its own: its Content-Security-Policy names the hashes of the
scripts and style sheets that are in it. Articles are set once, inside ``noscript`` elements; a browser
without JavaScript shows them as they are, the script of the page takes them from there when they come into
view.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jinja2
from markupsafe import Markup

from extractor import __version__
from extractor.model import Article, Document, Figure
from extractor.packaged import packaged
from extractor.report import labels, overview
from extractor.report.collect import Collection, Part
from extractor.report.payload import columns_of, payload, script_json
from extractor.report.visible import visible
from extractor.sources.documents.extracted import Extracted
from extractor.table.columns import CELLS, spell

STATIC_ROWS = 2000
"""More figures than these are left out of the table for readers without JavaScript."""

UNSURE = 0.6
"""Rows of less confidence than this are marked."""

STATIC_COLUMNS = (
    "text",
    "subject",
    "item",
    "value",
    "low",
    "high",
    "qualifier",
    "unit",
    "kind",
    "change",
    "per",
    "period",
    "place",
    "confidence",
)
TAGS = {"headline": "h3", "head": "h4"}


class Report:
    """A report under way: ``add`` documents, then write the pieces of ``html``."""

    def __init__(
        self, columns: Sequence[str], language: str, kind_labels: Mapping[str, str], kept: Sequence[str] = ()
    ) -> None:
        """``columns`` are those of the table, ``kept`` what records bring besides, ``kind_labels`` Chinese names of
        kinds beside the package's.
        """
        from extractor.table.headers import kinds

        self.columns = columns_of(columns)
        self.kept = list(kept)
        self._kept: list[Sequence[str]] = []
        self.language = language
        self._kind_labels = kind_labels
        self.kinds = {kind: index for index, kind in enumerate(kinds())}
        self.reasons = {reason: index for index, reason in enumerate(labels.names(())["en"]["reason"])}
        self.collection = Collection()
        self.weights: Mapping[tuple[str, int, int], int] | None = None
        """How many rows each figure stands for, by source and span, where they were picked to be checked; in the order
        of the pick.
        """
        self._articles: list[str] = []
        self._templates = _environment()
        self._set = self._templates.get_template("article.html.j2")

    def add(
        self,
        document: Document,
        text: str,
        figures: Sequence[Figure],
        extracted: Extracted | None = None,
        kept: Sequence[str] = (),
    ) -> None:
        """Take in a document: its decoded text, those of its figures that are to be shown, its tables, what is kept
        of its record.
        """
        self._kept.append(kept)
        for figure in figures:
            self.kinds.setdefault(figure.kind, len(self.kinds))
        for rejection in document.rejections:
            self.reasons.setdefault(rejection.reason, len(self.reasons))
        for index, article, parts in self.collection.add(document, text, figures, extracted):
            self._articles.append(self._article(index, document.source, article, parts))

    def _article(self, index: int, source: str, article: Article, parts: list[Part]) -> str:
        return self._set.render(
            index=index, source=source, article=article, parts=parts, kinds=self.kinds, reasons=self.reasons,
            tags=TAGS, size=sum(len(run.text) for part in parts for run in part.runs)
            + sum(len(run.text) for part in parts for row in part.table for cell in row for run in cell.runs),
        )  # fmt: skip

    def html(self) -> Iterator[str]:
        """The page in pieces."""
        found = self.collection
        words = labels.names(self.kinds, self._kind_labels)
        for language in words:
            for reason in self.reasons:
                words[language]["reason"].setdefault(reason, reason)
        style, script, review = _asset("report.css"), _asset("report.js"), _asset("review.js")
        library = _library("tabulator.min.js")
        kinds = _kind_styles(self.kinds, self.reasons, words)
        styles = [_library("tabulator_simple.min.css"), style, _asset("checks.css"), kinds]
        data = {
            "columns": [*self.columns, *self.kept],
            "kept": {"names": self.kept, "of": self._kept if self.kept else []},
            "language": self.language,
            "unsure": UNSURE,
            "kinds": list(self.kinds),
            "reasons": list(self.reasons),
            "cells": CELLS,
            "sheet": self.weights is not None,
            "interface": labels.interface(),
            "words": words,
            **payload(found),
        }
        scripts = ["document.documentElement.classList.add('js');", library, script, review]
        figures = found.figures
        if self.weights is not None:
            keys = [(one.source, one.start, one.end) for one in figures]
            data["weights"] = [self.weights.get(key, 0) for key in keys]
            if not any(
                data["weights"]
            ):  # not drawn by chance: the first that was picked is to be looked at first
                ranks = {key: rank for rank, key in enumerate(self.weights)}
                data["ranks"] = [ranks.get(key, len(ranks)) for key in keys]
        page = self._templates.get_template("page.html.j2").stream(
            policy=_policy(scripts, styles),
            language=self.language,
            interface=labels.interface(),
            words=words,
            version=__version__,
            styles=[Markup(text) for text in styles],
            scripts=[Markup(text) for text in scripts],
            license=Markup(_library("LICENSE.tabulator")),
            data=Markup(script_json(data)),
            articles=map(Markup, self._articles),
            found=found,
            kinds=self.kinds,
            per_kind=overview.per_kind(figures),
            charts={
                "largest_sums": overview.largest_sums(figures),
                "people_per_place": overview.per_place(figures, overview.PEOPLE, "人"),
                "households_per_place": overview.per_place(figures, {"households"}, "户"),
                "sessions_per_place": overview.per_place(figures, {"training"}),
            },
            unsure=UNSURE,
            static_columns=STATIC_COLUMNS,
            static_rows=len(figures) <= STATIC_ROWS,
        )
        page.enable_buffering(64)
        yield from page


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("extractor.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
    )
    environment.globals.update(told=overview.told, mark=labels.mark, explained=labels.explanation)
    environment.filters["spell"] = spell
    return environment


def _shown(value: Any) -> Any:
    """What an expression of a template comes to: hidden characters of a text made visible."""
    return visible(value) if type(value) is str else value


def _asset(name: str) -> str:
    return packaged("report", name).read_text(encoding="utf-8")


def _library(name: str) -> str:
    """A vendored file, without the pointer to a source map that no reader has."""
    text = packaged("report", "vendor", name).read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if "sourceMappingURL=" not in line[:60])


def _policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """The Content-Security-Policy: nothing is fetched, nothing runs but what the page was made with."""

    def hashes(texts: Sequence[str]) -> str:
        digests = (hashlib.sha256(text.encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _kind_styles(
    kinds: Mapping[str, int], reasons: Mapping[str, int], words: Mapping[str, labels.Words]
) -> str:
    """The style sheet of the kinds and reasons: classes ``k0``, ``k1`` … and ``r0``, ``r1`` …."""
    families = labels.families()
    rules = []
    for kind, index in kinds.items():
        mark = labels.mark(kind)
        family = families[mark.family]
        rules.append(
            f".k{index}{{--light:{family.light};--dark:{family.dark};--line:{family.line};"
            f"--zh:{labels.css_string(mark.zh)};--en:{labels.css_string(mark.en)}}}"
        )
    for reason, index in reasons.items():
        zh, en = (labels.css_string(visible(text)) for text in (words["zh"]["reason"][reason], reason))
        rules.append(f".r{index}{{--zh:{zh};--en:{en}}}")
    return "\n".join(rules)
