"""What a rebuild says while it works, on stderr."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from cloudqa.cli.console import Console

if TYPE_CHECKING:
    from cloudqa.rebuild import Event

_REDRAWN_S = 0.1
_BAR_CELLS = 20
_LAST_STAGE = "finished"
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


class ProgressBar:
    """Turns the events of a rebuild into one line of a terminal that is written over and cleared in the end.

    Args:
        console: Where the line goes.
        clock: Seconds that only ever grow.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._stage = ""
        self._drawn_at_s = float("-inf")

    def __call__(self, event: Event) -> None:
        """Draws where the rebuild is, at most ten times a second within one stage."""
        now_s = self._clock()
        if event.stage.value == self._stage and now_s - self._drawn_at_s < _REDRAWN_S:
            return
        self._stage, self._drawn_at_s = event.stage.value, now_s
        self._console.redraw("" if event.stage.value == _LAST_STAGE else _bar(event))


def progress_of(console: Console) -> ProgressLines | ProgressBar:
    """A bar on a terminal, lines elsewhere."""
    return ProgressBar(console) if console.on_terminal else ProgressLines(console)


def _bar(event: Event) -> str:
    """For example "reading ████████░░░░░░░░░░░░ 8/20 2017-10-issue-10.md"."""
    if not event.total:
        return f"{event.stage.value} {event.detail}".rstrip()
    filled = _BAR_CELLS * event.done // event.total
    bar = "█" * filled + "░" * (_BAR_CELLS - filled)
    return f"{event.stage.value} {bar} {event.done}/{event.total} {event.detail}".rstrip()


def _line(event: Event) -> str:
    """For example "index: reading 3/20 2017-10-issue-10.md"."""
    counted = f" {event.done}/{event.total}" if event.total else ""
    detail = f" {event.detail}" if event.detail else ""
    return f"index: {event.stage.value}{counted}{detail}"
