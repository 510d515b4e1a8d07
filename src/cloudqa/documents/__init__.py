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

__all__ = [
    "BlockKind",
    "Document",
    "Field",
    "Metadata",
    "Paragraph",
    "RawCell",
    "RawTable",
    "Section",
    "Span",
]
