"""``cloudqa issues``: the issues of the archive and what was read out of each."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cloudqa.cli.console import Console, escaped_json, one_line
from cloudqa.cli.opening import locate_settings
from cloudqa.cli.progress import progress_of
from cloudqa.errors import ExitCode
from cloudqa.terminal_text import aligned_lines, cut_to_width

if TYPE_CHECKING:
    from cloudqa.answering.issues import IssueSummary

_HEADINGS = ("report", "no.", "date", "title", "format", "sections", "passages", "tables", "facts")
_COUNTS_AT = frozenset(range(5, len(_HEADINGS)))
_TITLE_CELLS = 32


def run_issues(args: argparse.Namespace, console: Console) -> ExitCode:
    """Lists the issues, the oldest first, and below them what was not understood and what cannot be read.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.answering import Assistant
    from cloudqa.answering.answer import exact_json

    assistant = Assistant.open(locate_settings(args), progress=progress_of(console))
    issues = assistant.issues()
    if args.format == "json":
        for issue in issues:
            console.write(escaped_json(exact_json(issue.as_dict())))
    else:
        for line in _lines(issues):
            console.write(line)
    for file in assistant.unreadable():
        console.say(f"cloudqa: {file.path} cannot be read: {file.reason}")
    return ExitCode.ANSWERED


def _lines(issues: Sequence[IssueSummary]) -> Iterator[str]:
    yield from aligned_lines([_HEADINGS, *map(_line, issues)], right=_COUNTS_AT)
    for issue in issues:
        for sentence in issue.not_understood:
            yield f"not understood: {one_line(issue.report)}: {one_line(sentence)}"


def _line(issue: IssueSummary) -> tuple[str, ...]:
    number = issue.number + (f" ({issue.total_number})" if issue.total_number else "")
    title = cut_to_width(one_line(issue.title), _TITLE_CELLS)
    counts = (issue.sections, issue.passages, issue.tables, issue.facts)
    return (one_line(issue.report), one_line(number), issue.date, title, issue.format, *map(str, counts))
