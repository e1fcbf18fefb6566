"""docs/api.md: the public names of the package, from their signatures and docstrings.

python -m tests.support.reference      write the page anew
"""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import extractor
from extractor.lexicon.user_file import LexiconError
from extractor.trace import Bound, Explanation

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
OTHERS = (Explanation, Bound, LexiconError)
"""What public functions return or raise and the package itself does not name."""
HEAD = """# Python

Made of the docstrings by `python -m tests.support.reference`; do not edit. Importing the package loads no rule and no
pandas. The columns of a figure are explained in the README; [words of your own](lexicon.md) and the
[command line](shell.md) have pages of their own.
"""


def markdown(docstring: str) -> str:
    """A docstring as Markdown: examples become code blocks, double backticks single ones.

    >>> markdown("Adds ``n``.\\n\\n>>> 1 + 1\\n2").splitlines()
    ['Adds `n`.', '', '```python', '>>> 1 + 1', '2', '```']
    """
    paragraphs = re.sub("``", "`", inspect.cleandoc(docstring)).split("\n\n")
    return "\n\n".join(
        f"```python\n{paragraph}\n```" if paragraph.lstrip().startswith(">>>") else paragraph
        for paragraph in paragraphs
    )


def signature(thing: Any) -> str:
    """How a function is called, one parameter per line where one line would be long."""
    found = inspect.signature(thing)
    plain = f"{thing.__name__}{found}".replace("'", "")
    if len(plain) <= 100:
        return plain
    parts = [str(parameter).replace("'", "") for parameter in found.parameters.values()]
    first = next(
        (i for i, one in enumerate(found.parameters.values()) if one.kind is one.KEYWORD_ONLY), len(parts)
    )
    parts[first:first] = ["*"] if first < len(parts) else []
    body = "".join(f"    {part},\n" for part in parts)
    return f"{thing.__name__}(\n{body}) -> {found.return_annotation}".replace("'", "")


def methods(thing: type) -> list[str]:
    """The public methods and properties of a class of ours, one line each."""
    lines = []
    for name, member in vars(thing).items():
        wanted = inspect.isfunction(member) or isinstance(member, property)
        if wanted and not name.startswith("_"):
            call = "" if isinstance(member, property) else "()"
            text = re.sub("``", "`", inspect.cleandoc(member.__doc__ or "").partition("\n")[0])
            lines.append(f"- `{name}{call}`: {text}")
    return lines


def field_list(thing: type) -> str:
    """The fields of a dataclass or named tuple with their types."""
    if is_dataclass(thing):
        pairs = [(field.name, str(field.type)) for field in fields(thing)]
    else:
        names = getattr(thing, "_fields", ())
        pairs = [(name, str(thing.__annotations__[name]).replace("ForwardRef", "")) for name in names]
    return ", ".join(f"`{name}: {kind.strip('()' + chr(39))}`" for name, kind in pairs)


def entry(thing: Any) -> str:
    """The section of one name."""
    if not inspect.isclass(thing):
        return f"### {thing.__name__}\n\n```python\n{signature(thing)}\n```\n\n{markdown(thing.__doc__)}\n"
    parts = [f"### {thing.__name__}", markdown(thing.__doc__ or "")]
    if field_list(thing):
        parts.append(f"Fields: {field_list(thing)}.")
    if methods(thing):
        parts.append("\n".join(methods(thing)))
    return "\n\n".join(parts) + "\n"


def page() -> str:
    """The whole page."""
    public = [getattr(extractor, name) for name in extractor.__all__ if not name.startswith("_")]
    functions = [thing for thing in public if not inspect.isclass(thing)]
    classes = [*(thing for thing in public if inspect.isclass(thing)), *OTHERS]
    return "\n".join(
        [
            HEAD,
            "## Functions\n",
            *(entry(thing) for thing in functions),
            "## Objects\n",
            *(entry(thing) for thing in classes),
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
