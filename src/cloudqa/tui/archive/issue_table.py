"""The list of issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable

from cloudqa.terminal_text import one_line
from cloudqa.tui.archive.issue_rows import COUNTS, NARROW, IssueColumn, issue_cells

if TYPE_CHECKING:
    from cloudqa.answering.issues import IssueSummary, UnreadableFile
    from cloudqa.tui.wording import Words


class IssueTable(DataTable[Text]):
    """One row for each issue, below them the files that could not be read."""

    DEFAULT_CSS = """
    IssueTable {
        background: $background;
        scrollbar-size: 0 1;
        & > .datatable--header { background: $panel; color: $muted; text-style: bold; }
        & > .datatable--cursor { background: $header-background; color: $foreground; }
        &:focus > .datatable--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "issues.key.detail"),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The cursor is on another entry."""

        entry: IssueSummary | UnreadableFile | None

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False, cell_padding=1)
        self._entries: list[IssueSummary | UnreadableFile] = []

    @property
    def entry(self) -> IssueSummary | UnreadableFile | None:
        """What the cursor is on."""
        return self._entries[self.cursor_row] if 0 <= self.cursor_row < len(self._entries) else None

    def show(
        self, issues: Sequence[IssueSummary], unreadable: Sequence[UnreadableFile], words: Words, *, narrow: bool
    ) -> None:
        """Shows other entries; the cursor stays in its place.

        Args:
            issues: In order.
            unreadable: Files that are no issues.
            words: The texts of the present language.
            narrow: Whether there is room for few columns only.
        """
        at = self.cursor_row
        columns = NARROW if narrow else tuple(IssueColumn)
        self.clear(columns=True)
        for column in columns:
            self.add_column(_text(words(f"issues.column.{column}"), at_right=column in COUNTS))
        for issue in issues:
            cells = zip(columns, issue_cells(issue, columns), strict=True)
            self.add_row(*(_text(text, at_right=column in COUNTS) for column, text in cells))
        for file in unreadable:
            title = f"{one_line(file.path)} · {words('issues.unreadable')}"
            self.add_row(*(_text(title if column is IssueColumn.TITLE else "") for column in columns))
        self._entries = [*issues, *unreadable]
        self.move_cursor(row=min(max(at, 0), max(len(self._entries) - 1, 0)))
        self.post_message(self.Chosen(self.entry))

    @on(DataTable.RowHighlighted)
    def _highlighted(self) -> None:
        self.post_message(self.Chosen(self.entry))


def _text(text: str, *, at_right: bool = False) -> Text:
    return Text(text, justify="right" if at_right else "left", no_wrap=True)
