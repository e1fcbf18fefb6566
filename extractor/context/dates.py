"""The days that a time expression covers.

``Days`` is fed the expressions of an article in reading order: what 当年, 同期 or 6月 mean depends on what was said
before and on the day of publication. Where the text does not decide, both sides stay empty: a wrong day is worse than
none. So seasons, holidays, spans counted back from no certain day (近三年), school years, fiscal years and 年初 have no
days. The words are in ``lexicon/days.toml``.
"""

from __future__ import annotations

import functools

from extractor.context import date_words
from extractor.context.date_reading import Pair, Reading
from extractor.context.reference_time import ReferenceTimes
from extractor.lexicon.folding import fold
from extractor.matching import compiled

__all__ = ["Days", "Pair"]

_BLANKS = compiled(r"[\s‘’『』]+")
_LONGEST = 80  # characters of an expression


@functools.lru_cache(5000)
def _plain(expression: str) -> str:
    """An expression folded, without blanks, quotation marks and its bracket: the same ones come again and again."""
    text = _BLANKS.sub("", fold(expression)).strip("，,")
    return date_words.patterns().bracket.sub(r"\1", text, count=1)


class Days(ReferenceTimes):
    """Turns the time expressions of one article into days. ``published`` is its date: 2023-08-15, 2023-08, 2023 or "".

    >>> days = Days("2023-08-15")
    >>> days.of("截至2023年6月底"), days.of("今年以来"), days.of("去年同期")
    (('', '2023-06-30'), ('2023-01-01', '2023-08-15'), ('2022-01-01', '2022-08-15'))
    >>> days.of("近年来"), Days("").of("上半年")
    (('', ''), ('', ''))

    Feed it every expression once, in reading order; an article that begins anew needs a new object.
    """

    def of(self, expression: str) -> Pair:
        """The first and the last day of ``expression``, ISO; an open or unknown side is empty."""
        text = _plain(expression)
        if len(text) > _LONGEST:
            return ("", "")
        try:
            return Reading(self, text).pair()
        except (ValueError, OverflowError):  # no such day, no such number
            return ("", "")
