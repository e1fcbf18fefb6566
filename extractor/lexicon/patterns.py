"""Patterns and short lists of words that a step of the way needs, kept as data and made ready when it first asks.

They stand in the files of this folder as

* ``[[pattern]]``: ``of`` says which step uses it, ``name`` is its name there, ``pattern`` a regular expression in which
  ``{NAME}`` stands for the piece of that name, ``note`` tells what it finds and ``example`` is an invented phrase in
  which it does;
* ``[[pattern_piece]]``: a part of patterns, with the same keys;
* ``[[word_list]]``: the same with ``words`` instead of a pattern.
"""

from __future__ import annotations

from re import Pattern

from extractor.lexicon.words import lexicon
from extractor.matching import compiled


def patterns(of: str) -> dict[str, Pattern[str]]:
    """The patterns of a step by their names. The caller keeps them.

    >>> patterns("rates")["many"].match("10万人").group()
    '10万'
    """
    data = lexicon().data
    pieces = {
        f"{{{entry['name']}}}": entry["pattern"] for entry in data["pattern_piece"] if entry["of"] == of
    }
    found = {}
    for entry in data["pattern"]:
        if entry["of"] == of:
            text = entry["pattern"]
            for name, piece in pieces.items():
                text = text.replace(name, piece)
            found[entry["name"]] = compiled(text)
    return found


def word_lists(of: str) -> dict[str, tuple[str, ...]]:
    """The lists of words of a step by their names.

    >>> word_lists("respective")["joins"]
    ('、', '和', '与', '及', '以及')
    """
    return {
        entry["name"]: tuple(entry["words"]) for entry in lexicon().data["word_list"] if entry["of"] == of
    }
