"""One question put to several issues, each for itself: the figures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer, AnswerKind, Value
from cloudqa.answering.citing import limited

if TYPE_CHECKING:
    from cloudqa.questions.issue_filter import Issue


def side_by_side(question: str, issues: Sequence[Issue], answers: Sequence[Answer | None]) -> Answer | None:
    """The figures of several issues as one answer; None where not every issue gives one figure or a refusal.

    Args:
        question: As the user wrote it.
        issues: The issues, the oldest first.
        answers: What each of them says.
    """
    told = [a for a in answers if a is not None and a.value is not None]
    if not told or any(a is None or (a.value is None and not a.refused) for a in answers):
        return None
    lines = [f"{i.label}：{a.answer}" for i, a in zip(issues, answers, strict=True) if a is not None]
    values = tuple(
        Value(label=i.label, value=a.value, unit=a.unit or "")
        for i, a in zip(issues, answers, strict=True)
        if a is not None and a.value is not None
    )
    return Answer(
        question=question,
        answer="\n".join(lines),
        kind=AnswerKind.SERIES,
        values=values,
        missing=tuple(m for a in answers if a is not None and a.refused for m in a.missing),
        caveats=tuple(dict.fromkeys(c for a in told for c in a.caveats)),
        citations=limited(c for a in told for c in a.citations[:2]),
    )
