"""How much was read out of each report: tables, facts, and what of its tables was not understood."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

_TABLES = (
    "SELECT r.report, t.number, t.caption, t.not_understood FROM fact_reports r"
    " JOIN fact_tables t ON t.report_id = r.id ORDER BY r.report, t.number"
)
_FACTS = (
    "SELECT r.report, count(*) FROM fact_reports r JOIN facts f ON f.report_id = r.id"
    " WHERE f.absence IS NULL GROUP BY r.report"
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was read out of one report.

    Attributes:
        tables: How many tables.
        facts: How many values, those of sentences included; cells that state that there is none are not counted.
        not_understood: What of its tables was not understood, each as one sentence that names the table.
    """

    tables: int = 0
    facts: int = 0
    not_understood: tuple[str, ...] = ()


def count_by_report(connection: sqlite3.Connection) -> dict[str, Tally]:
    """The tally of each report that has a table or a fact."""
    numbers: dict[str, int] = {}
    problems: dict[str, list[str]] = {}
    for report, number, caption, sentences in connection.execute(_TABLES):
        numbers[report] = numbers.get(report, 0) + 1
        named = f"Table {number} ({caption})" if caption else f"Table {number}"
        problems.setdefault(report, []).extend(f"{named}: {sentence}" for sentence in json.loads(sentences))
    facts = {str(report): int(count) for report, count in connection.execute(_FACTS)}
    return {
        report: Tally(numbers.get(report, 0), facts.get(report, 0), tuple(problems.get(report, ())))
        for report in sorted({*numbers, *facts})
    }
