"""What the screens of all areas share: the bar above, the keys below, the services of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen

from cloudqa.tui.key_bar import KeyBar
from cloudqa.tui.top_bar import TopBar
from cloudqa.tui.wording import Words

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp
    from cloudqa.tui.service import Service


class AreaScreen(Screen[None]):
    """The screen of one area.

    Subclasses set :attr:`AREA` and yield their widgets in :meth:`compose_body`. The descriptions of bindings are keys
    of words (``Binding("c", "copy", "ask.key.copy")``): footer, help and command palette put them into the language of
    the interface, and every described binding is a command of the palette.
    """

    AREA: ClassVar[str] = ""
    """Name of the area."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual's own declaration
    """Classes by the width in cells: ``-narrow`` has room for one pane, ``-wide`` for two."""

    def compose(self) -> ComposeResult:
        """The bar of the areas, the body, the bar of the keys."""
        yield TopBar(self.AREA)
        yield from self.compose_body()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        """The widgets of the area; override this."""
        yield from ()

    @property
    def cloudqa(self) -> CloudQAApp:
        """The application."""
        from cloudqa.tui.app import CloudQAApp

        return cast(CloudQAApp, self.app)

    @property
    def service(self) -> Service:
        """The archive."""
        return self.cloudqa.service

    @property
    def words(self) -> Words:
        """The texts of the present language."""
        return self.cloudqa.words

    def relabel(self) -> None:
        """Shows everything in the present language; called after the language was switched.

        Composes the screen anew. Override it where that would lose what the user has done.
        """
        self.refresh(recompose=True)

    def relabel_bars(self) -> None:
        """Shows the bars above and below in the present language."""
        for bar in self.query("TopBar, KeyBar"):
            bar.refresh()
