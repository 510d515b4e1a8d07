"""Facts, tables and vocabulary of a report as rows of the store in which names and units are still words.

Nothing here needs the store, so reports can be encoded side by side and written one after the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cloudqa.documents import Document
from cloudqa.facts.codec import QUANTITY, day_numbers, encode_period, encode_spans, encode_unit, encode_value
from cloudqa.facts.from_document import prose_facts, table_readings
from cloudqa.facts.model import Comparison, Fact, FactSource, Measure
from cloudqa.facts.spelling import is_nameable
from cloudqa.facts.terms import CountedTerms, TermCollector
from cloudqa.quantities import Quantity
from cloudqa.tables import Absence, Cell, CellRole, ColumnKind, ColumnRole, Table

FORECAST, TOTAL, STATED = 1, 2, 4
_SOURCES, _MEASURES, _COMPARISONS, _ABSENCES = (
    {member: number for number, member in enumerate(kind)} for kind in (FactSource, Measure, Comparison, Absence)
)


@dataclass(frozen=True, slots=True)
class EncodedFact:
    """A fact for the store.

    Attributes:
        place: Column, position and number within its cell or clause; source.
        entity: The name of what it is about.
        metric: The name of what is measured.
        of: The metric that it belongs to, "" if none.
        said: Measure, comparison, period with its days, kind and text of the value.
        unit: Its unit, None where it has none.
        printed: As printed, absence, flags, place, quotes, and what few facts have.
    """

    place: tuple[object, ...]
    entity: str
    metric: str
    of: str
    said: tuple[object, ...]
    unit: str | None
    printed: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class EncodedRow:
    """A table row: its number, keys and labels as stored, the names it can be chosen by, and its facts."""

    number: int
    keys: str
    labels: str
    names: tuple[str, ...]
    facts: tuple[EncodedFact, ...]


@dataclass(frozen=True, slots=True)
class EncodedTable:
    """A table: its columns in the store but for the ids, its rows, and further names that it is found by.

    Attributes:
        columns: Its columns in the store but for the ids.
        outline: Its shape, and the first and last day that any period of it covers. Tables of one shape say the same
            things for the same periods: where they are of several reports, the later ones restate the earlier ones.
        rows: Its rows.
        names: Further names that it is found by.
    """

    columns: tuple[object, ...]
    outline: tuple[int, int | None, int | None]
    rows: tuple[EncodedRow, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EncodedProse:
    """The facts of a report's sentences."""

    facts: tuple[EncodedFact, ...]


EncodedPart = EncodedProse | EncodedTable | CountedTerms
"""A part of a report: first its sentences, then its tables one by one, last its vocabulary."""


def encode_document(document: Document) -> Iterator[EncodedPart]:
    """The parts of a report; a table is read when it is asked for."""
    prose = prose_facts(document)
    return encode_facts(prose, table_readings(document, prose))


def encode_facts(prose: Iterable[Fact], tables: Iterable[tuple[Table, Iterable[Fact]]]) -> Iterator[EncodedPart]:
    """The parts of a report.

    Args:
        prose: Facts from its sentences.
        tables: Each table with its facts in row order.
    """
    terms = TermCollector()
    yield EncodedProse(tuple(_counted_fact(fact, terms) for fact in prose))
    for table, facts in tables:
        yield _encode_table(table, facts, terms)
    yield terms.counted()


def _counted_fact(fact: Fact, terms: TermCollector) -> EncodedFact:
    terms.add_fact(fact)
    return _encode_fact(fact)


def _encode_table(table: Table, facts: Iterable[Fact], terms: TermCollector) -> EncodedTable:
    rows = []
    for number, members in groupby(facts, key=lambda fact: fact.row):
        found = list(members)
        rows.append(
            EncodedRow(
                number or 0,
                json.dumps(found[0].keys, ensure_ascii=False),
                encode_spans(found[0].labels),
                _row_names(table, found[0], number or 0),
                tuple(_counted_fact(fact, terms) for fact in found),
            )
        )
    terms.add_table(table)
    names = tuple(text for text in (table.context.subject, *terms.leads(table)) if text)
    return EncodedTable(_table_columns(table), _outline(table), tuple(rows), names)


