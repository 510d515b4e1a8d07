"""What is to be done before questions can be asked: build the index, or add reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Input, Static

from cloudqa.terminal_text import one_line
from cloudqa.tui.archive.add_screen import typed_path
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, RebuildState, RebuildStatus
from cloudqa.tui.page.cells import visible

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp


class Offer(Vertical):
    """Says how the archive stands and offers the next step."""

    DEFAULT_CSS = """
    Offer {
        height: 1fr;
        align: center middle;
        #offer-box { width: 72; max-width: 94%; height: auto; padding: 1 3; background: $surface; border: round $rule; }
        #offer-title { color: $primary; text-style: bold; }
        #offer-text { color: $muted; margin: 1 0; }
        #offer-keys { color: $muted; margin-top: 1; height: auto; }
        #offer-state { color: $warning; margin-top: 1; height: auto; }
        Input { margin-bottom: 1; }
        Button { width: auto; }
    }
    """

    def __init__(self, status: ArchiveStatus) -> None:
        super().__init__(id="offer")
        self._status = status
        self._waiting: Sequence[str] = ()

    @property
    def _app(self) -> CloudQAApp:
        return cast("CloudQAApp", self.app)

    def compose(self) -> ComposeResult:
        """What is the matter, and what to do."""
        words, state = self._app.words, self._status.state
        with Vertical(id="offer-box"):
            yield Static(words(f"offer.{state}.title", count=self._status.reports), id="offer-title", markup=False)
            yield Static(visible(self._text()), id="offer-text", markup=False)
            if state is ArchiveState.EMPTY:
                yield Input(placeholder=words("offer.path"), id="offer-path", compact=False)
                yield Button(words("offer.add"), variant="primary", id="offer-add")
            else:
                yield Button(words("offer.build"), variant="primary", id="offer-build")
                yield Static(words("offer.keys"), id="offer-keys", markup=False)
            yield Static(self._said(), id="offer-state", markup=False)

    def _text(self) -> str:
        words = self._app.words
        text = words(f"offer.{self._status.state}.text", corpus=self._app.settings.corpus)
        return " ".join(filter(None, [self._status.message, self._status.hint])) or text

    def on_mount(self) -> None:
        """Follows the rebuild; a path is asked for at once, while a question can be written where there are reports."""
        self._app.service.rebuild_changed.subscribe(self, self._rebuild_changed)
        self._rebuild_changed(self._app.service.rebuild_status)
        for path in self.query("#offer-path"):
            path.focus()

    def _rebuild_changed(self, status: RebuildStatus) -> None:
        running = status.state is RebuildState.RUNNING
        for control in self.query("Input, Button"):
            control.disabled = running
        self._say()

    def wait_with(self, questions: Sequence[str]) -> None:
        """Says which questions will be answered once the index is ready.

        Args:
            questions: As they were asked.
        """
        self._waiting = questions
        self._say()

    def _say(self) -> None:
        for state in self.query("#offer-state").results(Static):
            state.update(self._said())

    def _said(self) -> str:
        """How the rebuild goes, then what waits for it, a line each."""
        progress = visible(self._progress(self._app.service.rebuild_status))
        waiting = [self._app.words("offer.waiting", question=one_line(question)) for question in self._waiting]
        return "\n".join(filter(None, [progress, *waiting]))

    def _progress(self, status: RebuildStatus) -> str:
        """One line: the stage, how far it is, or why it ended."""
        words = self._app.words
        if status.state is RebuildState.RUNNING:
            if not status.events:
                return words("archive.rebuilding")
            event = status.events[-1]
            count = f" {event.done}/{event.total}" if event.total else ""
            return f"{words('archive.rebuilding')} {words(f'stage.{event.stage}')}{count}"
        return " ".join([status.message, status.hint]) if status.state is RebuildState.FAILED else ""

    @on(Button.Pressed, "#offer-build")
    def build(self) -> None:
        """Starts to build the index."""
        self._app.service.start_rebuild(full=self._status.state is ArchiveState.BROKEN)

    @on(Input.Submitted, "#offer-path")
    @on(Button.Pressed, "#offer-add")
    def _add_pressed(self) -> None:
        place = self.query_one("#offer-path", Input).value
        if place.strip():
            self._add(typed_path(place))

    @work(exclusive=True, group="add", exit_on_error=False)
    async def _add(self, place: Path) -> None:
        from cloudqa.tui.archive.adding import add_reports

        await add_reports(self._app, place)
