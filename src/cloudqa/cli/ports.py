"""What the commands ask of the archive that they open, so that a scripted one can stand in for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cloudqa.answering.answer import Answer
    from cloudqa.answering.scoping import Limits
    from cloudqa.passages import Passage
    from cloudqa.retrieval.ranking import Reasons


class RankedPassage(Protocol):
    """A passage with its score and the parts of it."""

    @property
    def passage(self) -> Passage:
        """The passage itself."""

    @property
    def score(self) -> float:
        """Higher is better; comparable only within one question."""

    @property
    def reasons(self) -> Reasons:
        """The parts that the score was made of."""


class Archive(Protocol):
    """The archive as the commands see it."""

    def ask(self, question: str, limits: Limits = ...) -> Answer:
        """The answer to a question, a refusal included."""

    def search(self, question: str, k: int, limits: Limits = ...) -> Sequence[RankedPassage]:
        """At most ``k`` passages, best first."""

    def show(self, report: str, start: int, end: int) -> str:
        """The canonical text of a report, after a look whether the half-open range lies inside it."""


class Talk(Protocol):
    """A conversation as the commands see it."""

    def ask(self, question: str) -> Answer:
        """The answer to the next question, in the light of those before it."""

    def clear(self) -> None:
        """Forget what was said before."""
