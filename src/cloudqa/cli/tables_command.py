"""``cloudqa tables``: what was understood of each table, and what was not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cloudqa.cli.console import Console, escaped_json, one_line
from cloudqa.cli.facts_command import checked_filter
from cloudqa.cli.opening import FactArchive, open_facts
from cloudqa.errors import ExitCode
from cloudqa.facts.query import FactQuery
from cloudqa.terminal_text import aligned_lines

if TYPE_CHECKING:
    from cloudqa.facts import ColumnSummary, TableSummary

_COLUMN_HEADINGS = ("column", "header", "metric", "role", "kind", "unit", "period", "entity")
_CELL_WORDS = {
    "fact": "with facts",
    "header": "header",
    "label": "label",
    "nothing": "without a value",
    "not_understood": "not understood",
}


def run_tables(args: argparse.Namespace, console: Console) -> ExitCode:
    """Shows the tables of all reports or of those that the filter chooses; if there are none, says so on stderr.

    Raises:
        CloudQAError: The filter, corpus or index cannot be used.
    """
    from cloudqa.answering.answer import exact_json
    from cloudqa.answering.fact_selection import matching_reports

    wanted = checked_filter("report", args.report)
    archive = open_facts(args, console)
    reports = matching_reports(archive.sources, wanted)
    tables = archive.store.tables(reports=reports) if reports else []
    if not tables:
        console.say(f"cloudqa: {_none(archive, wanted, reports)}")
        return ExitCode.REFUSED
    if args.format == "json":
        for table in tables:
            console.write(escaped_json(exact_json(table_fields(archive, table))))
    else:
        console.write("\n\n".join("\n".join(_lines(archive, table)) for table in tables))
    return ExitCode.ANSWERED


def _none(archive: FactArchive, wanted: str, reports: tuple[str, ...]) -> str:
    if wanted and not reports:
        return f"No report is “{wanted}”; there are: {', '.join(archive.sources.reports)}."
    return f"There is no table in {', '.join(reports) or 'the archive'}."


def _lines(archive: FactArchive, table: TableSummary) -> Iterator[str]:
    """Caption, place, cells by what they are, columns, notes, and what was not understood."""
    cells = ", ".join(f"{count} {_CELL_WORDS[role]}" for role, count in table.roles)
    yield one_line(f"{table.report} table {table.index}: {table.caption}".rstrip(": "))
    yield f"    {one_line(' › '.join(table.section))}"
    if (place := _place(archive, table)) is not None:
        yield f"    {table.report}:{place[0]}-{place[1]}"
    yield f"    {sum(count for _, count in table.roles)} cells: {cells}; {_fact_count(archive, table)} facts read"
    if table.subject or table.period:
        yield f"    about: {one_line(' '.join(filter(None, [table.subject, _label(table.period)])))}"
    for line in aligned_lines([_COLUMN_HEADINGS, *map(_column_line, table.columns)]):
        yield f"    {line}"
    for mark, text in table.notes:
        yield f"    note: {one_line(text if text.startswith(mark) else f'{mark} {text}')}"
    for sentence in table.not_understood:
        yield f"    not understood: {one_line(sentence)}"


def _column_line(column: ColumnSummary) -> list[str]:
    return [one_line(str(value)) for value in _column_fields(column).values()]


def _column_fields(column: ColumnSummary) -> dict[str, Any]:
    return {
        "index": column.index,
        "header": column.header,
        "metric": column.metric,
        "role": column.role,
        "kind": column.kind,
        "unit": "" if column.unit is None else column.unit.symbol,
        "period": _label(column.period),
        "entity": column.entity,
    }


def table_fields(archive: FactArchive, table: TableSummary) -> dict[str, Any]:
    """One table as ``docs/json.md`` describes it."""
    place = _place(archive, table)
    return {
        "report": table.report,
        "table": table.index,
        "caption": table.caption,
        "section": table.section,
        "start": None if place is None else place[0],
        "end": None if place is None else place[1],
        "subject": table.subject,
        "period": _label(table.period),
        "fiscal": table.fiscal,
        "columns": [_column_fields(column) for column in table.columns],
        "rows": table.rows,
        "cells": dict(table.roles),
        "facts": _fact_count(archive, table),
        "not_understood": table.not_understood,
        "notes": [{"mark": mark, "text": text} for mark, text in table.notes],
    }


def _fact_count(archive: FactArchive, table: TableSummary) -> int:
    """How many values were read from the table; one cell may state several."""
    return len(archive.store.find(FactQuery(tables=((table.report, table.index),))))


def _label(period: object) -> str:
    return "" if period is None else str(period)


def _place(archive: FactArchive, table: TableSummary) -> tuple[int, int] | None:
    """From the first to the last cell that a fact of the table refers to, half-open; None for a table without facts."""
    facts = archive.store.table_facts(table.report, table.index)
    spans = [span for fact in facts for span in (fact.place, *fact.headers, *fact.labels) if span.end > span.start]
    if not spans:
        return None
    return min(span.start for span in spans), max(span.end for span in spans)
