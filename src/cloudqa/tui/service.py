"""The archive behind the screens: opened, warmed and rebuilt in threads, exchanged when a new generation is ready."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.signal import Signal

from cloudqa.errors import CloudQAError
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened, RebuildState, RebuildStatus

if TYPE_CHECKING:
    from textual.app import App

    from cloudqa.answering import Assistant
    from cloudqa.rebuild import Event
    from cloudqa.tui.door import Door


DEBUG_HINT = "Set CLOUDQA_DEBUG=1 and run the command line to see where: cloudqa index"


def said_of(error: Exception) -> tuple[str, str]:
    """What is wrong, in one sentence, and the next step."""
    if isinstance(error, CloudQAError):
        return error.message, error.hint or "Run: cloudqa index --status"
    return f"{type(error).__name__}: {error}", DEBUG_HINT


class _Cancelled(Exception):
    """Raised inside a rebuild that the user has stopped."""


class Service:
    """What every screen may use of the archive; its methods return at once.

    Signals are published in the application's own thread; subscribe in ``on_mount`` and read the present state there.

    Attributes:
        door: The way to the archive; its methods take their time.
        assistant: Answers questions from the current generation; None unless the status is ready. Its methods take
            their time: call them in a thread.
        status: How the archive stands.
        rebuild_status: How far a rebuild is, or how the last one ended.
        status_changed: Told the new :attr:`status`; :attr:`assistant` may be another one then.
        rebuild_changed: Told the new :attr:`rebuild_status`.
    """

    def __init__(self, app: App[None], door: Door) -> None:
        self._app = app
        self.door = door
        self._cancel = threading.Event()
        self.assistant: Assistant | None = None
        self.status = ArchiveStatus(ArchiveState.OPENING)
        self.rebuild_status = RebuildStatus()
        self.status_changed: Signal[ArchiveStatus] = Signal(app, "archive status")
        self.rebuild_changed: Signal[RebuildStatus] = Signal(app, "rebuild status")

    @property
    def rebuilding(self) -> bool:
        """Whether a rebuild is running."""
        return self.rebuild_status.state is RebuildState.RUNNING

    def open(self) -> None:
        """Opens the archive and warms it up."""
        self._run(self._open, "open the archive")

    def start_rebuild(self, *, full: bool = False) -> bool:
        """Starts to bring the index up to date; False where a rebuild is running already.

        Questions go on being answered from the old generation until the new one is ready.

        Args:
            full: Read every report again.
        """
        if self.rebuilding:
            return False
        self._cancel.clear()
        self._set_rebuild(RebuildStatus(RebuildState.RUNNING))
        self._run(lambda: self._rebuild(full), "rebuild the index")
        return True

    def cancel_rebuild(self) -> None:
        """Stops a rebuild at its next step; the old generation stays."""
        self._cancel.set()

    def _run(self, work: Callable[[], None], name: str) -> None:
        self._app.run_worker(work, name=name, group=name, thread=True, exit_on_error=False)

    def _open(self) -> None:
        try:
            opened = self.door.open()
            self._app.call_later(self._exchange, opened)
            self.door.warm(opened)
        except Exception as error:  # the worker's edge: whatever it is, it is shown with the next step
            message, hint = said_of(error)
            self._app.call_later(self._exchange, Opened(ArchiveStatus(ArchiveState.BROKEN, message=message, hint=hint)))

    def _exchange(self, opened: Opened) -> None:
        self.assistant = opened.assistant
        self.status = opened.status
        self.status_changed.publish(opened.status)

    def _rebuild(self, full: bool) -> None:
        stages: dict[str, Event] = {}

        def tell(event: Event) -> None:
            if self._cancel.is_set():
                raise _Cancelled
            stages[event.stage] = event
            self._app.call_later(self._set_rebuild, RebuildStatus(RebuildState.RUNNING, tuple(stages.values())))

        try:
            summary = self.door.rebuild(tell, full=full)
            self._move()
        except _Cancelled:
            ended = RebuildStatus(RebuildState.CANCELLED, tuple(stages.values()))
        except Exception as error:  # the worker's edge: whatever it is, it is shown with the next step
            message, hint = said_of(error)
            ended = RebuildStatus(RebuildState.FAILED, tuple(stages.values()), message=message, hint=hint)
        else:
            ended = RebuildStatus(RebuildState.FINISHED, tuple(stages.values()), summary)
        self._app.call_later(self._set_rebuild, ended)

    def _move(self) -> None:
        """Moves to the generation that a rebuild has made, warmed up before anyone asks it."""
        opened = self.door.open()
        self.door.warm(opened)
        self._app.call_later(self._exchange, opened)

    def _set_rebuild(self, status: RebuildStatus) -> None:
        self.rebuild_status = status
        self.rebuild_changed.publish(status)
