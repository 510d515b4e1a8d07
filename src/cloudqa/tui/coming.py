"""What an area shows before it has a screen of its own."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from cloudqa.tui.area_screen import AreaScreen


class FiguresScreen(AreaScreen):
    """The area of figures."""

    AREA = "figures"

    def compose_body(self) -> ComposeResult:
        """Its title."""
        yield Static(self.words("area.figures"), markup=False)


class ArchiveScreen(AreaScreen):
    """The area of the archive."""

    AREA = "archive"

    def compose_body(self) -> ComposeResult:
        """Its title."""
        yield Static(self.words("area.archive"), markup=False)
