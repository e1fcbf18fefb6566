"""``--where``: a condition on the columns, compiled to a test of a figure.

    kind == 'money' and value > 1亿        类别 == '金额' and 数值 > 1亿
    item contains '党员' or per is not null
    period =~ '^2023' and unit in ['人', '户']

There are columns by their English and Chinese names, numbers (also ``3.5亿``), text in quotes, lists, comparisons
(chained too), ``in``, ``contains``, ``startswith``, ``endswith``, ``=~`` (a regular expression), ``is null``, ``not``
before each of these, ``and or not`` as well as ``& | ~``, ``+ - * / // %`` and brackets. There are no other names, no
calls, no attributes and no subscripts, and nothing is handed to ``eval``. An absent number makes a comparison neither
true nor false, and only what is true is kept; ``is null`` asks for absent numbers and empty text.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from extractor.lexicon.words import Lexicon
from extractor.model import Figure
from extractor.table import vocabulary, where_tokens
from extractor.table.choice import fits
from extractor.table.columns import column_type
from extractor.table.where_tokens import OPERATORS, Token, WhereError, fault, tokens

__all__ = ["Where", "WhereError", "compile_where"]

MAX_LENGTH = 2000
"""Characters of a condition; more is a mistake."""

Kind = Literal["number", "text", "truth", "numbers", "texts"]
Get = Callable[[Figure], Any]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "in": lambda left, right: left in right, "contains": lambda left, right: right in left,
    "startswith": str.startswith, "endswith": str.endswith,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod,
}  # fmt: skip
_OF_TEXT = ("contains", "startswith", "endswith", "=~", "!~")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the condition: what it gives, how to get it from a figure, and where it stands. ``column`` is its
    name if it is one, ``constants`` its texts if it is a text or a list of them.
    """

    kind: Kind
    get: Get
    start: int
    end: int
    column: str = ""
    constants: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """A compiled condition. It travels to other processes as its text. ``warnings`` tell, a sentence each, why a
    comparison can be true of no row.
    """

    text: str
    _get: Get = field(repr=False, compare=False)
    warnings: tuple[str, ...] = ()
    _words: Lexicon | None = field(default=None, repr=False, compare=False)

    def __call__(self, figure: Figure) -> bool:
        return self._get(figure) is True

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_where, (self.text, self._words)


def compile_where(condition: str, words: Lexicon | None = None) -> Where:
    """The test that a condition stands for. ``words`` knows the user's own kinds. Raises ``WhereError``.

    >>> large = compile_where("kind == 'money' and value > 1亿")
    >>> compile_where("kind == 'mony'").warnings
    ("no row has the kind 'mony'; did you mean 'money'?",)
    >>> compile_where("value = 3")
    Traceback (most recent call last):
    extractor.table.where_tokens.WhereError: '=' is not a comparison; did you mean '=='?
      value = 3
            ^
    """
    if len(condition) > MAX_LENGTH:
        raise WhereError(f"longer than {MAX_LENGTH} characters")
    parser = _Parser(condition, words)
    try:
        part = parser.whole()
    except RecursionError as error:
        raise WhereError("not an expression: too many brackets inside one another") from error
    return Where(condition, part.get, tuple(parser.warnings), words)


