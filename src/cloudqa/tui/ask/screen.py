"""The Ask screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from cloudqa.tui.area_screen import AreaScreen


class AskScreen(AreaScreen):
    """The conversation with the archive."""

    AREA = "ask"

    def compose_body(self) -> ComposeResult:
        """Its title."""
        yield Static(self.words("area.ask"), markup=False)
