"""The role and the values of every cell of a grid."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.documents import Span
from cloudqa.quantities import Dimension, Quantity, Unit
from cloudqa.tables.cells import ContentKind, Piece
from cloudqa.tables.columns import ReadColumn, is_numbering, is_time_header
from cloudqa.tables.grid import Grid, GridCell
from cloudqa.tables.model import Cell, CellRole, Column, ColumnKind, ColumnRole, Row, Specification
from cloudqa.tables.row_periods import cell_period


def read_cells(
    grid: Grid, header_rows: int, columns: Sequence[ReadColumn], stated: Sequence[Column], rows: Sequence[Row]
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...]]:
    """Every cell with its role, row by row, and a sentence for each cell that was not understood.

    Args:
        grid: The whole grid.
        header_rows: How many leading rows are header.
        columns: As read.
        stated: The same columns with their units.
        rows: The data rows; what is neither header nor data row is a group title.
    """
    by_number = {row.index: row for row in rows}
    cells: list[tuple[Cell, ...]] = []
    problems: list[str] = []
    for number, line in enumerate(grid):
        row = by_number.get(number)
        found = []
        for column, cell in zip(columns, line, strict=True):
            if number < header_rows:
                found.append(_cell(cell, number, column.index, CellRole.HEADER))
            elif row is None:
                found.append(_cell(cell, number, column.index, CellRole.LABEL))
            else:
                found.append(_data_cell(cell, column, stated[column.index].unit or row.unit, row))
            if found[-1].role is CellRole.NOT_UNDERSTOOD:
                problems.append(_problem(found[-1], column))
        cells.append(tuple(found))
    return tuple(cells), tuple(problems)


def _problem(cell: Cell, column: ReadColumn) -> str:
    return f"第{cell.row + 1}行“{column.title or f'第{cell.column + 1}列'}”：“{cell.text}”没有读懂。"


def _cell(cell: GridCell, row: int, column: int, role: CellRole, values: tuple[Specification, ...] = ()) -> Cell:
    if not values and cell.blank:
        role = CellRole.NOTHING
    absence = cell.content.absence if role is CellRole.NOTHING else None
    return Cell(row, column, cell.text, cell.raw.span, role, values, absence, cell.marks)


def _data_cell(cell: GridCell, column: ReadColumn, unit: Unit | None, line: Row) -> Cell:
    row = line.index
    if column.role is ColumnRole.KEY or (column.role is ColumnRole.ORDINAL and is_numbering(column.header.words)):
        return _cell(cell, row, column.index, CellRole.LABEL)
    if cell.content.kind is ContentKind.NOTHING:
        return _cell(cell, row, column.index, CellRole.NOTHING)
    if not column.title and not line.metric and column.kind is not ColumnKind.NUMBER:
        return _cell(cell, row, column.index, CellRole.NOT_UNDERSTOOD)
    values = _values(cell, column, unit)
    if not values:
        return _cell(cell, row, column.index, CellRole.NOT_UNDERSTOOD)
    return _cell(cell, row, column.index, CellRole.FACT, values)


def _values(cell: GridCell, column: ReadColumn, unit: Unit | None) -> tuple[Specification, ...]:
    if column.kind is ColumnKind.DATE:
        period = cell_period(cell, column.title if is_time_header(column.title) else "")
        if period is not None:
            return (Specification("", period, cell.text, cell.raw.span, cell.raw.span),)
    if column.kind is ColumnKind.TEXT and cell.content.kind is ContentKind.NUMBER and not _measured(cell, unit):
        return (Specification("", cell.text, cell.text, cell.raw.span, cell.raw.span),)
    return tuple(_specification(cell, piece, unit) for piece in cell.content.pieces)


def _measured(cell: GridCell, unit: Unit | None) -> bool:
    """Whether a figure among texts states what it measures; bare digits there are a name or number of something."""
    value = cell.content.pieces[0].value
    return unit is not None or (isinstance(value, Quantity) and value.unit.dimension is not Dimension.UNSTATED)


def _placed(value: Quantity, offset: int, unit: Unit | None) -> Quantity:
    """The figure at its offsets in the report and in the unit its header states, written out since tables are long."""
    own = value.unit if unit is None else value.with_unit(unit).unit
    return Quantity(
        value.value, own, value.qualifier, value.decimals, value.text, value.start + offset, value.end + offset,
        value.qualifier_text, value.expected, value.part,
    )  # fmt: skip


def _specification(cell: GridCell, piece: Piece, unit: Unit | None) -> Specification:
    at = cell.raw.span.start
    value = piece.value
    text = value if isinstance(value, str) else cell.text
    if isinstance(value, Quantity):
        text = value.text
        value = _placed(value, at + piece.value_start, unit if not piece.key else None)
    elif isinstance(value, str) and not piece.key:
        value = text = cell.text
    return Specification(
        piece.key, value, text, Span(at + piece.start, at + piece.end), Span(at + piece.value_start, at + piece.end)
    )
