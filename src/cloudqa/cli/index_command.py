"""``cloudqa index``: bring the index up to date, or say how it stands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cloudqa.cli.changes import counts, rebuild_and_report
from cloudqa.cli.console import Console, visible
from cloudqa.cli.opening import locate_settings
from cloudqa.cli.progress import progress_of
from cloudqa.errors import CorpusError, ExitCode, IndexMissingError, IndexStaleError

if TYPE_CHECKING:
    from cloudqa.index import Generation
    from cloudqa.rebuild import Summary
    from cloudqa.settings import Settings


def run_index(args: argparse.Namespace, console: Console) -> ExitCode:
    """Rebuilds what changed (all of it with ``--full``), again and again with ``--watch``; or only says how it stands.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    settings = locate_settings(args)
    if args.status:
        return _status(settings, console)
    if args.dry_run:
        return _dry_run(settings, args, console)
    if args.watch:
        return _watch(settings, args, console)
    return _rebuild(settings, args, console)


def _rebuild(settings: Settings, args: argparse.Namespace, console: Console) -> ExitCode:
    from cloudqa.rebuild import rebuild

    def run() -> Summary:
        return rebuild(settings, full=args.full, jobs=args.jobs, progress=progress_of(console))

    return rebuild_and_report(settings, console, run)


def _watch(settings: Settings, args: argparse.Namespace, console: Console) -> ExitCode:
    """Follows the corpus until it is interrupted, which is its ordinary end."""
    from cloudqa.cli.watching import watch

    def changed() -> None:
        try:
            _rebuild(settings, args, console)
            console.flush()
        except CorpusError as error:  # nothing to read now may be followed by something to read
            console.say(f"cloudqa: {error}")

    console.say(f"Watching {settings.corpus}; Ctrl-C ends it.")
    try:
        watch(settings.corpus, changed)
    except KeyboardInterrupt:
        console.say("No longer watching.")
    return ExitCode.ANSWERED


def _dry_run(settings: Settings, args: argparse.Namespace, console: Console) -> ExitCode:
    """Says what a rebuild would read and remove; nothing is written."""
    from cloudqa.index.freshness import compare_corpus, find_reports
    from cloudqa.rebuild import read_anew

    if not settings.corpus.is_dir():
        raise CorpusError(f"There is no corpus folder {settings.corpus}.", "Name one with --corpus FOLDER.")
    sources, everything = read_anew(settings)
    changes = compare_corpus(settings.corpus, find_reports(settings.corpus), sources)
    parts = (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed))
    for what, paths in parts:
        for path in paths:
            console.write(visible(f"{what:<8} {path}"))
    again = " All reports would be read again." if args.full or everything else ""
    console.write(f"Would be rebuilt: {counts(changes)}.{again}" if changes or again else "Up to date.")
    return ExitCode.ANSWERED


def _status(settings: Settings, console: Console) -> ExitCode:
    """Says where corpus and index are and whether the one was built from the other; a damaged index raises."""
    from cloudqa.index import Generation

    console.write(visible(f"corpus      {settings.corpus}\nindex       {settings.index}"))
    try:
        generation = Generation.open(settings.index)
    except (IndexMissingError, IndexStaleError) as error:
        console.write(visible(f"state       to be built: {error.message}"))
        return ExitCode.ANSWERED
    with generation:
        console.write(visible(_describe(generation, settings)))
    return ExitCode.ANSWERED


def _describe(generation: Generation, settings: Settings) -> str:
    manifest = generation.manifest
    failed = [f"unreadable  {source.path}: {source.failure}" for source in manifest.sources if source.failure]
    lines = [
        f"state       {_state(generation, settings)}",
        f"generation  {generation.id}, by cloudqa {manifest.version}",
        f"encoder     {manifest.encoder}, {manifest.dimension} dimensions",
        f"reports     {sum(1 for source in manifest.sources if source.report)}",
        f"passages    {manifest.passages}",
    ]
    return "\n".join([*lines, *failed])


def _state(generation: Generation, settings: Settings) -> str:
    from cloudqa.index.freshness import compare_corpus, find_reports
    from cloudqa.rebuild import is_of_this_program

    manifest = generation.manifest
    if not settings.corpus.is_dir():
        raise CorpusError(f"There is no corpus folder {settings.corpus}.", "Name one with --corpus FOLDER.")
    changes = compare_corpus(settings.corpus, find_reports(settings.corpus), manifest.sources)
    if changes:
        return f"outdated: {counts(changes)}"
    if not is_of_this_program(generation, settings):
        return "outdated: built by another version or with another model"
    return "up to date"
