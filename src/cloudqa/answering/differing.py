"""What a rebuild changed in an archive: issues, passages, tables, facts, and figures that new issues restate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.answering.issues import IssueSummary, list_issues
from cloudqa.answering.scoping import Scoping
from cloudqa.answering.sources import ArchiveSources
from cloudqa.errors import IndexUnusableError
from cloudqa.facts import FactQuery, FactStore
from cloudqa.index import Generation
from cloudqa.questions.corrections import corrections, without
from cloudqa.questions.pool import Pool
from cloudqa.questions.restating import restate

if TYPE_CHECKING:
    from cloudqa.facts import Fact

_MOST_COMPARED = 20  # new issues beyond which restated figures are not counted
_SMALL = 6_000


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
        if not new or len(scoping.issues) < 2:
            return 0
        store = FactStore(generation.connection)
        sources = ArchiveSources(generation.reports(), generation.report)
        view = scoping.view(scoping.read("—"), sources)
        pool = Pool(tuple(_compared(store, new)), {}, frozenset())
        corrected, said_only = corrections(pool, view)
        _, restated = restate(without(pool, said_only), view, corrected)
    found = {
        r.now.id for r in restated.by_id.values() if r.now.report in new and any(b.report not in new for b in r.before)
    }
    return len(found)


def _compared(store: FactStore, reports: set[str]) -> list[Fact]:
    """The facts of some reports, and of the others those of the same things and metrics."""
    if store.count() <= _SMALL:
        return store.everything()
    found = {f.id: f for f in store.find(FactQuery(reports=tuple(sorted(reports)), nothing=True))}
    for entity, metric in sorted({(f.entity, f.metric) for f in found.values() if f.entity and f.metric}):
        found.update((f.id, f) for f in store.find(FactQuery(entities=(entity,), metrics=(metric,), nothing=True)))
    return list(found.values())
