"""What a rebuild changed in an archive: issues, passages, tables, facts, and figures that new issues restate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cloudqa.answering.issues import IssueSummary, list_issues
from cloudqa.answering.restated import restated_by
from cloudqa.answering.scoping import Scoping
from cloudqa.answering.sources import ArchiveSources
from cloudqa.errors import IndexUnusableError
from cloudqa.facts import FactStore
from cloudqa.facts.tallies import count_by_report
from cloudqa.index import Generation

_MOST_COMPARED = 20  # new issues beyond which restated figures are not counted
_MOST_FACTS = 5_000  # of new issues, likewise
_MOST_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Inventory:
    """What an archive holds.

    Attributes:
        issues: Its issues by path.
    """

    issues: dict[str, IssueSummary]

    def total(self, what: str) -> int:
        """The sum over all issues of ``passages``, ``tables`` or ``facts``."""
        return sum(getattr(issue, what) for issue in self.issues.values())


def take_inventory(index: Path) -> Inventory:
    """What the index in a folder holds; nothing where there is none that can be read."""
    try:
        with Generation.open(index) as generation:
            return Inventory({issue.path: issue for issue in list_issues(generation)})
    except IndexUnusableError:
        return Inventory({})


def count_restated(index: Path, paths: Iterable[str]) -> int | None:
    """How many figures of earlier issues some issues restate; None where there are too many issues to compare.

    In a large archive they are compared with the four issues before the newest of them only.

    Args:
        index: The index folder.
        paths: Files of the issues.
    """
    wanted = set(paths)
    if len(wanted) > _MOST_COMPARED:
        return None
    with Generation.open(index) as generation:
        scoping = Scoping(generation.connection)
        new = {issue.report for issue in list_issues(generation) if issue.path in wanted}
        if not new or all(issue.report in new for issue in scoping.issues):
            return 0
        tallies = count_by_report(generation.connection)
        if sum(tallies[report].facts for report in new if report in tallies) > _MOST_FACTS:
            return None
        sources = ArchiveSources(generation.reports(), generation.report)
        view = scoping.view(scoping.whole, sources)
        return len(restated_by(new, FactStore(generation.connection), view, _MOST_BEFORE))
