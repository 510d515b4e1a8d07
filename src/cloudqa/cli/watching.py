"""``cloudqa index --watch``: look at the corpus again and again, and rebuild when it has changed and is at rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from cloudqa.index.freshness import find_reports

INTERVAL_S = 2.0
"""How long it waits between two looks."""

Snapshot = tuple[tuple[str, int, int], ...]


def snapshot(corpus: Path) -> Snapshot:
    """Path, size and time of change of every report of a folder, by path; empty where there is no folder."""
    found = []
    for file in find_reports(corpus) if corpus.is_dir() else []:
        try:
            status = file.stat()
        except OSError:  # gone since it was listed
            continue
        found.append((file.relative_to(corpus).as_posix(), status.st_size, status.st_mtime_ns))
    return tuple(found)


def watch(corpus: Path, changed: Callable[[], None], *, wait: Callable[[], None] | None = None) -> None:
    """Calls back whenever the corpus has changed since the last call and has not changed for one interval.

    A file that is still being written to has another size at the next look, so that it is waited for. Ends only by an
    exception, be it from ``wait`` (``KeyboardInterrupt``) or from ``changed``.

    Args:
        corpus: The corpus folder.
        changed: Called at once for the state it finds, then for every change.
        wait: Waits for one interval.
    """
    wait = wait or (lambda: time.sleep(INTERVAL_S))
    done: Snapshot | None = None
    last: Snapshot | None = None
    while True:
        now = snapshot(corpus)
        if now != done and (now == last or last is None):
            changed()
            done = now
        last = now
        wait()
