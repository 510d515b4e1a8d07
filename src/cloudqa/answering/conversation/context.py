"""What earlier turns of a conversation established."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cloudqa.answering.answer import Answer


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier turns established, for the next one to lean on.

    Attributes:
        question: The last question, completed; "" before the first one. A refused one counts, too: what it asked for
            stays asked for.
        earlier: The completed question before it.
        topic: What the last question is about where a word such as 它 or 他 stood for it, "" otherwise.
        figures: The last question that the facts had a say in, completed; "" before the first one.
        answer: The last answer, None before the first one.
    """

    question: str = ""
    earlier: str = ""
    topic: str = ""
    figures: str = ""
    answer: Answer | None = None

    def as_dict(self) -> dict[str, Any]:
        """The context as plain data, for :func:`cloudqa.answering.answer.exact_json`."""
        return {
            "question": self.question,
            "earlier": self.earlier,
            "topic": self.topic,
            "figures": self.figures,
            "answer": None if self.answer is None else self.answer.as_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Context:
        """The context that :meth:`as_dict` wrote; numbers may be decimals or their text.

        Raises:
            UsageError: It is no such data.
        """
        from cloudqa.answering.schema import answer_of

        stored = data.get("answer")
        answer = None if stored is None else answer_of(stored)
        words = {name: str(data.get(name, "")) for name in ("question", "earlier", "topic", "figures")}
        return cls(**words, answer=answer)
