"""``cloudqa add``: copy reports into the corpus and bring the index up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.cli.changes import rebuild_and_report
from cloudqa.cli.console import Console
from cloudqa.cli.opening import locate_settings
from cloudqa.cli.progress import progress_of
from cloudqa.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from cloudqa.answering.incoming import Incoming


def run_add(args: argparse.Namespace, console: Console) -> ExitCode:
    """Copies the files, asking before one takes the place of another, and says what changed.

    Every file is read before the first is copied; one that cannot be read is named and left out.

    Raises:
        UsageError: A file cannot be added, or would replace another one and nobody can be asked.
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.answering.incoming import Effect, look_at, take_in
    from cloudqa.rebuild import rebuild

    settings = locate_settings(args)
    looked_at = look_at([Path(name).expanduser() for name in args.files], settings.corpus)
    for incoming in looked_at:
        if incoming.effect is Effect.UNREADABLE:
            console.say(f"cloudqa: {incoming.file} cannot be read: {incoming.reason}")
        if incoming.effect is Effect.PRESENT:
            console.say(f"{incoming.file.name} is in the archive already.")
    unreadable = any(incoming.effect is Effect.UNREADABLE for incoming in looked_at)
    taken = _agreed([i for i in looked_at if i.effect in (Effect.NEW, Effect.REPLACES)], args, console)
    for incoming in taken:
        take_in(incoming)
    if not taken and unreadable:
        return ExitCode.INPUT_UNREADABLE
    code = rebuild_and_report(settings, console, lambda: rebuild(settings, progress=progress_of(console)))
    return ExitCode.INPUT_UNREADABLE if unreadable else code


def _agreed(wanted: Sequence[Incoming], args: argparse.Namespace, console: Console) -> list[Incoming]:
    """The files that may be copied: new ones, and those that may take the place of another.

    Raises:
        UsageError: One would replace another and nobody can be asked.
    """
    replacing = [incoming for incoming in wanted if incoming.replaced is not None]
    if replacing and not args.yes and not _can_ask():
        names = ", ".join(i.replaced.name for i in replacing if i.replaced is not None)
        raise UsageError(f"This would replace {names}.", "Give --yes to replace without being asked.")
    return [i for i in wanted if i.replaced is None or args.yes or _asked(i, console)]


def _can_ask() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def _asked(incoming: Incoming, console: Console) -> bool:
    """Whether the user lets a file take the place of another; anything but yes is no."""
    replaced = incoming.replaced.name if incoming.replaced is not None else ""
    console.say(f"Replace {replaced} with {incoming.file}? [y/N]")
    answer = sys.stdin.readline().strip().lower()
    return answer in ("y", "yes", "是", "好")
