"""The names on offer while typing: one line above the input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from cloudqa.tui.page.cells import visible

if TYPE_CHECKING:
    from cloudqa.answering.completing import Completion


class CompletionBar(Widget):
    """Names to continue with; the first one is what Tab puts in, any can be clicked."""

    auto_links = False
    DEFAULT_CSS = """
    CompletionBar {
        height: 1;
        padding: 0 2;
        color: $muted;
        .completion-bar--key { color: $accent; text-style: bold; }
        .completion-bar--first { color: $foreground; }
        .completion-bar--other { color: $muted; }
    }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012  # Textual's own declaration
        "completion-bar--key",
        "completion-bar--first",
        "completion-bar--other",
    }

    class Taken(Message):
        """A name was clicked."""

        def __init__(self, completion: Completion) -> None:
            super().__init__()
            self.completion = completion

    def __init__(self) -> None:
        super().__init__(id="completions")
        self._offered: Sequence[Completion] = ()

    def offer(self, completions: Sequence[Completion]) -> None:
        """Shows other names."""
        if completions or self._offered:
            self._offered = completions
            self.refresh()

    def render(self) -> Content:
        """As many names as fit."""
        if not self._offered:
            return Content("")
        shown = Content.styled("Tab ", self.get_visual_style("completion-bar--key", partial=True))
        for number, completion in enumerate(self._offered):
            kind = "first" if number == 0 else "other"
            style = self.get_visual_style(f"completion-bar--{kind}", partial=True)
            click = Style.from_meta({"@click": f"take({number})"})
            entry = Content.styled(visible(completion.text), style + click) + Content("   ")
            if number and shown.cell_length + entry.cell_length > self.size.width:
                break
            shown += entry
        return shown

    def action_take(self, number: int) -> None:
        """Puts a name in."""
        if number < len(self._offered):
            self.post_message(self.Taken(self._offered[number]))
