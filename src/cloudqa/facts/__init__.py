"""Facts: tables and sentences -> fact rows in SQLite, their vocabulary, and look-ups."""

from cloudqa.facts.from_document import ReportFacts, facts_of
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
from cloudqa.facts.spelling import short_forms, spelling
from cloudqa.facts.store import FactStore
from cloudqa.facts.vocabulary import Vocabulary
from cloudqa.facts.writer import FactWriter

__all__ = [
    "ColumnSummary",
    "Comparison",
    "Fact",
    "FactQuery",
    "FactSource",
    "FactStore",
    "FactWriter",
    "Measure",
    "Mention",
    "ReportFacts",
    "TableSummary",
    "Term",
    "TermKind",
    "Vocabulary",
    "create",
    "delete_report",
    "facts_of",
    "short_forms",
    "spelling",
]
