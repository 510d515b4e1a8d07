"""Opening the archive that the command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudqa.cli.console import Console
from cloudqa.cli.progress import ProgressLines

if TYPE_CHECKING:
    import argparse

    from cloudqa.cli.ports import Archive
    from cloudqa.settings import Settings


def locate_settings(args: argparse.Namespace) -> Settings:
    """Where corpus, index and model are for this run."""
    from cloudqa.settings import Settings

    return Settings.locate(corpus=args.corpus, index=args.index, model=args.model)


def open_archive(args: argparse.Namespace, console: Console) -> Archive:
    """The archive of the command line; a missing or outdated index is built first, said on stderr.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.answering import Assistant

    archive: Archive = Assistant.open(locate_settings(args), progress=ProgressLines(console))
    return archive
