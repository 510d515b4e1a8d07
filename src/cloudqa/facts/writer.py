"""Writing facts, tables and vocabulary of reports into the store, in batches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from cloudqa.documents import Document
from cloudqa.facts.encoding import (
    EncodedFact,
    EncodedPart,
    EncodedProse,
    EncodedRow,
    EncodedTable,
    encode_document,
    encode_facts,
)
from cloudqa.facts.model import Fact
from cloudqa.facts.schema import delete_report
from cloudqa.facts.spelling import spelling
from cloudqa.facts.terms import write_terms
from cloudqa.tables import Table

_FACT = f"INSERT INTO facts VALUES ({', '.join('?' * 26)})"
_MOST_NAMES = 200_000
"""How many names are remembered with their ids; a larger archive looks the others up."""


class FactWriter:
    """Adds reports to the store; one writer may add many.

    Nothing is committed: the caller owns the transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[str, int] = {}
        self._units: dict[str, int] = dict(connection.execute("SELECT unit, id FROM fact_units"))
        self._next_fact = self._after_last("facts")
        self._next_row = self._after_last("fact_rows")
        self._next_table = self._after_last("fact_tables")

    def _after_last(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}").fetchone()[0])

    def add_document(self, document: Document) -> None:
        """All facts of a report, table by table; what the store held of it before is removed."""
        self.add_encoded(document.report, encode_document(document))

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
        self.add_encoded(report, encode_facts(prose, tables))

    def add_encoded(self, report: str, parts: Iterable[EncodedPart]) -> None:
        """The parts of a report as :func:`~cloudqa.facts.encoding.encode_document` gives them, one by one."""
        self.remove(report)
        cursor = self._connection.execute("INSERT INTO fact_reports (report) VALUES (?)", (report,))
        report_id = int(cursor.lastrowid or 0)
        for part in parts:
            if isinstance(part, EncodedProse):
                rows = [self._fact_row(fact, report_id, None, None) for fact in part.facts]
                self._connection.executemany(_FACT, rows)
            elif isinstance(part, EncodedTable):
                self._add_table(report_id, part)
            else:
                write_terms(self._connection, report_id, part)

    def remove(self, report: str) -> None:
        """Removes all facts of a report; an unknown one changes nothing."""
        if delete_report(self._connection, report):
            self._names.clear()

    def _add_table(self, report_id: int, table: EncodedTable) -> None:
        table_id = self._next_table
        self._next_table += 1
        values = (table_id, report_id, *table.columns)
        self._connection.execute(f"INSERT INTO fact_tables VALUES ({', '.join('?' * 14)})", values)
        shape, first_day, last_day = table.outline
        outline = (table_id, report_id, shape, first_day, last_day)
        self._connection.execute("INSERT INTO table_outlines VALUES (?, ?, ?, ?, ?)", outline)
        names = {self._name(name) for name in table.names}
        lines: list[tuple[object, ...]] = []
        places: list[tuple[int, int]] = []
        rows: list[tuple[object, ...]] = []
        for row in table.rows:
            lines.append((self._next_row, table_id, row.number, row.keys, row.labels))
            shared = {self._name(name) for name in row.names}
            places.extend((name, self._next_row) for name in shared)
            names |= shared | self._entities(row)
            rows.extend(self._fact_row(fact, report_id, table_id, self._next_row) for fact in row.facts)
            self._next_row += 1
        self._connection.executemany("INSERT INTO fact_rows VALUES (?, ?, ?, ?, ?)", lines)
        self._connection.executemany("INSERT OR IGNORE INTO row_terms VALUES (?, ?)", places)
        self._connection.executemany(_FACT, rows)
        self._connection.executemany("INSERT OR IGNORE INTO table_terms VALUES (?, ?)", ((n, table_id) for n in names))

    def _entities(self, row: EncodedRow) -> set[int]:
        return {self._name(name) for name in dict.fromkeys(fact.entity for fact in row.facts) if name}

    def _name(self, name: str) -> int:
        found = self._names.get(name)
        if found is None:
            known = self._connection.execute("SELECT id FROM fact_names WHERE name = ?", (name,)).fetchone()
            found = int(known[0]) if known is not None else self._new_name(name)
            if len(self._names) < _MOST_NAMES:
                self._names[name] = found
        return found

    def _new_name(self, name: str) -> int:
        values = (name, spelling(name))
        return int(self._connection.execute("INSERT INTO fact_names (name, text) VALUES (?, ?)", values).lastrowid or 0)

    def _unit(self, unit: str | None) -> int | None:
        if unit is None:
            return None
        found = self._units.get(unit)
        if found is None:
            cursor = self._connection.execute("INSERT INTO fact_units (unit) VALUES (?)", (unit,))
            found = self._units[unit] = int(cursor.lastrowid or 0)
        return found

    def _fact_row(
        self, fact: EncodedFact, report_id: int, table_id: int | None, row_id: int | None
    ) -> tuple[object, ...]:
        fact_id = self._next_fact
        self._next_fact += 1
        names = self._name(fact.entity), self._name(fact.metric), self._name(fact.of) if fact.of else None
        place = (fact_id, report_id, table_id, row_id, *fact.place)
        return (*place, *names, *fact.said, self._unit(fact.unit), *fact.printed)
