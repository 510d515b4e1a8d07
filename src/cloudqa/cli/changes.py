"""What the commands that rebuild say of it: one line for the index, one for each issue, and what that adds up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cloudqa.cli.console import Console, visible
from cloudqa.errors import ExitCode

if TYPE_CHECKING:
    from cloudqa.answering.differing import Inventory
    from cloudqa.answering.issues import IssueSummary
    from cloudqa.index.freshness import Changes
    from cloudqa.rebuild import Summary
    from cloudqa.settings import Settings

_MOST_LISTED = 20
_COUNTED = ("passages", "tables", "facts")


def rebuild_and_report(settings: Settings, console: Console, run: Callable[[], Summary]) -> ExitCode:
    """Runs a rebuild and says what it changed.

    Returns:
        INPUT_UNREADABLE where a file could not be read, else ANSWERED.

    Raises:
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.answering.differing import count_restated, take_inventory

    before = take_inventory(settings.index)
    summary = run()
    say_problems(summary, console)
    outcome = f"built ({counts(summary.changes)})" if summary.built else "up to date"
    reports = f"{summary.reports} report{'' if summary.reports == 1 else 's'}"
    console.write(f"Index {summary.generation} {outcome}: {reports}, {summary.passages} passages.")
    if summary.built and summary.changes:
        after = take_inventory(settings.index)
        for line in changed_issues(before, after, summary.changes):
            console.write(line)
        restated = count_restated(settings.index, (*summary.changes.added, *summary.changes.changed))
        console.write(_totals(before, after, restated))
    return ExitCode.INPUT_UNREADABLE if summary.failed else ExitCode.ANSWERED


def say_problems(summary: Summary, console: Console) -> None:
    """Names on stderr the files that cannot be read, and of the others the parts."""
    for failure in summary.failed:
        console.say(f"cloudqa: {failure.path} cannot be read: {failure.reason}")
    for path, sentences in summary.not_understood:
        for sentence in sentences:
            console.say(f"{path}: {sentence}")


def counts(changes: Changes) -> str:
    """For example "1 added, 2 changed"."""
    parts = [("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)]
    return ", ".join(f"{len(paths)} {what}" for what, paths in parts if paths) or "nothing changed"


def changed_issues(before: Inventory, after: Inventory, changes: Changes) -> Iterator[str]:
    """One line for each issue that came, changed or went; of many only the first."""
    lines = [
        *(f"added    {_issue(path, after)}" for path in changes.added),
        *(f"changed  {_issue(path, after)}" for path in changes.changed),
        *(f"removed  {_issue(path, before)}" for path in changes.removed),
    ]
    yield from map(visible, lines[:_MOST_LISTED])
    if len(lines) > _MOST_LISTED:
        yield f"… and {len(lines) - _MOST_LISTED} more"


def _issue(path: str, inventory: Inventory) -> str:
    issue = inventory.issues.get(path)
    return f"{path}: {_described(issue)}" if issue is not None else path


def _described(issue: IssueSummary) -> str:
    named = f"第{issue.number}期 " if issue.number else ""
    sizes = ", ".join(_sized(getattr(issue, what), what) for what in _COUNTED)
    return f"{named}{issue.date} {sizes}".strip()


def _sized(number: int, what: str) -> str:
    return f"{number} {what.removesuffix('s') if number == 1 else what}"


def _totals(before: Inventory, after: Inventory, restated: int | None) -> str:
    """For example "Passages 134 → 175, tables 3 → 6, facts 192 → 333; 2 figures of earlier issues restated."."""
    sizes = ", ".join(f"{what} {before.total(what)} → {after.total(what)}" for what in _COUNTED)
    told = "" if restated is None else f"; {restated} figure{'' if restated == 1 else 's'} of earlier issues restated"
    return f"{sizes[:1].upper()}{sizes[1:]}{told}."
