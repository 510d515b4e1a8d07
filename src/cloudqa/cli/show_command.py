"""``cloudqa show``: the source around a citation."""

from __future__ import annotations

import argparse
import re

from cloudqa.cli.console import Console
from cloudqa.cli.opening import open_archive
from cloudqa.cli.rendering import render_excerpt
from cloudqa.errors import ExitCode, UsageError

_PLACE = re.compile(r"(?P<report>.+):(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})", re.DOTALL)


def run_show(args: argparse.Namespace, console: Console) -> ExitCode:
    """Writes the lines around a place, with the quote marked.

    Raises:
        UsageError: The place is not one, or not inside a report of the archive.
        CloudQAError: Corpus or index cannot be used.
    """
    report, start, end = parse_place(args.place)
    source = open_archive(args, console).show(report, start, end)
    console.write(render_excerpt(source, start, end, args.lines, console.style))
    return ExitCode.ANSWERED


def parse_place(place: str) -> tuple[str, int, int]:
    """Report id, start and end (half-open, in code points) of a place as citations print it.

    Raises:
        UsageError: It is not of the form REPORT:START-END, or empty.
    """
    match = _PLACE.fullmatch(place.strip())
    if match is None:
        raise UsageError(f"{place!r} is not a place.", "Give REPORT:START-END as a citation prints it.")
    start, end = int(match["start"]), int(match["end"])
    if start >= end:
        raise UsageError(f"{place!r} is empty: it ends before it begins.", "Give REPORT:START-END with START < END.")
    return match["report"], start, end
