"""Facts from an understood table: one for every value of every fact cell, and one for every stated nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cloudqa.documents import Span
from cloudqa.facts.measures import Announced, announced, side_of
from cloudqa.facts.model import Fact, FactSource, Measure
from cloudqa.facts.subjects import is_metric, measured_word
from cloudqa.quantities import Dimension, Period, PeriodKind, Qualifier, Quantity, Unit, with_fiscal
from cloudqa.tables import (
    Cell,
    CellRole,
    Column,
    ColumnKind,
    ColumnRole,
    Row,
    Specification,
    Table,
    caption_words,
    is_total,
    parse_header,
)

_LONG_QUOTE = 120
_ESCAPES = 6
_LABEL = re.compile(r"^[^\W\d]{2,6}[:：]\s*(?=\S)")
_PART = re.compile(r"其中\s*[:：]?\s*(?=\S)")
_PEOPLE = "人数"
_SURE_NAME = 3
_FISCAL_KINDS = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: its table, row, column and cell."""

    table: Table
    row: Row
    column: Column
    cell: Cell


def table_facts(table: Table, entities: frozenset[str] = frozenset()) -> Iterator[Fact]:
    """The facts of a table, row by row and left to right.

    Args:
        table: As understood.
        entities: Names that the report's text is known to speak of; used where nothing in the table names what it
            is about but caption or heading begin with such a name.
    """
    about = subject_of(table, entities)
    stated = {row.index: row for row in table.rows}
    for row in (stated[number] for number in sorted(stated)):
        for column, cell in zip(table.columns, table.cells[row.index], strict=True):
            place = _Place(table, row, column, cell)
            if cell.role is CellRole.FACT:
                for sequence, value in enumerate(cell.values):
                    yield _fact(place, about, value, sequence)
            elif cell.role is CellRole.NOTHING and column.role is ColumnRole.VALUE:
                yield _fact(place, about, Specification("", "", cell.text, cell.span, cell.span), 0)


def subject_of(table: Table, entities: frozenset[str]) -> str:
    """Who or what the whole table is about.

    The wording before the period in its caption or heading (甲公司2015Q2-2018Q1财务数据), or the longest known
    name that one of them begins with, or the only known one that it holds (自4月1日起执行的甲公司价格：); "" if there
    is none. The sort of text that a heading says it is (数据：…) is no part of the name.
    """
    for text in table.context.texts:
        words = _LABEL.sub("", caption_words(text))
        known = max((name for name in entities if words.startswith(name)), key=len, default="")
        if known or (before := parse_header(words).before):
            return known or before
        if len(held := _names_in(words, entities)) == 1:
            return held[0]
    return ""


def _names_in(words: str, names: frozenset[str]) -> list[str]:
    """The known names that a wording holds, without those that are part of a longer one of them."""
    held = [name for name in names if len(name) >= _SURE_NAME and name in words]
    return [name for name in held if not any(name != other and name in other for other in held)]


def _fact(place: _Place, about: str, value: Specification, sequence: int) -> Fact:
    table, row, column, cell = place.table, place.row, place.column, place.cell
    side = side_of(column.metric)
    metric = (
        value.key or (_metric_of_caption(table) if side is not None else "") or _part_of(place) or _metric(row, column)
    )
    said = _announced(place, metric) if isinstance(value.value, Quantity) else Announced(Measure.LEVEL)
    total = row.total or any(is_total(part) for part in column.path)
    return Fact(
        id=f"{table.report}:t{table.index}:r{cell.row}:c{cell.column}:{sequence}",
        report=table.report,
        source=FactSource.SPECIFICATION if value.key else FactSource.CELL,
        table=table.index,
        row=cell.row,
        column=cell.column,
        keys=(("", row.group), *row.keys) if row.group else row.keys,
        entity=column.entity or row.entity or ("" if total and row.keys else about),
        metric=metric,
        value=value.value,
        printed=value.text,
        place=value.value_span,
        quotes=_quotes(table, row, cell, value),
        period=_period_of(place),
        relative=column.metric if side is not None else "",
        of=said.of,
        measure=said.measure,
        comparison=said.comparison,
        absence=cell.absence,
        forecast=isinstance(value.value, Quantity) and value.value.qualifier is Qualifier.EXPECTED,
        total=total,
        context=table.context.texts,
        section=table.section,
        headers=column.headers,
        labels=row.labels,
        notes=tuple((n.text, n.span) for n in table.notes if n.mark and n.mark in cell.marks),
    )


