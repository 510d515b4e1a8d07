"""What a rebuild says while it works, on stderr."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from cloudqa.cli.console import Console

if TYPE_CHECKING:
    from cloudqa.rebuild import Event

_QUIET_S = 2.0  # a stage of many steps says no more often how far it is


class ProgressLines:
    """Turns the events of a rebuild into lines: one when a stage begins, then at most one every two seconds.

    Args:
        console: Where the lines go.
        clock: Seconds that only ever grow.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._stage = ""
        self._said_at_s = 0.0

    def __call__(self, event: Event) -> None:
        """Says where the rebuild is, if it is time to."""
        now_s = self._clock()
        if event.stage.value == self._stage and now_s - self._said_at_s < _QUIET_S:
            return
        self._stage, self._said_at_s = event.stage.value, now_s
        self._console.say(_line(event))


def _line(event: Event) -> str:
    """For example "index: reading 3/20 2017-10-issue-10.md"."""
    counted = f" {event.done}/{event.total}" if event.total else ""
    detail = f" {event.detail}" if event.detail else ""
    return f"index: {event.stage.value}{counted}{detail}"
