"""The bar below: the keys that do something now, to press or to click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp


class KeyBar(Widget):
    """One line of keys with what they do, in the language of the interface; one widget, so that it costs nothing."""

    auto_links = False
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $muted;
        .key-bar--key { color: $accent; text-style: bold; }
        .key-bar--word { color: $muted; }
    }
    """
    COMPONENT_CLASSES = {"key-bar--key", "key-bar--word"}  # noqa: RUF012  # Textual's own declaration

    def on_mount(self) -> None:
        """Follows the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.refresh()

    def render(self) -> Content:
        """As many keys as fit, the nearest to the focus first."""
        shown, room = Content(""), self.size.width
        for binding in self._shown():
            entry = self._entry(binding)
            if shown.cell_length + entry.cell_length > room:
                break
            shown += entry
        return shown

    def _shown(self) -> Iterator[Binding]:
        """Bindings to show: those of the screen in their order, then those of the application; each action once."""
        actions: set[str] = set()
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled and active.binding.action not in actions:
                actions.add(active.binding.action)
                yield active.binding

    def _entry(self, binding: Binding) -> Content:
        app = cast("CloudQAApp", self.app)
        words = app.words
        text = words(binding.description) if binding.description in words else binding.description
        click = Style.from_meta({"@click": f"app.press('{binding.key}')"})
        key = Content.styled(app.get_key_display(binding), self._style("key") + click)
        return key + Content.styled(f" {text}  ", self._style("word") + click)

    def _style(self, kind: str) -> Style:
        return self.get_visual_style(f"key-bar--{kind}", partial=True)
