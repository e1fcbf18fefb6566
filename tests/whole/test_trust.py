"""docs/trust.md: its commands run one after the other, and its review is one that ``--review`` takes."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from extractor.sources.encodings import text_digest
from extractor.table.columns import CELLS
from extractor.trust.records import VERDICTS
from tests.support import readme
from tests.support.scorer import ROOT

PAGE = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")


def made_up_review(folder: Path) -> None:
    """The review of somebody who finds all right but the first row and the second."""
    readme.run("extract seeds/ --sample 60 --seed 1 --csv drawn.csv", folder)
    lines = []
    with (folder / "drawn.csv").open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream)):
            text = (folder / row["source"]).read_bytes().decode("utf-8")
            was = {name: row[name] for name in ("unit", "item", "kind", "period")}
            verdict, cells = {0: ("corrected", {"item": "人"}), 1: ("deleted", {})}.get(number, ("right", {}))
            lines.append(
                {
                    "digest": text_digest(text), "source": row["source"], "start": int(row["start"]), "end": int(row["end"]),
                    "verdict": verdict, "cells": cells, "was": was, "weight": int(row["weight"]),
                }
            )  # fmt: skip
    (folder / "review.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def test_the_commands_of_the_page() -> None:
    commands = [line for body in readme.blocks(PAGE, "sh") for line in body.splitlines()]
    assert len(commands) >= 4
    with readme.sandbox() as folder:
        made_up_review(folder)
        said = ""
        for command in commands:
            done = readme.run(command, folder)
            assert done.returncode == 0, done.stderr
            said += done.stderr
            for output in re.findall(r"(?:--csv|--html|-o) (\S+\.\w+)", command):
                assert (folder / output).stat().st_size
        assert "reviewed: 58 right, 1 corrected, 1 deleted" in said
        assert re.search(r"row +58 of 60 \(9[5-8]%, between 8[6-9]% and 99%\)", said)
        assert re.search(r"unit +59 of 59 \(≥ 94%\)", said)
        assert "60 rows drawn that stand for 275" in said
        assert (folder / "checked.csv").read_text(encoding="utf-8").count("review.right") == 58


def test_the_page_names_every_cell_verdict_and_key() -> None:
    assert not [name for name in (*CELLS, *VERDICTS) if f"`{name}`" not in PAGE]
