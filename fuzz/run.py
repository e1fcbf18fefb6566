"""Coverage-guided fuzzing with atheris: ``python -m fuzz.run TARGET [CORPUS...] [libFuzzer options]``.

TARGET is text (the whole way), layout, bytes, number, where, or one of files: rows, packed, plain, journal, pattern,
lexicon, shown, file. Needs the extra ``fuzz``. What must hold is told by ``tests/support/invariants.py`` and
``invariants_of_files.py``. Corpus files are UTF-8 (of ``bytes``: anything); the tree keeps those under
``fuzz/corpus/``. An input that fails is written by libFuzzer as ``crash-…``: make it a test in ``tests/whole/test_hard_text.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["extractor"]):
    from tests.support import invariants, invariants_of_files


def of_text(check: Callable[[str], object]) -> Callable[[bytes], None]:
    """A check of text as one of bytes; bytes that are no UTF-8 become lone surrogates."""

    def run(data: bytes) -> None:
        check(data.decode("utf-8", "surrogateescape"))

    return run


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": of_text(invariants.check_text),
    "layout": of_text(invariants.check_layout),
    "bytes": invariants.check_bytes,
    "number": of_text(invariants.check_number),
    "where": of_text(invariants.check_where),
    "rows": of_text(invariants_of_files.check_rows),
    "packed": invariants_of_files.check_packed,
    "plain": invariants_of_files.check_plain,
    "journal": invariants_of_files.check_journal,
    "pattern": of_text(invariants_of_files.check_pattern),
    "lexicon": invariants_of_files.check_lexicon,
    "shown": of_text(invariants_of_files.check_shown),
    "file": invariants_of_files.check_file,
}


def main() -> None:
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
