"""One question of a conversation with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloudqa.answering.answer import Answer


@dataclass(slots=True)
class Turn:
    """A question, and its answer once there is one.

    Attributes:
        question: As the user wrote it, line ends kept.
        asked_at: When.
        answer: None while it is computed, and where that failed.
        suggestions: Next questions that can be answered.
        problem: What went wrong and the next step, None where nothing did.
    """

    question: str
    asked_at: datetime
    answer: Answer | None = None
    suggestions: tuple[str, ...] = ()
    problem: tuple[str, str] | None = None

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self.answer is None and self.problem is None
