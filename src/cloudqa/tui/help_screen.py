"""Help for where the user is: what the area is for, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp


class HelpScreen(ModalScreen[None]):
    """Help over the screen it was called from."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background 60%;
        #help {
            width: 76;
            max-width: 96%;
            height: auto;
            max-height: 90%;
            padding: 1 2;
            background: $surface;
            border: round $rule;
            border-title-color: $accent;
        }
        #help Static { width: 1fr; height: auto; }
        .help--key { color: $accent; text-style: bold; }
        .help--word { color: $foreground; }
    }
    """
    COMPONENT_CLASSES = {"help--key", "help--word"}  # noqa: RUF012  # Textual's own declaration
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "key.close"),
    ]

    def __init__(self, area: str, screen: Screen[None]) -> None:
        """Help for an area.

        Args:
            area: Its name.
            screen: Whose keys are explained.
        """
        super().__init__()
        self._area = area
        self._of = screen

    def compose(self) -> ComposeResult:
        """What the area is for, then its keys."""
        words = cast("CloudQAApp", self.app).words
        with VerticalScroll(id="help") as pane:
            pane.border_title = words("help.title", area=words(f"area.{self._area}"))
            yield Static(words(f"help.{self._area}"), markup=False)
            yield Static(self._keys())

    def _keys(self) -> Content:
        """One line a key."""
        app = cast("CloudQAApp", self.app)
        lines: dict[str, list[str]] = {}
        for active in self._of.active_bindings.values():
            if active.binding.description in app.words:
                keys = lines.setdefault(app.words(active.binding.description), [])
                keys.append(app.get_key_display(active.binding))
        key_style = self.get_visual_style("help--key", partial=True)
        rows = [
            Content.styled(f"{' '.join(keys[:2]):<14}", key_style) + Content(f"  {text}")
            for text, keys in lines.items()
        ]
        return Content("\n").join([Content(""), *rows])
