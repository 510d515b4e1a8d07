"""Questions of one user in a row."""

from __future__ import annotations

from cloudqa.answering.answer import Answer
from cloudqa.answering.assistant import Assistant
from cloudqa.answering.conversation.context import Context


class Conversation:
    """Answers a sequence of questions of one user.

    Attributes:
        assistant: Who answers; may be exchanged when a new generation of the index is ready.
        context: What earlier turns established.
    """

    def __init__(self, assistant: Assistant, context: Context | None = None) -> None:
        self.assistant = assistant
        self.context = context if context is not None else Context()

    def ask(self, question: str) -> Answer:
        """The answer to the next question; what it leaves unsaid is taken from the turns before.

        Raises:
            UsageError: The question is empty or too long.
        """
        answer = self.assistant.ask(question)
        self.context = Context(question, self.context.answer if answer.refused else answer)
        return answer

    def clear(self) -> None:
        """Forget what earlier turns established."""
        self.context = Context()
