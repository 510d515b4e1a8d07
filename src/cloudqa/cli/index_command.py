"""``cloudqa index``: bring the index up to date, or say how it stands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cloudqa.cli.console import Console, visible
from cloudqa.cli.opening import locate_settings
from cloudqa.cli.progress import ProgressLines
from cloudqa.errors import CorpusError, ExitCode, IndexMissingError, IndexStaleError

if TYPE_CHECKING:
    from cloudqa.index import Generation
    from cloudqa.index.freshness import Changes
    from cloudqa.rebuild import Summary
    from cloudqa.settings import Settings


def run_index(args: argparse.Namespace, console: Console) -> ExitCode:
    """Rebuilds what changed (all of it with ``--full``), or with ``--status`` only reports.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    settings = locate_settings(args)
    if args.status:
        return _status(settings, console)
    from cloudqa.rebuild import rebuild

    summary = rebuild(settings, full=args.full, jobs=args.jobs, progress=ProgressLines(console))
    return _report(summary, console)


def _report(summary: Summary, console: Console) -> ExitCode:
    """Says what was done; a file that could not be read is named, with exit code 4."""
    for failure in summary.failed:
        console.say(f"cloudqa: {failure.path} cannot be read: {failure.reason}")
    for path, sentences in summary.not_understood:
        for sentence in sentences:
            console.say(f"{path}: {sentence}")
    outcome = f"built ({_counts(summary.changes)})" if summary.built else "up to date"
    reports = f"{summary.reports} report{'' if summary.reports == 1 else 's'}"
    console.write(f"Index {summary.generation} {outcome}: {reports}, {summary.passages} passages.")
    return ExitCode.INPUT_UNREADABLE if summary.failed else ExitCode.ANSWERED


def _counts(changes: Changes) -> str:
    parts = [("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)]
    return ", ".join(f"{len(paths)} {what}" for what, paths in parts if paths) or "nothing changed"


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
        return f"outdated: {_counts(changes)}"
    if not is_of_this_program(generation, settings):
        return "outdated: built by another version or with another model"
    return "up to date"
