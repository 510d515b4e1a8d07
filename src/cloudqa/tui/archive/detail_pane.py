"""Everything there is to say of one issue."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cloudqa.tui.archive.issue_rows import IssueDetail, detail_lines
from cloudqa.tui.wording import Words


class DetailPane(VerticalScroll):
    """A scrolling text."""

    DEFAULT_CSS = """
    DetailPane {
        padding: 0 1;
        background: $surface;
        border: round $rule;
        scrollbar-size: 1 1;
        &:focus { border: round $primary; }
        Static { width: 1fr; height: auto; }
        .detail-pane--title { color: $accent; text-style: bold; }
        .detail-pane--heading { color: $secondary; text-style: bold; }
        .detail-pane--name { color: $muted; }
        .detail-pane--field { color: $foreground; }
        .detail-pane--item { color: $foreground; }
        .detail-pane--problem { color: $warning; }
        .detail-pane--good { color: $success; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"detail-pane--{name}" for name in ("title", "heading", "name", "field", "item", "problem", "good")
    }

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", markup=False)

    def show(self, detail: IssueDetail, words: Words) -> None:
        """Shows an issue, an unreadable file, or that nothing is chosen."""
        lines = [self._line(style, text) for style, text in detail_lines(detail, words)]
        content = Content("\n").join(lines) if lines else Content(words("issues.detail.none"))
        self.query_one(Static).update(content)
        self.scroll_home(animate=False)

    def _line(self, style: str, text: str) -> Content:
        if style == "heading":
            return Content("\n") + self._styled("heading", text)
        if style == "field":
            name, _, value = text.partition("\t")
            return self._styled("name", f"{name}  ") + self._styled("field", value)
        return self._styled(style, text)

    def _styled(self, style: str, text: str) -> Content:
        return Content.styled(text, self.get_visual_style(f"detail-pane--{style}", partial=True))
