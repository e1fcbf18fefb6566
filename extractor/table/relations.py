"""The columns of the checks as a table, and their Chinese words, which stand in ``lexicon/checks.toml``."""

from __future__ import annotations

from dataclasses import replace

from extractor.checks.claims import CHECK_COLUMNS
from extractor.checks.evidence import labels
from extractor.table.columns import ColumnType, Layout

_TYPES: dict[str, ColumnType] = {
    "stated": "number",
    "computed": "number",
    "difference": "number",
    "tolerance": "number",
}


def layout(figures: Layout, *, marks: bool = False) -> Layout:
    """The layout of the checks that goes with that of the figures: in its language, with or without header.

    ``marks`` adds the offsets of the figures in the sentence, for those who show it.

    >>> layout(Layout()).headers[:4]
    ['source', 'article', 'relation', 'expression']
    >>> layout(Layout(labels={"source": "来源"})).headers[:4]
    ['来源', '文章序号', '关系', '算式']
    """
    columns = (*CHECK_COLUMNS, "marks") if marks else CHECK_COLUMNS
    plain = replace(figures, columns=columns, other_types=_TYPES, labels={}, words={}, kept=())
    if not figures.labels:
        return plain
    words = labels()
    return replace(
        plain,
        columns=tuple("explanation_zh" if name == "explanation" else name for name in columns),
        labels={**words["columns"], "explanation_zh": words["columns"]["explanation"]},
        words={name: words[name] for name in ("relation", "status")},
    )
