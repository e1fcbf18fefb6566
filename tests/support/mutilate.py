"""Puts a newspaper page's layout breaks over a plain article, to see whether the figures survive them.

Every function takes a text with one paragraph a line, and a random generator or seed, and returns the text
with breaks put in; the same seed gives the same text. The ways are those that the seeds show: lines wrapped
at the width of a column, blanks where a line ended, blanks inside amounts, a column that ends in
mid-sentence or between number and classifier, ASCII commas. Only white space is put in, except by
:func:`ascii_punctuation`.
"""

from __future__ import annotations

import random
import re

_LONG = 60  # shorter lines are headlines and bylines, which a page does not wrap
_NO_LINE_START = "，。、；：！？,.;:!?”’」』》）)】"
_ASCII = str.maketrans({"，": ",", "；": ";", "：": ":", "“": '"', "”": '"', "（": "(", "）": ")"})
_AMOUNT = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])")
_NUMBER_AND_CLASSIFIER = re.compile(r"(?<=\d)(?=[名个户家件次册期万亿场条])")
_SENTENCE_END = re.compile("[。！？…”]")


def hard_wrap(text: str, width: int, separator: str = "\n") -> str:
    """Breaks every long paragraph into lines of about ``width`` characters, a line break or blank between."""
    lines = []
    for paragraph in text.split("\n"):
        if len(paragraph) <= _LONG:
            lines.append(paragraph)
            continue
        pieces, at = [], 0
        while at < len(paragraph):
            end = at + width
            while end < len(paragraph) and paragraph[end] in _NO_LINE_START:
                end += 1
            pieces.append(paragraph[at:end].strip())
            at = end
        lines.append(separator.join(piece for piece in pieces if piece))
    return "\n".join(lines)


def blanks_in_amounts(text: str, rng: random.Random, share: float = 0.3) -> str:
    """Puts a blank between some of the numbers and the Chinese characters beside them: ``18.5 亿元``."""
    return _AMOUNT.sub(lambda _: " " if rng.random() < share else "", text)


def column_breaks(text: str, rng: random.Random, share: float = 0.5) -> str:
    """Cuts some long paragraphs in two with an empty line, in mid-sentence or between number and
    classifier.
    """
    paragraphs = []
    for paragraph in text.split("\n"):
        if len(paragraph) > 2 * _LONG and rng.random() < share:
            at = _cut(paragraph, rng)
            paragraph = paragraph[:at].rstrip() + "\n\n" + paragraph[at:].lstrip()
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs)


def _cut(paragraph: str, rng: random.Random) -> int:
    """Where a column may end: inside a sentence, behind the first one, not at a punctuation mark."""
    first = _SENTENCE_END.search(paragraph)
    start = max(_LONG // 2, first.end() + 2 if first else 0)
    amounts = [m.start() for m in _NUMBER_AND_CLASSIFIER.finditer(paragraph) if m.start() > start]
    if amounts and rng.random() < 0.4:
        return rng.choice(amounts)
    places = [
        at
        for at in range(min(start, len(paragraph) - 3), len(paragraph) - 2)
        if not _SENTENCE_END.search(paragraph[at - 2 : at + 2])
        and paragraph[at] not in _NO_LINE_START
        and not (paragraph[at - 1].isdigit() and paragraph[at].isdigit())
    ]
    return rng.choice(places) if places else len(paragraph) // 2


def ascii_punctuation(text: str) -> str:
    """Commas, semicolons, colons, brackets and quotation marks as a scan writes them."""
    return text.translate(_ASCII)


def newspaper(text: str, seed: int) -> str:
    """All of it, by a seed: columns cut, lines wrapped at 17 to 40 characters, blanks in amounts."""
    rng = random.Random(seed)
    text = blanks_in_amounts(text, rng)
    text = column_breaks(text, rng)
    text = hard_wrap(text, rng.randint(17, 40), rng.choice(["\n", " "]))
    return ascii_punctuation(text) if rng.random() < 0.3 else text