def _metric(row: Row, column: Column) -> str:
    """The metric of a cell by its row and column; both where both name one (总产值 in a column 2019年同比增长)."""
    if not row.metric or not column.metric or column.metric == row.metric:
        return _heads(row.metric or column.metric, row.unit or column.unit)
    return f"{row.metric}{column.metric}"


def _heads(metric: str, unit: Unit | None) -> str:
    """A metric; 人数 for a wording that names nothing measured over figures in 人 (人员结构)."""
    people = unit is not None and unit.dimension is Dimension.PEOPLE and unit.denominator is None
    return _PEOPLE if people and not is_metric(metric) else metric


def _part_of(place: _Place) -> str:
    """For a column that is a part of the one before it (其中：外销), what it measures (外销营业收入); "" for others."""
    m = _PART.match(place.column.metric)
    if m is None or place.row.metric:
        return ""
    name = place.column.metric[m.end() :]
    before = place.table.columns[: place.column.index]
    whole = [c.metric for c in before if c.role is ColumnRole.VALUE and not _PART.match(c.metric)]
    return name if is_metric(name) or not whole else f"{name}{whole[-1]}"


def _metric_of_caption(table: Table) -> str:
    """What a caption ends with that can be measured (价格 of 北港装卸价格); "" where it ends in no such word."""
    return measured_word(table.context.subject)


def _announced(place: _Place, metric: str) -> Announced:
    """What a metric's wording announces; a growth column that does not say of what: of the caption's or left metric."""
    said = announced(metric)
    if said.measure not in (Measure.GROWTH, Measure.CHANGE, Measure.CAGR) or said.of:
        return said
    caption = announced(place.table.context.subject)
    of = caption.of if caption.measure is said.measure else ""
    left = [
        column.metric
        for column in place.table.columns[: place.column.index]
        if column.role is ColumnRole.VALUE
        and column.kind is ColumnKind.NUMBER
        and announced(column.metric).measure is Measure.LEVEL
    ]
    of = of or (left[-1] if left else "")
    return Announced(said.measure, said.comparison, of)


def _period_of(place: _Place) -> Period | None:
    """The period of a cell's value: its column's, its row's, else its table's; fiscal where the table's years are."""
    period = place.column.period or place.row.period or place.table.context.period
    if period is None or period.fiscal is not None or place.table.context.fiscal is not True:
        return period
    ends = (period.first, period.last) if period.first and period.last else (period,)
    return with_fiscal(period, True) if all(end.kind in _FISCAL_KINDS for end in ends) else period


def _quotes(table: Table, row: Row, cell: Cell, value: Specification) -> tuple[Span, ...]:
    """The shortest contiguous quote that proves a value: from the row's label to the cell.

    A specification is quoted with its whole cell where that is short; a long row as cell and label apart.
    """
    if value.key:
        length = cell.span.end - cell.span.start
        marked_up = length > len(cell.text) + _ESCAPES
        return (value.span if marked_up or length > _LONG_QUOTE else cell.span,)
    end = max(cell.span.end, value.value_span.end)
    labels = [span for span in row.labels if span.end > span.start]
    if not labels:
        return (value.span,) if value.span.end > value.span.start else ()
    start = min(span.start for span in labels)
    if start < end <= start + _LONG_QUOTE and all(span.end <= end for span in labels):
        return (Span(start, end),)
    return (value.span, *labels) if value.span.end > value.span.start else tuple(labels)