class _Parser:
    """Reads a condition from left to right, one method for each strength of binding."""

    def __init__(self, condition: str, words: Lexicon | None) -> None:
        self._condition, self._words = condition, words
        self._tokens = list(tokens(condition))
        self._at = 0
        self._columns: Mapping[str, str] = vocabulary.columns()
        self.warnings: list[str] = []

    def whole(self) -> _Part:
        part = self._any()
        token = self._token
        if token.kind != "end":
            fix = where_tokens.FIXES.get(token.text)
            if fix is not None and token.kind in ("sign", "name"):
                said = "a comparison" if fix in ("==", "!=", "=~", "contains") else "understood"
                raise self._fault(f"{token.text!r} is not {said}; did you mean {fix!r}?", token)
            if token.text in where_tokens.REFUSED and token.kind == "sign":
                raise self._fault(f"{where_tokens.REFUSED[token.text]} are not allowed", token)
            if token.text == "**":
                raise self._fault("powers are not allowed", token)
            raise self._fault(where_tokens.behind(token), token)
        return self._truth(part)

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _fault(self, what: str, at: Token | _Part, to: Token | _Part | None = None) -> WhereError:
        return fault(what, self._condition, at.start, (to or at).end)

    def _took(self, *texts: str) -> Token | None:
        """The next token, if it is one of these words or signs."""
        token = self._token
        if token.kind in ("name", "sign") and token.text in texts:
            self._at += 1
            return token
        return None

    def _any(self) -> _Part:
        parts = [self._every()]
        while self._took("or"):
            parts.append(self._every())
        return self._joined(False, parts)

    def _every(self) -> _Part:
        parts = [self._not()]
        while self._took("and"):
            parts.append(self._not())
        return self._joined(True, parts)

    def _joined(self, every: bool, parts: list[_Part]) -> _Part:
        if len(parts) == 1:
            return parts[0]
        getters = [self._truth(part).get for part in parts]
        return _Part("truth", _combined(every, getters), parts[0].start, parts[-1].end)

    def _not(self) -> _Part:
        first, times = self._token, 0
        while self._took("not"):
            times += 1
        part = self._comparison()
        if not times:
            return part
        get = self._truth(part).get
        return _Part("truth", _opposite(get) if times % 2 else get, first.start, part.end)

    def _comparison(self) -> _Part:
        left = self._sum()
        links = []
        while (link := self._link(left)) is not None:
            links.append(link[0])
            left = link[1]
        if not links:
            return left
        get = links[0].get if len(links) == 1 else _combined(True, [link.get for link in links])
        return _Part("truth", get, links[0].start, links[-1].end)

    def _link(self, left: _Part) -> tuple[_Part, _Part] | None:
        """One comparison with what is on its left: what it says, and its right side."""
        first = self._token
        negated = False
        if self._took("is"):
            negated = self._took("not") is not None
            if self._took("null") is None:
                raise self._fault("'is' goes with null only; compare with ==", first)
            absent = self._null(left, negated)
            return absent, absent
        if first.text == "not" and first.kind == "name":
            following = self._tokens[self._at + 1]
            if following.kind != "name" or following.text not in ("in", *_OF_TEXT):
                return None
            self._at += 1
            negated = True
        token = self._took(*_COMPARISONS, *_OF_TEXT)
        if token is None:
            return None
        right = self._sum()
        op = token.text
        if op == "!~":
            op, negated = "=~", True
        link = self._compared(left, op, right)
        return (replace(link, get=_opposite(link.get)) if negated else link), right

    def _null(self, part: _Part, negated: bool) -> _Part:
        if part.kind not in ("number", "text"):
            raise self._fault("only a column can be null", part)
        get = part.get
        end = self._tokens[self._at - 1].end
        return _Part("truth", lambda figure: (get(figure) in (None, "")) is not negated, part.start, end)

    def _compared(self, left: _Part, op: str, right: _Part) -> _Part:
        """``==`` and ``!=`` with a list mean ``in`` and ``not in``, as in pandas."""
        if right.kind in ("numbers", "texts") and op in ("==", "!="):
            link = self._compared(left, "in", right)
            return replace(link, get=_opposite(link.get)) if op == "!=" else link
        if right.kind in ("numbers", "texts"):
            fitting = op == "in" and f"{left.kind}s" == right.kind
        elif op == "in" or op in _OF_TEXT:
            fitting = left.kind == right.kind == "text"
        else:
            fitting = left.kind == right.kind and left.kind in ("number", "text")
        if not fitting:
            hint = ""
            if {left.kind, right.kind} == {"number", "text"} and op not in _OF_TEXT:
                hint = "; numbers are written without quotes, text with them"
            raise self._fault(f"cannot compare {left.kind} with {right.kind} here{hint}", left, right)
        if op == "=~":
            return self._matched(left, right)
        if op in ("==", "!=", "in"):
            left, right = self._meant(left, right), self._meant(right, left)
        compare, one, other = _COMPARISONS[op], left.get, right.get

        def get(figure: Figure) -> bool | None:
            first, second = one(figure), other(figure)
            return None if first is None or second is None else compare(first, second)

        return _Part("truth", get, left.start, right.end)

    def _meant(self, part: _Part, beside: _Part) -> _Part:
        """A text beside a column as the table writes it: money for 金额. What no row can have is a warning."""
        if not part.constants or not beside.column:
            return part
        known = vocabulary.values(beside.column, self._words)
        texts = [str(token.value) for token in part.constants]
        self.warnings += filter(None, (vocabulary.doubtful(beside.column, t, self._words) for t in texts))
        meant = [known.get(text, text) for text in texts]
        value: Any = meant if part.kind == "texts" else meant[0]
        return replace(part, get=lambda figure: value)

    def _matched(self, left: _Part, right: _Part) -> _Part:
        import regex

        if len(right.constants) != 1:
            raise self._fault("=~ needs a regular expression in quotes on its right", right)
        try:
            pattern = regex.compile(str(right.constants[0].value))
        except regex.error as error:
            raise self._fault(f"not a regular expression: {error}", right) from error
        get, name = left.get, left.column or "text"
        return _Part("truth", lambda figure: fits(pattern, name, get(figure)), left.start, right.end)

    def _sum(self) -> _Part:
        part = self._product()
        while token := self._took("+", "-"):
            part = self._computed(part, token.text, self._product())
        return part

    def _product(self) -> _Part:
        part = self._signed()
        while token := self._took("*", "/", "//", "%"):
            part = self._computed(part, token.text, self._signed())
        return part

    def _signed(self) -> _Part:
        first, signs = self._token, []
        while token := self._took("-", "+"):
            signs.append(token.text)
        part = self._atom()
        if not signs:
            return part
        get = self._number(part).get
        if signs.count("-") % 2 == 0:
            return part
        return _Part(
            "number", lambda figure: None if (held := get(figure)) is None else -held, first.start, part.end
        )

    def _computed(self, left: _Part, op: str, right: _Part) -> _Part:
        one, other = self._number(left).get, self._number(right).get
        compute = _ARITHMETIC[op]

        def get(figure: Figure) -> Any:
            first, second = one(figure), other(figure)
            if first is None or second is None:
                return None
            try:
                return compute(first, second)
            except (ZeroDivisionError, OverflowError):
                return None

        return _Part("number", get, left.start, right.end)

    def _atom(self) -> _Part:
        token = self._token
        self._at += 1
        if token.kind == "number":
            number = token.value
            return _Part("number", lambda figure: number, token.start, token.end)
        if token.kind == "text":
            text = token.value
            return _Part("text", lambda figure: text, token.start, token.end, constants=(token,))
        if token.kind == "name" and token.text not in OPERATORS:
            return self._column(token)
        if token.kind == "sign" and token.text in _CLOSING:
            return self._bracket(token)
        if token.kind == "end":
            raise self._fault("not an expression: something is missing at the end", token)
        if token.text in where_tokens.FIXES:
            raise self._fault(
                f"{token.text!r} means nothing here; did you mean {where_tokens.FIXES[token.text]!r}?", token
            )
        raise self._fault(where_tokens.no_operand(token), token)

    def _column(self, token: Token) -> _Part:
        name = self._columns.get(token.text, "")
        following = self._token
        if (
            following.kind == "sign"
            and following.text in where_tokens.REFUSED
            and following.start == token.end
        ):
            raise self._fault(f"{where_tokens.REFUSED[following.text]} are not allowed", token, following)
        if not name:
            raise self._fault(self._no_column(token.text), token)
        kind: Kind = "text" if column_type(name) == "text" else "number"
        return _Part(kind, operator.attrgetter(name), token.start, token.end, column=name)

    def _no_column(self, word: str) -> str:
        near = vocabulary.nearest(word, self._columns)
        if near:
            return f"no column {word!r}; did you mean {near!r}?"
        for column in vocabulary.CLOSED:
            if word in vocabulary.values(column, self._words):
                return f"no column {word!r}; a text is written in quotes: {column} == '{word}'"
        return f"no column {word!r}; there are {', '.join(dict.fromkeys(self._columns.values()))}"

    def _bracket(self, token: Token) -> _Part:
        """A condition in brackets, or a list."""
        closing = _CLOSING[token.text]
        parts, commas = [], 0
        while not self._took(closing):
            parts.append(self._any())
            if self._took(","):
                commas += 1
            elif self._token.text != closing or self._token.kind != "sign":
                raise self._fault(f"not an expression: expected {closing!r} here", self._token)
        last = self._tokens[self._at - 1]
        if token.text == "(" and len(parts) == 1 and not commas:
            return parts[0]
        kinds = {part.kind for part in parts}
        if len(kinds) != 1 or not kinds <= {"number", "text"}:
            raise self._fault("a list holds either numbers or text", token, last)
        getters = [part.get for part in parts]
        constants = tuple(constant for part in parts for constant in part.constants)
        kind: Kind = "numbers" if kinds == {"number"} else "texts"
        whole = constants if len(constants) == len(parts) else ()
        return _Part(
            kind, lambda figure: [get(figure) for get in getters], token.start, last.end, constants=whole
        )

    def _truth(self, part: _Part) -> _Part:
        if part.kind != "truth":
            raise self._fault("not a condition; compare it with something", part)
        return part

    def _number(self, part: _Part) -> _Part:
        if part.kind != "number":
            raise self._fault("not a number", part)
        return part


def _combined(every: bool, getters: list[Get]) -> Get:
    """``and`` or ``or`` with a third value, ``None``, for what cannot be told."""

    def get(figure: Figure) -> bool | None:
        answer: bool | None = every
        for getter in getters:
            held = getter(figure)
            if held is not every and held is not None:
                return not every
            if held is None:
                answer = None
        return answer

    return get


def _opposite(get: Get) -> Get:
    return lambda figure: None if (held := get(figure)) is None else not held
