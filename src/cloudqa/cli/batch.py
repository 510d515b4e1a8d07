"""A batch: JSON lines in, one JSON line out for each, in order, by one warm process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cloudqa.cli.console import Console, escaped_json, one_line
from cloudqa.cli.reading import BatchLine, batch_lines, stdin_bytes
from cloudqa.errors import CloudQAError, ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def run_batch(source: str, answer_fields: Callable[[str], Mapping[str, Any]], console: Console) -> ExitCode:
    """Answers every line of a batch.

    Args:
        source: A file, or ``-`` for stdin.
        answer_fields: The fields of the output line for a question; the line's id is put before them.
        console: Where the lines go; each is handed on at once, so that a caller can talk to the process.

    Returns:
        ANSWERED where every line was processed, bad lines included; INPUT_UNREADABLE where a question failed for a
        reason that is not the line's own fault.

    Raises:
        UsageError: The file cannot be read.
    """
    from cloudqa.answering.answer import exact_json

    code = ExitCode.ANSWERED
    with _opened(source) as stream:
        for line in batch_lines(stream):
            fields, failed = _line_fields(line, answer_fields)
            if failed:
                code = ExitCode.INPUT_UNREADABLE
            console.write(escaped_json(exact_json({"id": line.id, **fields})))
            console.flush()
    return code


def _line_fields(line: BatchLine, answer_fields: Callable[[str], Mapping[str, Any]]) -> tuple[Mapping[str, Any], bool]:
    """The output fields of one line, and whether answering it failed.

    One question must not take the rest of the batch with it, so any failure becomes the line's own error.
    """
    if line.error:
        return {"line": line.number, "error": one_line(f"line {line.number}: {line.error}")}, False
    try:
        return answer_fields(line.question), False
    except CloudQAError as error:
        reason, failed = str(error), not isinstance(error, UsageError)
    except Exception as error:
        reason, failed = f"internal error: {type(error).__name__}: {error}", True
    return {"line": line.number, "error": one_line(f"line {line.number}: {reason}")}, failed


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    """The batch as bytes; stdin is not closed."""
    if source == "-":
        stdin = stdin_bytes()
        if stdin is None:
            raise UsageError("There is no standard input to read the batch from.", "Give a file: --batch FILE")
        yield stdin
        return
    try:
        stream = Path(source).open("rb")
    except OSError as error:
        raise UsageError(
            f"The batch {source} cannot be read: {error.strerror}.", "Give a file of JSON lines."
        ) from error
    with stream:
        yield stream
