"""A rebuild in a process of its own: the interface keeps the interpreter for itself, and stopping it is safe.

    python -m cloudqa.tui.archive.rebuild_process JSON

The argument is an object with ``corpus``, ``index``, ``model`` and ``full``. Every line of standard output is an
object: ``{"event": …}`` for each step, and as the last one ``{"summary": …}`` or ``{"error": …}``. When standard input
ends, the rebuild stops and clears away what it has not finished.
"""

from __future__ import annotations

import _thread
import json
import os
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from cloudqa.rebuild import Event

_NICENESS = 5
"""How much the process steps back behind what the user types."""


def main(argument: str, out: TextIO) -> int:
    """Rebuilds; returns the exit code.

    Args:
        argument: What to rebuild, as JSON.
        out: Where the lines go.
    """
    from cloudqa.errors import CloudQAError
    from cloudqa.rebuild import rebuild
    from cloudqa.settings import Settings

    def say(what: str, content: Any) -> None:
        out.write(json.dumps({what: content}) + "\n")
        out.flush()

    def tell(event: Event) -> None:
        say("event", asdict(event))

    wanted = json.loads(argument)
    settings = Settings(corpus=Path(wanted["corpus"]), index=Path(wanted["index"]), model=wanted["model"])
    try:
        summary = rebuild(settings, full=wanted["full"], jobs=0, progress=tell)
    except CloudQAError as error:
        say("error", {"message": error.message, "hint": error.hint})
        return int(error.exit_code)
    say("summary", asdict(summary))
    return 0


def _stop_when_left_alone() -> None:
    """Interrupts the main thread when whoever started this process closes the pipe or is gone."""

    def wait() -> None:
        sys.stdin.buffer.read()
        _thread.interrupt_main()

    threading.Thread(target=wait, daemon=True).start()


def _run() -> int:
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    _stop_when_left_alone()
    try:
        return main(sys.argv[1], sys.stdout)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(_run())
