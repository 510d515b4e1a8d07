"""Asks for the sort of file to export to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cloudqa.tui.figures.export import Format

if TYPE_CHECKING:
    from cloudqa.tui.wording import Words


class ExportScreen(ModalScreen[Format | None]):
    """A list of the formats; None where the user leaves it."""

    DEFAULT_CSS = """
    ExportScreen {
        align: center middle;
        background: $background 60%;
        Vertical {
            width: 44;
            max-width: 96%;
            height: auto;
            padding: 0 1;
            background: $surface;
            border: round $rule;
            border-title-color: $accent;
        }
        OptionList { height: auto; border: none; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "key.close")]

    def __init__(self, words: Words, title: str) -> None:
        """The list under a title."""
        super().__init__()
        self._words = words
        self._title = title

    def compose(self) -> ComposeResult:
        """The formats."""
        with Vertical() as pane:
            pane.border_title = Content(self._title)
            yield OptionList(
                *(Option(self._words(f"figures.export.{f.value}"), id=f.value) for f in Format), markup=False
            )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(Format(str(event.option_id)))
