"""Words are data: no list of Chinese words stands in the modules of context/, neither as a tuple nor inside a pattern."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractor

HAN = "[\u3400-\u9fff]"
SEVERAL = re.compile(
    f"{HAN}\\??\\)*\\|\\(*(?:\\?[:!=<]*)?{HAN}|\\[[^\\]]*?{HAN}[^\\]]*?(?<!-){HAN}[^\\]]*\\]"
)
"""Alternatives of two words, or a class of two characters (a range of characters is no list)."""
ROOT = Path(extractor.__file__).parent
MODULES = sorted((ROOT / "context").glob("*.py"))


def han(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(HAN, node.value))


def characters(node: ast.AST) -> bool:
    """Whether a text is asked for its characters and holds two."""
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(re.findall(HAN, node.value)) > 1
    )


def lists_of_words(source: str) -> Iterator[str]:
    """Each list of words in a module, with its line."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        found = False
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            found = sum(map(han, node.elts)) > 1
        elif isinstance(node, ast.Dict):
            found = sum(han(key) for key in node.keys if key) > 1 or sum(map(han, node.values)) > 1
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found = node.func.id in ("frozenset", "set", "tuple", "list") and any(map(characters, node.args))
        elif isinstance(node, ast.Compare):
            found = any(isinstance(op, ast.In | ast.NotIn) for op in node.ops) and any(
                map(characters, node.comparators)
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found = SEVERAL.search(node.value) is not None
        if found:
            yield f"{getattr(node, 'lineno', 0)}: {ast.unparse(node)[:80]}"


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.name)
def test_no_list_of_words_stands_in_code(module: Path) -> None:
    assert not list(lists_of_words(module.read_text(encoding="utf-8"))), (
        "words belong into extractor/lexicon/*.toml"
    )


@pytest.mark.parametrize(
    "source",
    ['a = ("和", "与")', 'a = frozenset("和与")', 'a = re.compile("增长|下降")', 'a = re.compile("[年月]均")',
     'a = re.compile(f"(?:超过?|近){x}")', 'if a in "年月": pass', 'a = {"上": 1, "中": 11}', 'a = "[，。增减]"'],
)  # fmt: skip
def test_a_list_is_caught(source: str) -> None:
    assert list(lists_of_words(source))


@pytest.mark.parametrize(
    "source",
    ['"""增长|下降"""', '# 增长|下降', 'a = "每"', 'a = text.startswith("分别")', 'a = "[，。；]"', 'a = "[\u4e00-\u9fff]"',
     'a = ("，", "。")'],
)  # fmt: skip
def test_what_is_no_list_passes(source: str) -> None:
    assert not list(lists_of_words(source))
