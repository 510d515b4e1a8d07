"""The areas of the interface: one mode of the application each, with a key of its own.

An area's screen is imported when the area is first opened. To add one, add a line and its words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

    from cloudqa.tui.area_screen import AreaScreen


@dataclass(frozen=True, slots=True)
class Area:
    """An area.

    Attributes:
        name: Its mode. ``area.NAME`` is its title and ``help.NAME`` its help among the words.
        key: The key that opens it.
        screen: Module and class of its screen, ``module:Class``; the class takes no arguments.
    """

    name: str
    key: str
    screen: str

    def make_screen(self) -> AreaScreen:
        """A new screen of this area."""
        module, _, name = self.screen.partition(":")
        screen: AreaScreen = getattr(import_module(module), name)()
        return screen


AREAS = (
    Area("ask", "f2", "cloudqa.tui.ask.screen:AskScreen"),
    Area("figures", "f3", "cloudqa.tui.figures.screen:FiguresScreen"),
    Area("archive", "f4", "cloudqa.tui.archive.screen:ArchiveScreen"),
)


def screen_makers() -> dict[str, str | Callable[[], Screen[Any]]]:
    """The modes of the application."""
    return {area.name: area.make_screen for area in AREAS}
