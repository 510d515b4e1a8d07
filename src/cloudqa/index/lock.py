"""One rebuild at a time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cloudqa.errors import IndexUnusableError

LOCK_NAME = ".lock"
_POLL_S = 0.05


@contextmanager
def index_lock(index: Path, *, timeout_s: float, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Holds the index for writing.

    The operating system holds the lock and drops it when its process ends, however it ends, so a lock is never stale;
    the file stays, and its content (the process id) is only there to be told.

    Args:
        index: The index folder, made if it is not there.
        timeout_s: How long to wait for another process.
        waiting: Called once with the other's process id when there is something to wait for.

    Raises:
        IndexUnusableError: The folder cannot be written to, or the other process took too long.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        file = (index / LOCK_NAME).open("a+")
    except OSError as error:
        raise IndexUnusableError(f"The index folder cannot be written to ({index}: {error.strerror}).") from error
    with file:
        _acquire(file, index, timeout_s, waiting)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _acquire(file: IO[str], index: Path, timeout_s: float, waiting: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + timeout_s
    while not _try_lock(file):
        if waiting is not None:
            file.seek(0)
            waiting(file.read().strip())
            waiting = None
        if time.monotonic() >= deadline:
            raise IndexUnusableError(f"Another process is rebuilding the index ({index}).", "Try again later.")
        time.sleep(_POLL_S)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
