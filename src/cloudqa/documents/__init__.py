"""Documents: a file of the corpus -> a :class:`Document` with metadata, sections, paragraphs and raw tables."""

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
