"""Standard output as the place of a table."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any, BinaryIO, cast

from extractor.sources.escapes import escaped


class StandardOutput:
    """Standard output as the place of a table. On a terminal, the control characters of a text that is not
    laid out for one (``plain``) are shown as escapes.
    """

    path = target = "-"

    def __init__(self, *, plain: bool = False) -> None:
        self._plain = plain

    def stream(self) -> BinaryIO:
        """The stream of bytes."""
        if sys.stdout is None:
            raise OSError(errno.EBADF, "is closed")
        if self._plain and sys.stdout.isatty():
            return cast(BinaryIO, _Shown(sys.stdout.buffer))
        return sys.stdout.buffer

    def commit(self) -> None:
        """Send what is still in the buffer."""
        self.stream().flush()

    def discard(self) -> None:
        """What was sent cannot be taken back."""

    @staticmethod
    def silence() -> None:
        """Point standard output at nothing, so the interpreter's last flush cannot fail."""
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, sys.stdout.fileno())
            os.close(null)
        except (OSError, ValueError, AttributeError):
            return


class _Shown:
    """A stream for whole rows of UTF-8 text, on their way to a terminal."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(escaped(data.decode("utf-8", "replace"), keep="\t\r\n").encode())
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
