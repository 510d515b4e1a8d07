"""Questions answered one after the other in a thread, while the user goes on writing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cloudqa.tui.ask.sessions import append_turn
from cloudqa.tui.ask.turn import Turn
from cloudqa.tui.service import said_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from cloudqa.answering.conversation import Conversation
    from cloudqa.tui.service import Service


@dataclass(slots=True)
class Thread:
    """A conversation as it goes on.

    Attributes:
        path: The file it is kept in.
        stored_context: What it had established when it was reopened, until it is gone on with; None if nothing.
        conversation: Who answers; None until the first question.
    """

    path: Path
    stored_context: dict[str, Any] | None = None
    conversation: Conversation | None = None


class Questioner:
    """Takes questions and hands back answers; its methods return at once and are called in the application's thread.

    Args:
        screen: Whose thread the answers are handed back in.
        service: The archive.
        changed: Told of every turn that has changed.
        failed: Told what could not be saved.
    """

    def __init__(
        self,
        screen: Screen[None],
        service: Service,
        changed: Callable[[Turn], None],
        failed: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._service = service
        self._changed = changed
        self._failed = failed
        self._waiting: deque[tuple[Turn, Thread]] = deque()
        self._busy = False

    def ask(self, turn: Turn, thread: Thread) -> None:
        """Answers a turn after those that were asked before."""
        self._waiting.append((turn, thread))
        self.go_on()

    def go_on(self) -> None:
        """Answers what is waiting, as soon as there is an archive."""
        if self._waiting and not self._busy and self._service.assistant is not None:
            self._busy = True
            turn, thread = self._waiting.popleft()
            self._screen.run_worker(
                lambda: self._answer(turn, thread), name="answer", group="answer", thread=True, exit_on_error=False
            )

    @property
    def waiting(self) -> tuple[str, ...]:
        """The questions that nobody has begun to answer, in order."""
        return tuple(turn.question for turn, _ in self._waiting)

    def give_up(self, message: str, hint: str) -> None:
        """Ends everything that waits, with the reason: there is no archive."""
        for turn, _ in self._waiting:
            turn.problem = (message, hint)
            self._changed(turn)
        self._waiting.clear()

    @staticmethod
    def forget(thread: Thread) -> None:
        """Lets the next question of a conversation begin anew."""
        thread.stored_context = None
        if thread.conversation is not None:
            thread.conversation.clear()

    def _answer(self, turn: Turn, thread: Thread) -> None:
        """Runs in the worker's thread."""
        try:
            answer, problem = self._conversation(thread).ask(turn.question), None
        except Exception as error:  # the worker's edge: whatever it is, it is shown on the card
            answer, problem = None, said_of(error)
        self._screen.app.call_later(self._answered, turn, answer, problem)
        suggestions: tuple[str, ...] = ()
        if answer is not None and thread.conversation is not None:
            try:
                suggestions = self._service.door.suggest(thread.conversation, answer)
            except Exception:  # an answer without suggestions is an answer all the same
                suggestions = ()
        unsaved = self._save(Turn(turn.question, turn.asked_at, answer, suggestions, problem), thread)
        self._screen.app.call_later(self._finished, turn, suggestions, unsaved)

    def _conversation(self, thread: Thread) -> Conversation:
        """The conversation of a thread, over the present generation."""
        assistant = self._service.assistant
        assert assistant is not None  # nothing is answered before there is an archive
        if thread.conversation is None:
            thread.conversation = self._service.door.converse(assistant, thread.stored_context)
        thread.conversation.assistant = assistant
        return thread.conversation

    @staticmethod
    def _save(turn: Turn, thread: Thread) -> str:
        """Keeps a finished turn; returns why that failed, "" if it did not."""
        context = thread.conversation.context.as_dict() if thread.conversation is not None else None
        try:
            append_turn(thread.path, turn, context)
        except OSError as error:
            return error.strerror or str(error)
        return ""

    def _answered(self, turn: Turn, answer: Any, problem: tuple[str, str] | None) -> None:
        turn.answer, turn.problem = answer, problem
        self._changed(turn)

    def _finished(self, turn: Turn, suggestions: tuple[str, ...], unsaved: str) -> None:
        self._busy = False
        if suggestions:
            turn.suggestions = suggestions
            self._changed(turn)
        if unsaved:
            self._failed(unsaved)
        self.go_on()
