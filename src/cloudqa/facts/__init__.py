"""Facts: tables and sentences -> fact rows in SQLite, their vocabulary, and look-ups."""

from cloudqa.facts.model import (
    ColumnSummary,
    Comparison,
    Fact,
    FactSource,
    Measure,
    Mention,
    TableSummary,
    Term,
    TermKind,
)
from cloudqa.facts.query import FactQuery
from cloudqa.facts.schema import create, delete_report

__all__ = [
    "ColumnSummary",
    "Comparison",
    "Fact",
    "FactQuery",
    "FactSource",
    "Measure",
    "Mention",
    "TableSummary",
    "Term",
    "TermKind",
    "create",
    "delete_report",
]
