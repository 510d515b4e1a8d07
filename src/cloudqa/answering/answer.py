"""The answer as every front end, file and test sees it."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


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


class _Data(BaseModel):
    # Building validators is half the cost of a cold import; most answers use few of these models.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Citation(_Data):
    """A verbatim quote and its place.

    ``source_text[start:end] == quote`` holds for the report's canonical text.
    """

    report: str = Field(description="Id of the report: its file name without suffix.")
    issue: str = Field(default="", description="Title, number and date of the issue, for reading.")
    section: tuple[str, ...] = Field(default=(), description="Headings from the outermost down.")
    quote: str
    start: int = Field(description="First offset in the canonical text, in code points.")
    end: int = Field(description="Offset after the last character.")
    line: int = Field(description="1-based line of the first character.")
    page: int | None = Field(default=None, description="1-based page, where the format has pages.")
    table: int | None = Field(default=None, description="0-based table of the report, for a cell.")
    row: int | None = Field(default=None, description="0-based row in the table, header rows included.")
    column: int | None = Field(default=None, description="0-based column in the table.")


class Value(_Data):
    """One labelled figure of a series, ranking or list."""

    label: str
    value: Decimal | str
    unit: str = ""


class Operand(_Data):
    """A figure that a calculation used, and which citation (0-based) proves it; None for a figure of the question."""

    value: Decimal
    unit: str = ""
    citation: int | None = None


class Step(_Data):
    """One operation of the working."""

    op: str
    operands: tuple[Operand, ...]
    result: Decimal
    unit: str = ""


class Working(_Data):
    """How a figure came about: the formula for reading and its steps for recomputing."""

    formula: str
    steps: tuple[Step, ...] = ()


class Answer(_Data):
    """What is said to a question."""

    question: str
    answer: str
    kind: AnswerKind
    refused: bool = False
    missing: tuple[str, ...] = Field(default=(), description="What the archive does not contain, in the user's words.")
    value: Decimal | None = None
    unit: str | None = None
    values: tuple[Value, ...] = ()
    working: Working | None = None
    caveats: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = Field(default=(), description="What comes closest, or another reading.")
    context: tuple[str, ...] = Field(default=(), description="What was carried over from earlier questions.")
    citations: tuple[Citation, ...] = ()

    def to_json(self) -> str:
        """The answer as one line of JSON; every decimal with exactly the digits it has."""
        return exact_json(self.model_dump())


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
