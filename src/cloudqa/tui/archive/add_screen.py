"""Asks for the path of a file to add to the archive, and before one takes the place of another."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlparse

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from cloudqa.tui.wording import Words

_LONGEST = 4096


class AddScreen(ModalScreen[Path | None]):
    """One line for a path; None where the user leaves it."""

    DEFAULT_CSS = """
    AddScreen {
        align: center middle;
        background: $background 60%;
        Vertical {
            width: 72;
            max-width: 96%;
            height: auto;
            padding: 0 1;
            background: $surface;
            border: round $rule;
            border-title-color: $accent;
        }
        Input { border: none; height: 1; padding: 0; background: $panel; }
        Input:focus { border: none; }
        Static { color: $muted; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "key.close")]

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """The line, and what the keys do."""
        with Vertical() as pane:
            pane.border_title = Content(self._words("add.title"))
            yield Input(placeholder=self._words("add.placeholder"), suggester=PathSuggester(), max_length=_LONGEST)
            yield Static(self._words("add.hint"), markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(typed_path(event.value))


def typed_path(text: str) -> Path:
    """The path that a user has typed, pasted or dropped: quotes, ``~`` and ``file://`` understood."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if text.startswith("file://"):
        text = unquote(urlparse(text).path)
    return Path(text).expanduser()


class PathSuggester(Suggester):
    """Completes the name of a file or folder."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The path whose last part begins so, folders with a slash at their end; None if there is none."""
        return await asyncio.to_thread(complete_path, value)


def complete_path(typed: str) -> str | None:
    """What a path may go on as: the first name in its folder that begins with its last part.

    Args:
        typed: The beginning of a path.
    """
    head, slash, part = typed.rpartition("/")
    if not part:
        return None
    try:
        folder = Path(head + slash or ".").expanduser()
        found = sorted(entry for entry in folder.iterdir() if entry.name.startswith(part) and entry.name.isprintable())
        first = next(iter(found), None)
        return None if first is None else f"{head}{slash}{first.name}{'/' if first.is_dir() else ''}"
    except (OSError, ValueError, RuntimeError):
        return None
