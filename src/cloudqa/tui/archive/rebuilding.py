"""Rebuilding the index from the interface: in a process of its own, followed line by line."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cloudqa
from cloudqa.errors import IndexUnusableError
from cloudqa.index.freshness import Changes
from cloudqa.rebuild import Event, Failure, Stage, Summary

if TYPE_CHECKING:
    from cloudqa.settings import Settings

_MODULE = "cloudqa.tui.archive.rebuild_process"
_BEAT_S = 0.1
"""How often the caller is told where the rebuild is, whether or not it has come further: only then can it stop it."""

_PATIENCE_S = 5.0
"""How long a rebuild that is stopped may take to clear away what it has begun."""


def rebuild_apart(settings: Settings, tell: Callable[[Event], None], *, full: bool) -> Summary:
    """What :func:`cloudqa.rebuild.rebuild` does, in a process of its own.

    Args:
        settings: Where corpus and index are.
        tell: Told the latest step several times a second. What it raises stops the rebuild: the process has ended, the
            lock is free and the old index is as it was when the exception comes out.
        full: Read every report again.

    Raises:
        IndexUnusableError: The rebuild failed, for the reason that the message names.
    """
    wanted = {
        "corpus": str(settings.corpus.absolute()),
        "index": str(settings.index.absolute()),
        "model": settings.model,
        "full": full,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", _MODULE, json.dumps(wanted)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=_environment(),
    )
    try:
        return _follow(process, tell)
    finally:
        _end(process)


def _environment() -> dict[str, str]:
    """The environment, in which the process finds this package wherever this one found it."""
    home = str(Path(cloudqa.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


def _follow(process: subprocess.Popen[str], tell: Callable[[Event], None]) -> Summary:
    """Hands on the events of a process until it has said how it ended."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read_lines, args=(process, lines), daemon=True).start()
    latest = Event(Stage.READING)
    while True:
        try:
            line = lines.get(timeout=_BEAT_S)
        except queue.Empty:
            tell(latest)
            continue
        if not line:
            raise IndexUnusableError("The rebuild ended before it was finished.", "Run: cloudqa index")
        match json.loads(line):
            case {"event": event}:
                latest = Event(**{**event, "stage": Stage(event["stage"])})
                tell(latest)
            case {"summary": summary}:
                return _summary(summary)
            case {"error": error}:
                raise IndexUnusableError(error["message"], error["hint"])


def _read_lines(process: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    """Puts every line into the queue, "" after the last; closes the pipe, which nobody else could while this reads."""
    if process.stdout is not None:
        with process.stdout:
            for line in process.stdout:
                lines.put(line)
    lines.put("")


def _end(process: subprocess.Popen[str]) -> None:
    """Ends the process if it still runs, and waits until it has."""
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _summary(plain: dict[str, Any]) -> Summary:
    """The summary that came as JSON."""
    changes = Changes(**{name: tuple(paths) for name, paths in plain["changes"].items()})
    failed = tuple(Failure(**failure) for failure in plain["failed"])
    partial = tuple((path, tuple(sentences)) for path, sentences in plain["not_understood"])
    return Summary(**{**plain, "changes": changes, "failed": failed, "not_understood": partial})
