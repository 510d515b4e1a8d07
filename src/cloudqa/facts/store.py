"""Reading stored facts: by entity, metric, period, key of a row, table and report."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from threading import Lock

from cloudqa.facts.codec import day_numbers, decode_period, decode_unit
from cloudqa.facts.model import ColumnSummary, Fact, TableSummary
from cloudqa.facts.prose import ProseFinder, newest
from cloudqa.facts.query import FactQuery
from cloudqa.facts.rows import SELECT, SELECT_OF_TABLE, FactReader
from cloudqa.facts.spelling import spelling
from cloudqa.facts.vocabulary import Vocabulary
from cloudqa.quantities import Period

_ORDER = " ORDER BY r.report, t.number IS NOT NULL, t.number, f.position, f.column_number, f.sequence, f.place_start"
_ORDER_IN_TABLE = " ORDER BY f.position, f.column_number, f.sequence, f.place_start"
_MOST_KEPT = 50_000
"""How many facts of tables read last are kept; about 1 KB each."""

_CELL_ID = re.compile(r"(?P<report>.+):t(?P<table>\d+):r(?P<row>\d+):c(?P<column>\d+):(?P<sequence>\d+)")
_MOST_SUMMARIES = 4096
_TABLE = (
    "SELECT r.report, t.number, t.section, t.caption, t.subject, t.period, t.fiscal, t.columns, t.roles, t.row_count,"
    " t.not_understood, t.notes FROM fact_tables t JOIN fact_reports r ON r.id = t.report_id"
)


class FactStore:
    """The facts of one generation, read from its archive file.

    Results are ordered by report, sentences before tables, then by table, row, column and place; the same archive
    gives the same order. A store may be used by one thread at a time.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reader = FactReader(connection)
        self._prose = ProseFinder(connection, self._reader)
        self._tables: dict[tuple[str, int], list[Fact]] = {}
        self._summaries: dict[int, TableSummary] = {}
        self._kept = 0
        self._lock = Lock()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Names of this archive's facts."""
        return Vocabulary(self._connection)

    def reports(self) -> list[str]:
        """Ids of all reports, in order."""
        return [str(r) for (r,) in self._connection.execute("SELECT report FROM fact_reports ORDER BY report")]

    def count(self) -> int:
        """How many facts there are."""
        return self._count

    @cached_property
    def _count(self) -> int:
        return int(self._connection.execute("SELECT COUNT(*) FROM facts").fetchone()[0])

    def periods(self) -> tuple[Period, ...]:
        """The periods that facts are of, those of most facts first, of equally many the latest."""
        return self._periods

    @cached_property
    def _periods(self) -> tuple[Period, ...]:
        rows = self._connection.execute("SELECT period, COUNT(*) FROM facts WHERE period != '' GROUP BY period")
        counted = [(p, int(count)) for text, count in rows if (p := decode_period(text)) is not None]
        latest = sorted(counted, key=lambda found: found[0], reverse=True)
        return tuple(period for period, _ in sorted(latest, key=lambda found: -found[1]))

    def find(self, query: FactQuery, limit: int | None = None) -> list[Fact]:
        """The facts that fulfil all conditions of a query.

        Args:
            query: The conditions; without any every fact is found.
            limit: The most facts to return, None for all.
        """
        conditions, values = _conditions(query)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._connection.execute(f"{SELECT}{where}{_ORDER}", values)
        found: list[Fact] = []
        for row in rows:
            fact = self._reader.fact(row)
            if _period_fits(fact, query):
                found.append(fact)
                if limit is not None and len(found) >= limit:
                    break
        return found

    def everything(self) -> list[Fact]:
        """All facts, the stated nothings too; meant for a small archive, whose facts stay in memory."""
        return list(self._everything)

    @cached_property
    def _everything(self) -> list[Fact]:
        return self.find(FactQuery(nothing=True))

    def fact(self, fact_id: str) -> Fact | None:
        """The fact with this id, None if there is none."""
        values: list[object]
        if (m := _CELL_ID.fullmatch(fact_id)) is not None:
            where = "t.number = ? AND w.number = ? AND f.column_number = ? AND f.sequence = ?"
            values = [m["report"], *(int(m[name]) for name in ("table", "row", "column", "sequence"))]
        else:
            where = "f.table_id IS NULL AND json_extract(f.extra, '$.id') = ?"
            values = [fact_id.rpartition(":s")[0], fact_id]
        found = self._connection.execute(f"{SELECT} WHERE r.report = ? AND {where}", values).fetchone()
        return None if found is None else self._reader.fact(found)

    def row(self, fact: Fact) -> list[Fact]:
        """All facts of the table row that a fact stands in, left to right; only the fact itself for a sentence."""
        if fact.table is None:
            return [fact]
        values = {"report": fact.report, "number": fact.table, "row": fact.row}
        rows = self._connection.execute(f"{SELECT_OF_TABLE} AND w.number = :row{_ORDER_IN_TABLE}", values)
        return list(map(self._reader.fact, rows))

    def table_facts(self, report: str, number: int) -> list[Fact]:
        """All facts of a table, row by row."""
        key = (report, number)
        with self._lock:
            found = self._tables.pop(key, None)
            if found is None:
                rows = self._connection.execute(
                    f"{SELECT_OF_TABLE}{_ORDER_IN_TABLE}", {"report": report, "number": number}
                )
                found = list(map(self._reader.fact, rows))
                self._kept += len(found)
            self._tables[key] = found  # last: the one used longest ago is the first to go
            while self._kept > _MOST_KEPT and len(self._tables) > 1:
                self._kept -= len(self._tables.pop(next(iter(self._tables))))
        return list(found)

    def table(self, report: str, number: int) -> TableSummary | None:
        """One table, None if there is none."""
        found = self._connection.execute(f"{_TABLE} WHERE r.report = ? AND t.number = ?", (report, number)).fetchone()
        return None if found is None else _summary(found)

    def tables(
        self,
        *,
        terms: Iterable[str] = (),
        metrics: Iterable[str] = (),
        period: Period | None = None,
        reports: Iterable[str] = (),
        ages: Mapping[str, int] | None = None,
    ) -> list[TableSummary]:
        """The tables that fulfil all conditions, by report and number.

        Args:
            terms: Every one of these is a key, class, entity or subject in the table.
            metrics: It has a fact with one of these as its metric.
            period: Some of its periods overlap this one.
            reports: It stands in one of these reports.
            ages: How old each report is, higher is newer; where given, of the tables of very many reports that say
                the same things for the same periods only those of the newest are found.
        """
        conditions: list[str] = []
        values: list[object] = []
        for term in terms:
            conditions.append(
                "o.id IN (SELECT x.table_id FROM table_terms x JOIN fact_names n ON n.id = x.name_id WHERE n.text = ?)"
            )
            values.append(spelling(term))
        wanted = [spelling(metric) for metric in metrics]
        if wanted:
            conditions.append(
                "o.id IN (SELECT f.table_id FROM facts f JOIN fact_names n ON n.id = f.metric_id "
                f"WHERE f.table_id IS NOT NULL AND n.text IN ({_marks(wanted)}))"
            )
            values.extend(wanted)
        if period is not None:
            first, last = day_numbers(period)
            conditions.append("o.period_start <= ? AND o.period_end >= ?")
            values.extend([last, first])
        named = list(reports)
        if named:
            conditions.append(f"r.report IN ({_marks(named)})")
            values.extend(named)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return self._summaries_where(where, values, ages)

    def _summaries_where(
        self, where: str, values: Sequence[object], ages: Mapping[str, int] | None
    ) -> list[TableSummary]:
        """The tables that fulfil a condition, by report and number; those read before are not read again."""
        outlines = self._connection.execute(
            f"SELECT o.id, o.shape, r.report FROM table_outlines o JOIN fact_reports r ON r.id = o.report_id{where}",
            values,
        ).fetchall()
        ids = [o[0] for o in outlines] if ages is None else _newest(outlines, ages)
        found = [self._summaries.get(table_id) or self._summary(table_id) for table_id in ids]
        return sorted(found, key=lambda table: (table.report, table.index))

    def prose(self, names: Iterable[str], reports: Iterable[str], ages: Mapping[str, int]) -> list[Fact]:
        """Facts of sentences about some entities, without those that many newer issues restate."""
        return self._prose.about("entity_id", tuple(names), tuple(reports), ages)

    def prose_of(self, metrics: Iterable[str], reports: Iterable[str], ages: Mapping[str, int]) -> list[Fact]:
        """The same of some metrics."""
        return self._prose.about("metric_id", tuple(metrics), tuple(reports), ages)

    def _summary(self, table_id: int) -> TableSummary:
        if len(self._summaries) >= _MOST_SUMMARIES:
            self._summaries.clear()
        row = self._connection.execute(f"{_TABLE} WHERE t.id = ?", (table_id,)).fetchone()
        found = self._summaries[table_id] = _summary(row)
        return found


