"""The list of stored conversations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cloudqa.tui.ask.sessions import SessionSummary
from cloudqa.tui.page.cells import visible
from cloudqa.tui.wording import Words


class SessionsScreen(ModalScreen[Path | None]):
    """Hands back the file of the chosen conversation, None where none was chosen."""

    DEFAULT_CSS = """
    SessionsScreen {
        align: center middle;
        background: $background 60%;
        #sessions-box {
            width: 84;
            max-width: 96%;
            height: auto;
            max-height: 80%;
            padding: 1 2;
            background: $surface;
            border: round $rule;
            border-title-color: $accent;
            border-subtitle-color: $muted;
        }
        OptionList, OptionList:focus {
            height: auto;
            max-height: 100%;
            background: $surface;
            border: none;
            padding: 0;
            scrollbar-size-vertical: 1;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "key.close")]

    def __init__(self, sessions: Sequence[SessionSummary], words: Words) -> None:
        super().__init__()
        self._sessions = sessions
        self._words = words

    def compose(self) -> ComposeResult:
        """One entry a conversation, the latest first."""
        with Vertical(id="sessions-box") as box:
            box.border_title = self._words("sessions.title")
            box.border_subtitle = self._words("sessions.keys")
            yield OptionList(*(Option(self._entry(session)) for session in self._sessions), markup=False)

    def _entry(self, session: SessionSummary) -> Content:
        note = self._words.counted("sessions.turns", session.turns)
        when = session.changed_at.strftime("%Y-%m-%d %H:%M")
        title = " ".join(visible(session.title).split())
        return Content.styled(title, "bold") + Content(f"\n{when} · {note}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hands back the chosen conversation."""
        self.dismiss(self._sessions[event.option_index].path)
