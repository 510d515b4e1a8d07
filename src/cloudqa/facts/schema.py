"""The SQLite tables of facts and vocabulary within a generation's archive file."""

from __future__ import annotations

import sqlite3

_TABLES = """
CREATE TABLE fact_reports (id INTEGER PRIMARY KEY, report TEXT NOT NULL UNIQUE);
CREATE TABLE fact_tables (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, number INTEGER NOT NULL, section TEXT NOT NULL,
    caption TEXT NOT NULL, context TEXT NOT NULL, subject TEXT NOT NULL, period TEXT NOT NULL, fiscal INTEGER,
    columns TEXT NOT NULL, roles TEXT NOT NULL, row_count INTEGER NOT NULL,
    not_understood TEXT NOT NULL, notes TEXT NOT NULL);
CREATE TABLE table_outlines (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, shape INTEGER NOT NULL, period_start INTEGER,
    period_end INTEGER);
CREATE TABLE fact_rows (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, number INTEGER NOT NULL, keys TEXT NOT NULL,
    labels TEXT NOT NULL);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, table_id INTEGER, row_id INTEGER, column_number INTEGER,
    position INTEGER NOT NULL, sequence INTEGER NOT NULL, source INTEGER NOT NULL, entity_id INTEGER NOT NULL,
    metric_id INTEGER NOT NULL, of_id INTEGER, measure INTEGER NOT NULL, comparison INTEGER NOT NULL,
    period TEXT NOT NULL, period_start INTEGER, period_end INTEGER, value_kind INTEGER NOT NULL, value TEXT NOT NULL,
    unit_id INTEGER, printed TEXT NOT NULL, absence INTEGER, flags INTEGER NOT NULL, place_start INTEGER NOT NULL,
    place_end INTEGER NOT NULL, quotes TEXT NOT NULL, extra TEXT);
CREATE TABLE fact_names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
CREATE TABLE fact_units (id INTEGER PRIMARY KEY, unit TEXT NOT NULL UNIQUE);
CREATE TABLE terms (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL, kind INTEGER NOT NULL, canonical TEXT NOT NULL, display TEXT NOT NULL,
    occurrences INTEGER NOT NULL, UNIQUE (text, kind, canonical));
CREATE TABLE term_reports (
    term_id INTEGER NOT NULL, report_id INTEGER NOT NULL, occurrences INTEGER NOT NULL,
    PRIMARY KEY (term_id, report_id)) WITHOUT ROWID;
CREATE TABLE row_terms (
    name_id INTEGER NOT NULL, row_id INTEGER NOT NULL, PRIMARY KEY (name_id, row_id)) WITHOUT ROWID;
CREATE TABLE table_terms (
    name_id INTEGER NOT NULL, table_id INTEGER NOT NULL, PRIMARY KEY (name_id, table_id)) WITHOUT ROWID;
CREATE TABLE term_grams (gram TEXT NOT NULL, term_id INTEGER NOT NULL, PRIMARY KEY (gram, term_id)) WITHOUT ROWID;
"""

_INDEXES = """
CREATE INDEX fact_names_by_text ON fact_names (text);
CREATE INDEX fact_tables_by_report ON fact_tables (report_id, number);
CREATE INDEX fact_rows_by_table ON fact_rows (table_id);
CREATE INDEX facts_by_report ON facts (report_id);
CREATE INDEX facts_by_row ON facts (row_id);
CREATE INDEX facts_by_table ON facts (table_id);
CREATE INDEX facts_by_metric ON facts (metric_id, table_id);
CREATE INDEX facts_by_of ON facts (of_id) WHERE of_id IS NOT NULL;
CREATE INDEX facts_by_entity ON facts (entity_id);
CREATE INDEX prose_by_entity ON facts (
    entity_id, report_id, metric_id, of_id, measure, comparison, period_start, period_end)
    WHERE table_id IS NULL AND absence IS NULL;
CREATE INDEX prose_by_metric ON facts (
    metric_id, report_id, entity_id, of_id, measure, comparison, period_start, period_end)
    WHERE table_id IS NULL AND absence IS NULL;
CREATE INDEX prose_by_of ON facts (
    of_id, report_id, entity_id, metric_id, measure, comparison, period_start, period_end)
    WHERE table_id IS NULL AND absence IS NULL AND of_id IS NOT NULL;
CREATE INDEX table_outlines_by_report ON table_outlines (report_id);
CREATE INDEX row_terms_by_row ON row_terms (row_id);
CREATE INDEX table_terms_by_table ON table_terms (table_id);
CREATE INDEX term_reports_by_report ON term_reports (report_id);
CREATE INDEX term_grams_by_term ON term_grams (term_id);
"""


