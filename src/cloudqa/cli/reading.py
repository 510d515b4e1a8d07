"""What comes in: one question, or a batch of them as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

from cloudqa.cli.console import visible
from cloudqa.errors import UsageError

MAX_QUESTION_CHARS = 2000
"""The longest question that is taken, in code points."""

_MAX_QUESTION_BYTES = 4 * MAX_QUESTION_CHARS + 1024
_UTF8_MARK = b"\xef\xbb\xbf"
_SHORTEN = f"Ask in at most {MAX_QUESTION_CHARS} characters."


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One line of a batch: a question, or what is wrong with the line.

    Attributes:
        number: 1-based number of the line in the file.
        id: The caller's id as it came, None where the line gives none.
        question: The question, "" where the line cannot be used.
        error: What is wrong with the line, "" if nothing.
    """

    number: int
    id: Any
    question: str
    error: str = ""


def read_question(words: Sequence[str], stdin: BinaryIO | None) -> str:
    """The question from the words of the command line, or from stdin where the only word is ``-``.

    Raises:
        UsageError: No question, an empty or too long one, or one that is not UTF-8.
    """
    if list(words) == ["-"]:
        return checked_question(_read_stdin(stdin))
    return checked_question(" ".join(words))


def stdin_bytes() -> BinaryIO | None:
    """Standard input as bytes, None where the caller closed it."""
    return sys.stdin.buffer if sys.stdin is not None else None


def checked_question(question: str) -> str:
    """The question without blanks at its ends.

    Raises:
        UsageError: It is empty, too long or not text that UTF-8 can write.
    """
    if len(question) > MAX_QUESTION_CHARS:
        raise UsageError(f"The question is too long: more than {MAX_QUESTION_CHARS} characters.", _SHORTEN)
    try:
        question.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError("The question is not valid UTF-8.", "Check the encoding of the terminal or file.") from error
    if not visible(question).strip("\ufeff\u200b\u200c\u200d\u2060 \t\n\u3000\xa0"):
        raise UsageError("The question is empty.", 'Ask for example: cloudqa ask "本期的主编是谁？"')
    return question.strip("\ufeff").strip()


def _read_stdin(stdin: BinaryIO | None) -> str:
    if stdin is None:
        raise UsageError("There is no standard input to read the question from.", "Give the question as an argument.")
    raw = stdin.read(_MAX_QUESTION_BYTES + 1)
    if len(raw) > _MAX_QUESTION_BYTES:
        raise UsageError(f"The question is too long: more than {MAX_QUESTION_CHARS} characters.", _SHORTEN)
    try:
        return raw.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"Standard input is not valid UTF-8 (byte {error.start + 1}).", "Convert it, for example with iconv."
        ) from error


def batch_lines(lines: Iterable[bytes]) -> Iterator[BatchLine]:
    """Every line that is not blank, in order; a line that cannot be used carries its error."""
    for number, raw in enumerate(lines, start=1):
        content = raw.removeprefix(_UTF8_MARK) if number == 1 else raw
        if content.strip():
            yield _batch_line(number, content)


def _batch_line(number: int, raw: bytes) -> BatchLine:
    try:
        record = json.loads(raw.decode("utf-8"), parse_float=Decimal, parse_constant=_reject_constant)
    except UnicodeDecodeError as error:
        return BatchLine(number, None, "", f"not valid UTF-8 (byte {error.start + 1})")
    except (ValueError, RecursionError) as error:
        return BatchLine(number, None, "", f"not JSON: {error}")
    if not isinstance(record, dict):
        return BatchLine(number, None, "", 'not an object such as {"id": 1, "question": "…"}')
    line_id, question = record.get("id"), record.get("question")
    if not isinstance(question, str):
        return BatchLine(number, line_id, "", 'no "question" that is a string')
    try:
        return BatchLine(number, line_id, checked_question(question))
    except UsageError as error:
        return BatchLine(number, line_id, "", error.message)


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")
