"""The application: puts areas, archive, language, themes and keys together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from cloudqa.tui.archive_status import RebuildState, RebuildStatus
from cloudqa.tui.area_screen import AreaScreen
from cloudqa.tui.areas import AREAS, screen_makers
from cloudqa.tui.door import DiskDoor
from cloudqa.tui.page.cells import visible
from cloudqa.tui.places import Places
from cloudqa.tui.preferences import Preferences, load_preferences, save_preferences
from cloudqa.tui.service import Service
from cloudqa.tui.themes import DARK, LIGHT, THEMES
from cloudqa.tui.wording import Words

if TYPE_CHECKING:
    from textual.command import Provider

    from cloudqa.settings import Settings
    from cloudqa.tui.clock import Clock
    from cloudqa.tui.door import Door


def _commands() -> type[Provider]:
    from cloudqa.tui.commands import Commands

    return Commands


class CloudQAApp(App[None]):
    """The terminal interface of cloudqa.

    Attributes:
        service: The archive.
        words: The texts of the present language.
        places: Where the interface keeps what it writes.
        clock: Says what time it is.
    """

    TITLE = "cloudqa"
    MODES: ClassVar = screen_makers()
    DEFAULT_MODE = AREAS[0].name
    COMMANDS = {_commands}  # noqa: RUF012  # Textual's own declaration
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(area.key, f"area('{area.name}')", f"area.{area.name}") for area in AREAS),
        Binding("f1", "help", "key.help"),
        Binding("ctrl+p", "command_palette", "key.commands"),
        Binding("f8", "language", "key.language", show=False),
        Binding("f9", "light", "key.light", show=False),
        Binding("ctrl+q", "quit", "key.quit", show=False, priority=True),
    ]

    def __init__(
        self, settings: Settings, *, door: Door | None = None, places: Places | None = None, clock: Clock | None = None
    ) -> None:
        """The application over an archive.

        Args:
            settings: Where corpus and index are.
            door: Another way to the archive than the disk.
            places: Another folder for what it writes than the user's own.
            clock: Another clock than the system's.
        """
        super().__init__()
        from cloudqa.tui.clock import system_clock

        self.settings = settings
        self.places = places or Places.locate()
        self.clock = clock or system_clock
        self._preferences = load_preferences(self.places.preferences)
        self.words = Words(self._preferences.language)
        self.service = Service(self, door or DiskDoor(settings))
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._preferences.theme

    def on_ready(self) -> None:
        """Opens the archive once the first frame is drawn."""
        self.service.rebuild_changed.subscribe(self, self._rebuild_changed)
        self.service.open()

    def on_unmount(self) -> None:
        """Leaving does not wait for a rebuild; the index stays as it was."""
        self.service.cancel_rebuild()

    def _rebuild_changed(self, status: RebuildStatus) -> None:
        """Says how a rebuild ended."""
        if status.state is RebuildState.FAILED:
            self.warn(status.message, status.hint)
        elif status.state in (RebuildState.FINISHED, RebuildState.CANCELLED):
            self.say(self.words(f"notice.rebuild_{status.state}"))

    def action_command_palette(self) -> None:
        """Lists every action that is possible now."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=self.words("key.commands"), id="--command-palette"))

    def action_area(self, name: str) -> None:
        """Shows an area."""
        if len(self.screen_stack) == 1:
            self.switch_mode(name)

    def action_help(self) -> None:
        """Explains the area that is shown and its keys."""
        from cloudqa.tui.help_screen import HelpScreen

        if isinstance(self.screen, AreaScreen):
            self.push_screen(HelpScreen(self.screen.AREA, self.screen))

    def action_press(self, key: str) -> None:
        """Does what a key does: the keys in the footer can be clicked."""
        self.simulate_key(key)

    def action_language(self) -> None:
        """Switches between Chinese and English."""
        self._prefer(replace(self._preferences, language=self._preferences.language.other))
        self.words = Words(self._preferences.language)
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, AreaScreen):
                    screen.relabel()

    def action_light(self) -> None:
        """Switches between the light and the dark theme."""
        self._prefer(replace(self._preferences, theme=LIGHT.name if self.theme != LIGHT.name else DARK.name))
        self.theme = self._preferences.theme

    def _prefer(self, preferences: Preferences) -> None:
        self._preferences = preferences
        try:
            save_preferences(self.places.preferences, self._preferences)
        except OSError as error:
            self.warn(self.words("notice.not_saved", reason=str(error.strerror)))

    def say(self, message: str, title: str = "") -> None:
        """Shows a notice for a few seconds; the text is never taken as markup."""
        self.notify(visible(message), title=visible(title), markup=False)

    def warn(self, message: str, hint: str = "") -> None:
        """Shows what went wrong and the next step; the text is never taken as markup."""
        text, title = visible(hint or message), visible(message) if hint else ""
        self.notify(text, title=title, severity="warning", markup=False, timeout=10)
