"""The answer as every front end, file and test sees it.

Plain data classes: a cold question must not wait for a validation library. What comes back in from a file is validated
by :mod:`cloudqa.answering.schema`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar


class AnswerKind(StrEnum):
    """What sort of answer it is."""

    NUMBER = "number"
    SERIES = "series"
    RANKING = "ranking"
    LIST = "list"
    TEXT = "text"
    YES_NO = "yes_no"
    META = "meta"
    CORRECTION = "correction"  # a false presupposition put right; not a refusal
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quote and its place: ``source_text[start:end] == quote`` in the report's canonical text.

    Attributes:
        report: Id of the report: its file name without suffix.
        issue: Title, number and date of the issue, for reading.
        section: Headings from the outermost down.
        quote: The text of the place.
        start: First offset in the canonical text, in code points.
        end: Offset after the last character.
        line: 1-based line of the first character.
        page: 1-based page, where the format has pages.
        table: 0-based table of the report, for a cell.
        row: 0-based row in the table, header rows included.
        column: 0-based column in the table.
    """

    report: str
    issue: str = ""
    section: tuple[str, ...] = ()
    quote: str
    start: int
    end: int
    line: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One labelled figure of a series, ranking or list."""

    label: str
    value: Decimal | str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A figure that a calculation used, and which citation (0-based) proves it; None for a figure of the question."""

    value: Decimal
    unit: str = ""
    citation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One operation of the working."""

    op: str
    operands: tuple[Operand, ...]
    result: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How a figure came about: the formula for reading and its steps for recomputing."""

    formula: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said to a question.

    Attributes:
        question: As the user wrote it, without control characters.
        answer: What is said.
        kind: What sort of answer it is.
        refused: The archive does not contain what was asked.
        missing: What it does not contain, in the user's words.
        value: The figure, exactly, for a question for one.
        unit: Its unit as printed, None without a value.
        values: The figures of a series, ranking or list.
        working: How the figure was calculated, None where it stands in a report as it is.
        caveats: What limits the answer.
        alternatives: What comes closest, or another reading.
        context: What was carried over from earlier questions.
        citations: One to five places that prove it, the most telling first.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}  # read where answers are validated

    question: str
    answer: str
    kind: AnswerKind
    refused: bool = False
    missing: tuple[str, ...] = ()
    value: Decimal | None = None
    unit: str | None = None
    values: tuple[Value, ...] = ()
    working: Working | None = None
    caveats: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain data: dictionaries, tuples, strings, numbers."""
        plain: dict[str, Any] = _plain(self)
        return plain

    def to_json(self) -> str:
        """The answer as one line of JSON; every decimal with exactly the digits it has."""
        return exact_json(self.as_dict())


def _plain(data: Any) -> Any:
    if is_dataclass(data):
        return {f.name: _plain(getattr(data, f.name)) for f in fields(data)}
    return tuple(map(_plain, data)) if isinstance(data, tuple) else data


def exact_json(data: Any) -> str:
    """JSON text of plain data in which a ``Decimal`` is a number with all its digits (41.00 stays 41.00).

    The standard encoder would print the nearest float.
    """
    if isinstance(data, Decimal):
        return format(data, "f")
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))}: {exact_json(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list | tuple):
        return "[" + ", ".join(map(exact_json, data)) + "]"
    return json.dumps(data, ensure_ascii=False)
