"""Tables: a raw grid -> a :class:`Table` whose every cell is understood or named as not understood."""

from cloudqa.tables.headers import Header, caption_words, parse_header
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
from cloudqa.tables.understand import is_total, understand_table

__all__ = [
    "Absence",
    "Cell",
    "CellRole",
    "Column",
    "ColumnKind",
    "ColumnRole",
    "Context",
    "Header",
    "Note",
    "Row",
    "Specification",
    "Table",
    "caption_words",
    "is_total",
    "parse_header",
    "understand_table",
]
