"""``cloudqa search``: ranked passages."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from cloudqa.cli.ask_command import check_sources
from cloudqa.cli.batch import run_batch
from cloudqa.cli.console import Console, escaped_json
from cloudqa.cli.opening import limits_of, open_archive
from cloudqa.cli.reading import read_question, stdin_bytes
from cloudqa.cli.rendering import hit_fields, render_hits
from cloudqa.cli.timing import Timings
from cloudqa.errors import ExitCode


def run_search(args: argparse.Namespace, console: Console) -> ExitCode:
    """Lists the passages for the question or the batch of the command line.

    Raises:
        CloudQAError: The question, corpus or index cannot be used.
    """
    from cloudqa.answering.answer import exact_json

    check_sources(args)
    timings = Timings()
    question = "" if args.batch else read_question(args.question, stdin_bytes())
    with timings.step("open"):
        archive = open_archive(args, console)

    chosen = limits_of(args)
    limits = () if chosen is None else (chosen,)

    def fields(asked: str) -> Mapping[str, Any]:
        with timings.step("search"):
            hits = archive.search(asked, args.top_k, *limits)
        return {"question": asked, "hits": [hit_fields(rank, hit) for rank, hit in enumerate(hits, start=1)]}

    if args.batch:
        code = run_batch(args.batch, fields, console)
    elif args.format == "json":
        console.write(escaped_json(exact_json(fields(question))))
        code = ExitCode.ANSWERED
    else:
        with timings.step("search"):
            hits = archive.search(question, args.top_k, *limits)
        if hits:
            console.write(render_hits(hits, console.style, explain=args.explain))
        code = ExitCode.ANSWERED if hits else ExitCode.REFUSED
    if args.timings:
        console.say(timings.summary())
    return code
