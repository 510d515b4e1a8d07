"""Tables: a raw grid -> a :class:`Table` whose every cell is understood or named as not understood.

What understands a grid is loaded when it is first used: asking stored facts needs the models only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from cloudqa.tables.headers import Header, caption_words, parse_header
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

_HOMES = {"headers": ("Header", "caption_words", "parse_header"), "understand": ("is_total", "understand_table")}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"cloudqa.tables.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
