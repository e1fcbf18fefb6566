"""The compiled wheel, for those who read a great deal: ``make wheels``. Everything else is told by ``pyproject.toml``.

With ``EXTRACT_COMPILED=1`` the modules that read a sentence are compiled by mypyc; nothing in them is written for it,
and the pure wheel stays the default and the source of truth.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setuptools import Extension, setup

# The page, and all from the numeral to the row. Data, input, output and the command gain nothing; what is frozen can't be pickled then.
COMPILED = ("context/*.py", "context/evidence/*.py", "numerals/*.py", "numerals/rejects/*.py", "page/*.py", "lexicon/phrases.py",
            "lexicon/words.py", "lexicon/folding.py", "pipeline.py")  # fmt: skip
asked = os.environ.get("EXTRACT_COMPILED") == "1"


def extensions() -> list[Extension]:
    """The modules to compile; none while pip only asks what the build needs."""
    if not asked or sys.argv[1:2] == ["egg_info"]:
        return []
    from mypyc.build import mypycify

    package = Path(__file__).parent / "extractor"
    modules = sorted(
        str(path.relative_to(package.parent))
        for pattern in COMPILED
        for path in package.glob(pattern)
        if path.name not in ("__init__.py", "conversion.py")
    )
    return list(mypycify(["--ignore-missing-imports", "--follow-imports=silent", *modules]))


setup(ext_modules=extensions(), setup_requires=["mypy>=1.11"] if asked else [])
