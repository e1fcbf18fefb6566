"""Whether a user's pattern can be slow: some small patterns take longer than a life for one line of text.

A pattern of a lexicon stands for a few words, so it needs no open-ended repetition. Taken are ``?`` and
``{m,n}`` with a bound, on one character or class, and ``?`` behind a group; the ways in which all of them
together can match are counted and bounded. See https://owasp.org/www-community/attacks/ReDoS for what is refused.
"""

from __future__ import annotations

import re

MOST_WAYS = 5000

_PLAIN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_OPENING = re.compile(r"\((?:\?(?::|>|<?[=!]|P<\w+>|#[^)]*\)|[aiLmsux-]+[:)]))?")
_REPEAT = re.compile(r"(.?)(?:([*+])|\{(\d*)(,?)(\d*)\}|(\?))[?+]?", re.DOTALL)


def problem(pattern: str) -> str:
    """Why a valid pattern is not taken, "" if it is.

    >>> problem("(?:大)?约[有在]{0,2}"), problem("不到?")
    ('', '')
    >>> problem("(?:约+)+")
    "open-ended repetition '约+', write {1,8} or the like"
    >>> problem("(?:约|约约){1,30}不")
    "repeated group '){1,30}', repeat single characters only"
    >>> problem("约?" * 30)
    'too many optional parts'
    """
    # Classes and escaped characters count as one plain character each.
    plain = _OPENING.sub("(", _PLAIN.sub("字", pattern))
    ways = 1
    for match in _REPEAT.finditer(plain):
        before, endless, least, comma, most, optional = match.groups()
        if endless or (comma and not most):
            return f"open-ended repetition {match.group()!r}, write {{1,8}} or the like"
        if before == ")" and not optional:
            return f"repeated group {match.group()!r}, repeat single characters only"
        low = int(least or 0)
        ways *= 2 if optional else max(1, int(most or low) - low + 1)
        if ways > MOST_WAYS or max(low, int(most or 0)) > 100:
            return "too many optional parts"
    return ""
