"""Move cases between tests/cases/{wild,negative} and tests/cases/known_failures by whether what must be exact is right.

    python -m tests.support.sort_cases              move them and print a tally of what is wrong
    python -m tests.support.sort_cases --dry-run    print the tally only
    python -m tests.support.sort_cases --misses     list each difference with its sentence as well

Files are cut at their ``[[case]]`` lines, so the formatting and comments of a case travel with it. A file
keeps its name on the way; one that all cases have left stays with its header, so that the way back is known.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from tests.support.cases_runner import (
    CASES,
    EXPECTED_TO_PASS,
    KNOWN_FAILURES,
    CaseError,
    Difference,
    case_files,
    describe,
    is_exact,
    read_cases,
    run_case,
)

FIELDS = (
    "missed", "extra", "span", "value", "bounds", "qualifier", "unit", "kind", "item", "per", "change",
    "basis", "period", "action", "title", "place", "rejected", "reason", "crash",
)  # fmt: skip


def cut(text: str) -> tuple[str, list[str]]:
    """The header of a case file and its blocks. Comments straight above a ``[[case]]`` belong to its block.

    >>> cut('# About\\n\\n[[case]]\\nid = "a"\\n\\n# hard\\n[[case]]\\nid = "b"\\n')
    ('# About\\n', ['[[case]]\\nid = "a"\\n', '# hard\\n[[case]]\\nid = "b"\\n'])
    """
    header: list[str] = []
    blocks: list[list[str]] = []
    for line in text.splitlines():
        current = blocks[-1] if blocks else header
        if line.strip() == "[[case]]":
            comment: list[str] = []
            while blocks and current[-1].startswith("#"):
                comment.insert(0, current.pop())
            blocks.append([*comment, line])
        else:
            current.append(line)
    tidy = ["\n".join(lines).strip("\n") + "\n" for lines in [header, *blocks]]
    return tidy[0], tidy[1:]


def join(header: str, blocks: list[str]) -> str:
    """The text of a case file."""
    return "\n".join([header, *blocks])


def homes() -> dict[str, Path]:
    """For each file name the file outside known_failures. Raises CaseError where two share a name."""
    found: dict[str, Path] = {}
    for path in case_files(*EXPECTED_TO_PASS):
        if path.name in found:
            raise CaseError(f"{path.name} is in two folders; give one of them another name")
        found[path.name] = path
    return found


def sort_file(name: str, home: Path, differences: dict[str, list[Difference]]) -> tuple[int, int]:
    """Write passing cases to ``home`` and the others to known_failures; how many went there and back."""
    failures = CASES / KNOWN_FAILURES / name
    kept: list[str] = []
    failing: list[str] = []
    header, away, back = "", 0, 0
    for path in (home, failures):
        if not path.exists():
            continue
        head, blocks = cut(path.read_text(encoding="utf-8"))
        header = header or head
        for block in blocks:
            match = re.search(r'^id\s*=\s*"([^"]+)"', block, re.MULTILINE)
            if match is None:
                raise CaseError(f'{path.parent.name}/{name}: a case without id = "..."')
            fails = not is_exact(differences[match[1]])
            (failing if fails else kept).append(block)
            away += fails and path == home
            back += not fails and path == failures
    if away or back:
        home.write_text(join(header, kept), encoding="utf-8")
        if failing:
            failures.parent.mkdir(exist_ok=True)
            failures.write_text(join(header, failing), encoding="utf-8")
        else:
            failures.unlink(missing_ok=True)
    return away, back


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--dry-run", action="store_true", help="print only, move nothing")
    parser.add_argument("--misses", action="store_true", help="list each difference with its sentence")
    parser.add_argument("--field", help="with --misses: only the cases that differ in this field")
    parser.add_argument("names", nargs="*", help="case files by name without .toml (default: all)")
    options = parser.parse_args()

    known = homes()
    tally: Counter[str] = Counter()
    cases = figures = passing = away = back = 0
    for name in sorted({path.name for path in case_files(*EXPECTED_TO_PASS, KNOWN_FAILURES)}):
        if options.names and name.removesuffix(".toml") not in options.names:
            continue
        home = known.get(name)
        if home is None:
            raise CaseError(f"known_failures/{name} has no home: no file of that name in {EXPECTED_TO_PASS}")
        differences: dict[str, list[Difference]] = {}
        for path in (home, CASES / KNOWN_FAILURES / name):
            for case in read_cases(path) if path.exists() else ():
                if case.id in differences:
                    raise CaseError(f"{name}: {case.id} stands twice")
                found = differences[case.id] = run_case(case)
                cases, passing = cases + 1, passing + is_exact(found)
                figures += sum(not figure.get("optional") for figure in case.figures)
                tally.update(difference.field for difference in found)
                wanted = {options.field} if options.field else set(FIELDS)
                if options.misses and wanted & {difference.field for difference in found}:
                    print(describe(case, found), end="\n\n")
        if not options.dry_run:
            went, came = sort_file(name, home, differences)
            away, back = away + went, back + came
        good = sum(map(is_exact, differences.values()))
        print(f"{name:28} {good:4} of {len(differences):4} exact")
    print(f"\n{passing} of {cases} cases are exact; {figures} figures are annotated")
    for name in FIELDS:
        if tally[name]:
            print(f"  {name:10} {tally[name]:5}")
    if not options.dry_run:
        print(f"{away} cases moved to {KNOWN_FAILURES}, {back} moved back")


if __name__ == "__main__":
    main()
