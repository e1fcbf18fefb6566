"""``--where``: an expression over the columns, in the syntax of pandas' ``query``, compiled to a test of a
figure.

Allowed are columns, numbers, text, lists, comparisons (chained too), ``in`` and ``not in``, ``and or not``
as well as ``& | ~`` (which bind like ``and or not``, as pandas has it), ``+ - * / // %`` and brackets.
There are no other names, no calls, no attributes and no subscripts, and nothing is handed to ``eval``: the
syntax tree is checked node by node and turned into closures. An absent number makes a comparison neither
true nor false, and only what is true is kept.
"""

from __future__ import annotations

import ast
import io
import operator
import tokenize
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from extractor.model import COLUMNS, Figure
from extractor.table.columns import column_type

MAX_LENGTH = 2000
"""Characters of an expression; more is a mistake, and Python's parser dislikes deep nests."""

Kind = Literal["number", "text", "truth", "numbers", "texts"]

_WORDS = {"&": "and", "|": "or", "~": "not"}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


class WhereError(ValueError):
    """An expression that is not allowed or makes no sense; one line that says why."""


class _Part(NamedTuple):
    """A piece of the expression: what it gives and how to get it from a figure."""

    kind: Kind
    get: Callable[[Figure], Any]


@dataclass(frozen=True, slots=True)
class Where:
    """A compiled condition. It travels to other processes as its text."""

    text: str
    _get: Callable[[Figure], Any] = field(repr=False, compare=False)

    def __call__(self, figure: Figure) -> bool:
        return self._get(figure) is True

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_where, (self.text,)


def compile_where(expression: str) -> Where:
    """The test that an expression stands for. Raises ``WhereError``.

    >>> from extractor.table.columns import to_frame
    >>> large = compile_where("kind == 'money' and value > 1e8")
    >>> compile_where("__import__('os').system('true')")
    Traceback (most recent call last):
    extractor.table.where.WhereError: calls are not allowed: __import__('os').system('true')
    """
    if len(expression) > MAX_LENGTH:
        raise WhereError(f"longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(_words(expression).strip(), mode="eval")
        part = _part(tree.body)
    except WhereError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        raise WhereError(f"not an expression: {expression}") from error
    if part.kind != "truth":
        raise WhereError(f"no condition, compare it with something: {expression}")
    return Where(expression, part.get)


def _words(expression: str) -> str:
    """``& | ~`` as ``and or not``, outside of quotes."""
    pieces = []
    for token in tokenize.generate_tokens(io.StringIO(expression).readline):
        if token.type == tokenize.OP and token.string in _WORDS:
            pieces.append((tokenize.NAME, _WORDS[token.string]))
        else:
            pieces.append((token.type, token.string))
    return tokenize.untokenize(pieces)


def _part(node: ast.expr) -> _Part:
    match node:
        case ast.Name(id=name):
            if name not in COLUMNS:
                raise WhereError(f"no column {name!r}; there are {', '.join(COLUMNS)}")
            return _Part("text" if column_type(name) == "text" else "number", operator.attrgetter(name))
        case ast.Constant(value=bool()) | ast.Constant(value=None):
            pass
        case ast.Constant(value=int() | float() as number):
            return _Part("number", lambda figure: number)
        case ast.Constant(value=str() as text):
            return _Part("text", lambda figure: text)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return _list(elements, node)
        case ast.BoolOp(op=op, values=values):
            return _combined(isinstance(op, ast.And), [_truth(value) for value in values])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            get = _truth(operand)
            return _Part("truth", lambda figure: None if (held := get(figure)) is None else not held)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            get = _number(operand)
            return _Part("number", lambda figure: None if (held := get(figure)) is None else -held)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
            return _arithmetic(_ARITHMETIC[type(op)], _number(left), _number(right))
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            return _comparison(left, ops, comparators)
        case _:
            pass
    what = {ast.Call: "calls are", ast.Attribute: "attributes are", ast.Subscript: "subscripts are"}
    raise WhereError(f"{what.get(type(node), 'this is')} not allowed: {ast.unparse(node)}")


def _truth(node: ast.expr) -> Callable[[Figure], Any]:
    part = _part(node)
    if part.kind != "truth":
        raise WhereError(f"no condition, compare it with something: {ast.unparse(node)}")
    return part.get


def _number(node: ast.expr) -> Callable[[Figure], Any]:
    part = _part(node)
    if part.kind != "number":
        raise WhereError(f"no number: {ast.unparse(node)}")
    return part.get


def _list(elements: Iterable[ast.expr], node: ast.expr) -> _Part:
    parts = [_part(element) for element in elements]
    kinds = {part.kind for part in parts}
    if len(kinds) != 1 or not kinds <= {"number", "text"}:
        raise WhereError(f"a list holds either numbers or text: {ast.unparse(node)}")
    getters = [part.get for part in parts]
    return _Part(
        "numbers" if kinds == {"number"} else "texts", lambda figure: [get(figure) for get in getters]
    )


def _combined(every: bool, getters: list[Callable[[Figure], Any]]) -> _Part:
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

    return _Part("truth", get)


def _arithmetic(
    compute: Callable[[Any, Any], Any], left: Callable[[Figure], Any], right: Callable[[Figure], Any]
) -> _Part:
    def get(figure: Figure) -> Any:
        one, other = left(figure), right(figure)
        if one is None or other is None:
            return None
        try:
            return compute(one, other)
        except (ZeroDivisionError, OverflowError):
            return None

    return _Part("number", get)


def _comparison(left: ast.expr, ops: list[ast.cmpop], comparators: list[ast.expr]) -> _Part:
    links = []
    for op, right in zip(ops, comparators, strict=True):
        links.append(_link(left, op, right))
        left = right
    return links[0] if len(links) == 1 else _combined(True, [link.get for link in links])


def _link(left: ast.expr, op: ast.cmpop, right: ast.expr) -> _Part:
    """One comparison; ``==`` and ``!=`` with a list mean ``in`` and ``not in``, as in pandas."""
    written = f"{ast.unparse(left)} … {ast.unparse(right)}"
    one, other = _part(left), _part(right)
    kind = type(op)
    if other.kind in ("numbers", "texts"):
        kind = {ast.Eq: ast.In, ast.NotEq: ast.NotIn}.get(kind, kind)
        fits = kind in (ast.In, ast.NotIn) and f"{one.kind}s" == other.kind
    else:
        within = kind in (ast.In, ast.NotIn)
        fits = one.kind == other.kind and (one.kind == "text" if within else one.kind in ("text", "number"))
    if not fits or kind not in _COMPARISONS:
        raise WhereError(f"cannot compare {one.kind} with {other.kind} here: {written}")
    compare = _COMPARISONS[kind]

    def get(figure: Figure) -> bool | None:
        first, second = one.get(figure), other.get(figure)
        if first is None or second is None:
            return None
        return compare(first, second)

    return _Part("truth", get)