def _newest(outlines: Iterable[tuple[int, int, str]], ages: Mapping[str, int]) -> list[int]:
    """The ids of those of some tables (id, shape, report) that stand in the newest reports of their shape."""
    by_shape: dict[int, dict[str, list[int]]] = {}
    for table_id, shape, report in outlines:
        by_shape.setdefault(shape, {}).setdefault(report, []).append(table_id)
    found: list[int] = []
    for reports in by_shape.values():
        for report in newest(reports, ages):
            found.extend(reports[report])
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _conditions(query: FactQuery) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def one_of(column: str, names: Sequence[str]) -> str:
        values.extend(spelling(name) for name in names)
        return f"{column} IN (SELECT id FROM fact_names WHERE text IN ({_marks(names)}))"

    if query.entities:
        conditions.append(one_of("f.entity_id", query.entities))
    if query.metrics:
        first = one_of("f.metric_id", query.metrics)
        conditions.append(f"({first} OR {one_of('f.of_id', query.metrics)})")
    for key in query.keys:
        values.append(spelling(key))
        conditions.append(
            "f.row_id IN (SELECT x.row_id FROM row_terms x JOIN fact_names n ON n.id = x.name_id WHERE n.text = ?)"
        )
    if query.tables:
        # With keys the rows are found by these; the signs keep SQLite from going through whole tables instead.
        place = "(+r.report, +t.number)" if query.keys else "(r.report, t.number)"
        conditions.append(f"{place} IN (VALUES {', '.join(['(?, ?)'] * len(query.tables))})")
        values.extend(part for table in query.tables for part in table)
    if query.reports:
        conditions.append(f"r.report IN ({_marks(query.reports)})")
        values.extend(query.reports)
    _add_coded(query, conditions, values)
    return conditions, values


