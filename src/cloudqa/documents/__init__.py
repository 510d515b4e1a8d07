"""Documents: a file of the corpus -> a :class:`Document` with metadata, sections, paragraphs and raw tables.

The reader is loaded when it is first used: answering from an index needs the models only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cloudqa.documents.model import (
    BlockKind,
    Document,
    Field,
    Metadata,
    Paragraph,
    RawCell,
    RawTable,
    Section,
    Span,
)

if TYPE_CHECKING:
    from cloudqa.documents.reader import SUFFIXES, read_document

__all__ = [
    "SUFFIXES",
    "BlockKind",
    "Document",
    "Field",
    "Metadata",
    "Paragraph",
    "RawCell",
    "RawTable",
    "Section",
    "Span",
    "read_document",
]


def __getattr__(name: str) -> Any:
    if name in ("SUFFIXES", "read_document"):
        from cloudqa.documents import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
