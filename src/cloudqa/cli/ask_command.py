"""``cloudqa ask``: an answer with citations."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cloudqa.cli.batch import run_batch
from cloudqa.cli.console import Console, Style, escaped_json
from cloudqa.cli.opening import limits_of, open_archive
from cloudqa.cli.reading import read_question, stdin_bytes
from cloudqa.cli.rendering import render_answer, render_hits
from cloudqa.cli.timing import Timings
from cloudqa.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from cloudqa.cli.ports import Archive


def run_ask(args: argparse.Namespace, console: Console) -> ExitCode:
    """Answers the question or the batch of the command line.

    Raises:
        CloudQAError: The question, corpus or index cannot be used.
    """
    check_sources(args)
    timings = Timings()
    question = "" if args.batch else read_question(args.question, stdin_bytes())
    with timings.step("open"):
        archive = open_archive(args, console)
    if args.batch:
        code = _ask_batch(archive, args, console, timings)
    else:
        code = _ask_one(archive, question, args, console, timings)
    if args.timings:
        console.say(timings.summary())
    return code


def check_sources(args: argparse.Namespace) -> None:
    """Sees that there is exactly one source of questions.

    Raises:
        UsageError: There is none, or both a question and a batch.
    """
    if args.batch is not None and args.question:
        raise UsageError("Both a question and --batch were given.", "Give one of them.")
    if args.batch is None and not args.question:
        raise UsageError("No question was given.", f"See 'cloudqa {args.command} --help'.")


def _ask_one(archive: Archive, question: str, args: argparse.Namespace, console: Console, timings: Timings) -> ExitCode:
    limits = limits_of(args)
    with timings.step("ask"):
        answer = archive.ask(question) if limits is None else archive.ask(question, limits)
    text = escaped_json(answer.to_json()) if args.format == "json" else render_answer(answer, console.style)
    console.write(text)
    console.flush()
    if args.explain:
        hits = archive.search(question, args.top_k, *(() if limits is None else (limits,)))
        console.explain(render_hits(hits, Style(), explain=True))
    return ExitCode.REFUSED if answer.refused else ExitCode.ANSWERED


def _ask_batch(archive: Archive, args: argparse.Namespace, console: Console, timings: Timings) -> ExitCode:
    limits = limits_of(args)

    def answer_fields(question: str) -> Mapping[str, Any]:
        with timings.step("ask"):
            answer = archive.ask(question) if limits is None else archive.ask(question, limits)
        return answer.as_dict()

    return run_batch(args.batch, answer_fields, console)