def _add_coded(query: FactQuery, conditions: list[str], values: list[object]) -> None:
    """Conditions on source, period and stated nothings."""
    if query.sources:
        conditions.append(f"f.source IN ({_marks(query.sources)})")
        values.extend(FactReader.source_number(source) for source in query.sources)
    if query.within is not None:
        conditions.append("f.period_start >= ? AND f.period_end <= ?")
        values.extend(day_numbers(query.within))
    if query.periods:
        conditions.append("(" + " OR ".join(["(f.period_start = ? AND f.period_end = ?)"] * len(query.periods)) + ")")
        values.extend(day for period in query.periods for day in day_numbers(period))
    if not query.nothing:
        conditions.append("f.absence IS NULL")


def _period_fits(fact: Fact, query: FactQuery) -> bool:
    """Whether calendar and moment fit, too; the days are compared in SQL."""
    if query.within is not None and (fact.period is None or not query.within.contains(fact.period)):
        return False
    return not query.periods or (fact.period is not None and any(p.matches(fact.period) for p in query.periods))


def _summary(row: tuple[str | int | None, ...]) -> TableSummary:
    report, number, section, caption, subject, period, fiscal, columns, roles, count, problems, notes = row
    return TableSummary(
        str(report), int(number or 0), tuple(json.loads(str(section))), str(caption), str(subject),
        decode_period(str(period)), None if fiscal is None else bool(fiscal),
        tuple(_column(index, entry) for index, entry in enumerate(json.loads(str(columns)))),
        tuple(json.loads(str(roles)).items()), int(count or 0), tuple(json.loads(str(problems))),
        tuple((mark, text) for mark, text in json.loads(str(notes))),
    )  # fmt: skip


def _column(index: int, entry: dict[str, str]) -> ColumnSummary:
    return ColumnSummary(
        index, entry["header"], entry["metric"], entry["role"], entry["kind"],
        decode_unit(entry["unit"]) if entry["unit"] else None, decode_period(entry["period"]), entry["entity"],
    )  # fmt: skip
