"""``cloudqa chat``: a conversation, one question a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudqa.cli.console import Console, escaped_json, one_line
from cloudqa.cli.opening import open_conversation
from cloudqa.cli.reading import checked_question, stdin_bytes
from cloudqa.cli.rendering import render_answer
from cloudqa.cli.timing import Timings
from cloudqa.errors import CloudQAError, ExitCode, UsageError

if TYPE_CHECKING:
    from cloudqa.cli.ports import Talk

_PROMPT = "> "
_MARK = "\ufeff"
_HELP = """One question a line; a follow-up may leave out what was said (那2018Q1呢？ 环比呢？ 为什么？ 来源在哪？).
/clear  forget what was said before
/help   show this
/quit   leave; so does the end of the input (Ctrl-D)"""


def run_chat(args: argparse.Namespace, console: Console) -> ExitCode:
    """Answers the lines of standard input, each in the light of those before it.

    Returns:
        ANSWERED where every line was processed, refusals included; INPUT_UNREADABLE where a line could not be read or
        a question failed for a reason that is not its own fault.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    timings = Timings()
    with timings.step("open"):
        talk = open_conversation(args, console)
    code = ExitCode.ANSWERED
    for number, line in enumerate(_lines(console), start=1):
        if line is None:
            console.say(f"cloudqa: line {number}: not valid UTF-8. Convert the input, for example with iconv.")
            code = ExitCode.INPUT_UNREADABLE
        elif line.strip().startswith("/"):
            if not _obeyed(line.strip().lower(), talk, console):
                break
        elif line.strip().strip(_MARK):
            code = max(code, _answer(number, line, talk, args, console, timings))
    if args.timings:
        console.say(timings.summary())
    return code


def _obeyed(order: str, talk: Talk, console: Console) -> bool:
    """Carries out a line that begins with a slash; False if the conversation is to end."""
    if order in ("/quit", "/exit", "/q"):
        return False
    if order == "/clear":
        talk.clear()
        console.say("What was said before is forgotten.")
    elif order in ("/help", "/?"):
        console.explain(_HELP)
    else:
        console.say(f"cloudqa: there is no {order}; /help lists what there is.")
    return True


def _answer(
    number: int, line: str, talk: Talk, args: argparse.Namespace, console: Console, timings: Timings
) -> ExitCode:
    """Answers one question; one that cannot be used is named on stderr and, in JSON, has a line of its own."""
    as_json = args.format == "json"
    try:
        with timings.step("ask"):
            answer = talk.ask(checked_question(line.strip(_MARK)))
    except CloudQAError as error:
        reason = one_line(f"line {number}: {error}")
        if as_json:
            _write_error(number, reason, console)
        else:
            console.say(f"cloudqa: {reason}")
        return ExitCode.ANSWERED if isinstance(error, UsageError) else ExitCode.INPUT_UNREADABLE
    console.write(escaped_json(answer.to_json()) if as_json else render_answer(answer, console.style) + "\n")
    console.flush()
    return ExitCode.ANSWERED


def _write_error(number: int, reason: str, console: Console) -> None:
    from cloudqa.answering.answer import exact_json

    console.write(escaped_json(exact_json({"line": number, "error": reason})))
    console.flush()


def _lines(console: Console) -> Iterator[str | None]:
    """The lines of standard input, None for one that is not UTF-8; on a terminal after a prompt, with editing."""
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty():
        yield from _typed(console)
        return
    stream = stdin_bytes()
    if stream is None:
        raise UsageError("There is no standard input to read questions from.", "Pipe them in, one a line.")
    for raw in stream:
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError:
            yield None


def _typed(console: Console) -> Iterator[str]:
    """Lines typed at a prompt until the end of the input."""
    import readline  # noqa: F401  (editing and history in input())

    console.explain(_HELP)
    while True:
        try:
            yield input(_PROMPT)
        except EOFError:
            console.explain("")
            return
