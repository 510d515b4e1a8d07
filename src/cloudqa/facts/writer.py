"""Writing facts, tables and vocabulary of reports into the store, in batches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from cloudqa.documents import Document
from cloudqa.facts.codec import QUANTITY, day_numbers, encode_period, encode_spans, encode_unit, encode_value
from cloudqa.facts.from_document import prose_facts, table_readings
from cloudqa.facts.model import Comparison, Fact, FactSource, Measure
from cloudqa.facts.schema import delete_report
from cloudqa.facts.spelling import is_nameable, spelling
from cloudqa.facts.terms import TermCollector
from cloudqa.quantities import Quantity
from cloudqa.tables import Absence, Cell, CellRole, ColumnKind, ColumnRole, Table

FORECAST, TOTAL, STATED = 1, 2, 4
_SOURCES, _MEASURES, _COMPARISONS, _ABSENCES = (
    {member: number for number, member in enumerate(kind)} for kind in (FactSource, Measure, Comparison, Absence)
)
_FACT = f"INSERT INTO facts VALUES ({', '.join('?' * 26)})"


class FactWriter:
    """Adds reports to the store; one writer may add many.

    Nothing is committed: the caller owns the transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names = dict(connection.execute("SELECT name, id FROM fact_names"))
        self._units = dict(connection.execute("SELECT unit, id FROM fact_units"))
        self._next_fact = self._after_last("facts")
        self._next_row = self._after_last("fact_rows")
        self._next_table = self._after_last("fact_tables")

    def _after_last(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}").fetchone()[0])

    def add_document(self, document: Document) -> None:
        """All facts of a report, table by table; what the store held of it before is removed."""
        prose = prose_facts(document)
        readings = table_readings(document, prose)
        self.add(document.report, prose, readings)

    def add(
        self,
        report: str,
        prose: Iterable[Fact],
        tables: Iterable[tuple[Table, Iterable[Fact]]],
    ) -> None:
        """The facts of a report; what the store held of it before is removed.

        Args:
            report: Id of the report.
            prose: Facts from its sentences.
            tables: Each table with its facts in row order.
        """
        delete_report(self._connection, report)
        cursor = self._connection.execute("INSERT INTO fact_reports (report) VALUES (?)", (report,))
        report_id = int(cursor.lastrowid or 0)
        terms = TermCollector()
        self._add_prose(report_id, prose, terms)
        for table, facts in tables:
            self._add_table(report_id, table, facts, terms)
        terms.write(self._connection, report_id)

    def _add_prose(self, report_id: int, facts: Iterable[Fact], terms: TermCollector) -> None:
        rows = []
        for fact in facts:
            terms.add_fact(fact)
            rows.append(self._fact_row(fact, report_id, None, None))
        self._connection.executemany(_FACT, rows)

    def _add_table(self, report_id: int, table: Table, facts: Iterable[Fact], terms: TermCollector) -> None:
        table_id = self._next_table
        self._next_table += 1
        self._connection.execute(
            f"INSERT INTO fact_tables VALUES ({', '.join('?' * 16)})", _table_row(table, table_id, report_id)
        )
        names: set[int] = set()
        lines: list[tuple[object, ...]] = []
        places: list[tuple[int, int]] = []
        rows: list[tuple[object, ...]] = []
        for number, members in groupby(facts, key=lambda fact: fact.row):
            found = list(members)
            row_id = self._next_row
            self._next_row += 1
            rows.extend(self._fact_row(fact, report_id, table_id, row_id) for fact in found)
            shared = self._row_names(table, found[0], number or 0)
            names |= shared
            names.update(self._name(fact.entity) for fact in found if fact.entity)
            places.extend((name, row_id) for name in shared)
            keys = json.dumps(found[0].keys, ensure_ascii=False)
            lines.append((row_id, table_id, number, keys, encode_spans(found[0].labels)))
            for fact in found:
                terms.add_fact(fact)
        self._connection.executemany("INSERT INTO fact_rows VALUES (?, ?, ?, ?, ?)", lines)
        self._connection.executemany("INSERT OR IGNORE INTO row_terms VALUES (?, ?)", places)
        self._connection.executemany(_FACT, rows)
        terms.add_table(table)
        names.update(self._name(text) for text in (table.context.subject, *terms.leads(table)) if text)
        self._connection.executemany("INSERT OR IGNORE INTO table_terms VALUES (?, ?)", ((n, table_id) for n in names))

    def _row_names(self, table: Table, fact: Fact, number: int) -> set[int]:
        """Ids of the names that a table row can be chosen by."""
        names = {self._name(value) for _, value in fact.keys}
        names.update(self._name(cell.text) for cell in table.cells[number] if _is_class(cell, table))
        return names

    def _name(self, name: str) -> int:
        found = self._names.get(name)
        if found is None:
            cursor = self._connection.execute(
                "INSERT INTO fact_names (name, text) VALUES (?, ?)", (name, spelling(name))
            )
            found = self._names[name] = int(cursor.lastrowid or 0)
        return found

    def _unit(self, fact: Fact) -> int | None:
        if not isinstance(fact.value, Quantity):
            return None
        unit = encode_unit(fact.value.unit)
        found = self._units.get(unit)
        if found is None:
            cursor = self._connection.execute("INSERT INTO fact_units (unit) VALUES (?)", (unit,))
            found = self._units[unit] = int(cursor.lastrowid or 0)
        return found

    def _fact_row(self, fact: Fact, report_id: int, table_id: int | None, row_id: int | None) -> tuple[object, ...]:
        kind, value = encode_value(fact)
        fact_id = self._next_fact
        self._next_fact += 1
        flags = FORECAST * fact.forecast + TOTAL * fact.total + STATED * fact.stated
        position = fact.row if fact.row is not None else fact.place.start
        return (
            fact_id, report_id, table_id, row_id, fact.column, position, int(fact.id.rsplit(":", 1)[1]),
            _SOURCES[fact.source], self._name(fact.entity), self._name(fact.metric),
            self._name(fact.of) if fact.of else None, _MEASURES[fact.measure], _COMPARISONS[fact.comparison],
            encode_period(fact.period), *day_numbers(fact.period), kind, value,
            self._unit(fact) if kind == QUANTITY else None, fact.printed,
            None if fact.absence is None else _ABSENCES[fact.absence], flags, fact.place.start,
            fact.place.end, "" if fact.quotes == (fact.place,) else encode_spans(fact.quotes), _extra(fact),
        )  # fmt: skip


