"""Figures of Chinese newspaper and government prose, as a tidy table: the Python interface.

>>> import extractor
>>> extractor.parse_number("60余万")
Number(value=600000, low=600000, high=700000, qualifier='over')
>>> [(f.value, f.unit, f.item) for f in extractor.extract_text("全村选派82名驻村第一书记。")]
[(82, '人', '驻村第一书记')]

Importing this package loads no rule, no lexicon and no pandas; the functions load what they need on first
use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING, NamedTuple

from extractor.model import Article, Document, Figure, Figures, Number, Rejection

if TYPE_CHECKING:
    import pandas

    from extractor.checks import Check
    from extractor.lexicon.words import Lexicon
    from extractor.sources.files import SourceError
    from extractor.trace import Explanation

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Document",
    "Examination",
    "Figure",
    "Figures",
    "Number",
    "Rejection",
    "__version__",
    "check",
    "examine",
    "explain",
    "extract",
    "extract_text",
    "load_lexicon",
    "parse_number",
    "to_frame",
]


class Examination(NamedTuple):
    """The figures and the rejections of a text; every numeral of the text is in exactly one of them."""

    figures: Figures
    rejections: list[Rejection]

    def _repr_html_(self) -> str:
        from extractor.showing import examination_html

        return examination_html(self.figures, self.rejections)


def __dir__() -> list[str]:
    return sorted(__all__)


def extract_text(text: str, *, lexicon: Lexicon | None = None, published: str = "") -> Figures:
    """The figures of a text, in its order. The text is one source, which may hold several articles.

    ``lexicon`` holds words of your own, see ``load_lexicon``; ``published`` is the date of the text (2023-08-15,
    2023-08 or 2023), by which 今年以来 and the like become days. Without it the text's own date counts, if it has one.

    >>> [figure.text for figure in extract_text("培训7期，惠及群众1332户6855人。")]
    ['7期', '1332户', '6855人']
    """
    return examine(text, lexicon=lexicon, published=published).figures


def extract(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    encoding: str | None = None,
    lexicon: Lexicon | None = None,
    on_error: Callable[[SourceError], None] | None = None,
    text_field: str | None = None,
    id_field: str | None = None,
) -> Iterator[Figure]:
    """The figures of files and folders, one by one; one document at a time is in memory.

    ``paths`` is one path or several, as on the command line: files, folders, patterns, ``-`` for standard
    input. An input that cannot be read is passed to ``on_error`` and the others go on. Without ``on_error``
    the others go on too, and an ``ExceptionGroup`` of ``SourceError`` follows the last figure. ``text_field``
    and ``id_field`` name the fields of a corpus, see ``extractor.sources.corpora``.

    >>> sum(1 for figure in extract("no/such/folder", on_error=print))
    no/such/folder: no such file or folder; check the spelling
    0
    """
    from extractor.pipeline import examine as examine_document
    from extractor.sources.corpora import Fields, expand
    from extractor.sources.documents import dated
    from extractor.sources.files import SourceError, find, read

    fields = Fields(text_field or "text", id_field, named=text_field is not None)
    errors: list[SourceError] = []
    report = on_error or errors.append
    sources = find([paths] if isinstance(paths, str | PathLike) else paths)
    for found in expand(sources, fields, encoding):
        if isinstance(found, SourceError):
            if not found.skipped:
                report(found)
            continue
        try:
            decoded = read(found, encoding)
        except SourceError as error:
            report(error)
            continue
        yield from examine_document(
            decoded.text,
            found.name,
            lexicon,
            extracted=decoded.document,
            fallback=dated.of_source(decoded.document, found.name),
        ).figures
    if errors:
        raise ExceptionGroup("some inputs could not be read", errors)


def examine(text: str, *, lexicon: Lexicon | None = None, published: str = "") -> Examination:
    """The figures of a text and its other numerals, each of those with the reason why it is no figure.

    ``lexicon`` and ``published`` as for ``extract_text``.

    >>> found, rejected = examine("2023年，第一书记慰问困难群众12户。")
    >>> [figure.text for figure in found]
    ['12户']
    >>> [(rejection.text, rejection.reason) for rejection in rejected]
    [('2023', 'date'), ('一', 'ordinal')]
    """
    from extractor.pipeline import examine as examine_document

    document = examine_document(text, words=lexicon, published=published)
    return Examination(Figures(document.figures), list(document.rejections))


def explain(text: str, *, lexicon: Lexicon | None = None) -> list[Explanation]:
    """What every numeral of a text was taken for, and why: rule, unit, item and the words that bound it.

    >>> [one] = explain("发放补贴1200元。")
    >>> one.figure.item, one.item_side, one.before.words, one.rule
    ('补贴', 'left', '发放', 'unit.currency')
    """
    from extractor.trace import explain as explain_text

    return explain_text(text, words=lexicon)


def load_lexicon(*files: str | PathLike[str]) -> Lexicon:
    """The package's words with those of your TOML files (``docs/lexicon.md``), to be passed as ``lexicon``.

    Raises ``LexiconError``, a ``ValueError``, which names every mistake with its file and line.

    >>> load_lexicon("no/such/file.toml")
    Traceback (most recent call last):
    extractor.lexicon.user_file.LexiconError: no/such/file.toml: no such file or directory
    """
    from extractor.lexicon.user import load

    return load(str(file) for file in files)


def parse_number(text: str) -> Number:
    """What a numeral says. ``ValueError`` if the text is none.

    >>> parse_number("三千五百六十").value
    3560
    >>> parse_number("村民")
    Traceback (most recent call last):
    ValueError: not a number: '村民'
    """
    from extractor.numerals.numbers import parse_number as read

    return read(text)


def check(figures: Iterable[Figure]) -> list[Check]:
    """The arithmetic relations that a text states between its figures, and whether they hold.

    Give it the figures of whole articles, see ``extractor.checks``.

    >>> [made] = check(extract_text("常住户80户已完成改造60户，剩余30户。"))
    >>> made.relation, made.expression, made.status
    ('difference', '80 − 60 = 20 ≠ 30', 'disagrees')
    """
    from extractor.checks import check as check_figures

    return check_figures(figures)


def to_frame(figures: Iterable[Figure]) -> pandas.DataFrame:
    """The figures as a pandas DataFrame with the columns of the table, see ``extractor.table.columns.to_frame``. It needs
    pandas, which ``pip install 'extract-figures[pandas]'`` installs.

    >>> to_frame(extract_text("培训7期，发放资金1.5万元。"))[["value", "unit"]].values.tolist()
    [[7, '期'], [15000, '元']]
    """
    from extractor.table.columns import to_frame as frame

    return frame(figures)
