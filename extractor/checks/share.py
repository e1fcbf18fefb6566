"""share: a part of a whole in per cent.

For example:

    现有23名党员，其中本地党员18名，占78%     18 / 23
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.claims import Claim
from extractor.checks.passage import Passage
from extractor.checks.quantities import percent
from extractor.checks.shares import shares


def find(passage: Passage) -> Iterator[Claim]:
    """The claims of this relation in a passage."""
    for found in shares(passage):
        if found.rate.figure.unit == "%":
            yield Claim(
                "share",
                found.rate,
                (found.part, found.whole),
                percent,
                " / ",
                found.words,
                found.strong,
                cut=True,
            )
