"""``extract diff OLD NEW``: what differs between two tables, to read, as CSV or as a page.

Exit statuses as of ``diff``: 0 the tables are the same, 1 they differ, 2 one of them cannot be read.
"""

from __future__ import annotations

import csv
import html
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import click

from extractor.cli.messages import say
from extractor.cli.options import Words
from extractor.engine.atomic import AtomicFile, publish
from extractor.sources.escapes import escaped
from extractor.table import vocabulary
from extractor.trust.differences import CHANGE_COLUMNS, Change, TableError, cells, compare, read_rows

SIGNS = {"added": "+", "removed": "-", "changed": "~"}
TOLD = ("item", "value", "unit", "kind", "subject", "period")
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:3px 8px;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}"
    "td:nth-child(-n+2){white-space:nowrap}td:nth-child(3){min-width:5em}td:last-child{width:45%}tr.added{background:#e6f4e6}tr.removed{background:#fbe9e7}del{color:#b3261e}ins{color:#2b6e1f;text-decoration:none}"
    "@media(prefers-color-scheme:dark){body{background:#16171a;color:#e8e6e1}tr.added{background:#1d331d}tr.removed{background:#3a1f1c}}"
)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=str))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=str))
@click.option("-f", "--format", "form", type=click.Choice(["text", "csv", "html"]), default=None,
              help="How to tell it: text to read (the default), csv, or html.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=str),
              help="Write to FILE, a .html as a page, a .csv as CSV.")  # fmt: skip
@click.option("--columns", type=Words(vocabulary.columns), metavar="NAME,…",
              help="Compare these columns; without it all that tell of the figure itself.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing; the exit status tells.")
def command(
    old: str, new: str, form: str | None, output: str | None, columns: list[str] | None, quiet: bool
) -> int:
    """What differs between two tables of figures: rows added, removed and changed.

    OLD and NEW are tables that extract wrote as CSV, TSV or JSON Lines. Rows belong together by their place in the
    source, or by their sentence where the text around them has moved. Exit status: 0 the same, 1 different, 2 unreadable.
    """
    try:
        before, after = read_rows(old), read_rows(new)
    except TableError as error:
        raise click.UsageError(str(error)) from error
    changes = compare(before, after, columns or ())
    suffix = (output or "").rpartition(".")[2].lower()
    form = form or ("html" if suffix in ("html", "htm") else "csv" if suffix == "csv" else "text")
    closing = _closing(changes, len(after))
    told = {"text": _text, "csv": _csv, "html": _page}[form](changes, closing)
    if output is not None:
        _write(output, told)
    elif not quiet:
        click.echo(escaped(told, keep="\n") if form == "text" else told, nl=False)
    if not quiet:
        say(f"extract diff: {closing}")
    return 1 if changes else 0


def _closing(changes: Sequence[Change], total: int) -> str:
    counts = Counter(change.sort for change in changes)
    same = total - counts["added"] - counts["changed"]
    return f"{counts['changed']:,} changed, {counts['added']:,} added, {counts['removed']:,} removed, {same:,} the same"


def _where(change: Change) -> str:
    row = change.row
    line = f", line {row['line']}" if row.get("line") else ""
    return f"{row.get('source', '')}{line}: {row.get('text', '')}".removeprefix(": ")


def _text(changes: Sequence[Change], closing: str) -> str:
    """The changes to read: a line per row, and one per cell that changed."""
    lines = []
    for change in changes:
        about = (
            [f"{change.row[name]}" for name in TOLD if change.row.get(name)]
            if change.sort != "changed"
            else []
        )
        lines.append(f"{SIGNS[change.sort]} {_where(change)}" + (f"  ({', '.join(about)})" if about else ""))
        before, after = change.before or {}, change.after or {}
        lines += [
            f"    {name:10} {before.get(name) or '–'} → {after.get(name) or '–'}" for name in change.columns
        ]
    return "".join(f"{line}\n" for line in lines)


def _csv(changes: Sequence[Change], closing: str) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(CHANGE_COLUMNS)
    writer.writerows(cells(changes))
    return stream.getvalue()


def _page(changes: Sequence[Change], closing: str) -> str:
    """The changes as a page without scripts."""
    return "".join(_pieces(changes, closing))


def _pieces(changes: Sequence[Change], closing: str) -> Iterator[str]:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>extract diff</title><style>{STYLE}</style></head><body><h1>{_shown(closing)}</h1>\n"
    )
    for source, group in groupby(changes, key=lambda change: change.row.get("source", "")):
        yield f"<h2>{_shown(source)}</h2>\n<table>\n"
        for change in group:
            yield from _rows(change)
        yield "</table>\n"
    yield "</body></html>\n"


def _rows(change: Change) -> Iterable[str]:
    row = change.row
    cell = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>", "changed": "{}"}[change.sort].format(
        _shown(row.get("text", ""))
    )
    if change.sort == "changed":
        before, after = change.before or {}, change.after or {}
        told = "<br>".join(
            f"{name}: <del>{_shown(before.get(name) or '–')}</del> → <ins>{_shown(after.get(name) or '–')}</ins>"
            for name in change.columns
        )
    else:
        told = _shown(", ".join(row[name] for name in TOLD if row.get(name)))
    line, sentence = _shown(row.get("line", "")), _shown(row.get("sentence", ""))
    yield (
        f'<tr class="{change.sort}"><td>{SIGNS[change.sort]}</td><td>{line}</td><td>{cell}</td><td>{told}</td>'
        f"<td><small>{sentence}</small></td></tr>\n"
    )


def _shown(text: str) -> str:
    return html.escape(escaped(text))


def _write(target: str, text: str) -> None:
    try:
        file = AtomicFile(target)
        file.stream().write(text.encode("utf-8", "replace"))
        publish([file])
    except OSError as error:
        say(f"extract diff: {target}: cannot be written ({(error.strerror or str(error)).lower()})")
        sys.exit(2)
