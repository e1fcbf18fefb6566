"""What is said on standard error. It is never worth a table: where nobody can hear it the work goes on."""

from __future__ import annotations

import contextlib
import io
import os
import sys

import click

from extractor.sources.escapes import escaped


def guard() -> None:
    """Make sure that there are three standard streams in the system's eyes.

    Where one is closed, the first file that is opened would take its place, and whatever a library says on
    standard error would end up in a table.
    """
    for handle in range(3):
        try:
            os.fstat(handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end


def say(words: str) -> None:
    """Say something, without control characters but the line ends."""
    try:
        click.echo(escaped(words, keep="\n"), err=True)
    except (OSError, ValueError):
        _silence()


def show(error: click.ClickException) -> None:
    """Say what is wrong with the options."""
    told = _Told()
    error.show(file=told)
    say(told.getvalue().rstrip("\n"))


class _Told(io.StringIO):
    """Text as it was said: of what goes to no terminal click takes the escape sequences out."""

    def isatty(self) -> bool:
        return True


def _silence() -> None:
    """Point standard error at nothing, so that the interpreter's last flush cannot fail."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stderr.fileno())
        os.close(null)
