"""The vocabulary of a report, collected while its facts are written."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cloudqa.facts.model import Fact, TermKind
from cloudqa.facts.spelling import is_nameable, short_forms, spelling
from cloudqa.quantities import Quantity
from cloudqa.tables import ColumnKind, Table

KINDS = {kind: number for number, kind in enumerate(TermKind)}
_LONGEST = 60
_LONGEST_GRAMS = 24


@dataclass(frozen=True, slots=True)
class CountedTerms:
    """The vocabulary of a report: (spelling, kind, spelling of what it stands for) -> (as printed, occurrences)."""

    rows: dict[tuple[str, int, str], tuple[str, int]]


class TermCollector:
    """Names with their kinds and how often each occurs."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, TermKind]] = Counter()

    def add(self, name: str, kind: TermKind, times: int = 1) -> None:
        """Count a name; what is too long or no name is left out."""
        if is_nameable(name, _LONGEST):
            self._counts[name, kind] += times

    def add_fact(self, fact: Fact) -> None:
        """Count the names of a fact."""
        self.add(fact.entity, TermKind.ENTITY)
        self.add(fact.metric, TermKind.METRIC)
        self.add(fact.of, TermKind.METRIC)
        self.add(fact.speaker, TermKind.NAME)
        if isinstance(fact.value, Quantity) and fact.table is not None:
            for _, label in fact.keys:
                self.add(label, TermKind.LABEL)
        elif isinstance(fact.value, str) and fact.table is not None and fact.absence is None:
            self.add(fact.value, TermKind.CLASS)

    def add_table(self, table: Table) -> None:
        """Count headers, units and subject of a table."""
        for column in table.columns:
            self.add(" ".join(column.path), TermKind.HEADER)
            if column.unit is not None and column.unit.symbol:
                self.add(column.unit.symbol, TermKind.UNIT)
            if column.kind is not ColumnKind.EMPTY:
                self.add(column.metric, TermKind.METRIC)
        self.add(table.context.subject, TermKind.CONTEXT)
        for lead in self.leads(table):
            self.add(lead, TermKind.CONTEXT)

    @staticmethod
    def leads(table: Table) -> list[str]:
        """What caption and headings name before their period: 甲市乙区 of 甲市乙区2021年09月价格表."""
        from cloudqa.tables import caption_words, parse_header  # a question needs nothing of what reads tables

        found = (parse_header(caption_words(text)).before for text in table.context.texts)
        return [before for before in dict.fromkeys(found) if before]

    def counted(self) -> CountedTerms:
        """The collected terms with their short forms."""
        rows: dict[tuple[str, int, str], tuple[str, int]] = {}
        for (name, kind), count in self._counts.items():
            own = spelling(name)
            _count(rows, (own, KINDS[kind], own), name, count)
            if kind is not TermKind.UNIT:
                for short in short_forms(name):
                    _count(rows, (short, KINDS[kind], own), name, count)
        return CountedTerms(rows)


def _count(rows: dict[tuple[str, int, str], tuple[str, int]], key: tuple[str, int, str], name: str, count: int) -> None:
    display, before = rows.get(key, (name, 0))
    rows[key] = (display, before + count)


def write_terms(connection: sqlite3.Connection, report_id: int, terms: CountedTerms) -> None:
    """Write the terms of a report, those that are new with their character pairs."""
    for key, (display, count) in terms.rows.items():
        connection.execute(
            "INSERT INTO term_reports VALUES (?, ?, ?)",
            (_counted_up(connection, key, display, count), report_id, count),
        )


def _counted_up(connection: sqlite3.Connection, key: tuple[str, int, str], display: str, count: int) -> int:
    """The id of a term that occurs so many times more."""
    found = connection.execute(
        "UPDATE terms SET occurrences = occurrences + ? WHERE text = ? AND kind = ? AND canonical = ? RETURNING id",
        (count, *key),
    ).fetchone()
    if found is not None:
        return int(found[0])
    cursor = connection.execute(
        "INSERT INTO terms (text, kind, canonical, display, occurrences) VALUES (?, ?, ?, ?, ?)", (*key, display, count)
    )
    term_id = int(cursor.lastrowid or 0)
    connection.executemany("INSERT INTO term_grams VALUES (?, ?)", ((gram, term_id) for gram in grams(key[0])))
    return term_id


def grams(text: str) -> Iterable[str]:
    """What a term can be found by when it is misspelt or shortened: its character pairs, each once.

    A term of three characters also has its first and last one, since one wrong character in the middle leaves no pair.
    """
    if not 3 <= len(text) <= _LONGEST_GRAMS:
        return ()
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    if len(text) == 3:
        pairs.add(f"{text[0]}\t{text[2]}")
    return sorted(pairs)


def question_grams(text: str) -> Iterable[str]:
    """The character pairs of a stretch of a question, and every pair of characters with one between them."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    return sorted(pairs | {f"{text[i]}\t{text[i + 2]}" for i in range(len(text) - 2)})
