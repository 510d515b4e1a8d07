"""``cloudqa index``: bring the index up to date, or say how it stands."""

from __future__ import annotations

import argparse

from cloudqa.cli.console import Console
from cloudqa.cli.opening import locate_settings
from cloudqa.errors import ExitCode


def run_index(args: argparse.Namespace, console: Console) -> ExitCode:
    """Rebuilds what changed (all of it with ``--full``), or with ``--status`` only reports.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.rebuild import rebuild  # type: ignore[import-not-found, unused-ignore]

    settings = locate_settings(args)
    summary = rebuild(settings, full=args.full, progress=console.say)
    console.write(str(summary))
    return ExitCode.ANSWERED
