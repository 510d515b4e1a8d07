"""Where questions are written: several lines if need be, completed while typing, with the earlier ones at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from cloudqa.tui.page.cells import visible, visible_lines

if TYPE_CHECKING:
    from cloudqa.answering.completing import Completion
    from cloudqa.tui.ask.history import History


_ALT_DIGITS = "¡™£¢∞§¶•ª"
"""What Textual makes of Alt+1 to Alt+9 where the terminal sends an escape and the digit."""


class Prompt(TextArea):
    """The input. Enter asks, Ctrl+J begins a new line, Tab completes, the arrows go through the earlier questions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", "ask.key.ask", priority=True),
        Binding("ctrl+j,shift+enter,alt+enter", "new_line", "ask.key.new_line", show=False),
        Binding("tab", "complete", "ask.key.complete", show=False),
        Binding("up", "earlier", show=False),
        Binding("down", "later", show=False),
        Binding("f6", "screen.other_pane", show=False),  # Textual's own selects a line
        *(Binding(f"alt+{n}", f"screen.citation({n - 1})", show=False) for n in range(1, 10)),
    ]

    class Asked(Message):
        """The user asks; with an empty question where nothing is written."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    class Written(Message):
        """What is written up to the cursor has changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, history: History, placeholder: str) -> None:
        super().__init__(
            id="prompt", placeholder=placeholder, compact=True, highlight_cursor_line=False, max_checkpoints=200
        )
        self._history = history
        self._offered: Sequence[Completion] = ()
        self._turned = 0
        self._inserted: str | None = None

    @property
    def before_cursor(self) -> str:
        """What is written up to the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)

    def offer(self, completions: Sequence[Completion]) -> None:
        """Offers names to continue with: the first one is shown behind the cursor."""
        self._offered = completions
        self._turned = 0
        written = self.before_cursor
        at_end = self.cursor_location == self.document.end
        first = completions[0] if completions and at_end else None
        typed = written[first.start :] if first else ""
        self.suggestion = visible(first.text[len(typed) :]) if first and first.text.startswith(typed) else ""

    def take(self, completion: Completion) -> None:
        """Puts a name in the place of what was typed of it."""
        written = self.before_cursor
        start = self._location(written, min(completion.start, len(written)))
        name = visible(completion.text)
        self._inserted = written[: completion.start] + name
        self.replace(name, start, self.cursor_location)
        self.suggestion = ""

    @staticmethod
    def _location(text: str, offset: int) -> tuple[int, int]:
        before = text[:offset]
        return before.count("\n"), len(before) - before.rfind("\n") - 1

    def action_ask(self) -> None:
        """Asks what is written."""
        self.post_message(self.Asked(self.text.strip()))

    def action_new_line(self) -> None:
        """Begins a new line of the same question."""
        self.insert("\n")

    def action_complete(self) -> None:
        """Completes the name at the cursor; again takes the next one offered. With none offered moves on."""
        if not self._offered:
            self.screen.focus_next()
            return
        completion = self._offered[self._turned % len(self._offered)]
        self._turned += 1
        self.take(completion)

    def action_earlier(self) -> None:
        """In the first line goes back to the question before, else a line up."""
        if not self.cursor_at_first_line:
            self.action_cursor_up()
            return
        question = self._history.before(self.text)
        if question is not None:
            self._show(question)

    def action_later(self) -> None:
        """In the last line goes on to the question after, else a line down."""
        if not self.cursor_at_last_line:
            self.action_cursor_down()
            return
        question = self._history.after()
        if question is not None:
            self._show(question)

    def _show(self, question: str) -> None:
        self.load_text("\n".join(visible_lines(question)))
        self.move_cursor(self.document.end)

    def clear_text(self) -> None:
        """Empties the input."""
        self.load_text("")
        self.offer(())

    def on_text_area_changed(self) -> None:
        """Asks for completions; a name that was just put in keeps its alternatives on offer."""
        written = self.before_cursor
        if written == self._inserted:
            return
        self._inserted = None
        self._offered = ()
        self.suggestion = ""
        self.post_message(self.Written(written))

    async def _on_key(self, event: events.Key) -> None:
        """Takes Alt with a digit, which many terminals hand on as a character, for the source of that number."""
        number = _ALT_DIGITS.find(event.character or "\0")
        if number >= 0 and not self.text:
            event.prevent_default()
            event.stop()
            await self.run_action(f"screen.citation({number})")

    async def _on_paste(self, event: events.Paste) -> None:
        """Puts pasted lines in as they are, without anything that could steer the terminal."""
        event.prevent_default()
        event.stop()
        text = "\n".join(visible_lines(_line_ends(event.text))).replace("\ufffd", "")
        self.insert(text)


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
