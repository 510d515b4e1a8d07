"""Opening the archive that the command line names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloudqa.cli.console import Console
from cloudqa.cli.progress import progress_of

if TYPE_CHECKING:
    import argparse

    from cloudqa.answering.scoping import Limits, Scoping
    from cloudqa.answering.sources import ArchiveSources
    from cloudqa.cli.ports import Archive, Talk
    from cloudqa.facts import FactStore
    from cloudqa.settings import Settings


@dataclass(frozen=True, slots=True)
class FactArchive:
    """The facts of an archive, the reports that they stand in, and what limits them."""

    store: FactStore
    sources: ArchiveSources
    scoping: Scoping


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

    archive: Archive = Assistant.open(locate_settings(args), progress=progress_of(console))
    return archive


def open_conversation(args: argparse.Namespace, console: Console) -> Talk:
    """A conversation with the archive of the command line; opened as by :func:`open_archive`.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.answering import Assistant
    from cloudqa.answering.conversation import Conversation

    return Conversation(Assistant.open(locate_settings(args), progress=progress_of(console)))


def open_facts(args: argparse.Namespace, console: Console) -> FactArchive:
    """The facts of the archive of the command line; a missing or outdated index is built first, said on stderr.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.answering import Assistant
    from cloudqa.facts import FactStore

    assistant = Assistant.open(locate_settings(args), progress=progress_of(console))
    return FactArchive(FactStore(assistant.generation.connection), assistant.sources, assistant.scoping)


def limits_of(args: argparse.Namespace) -> Limits | None:
    """What the flags limit the archive to, None where they do not.

    Raises:
        UsageError: A limit is empty.
    """
    given = {name: getattr(args, name, None) for name in ("issue", "since", "until", "section")}
    if all(text is None for text in given.values()):
        return None
    from cloudqa.answering.scoping import Limits
    from cloudqa.errors import UsageError

    for name, text in given.items():
        if text is not None and not text.strip():
            raise UsageError(f"--{name} is empty.", "See 'cloudqa --help'.")
    return Limits(**{name: (text or "").strip() for name, text in given.items()})
