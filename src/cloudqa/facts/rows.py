"""Stored rows back to facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cloudqa.documents import Span
from cloudqa.facts.codec import decode_period, decode_spans, decode_value
from cloudqa.facts.model import Comparison, Fact, FactSource, Measure
from cloudqa.tables import Absence

SELECT = (
    "SELECT r.report, f.table_id, t.number, f.row_id, w.number, f.column_number, f.sequence, f.source, e.name, m.name,"
    " o.name, f.measure, f.comparison, f.period, f.value_kind, f.value, u.unit, f.printed, f.absence, f.flags,"
    " f.place_start, f.place_end, f.quotes, f.extra, w.keys, w.labels"
    " FROM facts f JOIN fact_reports r ON r.id = f.report_id"
    " LEFT JOIN fact_tables t ON t.id = f.table_id LEFT JOIN fact_rows w ON w.id = f.row_id"
    " JOIN fact_names e ON e.id = f.entity_id JOIN fact_names m ON m.id = f.metric_id"
    " LEFT JOIN fact_names o ON o.id = f.of_id LEFT JOIN fact_units u ON u.id = f.unit_id"
)
_SOURCES, _MEASURES, _COMPARISONS, _ABSENCES = tuple(FactSource), tuple(Measure), tuple(Comparison), tuple(Absence)
_FORECAST, _TOTAL, _STATED = 1, 2, 4
_KEPT_TABLES = 64


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all facts of a table share."""

    context: tuple[str, ...]
    section: tuple[str, ...]
    headers: tuple[tuple[Span, ...], ...]


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, label) for key, label in json.loads(text))


def _spans(text: str) -> tuple[Span, ...]:
    """Spans that hardly come again: nearly always a single one."""
    if not text or " " in text:
        return decode_spans(text)
    start, _, end = text.partition("-")
    return (Span(int(start), int(end)),)


class FactReader:
    """Turns rows of :data:`SELECT` into facts, keeping what the facts of a table share."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tables: dict[int, _Shared] = {}

    @staticmethod
    def source_number(source: FactSource) -> int:
        """How a source is stored."""
        return _SOURCES.index(source)

    def fact(self, row: Sequence[Any]) -> Fact:
        """The fact that a row of :data:`SELECT` holds."""
        (
            report, table_id, table, row_id, number, column, sequence, source, entity, metric, of, measure, comparison,
            period, kind, value, unit, printed, absence, flags, start, end, quotes, extra_text, keys, labels,
        ) = row  # fmt: skip
        extra: dict[str, Any] = json.loads(extra_text) if extra_text else {}
        shared = self._shared(table_id) if table_id is not None else None
        place = Span(start, end)
        return Fact(
            id=extra.get("id") or f"{report}:t{table}:r{number}:c{column}:{sequence}",
            report=report,
            source=_SOURCES[source],
            table=table,
            row=number if row_id is not None else None,
            column=column,
            keys=_keys(keys) if keys else (),
            entity=entity,
            metric=metric,
            value="" if absence is not None else decode_value(kind, value, unit, printed, place),
            printed=printed,
            place=place,
            quotes=_spans(quotes),
            period=decode_period(period),
            relative=extra.get("relative", ""),
            of=of or "",
            measure=_MEASURES[measure],
            comparison=_COMPARISONS[comparison],
            base=decode_period(extra.get("base", "")),
            absence=None if absence is None else _ABSENCES[absence],
            forecast=bool(flags & _FORECAST),
            total=bool(flags & _TOTAL),
            speaker=extra.get("speaker", ""),
            text=extra.get("text", ""),
            context=tuple(extra.get("context", ())) if shared is None else shared.context,
            section=tuple(extra.get("section", ())) if shared is None else shared.section,
            headers=() if shared is None else shared.headers[column],
            labels=decode_spans(labels) if labels else (),
            notes=tuple((text, Span(first, last)) for text, first, last in extra.get("notes", ())),
            stated=bool(flags & _STATED),
        )

    def _shared(self, table_id: int) -> _Shared:
        found = self._tables.get(table_id)
        if found is None:
            context, section, columns = self._connection.execute(
                "SELECT context, section, columns FROM fact_tables WHERE id = ?", (table_id,)
            ).fetchone()
            headers = tuple(decode_spans(column["spans"]) for column in json.loads(columns))
            found = _Shared(tuple(json.loads(context)), tuple(json.loads(section)), headers)
            if len(self._tables) >= _KEPT_TABLES:
                self._tables.clear()
            self._tables[table_id] = found
        return found
