"""One line between filters and table: how many rows there are, and names to complete a filter with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from cloudqa.terminal_text import one_line

if TYPE_CHECKING:
    from cloudqa.tui.wording import Words

_APART = "   "


class HintLine(Widget):
    """A count at the left, after it the suggestions that fit; a click takes one."""

    DEFAULT_CSS = """
    HintLine {
        height: 1;
        padding: 0 2;
        color: $muted;
        .hint-line--name { color: $primary; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"hint-line--name"}

    @dataclass
    class Chosen(Message):
        """A suggested name was clicked."""

        field: str
        name: str

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._lead = ""
        self._field = ""
        self._names: Sequence[str] = ()

    def say(self, text: str) -> None:
        """Shows a sentence."""
        self._text, self._names = text, ()
        self.refresh()

    def count(self, words: Words, shown: int, total: int, field: str, names: Sequence[str]) -> None:
        """Shows how many rows there are.

        Args:
            words: The texts of the present language.
            shown: Rows that pass the filters.
            total: All rows.
            field: The filter that is being typed, "" for none.
            names: What would complete it.
        """
        some = words.counted("figures.count", shown) + words("figures.count.of", total=f"{total:,}")
        everything = words.counted("figures.count", shown)
        self._text = words("figures.none") if not shown else everything if shown == total else some
        self._field, self._names, self._lead = field, names, words("figures.suggested")
        self.refresh()

    def render(self) -> Content:
        """The line."""
        shown = Content(self._text)
        room = self.size.width
        for number, name in enumerate(self._names):
            lead = _APART + self._lead if number == 0 else _APART
            style = self.get_visual_style("hint-line--name", partial=True)
            click = Style.from_meta({"@click": f"choose({number})"})
            entry = Content(lead) + Content.styled(one_line(name), style + click)
            if shown.cell_length + entry.cell_length > room:
                break
            shown += entry
        return shown

    def action_choose(self, number: int) -> None:
        """Takes a suggestion."""
        if number < len(self._names):
            self.post_message(self.Chosen(self._field, self._names[number]))