def create(connection: sqlite3.Connection) -> None:
    """Create the empty tables; the database must not hold them yet.

    Raises:
        sqlite3.OperationalError: One of the tables exists.
    """
    connection.executescript(_TABLES + _INDEXES)


def delete_report(connection: sqlite3.Connection, report: str) -> bool:
    """Remove all facts of one report and the names and terms that no other report uses.

    What it takes grows with the report, not with the archive.

    Returns:
        Whether the store held it.
    """
    found = connection.execute("SELECT id FROM fact_reports WHERE report = ?", (report,)).fetchone()
    if found is None:
        return False
    connection.execute("CREATE TEMP TABLE used_names (id INTEGER PRIMARY KEY)")
    connection.execute(f"INSERT INTO used_names {_NAMES_OF_REPORT}", {"report": found[0]})
    for statement in (*_OF_REPORT, *_OF_TERMS):
        connection.execute(statement, {"report": found[0]})
    connection.execute(_UNUSED_NAMES)
    connection.execute("DROP TABLE used_names")
    return True


_TABLES_OF_REPORT = "SELECT id FROM fact_tables WHERE report_id = :report"
_ROWS_OF_REPORT = "SELECT r.id FROM fact_tables t JOIN fact_rows r ON r.table_id = t.id WHERE t.report_id = :report"
_TERMS_OF_REPORT = "SELECT term_id FROM term_reports WHERE report_id = :report"
_NAMES_OF_REPORT = f"""
SELECT entity_id FROM facts WHERE report_id = :report UNION SELECT metric_id FROM facts WHERE report_id = :report
UNION SELECT of_id FROM facts WHERE report_id = :report AND of_id IS NOT NULL
UNION SELECT name_id FROM row_terms WHERE row_id IN ({_ROWS_OF_REPORT})
UNION SELECT name_id FROM table_terms WHERE table_id IN ({_TABLES_OF_REPORT})
"""
_OF_REPORT = (
    "DELETE FROM facts WHERE report_id = :report",
    f"DELETE FROM row_terms WHERE row_id IN ({_ROWS_OF_REPORT})",
    f"DELETE FROM table_terms WHERE table_id IN ({_TABLES_OF_REPORT})",
    f"DELETE FROM fact_rows WHERE table_id IN ({_TABLES_OF_REPORT})",
    "DELETE FROM fact_tables WHERE report_id = :report",
    "DELETE FROM table_outlines WHERE report_id = :report",
    "DELETE FROM fact_reports WHERE id = :report",
)
_OF_TERMS = (
    "UPDATE terms SET occurrences = occurrences - (SELECT x.occurrences FROM term_reports x"
    f" WHERE x.term_id = terms.id AND x.report_id = :report) WHERE id IN ({_TERMS_OF_REPORT})",
    f"DELETE FROM term_grams WHERE term_id IN ({_TERMS_OF_REPORT})"
    " AND (SELECT t.occurrences FROM terms t WHERE t.id = term_grams.term_id) = 0",
    f"DELETE FROM terms WHERE id IN ({_TERMS_OF_REPORT}) AND occurrences = 0",
    "DELETE FROM term_reports WHERE report_id = :report",
)
_UNUSED_NAMES = """
DELETE FROM fact_names WHERE id IN (SELECT id FROM used_names)
AND NOT EXISTS (SELECT 1 FROM facts WHERE entity_id = fact_names.id)
AND NOT EXISTS (SELECT 1 FROM facts WHERE metric_id = fact_names.id)
AND NOT EXISTS (SELECT 1 FROM facts WHERE of_id = fact_names.id)
AND NOT EXISTS (SELECT 1 FROM row_terms WHERE name_id = fact_names.id)
AND NOT EXISTS (SELECT 1 FROM table_terms WHERE name_id = fact_names.id)
"""
