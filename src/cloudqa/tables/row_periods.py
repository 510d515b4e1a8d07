"""The period that a row's own cells state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from cloudqa.language import normal_text
from cloudqa.quantities import Period, PeriodKind
from cloudqa.tables.cells import parse_year
from cloudqa.tables.columns import ReadColumn, is_time_header
from cloudqa.tables.grid import GridCell
from cloudqa.tables.model import ColumnKind, ColumnRole

_LENGTHS = (("月", PeriodKind.MONTH), ("季", PeriodKind.QUARTER), ("年", PeriodKind.YEAR))


def row_period(cells: Sequence[GridCell], columns: Sequence[ReadColumn]) -> Period | None:
    """The period of a row: from a column of periods that is a key, or whose header names only a time.

    A header that says which length its periods have (时间（月份）) cuts a printed timestamp to that length. Two such
    columns that contradict each other give none.
    """
    found: list[Period] = []
    for column in columns:
        if column.kind is not ColumnKind.DATE or not (
            column.role is ColumnRole.KEY or is_time_header(column.title or column.header.words)
        ):
            continue
        period = cell_period(cells[column.index], column.title)
        if period is not None:
            found.append(period)
    if not found:
        return None
    finest = max(found, key=lambda period: period.span[0])
    return finest if all(period.contains(finest) for period in found) else None


def cell_period(cell: GridCell, title: str) -> Period | None:
    """The period of a cell in a column of periods, cut to the length its header states."""
    return _cut(cell.text, title)


@lru_cache(maxsize=16384)
def _cut(text: str, title: str) -> Period | None:
    period = parse_year(text)
    if period is None or period.kind is not PeriodKind.DAY:
        return period
    heading = normal_text(title)
    kind = next((kind for word, kind in _LENGTHS if word in heading), None)
    longer = period.containing(kind) if kind is not None else None
    return period if longer is None else replace(longer, fiscal=period.fiscal)
