"""The days of an article's periods: its time expressions are fed to the calendar in reading order."""

from __future__ import annotations

from extractor.context.dates import Days, Pair
from extractor.context.periods import History

_UNKNOWN = ("", "")


class ArticleDays:
    """The days that the times of one article cover. ``published`` is its date, "" if unknown."""

    def __init__(self, published: str) -> None:
        self.published = published
        self._days = Days(published)
        self._known: dict[str, Pair] = {}

    def read(self, history: History) -> None:
        """Takes in the times of all sentences up to the one that is read."""
        for wordings in history.told():
            self._days.next_sentence()
            for wording in wordings:
                self._known[wording] = self._days.of(wording)

    def of(self, period: str) -> Pair:
        """The first and the last day of a period of the article, each "" where open or unknown."""
        return self._known.get(period, _UNKNOWN)