def _row_names(table: Table, fact: Fact, number: int) -> tuple[str, ...]:
    """The names that a table row can be chosen by, each once."""
    classes = (cell.text for cell in table.cells[number] if _is_class(cell, table))
    return tuple(dict.fromkeys([*(value for _, value in fact.keys), *classes]))


def _encode_fact(fact: Fact) -> EncodedFact:
    kind, value = encode_value(fact)
    flags = FORECAST * fact.forecast + TOTAL * fact.total + STATED * fact.stated
    position = fact.row if fact.row is not None else fact.place.start
    unit = encode_unit(fact.value.unit) if kind == QUANTITY and isinstance(fact.value, Quantity) else None
    period = (encode_period(fact.period), *day_numbers(fact.period))
    absence = None if fact.absence is None else _ABSENCES[fact.absence]
    quotes = "" if fact.quotes == (fact.place,) else encode_spans(fact.quotes)
    return EncodedFact(
        (fact.column, position, int(fact.id.rsplit(":", 1)[1]), _SOURCES[fact.source]),
        fact.entity,
        fact.metric,
        fact.of,
        (_MEASURES[fact.measure], _COMPARISONS[fact.comparison], *period, kind, value),
        unit,
        (fact.printed, absence, flags, fact.place.start, fact.place.end, quotes, _extra(fact)),
    )


def _is_class(cell: Cell, table: Table) -> bool:
    """Whether a cell is a short text that rows can be chosen by."""
    if cell.role is not CellRole.FACT or table.columns[cell.column].role is not ColumnRole.VALUE:
        return False
    kind = table.columns[cell.column].kind
    return kind is not ColumnKind.NUMBER and len(cell.values) == 1 and is_nameable(cell.text, 60)


def _extra(fact: Fact) -> str | None:
    """What few facts have, as JSON; None if a fact has none of it."""
    extra: dict[str, object] = {}
    if fact.notes:
        extra["notes"] = [[text, span.start, span.end] for text, span in fact.notes]
    if fact.table is None:
        extra["id"] = fact.id
        extra.update(text=fact.text, context=fact.context, section=fact.section)
    extra.update({name: value for name in ("speaker", "relative") if (value := getattr(fact, name))})
    if fact.base is not None:
        extra["base"] = encode_period(fact.base)
    return json.dumps(extra, ensure_ascii=False) if extra else None


def _table_columns(table: Table) -> tuple[object, ...]:
    columns = [
        {
            "header": " ".join(column.path), "metric": column.metric, "role": column.role.value,
            "kind": column.kind.value, "unit": "" if column.unit is None else encode_unit(column.unit),
            "period": encode_period(column.period), "entity": column.entity, "spans": encode_spans(column.headers),
        }
        for column in table.columns
    ]  # fmt: skip
    roles = {role.value: count for role, count in _counted(table)}
    fiscal = None if table.context.fiscal is None else int(table.context.fiscal)
    return (
        table.index, _json(table.section), table.caption, _json(table.context.texts),
        table.context.subject, encode_period(table.context.period), fiscal, _json(columns),
        _json(roles), len(table.rows), _json(table.not_understood), _json([(n.mark, n.text) for n in table.notes]),
    )  # fmt: skip


def _outline(table: Table) -> tuple[int, int | None, int | None]:
    days = _covered(table)
    heads = [(" ".join(column.path), encode_period(column.period), column.entity) for column in table.columns]
    said = (table.section, table.context.texts, table.context.subject, heads, days)
    shape = hashlib.blake2b(_json(said).encode(), digest_size=7).digest()
    return int.from_bytes(shape, "big"), *days


def _covered(table: Table) -> tuple[int | None, int | None]:
    """First and last day that any period of the table covers."""
    periods = [table.context.period, *(c.period for c in table.columns), *(r.period for r in table.rows)]
    days = [day_numbers(period) for period in periods if period is not None]
    starts, ends = [s for s, _ in days if s is not None], [e for _, e in days if e is not None]
    return min(starts, default=None), max(ends, default=None)


def _counted(table: Table) -> Iterator[tuple[CellRole, int]]:
    cells = [cell.role for row in table.cells for cell in row]
    return ((role, cells.count(role)) for role in CellRole)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
