"""Conversations on disk: one file each, a line a turn, added as the turns come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cloudqa.answering.answer import exact_json
from cloudqa.tui.ask.turn import Turn

_SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A stored conversation in the list of them.

    Attributes:
        path: Its file.
        title: Its first question.
        turns: How many questions it has.
        changed_at: When the last one was asked.
    """

    path: Path
    title: str
    turns: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A stored conversation.

    Attributes:
        turns: Its questions with their answers.
        context: What the conversation had established, as plain data; None where it was cleared.
    """

    turns: list[Turn]
    context: dict[str, Any] | None


def new_session_path(folder: Path, now: datetime) -> Path:
    """The file of a conversation that begins now, one that does not exist."""
    name = now.strftime("%Y-%m-%d-%H%M%S")
    path, number = folder / f"{name}{_SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{_SUFFIX}"
    return path


def append_turn(path: Path, turn: Turn, context: dict[str, Any] | None) -> None:
    """Adds a finished turn to the file of its conversation, which is made where it is missing.

    Raises:
        OSError: The file cannot be written.
    """
    stored = {
        "question": turn.question,
        "asked_at": turn.asked_at.isoformat(),
        "answer": turn.answer.as_dict() if turn.answer else None,
        "problem": turn.problem,
        "suggestions": turn.suggestions,
        "context": context,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(exact_json(stored) + "\n")


def list_sessions(folder: Path) -> list[SessionSummary]:
    """The stored conversations, the latest first; files that cannot be read are left out."""
    found = [_summary(path) for path in folder.glob(f"*{_SUFFIX}")] if folder.is_dir() else []
    return sorted(filter(None, found), key=lambda s: (s.changed_at, s.path.name), reverse=True)


def _summary(path: Path) -> SessionSummary | None:
    try:
        lines = _lines(path)
        return SessionSummary(path, str(lines[0]["question"]), len(lines), _time(lines[-1])) if lines else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lines(path: Path) -> list[dict[str, Any]]:
    """The stored turns; a last line that was not written whole is left out.

    Raises:
        OSError: The file cannot be read.
        ValueError: A line before the last one is not JSON.
    """
    found: list[dict[str, Any]] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        try:
            found.append(json.loads(line, parse_float=Decimal))
        except ValueError:
            if number < len(lines) - 1:
                raise
    return found


def _time(stored: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(stored["asked_at"])


def load_session(path: Path) -> StoredSession:
    """A stored conversation; imports what validates answers, so it is called in a thread.

    Raises:
        OSError: The file cannot be read.
        UsageError: An answer in it is none.
        ValueError: It is not the file of a conversation.
    """
    lines = _lines(path)
    try:
        turns = [_turn(stored) for stored in lines]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name} is not a conversation") from error
    return StoredSession(turns, lines[-1].get("context") if lines else None)


def _turn(stored: dict[str, Any]) -> Turn:
    from cloudqa.answering.schema import answer_of

    problem: Sequence[str] | None = stored.get("problem")
    return Turn(
        question=str(stored["question"]),
        asked_at=_time(stored),
        answer=answer_of(stored["answer"]) if stored["answer"] is not None else None,
        suggestions=tuple(map(str, stored.get("suggestions", ()))),
        problem=(str(problem[0]), str(problem[1])) if problem else None,
    )
