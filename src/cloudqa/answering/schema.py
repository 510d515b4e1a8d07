"""Answers that come in from a file: validated, and described as a JSON schema."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cloudqa.answering.answer import Answer
from cloudqa.errors import UsageError


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def parse_answer(line: str) -> Answer:
    """The answer in one line of JSON, its decimals exact; an ``id`` beside its fields is left out.

    Raises:
        UsageError: It is not JSON, or a field is missing, unknown or of another type; the first of them is named.
    """
    try:
        data = json.loads(line, parse_float=Decimal, parse_int=int)
    except ValueError as error:
        raise UsageError(f"This is not JSON: {error}.") from error
    if isinstance(data, dict):
        data.pop("id", None)
    return answer_of(data)


def answer_of(data: object) -> Answer:
    """The answer in data that :meth:`Answer.as_dict` wrote.

    Raises:
        UsageError: A field is missing, unknown or of another type; the first of them is named.
    """
    try:
        return _adapter().validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the answer"
        raise UsageError(f"{place}: {first['msg']}.") from error


def answer_schema() -> dict[str, Any]:
    """The JSON schema of an answer."""
    return _adapter().json_schema()
