"""The area of the archive: its issues, what was read out of each, the rebuild, adding files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.reactive import reactive
from textual.widgets import DataTable, Static
from textual.worker import Worker, WorkerState

from cloudqa.answering.citing import cite_span
from cloudqa.answering.issues import IssueSummary, UnreadableFile
from cloudqa.documents import Span
from cloudqa.terminal_text import one_line
from cloudqa.tui.archive.add_screen import AddScreen
from cloudqa.tui.archive.detail_pane import DetailPane
from cloudqa.tui.archive.issue_rows import IssueDetail, read_detail
from cloudqa.tui.archive.issue_table import IssueTable
from cloudqa.tui.archive.rebuild_panel import RebuildPanel
from cloudqa.tui.archive_status import ArchiveState, RebuildState
from cloudqa.tui.area_screen import AreaScreen
from cloudqa.tui.check.source_pane import SourcePane

if TYPE_CHECKING:
    from cloudqa.answering import Assistant

_WIDE_CELLS = 100


class ArchiveScreen(AreaScreen):
    """The issues, the details of the chosen one beside them where there is room, the state of the rebuild."""

    AREA = "archive"
    DEFAULT_CSS = """
    ArchiveScreen {
        #archive-state { height: auto; padding: 0 2; color: $muted; }
        Horizontal { height: 1fr; margin: 0 1; }
        IssueTable { width: 3fr; }
        DetailPane { width: 2fr; margin: 0 0 0 1; }
        SourcePane { display: none; width: 3fr; border-left: solid $rule; }
        &.-checking SourcePane { display: block; }
        &.-checking DetailPane { display: none; }
        &.-narrow.-checking SourcePane { border-left: none; }
        &.-narrow.-checking IssueTable { display: none; }
        &.-narrow.-checking DetailPane { display: none; }
        &.-narrow DetailPane { display: none; margin: 0; }
        &.-narrow.-detail DetailPane { display: block; width: 1fr; }
        &.-narrow.-detail IssueTable { display: none; }
    }
    """
    CSS_PATH: ClassVar = ["../check/source_pane.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+b,u", "update", "issues.key.update"),
        Binding("ctrl+k,c", "cancel", "issues.key.cancel"),
        Binding("ctrl+a,a", "add", "issues.key.add"),
        Binding("ctrl+o,o", "read", "issues.key.read"),
        Binding("ctrl+r", "full", "issues.key.full", show=False),
        Binding("escape", "back", "issues.key.back", show=False),
    ]

    detailed: reactive[bool] = reactive(False, toggle_class="-detail")

    def __init__(self) -> None:
        super().__init__()
        self._assistant: Assistant | None = None
        self._issues: Sequence[IssueSummary] = ()
        self._unreadable: Sequence[UnreadableFile] = ()

    def compose_body(self) -> ComposeResult:
        """State, rebuild, issues and details; beside the issues the source in place of the details."""
        yield Static("", id="archive-state", markup=False)
        yield RebuildPanel()
        with Horizontal():
            yield IssueTable()
            yield DetailPane()
            yield SourcePane()

    def on_mount(self) -> None:
        """Follows the archive."""
        self.service.status_changed.subscribe(self, lambda _: self._follow())
        self.service.rebuild_changed.subscribe(self, lambda _: self._rebuild_changed())
        self._follow()

    @property
    def table(self) -> IssueTable:
        """The list of issues."""
        return self.query_one(IssueTable)

    @property
    def issues(self) -> Sequence[IssueSummary]:
        """What the list shows."""
        return self._issues

    def _follow(self) -> None:
        """Reads the list anew where there is another generation."""
        self._say_state()
        assistant = self.service.assistant
        if assistant is None:
            self._assistant, self._issues, self._unreadable = None, (), ()
            self._fill()
        elif assistant is not self._assistant:
            self._assistant = assistant
            self._load(assistant)

    @work(exclusive=True, group="archive-load", exit_on_error=False)
    async def _load(self, assistant: Assistant) -> None:
        issues = await asyncio.to_thread(assistant.issues)
        unreadable = await asyncio.to_thread(assistant.unreadable)
        if assistant is self._assistant:
            self._issues, self._unreadable = issues, unreadable
            self._fill()

    def _fill(self) -> None:
        narrow = self.app.size.width < _WIDE_CELLS
        self.table.show(self._issues, self._unreadable, self.words, narrow=narrow)

    def _say_state(self) -> None:
        """Where the reports are, and what is to be done."""
        status, words = self.service.status, self.words
        match status.state:
            case ArchiveState.READY:
                text = words("issues.where", corpus=one_line(str(self.cloudqa.settings.corpus)))
                text += words.counted("issues.outdated", status.outdated) if status.outdated else ""
            case ArchiveState.UNBUILT:
                text = words.counted("issues.unbuilt", status.reports)
            case ArchiveState.BROKEN:
                text = one_line(f"{status.message} {status.hint}")
            case _:
                text = words(f"issues.{status.state}")
        self.query_one("#archive-state", Static).update(text)

    def _rebuild_changed(self) -> None:
        """The keys that can be used now are others."""
        self.refresh_bindings()

    @on(IssueTable.Chosen)
    def _chosen(self, event: IssueTable.Chosen) -> None:
        self._show_detail(event.entry)

    @work(exclusive=True, group="archive-detail", exit_on_error=False)
    async def _show_detail(self, entry: IssueSummary | UnreadableFile | None) -> None:
        detail = IssueDetail()
        if isinstance(entry, UnreadableFile):
            detail = IssueDetail(file=entry)
        elif entry is not None and self._assistant is not None:
            detail = await asyncio.to_thread(read_detail, self._assistant, entry)
        self.query_one(DetailPane).show(detail, self.words)

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.detailed = True
        self.query_one(DetailPane).focus()

    def on_resize(self, event: Resize) -> None:
        """Shows as many columns as there is room for."""
        self._fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A rebuild can be started while none runs, and stopped while one does."""
        running = self.service.rebuild_status.state is RebuildState.RUNNING
        if action in ("update", "full"):
            return not running
        return running if action == "cancel" else True

    def action_update(self) -> None:
        """Brings the index up to date."""
        self.service.start_rebuild()

    def action_full(self) -> None:
        """Reads every report again."""
        self.service.start_rebuild(full=True)

    def action_cancel(self) -> None:
        """Stops the rebuild."""
        self.service.cancel_rebuild()

    def action_back(self) -> None:
        """Goes from the details back to the list."""
        self.detailed = False
        self.table.focus()

    def action_read(self) -> None:
        """Shows the report of the chosen issue from its beginning."""
        entry = self.table.entry
        if isinstance(entry, IssueSummary) and self._assistant is not None:
            self._read(self._assistant, entry.report)

    @work(exclusive=True, group="archive-read", exit_on_error=False)
    async def _read(self, assistant: Assistant, report: str) -> None:
        text = await asyncio.to_thread(assistant.sources.text_of, report)
        start = len(text) - len(text.lstrip())
        end = text.find("\n", start)
        span = Span(start, len(text) if end < 0 else end)
        self.add_class("-checking")
        self.query_one(SourcePane).open((cite_span(assistant.sources, report, span),), 0)

    @on(SourcePane.Closed)
    def _source_closed(self) -> None:
        self.remove_class("-checking")
        (self.query_one(DetailPane) if self.detailed else self.table).focus()

    def action_add(self) -> None:
        """Asks for a file, adds it and brings the index up to date."""
        self.app.push_screen(AddScreen(self.words), self._add_typed)

    def _add_typed(self, path: Path | None) -> None:
        if path is not None:
            self._add(path)

    @work(exclusive=True, group="archive-add", exit_on_error=False)
    async def _add(self, path: Path) -> None:
        from cloudqa.tui.archive.adding import add_reports

        await add_reports(self.cloudqa, path)

    def relabel(self) -> None:
        """Shows everything in the present language; the cursor stays."""
        for bar in self.query("TopBar, KeyBar"):
            bar.refresh()
        self.query_one(RebuildPanel).refresh(layout=True)
        self.query_one(SourcePane).relabel()
        self._say_state()
        self._fill()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Says what went wrong in a worker."""
        if event.state is WorkerState.ERROR:
            self.cloudqa.warn(self.words("issues.failed", reason=one_line(str(event.worker.error))))
