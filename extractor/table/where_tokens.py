"""The words and signs of a ``--where`` condition, each with its place, and how a fault is shown."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from extractor.matching import compiled
from extractor.model import Value
from extractor.table.vocabulary import nearest

TokenKind = Literal["number", "text", "name", "sign", "end"]

MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
OTHER_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "（": "(",
    "）": ")",
    "，": ",",
    "＝": "=",
    "＞": ">",
    "＜": "<",
    "＝＝": "==",
    "！＝": "!=",
    "＞＝": ">=",
    "＜＝": "<=",
    "≧": ">=",
    "≦": "<=",
    "【": "[",
    "】": "]",
}
WORDS = {
    "&": "and", "|": "or", "~": "not", "且": "and", "或": "or", "非": "not", "包含": "contains", "none": "null",
}  # fmt: skip
"""What else is said for a word of the syntax."""
OPERATORS = frozenset({"and", "or", "not", "in", "is", "null", "contains", "startswith", "endswith"})
FIXES = {
    "=": "==", "===": "==", "<>": "!=", "&&": "and", "||": "or", "!": "not", "~=": "=~", "like": "contains",
    "：": "==", "and not": "and not", "between": ">= … and … <=", "equals": "==", "等于": "==", "大于": ">", "小于": "<", "不等于": "!=",
    "为空": "is null",
    "matches": "=~", "has": "contains", "含": "contains", "有": "contains", "以": "startswith",
}  # fmt: skip
"""What was likely meant by a sign that the syntax does not have."""
REFUSED = {"(": "calls", ".": "attributes", "[": "subscripts"}
"""What other languages have behind a value, and this one has not."""

_TOKEN = compiled(
    r"""(?P<text>r?(?:'(?:[^'\\\n]|\\.){0,400}'|"(?:[^"\\\n]|\\.){0,400}")|“[^”\n]{0,400}”|‘[^’\n]{0,400}’|「[^」\n]{0,400}」)
    | (?P<number>(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[十百千万萬亿億]*)(?!\w)
    | (?P<name>[^\W\d]\w*)
    | (?P<sign>＝＝|！＝|＞＝|＜＝|===|==|=~|!=|!~|~=|<>|<=|>=|&&|\|\||//|\*\*|[-+*/%<>=&|~!()\[\]{},.≥≤≠≧≦（）【】，＝＞＜：])
    | (?P<blank>\s+)""",
    re.VERBOSE,
)


class WhereError(ValueError):
    """A condition that is not allowed or makes no sense: what is wrong, and under it the place, with carets."""


class Token(NamedTuple):
    """A word or sign: what it says (``text`` is a sign or name as the syntax has it), and where it stands."""

    kind: TokenKind
    text: str
    start: int
    end: int
    value: Value | str = ""


def tokens(condition: str) -> Iterator[Token]:
    """The words and signs of a condition, and one for its end.

    >>> [token.text or token.value for token in tokens("数值 ≥ 3.5亿 & kind == 'money'")]
    ['数值', '>=', '3.5亿', 'and', 'kind', '==', 'money', 'end']
    """
    at = 0
    while at < len(condition):
        match = _TOKEN.match(condition, at)
        if match is None:
            raise fault(_unknown(condition[at]), condition, at, at + 1)
        kind, text, end = match.lastgroup, match[0], match.end()
        if kind == "text":
            yield Token("text", "", at, end, _literal(condition, text, at, end))
        elif kind == "number":
            yield Token("number", text, at, end, _number(condition, text, at, end))
        elif kind == "name":
            word = text.lower() if text.lower() in OPERATORS or text.lower() in WORDS else text
            yield Token("name", WORDS.get(word, word), at, end)
        elif kind == "sign":
            sign = OTHER_SIGNS.get(text, text)
            yield Token("name" if sign in WORDS else "sign", WORDS.get(sign, sign), at, end)
        at = end
    yield Token("end", "end", len(condition), len(condition))


def fault(what: str, condition: str, start: int, end: int) -> WhereError:
    """An error with carets under its place.

    >>> print(fault("no column '类'", "类 == 1", 0, 1))
    no column '类'
      类 == 1
      ^^
    """
    before, under = _width(condition[:start]), max(1, _width(condition[start:end]))
    line = " ".join(condition.splitlines()) if "\n" in condition else condition
    return WhereError(f"{what}\n  {line}\n  {' ' * before}{'^' * under}")


def behind(token: Token) -> str:
    """What is wrong with a word behind a whole condition, with the operator that was likely meant.

    >>> behind(Token("name", "contain", 0, 7)), behind(Token("name", "园", 0, 1))
    ("not an expression; did you mean 'contains'?", 'not an expression: expected and, or, or the end here')
    """
    near = nearest(token.text.lower(), OPERATORS) if token.kind == "name" else ""
    return (
        f"not an expression{f'; did you mean {near!r}?' if near else ': expected and, or, or the end here'}"
    )


def no_operand(token: Token) -> str:
    """What is wrong with a word where a column or a value should stand."""
    if token.text == "null":
        return "null is asked for with 'is null' or 'is not null'"
    return "not an expression: expected a column, a number or a text in quotes here"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _unknown(character: str) -> str:
    if character in "'\"“‘「":
        return "not an expression: this quotation mark is not closed"
    return f"not an expression: {character!r} means nothing here"


def _literal(condition: str, text: str, start: int, end: int) -> str:
    if text[0] in "“‘「":
        return text[1:-1]
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise fault("not an expression: this text cannot be read", condition, start, end) from error
    return str(value)


def _number(condition: str, text: str, start: int, end: int) -> Value:
    """A number as Python writes it, with Chinese multipliers behind it or not."""
    digits = text.rstrip("".join(MULTIPLIERS))
    times = 1
    for sign in text[len(digits) :]:
        times *= MULTIPLIERS[sign]
    try:
        plain = float(digits) if any(sign in digits for sign in ".eE") else int(digits)
        number = Fraction(str(plain)) * times
        if times == 1:
            return plain
        return int(number) if number.denominator == 1 else float(number)
    except (ValueError, OverflowError) as error:
        raise fault("not an expression: this number cannot be read", condition, start, end) from error
