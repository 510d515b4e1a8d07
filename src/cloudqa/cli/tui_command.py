"""``cloudqa tui``, and ``cloudqa`` alone: open the terminal interface."""

from __future__ import annotations

import argparse
import sys

from cloudqa.cli.console import Console
from cloudqa.cli.opening import locate_settings
from cloudqa.errors import ExitCode, UsageError
from cloudqa.settings import Settings


def run_tui(args: argparse.Namespace, console: Console) -> ExitCode:
    """Opens the interface over the archive of the command line.

    Raises:
        UsageError: There is no terminal.
    """
    if not _on_terminal():
        raise UsageError("The interface needs a terminal.", "See 'cloudqa --help' for the commands that need none.")
    return _launch(locate_settings(args))


def run_bare(parser: argparse.ArgumentParser, console: Console) -> ExitCode:
    """``cloudqa`` without a command: the interface on a terminal, elsewhere the help as for wrong use."""
    if _on_terminal():
        return _launch(Settings.locate())
    console.explain(parser.format_help().rstrip())
    return ExitCode.USAGE


def _on_terminal() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)  # the interface is drawn on the last one
    return all(stream is not None and stream.isatty() for stream in streams)


def _launch(settings: Settings) -> ExitCode:
    from cloudqa.tui.launching import launch

    return ExitCode.ANSWERED if launch(settings) == 0 else ExitCode.UNUSABLE
