"""Facts of a whole report: its sentences first, since tables borrow the names that sentences speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cloudqa.documents import Document
from cloudqa.facts.caption_names import caption_names
from cloudqa.facts.from_tables import table_facts
from cloudqa.facts.model import Fact
from cloudqa.facts.sentences import prose_facts
from cloudqa.tables import Table, understand_table

_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything read from one report: all facts in reading order of sentences, then of tables, and its tables."""

    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]


def facts_of(document: Document) -> ReportFacts:
    """All facts and tables of a report at once; :class:`FactWriter` streams them instead."""
    prose = prose_facts(document)
    readings = list(table_readings(document, prose))
    return ReportFacts(
        (*prose, *(fact for _, facts in readings for fact in facts)), tuple(table for table, _ in readings)
    )  # fmt: skip


def table_readings(document: Document, prose: Sequence[Fact]) -> Iterator[tuple[Table, list[Fact]]]:
    """Each table of a report with its facts.

    Args:
        document: The report.
        prose: Facts of its sentences; the names they speak of tell what a table is about that does not say so itself.
    """
    counts = Counter(fact.entity for fact in prose if 2 <= len(fact.entity) <= _LONGEST_NAME)
    names = frozenset(counts) | caption_names(document)
    for raw in document.tables:
        table = understand_table(raw, document)
        yield table, list(table_facts(table, names))


__all__ = ["ReportFacts", "facts_of", "prose_facts", "table_readings"]
