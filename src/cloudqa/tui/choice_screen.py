"""A few things to choose from, in a pane over the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class ChoiceScreen(ModalScreen[str | None]):
    """Gives the id of the thing chosen; None where the user leaves it."""

    DEFAULT_CSS = """
    ChoiceScreen {
        align: center middle;
        background: $background 60%;
        Vertical {
            width: 60;
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

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        """The choices under a title.

        Args:
            title: What is asked; no markup.
            choices: Id and wording of each; the first is chosen by Enter alone.
        """
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical() as pane:
            pane.border_title = Content(self._title)
            yield OptionList(*(Option(words, id=name) for name, words in self._choices), markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)
