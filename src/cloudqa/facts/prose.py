"""Facts of sentences in an archive in which many issues state the same things."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, Literal

from cloudqa.facts.model import Fact
from cloudqa.facts.rows import SELECT, FactReader
from cloudqa.facts.spelling import spelling

_NEWEST, _LEAST = 4, 2  # reports of which facts that restate each other are found; where very many do, the least
_FEW = 400  # so many facts are read as they are
_ORDER = " ORDER BY r.report, f.position, f.sequence, f.place_start"
_AT_ONCE = 500  # values in one statement
_MOST_KEPT = 10_000  # facts of the names asked for last, about 1 KB each

_Asked = tuple[str, tuple[str, ...], tuple[str, ...]]


class ProseFinder:
    """Finds the facts of sentences by entity or metric.

    Facts are outlined in an index of SQLite before they are read: of those that state the same for the same period
    only the newest are read.
    """

    def __init__(self, connection: sqlite3.Connection, reader: FactReader) -> None:
        self._connection = connection
        self._reader = reader
        self._kept: dict[_Asked, tuple[dict[str, int], list[Fact]]] = {}
        self._lock = Lock()

    def about(
        self,
        column: Literal["entity_id", "metric_id"],
        names: Sequence[str],
        reports: Sequence[str],
        ages: Mapping[str, int],
    ) -> list[Fact]:
        """The facts whose entity or metric has one of some names, by report and place.

        Args:
            column: Which of the two; a metric that a growth or share belongs to counts, too.
            names: The names, in any spelling.
            reports: Only facts of these reports; () for all.
            ages: How old each report is, higher is newer; one that is not in it counts as the oldest.
        """
        key = (column, tuple(names), tuple(reports))
        with self._lock:
            kept = self._kept.pop(key, None)
            if kept is None or kept[0] != ages:
                kept = dict(ages), self._found(column, names, reports, ages)
            self._kept[key] = kept  # last: the one used longest ago is the first to go
            while len(self._kept) > 1 and sum(len(facts) for _, facts in self._kept.values()) > _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
        return list(kept[1])

    def _found(
        self,
        column: Literal["entity_id", "metric_id"],
        names: Sequence[str],
        reports: Sequence[str],
        ages: Mapping[str, int],
    ) -> list[Fact]:
        outlines = self._outlines(column, self._name_ids(names))
        known = {
            number: str(report) for number, report in self._connection.execute("SELECT id, report FROM fact_reports")
        }
        if reports:
            wanted = set(reports)
            outlines = [outline for outline in outlines if known[outline[1]] in wanted]
        if len(outlines) > _FEW:
            outlines = _restated_left_out(outlines, known, ages)
        return self._read([outline[0] for outline in outlines])

    def _name_ids(self, names: Sequence[str]) -> list[int]:
        spelled = sorted({spelling(name) for name in names})
        statement = "SELECT id FROM fact_names WHERE text IN"
        return [number for (number,) in _in_parts(self._connection, statement, spelled)]

    def _outlines(self, column: str, names: Sequence[int]) -> list[tuple[Any, ...]]:
        """Id, report and what is stated for when, of every fact."""
        found: dict[int, tuple[Any, ...]] = {}
        for own in (column, "of_id") if column == "metric_id" else (column,):
            statement = (
                "SELECT id, report_id, entity_id, metric_id, of_id, measure, comparison, period_start, period_end"
                f" FROM facts WHERE table_id IS NULL AND absence IS NULL AND {own} IN"
            )
            found.update((row[0], row) for row in _in_parts(self._connection, statement, names))
        return list(found.values())

    def _read(self, ids: Sequence[int]) -> list[Fact]:
        rows = list(_in_parts(self._connection, f"{SELECT} WHERE f.id IN", ids, _ORDER))
        facts = [self._reader.fact(row) for row in rows]
        if len(ids) > _AT_ONCE:
            facts.sort(key=lambda fact: (fact.report, fact.place, fact.id))
        return facts


def newest_first(reports: Iterable[str], ages: Mapping[str, int]) -> list[str]:
    """Reports, the newest first; of those of one age the last by id first."""
    return sorted(reports, key=lambda report: (ages.get(report, -1), report), reverse=True)


def newest(reports: Iterable[str], ages: Mapping[str, int]) -> list[str]:
    """Of reports that state the same those whose facts an answer may need, the newest first."""
    ranked = newest_first(reports, ages)
    return ranked[: _NEWEST if len(ranked) <= 2 * _NEWEST else _LEAST]


def _restated_left_out(
    outlines: Iterable[tuple[Any, ...]], known: Mapping[int, str], ages: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    """The outlines that stand in the newest reports of those that state the same."""
    groups: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for outline in outlines:
        groups.setdefault(outline[2:], []).append(outline)
    kept: list[tuple[Any, ...]] = []
    for group in groups.values():
        wanted = set(newest({known[outline[1]] for outline in group}, ages))
        kept.extend(outline for outline in group if known[outline[1]] in wanted)
    return kept


def _in_parts(
    connection: sqlite3.Connection, statement: str, values: Sequence[object], order: str = ""
) -> Iterable[tuple[Any, ...]]:
    """The rows of a statement that ends in ``IN``, for any number of values."""
    for at in range(0, len(values), _AT_ONCE):
        some = values[at : at + _AT_ONCE]
        yield from connection.execute(f"{statement} ({', '.join('?' * len(some))}){order}", tuple(some))
