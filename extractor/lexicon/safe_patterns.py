"""Whether a user's pattern can be slow: some small patterns take longer than a life for one line of text.

A pattern of a lexicon stands for a few words. It is read by a small grammar of its own, which knows characters,
classes, ``.``, ``(?:…|…)``, looking ahead and behind, ``?`` and ``{m,n}`` with a bound, on one character or
class, and ``?`` behind a group; whatever else there is (``*``, ``+``, ``(?i)``, back references) is not taken. The
ways in which all of it together can match are counted and bounded: a pattern is tried in no more ways than that at
one place. See https://owasp.org/www-community/attacks/ReDoS for what is refused.
"""

from __future__ import annotations

import re

from extractor.matching import compiled

MOST_WAYS = 5000
MOST_REPEATS = 100
DEEPEST = 50

_CLASS = compiled(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_OPENING = compiled(r"\((?:\?(?::|>|<?[=!]))?")
_REPEAT = compiled(r"(?:([*+])|\{(\d*)(,?)(\d*)\}|(\?))([?+]?)")


class _Problem(Exception):
    """What is wrong, in one clause."""


def problem(pattern: str) -> str:
    """Why a valid pattern is not taken, "" if it is.

    >>> problem("(?:大)?约[有在]{0,2}"), problem("不到?")
    ('', '')
    >>> problem("(?:约+)+")
    "open-ended repetition '+', write {1,8} or the like"
    >>> problem("(?:约|约约){1,30}不")
    "repeated group '){1,30}', repeat single characters only"
    >>> problem("约?" * 30), problem("(?:|约|)" * 9)
    ('too many optional parts', 'too many optional parts')
    >>> problem("约(?i)about")
    "'(?i' is not taken, write (?:…) for a group and [Aa] for letters of both cases"
    """
    try:
        ways, at = _choice(pattern, 0, 0)
        if at < len(pattern):
            raise _Problem("a bracket too many")
        _bounded(ways)
    except _Problem as error:
        return str(error)
    return ""


def _choice(pattern: str, at: int, depth: int) -> tuple[int, int]:
    """Alternatives up to a closing bracket or the end: in how many ways they can match, and where they end."""
    if depth > DEEPEST:
        raise _Problem("groups are nested too deeply")
    total, ways = 0, 1
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            total, ways, at = total + ways, 1, at + 1
            continue
        more, at = _piece(pattern, at, depth)
        ways = _bounded(ways * more)
    return _bounded(total + ways), at


def _piece(pattern: str, at: int, depth: int) -> tuple[int, int]:
    """One character, class or group with its repetition."""
    ways, group = 1, pattern[at] == "("
    if group:
        opening = _OPENING.match(pattern, at)
        assert opening is not None
        if opening[0] == "(" and pattern.startswith("(?", at):
            shown = pattern[at : at + 3]
            raise _Problem(
                f"{shown!r} is not taken, write (?:…) for a group and [Aa] for letters of both cases"
            )
        ways, at = _choice(pattern, opening.end(), depth + 1)
        at += 1
    elif pattern[at] == "[":
        match = _CLASS.match(pattern, at)
        at = match.end() if match else len(pattern)
    elif pattern[at] == "\\":
        if pattern[at + 1 : at + 2].isdigit():
            raise _Problem(f"back reference {pattern[at : at + 2]!r}, write the words themselves")
        at += 2
    else:
        at += 1
    repeat = _REPEAT.match(pattern, at)
    if repeat is None:
        return ways, at
    endless, least, comma, most, optional, _ = repeat.groups()
    if endless or (comma and not most):
        raise _Problem(f"open-ended repetition {repeat[0]!r}, write {{1,8}} or the like")
    if optional:
        return ways + 1, repeat.end()
    if not least and not most:  # {} and {,} are plain characters
        return ways, at
    if group:
        raise _Problem(f"repeated group {')' + repeat[0]!r}, repeat single characters only")
    low = int(least or 0)
    high = int(most) if most else low
    if max(low, high) > MOST_REPEATS:
        raise _Problem("too many optional parts")
    return max(1, high - low + 1), repeat.end()


def _bounded(ways: int) -> int:
    if ways > MOST_WAYS:
        raise _Problem("too many optional parts")
    return ways
