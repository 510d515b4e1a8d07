"""A file of questions through the assistant, one JSON line for each answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cloudqa.errors import UsageError

if TYPE_CHECKING:
    from cloudqa.answering.answer import Answer


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question of a gold set.

    Attributes:
        id: The set's own id, unique within it.
        text: The question.
        category: What sort of question it is, "" if the set does not say.
    """

    id: str
    text: str
    category: str = ""


class Answerer(Protocol):
    """Whatever answers questions."""

    def ask(self, question: str) -> Answer:
        """The answer to a question, a refusal included."""


def load_questions(path: Path) -> list[GoldQuestion]:
    """The questions of a JSON-lines file with ``id``, ``question`` and perhaps ``category``, in order.

    Raises:
        UsageError: The file cannot be read, or a line is no such object; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The questions {path} cannot be read: {error}.") from error
    return [_question(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _question(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        record = json.loads(line)
        return GoldQuestion(str(record["id"]), record["question"], record.get("category", ""))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}:{number} is not an object with id and question.") from error


def answer_lines(assistant: Answerer, questions: Iterable[GoldQuestion]) -> Iterator[str]:
    """For each question its answer as one line of JSON, the id first; what the gold set's scorer reads."""
    for question in questions:
        answer = assistant.ask(question.text).to_json()
        yield f'{{"id": {json.dumps(question.id, ensure_ascii=False)}, {answer[1:]}'
