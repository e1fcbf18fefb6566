"""Output files that are whole or absent: written beside their place and moved there at the end, all or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from extractor.engine import leftovers
from extractor.engine.leftovers import OLD, PART
from extractor.matching import compiled

if TYPE_CHECKING:
    from extractor.writers.sqlite_merge import Merge

_HANDLE = compiled(r"/dev/(?:(stdout)|(stderr)|fd/([0-9]+))|/proc/self/fd/([0-9]+)")


class AtomicFile:
    """A file under way. ``path`` is the temporary file and ``stream()`` opens it; then ``publish`` or
    ``discard``.

    The temporary file lies in the folder of the target, hidden, so the move cannot fail half-way; what a
    killed run left there is removed. A target that is a link is followed, so the link stays; the mode of a
    file that is replaced is kept. A device or a pipe (``/dev/stdout``, ``/dev/null``, ``>(…)``) is written to
    directly. Raises ``OSError`` with the target's name.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = pathlib.Path(folder, "out.csv")
    ...     file = AtomicFile(str(target))
    ...     _ = file.stream().write(b"kind")
    ...     before = target.exists()
    ...     publish([file])
    ...     (before, target.read_text(), len(list(target.parent.iterdir())))
    (False, 'kind', 1)
    """

    last = False
    """Whether this is moved behind all others, because the move cannot be taken back."""

    def __init__(self, target: str) -> None:
        self.name = target
        self._stream: BinaryIO | None = None
        self._mode: int | None = None
        self._lock: int | None = None
        self._aside: str | None = None
        self._moved = False
        self.target, self.path = os.path.realpath(target), ""
        self._direct = self._look(target)
        if self._direct:
            self.target = self.path = target
            return
        folder, name = os.path.split(self.target)
        if not os.path.isdir(folder):
            raise FileNotFoundError(2, "its folder does not exist, create it first", target)
        try:
            self._lock, self.path = leftovers.temporary(folder, name)
        except OSError as error:
            raise type(error)(error.errno, "cannot write into its folder", target) from error
        try:
            leftovers.sweep(folder, name)
        except BaseException:  # a signal
            self.discard()
            raise

    def _look(self, target: str) -> bool:
        """Whether the target is a device or a pipe; notes the mode of a file that is there."""
        if _HANDLE.fullmatch(target):
            return True
        try:
            mode = os.stat(target).st_mode
        except OSError:
            mode = None
        if target.endswith(os.sep) or (mode is not None and stat.S_ISDIR(mode)):
            raise IsADirectoryError(21, "is a folder, name a file in it", target)
        if mode is None or not stat.S_ISREG(mode):
            return mode is not None
        self._mode = stat.S_IMODE(mode)
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "no permission to replace it", target)
        return False

    def stream(self) -> BinaryIO:
        """The temporary file, open for writing bytes."""
        if self._stream is None:
            match = _HANDLE.fullmatch(self.path) if self._direct else None
            # What is open already is not opened anew: that would cut off what is in it.
            place = (
                os.dup(1 if match[1] else 2 if match[2] else int(match[3] or match[4]))
                if match
                else self.path
            )
            self._stream = open(place, "wb")  # noqa: SIM115 - publish and discard close it
        return self._stream

    def prepare(self) -> None:
        """Have everything on the disk that is to be moved. Raises ``OSError``."""
        if self._stream is not None:
            self._stream.flush()
            self._stream.close()
        if self._lock is not None:
            os.fsync(self._lock)  # the same file, whoever wrote it
            os.chmod(self.path, _new_mode() if self._mode is None else self._mode)

    def move(self, *, keep: bool = False) -> None:
        """Move the file into place; with ``keep`` the one that is there is put aside. Raises ``OSError``."""
        if self._direct:
            return
        if keep and os.path.exists(self.target):
            aside = self.path.removesuffix(PART) + OLD
            try:
                os.link(self.target, aside)
            except OSError:  # the file system knows no links
                shutil.copy2(self.target, aside)
            self._aside = aside
        os.replace(self.path, self.target)
        self._moved = True

    def undo(self) -> None:
        """Put back what was there before the move. Raises ``OSError``."""
        if self._moved and self._aside is not None:
            os.replace(self._aside, self.target)
            self._aside = None
        elif self._moved:
            os.unlink(self.target)

    def discard(self) -> None:
        """Let go of everything, and remove what was not moved. May be called at any time, twice too."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
        for path in (self._aside, self.path if not self._direct else None):
            if path:
                with contextlib.suppress(OSError):
                    os.unlink(path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


class AtomicDatabase(AtomicFile):
    """An SQLite database under way, whose rows go into the one that is there, see ``sqlite_merge``.

    ``replaced`` are the sources of which that one held another content.
    """

    last = True

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.replaced: list[str] = []
        self._merge: Merge | None = None

    def prepare(self) -> None:
        from extractor.writers.sqlite_merge import Merge, vacant

        super().prepare()
        if not self._direct and not vacant(self.target):
            self._merge = Merge(self.path, self.target)
            self.replaced = self._merge.replaced

    def move(self, *, keep: bool = False) -> None:
        from extractor.writers.sqlite_merge import Merge, settle

        if self._direct:
            return
        if self._merge is None:
            if settle(self.path, self.target):
                return
            self._merge = Merge(self.path, self.target)  # another run was faster
        self._merge.commit()

    def discard(self) -> None:
        if self._merge is not None:
            self._merge.rollback()
            self._merge = None
        super().discard()


def publish(files: Sequence[AtomicFile]) -> None:
    """Move all files into place, or none. Raises ``OSError``, whose ``filename`` is the target that failed, as it was named.

    The files are let go of in either case.
    """
    moved: list[AtomicFile] = []
    try:
        # Databases are locked in one order by all runs, so that no two wait for each other.
        files = sorted(files, key=lambda file: (file.last, file.target if file.last else ""))
        for file in files:
            with _named(file):
                file.prepare()
        with _uninterrupted():
            try:
                for file in files:
                    with _named(file):
                        file.move(keep=len(files) > 1)
                    moved.append(file)
            except OSError:
                for file in reversed(moved):
                    with contextlib.suppress(OSError):
                        file.undo()
                raise
    finally:
        for file in files:
            file.discard()


@contextlib.contextmanager
def _named(file: AtomicFile) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        error.filename = file.name
        raise


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Signals that end a run are not heard for this moment: the work is done."""
    before = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(AttributeError, ValueError):  # not of this system, not in this thread
            number = getattr(signal, name)
            before[number] = signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _new_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
