"""The entry point: parse, run one command, turn every failure into one line and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from cloudqa.cli.console import Console
from cloudqa.cli.parser import build_parser
from cloudqa.errors import CloudQAError, ExitCode

BROKEN_PIPE = 141
"""What a shell reports for a program whose reader went away (128 + SIGPIPE)."""


def run() -> None:
    """The console script: exits with the code of :func:`main`."""
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; nothing is raised.

    Args:
        argv: The words after ``cloudqa``; those of the process if None.
    """
    console = Console.standard()
    try:
        return _run(argv, console)
    except CloudQAError as error:
        console.say(f"cloudqa: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        console.say("cloudqa: interrupted")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        console.abandon()
        return BROKEN_PIPE
    except OSError as error:
        console.abandon()
        console.say(f"cloudqa: {_os_reason(error)}")
        return ExitCode.UNUSABLE
    except Exception as error:
        if os.environ.get("CLOUDQA_DEBUG"):
            raise
        console.say(f"cloudqa: internal error: {type(error).__name__}: {error} Set CLOUDQA_DEBUG=1 to see where.")
        return ExitCode.UNUSABLE


def _run(argv: Sequence[str] | None, console: Console) -> int:
    try:
        parser = build_parser()
        args = parser.parse_args(argv)
        code = _dispatch(args, console) if args.command else _without_command(parser, console)
    except SystemExit:  # --help and --version leave this way; wrong use raises UsageError instead
        code = ExitCode.ANSWERED
    console.flush()
    return code


def _dispatch(args: argparse.Namespace, console: Console) -> ExitCode:
    """Runs the command; its module is imported here, so that ``--help`` costs nothing."""
    match args.command:
        case "ask":
            from cloudqa.cli.ask_command import run_ask as run_command
        case "chat":
            from cloudqa.cli.chat_command import run_chat as run_command
        case "search":
            from cloudqa.cli.search_command import run_search as run_command
        case "show":
            from cloudqa.cli.show_command import run_show as run_command
        case "facts":
            from cloudqa.cli.facts_command import run_facts as run_command
        case "tables":
            from cloudqa.cli.tables_command import run_tables as run_command
        case "issues":
            from cloudqa.cli.issues_command import run_issues as run_command
        case "add":
            from cloudqa.cli.add_command import run_add as run_command
        case "tui":
            from cloudqa.cli.tui_command import run_tui as run_command
        case _:
            from cloudqa.cli.index_command import run_index as run_command
    return run_command(args, console)


def _without_command(parser: argparse.ArgumentParser, console: Console) -> ExitCode:
    from cloudqa.cli.tui_command import run_bare

    return run_bare(parser, console)


def _os_reason(error: OSError) -> str:
    """One sentence: which file, and what the system says of it."""
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{error.strerror or type(error).__name__}."


if __name__ == "__main__":
    run()
