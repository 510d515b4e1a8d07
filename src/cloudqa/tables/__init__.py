"""Tables: a raw grid -> a :class:`Table` whose every cell is understood or named as not understood."""

from cloudqa.tables.model import (
    Absence,
    Cell,
    CellRole,
    Column,
    ColumnKind,
    ColumnRole,
    Context,
    Note,
    Row,
    Specification,
    Table,
)

__all__ = [
    "Absence",
    "Cell",
    "CellRole",
    "Column",
    "ColumnKind",
    "ColumnRole",
    "Context",
    "Note",
    "Row",
    "Specification",
    "Table",
]
