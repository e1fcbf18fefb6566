"""Output files that are whole or absent: written beside their place and moved there at the end."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from typing import BinaryIO


class AtomicFile:
    """A file under way. ``path`` is the temporary file and ``stream()`` opens it; then ``commit`` or
    ``discard``.

    The temporary file lies in the folder of the target, hidden, so the move cannot fail half-way. A target
    that is a link is followed, so the link stays; the mode of a file that is replaced is kept. A device or
    a pipe (``/dev/stdout``, ``/dev/null``) is written to directly. Raises ``OSError`` with the target's
    name.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = pathlib.Path(folder, "out.csv")
    ...     file = AtomicFile(str(target))
    ...     _ = file.stream().write(b"kind")
    ...     before = target.exists()
    ...     file.commit()
    ...     (before, target.read_text(), len(list(target.parent.iterdir())))
    (False, 'kind', 1)
    """

    def __init__(self, target: str) -> None:
        self.target = os.path.realpath(target)
        self._stream: BinaryIO | None = None
        self._mode: int | None = None
        self._direct = False
        try:
            mode = os.stat(self.target).st_mode
        except OSError:
            pass
        else:
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(21, "is a folder, name a file in it", target)
            self._direct = not stat.S_ISREG(mode)
            self._mode = stat.S_IMODE(mode)
            if not self._direct and not os.access(self.target, os.W_OK):
                raise PermissionError(13, "no permission to replace it", target)
        if self._direct:
            self.path = self.target
            return
        folder, name = os.path.split(self.target)
        if not os.path.isdir(folder):
            raise FileNotFoundError(2, "its folder does not exist, create it first", target)
        try:
            handle, self.path = tempfile.mkstemp(prefix=f".{name[:64]}.", suffix=".part", dir=folder)
        except OSError as error:
            raise type(error)(error.errno, "cannot write into its folder", target) from error
        os.close(handle)

    def stream(self) -> BinaryIO:
        """The temporary file, open for writing bytes."""
        if self._stream is None:
            self._stream = open(self.path, "wb")  # noqa: SIM115 - commit and discard close it
        return self._stream

    def commit(self) -> None:
        """Close the file and move it into place."""
        if self._stream is not None:
            if not self._direct:
                self._stream.flush()
                os.fsync(self._stream.fileno())
            self._stream.close()
        if self._direct:
            return
        if self._mode is None:
            mask = os.umask(0)
            os.umask(mask)
            self._mode = 0o666 & ~mask
        os.chmod(self.path, self._mode)
        os.replace(self.path, self.target)

    def discard(self) -> None:
        """Close and remove the temporary file; the target stays as it was. May be called at any time, twice
        too.
        """
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
        if not self._direct:
            with contextlib.suppress(OSError):
                os.unlink(self.path)
