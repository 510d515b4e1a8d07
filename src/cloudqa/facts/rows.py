"""Stored rows back to facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cloudqa.documents import Span
from cloudqa.facts.codec import decode_period, decode_spans, decode_unit, decode_value
from cloudqa.facts.model import Comparison, Fact, FactSource, Measure
from cloudqa.facts.quick import maker
from cloudqa.quantities import Unit
from cloudqa.tables import Absence

_COLUMNS = (
    " f.table_id, {number}, w.number, f.column_number, f.sequence, f.source, f.entity_id, f.metric_id,"
    " f.of_id, f.measure, f.comparison, f.period, f.value_kind, f.value, f.unit_id, f.printed, f.absence, f.flags,"
    " f.place_start, f.place_end, f.quotes, f.extra, w.keys, w.labels FROM facts f"
)
SELECT = (
    f"SELECT r.report,{_COLUMNS.format(number='t.number')} JOIN fact_reports r ON r.id = f.report_id"
    " LEFT JOIN fact_tables t ON t.id = f.table_id LEFT JOIN fact_rows w ON w.id = f.row_id"
)
"""Facts with all that :meth:`FactReader.fact` needs."""

SELECT_OF_TABLE = (
    f"SELECT :report,{_COLUMNS.format(number=':number')} LEFT JOIN fact_rows w ON w.id = f.row_id"
    " WHERE f.table_id = (SELECT x.id FROM fact_tables x JOIN fact_reports y ON y.id = x.report_id"
    " WHERE y.report = :report AND x.number = :number)"
)
"""The same of the table ``:number`` of ``:report``."""

_SOURCES, _MEASURES, _COMPARISONS, _ABSENCES = tuple(FactSource), tuple(Measure), tuple(Comparison), tuple(Absence)
_FORECAST, _TOTAL, _STATED = 1, 2, 4
_KEPT_TABLES = 64
_KEPT_NAMES = 100_000


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all facts of a table share."""

    context: tuple[str, ...]
    section: tuple[str, ...]
    headers: tuple[tuple[Span, ...], ...]


_OF_SENTENCE = _Shared((), (), ())
_NOTHING: dict[str, Any] = {}
_fact, _span = maker(Fact), maker(Span)


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, label) for key, label in json.loads(text))


def _quotes(text: str) -> tuple[Span, ...]:
    """Spans that hardly come again: nearly always a single one."""
    if " " in text:
        return decode_spans(text)
    start, _, end = text.partition("-")
    return (_span(int(start), int(end)),)


class FactReader:
    """Turns rows of :data:`SELECT` into facts, keeping the names and what the facts of a table share."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tables: dict[int, _Shared] = {}
        self._names: dict[int, str] = {}
        self._units: dict[int, Unit] = {}

    @staticmethod
    def source_number(source: FactSource) -> int:
        """How a source is stored."""
        return _SOURCES.index(source)

    def fact(self, row: Sequence[Any]) -> Fact:
        """The fact that a row of :data:`SELECT` holds."""
        (
            report, table_id, table, number, column, sequence, source, entity, metric, of, measure, comparison,
            period, kind, value, unit, printed, absence, flags, start, end, quotes, extra_text, keys, labels,
        ) = row  # fmt: skip
        extra: dict[str, Any] = json.loads(extra_text) if extra_text else _NOTHING
        shared = _OF_SENTENCE if table_id is None else self._tables.get(table_id) or self._shared(table_id)
        place = _span(start, end)
        names = self._names
        # Every field in the order of the class.
        return _fact(
            extra.get("id") or f"{report}:t{table}:r{number}:c{column}:{sequence}",
            report,
            _SOURCES[source],
            table,
            number,
            column,
            _keys(keys) if keys else (),
            names.get(entity) or self._name(entity),
            names.get(metric) or self._name(metric),
            "" if absence is not None else decode_value(kind, value, self._unit(unit), printed, place),
            printed,
            place,
            _quotes(quotes) if quotes else (place,),
            decode_period(period),
            extra.get("relative", ""),
            "" if of is None else self._name(of),
            _MEASURES[measure],
            _COMPARISONS[comparison],
            decode_period(extra.get("base", "")),
            None if absence is None else _ABSENCES[absence],
            bool(flags & _FORECAST),
            bool(flags & _TOTAL),
            extra.get("speaker", ""),
            extra.get("text", ""),
            tuple(extra.get("context", ())) if table_id is None else shared.context,
            tuple(extra.get("section", ())) if table_id is None else shared.section,
            () if table_id is None else shared.headers[column],
            decode_spans(labels) if labels else (),
            tuple((text, Span(first, last)) for text, first, last in extra.get("notes", ())),
            bool(flags & _STATED),
        )

    def _name(self, name_id: int) -> str:
        found = self._names.get(name_id)
        if found is None:
            (found,) = self._connection.execute("SELECT name FROM fact_names WHERE id = ?", (name_id,)).fetchone()
            if len(self._names) >= _KEPT_NAMES:
                self._names.clear()
            self._names[name_id] = found
        return found

    def _unit(self, unit_id: int | None) -> Unit | None:
        if unit_id is None:
            return None
        found = self._units.get(unit_id)
        if found is None:
            (text,) = self._connection.execute("SELECT unit FROM fact_units WHERE id = ?", (unit_id,)).fetchone()
            found = self._units[unit_id] = decode_unit(text)
        return found

    def _shared(self, table_id: int) -> _Shared:
        context, section, columns = self._connection.execute(
            "SELECT context, section, columns FROM fact_tables WHERE id = ?", (table_id,)
        ).fetchone()
        headers = tuple(decode_spans(column["spans"]) for column in json.loads(columns))
        found = _Shared(tuple(json.loads(context)), tuple(json.loads(section)), headers)
        if len(self._tables) >= _KEPT_TABLES:
            self._tables.clear()
        self._tables[table_id] = found
        return found