def _is_class(cell: Cell, table: Table) -> bool:
    """Whether a cell is a short text that rows can be chosen by."""
    if cell.role is not CellRole.FACT or table.columns[cell.column].role is not ColumnRole.VALUE:
        return False
    kind = table.columns[cell.column].kind
    return kind is not ColumnKind.NUMBER and len(cell.values) == 1 and is_nameable(cell.text, 60)


def _extra(fact: Fact) -> str | None:
    """What few facts have, as JSON; None if a fact has none of it."""
    extra: dict[str, object] = {}
    if fact.notes:
        extra["notes"] = [[text, span.start, span.end] for text, span in fact.notes]
    if fact.table is None:
        extra["id"] = fact.id
        extra.update(text=fact.text, context=fact.context, section=fact.section)
        extra.update({name: value for name in ("speaker", "relative") if (value := getattr(fact, name))})
    if fact.base is not None:
        extra["base"] = encode_period(fact.base)
    return json.dumps(extra, ensure_ascii=False) if extra else None


def _table_row(table: Table, table_id: int, report_id: int) -> tuple[object, ...]:
    columns = [
        {
            "header": " ".join(column.path), "metric": column.metric, "role": column.role.value,
            "kind": column.kind.value, "unit": "" if column.unit is None else encode_unit(column.unit),
            "period": encode_period(column.period), "entity": column.entity, "spans": encode_spans(column.headers),
        }
        for column in table.columns
    ]  # fmt: skip
    roles = {role.value: count for role, count in _counted(table)}
    fiscal = None if table.context.fiscal is None else int(table.context.fiscal)
    return (
        table_id, report_id, table.index, _json(table.section), table.caption, _json(table.context.texts),
        table.context.subject, encode_period(table.context.period), fiscal, *_covered(table), _json(columns),
        _json(roles), len(table.rows), _json(table.not_understood), _json([(n.mark, n.text) for n in table.notes]),
    )  # fmt: skip


def _covered(table: Table) -> tuple[int | None, int | None]:
    """First and last day that any period of the table covers."""
    periods = [table.context.period, *(c.period for c in table.columns), *(r.period for r in table.rows)]
    days = [day_numbers(period) for period in periods if period is not None]
    starts, ends = [s for s, _ in days if s is not None], [e for _, e in days if e is not None]
    return min(starts, default=None), max(ends, default=None)


def _counted(table: Table) -> Iterator[tuple[CellRole, int]]:
    cells = [cell.role for row in table.cells for cell in row]
    return ((role, cells.count(role)) for role in CellRole)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
