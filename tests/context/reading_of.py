"""Reads one invented sentence: what the tests of context/ ask for."""

from __future__ import annotations

from extractor.context import times
from extractor.context.sentence import Sentence
from extractor.lexicon.folding import fold
from extractor.lexicon.words import lexicon
from extractor.numerals import figures, qualifiers
from extractor.numerals.drafts import Draft
from extractor.numerals.scan import scan


def sentence_of(text: str) -> Sentence:
    """The sentence with its figures, their qualifiers noted."""
    words = lexicon()
    folded = fold(text)
    found = figures.read(folded, 0, len(folded), list(scan(folded)), words)
    drafts = [one for one in found if isinstance(one, Draft)]
    for draft in drafts:
        _, draft.qualified = qualifiers.before(folded, 0, draft.start, words)
    spans = times.find(folded, 0, len(folded), [(draft.start, draft.end) for draft in drafts])
    return Sentence(folded, 0, len(folded), drafts, spans, words)
