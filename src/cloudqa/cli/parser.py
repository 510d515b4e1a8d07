"""The command line as argparse sees it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from cloudqa import __version__
from cloudqa.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_MOST_JOBS = 64
_EPILOG = """exit codes:
  0    answered (also where a false presupposition was put right)
  1    refused: the archive does not contain what was asked
  2    wrong use
  3    index or corpus unusable
  4    some input could not be read
  130  interrupted

Answers go to standard output, everything else to standard error. No network is ever used.
"""


class Parser(argparse.ArgumentParser):
    """An argument parser that reports wrong use as a :class:`UsageError` rather than a page of usage."""

    def error(self, message: str) -> NoReturn:
        """Raises the message with the command that explains the use.

        Raises:
            UsageError: Always.
        """
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"See '{self.prog} --help'.")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Writes help or version; argparse itself would hide that the reader has gone or the disk is full."""
        stream = file or sys.stderr
        if stream is not None:
            stream.write(message)


def build_parser() -> Parser:
    """The parser of ``cloudqa`` with all its commands."""
    parser = Parser(
        prog="cloudqa",
        description="Answer questions about an archive of Chinese periodical reports, with citations, offline.\n"
        "Without a command the terminal interface opens.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"cloudqa {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_ask(commands)
    _add_chat(commands)
    _add_search(commands)
    _add_show(commands)
    _add_facts(commands)
    _add_tables(commands)
    _add_issues(commands)
    _add_add(commands)
    _add_index(commands)
    _add_tui(commands)
    return parser


_Commands = argparse._SubParsersAction


def _add_command(commands: _Commands[Parser], name: str, usage: str, summary: str, description: str) -> Parser:
    parser: Parser = commands.add_parser(
        name,
        usage=f"cloudqa {name} {usage}",
        help=summary,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    places = parser.add_argument_group("where things are")
    places.add_argument("--corpus", metavar="FOLDER", help="folder with the reports (also CLOUDQA_CORPUS)")
    places.add_argument("--index", metavar="FOLDER", help="folder with the index (also CLOUDQA_INDEX)")
    places.add_argument(
        "--model",
        metavar="NAME_OR_FOLDER",
        help="a sentence-transformers model on disk (also CLOUDQA_MODEL); without it the built-in encoder",
    )
    return parser


def _add_question(parser: Parser, what: str) -> None:
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="the question; - reads it from stdin")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help=f'JSON lines {{"id", "question"}} in, {what} with the same id out, in order; - reads stdin',
    )
    parser.add_argument(
        "--format",
        choices=["text", "json"],
        default="text",
        help="how the output is written (default: text; --batch always writes JSON lines)",
    )
    parser.add_argument("--timings", action="store_true", help="say on stderr how long each step took")


def _add_ask(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "ask",
        "[options] QUESTION | --batch FILE",
        "answer a question, with citations",
        "Answer a question from the reports, with citations. A missing or outdated index is built first.",
    )
    _add_question(parser, "answers")
    parser.add_argument("--explain", action="store_true", help="list on stderr the passages found and why they rank")
    _add_top_k(parser, "how many passages --explain lists")
    _add_limits(parser, "answers from")


def _add_chat(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "chat",
        "[options] < QUESTIONS",
        "a conversation: one question a line from stdin",
        "Answer questions from standard input, one a line. A follow-up may leave out what was said before it\n"
        "(那2018Q1呢？ 环比呢？ 为什么？ 来源在哪？); the answer says what was carried over. /clear forgets what was\n"
        "said, /help lists the commands, /quit leaves. The exit code is 0 where every line was processed.",
    )
    parser.add_argument(
        "--format",
        choices=["text", "json"],
        default="text",
        help="how the answers are written: for reading, or one line of JSON for each question (default: text)",
    )
    parser.add_argument("--timings", action="store_true", help="say on stderr how long each step took")


def _add_search(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "search",
        "[options] QUESTION | --batch FILE",
        "list the passages that fit a question",
        "List the passages of the reports that fit a question, best first.",
    )
    _add_question(parser, "ranked passages")
    parser.add_argument("--explain", action="store_true", help="say why each passage ranks where it does")
    _add_top_k(parser, "how many passages are listed")
    _add_limits(parser, "passages of")


def _add_top_k(parser: Parser, what: str) -> None:
    parser.add_argument("--top-k", type=_top_k, default=5, metavar="N", help=f"{what}, 1 to 100 (default: 5)")


def _top_k(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 100")
    return int(text)


def _add_show(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "show",
        "[options] REPORT:START-END",
        "show the source around a citation",
        "Show the lines of a report around a citation, with line numbers and the quote marked.",
    )
    parser.add_argument("place", metavar="REPORT:START-END", help="a place as the citations print it")
    parser.add_argument(
        "--lines", type=_lines, default=2, metavar="N", help="lines before and after, 0 to 100 (default: 2)"
    )


def _lines(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 100")
    return int(text)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_JOBS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {_MOST_JOBS}")
    return int(text)


def _add_facts(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "facts",
        "[options]",
        "list or export the facts, with their sources",
        "List the figures, dates and texts that tables and sentences of the reports state, with their sources.",
    )
    parser.add_argument("--metric", metavar="NAME", help="only facts of this metric; else of those that contain NAME")
    parser.add_argument(
        "--entity", metavar="NAME", help="only facts about this company, product, place or table row, found likewise"
    )
    parser.add_argument("--period", metavar="PERIOD", help="only facts of this period and of those within it")
    _add_report(parser, "facts")
    _add_limits(parser, "facts of", issue=False)
    parser.add_argument(
        "--format", choices=["table", "csv", "json"], default="table", help="how they are written (default: table)"
    )


def _add_tables(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "tables",
        "[options]",
        "show what was understood of each table",
        "Show each table of the reports: its columns, what its cells are, and what was not understood.",
    )
    _add_report(parser, "tables")
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="how they are written (default: text)"
    )


def _add_report(parser: Parser, what: str) -> None:
    parser.add_argument(
        "--report",
        "--issue",
        metavar="REPORT",
        help=f"only {what} of this report: its id or a part of it, the number of the issue, its title or month",
    )


def _add_issues(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "issues",
        "[options]",
        "list the issues of the archive",
        "List the issues, the oldest first: number, date, what was read out of each, and what was not understood.",
    )
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="how they are written (default: text)"
    )


def _add_add(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "add",
        "[options] FILE…",
        "copy reports into the corpus and index them",
        "Copy reports, or the reports of a folder, into the corpus folder and bring the index up to date. Every file\n"
        "is read before the first is copied. Before a report of the same name is replaced you are asked.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a report, or a folder of reports")
    parser.add_argument("--yes", action="store_true", help="replace reports of the same name without asking")


def _add_limits(parser: Parser, what: str, *, issue: bool = True) -> None:
    limits = parser.add_argument_group("what of the archive")
    if issue:
        limits.add_argument(
            "--issue", metavar="ISSUE", help=f"only {what} this issue: its number, month, or a part of its report's id"
        )
    limits.add_argument("--since", metavar="DATE", help=f"only {what} issues of this year, month or day and later")
    limits.add_argument("--until", metavar="DATE", help=f"only {what} issues of this year, month or day and earlier")
    limits.add_argument("--section", metavar="TITLE", help=f"only {what} sections whose title contains TITLE")


def _add_index(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands,
        "index",
        "[options]",
        "bring the index up to date",
        "Bring the index up to date with the reports. What is in use stays so until the new index is complete.",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--full", action="store_true", help="read every report again")
    what.add_argument("--status", action="store_true", help="only say what is indexed and whether it is up to date")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="only say what would be read or removed; write nothing")
    how.add_argument("--watch", action="store_true", help="rebuild whenever a report changes, until Ctrl-C")
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=0,
        metavar="N",
        help="processes that read reports (default: one for each core where many are to be read, else 1)",
    )


def _add_tui(commands: _Commands[Parser]) -> None:
    _add_command(
        commands,
        "tui",
        "[options]",
        "open the terminal interface",
        "Ask, check sources, browse figures and look after the archive in the terminal.",
    )
