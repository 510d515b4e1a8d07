"""Facts: tables and sentences -> fact rows in SQLite, their vocabulary, and look-ups.

The names are loaded when first used: asking the store needs nothing of what reads facts out of reports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cloudqa.facts.spelling import short_forms, spelling

if TYPE_CHECKING:
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

_HOMES = {
    "from_document": (
        "ReportFacts",
        "facts_of",
    ),
    "model": (
        "ColumnSummary",
        "Comparison",
        "Fact",
        "FactSource",
        "Measure",
        "Mention",
        "TableSummary",
        "Term",
        "TermKind",
    ),
    "query": ("FactQuery",),
    "schema": (
        "create",
        "delete_report",
    ),
    "spelling": (
        "short_forms",
        "spelling",
    ),
    "store": ("FactStore",),
    "vocabulary": ("Vocabulary",),
    "writer": ("FactWriter",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"cloudqa.facts.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
